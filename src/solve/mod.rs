//! Engines: what suggests an answer, in doubles.
//!
//! What lives here: one file for each engine, and the choice between them. Whatever an engine says is used as
//! *order* only (this edge before that one); no number that it computes is ever reported, and an engine that
//! fails, errs or panics costs time, never an answer. No exact proof and no wording lives here. good_lp is
//! named in `lp.rs`, which poses programs, and in the one small file of each of its solvers; `external.rs` is
//! the one place of the compiler that starts other programs.

#![allow(clippy::float_arithmetic, reason = "engines think in doubles, and only they")]

mod cbc;
mod changes;
mod choice;
mod clarabel;
mod cplex;
mod crash;
mod cycle;
mod doubles;
mod engine;
mod equilibrate;
mod external;
mod glpk;
mod gurobi;
#[cfg(feature = "highs")]
mod highs;
mod hint;
mod howard;
mod lp;
mod microlp;
mod restricted;
mod solver;

pub use cbc::Cbc;
pub use choice::{Choice, Lack, suggest};
pub use clarabel::Clarabel;
pub use cplex::Cplex;
pub use crash::{crashed, rounded};
pub use cycle::{suggest_cycle, suggest_cycle_until};
pub use engine::Engine;
pub use glpk::Glpk;
pub use gurobi::Gurobi;
#[cfg(feature = "highs")]
pub use highs::Highs;
pub use hint::{MOST_COLUMNS, hint_with, hinted, hinted_by};
pub use microlp::Microlp;
pub use restricted::{MOST_RESTRICTED, suggest_restricted};
pub use solver::{SolveFault, Solver, Suggestion, asked};
