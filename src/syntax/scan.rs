//! Splitting a file into declarations before the grammar sees it.
//!
//! One pass over the bytes finds comments, the lines in column one that begin a declaration, brackets nested
//! too deep, and control characters. A fault then never reaches beyond its declaration, and memory stays flat.

use std::ops::Range;

use super::{DEEPEST, words};

/// What one pass over a file finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub chunks: Vec<Chunk>,
    pub comments: Vec<Remark>,
    /// The first control character.
    pub control: Option<usize>,
}

/// A comment, by bytes.
#[derive(Debug)]
pub(super) struct Remark {
    pub range: Range<usize>,
    pub doc: bool,
    pub alone: bool,
}

/// The text from one line that begins a declaration to the next.
#[derive(Debug)]
pub(super) struct Chunk {
    pub range: Range<usize>,
    /// Where brackets nest too deep, if they do.
    pub too_deep: Option<usize>,
}

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner::new(text);
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    scanner.flush_held();
    scanner.cut(text.len());
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') || *byte == 0x7f;
    scanner.found.control = text.as_bytes().iter().position(control);
    scanner.found
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the current chunk began.
    begun: usize,
    depth: usize,
    too_deep: Option<usize>,
    /// Within a scenario, declarations in column one belong to it if its brace closes: cuts held back till then.
    scenario: bool,
    held: Vec<usize>,
    found: Scan,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            begun: 0,
            depth: 0,
            too_deep: None,
            scenario: false,
            held: Vec::new(),
            found: Scan::default(),
        }
    }

    fn step(&mut self) {
        let column_one = self.at == 0
            || self.bytes[self.at - 1] == b'\n'
            || self.at == 3 && self.text.starts_with('\u{feff}');
        if column_one {
            self.line_start();
        }
        match self.bytes[self.at] {
            b'/' if self.bytes.get(self.at + 1) == Some(&b'/') => self.comment(),
            b'"' => self.quoted(b'"'),
            b'\'' => self.quoted(b'\''),
            b'{' | b'(' => self.open(),
            b'}' | b')' => self.close(),
            _ => self.at += 1,
        }
    }

    fn line_start(&mut self) {
        let Some(word) = words::declaration_at(self.text, self.at) else { return };
        if self.scenario && word != "scenario" {
            self.held.push(self.at);
            return;
        }
        self.flush_held();
        self.cut(self.at);
        self.scenario = word == "scenario";
    }

    /// A scenario whose brace never closes keeps nothing: what was held back are declarations after all.
    fn flush_held(&mut self) {
        for at in std::mem::take(&mut self.held) {
            self.cut(at);
        }
        self.scenario = false;
    }

    fn cut(&mut self, at: usize) {
        if at > self.begun {
            self.found.chunks.push(Chunk { range: self.begun..at, too_deep: self.too_deep.take() });
        }
        self.begun = at;
        self.depth = 0;
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let carriage = usize::from(length > 0 && rest[length - 1] == b'\r');
        let range = start..start + length - carriage;
        let doc = rest.starts_with(b"///") && !rest.starts_with(b"////");
        let line = self.bytes[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let alone = self.text[line..start].trim_start_matches('\u{feff}').trim().is_empty();
        self.found.comments.push(Remark { range, doc, alone });
        self.at = start + length;
    }

    /// Past a string or quoted name; one that its line does not close leaves a brace alone, as the grammar does.
    fn quoted(&mut self, quote: u8) {
        let rest = &self.bytes[self.at + 1..];
        let mut escaped = false;
        for (index, byte) in rest.iter().enumerate() {
            match *byte {
                _ if escaped => escaped = false,
                b'\\' if quote == b'"' => escaped = true,
                b'\n' => break,
                byte if byte == quote => {
                    self.at += index + 2;
                    return;
                }
                _ => {}
            }
        }
        let stop = |byte: &u8| matches!(byte, b'\n' | b'{');
        let length = if quote == b'"' { rest.iter().position(stop).unwrap_or(rest.len()) } else { 0 };
        self.at += 1 + length;
    }

    fn open(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.too_deep.get_or_insert(self.at);
        }
        self.at += 1;
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 && self.bytes[self.at] == b'}' && self.scenario {
            self.scenario = false;
            self.held.clear();
        }
        self.at += 1;
    }
}
