//! The comparison as one JSON document (`docs/compare.schema.json`).
//!
//! Numbers are written as in reports, and nothing is left out.

use serde_json::{Value, json};

use super::{
    AnalysisComparison, Change, ClaimComparison, Comparison, Difference, Form, Moves, SideReport, Turnover,
};
use crate::report::json::{number, with_unit};

/// The version of the format; it grows when a reader of the old one would be misled.
const VERSION: u32 = 1;

/// The comparison as a JSON document, with a closing line break.
#[must_use]
pub fn json(comparison: &Comparison) -> String {
    let states = comparison
        .states
        .iter()
        .map(|state| json!({ "name": state.name, "label": state.label, "source": state.source }));
    let form = match comparison.form {
        Form::Scenarios => "scenarios",
        Form::Files => "files",
    };
    let document = json!({
        "format": "loopc-comparison",
        "version": VERSION,
        "title": comparison.title,
        "of": form,
        "differs": comparison.differs(),
        "states": states.collect::<Vec<_>>(),
        "analyses": comparison.analyses.iter().map(analysis).collect::<Vec<_>>(),
        "expectations": comparison.claims.iter().map(claim).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn claim(claim: &ClaimComparison) -> Value {
    json!({ "text": claim.text, "turns": claim.turns(), "holds": claim.holds })
}

fn analysis(analysis: &AnalysisComparison) -> Value {
    let first = analysis.sides.first().and_then(Option::as_ref);
    let sides = analysis.sides.iter().map(|side| side.as_ref().map(answer));
    let later = analysis.sides.iter().skip(1).map(Option::as_ref);
    let changes = analysis.differences.iter().zip(later).map(|(one, side)| difference(one, (first, side)));
    json!({
        "name": analysis.name,
        "label": analysis.label,
        "kind": analysis.kind,
        "differs": analysis.differs(),
        "states": sides.collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(),
    })
}

fn answer(side: &SideReport) -> Value {
    json!({
        "kind": side.kind,
        "status": side.status.word(),
        "question": side.question,
        "value": side.value.as_ref().map(|value| with_unit(value, &side.unit)),
        "conflict": side.conflict,
    })
}

fn difference(one: &Difference, (before, after): (Option<&SideReport>, Option<&SideReport>)) -> Value {
    let (by, percent) = match &one.change {
        Change::Value { by, percent } => (Some(by), percent.as_ref()),
        _ => (None, None),
    };
    let unit = after.map_or("1", |side| &side.unit);
    json!({
        "change": word(&one.change),
        "words": one.words(before, after),
        "by": by.map(|by| with_unit(by, unit)),
        "percent": percent.map(number),
        "question": one.question.as_ref().map(|(before, after)| json!({ "before": before, "after": after })),
        "proved": one.proof.map(|(before, after)| json!({ "before": before, "after": after })),
        "flows": turnover(&one.flows),
        "riders": turnover(&one.riders),
        "on_no_loop": turnover(&one.open),
        "volumes": moves(&one.volumes),
        "profits": moves(&one.profits),
    })
}

const fn word(change: &Change) -> &'static str {
    match change {
        Change::Unchanged => "unchanged",
        Change::Value { .. } => "value",
        Change::Answer => "answer",
        Change::Unit => "unit",
        Change::Kind => "kind",
        Change::New => "new",
        Change::Gone => "gone",
        Change::Absent => "absent",
    }
}

fn turnover(turnover: &Turnover) -> Value {
    json!({ "entered": turnover.entered, "left": turnover.left })
}

fn moves(moves: &Moves) -> Vec<Value> {
    let moved = moves.moved.iter().map(|one| {
        json!({
            "name": one.name,
            "before": with_unit(&one.before, &moves.unit),
            "after": with_unit(&one.after, &moves.unit),
            "by": with_unit(&one.by(), &moves.unit),
        })
    });
    moved.collect()
}
