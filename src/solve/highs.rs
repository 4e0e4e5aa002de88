//! HiGHS: simplex, interior point and branch and bound in C++, built in by the cargo feature `highs`.

use good_lp::SolverModel as _;

use super::lp::{Posed, Whole};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// The most time a suggestion is worth.
const MOST_SECONDS: f64 = 10.0;

/// good_lp with HiGHS, on one thread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Highs;

impl Solver for Highs {
    fn name(&self) -> &'static str {
        "highs"
    }

    fn suggest(&self, program: &Program, _stop: &Stop) -> Result<Suggestion, SolveFault> {
        let posed = Posed::of(program, Whole::Kept)?;
        let model = posed.unsolved.using(good_lp::highs).set_threads(1).set_time_limit(MOST_SECONDS);
        let solution = model.with_all(posed.rows).solve();
        let solution = solution.map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
        Ok(posed.reading.suggestion(&solution))
    }
}
