//! What an `import` gives to the rows of its table.

use std::sync::Arc;

use super::{Given, ImportId};
use crate::exact::Numbers;
use crate::source::{FileId, Span};

/// An import: its values are expressions, which all rows share; its rows stay numbers.
#[derive(Debug)]
pub struct Import {
    /// The whole declaration.
    pub item: Span,
    /// Where the table's path stands.
    pub path: Span,
    /// The table.
    pub file: FileId,
    pub given: Arc<[Given]>,
    /// The columns, and totals of columns, that its values name; each has a number for each row that was kept.
    /// Empty once the model is checked.
    pub columns: Vec<Numbers>,
}

/// The row of an import that a participant or flow is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub import: ImportId,
    /// Among the rows that were kept, from 0.
    pub place: u32,
}
