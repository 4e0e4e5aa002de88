//! `loopc test`: every expectation of every model, and every report against its snapshot.

mod cases;
mod junit;
mod review;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

use super::arguments::Test;
use super::models::{Asked, parts};
use super::output::{Screen, compile_states, legible, shown as shown_path, write};
use super::project::{Flags, Projects, Showing};
use super::solve::refuse_source;
use super::{Exit, Refusal, snapshot};
use crate::analysis::Decided;
use crate::diagnostic::{Diagnostic, Told};
use crate::pipeline::{Compilation, Options, Solution, States, reports};
use crate::stop::Stop;
use cases::{Suite, Verdict};
use review::{Answer, Review, Terminal};

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
    /// The expectations of each state; nothing where it has no solution.
    claims: Vec<Option<Vec<Decided>>>,
    standing: Standing,
}

/// What was counted.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    accepted: usize,
    rejected: usize,
    pending: usize,
}

/// What becomes of a report that is new or differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Rejected,
    Waits,
}

pub(super) fn run(arguments: &Test, screen: &Screen) -> Result<Exit, Refusal> {
    let mut terminal = arguments.review.then(|| Terminal::new(screen)).transpose()?;
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
    if let Some(output) = &arguments.junit {
        tested.iter().flat_map(|one| &one.states).try_for_each(|state| refuse_source(state, output))?;
    }
    let found = shown(&tested, (arguments, screen));
    let at_fault = |found: &[Vec<Diagnostic>]| found.iter().flatten().any(Diagnostic::is_error);
    let open = tested.iter().zip(&found).filter(|(one, found)| one.standing.is_open() && !at_fault(found));
    let mut review = terminal.as_mut().map(|terminal| Review::new(open.count(), terminal));
    let mut suites = Vec::new();
    for (one, found) in tested.into_iter().zip(&found) {
        let at_fault = at_fault(found);
        let fate = match &mut review {
            _ if at_fault || !one.standing.is_open() => Fate::Waits,
            Some(review) => fate(review.ask(one)?),
            None if arguments.accept => Fate::Kept,
            None => Fate::Waits,
        };
        let report = told(one, (arguments, screen, at_fault), fate, &mut count)?;
        suites.push(Suite::of(one, found, report));
    }
    let stale = if arguments.filter.is_none() { snapshot::unreferenced(&models) } else { Vec::new() };
    suites.extend(unreferenced(&stale, (arguments, screen), &mut count)?);
    if let Some(output) = &arguments.junit {
        write(output, &junit::xml(&suites)?)?;
    }
    screen.print(&summary(&count))?;
    Ok(if count.failed + count.pending > 0 { Exit::Model } else { Exit::Well })
}

const fn fate(answer: Answer) -> Fate {
    match answer {
        Answer::Accept => Fate::Kept,
        Answer::Reject => Fate::Rejected,
        Answer::Skip | Answer::Quit => Fate::Waits,
    }
}

/// Tells of snapshots that are of no model, or removes them; where they are faults, as tests.
fn unreferenced(
    stale: &[PathBuf],
    (arguments, screen): (&Test, &Screen),
    count: &mut Count,
) -> Result<Option<Suite>, Refusal> {
    let mut names = Vec::new();
    for path in stale {
        let shown = legible(path);
        if arguments.accept {
            std::fs::remove_file(path)
                .map_err(|fault| Refusal::new(format!("cannot remove {shown}: {fault}")))?;
            screen.print(&format!("removed {shown}, which is of no model\n"))?;
        } else {
            screen.print(&format!("stale   {shown} is of no model; --accept removes it\n"))?;
            count.failed += usize::from(arguments.ci);
            names.extend(arguments.ci.then_some(shown));
        }
    }
    Ok((!names.is_empty()).then(|| Suite::stale(&names)))
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
    if count.rejected > 0 {
        out.push_str(&format!("; {} rejected", count.rejected));
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
    let claims = solutions.iter().map(|one| one.as_ref().map(|solution| solution.claims.clone())).collect();
    let solved: Option<Vec<(&Compilation, &Solution)>> =
        states.iter().zip(&solutions).map(|(state, solution)| Some((state, solution.as_ref()?))).collect();
    let asks = |solved: &Vec<(&Compilation, &Solution)>| {
        solved.iter().any(|(_, solution)| !solution.findings.is_empty())
    };
    let standing = match solved.filter(asks) {
        Some(solved) => standing(model, snapshot::taken(model, &solved))?,
        None => Standing::None,
    };
    Ok(Tested { model: model.to_path_buf(), states, claims, standing })
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

impl Standing {
    /// Whether somebody has to say whether the report is right.
    const fn is_open(&self) -> bool {
        matches!(self, Self::New(_) | Self::Differs(..))
    }
}

/// Shows what is at fault with all models, in one go: a machine reads one document. What each state has to say.
fn shown(tested: &[&Tested], (arguments, screen): (&Test, &Screen)) -> Vec<Vec<Vec<Diagnostic>>> {
    let found: Vec<Vec<Vec<Diagnostic>>> = tested.iter().map(|one| reports(&one.states)).collect();
    let states = tested.iter().flat_map(|one| &one.states).zip(found.iter().flatten());
    let all = states.map(|(state, diagnostics)| Told { sources: &state.sources, diagnostics });
    screen.error(&screen.told(&all.collect::<Vec<_>>(), arguments.messages.message_format));
    found
}

/// Tells what the test of a model came to, and keeps what is to be kept. What came of its report.
fn told(
    one: &Tested,
    (arguments, screen, at_fault): (&Test, &Screen, bool),
    fate: Fate,
    count: &mut Count,
) -> Result<Verdict, Refusal> {
    let path = snapshot::path_of(&one.model);
    let (report, verdict) = match &one.standing {
        Standing::Same => ("report as it was", Verdict::Passed),
        Standing::None if at_fault => ("no report", Verdict::NotRun(cases::AT_FAULT)),
        Standing::None => ("no analysis", Verdict::Absent),
        Standing::New(taken) | Standing::Differs(_, taken) if fate == Fate::Kept => {
            keep(&path, taken)?;
            count.accepted += 1;
            ("report accepted", Verdict::Passed)
        }
        open => {
            let (report, why) = failing(open);
            let report = if fate == Fate::Rejected { "report rejected" } else { report };
            settle_open(&path, open, (arguments, fate), count)?;
            (report, Verdict::Failed { message: report.to_owned(), text: why })
        }
    };
    let settled = !matches!(verdict, Verdict::Failed { .. });
    if settled && !arguments.ci && !at_fault {
        // What waited to be accepted waits no more.
        drop(std::fs::remove_file(snapshot::pending(&path)));
    }
    let failed = at_fault || !settled;
    *(if failed { &mut count.failed } else { &mut count.passed }) += 1;
    let word = if failed { "FAILED" } else { "ok" };
    let why = match (&verdict, arguments.review) {
        // A snapshot comes from elsewhere.
        (Verdict::Failed { text, .. }, false) => {
            text.replace(|letter: char| letter != '\n' && letter.is_control(), "\u{fffd}")
        }
        // Who was asked has seen it.
        _ => String::new(),
    };
    let shown = legible(&one.model);
    screen.print(&format!("{word:<7} {shown}: {}, {report}\n{why}", expectations(one)))?;
    Ok(verdict)
}

/// What is wrong with a report that is new or differs.
fn failing(standing: &Standing) -> (&'static str, String) {
    match standing {
        Standing::Differs(kept, taken) => {
            let (kept, taken) = (snapshot::contents(kept), snapshot::contents(taken));
            ("report changed", snapshot::difference(kept, taken, snapshot::MOST_LINES))
        }
        _ => ("report without a snapshot", String::new()),
    }
}

/// Lets a report wait that is not taken for right yet, or forgets it.
fn settle_open(
    path: &Path,
    standing: &Standing,
    (arguments, fate): (&Test, Fate),
    count: &mut Count,
) -> Result<(), Refusal> {
    match standing {
        _ if fate == Fate::Rejected => {
            count.rejected += 1;
            drop(std::fs::remove_file(snapshot::pending(path)));
            Ok(())
        }
        Standing::New(taken) | Standing::Differs(_, taken) => wait(path, taken, (arguments, count)),
        Standing::Same | Standing::None => Ok(()),
    }
}

/// How many expectations of a model there are, and how many fail.
fn expectations(one: &Tested) -> String {
    let claims = one.claims.iter().flatten().flatten();
    let (held, all) =
        claims.fold((0, 0), |(held, all), claim| (held + usize::from(claim.holds == Some(true)), all + 1));
    match (held, all) {
        (_, 0) => "no expectations".to_owned(),
        (held, all) if held == all => format!("{all} expectation{}", if all == 1 { "" } else { "s" }),
        (held, all) => format!("{} of {all} expectations fail", all - held),
    }
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
