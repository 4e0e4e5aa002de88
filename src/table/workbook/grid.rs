//! The cells of a sheet as a text of rows: row 14 of the sheet is line 14, and its columns begin with A.

use super::WorkbookFault;
use crate::source::MOST_BYTES;
use crate::table::quoted::push_quoted;

/// The most columns and rows of a sheet.
pub(super) const MOST_COLUMNS: usize = 16_384;
pub(super) const MOST_ROWS: usize = 1_048_576;

/// The text so far, and the row that is being read.
#[derive(Debug, Default)]
pub(super) struct Grid {
    text: String,
    lines: usize,
    /// How many columns have names, or stand before one.
    width: Option<usize>,
    cells: Vec<String>,
    /// How many bytes stand in `cells`.
    filled: usize,
}

impl Grid {
    /// Puts a text into a cell of the row; a line of the text is one row, so that breaks in a cell are spaces.
    pub fn put(&mut self, column: usize, value: &str) -> Result<(), WorkbookFault> {
        if column >= MOST_COLUMNS {
            return Err(WorkbookFault::Damaged);
        }
        let value = value.trim();
        if value.is_empty() || self.width.is_some_and(|width| column >= width) {
            return Ok(());
        }
        self.filled += value.len();
        if self.filled > MOST_BYTES {
            return Err(WorkbookFault::TooLarge);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            cell.clear();
            cell.push_str(value);
        }
        Ok(())
    }

    /// Ends a row, counted from 0. The first that is not empty has the names of the columns.
    pub fn end_row(&mut self, row: usize) -> Result<(), WorkbookFault> {
        let Some(last) = self.cells.iter().rposition(|cell| !cell.is_empty()) else { return Ok(()) };
        let width = *self.width.get_or_insert(last + 1);
        while self.lines < row {
            self.text.push('\n');
            self.lines += 1;
        }
        for column in 0..width {
            if column > 0 {
                self.text.push(',');
            }
            if let Some(cell) = self.cells.get_mut(column) {
                push_quoted(&mut self.text, cell);
                cell.clear();
            }
        }
        self.text.push('\n');
        self.lines += 1;
        self.filled = 0;
        if self.text.len() > MOST_BYTES { Err(WorkbookFault::TooLarge) } else { Ok(()) }
    }

    pub fn into_text(self) -> String {
        self.text
    }
}
