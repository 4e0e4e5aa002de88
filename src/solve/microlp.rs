//! microlp: a simplex method in pure Rust. Small, always there, and the fastest on small programs.

use good_lp::{SolverModel as _, WithTimeLimit as _};

use super::lp::{Posed, Whole};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;

/// The most time a suggestion is worth. It bears on speed alone: no answer depends on a suggestion.
const MOST_SECONDS: f64 = 3.0;

/// good_lp with microlp.
#[derive(Clone, Copy, Debug, Default)]
pub struct Microlp;

impl Solver for Microlp {
    fn name(&self) -> &'static str {
        "microlp"
    }

    fn suggest(&self, program: &Program) -> Result<Suggestion, SolveFault> {
        // good_lp 1.15 gives microlp integers of 32 bits only, and cuts bounds beyond without a word.
        let posed = Posed::of(program, Whole::Narrow)?;
        let model = posed.unsolved.using(good_lp::microlp).with_time_limit(MOST_SECONDS);
        let solution = model.with_all(posed.rows).solve();
        let solution = solution.map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
        Ok(posed.reading.suggestion(&solution))
    }
}
