//! GLPK: the simplex and branch and bound of GNU, as the program `glpsol`.
//!
//! Its answer is read here: lp-solvers 1.2 takes the lower bound of a continuous column for its value, where
//! other columns are integral.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use good_lp::solvers::lp_solvers::{Solution, SolverProgram, SolverWithSolutionParsing, Status};
use lp_solvers::lp_format::LpProblem;

use super::external::{MOST_SECONDS, suggest};
use super::{SolveFault, Solver, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// good_lp with the program `glpsol`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Glpk;

impl Solver for Glpk {
    fn name(&self) -> &'static str {
        "glpk"
    }

    fn suggest(&self, program: &Program, stop: &Stop) -> Result<Suggestion, SolveFault> {
        suggest(&Speaks, (program, stop))
    }
}

/// How `glpsol` is asked, and answers.
#[derive(Clone, Copy)]
struct Speaks;

impl SolverProgram for Speaks {
    fn command_name(&self) -> &str {
        "glpsol"
    }

    fn arguments(&self, question: &Path, answer: &Path) -> Vec<OsString> {
        let seconds = MOST_SECONDS.to_string();
        let words: [OsString; 6] = [
            "--lp".into(),
            question.into(),
            "--write".into(),
            answer.into(),
            "--tmlim".into(),
            seconds.into(),
        ];
        words.into()
    }
}

impl SolverWithSolutionParsing for Speaks {
    /// The file names columns by their place: that of their first mention in the question.
    fn read_specific_solution<'a, P: LpProblem<'a>>(
        &self,
        file: &File,
        problem: Option<&'a P>,
    ) -> Result<Solution, String> {
        let question = problem.map(|problem| problem.display_lp().to_string()).unwrap_or_default();
        let names = mentioned(&question);
        let mut solution = Solution::new(Status::NotSolved, Default::default());
        for line in BufReader::new(file).lines() {
            let line = line.map_err(|fault| fault.kind().to_string())?;
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            match words.as_slice() {
                ["s", kind, _, _, rest @ ..] => solution.status = status(kind, rest),
                // For a basic solution a status stands between the place and the value.
                ["j", place, value] | ["j", place, _, value, _] => {
                    let value = value.parse().map_err(|_| format!("`{line}` has no value"))?;
                    let place = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
                    let name = place.and_then(|place| names.get(place)).ok_or("an unknown column")?;
                    solution.results.insert((*name).to_owned(), value);
                }
                _ => {}
            }
        }
        Ok(solution)
    }
}

/// What a solution's line of status says: of a basic solution the primal and the dual part.
fn status(kind: &str, words: &[&str]) -> Status {
    match (kind, words) {
        ("bas", ["f", "f", ..]) | ("mip", ["o", ..]) => Status::Optimal,
        ("bas", ["f", "n", ..]) => Status::Unbounded,
        ("bas", ["f", ..]) | ("mip", ["f", ..]) => Status::SubOptimal,
        ("bas" | "mip", ["n" | "i", ..]) => Status::Infeasible,
        _ => Status::NotSolved,
    }
}

/// The names of columns in the order in which a question first mentions them. Names begin with `v`, and no
/// other word of the format does.
fn mentioned(question: &str) -> Vec<&str> {
    let mut known = std::collections::BTreeSet::new();
    let words = question.split_ascii_whitespace().filter(|word| word.starts_with('v'));
    words.filter(|word| known.insert(*word)).collect()
}
