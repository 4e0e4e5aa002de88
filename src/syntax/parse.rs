//! Parsing a file: declaration by declaration, each fault kept, the next declaration still read.

use super::again::{Earlier, Kept};
use super::ast::{Ast, Comment, Expr, ExprKind, Item, ItemKind, Name};
use super::comments::attach;
use super::grammar::{self, Rule, Stop};
use super::scan::{Chunk, Refusal, Remark, scan};
use super::side_by_side::side_by_side;
use super::walker::{Walker, end_of};
use super::{MOST_FAULTS, faults, words};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{FileId, SourceFile, Span};

/// The tree of a file, and its faults.
///
/// Errors: L0101–L0119.
#[must_use]
pub fn parse(file: FileId, source: &SourceFile) -> (Ast, Vec<Diagnostic>) {
    parse_after(file, source, None)
}

/// The same, of a file that was another before: what stands there as it stood is not read again.
#[must_use]
pub fn parse_after(file: FileId, source: &SourceFile, earlier: Option<Earlier>) -> (Ast, Vec<Diagnostic>) {
    let mut found = Vec::new();
    if let Some(offset) = source.broken {
        found.push(faults::not_utf8(Span::new(file, offset..source.text.len().min(offset + 3))));
        return (
            Ast { file, items: Vec::new(), comments: Vec::new(), cuts: Vec::new(), lost: Vec::new() },
            found,
        );
    }
    let text = source.clean();
    let scanned = scan(text);
    if let Some(offset) = source.first_control() {
        let control = source.text.as_bytes().get(offset).copied().map_or(' ', char::from);
        found.push(faults::control_character(control, Span::new(file, offset..offset + 1)));
    }
    let reader =
        |found| Reader { file, text, in_scenario: false, items: Vec::new(), lost: Vec::new(), found };
    let mut items: Vec<Item>;
    let (mut lost, mut found) = (Vec::new(), found);
    // What is at fault may be told from what stands before it: a text with faults is read in one go.
    let mut kept = earlier.and_then(|earlier| Kept::of(earlier, text, &scanned.chunks));
    let apart = match &kept {
        Some(_) => None,
        None => side_by_side(&scanned.chunks, |chunks| reader(Vec::new()).without_fault(chunks)),
    };
    match apart {
        Some(parts) => items = parts.into_iter().flatten().collect(),
        None => {
            let mut reader = reader(found);
            reader.all(&scanned.chunks, kept.as_mut());
            (items, lost, found) = (reader.items, reader.lost, reader.found);
        }
    }
    let comments: Vec<Comment> = scanned.comments.into_iter().map(|remark| comment(file, remark)).collect();
    attach(&mut items, &comments, text);
    let cuts = scanned.chunks.into_iter().map(|chunk| chunk.range).collect();
    (Ast { file, items, comments, cuts, lost }, found)
}

/// A value on its own, as `--set` gives it: the whole text is one expression.
#[must_use]
pub fn parse_value(file: FileId, source: &SourceFile) -> (Option<Expr>, Vec<Diagnostic>) {
    let scanned = scan(&source.text);
    if let Some(refusal) = scanned.chunks.iter().find_map(|chunk| chunk.refused) {
        return (None, vec![refused(file, &source.text, refusal)]);
    }
    let mut walker = Walker::new(file, 0, &source.text);
    match grammar::parse(Rule::expression, &source.text) {
        Ok(pair) => {
            let end = end_of(&pair);
            let value = walker.expression(pair);
            let rest = source.text[end..].trim();
            if !rest.is_empty() {
                let start = end + source.text[end..].find(rest).unwrap_or(0);
                walker.fault(faults::unexpected(
                    rest,
                    &["the end of the value"],
                    walker.at(start, start + rest.len()),
                ));
            }
            (Some(value), walker.faults)
        }
        Err(stop) => {
            let fault =
                stopped(Span::new(file, 0..source.text.len()), &source.text, &stop, "the end of the value");
            (None, vec![fault])
        }
    }
}

fn refused(file: FileId, text: &str, refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::TooDeep(at) => {
            let width = text[at..].chars().next().map_or(0, char::len_utf8);
            faults::too_deep(Span::new(file, at..at + width))
        }
        Refusal::Unclosed(at) => faults::unclosed_string(Span::new(file, at..at + 1)),
    }
}

fn comment(file: FileId, remark: Remark) -> Comment {
    Comment { span: Span::new(file, remark.range), doc: remark.doc, alone: remark.alone }
}

/// What reads one declaration after the other.
pub(super) struct Reader<'a> {
    pub file: FileId,
    pub text: &'a str,
    /// Whether these are the declarations of a scenario.
    pub in_scenario: bool,
    pub items: Vec<Item>,
    pub lost: Vec<Name>,
    pub found: Vec<Diagnostic>,
}

impl Reader<'_> {
    pub(super) fn all(&mut self, chunks: &[Chunk], mut kept: Option<&mut Kept>) {
        for (place, chunk) in chunks.iter().enumerate() {
            let into = (self.file, &mut self.items);
            if !kept.as_mut().is_some_and(|kept| kept.take(place, chunk, into)) {
                self.chunk(chunk);
            }
            if self.found.len() > MOST_FAULTS {
                self.found.truncate(MOST_FAULTS);
                self.found.push(faults::too_many(Span::new(self.file, chunk.range.end..chunk.range.end)));
                return;
            }
        }
    }

    /// The declarations of these chunks, if nothing is at fault with them.
    fn without_fault(mut self, chunks: &[Chunk]) -> Option<Vec<Item>> {
        for chunk in chunks {
            self.chunk(chunk);
            if !self.found.is_empty() {
                return None;
            }
        }
        Some(self.items)
    }

    pub(super) fn chunk(&mut self, chunk: &Chunk) {
        if let Some(refusal) = chunk.refused {
            self.found.push(refused(self.file, self.text, refusal));
            self.lose(chunk.range.start);
            return;
        }
        let end = chunk.range.end;
        let mut at = skip_trivia(self.text, chunk.range.start, end);
        while at < end {
            match self.item(at, end) {
                Some(next) => at = skip_trivia(self.text, next, end),
                None => return,
            }
        }
    }

    /// One declaration; where the next may begin, or nothing where the rest of the chunk is lost.
    fn item(&mut self, at: usize, end: usize) -> Option<usize> {
        let piece = &self.text[at..end];
        if words::leading_word(piece) == "scenario" {
            return self.scenario(at, end);
        }
        let form = self.form_of(piece);
        // What went wrong with a frequent form is told better by trying all; what only a scenario can say is no other.
        let otherwise =
            |stop| if form == Rule::overlay { Err(stop) } else { grammar::parse(Rule::declaration, piece) };
        match grammar::parse(form, piece).or_else(otherwise) {
            Ok(pair) => {
                let length = end_of(&pair);
                let mut walker = Walker::new(self.file, at, piece);
                let item = walker.item(pair);
                self.found.append(&mut walker.faults);
                self.keep(item);
                (length > 0).then_some(at + length)
            }
            Err(stop) => {
                self.stray(at, piece, &stop);
                None
            }
        }
    }

    /// The rule of the form that a text begins with, where it is a frequent one: what else it might be need not be
    /// tried first.
    fn form_of(&self, piece: &str) -> Rule {
        match words::declaration_at(piece, 0) {
            Some("flow") => Rule::flow,
            Some("param") => Rule::param,
            Some("participant") => Rule::participant,
            _ if self.in_scenario && words::overlay_at(piece).is_some() => Rule::overlay,
            _ => Rule::declaration,
        }
    }

    /// Text that is no declaration: either one that stopped half-way, or something left over from the last one.
    pub(super) fn stray(&mut self, at: usize, piece: &str, stop: &Stop) {
        let word = words::leading_word(piece);
        let begins = stop.at > 0
            || words::declarations().any(|known| known == word)
            || words::overlay_at(piece).is_some();
        let follows = self.items.last().filter(|_| !begins || self.continues(at));
        if let Some(item) = follows
            && !starts_line(self.text, at)
        {
            let expected = leftover_expected(&item.kind);
            self.found.push(leftover(self.file, at, piece, &expected));
            return;
        }
        if let Some(fault) = self.items.last().and_then(|item| self.unit_below(item.span, at, word)) {
            self.found.push(fault);
            if let Some(ItemKind::Param(param)) = self.items.last_mut().map(|item| &mut item.kind) {
                param.value.kind = ExprKind::Broken;
            }
            return;
        }
        if let Some(word) = words::overlay_at(piece).filter(|_| !self.in_scenario) {
            self.found.push(faults::outside_scenario(word, Span::new(self.file, at..at + word.len())));
            return;
        }
        self.lose(at);
        let closes = piece.starts_with(['}', ')', '｝', '）']);
        self.found.push(if closes {
            let length = piece.chars().next().map_or(1, char::len_utf8);
            faults::unopened(&piece[..length], Span::new(self.file, at..at + length))
        } else if !word.is_empty()
            && (!begins || stop.expected == ["`flow`"] && !is_like_flow(piece, stop.at))
        {
            faults::no_declaration(word, Span::new(self.file, at..at + word.len()))
        } else {
            stopped(Span::new(self.file, at..at + piece.len()), piece, stop, "the end of the declaration")
        });
    }

    /// Whether this place stands on the line on which the last declaration ended.
    fn continues(&self, at: usize) -> bool {
        let end = self.items.last().map_or(0, |item| item.span.end as usize);
        self.text.get(end..at).is_some_and(|between| !between.contains('\n'))
    }

    /// `param x = 5`, and `CNY` on the line below.
    fn unit_below(&self, last: Span, at: usize, word: &str) -> Option<Diagnostic> {
        let ends_in_digit =
            self.text[..last.end as usize].ends_with(|c: char| c.is_ascii_digit() || c == ')');
        let alone = self.text[at..].lines().next().is_some_and(|line| line.trim() == word);
        (ends_in_digit && alone && !word.is_empty() && !words::is_reserved(word)).then(|| {
            let number = Span { start: last.end.saturating_sub(1), ..last };
            faults::unit_on_next_line(number, Span::new(self.file, at..at + word.len()), word)
        })
    }

    /// Remembers what a malformed declaration seems to declare.
    fn lose(&mut self, at: usize) {
        let rest = &self.text[at..];
        let line = rest.lines().next().unwrap_or("");
        let mut tail = line;
        // The words of a line's start: `participant shops`, `cash flow order`, `plan year1`.
        for _ in 0..3 {
            let word = words::leading_word(tail);
            if word.is_empty() {
                return;
            }
            let offset = at + (line.len() - tail.len());
            if !words::is_reserved(word) {
                self.lost.push(Name { span: Span::new(self.file, offset..offset + word.len()) });
            }
            tail = tail[word.len()..].trim_start();
        }
    }
}

/// Whether what stands behind a word could be `flow`, misspelt: then the word before it is a medium.
fn is_like_flow(piece: &str, at: usize) -> bool {
    let next = words::leading_word(piece.get(at..).unwrap_or("").trim_start());
    nearest(next, ["flow"]).is_some()
}

/// What may follow a declaration that is complete.
fn leftover_expected(kind: &ItemKind) -> Vec<&'static str> {
    match kind {
        ItemKind::Param(_)
        | ItemKind::Set { .. }
        | ItemKind::Currency { .. }
        | ItemKind::DerivedUnit { .. }
        | ItemKind::Expect { .. } => {
            vec!["an operator", "a new line"]
        }
        ItemKind::Participant(_) | ItemKind::Flow(_) | ItemKind::Analysis(_) => vec!["`{`", "a new line"],
        _ => vec!["a new line"],
    }
}

fn leftover(file: FileId, at: usize, piece: &str, expected: &[&str]) -> Diagnostic {
    let token = token(piece);
    let span = Span::new(file, at..at + token.len());
    match token {
        "}" | ")" | "｝" | "）" => faults::unopened(token, span),
        sign if is_dangling(piece, sign) => faults::ended("the end of the line", &["a value"], span.after()),
        _ => faults::unexpected(token, expected, span),
    }
}

/// A declaration or value that stopped half-way.
///
/// `whole` is where `piece` stands, and `end` says what ends with it.
pub(super) fn stopped(whole: Span, piece: &str, stop: &Stop, end: &str) -> Diagnostic {
    let base = whole.start as usize;
    let at = skip_trivia(piece, stop.at, piece.len());
    let token = token(&piece[at..]);
    let (from, length) = if token.is_empty() { (piece.trim_end().len(), 0) } else { (at, token.len()) };
    let span = Span::new(whole.file, base + from..base + from + length);
    if stop.too_deep {
        return faults::too_deep(span);
    }
    if token.is_empty() {
        return faults::ended(end, &stop.expected, span);
    }
    faults::unexpected(token, &stop.expected, span)
}

/// The first token of a text: a word, a number, or one sign.
fn token(text: &str) -> &str {
    let word = words::leading_word(text);
    if !word.is_empty() {
        return &word[..word.char_indices().nth(40).map_or(word.len(), |(at, _)| at)];
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()).min(40);
    let sign = text.chars().next().map_or(0, char::len_utf8);
    let arrow = if text.starts_with("->") { 2 } else { 0 };
    &text[..digits.max(sign).max(arrow)]
}

/// Whether a text begins with an operator, and nothing for it to work on follows on its line.
pub(super) fn is_dangling(text: &str, sign: &str) -> bool {
    let line = text.lines().next().unwrap_or("");
    let rest = line.strip_prefix(sign).unwrap_or("").split("//").next().unwrap_or("").trim();
    matches!(sign, "+" | "-" | "*" | "/" | "^" | "<" | ">" | "=")
        && (rest.is_empty() || rest.starts_with(['}', ',']))
}

fn starts_line(text: &str, at: usize) -> bool {
    text[..at].rsplit('\n').next().is_none_or(|before| before.trim().is_empty())
}

/// The first offset from `at` that is neither white space nor a comment.
fn skip_trivia(text: &str, at: usize, end: usize) -> usize {
    let mut at = at;
    loop {
        let rest = &text[at..end];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        at = end - trimmed.len();
        if !trimmed.starts_with("//") {
            return at;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
}
