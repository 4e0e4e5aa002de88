//! Proofs by cases over whole numbers: what branch and bound leaves behind.

use super::ColumnId;
use crate::exact::Rational;

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
    /// No point here has a greater tuple of levels than these prices allow: one list for each level, from the first,
    /// with one price for each row.
    Bounded { duals: Vec<Vec<Rational>> },
    /// No point is here, whole or not: one factor for each row.
    Empty { farkas: Vec<Rational> },
}
