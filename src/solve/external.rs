//! Solvers that are programs of their own: found, run within bounds, and read.
//!
//! A run has a folder of its own, which is removed with all that the program left there; it gets no input,
//! has bounded time and bounded output, and ends with its run, whatever happens.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use good_lp::SolverModel as _;
use good_lp::solvers::lp_solvers::{
    LpSolver, Solution, SolverProgram, SolverTrait, SolverWithSolutionParsing, Status,
};
use lp_solvers::lp_format::LpProblem;

use super::lp::{Posed, Whole};
use super::{SolveFault, Suggestion};
use crate::program::Program;
use crate::stop::Stop;

/// How long a program is asked to work at most.
pub(super) const MOST_SECONDS: u32 = 30;

/// How much longer it may take to start, read and write, before it is ended.
const GRACE_SECONDS: u32 = 5;

/// The most bytes that a program may write, in all.
const MOST_BYTES: u64 = 64 << 20;

/// The longest pause between two looks at a running program.
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

/// A program of this name on the path; only absolute folders count, so that no model's folder brings its own.
pub(super) fn found(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    let places = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    places.map(|folder| folder.join(&name)).find(|place| is_program(place))
}

#[cfg(unix)]
fn is_program(place: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(place).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(place: &Path) -> bool {
    place.is_file()
}

/// Asks a program for a suggestion.
///
/// # Errors
/// [`SolveFault`], where it is not there, fails, or has no solution.
pub(super) fn suggest<T>(speaks: &T, (program, stop): (&Program, &Stop)) -> Result<Suggestion, SolveFault>
where
    T: SolverProgram + SolverWithSolutionParsing + Clone,
{
    let place = found(speaks.command_name());
    let place = place.ok_or_else(|| SolveFault::Missing(speaks.command_name().to_owned()))?;
    let posed = Posed::of(program, Whole::Kept)?;
    let model = posed.unsolved.using(LpSolver(Bounded { place, speaks: speaks.clone(), stop: stop.clone() }));
    let solution = model.with_all(posed.rows).solve();
    let solution = solution.map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
    Ok(posed.reading.suggestion(&solution))
}

/// A program, run within bounds, that speaks as `speaks` does.
#[derive(Clone)]
struct Bounded<T> {
    place: PathBuf,
    speaks: T,
    stop: Stop,
}

impl<T: SolverProgram + SolverWithSolutionParsing> SolverTrait for Bounded<T> {
    fn run<'a, P: LpProblem<'a>>(&self, problem: &'a P) -> Result<Solution, String> {
        let told = |fault: std::io::Error| fault.kind().to_string();
        let folder = tempfile::Builder::new().prefix("loopc-").tempdir().map_err(told)?;
        let question = folder.path().join("program.lp");
        let answer = folder.path().join(format!("answer{}", self.speaks.solution_suffix().unwrap_or(".txt")));
        let words = folder.path().join("words.txt");
        let mut file = BufWriter::new(File::create(&question).map_err(told)?);
        write!(file, "{}", problem.display_lp()).and_then(|()| file.flush()).map_err(told)?;
        let allowed = written(folder.path()) + MOST_BYTES;
        let mut running = Running(
            Command::new(&self.place)
                .args(self.speaks.arguments(&question, &answer))
                .current_dir(folder.path())
                .stdin(Stdio::null())
                .stdout(File::create(&words).map_err(told)?)
                .stderr(Stdio::null())
                .spawn()
                .map_err(told)?,
        );
        let limit = Duration::from_secs(u64::from(MOST_SECONDS + GRACE_SECONDS));
        running.finish((limit, &self.stop), &|| written(folder.path()) <= allowed)?;
        let status = self.speaks.parse_stdout_status(&read(&words).map_err(told)?);
        if let Some(status @ (Status::Infeasible | Status::Unbounded)) = status {
            return Ok(Solution::new(status, Default::default()));
        }
        let mut solution = self.speaks.read_solution_from_path(&answer, Some(problem))?;
        solution.status = status.unwrap_or(solution.status);
        Ok(solution)
    }
}

/// A running program, which does not outlive this value.
struct Running(Child);

impl Running {
    /// Waits for the end of the program, as long as its time lasts, nobody asks to stop, and `bounded` holds.
    fn finish(&mut self, (limit, stop): (Duration, &Stop), bounded: &dyn Fn() -> bool) -> Result<(), String> {
        let (mut waited, mut pause) = (Duration::ZERO, Duration::from_millis(1));
        loop {
            match self.0.try_wait().map_err(|fault| fault.kind().to_string())? {
                Some(end) if !bounded() => return Err(format!("it wrote too much, and ended with {end}")),
                Some(end) if end.success() => return Ok(()),
                Some(end) => return Err(end.to_string()),
                None if stop.is_asked() => return Err("asked to stop".to_owned()),
                None if waited >= limit => return Err("it took too long".to_owned()),
                None if !bounded() => return Err("it wrote too much".to_owned()),
                None => {}
            }
            std::thread::sleep(pause);
            waited += pause;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail for a program that has ended and was waited for, as it should have.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The bytes of all files in a run's folder.
fn written(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum()
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn started(script: &str) -> Running {
        Running(Command::new("/bin/sh").args(["-c", script]).stdout(Stdio::null()).spawn().expect("a shell"))
    }

    #[test]
    fn programs_end_with_their_time() {
        let finish = |script: &str, limit, bounded: bool| {
            started(script).finish((Duration::from_millis(limit), &Stop::default()), &|| bounded)
        };
        assert_eq!(finish("exit 0", 60_000, true), Ok(()));
        assert_eq!(finish("exit 3", 60_000, true), Err("exit status: 3".to_owned()));
        assert_eq!(finish("exec sleep 600", 30, true), Err("it took too long".to_owned()));
        assert_eq!(finish("exec sleep 600", 60_000, false), Err("it wrote too much".to_owned()));
        let stop = Stop::default();
        stop.ask();
        let asked = started("exec sleep 600").finish((Duration::from_secs(60), &stop), &|| true);
        assert_eq!(asked, Err("asked to stop".to_owned()));
    }

    #[test]
    fn only_programs_on_the_path_are_found() {
        assert!(found("sh").is_some_and(|place| place.is_absolute()));
        assert_eq!(found("no-such-solver"), None);
    }
}
