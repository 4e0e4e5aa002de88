//! Reserved words, and which lines begin a declaration.

use std::borrow::Cow;

/// The first words of declarations; a flow begins with its medium.
const DECLARATIONS: [&str; 19] = [
    "closure",
    "currency",
    "expect",
    "flow",
    "import",
    "loop",
    "measure",
    "medium",
    "model",
    "param",
    "participant",
    "path",
    "plan",
    "risk",
    "role",
    "scenario",
    "sweep",
    "unit",
    "use",
];

/// The first words of what only a scenario can say; elsewhere they are names like others.
const OVERLAYS: [&str; 3] = ["change", "remove", "set"];

/// Operators and words inside declarations.
const OTHERS: [&str; 9] = ["and", "else", "from", "in", "not", "of", "or", "to", "via"];

/// The built-in functions (language §3).
pub const FUNCTIONS: [&str; 7] = ["min", "max", "abs", "floor", "ceil", "round", "annuity"];

/// Whether a word cannot be a name (language §3). Units of time are reserved as names of values, too.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    DECLARATIONS.contains(&word) || OTHERS.contains(&word) || FUNCTIONS.contains(&word) || is_time_unit(word)
}

/// Whether a word is a unit of time.
#[must_use]
pub fn is_time_unit(word: &str) -> bool {
    crate::units::TIME_UNITS.iter().any(|(unit, _, _)| *unit == word)
}

/// The words that begin declarations, for suggestions.
pub fn declarations() -> impl Iterator<Item = &'static str> {
    DECLARATIONS.iter().copied()
}

/// The first word of a declaration that begins at this offset, in column one: its own, or `flow` behind a medium.
pub(super) fn declaration_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let word = leading_word(rest);
    if word.is_empty() {
        return None;
    }
    if DECLARATIONS.contains(&word) {
        return Some(word);
    }
    let behind = rest[word.len()..].trim_start_matches([' ', '\t']);
    (leading_word(behind) == "flow").then_some("flow")
}

/// The first word of what only a scenario can say, if a text begins with one.
pub(super) fn overlay_at(text: &str) -> Option<&'static str> {
    let word = leading_word(text);
    let found = OVERLAYS.into_iter().find(|known| *known == word)?;
    // `set flow order: …` is a flow of a medium that is called so.
    let behind = leading_word(text[word.len()..].trim_start_matches([' ', '\t']));
    (behind != "flow").then_some(found)
}

/// Whether a line of a scenario begins something: no attribute, whose word a colon follows.
pub(super) fn begins_in_scenario(text: &str) -> bool {
    let behind = text[leading_word(text).len()..].trim_start_matches([' ', '\t']);
    let is_attribute =
        behind.starts_with([':', '：']) || behind.starts_with('=') && !behind.starts_with("==");
    !is_attribute && (overlay_at(text).is_some() || declaration_at(text, 0).is_some())
}

/// Whether a text begins with a declaration, or with what only a scenario can say.
#[must_use]
pub fn begins_declaration(text: &str) -> bool {
    begins_in_scenario(text)
}

/// The identifier that a text begins with; empty where it begins with none.
pub(super) fn leading_word(text: &str) -> &str {
    let starts = text.chars().next().is_some_and(|c| c == '_' || c.is_alphabetic());
    let continues = |c: char| c == '_' || c.is_alphanumeric();
    let end = text.find(|c| !continues(c)).unwrap_or(text.len());
    if starts { &text[..end] } else { "" }
}

/// Everything in a text that could be a name, with its quotes where it has any.
pub fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            let quoted = rest.strip_prefix('\'').and_then(|inner| inner.find(['\'', '\n']));
            let length = match quoted {
                Some(inside) => inside + 2,
                None => leading_word(rest).len(),
            };
            let (name, behind) = rest.split_at(if length > 0 { length } else { first.len_utf8() });
            rest = behind;
            if length > 0 {
                return Some(name);
            }
        }
    })
}

/// A name without its quotes, if it has any; inside these a quote is written twice.
#[must_use]
pub fn unquoted_name(written: &str) -> Cow<'_, str> {
    match written.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')) {
        Some(inner) if inner.contains("''") => Cow::Owned(inner.replace("''", "'")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(written),
    }
}

/// What stands inside the quotes of a string: one pair is taken off, whatever the quotes are.
#[must_use]
pub fn unquoted(written: &str) -> String {
    let pairs = [('"', '"'), ('“', '”'), ('”', '”'), ('„', '“'), ('「', '」'), ('«', '»')];
    let written = written.trim();
    let opening = pairs.iter().find(|(open, _)| written.starts_with(*open));
    let inner = opening.map_or(written, |(open, _)| &written[open.len_utf8()..]);
    let closes = |close: char| opening.is_some_and(|(_, own)| *own == close) || close == '"';
    let inner = inner.strip_suffix(closes).unwrap_or(inner);
    inner.replace("\\\"", "\"").replace("\\\\", "\\")
}
