//! CBC: simplex and branch and bound of COIN-OR, as the program `cbc`.

use good_lp::solvers::lp_solvers::{CbcSolver, WithMaxSeconds as _};

use super::external::{MOST_SECONDS, suggest};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// good_lp with the program `cbc`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cbc;

impl Solver for Cbc {
    fn name(&self) -> &'static str {
        "cbc"
    }

    fn suggest(&self, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault> {
        suggest(&CbcSolver::new().with_max_seconds(MOST_SECONDS), (program, stop))
    }
}
