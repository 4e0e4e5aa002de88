//! What all walkers share: places, names, and the signs that people write otherwise.

use super::ast::{Name, Text};
use super::grammar::{Pair, Rule};
use super::{MOST_FAULTS, faults, words};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A walk over the pairs of one piece of a file.
///
/// Invariant: `base` is where the piece begins in the file, so pest's offsets become the file's.
pub(super) struct Walker<'a> {
    pub file: FileId,
    pub base: usize,
    pub piece: &'a str,
    pub faults: Vec<Diagnostic>,
    /// How many levels of expressions are open.
    pub depth: usize,
}

impl<'a> Walker<'a> {
    pub fn new(file: FileId, base: usize, piece: &'a str) -> Self {
        Self { file, base, piece, faults: Vec::new(), depth: 0 }
    }

    /// The span of a byte range of the piece.
    pub fn at(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start..self.base + end)
    }

    /// From a pair's start to the end of its last token: pest lets pairs end in white space.
    pub fn span(&self, pair: &Pair<'_>) -> Span {
        self.at(pair.as_span().start(), end_of(pair))
    }

    /// Keeps a fault; past the most that a file may have, none is shown, and none is kept.
    pub fn fault(&mut self, fault: Diagnostic) {
        if self.faults.len() <= MOST_FAULTS {
            self.faults.push(fault);
        }
    }

    /// A name that is being declared or used; a reserved word is a fault, and stands for itself.
    pub fn name(&mut self, pair: &Pair<'_>) -> Name {
        let name = Name { span: self.span(pair) };
        if words::is_reserved(pair.as_str()) {
            self.fault(faults::reserved(pair.as_str(), name.span));
        }
        name
    }

    /// A name that is only used: whether it exists is not for the grammar to say.
    pub fn used_name(&self, pair: &Pair<'_>) -> Name {
        Name { span: self.span(pair) }
    }

    pub fn text(&mut self, pair: &Pair<'_>) -> Text {
        let span = self.span(pair);
        match pair.clone().into_inner().next().map(|inner| inner.as_rule()) {
            Some(Rule::unclosed_string) => {
                let trimmed = pair.as_str().trim_end().len();
                let start = pair.as_span().start();
                self.fault(faults::unclosed_string(self.at(start, start + trimmed)));
            }
            Some(Rule::wrong_string) => self.fault(faults::wide_quotes(pair.as_str(), span)),
            _ => {}
        }
        Text { span }
    }

    /// Reports a sign that stands for another: `wanted` is what the language writes.
    pub fn sign(&mut self, pair: &Pair<'_>, wanted: &str) {
        let Some(wrong) = pair.clone().into_inner().next() else { return };
        let (found, span) = (wrong.as_str().trim_end(), self.span(&wrong));
        let fault = match wrong.as_rule() {
            Rule::wrong_arrow => faults::wrong_arrow(found, span),
            Rule::wrong_colon | Rule::wrong_equals if found.is_ascii() => {
                faults::wrong_sign(found, wanted, span)
            }
            Rule::wrong_separator if found == ";" => faults::wrong_separator(found, span),
            Rule::comma => return self.sign(&wrong, wanted),
            _ => faults::wide_punctuation(found, wanted, span),
        };
        self.fault(fault);
    }

    /// Reports an opening bracket that nothing closes, or brackets that are written otherwise.
    pub fn brackets(&mut self, open: &Pair<'_>, close: &Pair<'_>) {
        let (opening, closing) = if open.as_rule() == Rule::open { ("{", "}") } else { ("(", ")") };
        self.sign(open, opening);
        let inner = close.clone().into_inner().next().map(|inner| inner.as_rule());
        if matches!(inner, Some(Rule::unclosed | Rule::unclosed_parenthesis)) {
            let until = self.piece[..close.as_span().start()].trim_end().len();
            let until = self.at(until, until);
            self.fault(faults::unclosed(opening, self.span(open), until));
        } else {
            self.sign(close, closing);
        }
    }
}

/// Where the last token of a pair ends.
pub(super) fn end_of(pair: &Pair<'_>) -> usize {
    let mut last = pair.clone();
    while let Some(inner) = last.clone().into_inner().next_back() {
        // The end of input is no token: an unclosed block ends with what stands before it.
        if matches!(inner.as_rule(), Rule::EOI | Rule::unclosed | Rule::unclosed_parenthesis) {
            break;
        }
        last = inner;
    }
    if matches!(last.as_rule(), Rule::close | Rule::close_parenthesis)
        && !last.as_str().ends_with(['}', ')', '｝', '）'])
    {
        // What is missing stands behind the last token, not behind the white space after it.
        return last.get_input()[..last.as_span().start()].trim_end().len();
    }
    last.as_span().start() + last.as_str().trim_end().len()
}
