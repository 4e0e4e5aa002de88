//! Faults of rows: each points at its import as well, and of very many the first few are told.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};
use crate::source::{FileId, Span};

/// How many errors of one kind are told of one table; of a warning it is the first.
const ERRORS_TOLD: usize = 10;

/// Where a table is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    pub file: FileId,
    /// The table's path in the import.
    pub path: Span,
    /// The whole import.
    pub item: Span,
}

/// The same diagnostics, with the imports of the rows that they point at; very many of one kind are cut short.
#[must_use]
pub fn of_rows(diagnostics: Vec<Diagnostic>, imported: &[Imported]) -> Vec<Diagnostic> {
    if imported.is_empty() {
        return diagnostics;
    }
    let mut told: BTreeMap<(Code, Severity, FileId), (usize, usize)> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for one in diagnostics {
        let table =
            one.place().map(|place| place.file).filter(|file| imported.iter().any(|it| it.file == *file));
        if let Some(file) = table {
            let (count, last) = told.entry((one.code, one.severity, file)).or_default();
            *count += 1;
            if *count > if one.is_error() { ERRORS_TOLD } else { 1 } {
                continue;
            }
            *last = kept.len();
        }
        kept.push(with_imports(one, imported));
    }
    for ((_, severity, _), (count, last)) in told {
        let most = if severity == Severity::Error { ERRORS_TOLD } else { 1 };
        if let Some(more) = count.checked_sub(most).filter(|more| *more > 0)
            && let Some(one) = kept.get_mut(last)
        {
            one.help.push(format!("the same holds of {more} more rows of this table"));
        }
    }
    kept
}

/// The diagnostic with a label at each import whose rows it points at, and that it does not show yet.
fn with_imports(mut diagnostic: Diagnostic, imported: &[Imported]) -> Diagnostic {
    for import in imported {
        let points = diagnostic.labels.iter().any(|label| label.span.file == import.file);
        let several = imported.iter().filter(|other| other.file == import.file).count() > 1;
        let shown = diagnostic.labels.iter().any(|label| {
            import.item.contains(label.span)
                || several && imported.iter().any(|other| other.item.contains(label.span))
        });
        if points && !shown {
            diagnostic = diagnostic.label(import.path, "imported here");
        }
    }
    diagnostic
}
