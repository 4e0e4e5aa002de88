//! What analyses and expectations came to, above them.

use gen_lsp_types::{CodeLens, Command, Range};
use serde_json::json;

use super::describe::number;
use super::found::{Age, Found};
use super::view::View;
use crate::analysis::Decided;
use crate::report::{AnalysisReport, Digits, Status};
use crate::syntax::ast::{Item, ItemKind};

/// A longer account of what holds is left out.
const MOST_LETTERS: usize = 80;

/// `unasked`: whether models are solved though nobody asks for it.
pub(super) fn lenses(view: &View<'_>, unasked: bool) -> Option<Vec<CodeLens>> {
    let mut lenses = Vec::new();
    for item in &view.tree()?.items {
        add((view, unasked), item, None, &mut lenses);
        if let ItemKind::Scenario(scenario) = &item.kind {
            let name = super::navigation::name(view, scenario.name.span);
            scenario.items.iter().for_each(|inner| add((view, unasked), inner, Some(&name), &mut lenses));
        }
    }
    Some(lenses)
}

/// The place of the model, or of a scenario, among the states.
fn place(view: &View<'_>, scenario: Option<&str>) -> Option<usize> {
    let mut states = view.model.opened.states.iter();
    states.position(|state| state.laid.as_ref().map(|laid| laid.scenario.name.as_str()) == scenario)
}

fn has_errors(view: &View<'_>, place: usize) -> bool {
    view.model.opened.states[place].has_errors()
}

fn add((view, unasked): (&View<'_>, bool), item: &Item, scenario: Option<&str>, lenses: &mut Vec<CodeLens>) {
    let range = view.range(item.span);
    let range = Range { start: range.start, end: range.start };
    let found = place(view, scenario).and_then(|place| view.model.found(place));
    let age = found.map_or(Age::Now, |found| found.age);
    match &item.kind {
        ItemKind::Analysis(analysis) => {
            let name = super::navigation::name(view, analysis.name.span);
            let report = found.and_then(|found| found.analyses().find(|one| one.name == name));
            let uri = view.uri(view.file).map(|uri| uri.to_string()).unwrap_or_default();
            let title = match report {
                Some(report) => verdict(report, (age, view.model.digits)),
                None => waits(view, found, if unasked { "not solved yet" } else { "not solved" }),
            };
            // A model with errors is not solved, whoever asks.
            let offered = match report {
                Some(_) if age == Age::Now => Some("show report"),
                _ if place(view, scenario).is_none_or(|place| has_errors(view, place)) => None,
                _ => Some("run"),
            };
            for title in [title].into_iter().chain(offered.map(str::to_owned)) {
                lenses.push(lens(range, title, "loopc.solve", json!([uri, name, scenario])));
            }
        }
        ItemKind::Expect { claim } => {
            let said = view.said(claim.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let claim = found.and_then(|found| found.claim(&said));
            let title = match claim {
                Some(claim) => decided(claim, age),
                None => waits(view, found, if unasked { "not solved yet" } else { "not solved" }),
            };
            lenses.push(lens(range, title, "", json!([])));
        }
        _ => {}
    }
}

fn lens(range: Range, title: String, command: &str, arguments: serde_json::Value) -> CodeLens {
    let arguments = arguments.as_array().filter(|list| !list.is_empty()).cloned();
    let command = Command { title, command: command.to_owned(), arguments, tooltip: None };
    CodeLens { range, command: Some(command), data: None }
}

/// Why there is no answer. Its line stays all the same, so that a text does not jump while somebody types.
fn waits(view: &View<'_>, found: Option<Found<'_>>, otherwise: &str) -> String {
    let is_now = found.is_some_and(|found| found.age == Age::Now);
    let why = match &view.model.solved {
        Some(_) if is_now => "not solved",
        Some(solved) => {
            // What keeps a model without errors from being solved stands nowhere in it.
            let all = view.model.opened.diagnostics(Some(solved));
            match all.into_iter().find(|one| one.is_error() && one.place().is_none()) {
                Some(fault) => return format!("not solved: {}", fault.message),
                None => "not solved: the model has errors",
            }
        }
        None => otherwise,
    };
    why.to_owned()
}

fn decided(claim: &Decided, age: Age) -> String {
    let verdict = match claim.holds {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "undecided",
    };
    let actual = claim.actual.join("; ");
    // What holds needs no long proof.
    let text = if actual.is_empty() || claim.holds == Some(true) && actual.chars().count() > MOST_LETTERS {
        verdict.to_owned()
    } else {
        format!("{verdict}: {actual}")
    };
    match age.words() {
        Some(when) => format!("{text} · {when}"),
        None => text,
    }
}

/// What an analysis came to, in one line. What is proved of a text is not said to be proved of another.
pub(super) fn verdict(report: &AnalysisReport, (age, digits): (Age, Digits)) -> String {
    let standing = match report.status {
        Status::Optimal | Status::Found if age != Age::Now => "",
        Status::Optimal => "proved",
        Status::Found => "not proved",
        status => status.word(),
    };
    let value = report.objective.as_ref().and_then(|objective| {
        let unit = if objective.unit.is_empty() || objective.unit == "1" {
            String::new()
        } else {
            format!(" {}", objective.unit)
        };
        Some(format!(
            "{} {} = {}{unit}",
            objective.sense,
            objective.text,
            number(objective.value.as_ref()?, digits)
        ))
    });
    let parts = [value.as_deref(), Some(standing).filter(|words| !words.is_empty()), age.words()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
