//! Parsing a text that was another before: declarations that stand in it as they stood are taken over.
//!
//! What comes out is what parsing the text anew gives. A declaration without a fault is read from its own text alone,
//! so that the same text gives the same tree wherever it stands.

use std::ops::Range;

use super::MOST_FAULTS;
use super::ast::{Ast, Item};
use super::moved::Move;
use super::scan::Chunk;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Span};

/// A file as it was, and what parsing it gave.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    pub source: &'a SourceFile,
    pub tree: &'a Ast,
    pub faults: &'a [Diagnostic],
}

/// What of an earlier text stands in a new one: from its beginning and from its end.
#[derive(Debug)]
pub(super) struct Kept<'a> {
    earlier: Earlier<'a>,
    /// So many at the beginning are the same, and so many at the end.
    before: usize,
    behind: usize,
    /// How many the new text has.
    count: usize,
}

impl<'a> Kept<'a> {
    /// Nothing, where the earlier text was not read to its end.
    pub fn of(earlier: Earlier<'a>, text: &str, chunks: &[Chunk]) -> Option<Self> {
        if earlier.source.broken.is_some() || earlier.faults.len() >= MOST_FAULTS {
            return None;
        }
        let known = &earlier.tree.cuts;
        // What was refused has a fault, and is not taken over.
        let same = |old: &Range<usize>, new: &Chunk| {
            new.refused.is_none() && earlier.source.clean().get(old.clone()) == text.get(new.range.clone())
        };
        let before = known.iter().zip(chunks).take_while(|(old, new)| same(old, new)).count();
        let rest = known.len().min(chunks.len()) - before;
        let pairs = known.iter().rev().zip(chunks.iter().rev()).take(rest);
        let behind = pairs.take_while(|(old, new)| same(old, new)).count();
        Some(Self { earlier, before, behind, count: chunks.len() })
    }

    /// The declarations of a chunk of the new text, if they are taken over.
    pub fn items(&self, place: usize, chunk: &Chunk, file: FileId) -> Option<Vec<Item>> {
        let from_end = self.count.checked_sub(place)?;
        let old = match place < self.before {
            true => place,
            false if from_end <= self.behind => self.earlier.tree.cuts.len().checked_sub(from_end)?,
            false => return None,
        };
        let stood = self.earlier.tree.cuts.get(old)?.clone();
        if !self.is_clean(&stood) {
            return None;
        }
        let by = i64::try_from(chunk.range.start).ok()? - i64::try_from(stood.start).ok()?;
        let mover = Move { file, by };
        let taken = items_in(self.earlier.tree, &stood).iter().cloned().map(|mut item| {
            mover.item(&mut item);
            item
        });
        Some(taken.collect())
    }

    /// Whether nothing is at fault in a range of the earlier text, and nothing was lost there.
    fn is_clean(&self, range: &Range<usize>) -> bool {
        let inside = |span: Span| range.start <= span.end as usize && span.start as usize <= range.end;
        let labels = self.earlier.faults.iter().flat_map(|fault| &fault.labels);
        !labels.map(|label| label.span).any(inside)
            && !self.earlier.tree.lost.iter().any(|name| inside(name.span))
    }
}

/// The declarations of a tree that begin in a range.
fn items_in<'t>(tree: &'t Ast, range: &Range<usize>) -> &'t [Item] {
    let start = tree.items.partition_point(|item| (item.span.start as usize) < range.start);
    let end = tree.items.partition_point(|item| (item.span.start as usize) < range.end);
    tree.items.get(start..end).unwrap_or(&[])
}
