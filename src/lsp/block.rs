//! Where in a declaration a cursor stands, told from the words before it: also in a text that does not parse.

mod below;

use std::ops::Range;

use crate::syntax::words;

/// What is open around the cursor, from the outside in.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// What opened it: the first word of a declaration, or the key of a block inside one.
    pub opener: String,
    /// The name behind the first word, where there is one.
    pub name: String,
    /// The keys that are given: before the cursor, and where a key may stand at it, behind it in the same block.
    pub given: Vec<String>,
}

/// What may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A declaration may begin here; in a scenario, or not.
    Declaration { in_scenario: bool },
    /// In the head of a declaration, behind these words and signs.
    Head(Vec<String>),
    /// Where a key may stand.
    Key,
    /// In the value of a key, behind these words and signs.
    Value(String, Vec<String>),
    /// Inside a string, behind these words and signs.
    Text(Vec<String>),
    /// In a comment.
    Comment,
}

/// A call whose arguments the cursor stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub function: String,
    /// Which argument, from 0.
    pub argument: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Place {
    pub frames: Vec<Frame>,
    pub spot: Spot,
    /// The word that the cursor stands in or behind, as bytes of the text.
    pub word: Range<usize>,
    pub call: Option<Call>,
}

/// Lists go on behind a comma.
const LISTS: [&str; 6] = ["over", "only", "avoid", "through", "tags", "sort"];

/// Where an offset of a text stands.
pub(super) fn place(text: &str, offset: usize) -> Place {
    let start = begin_of(text, offset);
    let mut reader = Reader::default();
    let mut at = start;
    while let Some(token) = token(text, at, offset) {
        at = token.range.end;
        if token.kind == Kind::Comment && token.range.end == offset && !text[..offset].ends_with('\n') {
            return reader.place(Spot::Comment, offset..offset);
        }
        if token.kind == Kind::Text && token.open {
            let words = reader.words.clone();
            return reader.place(Spot::Text(words), token.range.start + 1..offset);
        }
        reader.read(text, &token);
    }
    let word = word_before(text, start, offset);
    reader.take_back(text, &word);
    let spot = reader.spot(text, word.start);
    if let (Spot::Key, Some(frame)) = (&spot, reader.frames.last_mut()) {
        frame.given.append(&mut below::keys(text, offset));
    }
    reader.place(spot, word)
}

/// The line in column one that begins the declaration around an offset.
fn begin_of(text: &str, offset: usize) -> usize {
    let mut line = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    while line > 0 {
        let rest = &text[line..];
        let begins = rest.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
        if begins
            && (words::begins_declaration(rest) || line <= offset && rest[..offset - line].trim().is_empty())
        {
            return line;
        }
        line = text[..line - 1].rfind('\n').map_or(0, |end| end + 1);
    }
    line
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Text,
    Comment,
    Sign,
}

struct Token {
    kind: Kind,
    range: Range<usize>,
    /// A string that is not closed.
    open: bool,
    /// Whether it is the first on its line.
    first: bool,
}

/// The next token that begins before `end`, cut there.
fn token(text: &str, at: usize, end: usize) -> Option<Token> {
    let rest = text.get(at..end)?;
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..end).filter(|rest| !rest.is_empty())?;
    let first = text[..start].rsplit('\n').next().is_none_or(|line| line.trim().is_empty());
    let line = rest.find('\n').unwrap_or(rest.len());
    let one = |kind, length: usize, open| Some(Token { kind, range: start..start + length, open, first });
    if rest.starts_with("//") {
        return one(Kind::Comment, line, false);
    }
    if rest.starts_with('"') {
        return match rest[1..line].find('"') {
            Some(close) => one(Kind::Text, close + 2, false),
            None => one(Kind::Text, line, line == rest.len()),
        };
    }
    if rest.starts_with('\'') {
        return match rest[1..line].find('\'') {
            Some(close) => one(Kind::Word, close + 2, false),
            None => one(Kind::Word, line, false),
        };
    }
    let length = rest.find(|letter: char| !is_of_word(letter)).unwrap_or(rest.len());
    if length > 0 {
        return one(Kind::Word, length, false);
    }
    let sign = ["->", "<=", ">=", "==", "!=", ".."].iter().find(|sign| rest.starts_with(**sign));
    let length = sign.map_or_else(|| rest.chars().next().map_or(1, char::len_utf8), |sign| sign.len());
    one(Kind::Sign, length, false)
}

fn is_of_word(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric() || letter == '%' || letter == '‰'
}

/// The word that ends at an offset, with its quote where one is open.
fn word_before(text: &str, start: usize, offset: usize) -> Range<usize> {
    let line = text[start..offset].rfind('\n').map_or(start, |end| start + end + 1);
    let before = &text[line..offset];
    // A quote inside a string is a letter.
    let (mut open, mut in_text) = (None, false);
    for (at, letter) in before.char_indices() {
        match letter {
            '"' if open.is_none() => in_text = !in_text,
            '\'' if !in_text => open = if open.is_none() { Some(at) } else { None },
            _ => {}
        }
    }
    if let Some(quote) = open {
        return line + quote..offset;
    }
    let length: usize =
        before.chars().rev().take_while(|letter| is_of_word(*letter)).map(char::len_utf8).sum();
    offset - length..offset
}

/// What was read of a declaration so far.
#[derive(Debug, Default)]
struct Reader {
    frames: Vec<Frame>,
    /// The words and signs of the head, or of the value, that is being read.
    words: Vec<String>,
    key: Option<String>,
    calls: Vec<Call>,
    /// Whether a comma or a line break came after a value.
    comma: bool,
}

impl Reader {
    fn read(&mut self, text: &str, token: &Token) {
        let said = &text[token.range.clone()];
        match token.kind {
            Kind::Comment => return,
            Kind::Sign => match said {
                "{" => return self.open(),
                "}" => return self.close(),
                ":" if self.in_block() => return self.colon(),
                "(" => self
                    .calls
                    .push(Call { function: self.words.last().cloned().unwrap_or_default(), argument: 0 }),
                ")" => drop(self.calls.pop()),
                "," => match self.calls.last_mut() {
                    Some(call) => call.argument += 1,
                    None => self.comma = true,
                },
                _ => {}
            },
            Kind::Word
                if self.in_scenario()
                    && token.first
                    && words::begins_declaration(&text[token.range.start..]) =>
            {
                self.words.clear();
            }
            Kind::Word | Kind::Text => {}
        }
        if self.in_block() && token.first && self.calls.is_empty() && token.kind == Kind::Word {
            // It may be a key; if no colon follows, the value goes on.
            self.comma = true;
        }
        if said != "," {
            self.comma = self.comma && token.kind == Kind::Word;
        }
        self.words.push(said.to_owned());
    }

    fn in_scenario(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.opener == "scenario")
    }

    fn in_block(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.opener != "scenario")
    }

    fn open(&mut self) {
        let words = std::mem::take(&mut self.words);
        let opener = match self.key.take() {
            Some(key) if self.in_block() => key,
            _ => kind_of(&words),
        };
        let name = name_of(&words);
        self.frames.push(Frame { opener, name, given: Vec::new() });
        (self.comma, self.key) = (false, None);
        self.calls.clear();
    }

    fn close(&mut self) {
        drop(self.frames.pop());
        self.words.clear();
        self.calls.clear();
        (self.key, self.comma) = (None, false);
    }

    /// What stands before a colon in a block is a key: a word, or `hop 2`, or `each hop`.
    fn colon(&mut self) {
        let Some(word) = self.words.pop() else { return };
        let before = self.words.last().map(String::as_str);
        let key = match before {
            Some("hop") => format!("hop {word}"),
            Some("each") => format!("each {word}"),
            _ => word,
        };
        if let Some(frame) = self.frames.last_mut() {
            frame.given.push(key.clone());
        }
        self.words.clear();
        (self.key, self.comma) = (Some(key), false);
        self.calls.clear();
    }

    /// The word at the cursor is not before it.
    fn take_back(&mut self, text: &str, word: &Range<usize>) {
        if !word.is_empty() && self.words.last().is_some_and(|last| *last == text[word.clone()]) {
            drop(self.words.pop());
        }
    }

    fn spot(&self, text: &str, at: usize) -> Spot {
        let line = text[..at].rsplit('\n').next().unwrap_or("");
        let first = line.trim().is_empty();
        let Some(frame) = self.frames.last() else {
            return if first && line.is_empty() {
                Spot::Declaration { in_scenario: false }
            } else {
                Spot::Head(self.words.clone())
            };
        };
        if frame.opener == "scenario" {
            return if first {
                Spot::Declaration { in_scenario: true }
            } else {
                Spot::Head(self.words.clone())
            };
        }
        match &self.key {
            None => Spot::Key,
            Some(key) => {
                let last = self.words.last().map(String::as_str);
                let goes_on = last.is_none() || last == Some(",") && LISTS.contains(&key.as_str());
                let ends = first || last == Some(",");
                if ends && !goes_on && self.calls.is_empty() {
                    Spot::Key
                } else {
                    Spot::Value(key.clone(), self.words.clone())
                }
            }
        }
    }

    fn place(self, spot: Spot, word: Range<usize>) -> Place {
        let call = self.calls.last().filter(|call| !call.function.is_empty()).cloned();
        Place { frames: self.frames, spot, word, call }
    }
}

/// What a declaration with this head is: its first word, or `flow` behind a medium.
fn kind_of(words: &[String]) -> String {
    match words {
        [_, second, ..] if second == "flow" => "flow".to_owned(),
        [first, ..] => first.clone(),
        [] => String::new(),
    }
}

fn name_of(words: &[String]) -> String {
    let place = if words.get(1).is_some_and(|word| word == "flow") { 2 } else { 1 };
    words.get(place).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Call, Spot, place};

    fn at(text: &str) -> super::Place {
        let offset = text.find('|').unwrap();
        place(&text.replacen('|', "", 1), offset)
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn heads_are_told_apart() {
        assert_eq!(at("par|").spot, Spot::Declaration { in_scenario: false });
        assert_eq!(at("currency CNY\n\n|").spot, Spot::Declaration { in_scenario: false });
        assert_eq!(at("participant a: |").spot, Spot::Head(words(&["participant", "a", ":"])));
        assert_eq!(at("x flow f: a -> sho|").spot, Spot::Head(words(&["x", "flow", "f", ":", "a", "->"])));
        let label = at("participant a: |business \"don't\"");
        assert_eq!(label.spot, Spot::Head(words(&["participant", "a", ":"])));
        let behind = at("participant a: business \"don't\" of b|");
        assert_eq!(behind.word.len(), 1);
        assert_eq!(at("use \"pay|").spot, Spot::Text(words(&["use"])));
        assert_eq!(at("param a = 5 // the |").spot, Spot::Comment);
    }

    #[test]
    fn blocks_have_keys_and_values() {
        let flow = at("cash flow f: a -> b {\n    cost: 5 CNY\n    re|\n}");
        assert_eq!(flow.spot, Spot::Key);
        assert_eq!(flow.frames[0].opener, "flow");
        assert_eq!(flow.frames[0].name, "f");
        assert_eq!(flow.frames[0].given, ["cost"]);
        assert_eq!(at("cash flow f: a -> b { cost: 5 |").spot, Spot::Value("cost".to_owned(), words(&["5"])));
        assert_eq!(at("cash flow f: a -> b { cost: 5 CNY, |").spot, Spot::Key);
        assert_eq!(at("loop x { over: cash, |").spot, Spot::Value("over".to_owned(), words(&["cash", ","])));
        let hop = at("cash flow f: a -> b -> c { hop 2: { rev|");
        assert_eq!((hop.frames[1].opener.as_str(), hop.spot), ("hop 2", Spot::Key));
    }

    #[test]
    fn scenarios_hold_declarations() {
        let inner = at("scenario s {\n    set take = 4%\n    |");
        assert_eq!(inner.spot, Spot::Declaration { in_scenario: true });
        let change = at("scenario s {\n    set take = 4%\n    change f { co|");
        assert_eq!((change.frames[1].opener.as_str(), change.frames[1].name.as_str()), ("change", "f"));
        assert_eq!(change.spot, Spot::Key);
    }

    #[test]
    fn calls_count_their_arguments() {
        let call = |function: &str, argument| Some(Call { function: function.to_owned(), argument });
        assert_eq!(at("param a = round(1.2, |").call, call("round", 1));
        assert_eq!(at("param a = max(1, annuity(4%|").call, call("annuity", 0));
        assert_eq!(at("param a = max(1, 2)|").call, None);
    }
}
