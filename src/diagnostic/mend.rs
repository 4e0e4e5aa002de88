//! Mends that a machine may apply without asking: plain data, for `loopc fix` and for editors.

use crate::source::{Sources, Span};

/// The text of a span, replaced; an empty span is a place where something is put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}

/// What mends a fault for certain: all of its edits together, or none.
///
/// Invariant: the fault is gone when they are made, and nothing else means other than before. What is only likely is
/// help, not a mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What a person is offered: lower-case, in the imperative.
    pub title: String,
    pub edits: Vec<Edit>,
}

impl Mend {
    /// Whether its places are those of files as they are on the disk: a value of the command line, a sheet of a
    /// workbook and a file that is no UTF-8 are not.
    #[must_use]
    pub fn is_of_files(&self, sources: &Sources) -> bool {
        self.edits.iter().all(|edit| {
            let file = sources.file(edit.span.file);
            !file.setting && file.origin.is_none() && file.broken.is_none()
        })
    }
}
