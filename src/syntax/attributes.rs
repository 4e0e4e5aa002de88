//! Walkers of blocks: attributes, what separates them, and lines that are no attribute.

use super::ast::{Attribute, ExprKind, Hop, Key, Term, Value};
use super::faults;
use super::grammar::{self, Pair, Rule};
use super::parse::{is_dangling, stopped};
use super::walker::Walker;
use super::words::{is_reserved, leading_word};
use crate::source::Span;

/// What was read last inside a block.
#[derive(Clone, Copy)]
enum Last {
    Open,
    Separator,
    Attribute(Span),
    Bad,
}

impl Walker<'_> {
    pub(super) fn block(&mut self, block: Pair<'_>) -> Vec<Attribute> {
        let mut parts = block.into_inner();
        // Brackets and separators are parts as well; the room that they leave is given back.
        let mut attributes: Vec<Attribute> = Vec::with_capacity(parts.len().saturating_sub(2));
        let mut last = Last::Open;
        let Some(open) = parts.next() else { unreachable!("block: an opening brace") };
        for part in parts {
            match part.as_rule() {
                Rule::separator => last = self.separator(&part, last),
                Rule::attribute => {
                    let attribute = self.attribute(part);
                    self.check_separated(last, attribute.span);
                    last = Last::Attribute(attribute.span);
                    attributes.push(attribute);
                }
                Rule::bad_attribute => {
                    let above = attributes.last_mut().filter(|_| matches!(last, Last::Attribute(_)));
                    if !above.is_some_and(|above| self.unit_below(above, &part)) {
                        self.bad_attribute(&part, last);
                    }
                    last = Last::Bad;
                }
                Rule::close => self.brackets(&open, &part),
                rule => unreachable!("block: {rule:?}"),
            }
        }
        attributes.shrink_to_fit();
        attributes
    }

    fn separator(&mut self, separator: &Pair<'_>, last: Last) -> Last {
        let span = self.span(separator);
        self.sign(separator, ",");
        match last {
            Last::Open | Last::Separator => self.fault(faults::doubled_separator(span)),
            Last::Attribute(_) | Last::Bad => {}
        }
        Last::Separator
    }

    fn check_separated(&mut self, last: Last, next: Span) {
        if let Last::Attribute(previous) = last
            && !self.text_between(previous, next).contains('\n')
        {
            self.fault(faults::no_separator(previous, next));
        }
    }

    fn text_between(&self, left: Span, right: Span) -> &str {
        let local = |offset: u32| (offset as usize).saturating_sub(self.base);
        self.piece.get(local(left.end)..local(right.start)).unwrap_or("")
    }

    fn attribute(&mut self, attribute: Pair<'_>) -> Attribute {
        let span = self.span(&attribute);
        let mut parts = attribute.into_inner();
        let (Some(key), Some(colon), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            unreachable!("attribute: key, colon, value")
        };
        let key = self.key(&key);
        self.sign(&colon, ":");
        let value = match value.as_rule() {
            Rule::block => Value::Block(self.block(value)),
            Rule::value => Value::Terms(self.value(value)),
            rule => unreachable!("attribute: {rule:?}"),
        };
        Attribute { key, value, span }
    }

    fn key(&mut self, key: &Pair<'_>) -> Key {
        let span = self.span(key);
        let hop = match key.as_rule() {
            Rule::each_hop => Some(Hop::Each),
            Rule::hop_number => {
                let number = key.clone().into_inner().last();
                Some(Hop::Number(number.and_then(|number| number.as_str().parse().ok()).unwrap_or(0)))
            }
            _ => None,
        };
        Key { span, hop }
    }

    fn value(&mut self, value: Pair<'_>) -> Vec<Term> {
        let parts = value.into_inner();
        let mut terms: Vec<Term> = Vec::with_capacity(parts.len().div_ceil(2));
        // Up to where a number with commas has been reported, as one.
        let mut told = 0;
        for part in parts {
            match part.as_rule() {
                Rule::comma => told = self.list_comma(&part, told),
                Rule::term => terms.push(self.term(part)),
                rule => unreachable!("value: {rule:?}"),
            }
        }
        terms
    }

    /// A comma of a list; between two digits it is a comma inside a number, whose end is given back.
    fn list_comma(&mut self, comma: &Pair<'_>, told: usize) -> usize {
        self.sign(comma, ",");
        let (start, end) = (comma.as_span().start(), comma.as_span().end());
        let digit = |c: char| c.is_ascii_digit();
        let (left, right) = (&self.piece[..start], &self.piece[end..]);
        if start < told || !left.ends_with(digit) || !right.starts_with(digit) {
            return told;
        }
        let from = left.trim_end_matches(|c: char| digit(c) || c == '.').len();
        let to = end + right.find(|c: char| !digit(c) && !matches!(c, ',' | '.')).unwrap_or(right.len());
        self.fault(faults::comma_in_number(&self.piece[from..to], self.at(from, to)));
        to
    }

    fn term(&mut self, term: Pair<'_>) -> Term {
        let span = self.span(&term);
        let mut parts = term.into_inner();
        let Some(value) = parts.next() else { unreachable!("term: a value") };
        let mut term = Term { span, value: self.expression(value), to: None, otherwise: None };
        for part in parts {
            match part.as_rule() {
                Rule::dots => self.sign(&part, ".."),
                Rule::expression => term.to = Some(self.expression(part)),
                Rule::else_tail => {
                    let name = part.into_inner().nth(1);
                    term.otherwise = name.map(|name| self.used_name(&name));
                }
                rule => unreachable!("term: {rule:?}"),
            }
        }
        term
    }

    /// `cost: 140`, and `EUR` on the line below: whether that is what this line is.
    fn unit_below(&mut self, above: &mut Attribute, bad: &Pair<'_>) -> bool {
        let word = bad.as_str().trim();
        let Value::Terms(terms) = &mut above.value else { return false };
        let Some(value) = terms.last_mut().map(|term| &mut term.value) else { return false };
        let number = matches!(value.kind, ExprKind::Number(_));
        if !number || leading_word(word) != word || is_reserved(word) {
            return false;
        }
        let start = bad.as_span().start();
        self.fault(faults::unit_on_next_line(value.span, self.at(start, start + word.len()), word));
        value.kind = ExprKind::Broken;
        true
    }

    /// A line that is no attribute: read once more as one, to say where it stops being one.
    fn bad_attribute(&mut self, bad: &Pair<'_>, last: Last) {
        let text = bad.as_str().trim_end();
        let start = bad.as_span().start();
        if matches!(last, Last::Bad) {
            return;
        }
        if let Last::Attribute(previous) = last
            && !self.text_between(previous, self.at(start, start)).contains('\n')
        {
            let length = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
            let word = text[..length].split_whitespace().next().unwrap_or(text);
            let span = self.at(start, start + word.len());
            if is_dangling(text, word) {
                return self.fault(faults::ended("the end of the line", &["a value"], span.after()));
            }
            self.fault(faults::unexpected(word, &["an operator", "`,`", "a new line"], span));
            return;
        }
        match grammar::parse(Rule::attribute, text) {
            Err(stop) => {
                let fault = stopped(self.at(start, start + text.len()), text, &stop, "the end of the line");
                self.fault(fault);
            }
            // The text is an attribute by itself, but not where it stands: it is cut by a bracket.
            Ok(_) => {
                self.fault(faults::unexpected(text, &["an attribute"], self.at(start, start + text.len())))
            }
        }
    }
}
