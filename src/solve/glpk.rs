//! GLPK: the simplex and branch and bound of GNU, as the program `glpsol`.

use good_lp::solvers::lp_solvers::{GlpkSolver, WithMaxSeconds as _};

use super::external::{MOST_SECONDS, suggest};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;

/// good_lp with the program `glpsol`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Glpk;

impl Solver for Glpk {
    fn name(&self) -> &'static str {
        "glpk"
    }

    fn suggest(&self, program: &Program) -> Result<Suggestion, SolveFault> {
        suggest(&GlpkSolver::new().with_max_seconds(MOST_SECONDS), program)
    }
}
