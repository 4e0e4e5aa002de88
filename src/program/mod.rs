//! Exact linear programs: ordered columns and rows with names, each with where it came from.
//!
//! What lives here: programs as plain data, and the formulation of the best-ratio loop. No solver, no double
//! and no solution ever does; what reads a program (an engine, a writer of files) lives elsewhere.

mod linear;
mod ratio;
mod restricted;

pub use linear::{Column, ColumnId, Origin, Program, Row, RowId, Sense};
pub use ratio::{NORMAL, RatioProblem, formulate_ratio};
pub use restricted::{Apart, RestrictedProblem, formulate_restricted};
