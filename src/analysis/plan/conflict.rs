//! Which conditions no plan meets together, and what would mend that.
//!
//! Source: mathematics §4, *When there is no plan*.

use super::super::Question;
use super::conditions::{Condition, conditions};
use super::finding::{Conflict, Member, Subject};
use super::{settle, terms};
use crate::exact::Rational;
use crate::program::{ColumnId, PlanProgram, Program};
use crate::simplex::{
    self, BranchEnd, Budget, Exhausted, Side, Simplex, Task, Until, Variable, branch_and_bound,
};

/// The conflict of an infeasible plan: conditions none of which can be left out.
pub(super) fn find(
    question: &Question<'_>,
    plan: &PlanProgram,
    simplex: &mut Simplex,
    budget: &mut Budget,
) -> Result<Conflict, Exhausted> {
    let stated = terms(question).map(|terms| conditions(question.checked(), terms, plan)).unwrap_or_default();
    let bounds: Vec<simplex::Condition> = stated.iter().map(Condition::bounds).collect();
    let whole = plan.program.whole();
    // It is infeasible: that is why it is asked.
    let found = match whole.as_slice() {
        [] => simplex.conflict(&bounds, budget)?,
        whole => simplex.whole_conflict(whole, &bounds, budget),
    };
    let found = found.ok_or(Exhausted)?;
    let members = found.members.iter().zip(&found.mends);
    let members = members.filter_map(|(place, mend)| Some(member(stated.get(*place)?, mend.as_ref())));
    let members: Vec<Member> = members.collect();
    let kept: Vec<&simplex::Condition> =
        found.members.iter().filter_map(|place| bounds.get(*place)).collect();
    let others = without(simplex, &kept, (&whole, budget));
    if question.ground.stop.is_asked() {
        // Some conditions may only be there because it was not asked whether they can go.
        return Err(Exhausted);
    }
    let (columns, rows) = (settle::columns(&plan.program), settle::rows(&plan.program));
    let (farkas, cases, irreducible) = (found.farkas, found.cases, found.irreducible);
    Ok(Conflict { members, columns, rows, farkas, cases, irreducible, others })
}

fn member(condition: &Condition, mend: Option<&Rational>) -> Member {
    // A share has no right-hand side; of two different sides, the one that is nearer moves.
    let mend = mend.filter(|_| !matches!(condition.subject, Subject::Share(_)));
    let moved = mend.map(|mend| condition.stated(mend));
    let side = |moved: &Rational| {
        let rises = moved.is_positive();
        let (first, second) = (condition.lower.as_ref(), condition.upper.as_ref());
        let side = if rises { second.or(first) } else { first.or(second) };
        side.map(|side| side + moved)
    };
    Member {
        subject: condition.subject,
        unit: condition.unit.clone(),
        span: condition.span,
        lower: condition.lower.clone(),
        upper: condition.upper.clone(),
        mend: moved.as_ref().and_then(side),
        linked: condition.link.is_some(),
    }
}

/// Whether it is known that no plan exists even without these conditions.
fn without(
    simplex: &mut Simplex,
    conditions: &[&simplex::Condition],
    (whole, budget): (&[ColumnId], &mut Budget),
) -> bool {
    for (variable, side) in conditions.iter().flat_map(|condition| condition.iter()) {
        let (lower, upper) = simplex.bounds(*variable);
        match side {
            Side::Lower => simplex.set_bounds(*variable, None, upper),
            Side::Upper => simplex.set_bounds(*variable, lower, None),
        }
    }
    // Without a conflict at all there are no conditions, and nothing else can be in the way.
    if conditions.is_empty() {
        return false;
    }
    let levels = [vec![Rational::ZERO; simplex.values().len()]];
    let task = Task { whole, levels: &levels, until: Until::Better };
    let found = branch_and_bound(simplex, task, None, budget);
    found.best.is_none() && found.end == BranchEnd::Closed
}

/// The program with these conditions and no others; nothing where one is not of this plan.
pub(super) fn only(question: &Question<'_>, plan: &PlanProgram, subjects: &[Subject]) -> Option<Program> {
    let stated = conditions(question.checked(), terms(question)?, plan);
    if !subjects.iter().all(|subject| stated.iter().any(|one| one.subject == *subject)) {
        return None;
    }
    let mut program = plan.program.clone();
    for condition in stated.iter().filter(|condition| !subjects.contains(&condition.subject)) {
        for (variable, side) in condition.bounds() {
            let dropped = (side == Side::Lower, side == Side::Upper);
            match variable {
                Variable::Column(column) => program.free_column(column, dropped),
                Variable::Row(row) => program.free_row(row, dropped),
            }
        }
    }
    Some(program)
}
