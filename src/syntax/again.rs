//! Parsing a text that was another before: declarations that stand in it as they stood are taken over.
//!
//! What comes out is what parsing the text anew gives. A declaration without a fault is read from its own text alone,
//! so that the same text gives the same tree wherever it stands.

use std::ops::Range;
use std::sync::Arc;
use std::vec::IntoIter;

use super::MOST_FAULTS;
use super::ast::{Ast, Item, Name};
use super::moved::Move;
use super::scan::Chunk;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile, Span};

/// A file as it was, and what parsing it gave.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub source: Arc<SourceFile>,
    pub tree: Ast,
    pub faults: Vec<Diagnostic>,
}

/// What of an earlier text stands in a new one: from its beginning and from its end.
#[derive(Debug)]
pub(super) struct Kept {
    file: FileId,
    /// The declarations that were not passed yet: they are taken over in their order.
    items: IntoIter<Item>,
    cuts: Vec<Range<usize>>,
    lost: Vec<Name>,
    faults: Vec<Diagnostic>,
    /// So many at the beginning are the same, and so many at the end.
    before: usize,
    behind: usize,
    /// How many the new text has.
    count: usize,
}

impl Kept {
    /// Nothing, where the earlier text was not read to its end.
    pub fn of(earlier: Earlier, text: &str, chunks: &[Chunk]) -> Option<Self> {
        let Earlier { source, tree, faults } = earlier;
        if source.broken.is_some() || faults.len() >= MOST_FAULTS {
            return None;
        }
        // What was refused has a fault, and is not taken over.
        let same = |old: &Range<usize>, new: &Chunk| {
            new.refused.is_none() && source.clean().get(old.clone()) == text.get(new.range.clone())
        };
        let Ast { file, items, cuts, lost, .. } = tree;
        let before = cuts.iter().zip(chunks).take_while(|(old, new)| same(old, new)).count();
        let rest = cuts.len().min(chunks.len()) - before;
        let pairs = cuts.iter().rev().zip(chunks.iter().rev()).take(rest);
        let behind = pairs.take_while(|(old, new)| same(old, new)).count();
        let (items, count) = (items.into_iter(), chunks.len());
        Some(Self { file, items, cuts, lost, faults, before, behind, count })
    }

    /// Takes the declarations of a chunk of the new text over, and whether it could. Chunks come in their order.
    pub fn take(&mut self, place: usize, chunk: &Chunk, (file, taken): (FileId, &mut Vec<Item>)) -> bool {
        let Some(stood) = self.stood(place).filter(|stood| self.is_clean(stood)) else { return false };
        let [from, to, now] = [stood.start, stood.end, chunk.range.start]
            .map(|offset| i64::try_from(offset).unwrap_or(i64::MAX));
        let begins = |items: &IntoIter<Item>| items.as_slice().first().map(|item| i64::from(item.span.start));
        while begins(&self.items).is_some_and(|start| start < from) {
            drop(self.items.next());
        }
        let mover = Move { file, by: now - from };
        let stays = mover.by == 0 && file == self.file;
        while begins(&self.items).is_some_and(|start| start < to) {
            let Some(mut item) = self.items.next() else { break };
            if !stays {
                mover.item(&mut item);
            }
            taken.push(item);
        }
        true
    }

    /// Where a chunk of the new text stood in the earlier one, if it did.
    fn stood(&self, place: usize) -> Option<Range<usize>> {
        let from_end = self.count.checked_sub(place)?;
        let old = match place < self.before {
            true => place,
            false if from_end <= self.behind => self.cuts.len().checked_sub(from_end)?,
            false => return None,
        };
        self.cuts.get(old).cloned()
    }

    /// Whether nothing is at fault in a range of the earlier text, and nothing was lost there.
    fn is_clean(&self, range: &Range<usize>) -> bool {
        let inside = |span: Span| range.start <= span.end as usize && span.start as usize <= range.end;
        let labels = self.faults.iter().flat_map(|fault| &fault.labels);
        !labels.map(|label| label.span).any(inside) && !self.lost.iter().any(|name| inside(name.span))
    }
}
