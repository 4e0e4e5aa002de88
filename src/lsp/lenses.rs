//! What analyses and expectations came to, above them.

use gen_lsp_types::{CodeLens, Command, Range};
use serde_json::json;

use super::describe::number;
use super::view::View;
use crate::analysis::Decided;
use crate::report::{AnalysisReport, Report, Status};
use crate::syntax::ast::{Item, ItemKind};

/// A longer account of what holds is left out.
const MOST_LETTERS: usize = 80;

pub(super) fn lenses(view: &View<'_>) -> Option<Vec<CodeLens>> {
    let mut lenses = Vec::new();
    for item in &view.tree()?.items {
        add(view, item, None, &mut lenses);
        if let ItemKind::Scenario(scenario) = &item.kind {
            let name = super::navigation::name(view, scenario.name.span);
            scenario.items.iter().for_each(|inner| add(view, inner, Some(&name), &mut lenses));
        }
    }
    Some(lenses)
}

/// The report of the model, or of a scenario.
fn report<'a>(view: &View<'a>, scenario: Option<&str>) -> Option<&'a Report> {
    let states = &view.model.opened.states;
    let place = states
        .iter()
        .position(|state| state.laid.as_ref().map(|laid| laid.scenario.name.as_str()) == scenario)?;
    view.model.solved.as_ref()?.reports.get(place)?.as_ref()
}

fn add(view: &View<'_>, item: &Item, scenario: Option<&str>, lenses: &mut Vec<CodeLens>) {
    let range = view.range(item.span);
    let range = Range { start: range.start, end: range.start };
    let report = report(view, scenario);
    match &item.kind {
        ItemKind::Analysis(analysis) => {
            let name = super::navigation::name(view, analysis.name.span);
            let found = report.and_then(|report| report.analyses.iter().find(|one| one.name == name));
            let uri = view.uri(view.file).map(|uri| uri.to_string()).unwrap_or_default();
            let title = found.map_or_else(|| waits(view, report), verdict);
            lenses.push(lens(range, title, "loopc.solve", json!([uri, name, scenario])));
        }
        ItemKind::Expect { claim } => {
            let said = view.said(claim.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let found = report.and_then(|report| report.claims.iter().find(|one| one.text == said));
            let title = found.map_or_else(|| waits(view, report), decided);
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
fn waits(view: &View<'_>, report: Option<&Report>) -> String {
    let why = match (view.model.solved.is_some(), report) {
        (false, _) => "not solved yet",
        (true, None) => "not solved: the model has errors",
        (true, Some(_)) => "not solved",
    };
    why.to_owned()
}

fn decided(claim: &Decided) -> String {
    let verdict = match claim.holds {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "undecided",
    };
    let actual = claim.actual.join("; ");
    // What holds needs no long proof.
    if actual.is_empty() || claim.holds == Some(true) && actual.chars().count() > MOST_LETTERS {
        verdict.to_owned()
    } else {
        format!("{verdict}: {actual}")
    }
}

/// What an analysis came to, in one line.
pub(super) fn verdict(report: &AnalysisReport) -> String {
    let standing = match report.status {
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
        Some(format!("{} {} = {}{unit}", objective.sense, objective.text, number(objective.value.as_ref()?)))
    });
    match value {
        Some(value) => format!("{value} · {standing}"),
        None => standing.to_owned(),
    }
}
