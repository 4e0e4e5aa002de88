//! Scenarios: what stands in their braces is read declaration by declaration, as a file is.

use super::ast::{Item, ItemKind};
use super::faults;
use super::grammar::{self, Rule};
use super::parse::Reader;
use super::scan::scan_scenario;
use super::walker::{Walker, end_of};
use crate::source::Span;

impl Reader<'_> {
    /// A scenario; where the next declaration may begin, or nothing where the rest of the chunk is lost.
    pub(super) fn scenario(&mut self, at: usize, end: usize) -> Option<usize> {
        let piece = &self.text[at..end];
        let head = match grammar::parse(Rule::scenario_head, piece) {
            Ok(head) => head,
            Err(stop) => {
                self.stray(at, piece, &stop);
                return None;
            }
        };
        let begin = at + end_of(&head);
        let mut walker = Walker::new(self.file, at, piece);
        let (mut scenario, brace) = walker.scenario_head(head);
        let brace = brace.map_or(scenario.name.span, |brace| walker.span(&brace));
        self.found.append(&mut walker.faults);
        let (chunks, close) = scan_scenario(self.text, begin, end);
        let mut inner = Reader {
            file: self.file,
            text: self.text,
            in_scenario: true,
            items: Vec::new(),
            lost: std::mem::take(&mut self.lost),
            found: std::mem::take(&mut self.found),
        };
        inner.all(&chunks, None);
        (scenario.items, self.lost, self.found) = (inner.items, inner.lost, inner.found);
        let stop = match close.map(|close| (close, self.text[close..].chars().next())) {
            Some((close, sign)) => close + sign.map_or(0, char::len_utf8),
            None => {
                let until = self.text[..end].trim_end().len();
                let until_span = Span::new(self.file, until..until);
                self.found.push(faults::unclosed("{", brace, until_span));
                until
            }
        };
        self.keep(Item {
            span: Span::new(self.file, at..stop),
            above: 0..0,
            kind: ItemKind::Scenario(Box::new(scenario)),
        });
        Some(stop)
    }

    /// Keeps a declaration, unless it cannot stand where it does.
    pub(super) fn keep(&mut self, item: Item) {
        let word = match item.kind {
            ItemKind::Model { .. } => "model",
            ItemKind::Use { .. } => "use",
            ItemKind::Scenario(_) => "scenario",
            _ => "",
        };
        if self.in_scenario && !word.is_empty() {
            let start = item.span.start as usize;
            self.found.push(faults::inside_scenario(word, Span::new(self.file, start..start + word.len())));
        } else {
            self.items.push(item);
        }
    }
}
