//! Clarabel: an interior point method in pure Rust. Steady on large sparse programs; it knows no integers,
//! and ends inside the optimal face, not at a corner of it.

use good_lp::SolverModel as _;

use super::lp::{Posed, Whole};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// The most time a suggestion is worth.
const MOST_SECONDS: f64 = 10.0;

/// good_lp with Clarabel. An integer program is relaxed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clarabel;

impl Solver for Clarabel {
    fn name(&self) -> &'static str {
        "clarabel"
    }

    fn suggest(&self, program: &Program, _stop: &Stop) -> Result<Suggestion, SolveFault> {
        let posed = Posed::of(program, Whole::Relaxed)?;
        let mut model = posed.unsolved.using(good_lp::clarabel).with_all(posed.rows);
        model.settings().time_limit(MOST_SECONDS);
        let solution = model.solve().map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
        // good_lp 1.15 takes unbounded programs, and those that it gave up on, for solved.
        match solution.inner().status.to_string().as_str() {
            "Solved" | "AlmostSolved" => Ok(posed.reading.suggestion(&solution)),
            other => Err(SolveFault::NoSolution(other.to_owned())),
        }
    }
}
