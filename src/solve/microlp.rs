//! microlp: a simplex method in pure Rust. Small, always there, and the fastest on small programs.

use good_lp::{SolverModel as _, WithTimeLimit as _};

use super::lp::{Posed, Whole};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// The most time a suggestion is worth: microlp goes round in circles on a few small programs. It bears on
/// speed, and on how far a search for whole numbers comes that is cut short: nothing that is proved depends on it.
fn most_seconds(program: &Program) -> f64 {
    let lines = program.columns().len() + program.rows().len();
    u32::try_from(lines).map_or(3.0, |lines| (0.1 + 0.002 * f64::from(lines)).min(3.0))
}

/// good_lp with microlp.
#[derive(Clone, Copy, Debug, Default)]
pub struct Microlp;

impl Solver for Microlp {
    fn name(&self) -> &'static str {
        "microlp"
    }

    fn suggest(&self, program: &Program, _stop: &Stop) -> Result<Suggestion, SolveFault> {
        // good_lp 1.15 gives microlp integers of 32 bits only, and cuts bounds beyond without a word.
        let posed = Posed::of(program, Whole::Narrow)?;
        let model = posed.unsolved.using(good_lp::microlp).with_time_limit(most_seconds(program));
        let solution = model.with_all(posed.rows).solve();
        let solution = solution.map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
        Ok(posed.reading.suggestion(&solution))
    }
}
