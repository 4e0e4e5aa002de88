//! Engines: what suggests an answer, in doubles.
//!
//! What lives here: one file for each engine, and the choice between them. Whatever an engine says is used as
//! *order* only (this edge before that one); no number that it computes is ever reported, and an engine that
//! fails, errs or panics costs time, never an answer. No exact proof and no wording lives here. good_lp is
//! named in `lp.rs` and nowhere else.

#![allow(clippy::float_arithmetic, reason = "engines think in doubles, and only they")]

mod approximate;
mod cycle;
mod engine;
mod hint;
mod lp;
mod restricted;

pub use cycle::suggest_cycle;
pub use engine::{SolveFault, Solver, Suggestion, asked};
pub use hint::{MOST_COLUMNS, hint_with, hinted};
pub use lp::Simplex;
pub use restricted::{MOST_RESTRICTED, suggest_restricted};
