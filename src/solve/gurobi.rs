//! Gurobi, with a licence of its own, as the program `gurobi_cl`.

use good_lp::solvers::lp_solvers::{GurobiSolver, WithMaxSeconds as _};

use super::external::{MOST_SECONDS, suggest};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// good_lp with the program `gurobi_cl`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gurobi;

impl Solver for Gurobi {
    fn name(&self) -> &'static str {
        "gurobi"
    }

    fn suggest(&self, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault> {
        suggest(&GurobiSolver::new().with_max_seconds(MOST_SECONDS), (program, stop))
    }
}
