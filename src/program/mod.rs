//! Exact linear programs: ordered columns and rows with names, each with where it came from.
//!
//! What lives here: programs as plain data, the formulation of the best-ratio loop, and the files in which
//! other solvers read programs. No solver, no double and no solution ever does.

mod document;
mod linear;
mod lp;
mod mps;
mod names;
mod ratio;

pub use document::{Format, Notes, Unwritable, written};

pub use linear::{Column, ColumnId, Origin, Program, Row, RowId, Sense};
pub use ratio::{NORMAL, RatioProblem, formulate_ratio};
