//! `loopc test`: every expectation of every model, and every report against its snapshot.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

use super::arguments::Test;
use super::models::{Asked, parts};
use super::output::{Screen, compile_states, shown as shown_path, write};
use super::project::{Flags, Projects, Showing};
use super::{Exit, Refusal, snapshot};
use crate::diagnostic::{Diagnostic, Told};
use crate::pipeline::{Compilation, Options, Solution, States, reports};
use crate::stop::Stop;

/// What a main thread has, too: expressions nest deep.
const STACK_BYTES: usize = 8 << 20;

/// How the report of a model stands to its snapshot.
enum Standing {
    Same,
    /// There is none yet.
    New(String),
    /// The snapshot that it differs from is the first.
    Differs(String, String),
    /// The model has no report.
    None,
}

/// What the test of one model came to.
struct Tested {
    model: PathBuf,
    states: Vec<Compilation>,
    /// Expectations that hold, and all.
    claims: (usize, usize),
    standing: Standing,
}

/// What was counted.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    accepted: usize,
    pending: usize,
}

pub(super) fn run(arguments: &Test, screen: &Screen) -> Result<Exit, Refusal> {
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let asked = Asked::of(&arguments.paths, showing)?;
    let is_meant = |path: &&PathBuf| {
        arguments.filter.as_ref().is_none_or(|filter| shown_path(path).contains(filter.as_str()))
    };
    let models: Vec<PathBuf> = asked.paths().filter(is_meant).cloned().collect();
    let flags = Flags::new(&arguments.files, &Stop::default()).with_levels(&arguments.messages)?;
    let (flags, projects) = (flags.with_solver(&arguments.solver), Projects::of(&models, showing)?);
    let tested = side_by_side(&models, &|model| tested(model, flags.options(&projects.manifest(model))))?;
    let parts = parts(tested.iter().flat_map(|one| one.states.first()));
    let mut count = Count::default();
    // A file that another one uses is tested as a part of that one.
    let tested: Vec<&Tested> = tested.iter().filter(|one| asked.is_alone(&one.model, &parts)).collect();
    let faults: Vec<bool> = shown(&tested, (arguments, screen));
    for (one, at_fault) in tested.into_iter().zip(faults) {
        told(one, (arguments, screen, at_fault), &mut count)?;
    }
    let stale = if arguments.filter.is_none() { snapshot::unreferenced(&models) } else { Vec::new() };
    for path in &stale {
        let shown = shown_path(path);
        if arguments.accept {
            std::fs::remove_file(path)
                .map_err(|fault| Refusal::new(format!("cannot remove {shown}: {fault}")))?;
            screen.print(&format!("removed {shown}, which is of no model\n"))?;
        } else {
            screen.print(&format!("stale   {shown} is of no model; --accept removes it\n"))?;
            count.failed += usize::from(arguments.ci);
        }
    }
    screen.print(&summary(&count))?;
    Ok(if count.failed + count.pending > 0 { Exit::Model } else { Exit::Well })
}

fn summary(count: &Count) -> String {
    let verdict = if count.failed + count.pending > 0 { "FAILED" } else { "ok" };
    let mut out = format!("\ntest result: {verdict}. {} passed; {} failed", count.passed, count.failed);
    if count.pending > 0 {
        out.push_str(&format!("; {} to be accepted with --accept", count.pending));
    }
    if count.accepted > 0 {
        out.push_str(&format!("; {} accepted", count.accepted));
    }
    out.push('\n');
    out
}

/// What is made of each model, on as many threads as the machine has, in the order of the models.
fn side_by_side<T: Send>(
    models: &[PathBuf],
    make: &(dyn Fn(&Path) -> Result<T, Refusal> + Sync),
) -> Result<Vec<T>, Refusal> {
    let threads = available_parallelism().map_or(1, NonZero::get).min(models.len());
    let (next, made) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    scope(|scope| {
        let work = || {
            while let Some((place, model)) = take(&next, models) {
                let one = make(model);
                if let Ok(mut made) = made.lock() {
                    made.push((place, one));
                }
            }
        };
        // This thread is one of them: where no other can be had, it does all.
        for _ in 1..threads {
            drop(Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work));
        }
        work();
    });
    let mut made = made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, one)| one).collect()
}

fn take<'m>(next: &AtomicUsize, models: &'m [PathBuf]) -> Option<(usize, &'m Path)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    models.get(place).map(|model| (place, model.as_path()))
}

fn tested(model: &Path, options: Options) -> Result<Tested, Refusal> {
    let mut states = compile_states(model, options, &States::All)?;
    let mut solutions: Vec<Option<Solution>> = Vec::new();
    for state in &mut states {
        state.examine();
        solutions.push(state.solve(&[]));
    }
    let claims = solutions.iter().flatten().flat_map(|solution| &solution.claims);
    let (held, all) =
        claims.fold((0, 0), |(held, all), claim| (held + usize::from(claim.holds == Some(true)), all + 1));
    let solved: Option<Vec<(&Compilation, &Solution)>> =
        states.iter().zip(&solutions).map(|(state, solution)| Some((state, solution.as_ref()?))).collect();
    let asks = |solved: &Vec<(&Compilation, &Solution)>| {
        solved.iter().any(|(_, solution)| !solution.findings.is_empty())
    };
    let standing = match solved.filter(asks) {
        Some(solved) => standing(model, snapshot::taken(model, &solved))?,
        None => Standing::None,
    };
    Ok(Tested { model: model.to_path_buf(), states, claims: (held, all), standing })
}

fn standing(model: &Path, taken: String) -> Result<Standing, Refusal> {
    let path = snapshot::path_of(model);
    match snapshot::kept(&path) {
        Ok(kept) if snapshot::contents(&kept) == snapshot::contents(&taken) => Ok(Standing::Same),
        Ok(kept) => Ok(Standing::Differs(kept, taken)),
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(Standing::New(taken)),
        Err(fault) => Err(Refusal::new(format!("cannot read {}: {fault}", shown_path(&path)))),
    }
}

/// Shows what is at fault with all models, in one go: a machine reads one document. Whether each has an error.
fn shown(tested: &[&Tested], (arguments, screen): (&Test, &Screen)) -> Vec<bool> {
    let found: Vec<Vec<Vec<Diagnostic>>> = tested.iter().map(|one| reports(&one.states)).collect();
    let states = tested.iter().flat_map(|one| &one.states).zip(found.iter().flatten());
    let all = states.map(|(state, diagnostics)| Told { sources: &state.sources, diagnostics });
    screen.error(&screen.told(&all.collect::<Vec<_>>(), arguments.messages.message_format));
    found.iter().map(|states| states.iter().flatten().any(Diagnostic::is_error)).collect()
}

/// Tells what the test of a model came to, and keeps what is to be kept.
fn told(
    one: &Tested,
    (arguments, screen, at_fault): (&Test, &Screen, bool),
    count: &mut Count,
) -> Result<(), Refusal> {
    let shown = shown_path(&one.model);
    let path = snapshot::path_of(&one.model);
    let (held, all) = one.claims;
    let claims = match (held, all) {
        (_, 0) => "no expectations".to_owned(),
        (held, all) if held == all => format!("{all} expectation{}", if all == 1 { "" } else { "s" }),
        (held, all) => format!("{} of {all} expectations fail", all - held),
    };
    let mut why = String::new();
    let report = match &one.standing {
        Standing::Same => "report as it was",
        Standing::None if at_fault => "no report",
        Standing::None => "no analysis",
        Standing::New(taken) | Standing::Differs(_, taken) if arguments.accept && !at_fault => {
            keep(&path, taken)?;
            count.accepted += 1;
            "report accepted"
        }
        Standing::New(taken) => {
            wait(&path, taken, (arguments, count))?;
            "report without a snapshot"
        }
        Standing::Differs(kept, taken) => {
            why = snapshot::difference(snapshot::contents(kept), snapshot::contents(taken));
            wait(&path, taken, (arguments, count))?;
            "report changed"
        }
    };
    let settled = matches!(one.standing, Standing::Same | Standing::None) || arguments.accept;
    if settled && !arguments.ci && !at_fault {
        // What waited to be accepted waits no more.
        drop(std::fs::remove_file(snapshot::pending(&path)));
    }
    let failed = at_fault || held < all || !settled;
    *(if failed { &mut count.failed } else { &mut count.passed }) += 1;
    let word = if failed { "FAILED" } else { "ok" };
    // A name of a file must not steer the terminal, nor pass for a line of its own.
    let shown = shown.replace(char::is_control, "\u{fffd}");
    screen.print(&format!("{word:<7} {shown}: {claims}, {report}\n{why}"))
}

fn keep(path: &Path, text: &str) -> Result<(), Refusal> {
    let refused = |fault: std::io::Error| {
        Refusal::new(format!("cannot make the folder of {}: {fault}", shown_path(path)))
    };
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(refused)?;
    write(path, text)
}

/// Lets a snapshot wait to be accepted, unless nothing is to be written.
fn wait(path: &Path, text: &str, (arguments, count): (&Test, &mut Count)) -> Result<(), Refusal> {
    if arguments.ci {
        return Ok(());
    }
    count.pending += 1;
    keep(&snapshot::pending(path), text)
}
