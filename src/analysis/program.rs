//! The program of an analysis, for others to solve; and where its columns and rows stand in the source.

use super::{Ground, Question, loops};
use crate::model::{AnalysisId, AnalysisKind, Model, Sense};
use crate::network::Scope;
use crate::program::{NORMAL, Origin, Program};
use crate::source::Span;

/// The linear program that an analysis is answered by; nothing where there is none: a closure is counted, and
/// a path searched.
#[must_use]
pub fn program(ground: &Ground<'_>, id: AnalysisId) -> Option<Program> {
    let analysis = ground.checked.model.analysis(id);
    match analysis.kind {
        AnalysisKind::Loop => {
            let scope = Scope::of(ground.checked, analysis);
            loops::program(&Question { ground, id, scope })
        }
        AnalysisKind::Path { .. } | AnalysisKind::Closure => None,
    }
}

/// Where what a column or row of an analysis' program stands for was declared.
#[must_use]
pub fn place(model: &Model, id: AnalysisId, origin: Origin) -> Option<Span> {
    match origin {
        Origin::Flow(flow) | Origin::Used(flow) | Origin::Share(flow) => model.flow(flow).declared.span,
        Origin::Balance(participant) | Origin::Source(participant) | Origin::Sink(participant) => {
            model.participant(participant).declared.span
        }
        Origin::Normal => model.analysis(id).objective.as_ref().map(|objective| objective.key),
        Origin::Edge(_) | Origin::Vertex(_) | Origin::Requirement(_) => None,
    }
}

/// What the optimum of an analysis' program says about the analysis.
#[must_use]
pub fn meaning(model: &Model, id: AnalysisId) -> String {
    match model.analysis(id).objective.as_ref().map(|objective| objective.sense) {
        Some(Sense::Minimize) => {
            format!("the numerator is negated: the optimum is -{NORMAL} times the least ratio of a loop")
        }
        _ => format!("the optimum is {NORMAL} times the greatest ratio of a loop"),
    }
}
