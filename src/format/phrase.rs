//! Phrases: tokens in a row, with the spaces between them, and where a row that is too long may be broken.

use std::collections::BTreeSet;
use std::ops::Range;

use super::token::{Kind, Tokens, width};
use crate::syntax::ast::{Ast, Item, ItemKind};
use crate::syntax::words::is_time_unit;

/// The most columns of a line, comments aside.
pub(super) const WIDEST: usize = 100;

/// A token on its way to a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub width: usize,
    /// Whether a space stands before it, where it does not begin a line.
    pub space: bool,
    /// How loosely the row holds together before it; nothing where it must not be broken there.
    pub seam: Option<u32>,
    pub comment: Option<Comment>,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    Behind,
    Alone,
}

/// The tokens of a text, and what is known to be a unit in it.
#[derive(Debug)]
pub(super) struct Phrases<'a> {
    pub tokens: Tokens<'a>,
    units: BTreeSet<&'a str>,
    /// Of each token, whether it is a `/` that belongs to a unit or a fraction, as in `CNY/year` and `92/29`.
    tight: Vec<bool>,
}

/// What stands in a scenario.
fn inner(item: &Item) -> &[Item] {
    if let ItemKind::Scenario(scenario) = &item.kind { &scenario.items } else { &[] }
}

impl<'a> Phrases<'a> {
    pub fn new(text: &'a str, tree: &Ast) -> Self {
        let mut units = BTreeSet::new();
        for item in tree.items.iter().flat_map(|item: &Item| std::iter::once(item).chain(inner(item))) {
            let declared = match &item.kind {
                ItemKind::Currency { name, .. } | ItemKind::DerivedUnit { name, .. } => {
                    std::slice::from_ref(name)
                }
                ItemKind::Units { names } => names,
                _ => &[],
            };
            units.extend(declared.iter().filter_map(|name| text.get(name.span.range())));
        }
        let tokens = Tokens::of(text);
        let tight = Vec::with_capacity(tokens.count());
        let mut phrases = Self { tokens, units, tight };
        for place in 0..phrases.tokens.count() {
            // What stands before it has been decided.
            let tight = phrases.decide(place);
            phrases.tight.push(tight);
        }
        phrases
    }

    /// The pieces of a row of tokens. A comma before a closing brace is dropped.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Piece<'a>> {
        let mut depth = 0;
        let start = range.start;
        range.filter(move |place| !self.is_idle_comma(*place)).map(move |place| {
            let text = self.tokens.text(place);
            let inner = place > start && !self.tokens.is_comment(place);
            let seam = if inner { self.seam(place).map(|rank| depth * 8 + rank) } else { None };
            match text {
                "(" | "{" => depth += 1,
                ")" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            let alone = if self.tokens.breaks(place) > 0 { Comment::Alone } else { Comment::Behind };
            let comment = self.tokens.is_comment(place).then_some(alone);
            let space = inner && self.spaced(place);
            Piece { text, width: width(text), space, seam, comment }
        })
    }

    /// How many columns a row takes on one line; nothing where that is more than `most`.
    pub fn width_within(&self, range: Range<usize>, most: usize) -> Option<usize> {
        let mut sum = 0;
        for piece in self.pieces(range) {
            sum += piece.width + usize::from(piece.space);
            if sum > most {
                return None;
            }
        }
        Some(sum)
    }

    fn is_idle_comma(&self, place: usize) -> bool {
        self.tokens.text(place) == ","
            && (place + 1..)
                .find(|next| !self.tokens.is_comment(*next))
                .is_some_and(|next| self.tokens.text(next) == "}")
    }

    /// The last token before a place that is no comment.
    pub fn before(&self, place: usize) -> Option<usize> {
        (0..place).rev().find(|before| !self.tokens.is_comment(*before))
    }

    /// How loosely what stands before a token is joined to it, if a line may end there.
    fn seam(&self, place: usize) -> Option<u32> {
        let before = self.before(place)?;
        if self.tokens.text(before) == "," {
            return Some(0);
        }
        match (self.kind(place)?, self.tokens.text(place)) {
            (Kind::Sign, "->" | "~" | "..") | (Kind::Word, "via" | "of" | "else") => Some(1),
            (Kind::Text, _) => (!self.is_sign(before)).then_some(1),
            (Kind::Word, "or") => Some(2),
            (Kind::Word, "and") => Some(3),
            (Kind::Word, "in") | (Kind::Sign, "<=" | ">=" | "==" | "!=" | "<" | ">") => Some(4),
            (Kind::Sign, "+" | "-") => (!self.is_unary(place)).then_some(5),
            (Kind::Sign, "*" | "/") => (!self.is_tight(place)).then_some(6),
            (Kind::Sign, "^") => Some(7),
            _ => None,
        }
    }

    fn kind(&self, place: usize) -> Option<Kind> {
        self.tokens.get(place).map(|token| token.kind)
    }

    fn is_sign(&self, place: usize) -> bool {
        self.kind(place) == Some(Kind::Sign)
    }

    /// Whether a space stands between a token and the one before it.
    fn spaced(&self, place: usize) -> bool {
        let Some(before) = self.before(place) else { return false };
        let (left, right) = (self.tokens.text(before), self.tokens.text(place));
        if self.is_sign(before) && (left == "(" || left == "{" && right == "}" || self.is_unary(before)) {
            return false;
        }
        if !self.is_sign(place) {
            return !self.is_tight(before);
        }
        match right {
            ")" | "," | ":" => false,
            "(" => self.kind(before) != Some(Kind::Word) || is_operator_word(left),
            "/" => !self.is_tight(place),
            _ => true,
        }
    }

    /// Whether a `-` is a sign, and no operator.
    fn is_unary(&self, place: usize) -> bool {
        if self.tokens.text(place) != "-" || !self.is_sign(place) {
            return false;
        }
        let Some(before) = self.before(place) else { return true };
        match self.kind(before) {
            Some(Kind::Sign) => self.tokens.text(before) != ")",
            Some(Kind::Word) => is_operator_word(self.tokens.text(before)),
            _ => false,
        }
    }

    fn is_tight(&self, place: usize) -> bool {
        self.tight.get(place).copied().unwrap_or(false)
    }

    fn decide(&self, place: usize) -> bool {
        if self.tokens.text(place) != "/" || !self.is_sign(place) || place == 0 {
            return false;
        }
        let (left, right) = (place - 1, place + 1);
        if self.tokens.text(right + 1) == "^" || self.is_divisor(left) {
            return false;
        }
        match (self.kind(left), self.kind(right)) {
            (Some(Kind::Number), Some(Kind::Number)) => !self.counts(right),
            (Some(Kind::Number | Kind::Word), Some(Kind::Word)) => self.is_rate(left, right),
            _ => false,
        }
    }

    /// Whether what ends here divides already, or is a power: then a tight `/` behind it would deceive.
    fn is_divisor(&self, place: usize) -> bool {
        let first = if self.is_counted(place) && self.kind(place - 1) == Some(Kind::Number) {
            place - 1
        } else {
            place
        };
        let Some(before) = first.checked_sub(1) else { return false };
        match self.tokens.text(before) {
            "^" => true,
            "/" => !self.is_tight(before),
            _ => false,
        }
    }

    /// Whether a unit follows a number on its line.
    fn counts(&self, number: usize) -> bool {
        self.is_counted(number + 1)
    }

    /// Whether a word is the unit that a number or parenthesis before it counts.
    fn is_counted(&self, place: usize) -> bool {
        let Some(before) = place.checked_sub(1) else { return false };
        let counts = self.kind(before) == Some(Kind::Number) || self.tokens.text(before) == ")";
        let word = self.kind(place) == Some(Kind::Word) && !is_operator_word(self.tokens.text(place));
        counts && word && self.tokens.breaks(place) == 0
    }

    fn is_unit(&self, place: usize) -> bool {
        let text = self.tokens.text(place);
        is_time_unit(text) || self.units.contains(text)
    }

    /// Whether `left / right` is a unit, or a number of one: by what is known, else as it is written.
    fn is_rate(&self, left: usize, right: usize) -> bool {
        let called = self.tokens.text(right + 1) == "(";
        if called || is_operator_word(self.tokens.text(right)) {
            return false;
        }
        let counts = self.kind(left) == Some(Kind::Number) || self.is_counted(left) || self.is_unit(left);
        let written = self.tokens.touches(left + 1) && self.tokens.touches(right);
        match (counts, self.is_unit(right)) {
            (true, true) => true,
            (true, false) | (false, true) => written,
            (false, false) => false,
        }
    }
}

/// Words that stand between operands: a parenthesis behind one is no call, and a `-` no operator.
fn is_operator_word(text: &str) -> bool {
    matches!(text, "and" | "or" | "not" | "in" | "else" | "of" | "via" | "from" | "to")
}
