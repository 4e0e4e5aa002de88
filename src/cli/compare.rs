//! `loopc compare`: a model beside its scenarios, or beside what it was.

use std::path::{Path, PathBuf};

use super::arguments::{Compare, CompareFormat, MessageArguments};
use super::interrupt::Watch;
use super::output::{Screen, read_source, too_large, unknown_scenario, write};
use super::progress::Line;
use super::project::{Flags, Showing, manifest};
use super::revision::{self, Revision};
use super::solve::{known, refuse_source};
use super::{Exit, Refusal};
use crate::diagnostic::Told;
use crate::pipeline::{Compilation, Solution, States, compile_each, reports};
use crate::report::compare::{self, Comparison, Form, StateReport};
use crate::source::{Disk, Files, SourceFile};
use crate::stop::Stop;

/// What is compared, as the command line says it.
enum Asked<'a> {
    Scenarios { model: &'a str, names: &'a [String] },
    Files { old: &'a str, new: &'a str },
}

/// What is compared, compiled.
struct Compared {
    form: Form,
    names: Vec<StateReport>,
    states: Vec<Compilation>,
}

pub(super) fn run(arguments: &Compare, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let line = Line::of(&stop, screen);
    let flags = Flags::new(&arguments.files, &stop).with_solver(&arguments.solver);
    let flags = flags.with_settings(&arguments.settings.settings);
    let showing = Showing { screen, format: arguments.message_format, as_result: false };
    let mut compared = compiled(&asked(arguments)?, &Means { flags: &flags, showing })?;
    for name in &arguments.analysis {
        known_to_any(&compared.states, name)?;
    }
    if let Some(output) = &arguments.output {
        compared.states.iter().try_for_each(|state| refuse_source(state, output))?;
    }
    let watch = Watch::over(&stop, &line);
    let solutions = solved(&mut compared.states, &arguments.analysis);
    drop(watch);
    drop(line);
    let Some(solutions) = solutions else {
        compared.explain((arguments, screen));
        return Ok(Exit::Model);
    };
    compared.warn((arguments, screen));
    let comparison = compared.told(&solutions);
    deliver(&comparison, (arguments, screen))?;
    let fails = stop.is_asked() || arguments.fail_on_change && comparison.differs();
    Ok(if fails { Exit::Model } else { Exit::Well })
}

/// The answers of all states, if all have some.
fn solved(states: &mut [Compilation], named: &[String]) -> Option<Vec<Solution>> {
    if states.iter().any(Compilation::has_errors) {
        return None;
    }
    let solve = |state: &mut Compilation| {
        let solution = state.solve(named)?;
        let refused = state.unwritable(&solution);
        let fits = refused.is_none();
        state.diagnostics.extend(refused);
        fits.then_some(solution)
    };
    states.iter_mut().map(solve).collect()
}

/// Refuses the name of an analysis that no state has.
fn known_to_any(states: &[Compilation], name: &str) -> Result<(), Refusal> {
    let whole = states.iter().filter(|state| !state.has_errors());
    let tried: Vec<Result<(), Refusal>> = whole.map(|state| known(state, name)).collect();
    if tried.iter().any(Result::is_ok) { Ok(()) } else { tried.into_iter().collect() }
}

impl Compared {
    fn told(&self, solutions: &[Solution]) -> Comparison {
        let states = self.names.iter().zip(&self.states).zip(solutions);
        let reports = states.map(|((name, state), solution)| (name.clone(), state.written(solution, &[])));
        compare::compare(self.form, reports.collect())
    }

    /// Shows what the states have to say beside their answers. Expectations that fail are told by the comparison.
    fn warn(&self, (arguments, screen): (&Compare, &Screen)) {
        let mut found = match self.form {
            Form::Scenarios => reports(&self.states),
            Form::Files => self.states.iter().map(Compilation::report).collect(),
        };
        found.iter_mut().for_each(|found| found.retain(|one| !one.is_error()));
        let told = self.states.iter().zip(&found);
        let told = told.map(|(state, diagnostics)| Told { sources: &state.sources, diagnostics });
        screen.error(&screen.told(&told.collect::<Vec<_>>(), arguments.message_format));
    }

    /// Shows what keeps the states from being compared.
    fn explain(&self, (arguments, screen): (&Compare, &Screen)) {
        let messages = MessageArguments::of(arguments.message_format);
        match self.form {
            Form::Scenarios => drop(screen.report_states(&self.states, &messages)),
            Form::Files => self.states.iter().for_each(|state| drop(screen.report(state, &messages))),
        }
    }
}

/// What is shown of errors and warnings.
/// Whether the words behind the first are scenarios or another file.
fn asked(arguments: &Compare) -> Result<Asked<'_>, Refusal> {
    let (model, others) = (arguments.model.as_str(), arguments.others.as_slice());
    let Some(file) = others.iter().find(|other| is_file(other) || revision::split(other).is_some()) else {
        return Ok(Asked::Scenarios { model, names: others });
    };
    if others.len() > 1 {
        let why = format!("{file} is a file: either two files are compared, or a model with its scenarios");
        return Err(Refusal::new(why));
    }
    if model == "-" && file == "-" {
        return Err(Refusal::new("standard input can be read once only"));
    }
    Ok(Asked::Files { old: model, new: file })
}

fn is_file(word: &str) -> bool {
    word == "-" || Path::new(word).is_file()
}

/// How models are compiled, each as its own project says.
struct Means<'a> {
    flags: &'a Flags<'a>,
    showing: Showing<'a>,
}

/// All states that are compared, compiled.
fn compiled(asked: &Asked<'_>, means: &Means<'_>) -> Result<Compared, Refusal> {
    match asked {
        Asked::Files { old, new } => {
            let (mut names, mut states) = (Vec::new(), Vec::new());
            for (name, spelled) in [("old", old), ("new", new)] {
                states.extend(compile(spelled, &States::Base, means)?);
                names.push(StateReport { name: name.to_owned(), label: None, source: (*spelled).to_owned() });
            }
            Ok(Compared { form: Form::Files, names, states })
        }
        Asked::Scenarios { model, names } => {
            let wanted = if names.is_empty() { States::All } else { States::Beside(names.to_vec()) };
            let states = compile(model, &wanted, means)?;
            if states.len() < 2 && !states.iter().any(Compilation::has_errors) {
                let why = "has no scenario: name another file or a revision to compare it with";
                return Err(Refusal::new(format!("{model} {why}")));
            }
            let name = |state: &Compilation| {
                let laid = state.laid.as_ref().map(|laid| &laid.scenario);
                let name = laid.map_or_else(|| "base".to_owned(), |scenario| scenario.name.clone());
                let label = laid.and_then(|scenario| scenario.label.clone());
                StateReport { name, label, source: (*model).to_owned() }
            };
            Ok(Compared { form: Form::Scenarios, names: states.iter().map(name).collect(), states })
        }
    }
}

/// A file, or what a revision has of it, in the states that are wanted.
fn compile(spelled: &str, wanted: &States, means: &Means<'_>) -> Result<Vec<Compilation>, Refusal> {
    let (files, main): (Box<dyn Files>, (PathBuf, SourceFile)) =
        if !is_file(spelled) && !Path::new(spelled).is_absolute() && revision::split(spelled).is_some() {
            let (revision, main) = Revision::open(spelled)?;
            (Box::new(revision), main)
        } else {
            let options = means.flags.options(&manifest(Path::new(spelled), &Disk, means.showing)?);
            if let Some(unread) = too_large(Path::new(spelled), &Disk, &options) {
                return Ok(vec![unread]);
            }
            (Box::new(Disk), read_source(Path::new(spelled))?)
        };
    let options = means.flags.options(&manifest(&main.0, &*files, means.showing)?);
    compile_each(main, (options, wanted), &*files).map_err(|unknown| unknown_scenario(&unknown))
}

/// Writes the comparison as it is asked for.
fn deliver(comparison: &Comparison, (arguments, screen): (&Compare, &Screen)) -> Result<(), Refusal> {
    let text = match arguments.format {
        CompareFormat::Text => compare::text(comparison, screen.paint(arguments.output.is_some())),
        CompareFormat::Markdown => compare::markdown(comparison),
        CompareFormat::Json => compare::json(comparison),
    };
    match &arguments.output {
        Some(path) => write(path, &text),
        None => screen.print(&text),
    }
}
