//! Faults of rows: each points at its import as well, and of very many the first few are told.

use std::collections::BTreeMap;

use super::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// How many errors of one kind are told of one import; of a lint it is the first.
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
    let mut told: BTreeMap<(Code, Option<Span>, FileId), (usize, usize)> = BTreeMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for one in diagnostics {
        if let Some((most, file)) = most_told(&one, imported) {
            let shown = imported.iter().find(|it| shows(&one, it)).map(|it| it.item);
            let (count, last) = told.entry((one.code, shown, file)).or_default();
            *count += 1;
            if *count > most {
                continue;
            }
            *last = kept.len();
        }
        kept.push(with_imports(one, imported));
    }
    for (count, last) in told.into_values() {
        let Some(one) = kept.get_mut(last) else { continue };
        let most = most_told(one, imported).map_or(count, |(most, _)| most);
        if let Some(more) = count.checked_sub(most).filter(|more| *more > 0) {
            one.help.push(format!("the same holds of {more} more rows of this table"));
        }
    }
    kept
}

/// How many diagnostics like this one are told of one import, and its table; nothing where all are. Rows that are left
/// out have been counted before.
fn most_told(one: &Diagnostic, imported: &[Imported]) -> Option<(usize, FileId)> {
    let file = one.place()?.file;
    let lint = one.code.name().starts_with("L05");
    let most = if lint { 1 } else { ERRORS_TOLD };
    (imported.iter().any(|it| it.file == file) && (lint || one.is_error())).then_some((most, file))
}

fn shows(diagnostic: &Diagnostic, import: &Imported) -> bool {
    diagnostic.labels.iter().any(|label| import.item.contains(label.span))
}

/// The diagnostic with a label at an import of each table that it points at, unless it shows one.
fn with_imports(mut diagnostic: Diagnostic, imported: &[Imported]) -> Diagnostic {
    for import in imported {
        let points = diagnostic.labels.iter().any(|label| label.span.file == import.file);
        let shown = imported.iter().any(|other| other.file == import.file && shows(&diagnostic, other));
        if points && !shown {
            diagnostic = diagnostic.label(import.path, "imported here");
        }
    }
    diagnostic
}
