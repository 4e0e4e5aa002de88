//! Splitting a file into declarations before the grammar sees it.
//!
//! One pass over the bytes finds comments, the lines in column one that begin a declaration, and brackets nested
//! too deep. A fault then never reaches beyond its declaration, and memory stays flat.

use std::ops::Range;

use super::{DEEPEST, words};

/// What one pass over a file finds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub chunks: Vec<Chunk>,
    pub comments: Vec<Remark>,
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
    /// Why the grammar must not see it, if so.
    pub refused: Option<Refusal>,
}

/// What would take the grammar too much of the stack or of time.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    /// Brackets nest too deep here.
    TooDeep(usize),
    /// So many strings are not closed on one line that this one is a fault for all.
    Unclosed(usize),
}

/// How many quotes of one line may be without their second: each is looked for to the end of the line.
const MOST_UNCLOSED: usize = 100;

/// Bytes that a scanner looks at: what begins a comment, a text in quotes or a bracket, and the end of a line.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let all = b"/\"'{}()\n\xc2\xe2\xe3\xef";
    let mut place = 0;
    while place < all.len() {
        stops[all[place] as usize] = true;
        place += 1;
    }
    stops
};

pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner::new(text);
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    scanner.flush_held();
    scanner.cut(text.len());
    scanner.found
}

/// The declarations in the braces of a scenario, from behind the first brace; and where the last one stands, if the
/// text has it.
///
/// A line begins one where no brace of the last is open, or where it stands no farther in than the first did: so an
/// unclosed brace does not swallow the rest.
pub(super) fn scan_scenario(text: &str, from: usize, to: usize) -> (Vec<Chunk>, Option<usize>) {
    let mut scanner = Scanner::new(&text[..to]);
    (scanner.at, scanner.begun) = (from, from);
    let mut column = None;
    while scanner.at < to {
        if text.as_bytes()[scanner.at - 1] == b'\n' {
            let line = text[scanner.at..to].trim_start_matches([' ', '\t']);
            let begins = to - line.len();
            let indent = begins - scanner.at;
            let open = scanner.braces + scanner.parentheses > 0;
            if words::begins_in_scenario(line) && (!open || column.is_some_and(|first| indent <= first)) {
                scanner.cut(begins);
                column = column.or(Some(indent));
            }
            scanner.at = begins;
            if begins == to {
                break;
            }
        }
        // Bytes: a word may have letters of several, and is passed byte by byte.
        let rest = &scanner.bytes[scanner.at..];
        if scanner.braces == 0 && (rest.starts_with(b"}") || rest.starts_with("｝".as_bytes())) {
            let end = scanner.at;
            scanner.cut(end);
            return (scanner.found.chunks, Some(end));
        }
        scanner.token();
    }
    scanner.cut(to);
    (scanner.found.chunks, None)
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the current chunk began.
    begun: usize,
    braces: usize,
    parentheses: usize,
    refused: Option<Refusal>,
    /// Up to where no double quote closes, and how many were open on that line.
    unclosed: (usize, usize),
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
            braces: 0,
            parentheses: 0,
            refused: None,
            unclosed: (0, 0),
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
        self.token();
    }

    /// Past one sign, comment or text in quotes.
    fn token(&mut self) {
        match self.bytes[self.at] {
            b'/' if self.bytes.get(self.at + 1) == Some(&b'/') => self.comment(),
            b'"' => self.quoted(b'"'),
            b'\'' => self.quoted(b'\''),
            b'{' | b'(' => self.open(1),
            b'}' | b')' => self.close(1),
            0xc2 | 0xe2 | 0xe3 | 0xef => self.wide_sign(),
            _ => self.plain(),
        }
    }

    /// Past bytes that begin none of these, as far as behind the end of the line.
    fn plain(&mut self) {
        let rest = &self.bytes[self.at..];
        let stops = rest.iter().position(|byte| STOPS[*byte as usize]).unwrap_or(rest.len());
        let behind = usize::from(rest.get(stops) == Some(&b'\n'));
        // A slash that begins no comment is one of them.
        self.at += (stops + behind).max(1);
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
            self.found.chunks.push(Chunk { range: self.begun..at, refused: self.refused.take() });
        }
        self.begun = at;
        (self.braces, self.parentheses) = (0, 0);
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = &self.bytes[start..];
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let carriage = usize::from(length > 0 && rest[length - 1] == b'\r');
        let range = start..start + length - carriage;
        let doc = rest.starts_with(b"///") && !rest.starts_with(b"////");
        let line = memchr::memrchr(b'\n', &self.bytes[..start]).map_or(0, |at| at + 1);
        let alone = self.text[line..start].trim_start_matches('\u{feff}').trim().is_empty();
        self.found.comments.push(Remark { range, doc, alone });
        self.at = start + length;
    }

    /// Past a string or quoted name; one that its line does not close leaves a brace alone, as the grammar does.
    fn quoted(&mut self, quote: u8) {
        if quote == b'"' && self.at < self.unclosed.0 {
            self.unclosed();
            return;
        }
        let rest = &self.bytes[self.at + 1..];
        let mut escaped = false;
        let mut end = rest.len();
        for (index, byte) in rest.iter().enumerate() {
            match *byte {
                b'\n' | b'\r' => {
                    end = index;
                    break;
                }
                _ if escaped => escaped = false,
                b'\\' if quote == b'"' => escaped = true,
                byte if byte == quote => {
                    self.at += index + 2;
                    return;
                }
                _ => {}
            }
        }
        if quote == b'"' {
            self.unclosed = (self.at + 1 + end, 0);
            self.unclosed();
        } else {
            self.at += 1;
        }
    }

    /// Past a string that its line does not close, to a brace. Further quotes of the line are all escaped, so that
    /// none of them closes either.
    fn unclosed(&mut self) {
        let (end, count) = self.unclosed;
        self.unclosed.1 = count + 1;
        if count == MOST_UNCLOSED {
            self.refused.get_or_insert(Refusal::Unclosed(self.at));
        }
        let rest = &self.bytes[self.at + 1..end];
        self.at += 1 + rest.iter().position(|byte| *byte == b'{').unwrap_or(rest.len());
    }

    /// Brackets and quotes that the grammar knows as typing mistakes: they nest and hide as those they stand for.
    fn wide_sign(&mut self) {
        let Some(sign) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            self.at += 1;
            return;
        };
        match sign {
            '｛' | '（' => self.open(sign.len_utf8()),
            '｝' | '）' => self.close(sign.len_utf8()),
            '“' | '”' | '„' | '「' | '«' => self.wide_quoted(sign.len_utf8()),
            _ => self.at += sign.len_utf8(),
        }
    }

    /// Past a text in typographic quotes, if its line closes it.
    fn wide_quoted(&mut self, width: usize) {
        let rest = &self.text[self.at + width..];
        let end = rest.find(['“', '”', '」', '»', '"', '„', '「', '«', '\n', '\r']);
        let closing = end.and_then(|end| rest[end..].chars().next());
        let closing = closing.filter(|sign| !matches!(sign, '„' | '「' | '«' | '\n' | '\r'));
        self.at += width;
        if let (Some(end), Some(closing)) = (end, closing) {
            self.at += end + closing.len_utf8();
        }
    }

    fn open(&mut self, width: usize) {
        let brace = matches!(self.bytes[self.at], b'{') || self.text[self.at..].starts_with('｛');
        *(if brace { &mut self.braces } else { &mut self.parentheses }) += 1;
        if self.braces + self.parentheses > DEEPEST {
            self.refused.get_or_insert(Refusal::TooDeep(self.at));
        }
        self.at += width;
    }

    /// A bracket closes only one of its own kind: a stray parenthesis must not hide that braces nest on.
    fn close(&mut self, width: usize) {
        let brace = matches!(self.bytes[self.at], b'}') || self.text[self.at..].starts_with('｝');
        let depth = if brace { &mut self.braces } else { &mut self.parentheses };
        *depth = depth.saturating_sub(1);
        if brace && self.braces == 0 && self.scenario {
            self.scenario = false;
            self.held.clear();
        }
        self.at += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_several_bytes_run_together_with_a_word_of_a_scenario() {
        for (word, close) in [("change商户", "}"), ("é", "}"), ("set 商 = 1", "｝")] {
            let text = format!("scenario s {{\n    {word} {{ cost: 1 CNY }}\n{close}\n");
            let from = text.find('{').unwrap() + 1;
            assert_eq!(scan_scenario(&text, from, text.len()).1, text.rfind(close), "{text}");
        }
    }
}
