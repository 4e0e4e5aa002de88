//! The choice of a solver: by name, or by the size and kind of a program.

use super::{Cbc, Clarabel, Cplex, Glpk, Gurobi, Microlp, SolveFault, Solver, Suggestion, asked, external};
use crate::program::Program;
use crate::stop::Stop;

/// A solver's name, as the command line takes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Whatever suits the program, of those that are built in.
    #[default]
    Auto,
    Microlp,
    Clarabel,
    Highs,
    Cbc,
    Glpk,
    Gurobi,
    Cplex,
}

/// What a chosen solver lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It is built in by a cargo feature of this name, which this build was made without.
    Feature(&'static str),
    /// It is a program of this name, which is not on the path.
    Program(&'static str),
}

/// Up to this many columns microlp is as fast as any; beyond, HiGHS is faster, where it is built in.
const MOST_FOR_MICROLP: usize = 500;

impl Choice {
    /// All choices, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::Auto,
        Self::Microlp,
        Self::Clarabel,
        Self::Highs,
        Self::Cbc,
        Self::Glpk,
        Self::Gurobi,
        Self::Cplex,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Microlp => "microlp",
            Self::Clarabel => "clarabel",
            Self::Highs => "highs",
            Self::Cbc => "cbc",
            Self::Glpk => "glpk",
            Self::Gurobi => "gurobi",
            Self::Cplex => "cplex",
        }
    }

    /// The choice of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.name() == name)
    }

    /// The solver that is chosen by name; none for `auto`, and for one that is not built in.
    #[must_use]
    pub fn solver(self) -> Option<&'static dyn Solver> {
        match self {
            Self::Auto => None,
            Self::Microlp => Some(&Microlp),
            Self::Clarabel => Some(&Clarabel),
            #[cfg(feature = "highs")]
            Self::Highs => Some(&super::Highs),
            #[cfg(not(feature = "highs"))]
            Self::Highs => None,
            Self::Cbc => Some(&Cbc),
            Self::Glpk => Some(&Glpk),
            Self::Gurobi => Some(&Gurobi),
            Self::Cplex => Some(&Cplex),
        }
    }

    /// What the chosen solver lacks on this machine, if anything.
    #[must_use]
    pub fn lacks(self) -> Option<Lack> {
        let program = match self {
            Self::Highs if self.solver().is_none() => return Some(Lack::Feature("highs")),
            Self::Auto | Self::Microlp | Self::Clarabel | Self::Highs => return None,
            Self::Cbc => "cbc",
            Self::Glpk => "glpsol",
            Self::Gurobi => "gurobi_cl",
            Self::Cplex => "cplex",
        };
        external::found(program).is_none().then_some(Lack::Program(program))
    }
}

/// Asks the chosen solver, unless somebody asked to stop; for `auto`, the one that suits the program best, and another where that has nothing
/// to say: solvers err, and two that say no are worth a third's time seldom.
///
/// # Errors
/// [`SolveFault`] of the last that was asked.
pub fn suggest((choice, stop): (Choice, &Stop), program: &Program) -> Result<Suggestion, SolveFault> {
    if stop.is_asked() {
        return Err(SolveFault::NoSolution("asked to stop".to_owned()));
    }
    if choice != Choice::Auto {
        let missing = || SolveFault::Missing(choice.name().to_owned());
        return choice.solver().ok_or_else(missing).and_then(|solver| asked(solver, program, stop));
    }
    let mut last = Err(SolveFault::NoSolution("no solver was asked".to_owned()));
    for solver in suited(program).into_iter().filter_map(Choice::solver).take(2) {
        last = asked(solver, program, stop);
        if last.is_ok() || stop.is_asked() {
            break;
        }
    }
    last
}

/// The solvers that suit a program, the first choice first. Programs outside are never started unasked.
///
/// Measured for plans with and without whole numbers; the figures stand in `docs/solvers.md`.
fn suited(program: &Program) -> [Choice; 3] {
    if program.columns().len() <= MOST_FOR_MICROLP {
        [Choice::Microlp, Choice::Highs, Choice::Clarabel]
    } else {
        [Choice::Highs, Choice::Microlp, Choice::Clarabel]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for choice in Choice::ALL {
            assert_eq!(Choice::named(choice.name()), Some(choice));
            let known = choice.solver().map(Solver::name);
            assert!(known.is_none_or(|name| name == choice.name()), "{known:?}");
        }
        assert_eq!(Choice::named("simplex"), None);
    }
}
