//! What a solver's values say of a basis: an order, and no number.

use super::{Choice, Suggestion, suggest};
use crate::exact::{Rational, door};
use crate::program::{Column, ColumnId, Program, RowId};
use crate::simplex::{Crash, Variable};
use crate::stop::Stop;

/// Values this near to a bound, in relation to how far the other numbers go, are taken to be at it.
const NEAR: f64 = 1e-9;

/// The basis that a solver's values speak for; none where it has no values.
#[must_use]
pub fn crashed(asked: (Choice, &Stop), program: &Program) -> Crash {
    suggest(asked, program).map_or_else(|_| Crash::default(), |suggestion| crash(program, &suggestion))
}

/// The whole numbers that a solver's values are nearest to, within their bounds, and the basis for all others; nothing
/// where it has no values.
#[must_use]
pub fn rounded(asked: (Choice, &Stop), program: &Program) -> Option<(Vec<(ColumnId, Rational)>, Crash)> {
    let suggestion = suggest(asked, program).ok()?;
    let whole = |column: ColumnId| {
        let near = door::to_whole(*suggestion.values.get(column.index())?)?;
        let stated = program.columns().get(column.index())?;
        let near = stated.lower.as_ref().map_or(near.clone(), |lower| near.max(lower.ceil()));
        Some((column, stated.upper.as_ref().map_or(near.clone(), |upper| near.min(upper.floor()))))
    };
    let whole = program.whole().into_iter().map(whole).collect::<Option<Vec<_>>>()?;
    Some((whole, crash(program, &suggestion)))
}

/// Variables strictly between their bounds should be basic, sums of rows first: they cost nothing. Of columns,
/// those first that are furthest from their bounds.
fn crash(program: &Program, suggestion: &Suggestion) -> Crash {
    let value = |place: usize| suggestion.values.get(place).copied().filter(|value| value.is_finite());
    let value = |place: usize| value(place).unwrap_or(0.0);
    let rows = program.rows().iter().enumerate().filter_map(|(place, row)| {
        let terms = row.terms.iter().map(|(column, factor)| door::to_double(factor) * value(column.index()));
        let (sum, size) =
            terms.fold((0.0, 1.0), |(sum, size): (f64, f64), term| (sum + term, size.max(term.abs())));
        let inside = distance(sum, &row.lower, &row.upper) > NEAR * size;
        (inside && row.lower != row.upper).then(|| Variable::Row(RowId::at(place)))
    });
    let mut basic: Vec<Variable> = rows.collect();
    let mut columns: Vec<(f64, ColumnId)> = Vec::new();
    for (place, column) in program.columns().iter().enumerate() {
        let away = distance(value(place), &column.lower, &column.upper);
        if away > NEAR * value(place).abs().max(1e-3) {
            columns.push((away, ColumnId::at(place)));
        }
    }
    columns.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    basic.extend(columns.into_iter().map(|(_, column)| Variable::Column(column)));
    let nearer = |(place, column): (usize, &Column)| {
        let to = |bound: &Option<Rational>| {
            bound.as_ref().map(|bound| (value(place) - door::to_double(bound)).abs())
        };
        match (to(&column.lower), to(&column.upper)) {
            (Some(lower), Some(upper)) => upper < lower,
            (None, Some(_)) => true,
            _ => false,
        }
    };
    Crash { basic, at_upper: program.columns().iter().enumerate().map(nearer).collect() }
}

/// How far a value is from the nearer of its bounds; not at all where it is beyond one.
fn distance(value: f64, lower: &Option<Rational>, upper: &Option<Rational>) -> f64 {
    let below = lower.as_ref().map_or(f64::INFINITY, |bound| value - door::to_double(bound));
    let above = upper.as_ref().map_or(f64::INFINITY, |bound| door::to_double(bound) - value);
    below.min(above).max(0.0)
}
