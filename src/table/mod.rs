//! Tables: the rows and cells of a text with a header, and where each of them stands.
//!
//! A table is a source file like any other: its cells are ranges of its text, so that a fault in one can be shown
//! where it stands; a sheet of a workbook and the columns of a Parquet file are made such a text when they are loaded.
//! What lives here knows neither names of the model nor wording. This is the only room that names the crates that read
//! comma-separated values and workbooks, and unpack Parquet files.

#[cfg(any(feature = "xlsx", feature = "parquet"))]
mod calendar;
mod cells;
mod delimited;
mod kind;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(any(feature = "xlsx", feature = "parquet"))]
mod quoted;
mod rows;
#[cfg(feature = "xlsx")]
mod workbook;

pub use kind::{Kind, kind_of};
#[cfg(feature = "parquet")]
pub use parquet::{Columns, ParquetFault, columns};
pub use rows::{Row, Rows};
#[cfg(feature = "xlsx")]
pub use workbook::{WorkbookFault, sheet};

use delimited::delimiter_of;
use unicode_normalization::UnicodeNormalization as _;

use crate::source::{FileId, LeftOut, Origin, SourceFile, Span, Unread};

/// Why a text is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// It is empty, or begins with an empty line and nothing else.
    NoHeader,
    /// The first byte that is not UTF-8.
    NotText(usize),
    /// A quote in the header that nothing closes.
    Unclosed(Span),
    /// Lines end as nothing ends them any more: by a carriage return alone.
    BareReturns,
}

/// A sheet of a workbook, as a text of rows.
#[derive(Debug)]
pub struct Sheet {
    pub name: String,
    pub text: String,
}

/// Whether a cell of a sheet has no value: an error such as `#N/A`, or a formula without its result.
#[must_use]
pub fn is_no_value(cell: &str) -> bool {
    const ERRORS: [&str; 9] =
        ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"];
    cell.starts_with('=') || ERRORS.contains(&cell)
}

/// A text with a header.
///
/// Invariant: `columns` are trimmed, in NFC, and in the order of the header; two may be alike.
#[derive(Debug)]
pub struct Table {
    pub file: FileId,
    pub columns: Vec<String>,
    /// Columns of the file that the text does not have.
    pub left_out: Vec<LeftOut>,
    delimiter: u8,
    locator: cells::Locator,
    /// The header's first row, for places.
    header: std::ops::Range<usize>,
}

impl Table {
    /// Reads the header of a text. Without a delimiter given, the one that stands most often in it is taken.
    ///
    /// # Errors
    /// [`TableFault`]
    pub fn of(file: FileId, source: &SourceFile, delimiter: Option<u8>) -> Result<Self, TableFault> {
        if let Some(offset) = source.broken {
            return Err(TableFault::NotText(offset));
        }
        if source.text.contains('\r') && !source.text.contains('\n') {
            return Err(TableFault::BareReturns);
        }
        // The text of a sheet was written with commas, and so were the columns of a Parquet file.
        let delimiter = if source.origin.is_some() { Some(b',') } else { delimiter };
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(&source.text));
        let mut rows = Rows::new(&source.text, delimiter);
        let header = rows.next().ok_or(TableFault::NoHeader)?;
        let columns = header.cells().map(|name| name.trim().nfc().collect()).collect();
        let locator = cells::Locator::new(delimiter);
        let left_out = match &source.origin {
            Some(Origin::Columns(left_out)) => left_out.clone(),
            Some(Origin::Sheet(_)) | None => Vec::new(),
        };
        let table = Self { file, columns, left_out, delimiter, locator, header: header.range() };
        match table.unclosed(source, &header) {
            Some(quote) => Err(TableFault::Unclosed(quote)),
            None => Ok(table),
        }
    }

    /// The rows below the header.
    #[must_use]
    pub fn rows<'t>(&self, source: &'t SourceFile) -> Rows<'t> {
        let mut rows = Rows::new(&source.text, self.delimiter);
        let _ = rows.next();
        if source.has_rows() { rows.below_the_header() } else { rows }
    }

    /// All columns of the file that may be named, for suggestions.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let others = self.left_out.iter().filter(|column| column.why == Unread::NotAsked);
        self.columns.iter().cloned().chain(others.map(|column| column.name.clone())).collect()
    }

    /// Why the column of a name cannot be read, if there is such a one.
    #[must_use]
    pub fn unread(&self, name: &str) -> Option<&Unread> {
        let mut left_out = self.left_out.iter().filter(|column| column.why != Unread::NotAsked);
        left_out.find(|column| column.name == name).map(|column| &column.why)
    }

    /// The columns of this name, from left to right.
    pub fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, column)| *column == name).map(|(place, _)| place)
    }

    /// Where a cell of the header stands.
    #[must_use]
    pub fn heading(&self, source: &SourceFile, column: usize) -> Span {
        self.cell(source, self.header.clone(), column)
    }

    /// Where a cell of a row stands; the whole row, where it has no such cell.
    #[must_use]
    pub fn place(&self, source: &SourceFile, row: &Row, column: usize) -> Span {
        self.cell(source, row.range(), column)
    }

    fn cell(&self, source: &SourceFile, row: std::ops::Range<usize>, column: usize) -> Span {
        let text = source.text.get(row.clone()).unwrap_or("");
        match cells::place(text, &self.locator, column) {
            Some(place) => Span::new(self.file, row.start + place.start..row.start + place.end),
            None => Span::new(self.file, row),
        }
    }

    /// Where a cell of a row stands whose quotes do not enclose it: white space before them, or something behind.
    #[must_use]
    pub fn misquoted(&self, source: &SourceFile, row: &Row) -> Option<Span> {
        let text = source.text.get(row.range())?;
        // Most rows have no quotes at all.
        let place = text.contains('"').then(|| cells::misquoted(text, &self.locator)).flatten()?;
        Some(Span::new(self.file, row.range().start + place.start..row.range().start + place.end))
    }

    /// Where the last cell of a row begins with a quote that nothing closes; such a cell goes on to the end of the
    /// text, whatever was meant to follow it.
    #[must_use]
    pub fn unclosed(&self, source: &SourceFile, row: &Row) -> Option<Span> {
        if !row.is_last() {
            return None;
        }
        let text = source.text.get(row.range())?;
        let start = row.range().start + cells::unclosed(text, &self.locator)?;
        Some(Span::new(self.file, start..start + 1))
    }
}
