//! CPLEX, with a licence of its own, as the program `cplex`. It takes no time limit: it is ended after it.

use good_lp::solvers::lp_solvers::Cplex as Speaks;

use super::external::suggest;
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// good_lp with the program `cplex`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cplex;

impl Solver for Cplex {
    fn name(&self) -> &'static str {
        "cplex"
    }

    fn suggest(&self, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault> {
        suggest(&Speaks::default(), (program, stop))
    }
}
