//! Proofs by cases over whole numbers: what branch and bound leaves behind.

use super::ColumnId;
use crate::exact::Rational;

/// Numbers of rows, those that are not zero: each by its row's place, in order.
pub type Weights = Vec<(u32, Rational)>;

/// What is not zero of a list with one number for each row.
#[must_use]
pub fn weights(numbers: Vec<Rational>) -> Weights {
    (0..).zip(numbers).filter(|(_, number)| !number.is_zero()).collect()
}

/// The whole list, one number for each of so many rows; nothing where the places do not rise, or go beyond.
#[must_use]
pub fn by_row(weights: &Weights, rows: usize) -> Option<Vec<Rational>> {
    let mut all = vec![Rational::ZERO; rows];
    let rising = weights.windows(2).all(|pair| pair[0].0 < pair[1].0);
    for (place, number) in weights {
        *all.get_mut(*place as usize)? = number.clone();
    }
    rising.then_some(all)
}

/// One case of a proof; a list of them is a tree in preorder.
///
/// Source: mathematics §4, *Whole numbers*; Land, Doig 1960.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// Two cases follow, each with all that it splits into: the column is at most `most`, and at least one more.
    ///
    /// Invariant: the column takes whole numbers only, and `most` is one.
    Split {
        column: ColumnId,
        most: Rational,
        /// Whether the case of more comes first.
        more_first: bool,
    },
    /// No point here has a greater tuple of levels than these prices of the rows allow: one list for each level, from
    /// the first.
    Bounded { duals: Vec<Weights> },
    /// No point is here, whole or not, as these factors of the rows show.
    Empty { farkas: Weights },
}
