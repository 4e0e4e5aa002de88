//! Blocks over several lines: attributes on lines of their own, or together where they were written so.

use std::ops::Range;

use super::layout::Layout;
use super::line::{Cell, Line};
use super::paper::indent;
use super::phrase::WIDEST;
use crate::syntax::ast::{Attribute, Value};

/// The lines of attributes are a family of their own.
const ATTRIBUTES: &str = ":";

impl Layout<'_, '_> {
    /// What stands between two braces. A block that was one line is taken apart: each attribute gets its own.
    pub fn block(
        &mut self,
        attributes: &[Attribute],
        (open, close): (usize, usize),
        (depth, apart): (usize, bool),
    ) {
        self.paper.at_edge();
        let (mut at, mut place) = (open + 1, 0);
        // Up to where attributes that were written on one line have no room there.
        let mut apart = if apart { attributes.len() } else { 0 };
        while let Some(first) = attributes.get(place) {
            let start = self.phrases.tokens.of_span(first.span).start;
            self.gap(at..start, (depth, usize::MAX));
            let (count, end) = if place < apart {
                (1, self.end(first))
            } else {
                self.written_together(&attributes[place..])
            };
            let fits = self.phrases.width_within(start..end, WIDEST - indent(depth)).is_some();
            if count > 1 && fits {
                self.joined(first, start..end, depth);
                (at, place) = (end, place + count);
                continue;
            }
            apart = apart.max(place + count);
            self.attribute(first, depth);
            (at, place) = (self.end(first), place + 1);
        }
        self.gap(at..close, (depth, usize::MAX));
        self.paper.at_edge();
    }

    /// How many of these attributes were written on one line, and where the last of them ends.
    fn written_together(&self, attributes: &[Attribute]) -> (usize, usize) {
        let tokens = &self.phrases.tokens;
        let Some(first) = attributes.first().map(|first| tokens.of_span(first.span)) else { return (0, 0) };
        let ends = attributes.iter().skip(1).map(|next| self.end(next));
        let together = ends.take_while(|end| tokens.on_one_line(&(first.start..*end)));
        together.fold((1, first.end), |(count, _), end| (count + 1, end))
    }

    fn end(&self, attribute: &Attribute) -> usize {
        self.phrases.tokens.of_span(attribute.span).end
    }

    /// Attributes together on a line: the first one's key in its column.
    fn joined(&mut self, first: &Attribute, tokens: Range<usize>, depth: usize) {
        let value = self.phrases.tokens.of_span(first.key.span).end + 1;
        let cells = vec![Cell::new(tokens.start..value, 0), Cell::new(value..tokens.end, 1)];
        self.line(Line::new(indent(depth), ATTRIBUTES, cells));
    }

    fn attribute(&mut self, attribute: &Attribute, depth: usize) {
        let tokens = self.phrases.tokens.of_span(attribute.span);
        let key = self.phrases.tokens.of_span(attribute.key.span);
        if self.has_comment(&key) || self.phrases.tokens.is_comment(key.end) {
            // A comment before the colon: nothing of that is aligned.
            return self.attribute_apart(attribute, tokens, depth);
        }
        let value = key.end + 1;
        let mut cells = vec![Cell::new(tokens.start..value, 0)];
        let mut line = Line::new(indent(depth), ATTRIBUTES, Vec::new());
        match &attribute.value {
            Value::Terms(_) => {
                cells.push(Cell::new(value..tokens.end, 1));
                line.hang = Some(0);
            }
            Value::Block(inner) => {
                if !self.fits_one_line(&(value..tokens.end), &tokens, depth) {
                    return self.attribute_apart(attribute, tokens, depth);
                }
                self.block_cells(inner, value..tokens.end, (&mut cells, &mut line.keys));
            }
        }
        line.cells = cells;
        self.line(line);
    }

    fn attribute_apart(&mut self, attribute: &Attribute, tokens: Range<usize>, depth: usize) {
        let open = self.brace(&tokens);
        let (Value::Block(inner), Some(open)) = (&attribute.value, open) else {
            return self.alone(tokens, depth);
        };
        let whole = self.phrases.tokens.on_one_line(&(open..tokens.end));
        self.alone(tokens.start..open + 1, depth);
        self.block(inner, (open, tokens.end - 1), (depth + 1, whole));
        self.alone(tokens.end - 1..tokens.end, depth);
    }
}
