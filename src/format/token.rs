//! Tokens: what is written, with the lines on which it stands. Nothing is judged: the text parses without a fault.

use std::ops::Range;

use unicode_width::UnicodeWidthStr as _;

use crate::source::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word or quoted name, with its member: `trade.ratio`.
    Word,
    Number,
    /// A text in quotes.
    Text,
    Sign,
    Comment,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    start: u32,
    end: u32,
    /// The line on which it stands, from zero.
    pub line: u32,
}

/// All tokens of a text, comments among them, in order.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    all: Vec<Token>,
}

impl<'a> Tokens<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut scanner = Scanner { text, at: 0, line: 0 };
        let mut all = Vec::new();
        while let Some(token) = scanner.next() {
            all.push(token);
        }
        Self { text, all }
    }

    pub const fn count(&self) -> usize {
        self.all.len()
    }

    pub fn get(&self, place: usize) -> Option<&Token> {
        self.all.get(place)
    }

    pub fn is_comment(&self, place: usize) -> bool {
        self.get(place).is_some_and(|token| token.kind == Kind::Comment)
    }

    /// How a token is written; empty where there is none. Comments end with their last visible sign.
    pub fn text(&self, place: usize) -> &'a str {
        let written =
            self.get(place).and_then(|token| self.text.get(token.start as usize..token.end as usize));
        written.unwrap_or("")
    }

    /// The tokens of a span.
    pub fn of_span(&self, span: Span) -> Range<usize> {
        let from = self.all.partition_point(|token| token.start < span.start);
        let length = self.all[from..].partition_point(|token| token.start < span.end);
        from..from + length
    }

    /// How many lines lie between the token before and this one: 0 on one line, 2 where a blank line parts them.
    pub fn breaks(&self, place: usize) -> u32 {
        let before = place.checked_sub(1).and_then(|before| self.get(before)).map_or(0, |token| token.line);
        self.get(place).map_or(0, |token| token.line - before)
    }

    /// Whether the tokens of a range stand on one line.
    pub fn on_one_line(&self, range: &Range<usize>) -> bool {
        let line = |place: usize| self.get(place).map(|token| token.line);
        line(range.start) == line(range.end.saturating_sub(1))
    }

    /// Whether nothing stands between two tokens.
    pub fn touches(&self, place: usize) -> bool {
        let end = place.checked_sub(1).and_then(|before| self.get(before)).map(|token| token.end);
        end.is_some() && end == self.get(place).map(|token| token.start)
    }

    /// In which column a token stands, from zero.
    pub fn column(&self, place: usize) -> usize {
        let start = self.get(place).map_or(0, |token| token.start as usize);
        let before = self.text.get(..start).unwrap_or("");
        width(before.rsplit('\n').next().unwrap_or("").trim_start_matches('\u{feff}'))
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<Token> {
        self.skip_blanks();
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let (kind, length) = match first {
            '/' if rest.starts_with("//") => (Kind::Comment, comment(rest)),
            '"' => (Kind::Text, quoted(rest)),
            '\'' => (Kind::Word, member(rest, name_in_quotes(rest))),
            '0'..='9' => (Kind::Number, number(rest)),
            first if is_sign(first) => (Kind::Sign, sign(rest)),
            _ => (Kind::Word, member(rest, word(rest))),
        };
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let token = Token { kind, start: narrow(self.at), end: narrow(self.at + length), line: self.line };
        self.at += length;
        Some(token)
    }

    fn skip_blanks(&mut self) {
        let rest = &self.text[self.at..];
        let visible = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
        let skipped = &rest[..rest.len() - visible.len()];
        let breaks = skipped.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at += skipped.len();
    }
}

fn comment(rest: &str) -> usize {
    let line = rest.split('\n').next().unwrap_or(rest);
    line.trim_end().len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '"' if !escaped => return at + 1,
            '"' | '\\' => escaped = letter == '\\' && !escaped,
            '\n' => return at,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// Up to the closing quote; inside a quote is written twice.
fn name_in_quotes(rest: &str) -> usize {
    let mut at = 1;
    while let Some(length) = rest[at..].find('\'') {
        at += length + 1;
        if !rest[at..].starts_with('\'') {
            return at;
        }
        at += 1;
    }
    rest.len()
}

fn word(rest: &str) -> usize {
    let ends =
        |letter: char| is_sign(letter) || letter.is_whitespace() || matches!(letter, '\u{feff}' | '"' | '\'');
    rest.find(ends).unwrap_or(rest.len()).max(1)
}

/// A name and, where a dot follows at once, its member.
fn member(rest: &str, name: usize) -> usize {
    let behind = rest[name..].strip_prefix('.').filter(|behind| !behind.starts_with('.'));
    behind.map_or(name, |behind| name + 1 + if behind.is_empty() { 0 } else { word(behind) })
}

/// Digits, a fraction, an exponent, a magnitude.
fn number(rest: &str) -> usize {
    let digits = |text: &str| {
        text.find(|letter: char| !letter.is_ascii_digit() && letter != '_').unwrap_or(text.len())
    };
    let mut at = digits(rest);
    if let Some(fraction) =
        rest[at..].strip_prefix('.').filter(|text| text.starts_with(|c: char| c.is_ascii_digit()))
    {
        at += 1 + digits(fraction);
    }
    if let Some(exponent) = rest[at..].strip_prefix(['e', 'E']) {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.starts_with(|letter: char| letter.is_ascii_digit()) {
            at = rest.len() - unsigned.len() + digits(unsigned);
        }
    }
    at + magnitude(&rest[at..])
}

/// What multiplies a number, directly behind its digits.
fn magnitude(behind: &str) -> usize {
    let goes_on = |rest: &str| rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let signs = ["%", "‰"].into_iter().filter(|sign| behind.starts_with(sign));
    let words = ["bn", "bp", "k", "M", "万", "亿"].into_iter();
    let words = words.filter(|word| behind.strip_prefix(word).is_some_and(|rest| !goes_on(rest)));
    signs.chain(words).next().map_or(0, str::len)
}

const fn is_sign(letter: char) -> bool {
    matches!(
        letter,
        '{' | '}' | '(' | ')' | ':' | ',' | '=' | '<' | '>' | '+' | '-' | '*' | '/' | '^' | '~' | '.' | '!'
    )
}

fn sign(rest: &str) -> usize {
    let double = ["->", "..", "<=", ">=", "==", "!="].iter().any(|double| rest.starts_with(double));
    if double { 2 } else { 1 }
}
