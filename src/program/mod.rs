//! Exact linear programs: ordered columns and rows with names, each with where it came from.
//!
//! What lives here: programs as plain data, the formulations of the best-ratio loop and of plans, and the files in
//! which other solvers read programs. No solver, no double and no solution ever does.

mod cases;
mod count;
mod document;
mod homogeneous;
mod implied;
mod linear;
mod lp;
mod mps;
mod names;
mod plan;
mod ratio;
mod restricted;
mod waiting;

pub use cases::{Case, Weights, by_row, weights};
pub use count::Counter;
pub use document::{Format, Notes, Unwritable, written};
pub use homogeneous::homogeneous;
pub use linear::{Column, ColumnId, Origin, Program, Row, RowId, Sense};
pub use plan::{PlanProgram, formulate_plan};
pub use ratio::{NORMAL, RatioProblem, formulate_ratio};
pub use restricted::{Apart, RestrictedProblem, formulate_restricted};
pub use waiting::Waiting;
