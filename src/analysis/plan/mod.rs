//! The plan: how much of every loop to run (mathematics §4).

mod conditions;
mod conflict;
mod faults;
mod finding;
mod levels;
mod network;
mod parts;
mod prices;
mod ratio;
mod reclaim;
mod sensing;
mod settle;
mod solve;
mod strands;
mod whole;
mod whole_claims;
mod whole_ratio;
mod worth;

pub use finding::{
    Aim, ConditionUse, Conflict, EndUse, FlowUse, Level, Member, Money, NoPlan, Part, PlanCertificate,
    PlanFinding, Price, Prices, Side, Standing, Step, Subject, Way,
};

pub use crate::network::Strand;
pub(super) use faults::{idle, of_no_plan, unproved};
pub use reclaim::ClaimedPlan;
pub(super) use reclaim::reclaim;
pub(super) use solve::solve;

use super::Question;
use crate::check::PlanTerms;
use crate::diagnostic::Diagnostic;
use crate::program::{PlanProgram, formulate_plan};

/// A plan's program, if it has all that one needs.
pub(super) fn program(question: &Question<'_>) -> Option<PlanProgram> {
    let terms = terms(question)?;
    let ledger = &question.ground.ledger;
    let objective = question.objective()?;
    Some(formulate_plan(question.checked(), ledger, &question.scope, (objective, terms)))
}

fn terms<'a>(question: &'a Question<'_>) -> Option<&'a PlanTerms> {
    question.checked().plans[question.id.index()].as_ref()
}

/// What keeps a plan from being formulated: bounds that do not fit its period, shares that do not fit together.
pub(super) fn misfits(question: &Question<'_>) -> Vec<Diagnostic> {
    let mut found = faults::periods(question);
    found.extend(faults::shares(question));
    found
}
