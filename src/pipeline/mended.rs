//! Mends carried out on texts: which of them go together, and what the files say afterwards. Nothing is written here.

use std::collections::BTreeMap;

use super::Compilation;
use crate::diagnostic::{Diagnostic, Edit, Mend};
use crate::source::{FileId, SourceFile, Span};

/// Files as mends leave them.
#[derive(Debug, Default)]
pub struct Mended {
    /// The new texts of the files that change, in the order of the files.
    pub files: Vec<(FileId, String)>,
    /// How many mends went into them.
    pub mends: usize,
}

impl Compilation {
    /// The mends of all that is shown, carried out once in the files that `may` change; never in a table.
    ///
    /// Of mends that touch the first wins: the faults of the others show again, if they are still there.
    #[must_use]
    pub fn mended(&self, may: &dyn Fn(&SourceFile) -> bool) -> Mended {
        let shown = self.report();
        let mends: Vec<&Mend> = shown.iter().filter_map(|one| self.mend_of(one, may)).collect();
        let mut taken: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        let mut count = 0;
        for mend in mends {
            let free = |edit: &Edit| {
                let others = taken.get(&edit.span.file).into_iter().flatten();
                others.into_iter().all(|other| !touch(other.span, edit.span))
            };
            if mend.edits.iter().all(free) {
                mend.edits.iter().for_each(|edit| taken.entry(edit.span.file).or_default().push(edit));
                count += 1;
            }
        }
        let files =
            taken.into_iter().map(|(file, edits)| (file, edited(&self.sources.file(file).text, edits)));
        Mended { files: files.collect(), mends: count }
    }

    /// The mend of a fault, where it is one for a machine to carry out in these files.
    fn mend_of<'a>(&self, fault: &'a Diagnostic, may: &dyn Fn(&SourceFile) -> bool) -> Option<&'a Mend> {
        let tables = &self.checked.model.imports;
        let own = |edit: &Edit| {
            let file = edit.span.file;
            tables.iter().all(|table| table.file != file || table.item.file == file)
                && may(self.sources.file(file))
        };
        fault.mend.as_deref().filter(|mend| mend.is_of_files(&self.sources) && mend.edits.iter().all(own))
    }
}

/// Whether two spans of one file overlap, or leave nothing between them: what is put in beside a change may belong to it.
fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// The text with its edits made. Invariant: they do not touch.
fn edited(text: &str, mut edits: Vec<&Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for edit in edits {
        let range = edit.span.range();
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&edit.replacement);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
