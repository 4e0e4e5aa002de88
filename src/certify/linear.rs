//! Proofs about linear programs, checked in one exact pass each.
//!
//! This shares no code with the simplex method that finds them: it reads a program and plain numbers, and
//! believes nothing.
//!
//! Signs. A level is an objective that is *maximised*. For prices y, one for each row, a column's reduced cost
//! is d = c − yA. Any two points differ in the objective by Σ d·Δx + Σ y·Δr, where r are the rows' sums. So y
//! is what the level's optimum gains per unit that a side of the row grows, and d the same for a bound of the
//! column. A program that minimises is the level of its negated objective; its own prices are −y and −d.

use std::cmp::Ordering;

use crate::exact::Rational;
use crate::exact::scaling::whole_scale;
use crate::program::{ColumnId, Program, RowId};

/// Why numbers do not prove what they are said to prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A list has not one entry for each column, row or level.
    Shape,
    /// The values break a bound or a row.
    NotFeasible,
    /// The prices say that moving this column would improve, and it may move so.
    Column(ColumnId),
    /// The prices say that moving this row's sum would improve, and it may move so.
    Row(RowId),
    /// The combination of rows can be kept within the bounds.
    NoConflict,
    /// A case may hold something better than what is said to be the best.
    NotBounded,
    /// The direction leaves the bounds or the rows, if it is followed far enough.
    NotARay,
    /// The direction does not improve the objective.
    NotImproving,
}

/// Checks that values are an optimum of the first level, among those of the second, and so on.
///
/// The tuples of reduced costs and prices over the levels decide by their first entry that is not zero:
/// positive only at an upper end, negative only at a lower one. Then every other feasible point is lesser or
/// equal, as a tuple of objectives.
///
/// # Errors
/// [`Fault`]: the first one found.
///
/// Source: mathematics §4; Isermann 1982 (lexicographic duality).
pub fn check_optimal(
    program: &Program,
    levels: &[Vec<Rational>],
    values: &[Rational],
    duals: &[Vec<Rational>],
) -> Result<(), Fault> {
    let (columns, rows) = (program.columns().len(), program.rows().len());
    let fits =
        levels.iter().all(|level| level.len() == columns) && duals.iter().all(|dual| dual.len() == rows);
    if !fits || levels.len() != duals.len() || values.len() != columns {
        return Err(Fault::Shape);
    }
    if !program.is_feasible(values) {
        return Err(Fault::NotFeasible);
    }
    let mut signs = vec![Ordering::Equal; columns];
    for (level, dual) in levels.iter().zip(duals) {
        let (scale, scaled) = whole(dual);
        for ((sign, cost), product) in signs.iter_mut().zip(level).zip(combined(program, &scaled)) {
            *sign = sign.then_with(|| (cost * &scale).cmp(&product));
        }
    }
    for (place, (column, sign)) in program.columns().iter().zip(signs).enumerate() {
        if !rests(sign, &values[place], (&column.lower, &column.upper)) {
            return Err(Fault::Column(ColumnId(u32::try_from(place).unwrap_or(u32::MAX))));
        }
    }
    for (place, row) in program.rows().iter().enumerate() {
        let of = |dual: &Vec<Rational>| dual[place].cmp(&Rational::ZERO);
        let sign = duals.iter().map(of).fold(Ordering::Equal, Ordering::then);
        if sign != Ordering::Equal && !rests(sign, &row.sum(values), (&row.lower, &row.upper)) {
            return Err(Fault::Row(RowId(u32::try_from(place).unwrap_or(u32::MAX))));
        }
    }
    Ok(())
}

/// Checks that no values keep all bounds and rows.
///
/// With z = yA, every point has Σ z·x = Σ y·r. There is none if the least that the bounds allow on the left is
/// above the most that the sides allow on the right. A range that is empty in itself is proof enough.
///
/// # Errors
/// [`Fault`]: the first one found.
///
/// Source: mathematics §4; Farkas 1902.
pub fn check_infeasible(program: &Program, farkas: &[Rational]) -> Result<(), Fault> {
    if farkas.len() != program.rows().len() {
        return Err(Fault::Shape);
    }
    let columns = program.columns().iter().map(|column| (&column.lower, &column.upper));
    let rows = program.rows().iter().map(|row| (&row.lower, &row.upper));
    let crossed = |(lower, upper): (&Option<Rational>, &Option<Rational>)| matches!((lower, upper), (Some(lower), Some(upper)) if lower > upper);
    if columns.clone().chain(rows.clone()).any(crossed) {
        return Ok(());
    }
    let mut above = Rational::ZERO;
    for (factor, range) in combined(program, farkas).iter().zip(columns) {
        above += &least(factor, range).ok_or(Fault::NoConflict)?;
    }
    for (price, range) in farkas.iter().zip(rows) {
        above += &least(&-price, range).ok_or(Fault::NoConflict)?;
    }
    if above.is_positive() { Ok(()) } else { Err(Fault::NoConflict) }
}

/// What a level cannot exceed, as these prices show; nothing where they show nothing.
#[must_use]
pub fn most(program: &Program, level: &[Rational], prices: &[Rational]) -> Option<Rational> {
    most_of_levels(program, &[level.to_vec()], &[prices.to_vec()])?.pop()
}

/// What a tuple of levels cannot exceed, as these prices show; nothing where they show nothing.
///
/// Any prices will do: a level is Σ d·x + Σ y·r at every point. The tuples of d and y over the levels say by their
/// first entry that is not zero at which end of its range each x and r adds most.
///
/// Shape: one number for each level.
///
/// Source: mathematics §4; Neumaier, Shcherbina 2004; Isermann 1982.
#[must_use]
pub fn most_of_levels(
    program: &Program,
    levels: &[Vec<Rational>],
    prices: &[Vec<Rational>],
) -> Option<Vec<Rational>> {
    let (columns, rows) = (program.columns().len(), program.rows().len());
    let fits =
        levels.iter().all(|level| level.len() == columns) && prices.iter().all(|one| one.len() == rows);
    if !fits || levels.len() != prices.len() {
        return None;
    }
    let reduced = levels.iter().zip(prices).map(|(level, prices)| {
        let products = combined(program, prices);
        level.iter().zip(products).map(|(cost, product)| cost - &product).collect::<Vec<Rational>>()
    });
    let reduced: Vec<Vec<Rational>> = reduced.collect();
    let mut above = vec![Rational::ZERO; levels.len()];
    for (place, column) in program.columns().iter().enumerate() {
        add_most(&mut above, (&reduced, place), (&column.lower, &column.upper))?;
    }
    for (place, row) in program.rows().iter().enumerate() {
        add_most(&mut above, (prices, place), (&row.lower, &row.upper))?;
    }
    Some(above)
}

/// Adds the greatest tuple of factors × v for v in a range; nothing where there is none.
fn add_most(
    above: &mut [Rational],
    (factors, place): (&[Vec<Rational>], usize),
    (lower, upper): (&Option<Rational>, &Option<Rational>),
) -> Option<()> {
    let first = factors.iter().map(|level| &level[place]).find(|factor| !factor.is_zero());
    let Some(first) = first else { return Some(()) };
    let end = if first.is_positive() { upper } else { lower }.as_ref()?;
    for (above, level) in above.iter_mut().zip(factors) {
        *above += &(&level[place] * end);
    }
    Some(())
}

/// Checks that from a feasible point a direction improves a level for ever.
///
/// # Errors
/// [`Fault`]: the first one found.
///
/// Source: mathematics §4.
pub fn check_unbounded(
    program: &Program,
    level: &[Rational],
    point: &[Rational],
    ray: &[Rational],
) -> Result<(), Fault> {
    let columns = program.columns().len();
    if level.len() != columns || point.len() != columns || ray.len() != columns {
        return Err(Fault::Shape);
    }
    if !program.is_feasible(point) {
        return Err(Fault::NotFeasible);
    }
    let open = |step: &Rational, lower: &Option<Rational>, upper: &Option<Rational>| {
        (!step.is_positive() || upper.is_none()) && (!step.is_negative() || lower.is_none())
    };
    let of_columns = program.columns().iter().zip(ray);
    let kept = of_columns.into_iter().all(|(column, step)| open(step, &column.lower, &column.upper))
        && program.rows().iter().all(|row| open(&row.sum(ray), &row.lower, &row.upper));
    if !kept {
        return Err(Fault::NotARay);
    }
    let gain: Rational = level.iter().zip(ray).map(|(cost, step)| cost * step).sum();
    if gain.is_positive() { Ok(()) } else { Err(Fault::NotImproving) }
}

/// The least positive number that makes integers of all prices, and those: sums of integers are quick.
fn whole(prices: &[Rational]) -> (Rational, Vec<Rational>) {
    let scale = whole_scale(prices);
    let scaled = prices.iter().map(|price| price * &scale).collect();
    (scale, scaled)
}

/// y A, one entry for each column.
fn combined(program: &Program, prices: &[Rational]) -> Vec<Rational> {
    let mut combined = vec![Rational::ZERO; program.columns().len()];
    for (row, price) in program.rows().iter().zip(prices).filter(|(_, price)| !price.is_zero()) {
        for (column, factor) in &row.terms {
            combined[column.index()] += &(price * factor);
        }
    }
    combined
}

/// Whether what improves when it moves as the sign says stands at its end in that direction.
fn rests(sign: Ordering, value: &Rational, (lower, upper): (&Option<Rational>, &Option<Rational>)) -> bool {
    match sign {
        Ordering::Equal => true,
        Ordering::Greater => upper.as_ref() == Some(value),
        Ordering::Less => lower.as_ref() == Some(value),
    }
}

/// The least of `factor × v` for v in a range; nothing where there is none.
fn least(factor: &Rational, (lower, upper): (&Option<Rational>, &Option<Rational>)) -> Option<Rational> {
    if factor.is_zero() {
        return Some(Rational::ZERO);
    }
    let end = if factor.is_positive() { lower } else { upper };
    end.as_ref().map(|end| factor * end)
}
