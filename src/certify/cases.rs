//! Proofs by cases, checked: every whole point is in some case, and no case holds a better one.
//!
//! This shares no code with the branch and bound that finds them.

use crate::exact::Rational;
use crate::program::{Case, ColumnId, Program, Weights, by_row};

use super::linear::{Fault, check_infeasible, most_of_levels};

/// Checks that no whole point has a greater tuple of levels than this one; with none, that there is no whole point.
///
/// # Errors
/// [`Fault`]: the first one found.
///
/// Source: mathematics §4, *Whole numbers*.
pub fn check_cases(
    program: &Program,
    levels: &[Vec<Rational>],
    best: Option<&[Rational]>,
    cases: &[Case],
) -> Result<(), Fault> {
    each_leaf(program, cases, &mut |boxed, case| match (case, best) {
        (Case::Bounded { duals }, Some(best)) => {
            let known = levels.get(..duals.len()).filter(|known| !known.is_empty()).ok_or(Fault::Shape)?;
            let most = most_of_levels(boxed, known, &listed(boxed, duals)?).ok_or(Fault::NotBounded)?;
            // A tuple that is cut short decides only where it is less.
            let whole = duals.len() == levels.len();
            let best = best.get(..most.len()).ok_or(Fault::Shape)?;
            let settled = most.as_slice() < best || whole && most == best;
            if settled { Ok(()) } else { Err(Fault::NotBounded) }
        }
        (Case::Empty { farkas }, _) => check_infeasible(boxed, &one_list(boxed, farkas)?),
        (Case::Bounded { .. }, None) | (Case::Split { .. }, _) => Err(Fault::NotBounded),
    })
}

/// What the first level cannot exceed at any whole point, as the cases show; nothing where there is no such point.
///
/// # Errors
/// [`Fault`]: the first one found.
pub fn ceiling(program: &Program, level: &[Rational], cases: &[Case]) -> Result<Option<Rational>, Fault> {
    let mut ceiling: Option<Rational> = None;
    each_leaf(program, cases, &mut |boxed, case| match case {
        Case::Bounded { duals } => {
            let first = listed(boxed, duals.get(..1).ok_or(Fault::Shape)?)?;
            let most = most_of_levels(boxed, &[level.to_vec()], &first).ok_or(Fault::NotBounded)?;
            ceiling = ceiling.take().max(most.into_iter().next());
            Ok(())
        }
        Case::Empty { farkas } => check_infeasible(boxed, &one_list(boxed, farkas)?),
        Case::Split { .. } => Err(Fault::Shape),
    })?;
    Ok(ceiling)
}

/// Numbers of rows, one for each.
fn one_list(program: &Program, weights: &Weights) -> Result<Vec<Rational>, Fault> {
    by_row(weights, program.rows().len()).ok_or(Fault::Shape)
}

fn listed(program: &Program, weights: &[Weights]) -> Result<Vec<Vec<Rational>>, Fault> {
    weights.iter().map(|one| one_list(program, one)).collect()
}

/// Calls for each leaf with the program as it is there; afterwards every whole point was in some leaf.
fn each_leaf(
    program: &Program,
    cases: &[Case],
    visit: &mut dyn FnMut(&Program, &Case) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut boxed = program.clone();
    // What comes after the case that is looked at: a column and its bounds there, the latest last; a second side, and
    // what the bounds were above it.
    let mut later: Vec<Later> = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        if let Case::Split { column, most, more_first } = case {
            let split = Later::of(&boxed, (*column, most, *more_first))?;
            boxed.bound_column(*column, split.first.clone());
            later.push(split);
            continue;
        }
        visit(&boxed, case)?;
        while let Some(split) = later.last_mut() {
            if let Some(second) = split.second.take() {
                boxed.bound_column(split.column, second);
                break;
            }
            boxed.bound_column(split.column, split.before.clone());
            later.pop();
        }
        if later.is_empty() {
            // The last leaf: nothing may follow.
            return if place + 1 == cases.len() { Ok(()) } else { Err(Fault::Shape) };
        }
    }
    Err(Fault::Shape)
}

type Bounds = (Option<Rational>, Option<Rational>);

struct Later {
    column: ColumnId,
    before: Bounds,
    first: Bounds,
    second: Option<Bounds>,
}

impl Later {
    fn of(boxed: &Program, (id, most, more_first): (ColumnId, &Rational, bool)) -> Result<Self, Fault> {
        let column = boxed.columns().get(id.index()).ok_or(Fault::Shape)?;
        if !column.integral || !most.is_integer() {
            return Err(Fault::Column(id));
        }
        let least = most + &Rational::ONE;
        let before = (column.lower.clone(), column.upper.clone());
        let fewer = (
            before.0.clone(),
            Some(before.1.clone().map_or_else(|| most.clone(), |upper| upper.min(most.clone()))),
        );
        let more = (
            Some(before.0.clone().map_or_else(|| least.clone(), |lower| lower.max(least.clone()))),
            before.1.clone(),
        );
        let (first, second) = if more_first { (more, fewer) } else { (fewer, more) };
        Ok(Self { column: id, before, first, second: Some(second) })
    }
}
