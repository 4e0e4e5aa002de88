//! Values of a project file, each as its key takes it, or a fault where it stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::faults;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// A key and its value.
pub(super) type Entry<'a, 't> = (&'a str, &'a Spanned<DeValue<'t>>);

pub(super) struct Reader {
    pub file: FileId,
    /// How many bytes stand before the text.
    pub behind: usize,
    pub faults: Vec<Diagnostic>,
}

impl Reader {
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start + self.behind..range.end + self.behind)
    }

    /// Reports a value of another kind than the key takes.
    pub fn wrong(&mut self, (key, wanted): (&str, &str), value: &Spanned<DeValue<'_>>) {
        let span = self.span(&value.span());
        self.faults.push(faults::wrong_kind(key, (wanted, kind(value.get_ref())), span));
    }

    /// One of some words.
    pub fn word<'a>(&mut self, (key, value): Entry<'a, '_>, known: &[&str]) -> Option<&'a str> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong((key, "a word in quotes"), value);
            return None;
        };
        if !known.contains(&word) {
            let span = self.span(&value.span());
            self.faults.push(faults::wrong_word(key, word, (span, known)));
            return None;
        }
        Some(word)
    }

    /// What a whole number that is not negative says.
    pub fn count<T>(
        &mut self,
        (key, value): Entry<'_, '_>,
        wanted: &str,
        read: &dyn Fn(usize) -> Option<T>,
    ) -> Option<T> {
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        let read = number.and_then(read);
        match (&read, number) {
            (None, Some(number)) => {
                let span = self.span(&value.span());
                self.faults.push(faults::wrong_kind(key, (wanted, &format!("{number}")), span));
            }
            (None, None) => self.wrong((key, wanted), value),
            (Some(_), _) => {}
        }
        read
    }

    /// What a text in quotes says.
    pub fn text<T>(
        &mut self,
        (key, value): Entry<'_, '_>,
        (wanted, none): (&str, &str),
        read: &dyn Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong((key, wanted), value);
            return None;
        };
        let read = read(text).ok();
        if read.is_none() {
            let span = self.span(&value.span());
            self.faults.push(faults::wrong_kind(key, (wanted, none), span));
        }
        read
    }
}

/// What a value is, with its article.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(number) if number.as_str().starts_with('-') => "a negative number",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
