//! Expressions over the cells of one row: what `where` asks, and what totals of a group add up.

use std::cmp::Ordering;

use crate::exact::cell::{self, CellError};
use crate::exact::literal::MOST_DIGITS;
use crate::exact::{Rational, Short};
use crate::model::Comparison;
use crate::table::Row;

/// An expression whose names are columns. Numbers are bare: units belong to the values of the model.
#[derive(Debug)]
pub(super) enum RowNumber {
    Number(Rational),
    Column(usize),
    Negative(Box<Self>),
    /// Terms, each with whether it is taken away.
    Sum(Vec<(bool, Self)>),
    /// Factors, each with whether it divides.
    Product(Vec<(bool, Self)>),
}

/// A condition on a row.
#[derive(Debug)]
pub(super) enum RowCondition {
    /// Texts, letter by letter.
    Same(RowText, RowText, bool),
    Compared(Box<RowNumber>, Vec<(Comparison, RowNumber)>),
    Not(Box<Self>),
    And(Vec<Self>),
    Or(Vec<Self>),
}

#[derive(Debug)]
pub(super) enum RowText {
    Literal(String),
    Column(usize),
}

/// Why an expression has no value in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFault {
    NoNumber(usize, CellError),
    DivisionByZero,
    /// More digits than a value may have.
    TooLarge,
}

/// The number, if it has no more digits than a value may have.
pub(super) fn bounded(number: Rational) -> Result<Rational, RowFault> {
    if number.digits() > MOST_DIGITS + 1 { Err(RowFault::TooLarge) } else { Ok(number) }
}

impl RowNumber {
    pub fn value(&self, row: &Row) -> Result<Rational, RowFault> {
        Ok(match self {
            Self::Number(number) => number.clone(),
            Self::Column(column) => number(row, *column)?,
            Self::Negative(inner) => -inner.value(row)?,
            Self::Sum(terms) => {
                let mut sum = Rational::ZERO;
                for (minus, term) in terms {
                    let value = term.value(row)?;
                    sum = bounded(if *minus { &sum - &value } else { &sum + &value })?;
                }
                sum
            }
            Self::Product(factors) => {
                let mut product = Rational::ONE;
                for (divides, factor) in factors {
                    let value = factor.value(row)?;
                    product = bounded(if *divides {
                        product.checked_div(&value).ok_or(RowFault::DivisionByZero)?
                    } else {
                        &product * &value
                    })?;
                }
                product
            }
        })
    }
}

impl RowText {
    fn of<'r>(&'r self, row: &'r Row) -> &'r str {
        match self {
            Self::Literal(text) => text,
            Self::Column(column) => row.cell(*column).unwrap_or(""),
        }
    }
}

impl RowCondition {
    pub fn holds(&self, row: &Row) -> Result<bool, RowFault> {
        Ok(match self {
            Self::Same(left, right, wanted) => (left.of(row) == right.of(row)) == *wanted,
            Self::Compared(first, rest) => {
                let mut left = first.value(row)?;
                for (comparison, side) in rest {
                    let right = side.value(row)?;
                    if !comparison.holds(&left, &right) {
                        return Ok(false);
                    }
                    left = right;
                }
                true
            }
            Self::Not(inner) => !inner.holds(row)?,
            Self::And(terms) => {
                for term in terms {
                    if !term.holds(row)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Or(terms) => {
                for term in terms {
                    if term.holds(row)? {
                        return Ok(true);
                    }
                }
                false
            }
        })
    }
}

/// The number in a cell.
pub(super) fn number(row: &Row, column: usize) -> Result<Rational, RowFault> {
    let text = row.cell(column).unwrap_or("");
    cell::parse(text).map_err(|fault| RowFault::NoNumber(column, fault))
}

/// The number in a cell, before it is known whether its row is kept.
#[derive(Debug)]
pub(super) enum CellNumber {
    Short(Short),
    Exact(Rational),
}

/// Reads the number in a cell.
pub(super) fn read(row: &Row, column: usize) -> Result<CellNumber, RowFault> {
    match cell::short(row.cell(column).unwrap_or("")) {
        Some(short) => Ok(CellNumber::Short(short)),
        None => number(row, column).map(CellNumber::Exact),
    }
}

/// The lesser or greater of two numbers.
pub(super) fn extreme(kept: &Rational, other: Rational, wanted: Ordering) -> Rational {
    if other.cmp(kept) == wanted { other } else { kept.clone() }
}
