//! One round: models that are solved anew, with what each was made of.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use super::Event;
use super::inputs::{Inputs, Recording, named, watchable};
use crate::cli::Refusal;
use crate::cli::arguments::Watch;
use crate::cli::find::{folders_below, gather};
use crate::cli::members::watched;
use crate::cli::output::{near, unknown_scenario};
use crate::cli::project::{Flags, Showing};
use crate::cli::solve::known;
use crate::pipeline::{Compilation, Options, States, compile_each};
use crate::project::{self, Manifest};
use crate::report::Report;
use crate::source::{Files as _, SourceFile};
use crate::stop::Stop;

/// What a main thread has, too: expressions nest deep.
const STACK_BYTES: usize = 8 << 20;

/// What is asked, and of which files.
#[derive(Clone)]
pub(super) struct Asked {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    flags: Flags<'static>,
    states: States,
    analyses: Vec<String>,
}

/// What a model came to.
pub(super) struct Round {
    pub model: PathBuf,
    pub inputs: Inputs,
    pub solved: Result<Solved, String>,
}

pub(super) struct Solved {
    pub states: Vec<Compilation>,
    /// Those of all states; nothing where one has none.
    pub reports: Option<Vec<Report>>,
    /// Expectations that hold, and all.
    pub claims: (usize, usize),
}

impl Asked {
    /// Errors: a lint that is given two levels; what is wrong with the project file that names the members.
    pub fn of(arguments: &Watch, showing: Showing<'_>) -> Result<Self, Refusal> {
        // What is named once stays what it was: it may go away and come again.
        let paths = watched(&arguments.paths, showing)?;
        let (folders, files) = paths.into_iter().partition(|path| path.is_dir());
        let flags = Flags::new(&arguments.files, &Stop::default()).with_levels(&arguments.messages)?;
        let flags = flags.with_solver(&arguments.solver).with_settings(&arguments.settings.settings);
        Ok(Self {
            files,
            folders,
            flags: flags.owned(),
            states: arguments.scenarios.states(),
            analyses: arguments.analysis.clone(),
        })
    }

    /// The models: those that are named, be they there or not, then those below folders.
    pub fn models(&self) -> Vec<PathBuf> {
        let (mut models, mut known) = (Vec::new(), BTreeSet::new());
        let mut found = Vec::new();
        for folder in &self.folders {
            // What cannot be listed, or went away meanwhile, has no models.
            drop(gather(folder, &mut found));
        }
        found.sort();
        for path in self.files.iter().chain(&found).map(|path| near(path)) {
            if known.insert(path.clone()) {
                models.push(path);
            }
        }
        models
    }

    /// The folders that are named, be they there or not, as the system tells of them.
    pub fn roots(&self) -> Vec<PathBuf> {
        self.folders.iter().map(|folder| folder.canonicalize().unwrap_or_else(|_| named(folder))).collect()
    }

    /// Where models may appear.
    pub fn folders(&self) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> =
            self.files.iter().chain(&self.folders).filter_map(|path| watchable(path)).collect();
        for root in self.roots().into_iter().filter(|root| root.is_dir()) {
            drop(folders_below(&root, &mut found));
            found.push(root);
        }
        found
    }

    fn round(&self, model: PathBuf, stop: &Stop) -> Round {
        let files = Recording::default();
        let solved = self.solved(&model, &files, stop).map_err(|refusal| refusal.why().to_owned());
        Round { model, inputs: files.inputs(), solved }
    }

    fn solved(&self, model: &Path, files: &Recording, stop: &Stop) -> Result<Solved, Refusal> {
        let refused = |fault| Refusal::new(format!("cannot be read: {fault}"));
        if !files.is_plain(model) && model.exists() {
            files.looked_at(model);
            return Err(Refusal::new("it is no regular file"));
        }
        let bytes = files.read(model).map_err(refused)?;
        let main = SourceFile::from_bytes(crate::source::shown(model), bytes);
        let options = Options { stop: stop.clone(), ..self.flags.options(&said(model, files)?) };
        let states = compile_each((model.to_path_buf(), main), (options, &self.states), files);
        let mut states = states.map_err(|unknown| unknown_scenario(&unknown))?;
        let whole: Vec<&Compilation> = states.iter().filter(|state| !state.has_errors()).collect();
        for name in &self.analyses {
            whole.iter().try_for_each(|state| known(state, name))?;
        }
        let (mut reports, mut claims) = (Some(Vec::new()), (0, 0));
        for state in &mut states {
            let report = self.reported(state, &mut claims);
            reports = reports.zip(report).map(|(mut reports, report)| {
                reports.push(report);
                reports
            });
        }
        Ok(Solved { states, reports, claims })
    }

    /// The report of a state that has one.
    fn reported(&self, state: &mut Compilation, claims: &mut (usize, usize)) -> Option<Report> {
        let solution = state.solve(&self.analyses)?;
        claims.0 += solution.claims.iter().filter(|claim| claim.holds == Some(true)).count();
        claims.1 += solution.claims.len();
        let refused = state.unwritable(&solution);
        let fits = refused.is_none();
        state.diagnostics.extend(refused);
        fits.then(|| state.written(&solution, &[]))
    }
}

/// What the project of a model says.
fn said(model: &Path, files: &Recording) -> Result<Manifest, Refusal> {
    let Some(path) = project::of_model(model, files) else { return Ok(Manifest::default()) };
    let shown = crate::source::shown(&near(&path));
    let read = project::read(&path, shown.clone(), files);
    match read.faults.first() {
        Some(fault) => Err(Refusal::new(format!("{shown}: {}", fault.message))),
        None => Ok(read.manifest),
    }
}

/// Solves models on a thread of their own; what was not done when somebody asked to stop is left out.
pub(super) fn begin(
    models: Vec<PathBuf>,
    asked: Asked,
    stop: Stop,
    sender: Sender<Event>,
) -> Result<(), Refusal> {
    let all = move || {
        let mut rounds = Vec::new();
        for model in models {
            let round = asked.round(model, &stop);
            if stop.is_asked() {
                break;
            }
            rounds.push(round);
        }
        rounds
    };
    let work = move || {
        // Who does not listen any more has ended.
        drop(sender.send(Event::Done(catch_unwind(AssertUnwindSafe(all)))));
    };
    let begun = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(work);
    begun.map(drop).map_err(|fault| Refusal::new(format!("cannot begin to solve: {fault}")))
}
