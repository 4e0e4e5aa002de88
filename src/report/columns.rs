//! Columns of numbers and words that line up, wide characters counted as wide.

use unicode_width::UnicodeWidthStr as _;

use crate::exact::{Rational, decimal};

/// How many significant digits rounded numbers have, for reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits(usize);

impl Default for Digits {
    fn default() -> Self {
        Self(6)
    }
}

impl Digits {
    /// How few and how many there may be.
    pub const RANGE: std::ops::RangeInclusive<usize> = 3..=30;

    /// So many digits, if there may be so many.
    #[must_use]
    pub fn new(count: usize) -> Option<Self> {
        Self::RANGE.contains(&count).then_some(Self(count))
    }

    /// A rounded decimal, for reading.
    #[must_use]
    pub fn rounded(self, value: &Rational) -> String {
        decimal::grouped(&decimal::significant(value, self.0).text)
    }

    /// A rounded number, which says so.
    pub(super) fn about(self, value: &Rational) -> String {
        let exact = decimal::significant(value, self.0).exact;
        if exact { self.rounded(value) } else { format!("about {}", self.rounded(value)) }
    }

    /// The exact value and, where that is no decimal itself, the decimal: `92/29 = 3.17241`.
    pub(super) fn exactly(self, value: &Rational) -> String {
        let mut rounded = decimal::significant(value, self.0);
        if value.is_integer() && value.digits() <= 15 {
            rounded = decimal::significant(value, 15);
        }
        rounded.text = decimal::grouped(&rounded.text);
        let exact = value.to_string();
        match (rounded.exact, exact.len() <= 40) {
            (true, _) => rounded.text,
            (false, true) => format!("{exact} = {}", rounded.text),
            (false, false) => format!("{} (exactly in the JSON report)", rounded.text),
        }
    }

    /// Numbers of one column with the point in one place: all digits where few will do, else enough that the
    /// greatest has so many significant ones.
    pub(super) fn aligned(self, values: &[&Rational]) -> Vec<String> {
        let places = self.places(values);
        values.iter().map(|value| decimal::grouped(&decimal::fixed(value, places).text)).collect()
    }

    /// The same, without a point where all are whole.
    pub(super) fn aligned_whole(self, values: &[&Rational]) -> Vec<String> {
        if values.iter().all(|value| value.is_integer()) {
            return values.iter().map(|value| decimal::grouped(&value.to_string())).collect();
        }
        self.aligned(values)
    }

    /// How many digits behind the point a column has.
    fn places(self, values: &[&Rational]) -> usize {
        let exact = |places: usize| values.iter().all(|value| decimal::fixed(value, places).exact);
        let greatest = values.iter().map(|value| value.abs()).max().unwrap_or_default();
        let whole = greatest.floor().to_string().len();
        (2..=4).find(|places| exact(*places)).unwrap_or(self.0.saturating_sub(whole).clamp(2, self.0))
    }
}

/// The same, with as many digits as there are where nobody asks for others.
pub(super) fn rounded(value: &Rational) -> String {
    Digits::default().rounded(value)
}

pub(super) fn exactly(value: &Rational) -> String {
    Digits::default().exactly(value)
}

pub(super) fn aligned_whole(values: &[&Rational]) -> Vec<String> {
    Digits::default().aligned_whole(values)
}

/// A table: each row's cells, padded to their columns; numbers to the right, words to the left.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines, `words` columns of words first; no line ends in white space.
    pub fn lines(&self, words: usize) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
                let blank = " ".repeat(width - cell.width());
                if column < words { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        self.rows.iter().map(line).collect()
    }
}

/// Words in a row, broken into lines of at most `width` columns.
pub(super) fn wrapped(words: &[String], separator: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let piece = if place + 1 < words.len() { format!("{word}{separator}") } else { word.clone() };
        match lines.last_mut() {
            Some(line) if line.width() + piece.trim_end().width() <= width => line.push_str(&piece),
            _ => lines.push(piece),
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}
