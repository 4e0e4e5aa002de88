//! What analyses and expectations came to, above them.

use gen_lsp_types::{CodeLens, Command, Range};
use serde_json::json;

use super::describe::number;
use super::view::View;
use crate::analysis::Decided;
use crate::report::{AnalysisReport, Report, Status};
use crate::syntax::ast::{Item, ItemKind};

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
            // Of a model with errors there is nothing to tell.
            let waits = || view.model.solved.is_none().then(|| "not solved yet".to_owned());
            let title = found.map(verdict).or_else(waits);
            lenses.extend(title.map(|title| lens(range, title, "loopc.solve", json!([uri, name, scenario]))));
        }
        ItemKind::Expect { claim } => {
            let said = view.said(claim.span).split_whitespace().collect::<Vec<_>>().join(" ");
            let found = report.and_then(|report| report.claims.iter().find(|one| one.text == said));
            if let Some(found) = found {
                lenses.push(lens(range, decided(found), "", json!([])));
            }
        }
        _ => {}
    }
}

fn lens(range: Range, title: String, command: &str, arguments: serde_json::Value) -> CodeLens {
    let arguments = arguments.as_array().filter(|list| !list.is_empty()).cloned();
    let command = Command { title, command: command.to_owned(), arguments, tooltip: None };
    CodeLens { range, command: Some(command), data: None }
}

fn decided(claim: &Decided) -> String {
    let verdict = match claim.holds {
        Some(true) => "holds",
        Some(false) => "does not hold",
        None => "undecided",
    };
    if claim.actual.is_empty() {
        verdict.to_owned()
    } else {
        format!("{verdict}: {}", claim.actual.join(", "))
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
