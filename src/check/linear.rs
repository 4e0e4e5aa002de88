//! Values of rows that are sums of columns, each times a constant: a million of them need no million walks over an
//! expression.

use super::evaluate::{Evaluator, Known};
use super::short_rows::Multiple;
use crate::exact::{Rational, Short};
use crate::model::{Expr, ExprKind, Model, Row, ValueId};
use crate::units::{Quantity, Unit};

/// `constant + Σ coefficient × column`.
#[derive(Debug)]
pub(super) struct Linear {
    unit: Unit,
    constant: Rational,
    coefficients: Vec<(u32, Rational)>,
}

/// What columns are set to while their coefficients are looked for.
struct Probe<'a> {
    known: &'a dyn Known,
    /// The one column that is 1; all others are 0.
    one: Option<u32>,
}

impl Known for Probe<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.known.value(id)
    }

    fn column(&self, place: u32) -> Option<Rational> {
        Some(if self.one == Some(place) { Rational::ONE } else { Rational::ZERO })
    }
}

impl Linear {
    /// The expression as a sum over columns; nothing where it is none, or has a fault in every row.
    pub fn of(expr: &Expr, evaluator: &mut Evaluator<'_>, known: &dyn Known) -> Option<Self> {
        if degree(expr)? > 1 {
            return None;
        }
        let mut columns = Vec::new();
        expr.visit(&mut |part| {
            if let ExprKind::Column(place) = part.kind {
                columns.push(place);
            }
        });
        columns.sort_unstable();
        columns.dedup();
        let before = evaluator.faults.len();
        let mut at = |one| evaluator.quantity(expr, &Probe { known, one });
        let base = at(None);
        let ends: Vec<Option<Quantity>> = columns.iter().map(|column| at(Some(*column))).collect();
        // What is at fault is told of the row, not of a probe.
        evaluator.faults.truncate(before);
        let Quantity { value: constant, unit } = base?;
        let mut coefficients = Vec::with_capacity(columns.len());
        for (column, end) in columns.into_iter().zip(ends) {
            coefficients.push((column, &end?.value - &constant));
        }
        Some(Self { unit, constant, coefficients })
    }

    /// The same over one column at most, where its numbers are short.
    pub fn multiple(&self) -> Option<Multiple> {
        let column = match self.coefficients.as_slice() {
            [] => None,
            [(column, coefficient)] => Some((*column, Short::of(coefficient)?)),
            _ => return None,
        };
        Some(Multiple { constant: Short::of(&self.constant)?, column })
    }

    /// The value in a row.
    pub fn at(&self, model: &Model, row: Row) -> Option<Quantity> {
        let mut value = self.constant.clone();
        for (column, coefficient) in &self.coefficients {
            value += &(coefficient * &model.cell(row, *column)?);
        }
        Some(Quantity { value, unit: self.unit.clone() })
    }
}

/// How many columns are multiplied at most; nothing where that is not all that happens to them.
fn degree(expr: &Expr) -> Option<usize> {
    let most =
        |parts: &[(bool, Expr)]| parts.iter().map(|(_, part)| degree(part)).collect::<Option<Vec<_>>>();
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Value(_) => Some(0),
        ExprKind::Column(_) => Some(1),
        ExprKind::Counted(inner, ..) | ExprKind::Negative(inner) => degree(inner),
        ExprKind::Sum(terms) => most(terms)?.into_iter().max(),
        ExprKind::Product(factors) => {
            let degrees = most(factors)?;
            // What divides must be the same in every row.
            let divides = factors.iter().zip(&degrees).any(|((divides, _), degree)| *divides && *degree > 0);
            (!divides).then(|| degrees.iter().sum())
        }
        _ => None,
    }
}
