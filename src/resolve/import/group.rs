//! Rows of one group, added up.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::plan::{Plan, What};
use super::row::{RowFault, RowNumber, bounded, extreme};
use crate::exact::Rational;
use crate::source::Span;
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
    pub fn with(&self, so_far: &Rational, more: Rational) -> Result<Rational, RowFault> {
        Ok(match self {
            Self::Count | Self::Sum(_) | Self::Mean(_) => bounded(so_far + &more)?,
            Self::Min(_) => extreme(so_far, more, Ordering::Less),
            Self::Max(_) => extreme(so_far, more, Ordering::Greater),
            Self::First(_) => so_far.clone(),
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

/// Rows that are alike in the columns of `group`.
#[derive(Debug)]
pub(super) struct Group {
    pub first: Row,
    pub rows: usize,
    /// By what is asked; only totals have one.
    pub totals: Vec<Rational>,
}

/// All groups, in the order of their first rows.
#[derive(Debug, Default)]
pub(super) struct Groups {
    places: BTreeMap<String, usize>,
    pub all: Vec<Group>,
}

impl Groups {
    /// Adds a row to its group; a row that cannot be added to one total is added to none.
    pub fn add(&mut self, plan: &Plan, row: &Row) -> Result<(), (RowFault, Span)> {
        let key = key(plan.group.as_deref().unwrap_or_default(), row);
        let group = self.places.get(&key).map(|place| &self.all[*place]);
        let mut totals = Vec::with_capacity(plan.asked.len());
        for (place, asked) in plan.asked.iter().enumerate() {
            let What::Total(total) = &asked.what else {
                totals.push(Rational::ZERO);
                continue;
            };
            let so_far = group.and_then(|group| group.totals.get(place));
            let more = total.of_row(row).and_then(|more| match so_far {
                Some(so_far) => total.with(so_far, more),
                None => Ok(more),
            });
            totals.push(more.map_err(|fault| (fault, asked.span))?);
        }
        match self.places.get(&key) {
            Some(place) => {
                let group = &mut self.all[*place];
                (group.totals, group.rows) = (totals, group.rows + 1);
            }
            None => {
                self.places.insert(key, self.all.len());
                self.all.push(Group { first: row.clone(), rows: 1, totals });
            }
        }
        Ok(())
    }
}

/// What the rows of a group have in common. With the lengths of cells, so that these do not run into each other.
fn key(columns: &[usize], row: &Row) -> String {
    let mut key = String::new();
    for cell in columns.iter().map(|column| row.cell(*column).unwrap_or("")) {
        key.push_str(&cell.len().to_string());
        key.push(' ');
        key.push_str(cell);
    }
    key
}
