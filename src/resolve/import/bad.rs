//! Bad rows: all are counted, the first few are shown.

use super::row::RowFault;
use crate::diagnostic::{Diagnostic, Severity};
use crate::resolve::faults;
use crate::source::{SourceFile, Span};
use crate::table::{Row, Table};

/// How many bad rows of one import are shown.
const SHOWN: usize = 10;

/// The bad rows of one import.
#[derive(Debug, Default)]
pub(super) struct BadRows {
    count: usize,
    /// How many faults there are: a group is one.
    told: usize,
    shown: Vec<Diagnostic>,
}

impl BadRows {
    /// Counts so many rows with one fault, which is only worded where it is shown.
    pub fn add(&mut self, rows: usize, fault: impl FnOnce() -> Diagnostic) {
        self.count += rows;
        self.told += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(fault());
        }
    }

    /// What is said of them all: errors, or warnings where so many may be left out.
    pub fn told(self, (path, span): (&str, Span), rows: usize, most: usize) -> Vec<Diagnostic> {
        if self.count == 0 {
            return Vec::new();
        }
        // Which import it is says the fault itself, so that nothing else has to.
        let imported = |fault: Diagnostic| fault.label(span, "imported here");
        let mut shown: Vec<Diagnostic> = self.shown.into_iter().map(imported).collect();
        if self.count <= most {
            shown.iter_mut().for_each(|fault| fault.severity = Severity::Warning);
            shown.push(faults::rows_left_out(path, span, (self.count, rows)));
        } else if self.told > SHOWN {
            shown.push(faults::bad_rows(path, span, (self.count, rows, SHOWN)));
        }
        shown
    }
}

/// The fault of a row whose expression has no value.
pub(super) fn row_fault(
    fault: RowFault,
    (table, source): (&Table, &SourceFile),
    row: &Row,
    expression: Span,
) -> Diagnostic {
    match fault {
        RowFault::NoNumber(column, why) => {
            let place = table.place(source, row, column);
            let name = table.columns.get(column).map_or("", String::as_str);
            faults::no_number_in_cell(row.cell(column).unwrap_or(""), name, why, (place, expression))
        }
        RowFault::DivisionByZero => {
            faults::row_divides_by_zero(expression, Span::new(table.file, row.range()))
        }
        RowFault::TooLarge => faults::row_too_large(expression, Span::new(table.file, row.range())),
    }
}
