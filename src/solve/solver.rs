//! What an engine is asked, and what it may answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::program::Program;
use crate::stop::Stop;

/// Approximate values of a program's columns.
///
/// Invariant: for order only. The values are a solver's doubles and may be wrong in any way.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    pub values: Vec<f64>,
}

/// Why there is no suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SolveFault {
    /// The program has numbers beyond the range of doubles.
    BeyondDoubles,
    /// The engine found no solution, or says that there is none; in its own words.
    NoSolution(String),
    /// The engine failed in a way that it should not have.
    Panicked,
    /// The engine is not there: not built in, or a program of this name that is not on the path.
    Missing(String),
}

/// An engine that solves linear programs approximately.
pub trait Solver {
    /// The engine's name, as the command line takes it.
    fn name(&self) -> &str;

    /// Approximate values of the program's columns at an optimum; a program outside ends where somebody asks to stop.
    ///
    /// # Errors
    /// [`SolveFault`], where the engine has none; which proves nothing.
    fn suggest(&self, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault>;
}

/// Asks an engine, and survives it: numerical code asserts and unwraps inside (microlp's `lu.rs`, for one),
/// and a suggestion is not worth a crash. The one way in which engines are called.
///
/// # Errors
/// [`SolveFault`], where the engine has no suggestion or panics.
pub fn asked(solver: &dyn Solver, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault> {
    catch_unwind(AssertUnwindSafe(|| solver.suggest(program, stop))).unwrap_or(Err(SolveFault::Panicked))
}
