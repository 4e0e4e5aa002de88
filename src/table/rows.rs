//! The rows of a text, one after the other.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord, Terminator};

/// Reads rows, and keeps the memory of one.
#[derive(Debug)]
pub struct Rows<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// How many bytes stand before what is read: a byte order mark.
    base: usize,
    /// How many lines are not counted.
    above: usize,
}

/// A row of a text.
#[derive(Clone, Debug)]
pub struct Row {
    record: StringRecord,
    start: usize,
    end: usize,
    line: usize,
    last: bool,
}

impl<'t> Rows<'t> {
    #[must_use]
    pub(super) fn new(text: &'t str, delimiter: u8) -> Self {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter).terminator(Terminator::CRLF);
        Self { text, reader: builder.from_reader(body.as_bytes()), base: text.len() - body.len(), above: 0 }
    }

    /// Counts from the first row below the header, which has been read.
    pub(super) const fn below_the_header(mut self) -> Self {
        self.above = 1;
        self
    }

    /// Reads the next row into the memory of another; whether there was one.
    pub fn read(&mut self, row: &mut Row) -> bool {
        // The text is UTF-8 and rows may have any number of cells: nothing is left that could fail.
        if !matches!(self.reader.read_record(&mut row.record), Ok(true)) {
            return false;
        }
        let offset = |byte: u64| self.base + usize::try_from(byte).unwrap_or(usize::MAX);
        let start = row.record.position().map_or(0, |position| offset(position.byte()));
        let end = offset(self.reader.position().byte()).min(self.text.len());
        row.last = end >= self.text.len();
        // Empty lines before a row are no part of it, nor is the end of its line.
        let text = self.text.get(start..end).unwrap_or("");
        let blank = text.len() - text.trim_start_matches(['\n', '\r']).len();
        // Empty lines before a row are counted to it.
        let above = text.get(..blank).map_or(0, |blank| blank.matches('\n').count());
        row.line =
            row.record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0)) + above;
        row.line = row.line.saturating_sub(self.above);
        row.start = start + blank;
        row.end = row.start.max(start + text.trim_end_matches(['\n', '\r']).len());
        true
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut row = Row::default();
        self.read(&mut row).then_some(row)
    }
}

impl Default for Row {
    fn default() -> Self {
        Self { record: StringRecord::new(), start: 0, end: 0, line: 0, last: false }
    }
}

impl Row {
    /// A cell's text, without white space around it; nothing, where the row has no such cell.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&str> {
        self.record.get(column).map(str::trim)
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.record.iter()
    }

    /// How many cells it has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.record.len()
    }

    /// Where it stands in the text, without the end of its line.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The line that it begins on, from 1.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Whether the text ends with it.
    #[must_use]
    pub(super) const fn is_last(&self) -> bool {
        self.last
    }
}
