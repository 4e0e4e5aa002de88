//! Rows of one group, added up.

use std::cmp::Ordering;

use super::row::{RowFault, RowNumber, bounded, extreme};
use crate::exact::Rational;
use crate::table::Row;

/// What is told of all rows of a group at once.
#[derive(Debug)]
pub(super) enum Total {
    Count,
    Sum(RowNumber),
    Mean(RowNumber),
    Min(RowNumber),
    Max(RowNumber),
    First(RowNumber),
}

impl Total {
    /// The words for totals.
    pub const WORDS: [&'static str; 6] = ["sum", "mean", "min", "max", "count", "first"];

    /// The total of this name over a number; a count has none.
    pub fn named(word: &str, of: RowNumber) -> Option<Self> {
        Some(match word {
            "sum" => Self::Sum(of),
            "mean" => Self::Mean(of),
            "min" => Self::Min(of),
            "max" => Self::Max(of),
            "first" => Self::First(of),
            _ => return None,
        })
    }

    /// What a row adds; nothing for a count.
    pub fn of_row(&self, row: &Row) -> Result<Rational, RowFault> {
        match self {
            Self::Count => Ok(Rational::ONE),
            Self::Sum(of) | Self::Mean(of) | Self::Min(of) | Self::Max(of) | Self::First(of) => of.value(row),
        }
    }

    /// The total so far, with one row more.
    pub fn with(&self, so_far: Rational, more: Rational) -> Result<Rational, RowFault> {
        Ok(match self {
            Self::Count | Self::Sum(_) | Self::Mean(_) => bounded(&so_far + &more)?,
            Self::Min(_) => extreme(so_far, more, Ordering::Less),
            Self::Max(_) => extreme(so_far, more, Ordering::Greater),
            Self::First(_) => so_far,
        })
    }

    /// The total of so many rows.
    pub fn ended(&self, so_far: Rational, rows: usize) -> Rational {
        match self {
            Self::Mean(_) => {
                let rows = Rational::from(i64::try_from(rows).unwrap_or(i64::MAX));
                so_far.checked_div(&rows).unwrap_or_default()
            }
            _ => so_far,
        }
    }
}
