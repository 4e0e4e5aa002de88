//! The program of an analysis, for others to solve; and where its columns and rows stand in the source.

use super::{Ground, Question, loops, plan};
use crate::check::Checked;
use crate::model::{AnalysisId, AnalysisKind, Sense};
use crate::network::Scope;
use crate::program::{NORMAL, Origin, Program, homogeneous};
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
        AnalysisKind::Plan => {
            let scope = Scope::of(ground.checked, analysis);
            let question = Question { ground, id, scope };
            if question.is_empty()
                || plan::misfits(&question).iter().any(crate::diagnostic::Diagnostic::is_error)
            {
                return None;
            }
            let plan = plan::program(&question)?;
            if plan.denominator.is_some() { homogeneous(&plan) } else { Some(plan.program) }
        }
        AnalysisKind::Path { .. } | AnalysisKind::Closure => None,
    }
}

/// Where what a column or row of an analysis' program stands for was declared.
#[must_use]
pub fn place(checked: &Checked, id: AnalysisId, origin: Origin) -> Option<Span> {
    let model = &checked.model;
    match origin {
        Origin::Flow(flow)
        | Origin::Used(flow)
        | Origin::Share(flow)
        | Origin::Minimum(flow)
        | Origin::Volume(flow) => model.flow(flow).span,
        Origin::Balance(participant)
        | Origin::Source(participant)
        | Origin::Sink(participant)
        | Origin::Exchange(participant)
        | Origin::Leaving(participant) => model.participant(participant).span,
        Origin::Normal => model.analysis(id).objective.as_ref().map(|objective| objective.key),
        Origin::Requirement(place) => {
            checked.plans[id.index()].as_ref()?.requirements.get(place).map(|one| one.span)
        }
        Origin::Edge(_) | Origin::Vertex(_) => None,
    }
}

/// What the optimum of an analysis' program says about the analysis.
#[must_use]
pub fn meaning(checked: &Checked, id: AnalysisId) -> String {
    let model = &checked.model;
    if model.analysis(id).kind == AnalysisKind::Plan {
        let objective = checked.objectives[id.index()].as_ref();
        let unit = objective.map_or_else(String::new, |objective| checked.units.spelled(&objective.unit));
        return match objective.is_some_and(|objective| objective.denominator.is_some()) {
            true => format!("the optimum is the best ratio, in {unit}; columns are turns times `scale`"),
            false => format!("the optimum is that of the plan, in {unit}; columns are turns by its period"),
        };
    }
    match model.analysis(id).objective.as_ref().map(|objective| objective.sense) {
        Some(Sense::Minimize) => {
            format!("the numerator is negated: the optimum is -{NORMAL} times the least ratio of a loop")
        }
        _ => format!("the optimum is {NORMAL} times the greatest ratio of a loop"),
    }
}
