//! A model and its scenarios, compiled from the same files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::bring::Read;
use super::memory::{self, Beside};
use super::{Compilation, Options};
use crate::diagnostic::Diagnostic;
use crate::resolve::{self, Change, Loaded, Named};
use crate::source::{Files, SourceFile, Span};

/// Which states of a model are compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum States {
    /// The model as it is declared, without any scenario.
    Base,
    /// The model, then each scenario.
    All,
    /// The model, then these scenarios, in this order.
    Beside(Vec<String>),
    /// These scenarios, in this order.
    Scenarios(Vec<String>),
}

/// A scenario that a model does not have, and those that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub name: String,
    pub known: Vec<String>,
}

/// A scenario that is laid over a model.
#[derive(Clone, Debug)]
pub struct Laid {
    pub scenario: Named,
    changes: Vec<Change>,
}

impl Laid {
    /// Whether a diagnostic is about what the scenario itself says.
    pub(super) fn says(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.labels.iter().any(|label| self.scenario.item.contains(label.span))
    }

    /// The diagnostic, with the other half of what it is about: the declaration that the scenario changes, or what the
    /// scenario says of it; else, the scenario.
    pub(super) fn placed(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        let spans: Vec<Span> = diagnostic.labels.iter().map(|label| label.span).collect();
        let touches = |place: Span| spans.iter().any(|span| place.contains(*span));
        for change in &self.changes {
            match (touches(change.base), touches(change.said)) {
                (true, false) => diagnostic = diagnostic.label(change.said, "changed here"),
                (false, true) => {
                    diagnostic = diagnostic.label(change.name, "what it changes is declared here")
                }
                _ => {}
            }
        }
        if diagnostic.labels.iter().any(|label| self.scenario.item.contains(label.span)) {
            return diagnostic;
        }
        let of = format!("in the scenario `{}`", self.scenario.name);
        diagnostic.label(self.scenario.span, of)
    }
}

/// What each of several states of a model has to say that those before it have not: see [`Compilation::report`].
#[must_use]
pub fn reports(states: &[Compilation]) -> Vec<Vec<Diagnostic>> {
    reports_with(states, &[])
}

/// The same, with what was found of each state besides.
pub(super) fn reports_with(states: &[Compilation], found: &[Vec<Diagnostic>]) -> Vec<Vec<Diagnostic>> {
    let mut said = BTreeSet::new();
    let report = |(place, state): (usize, &Compilation)| {
        let more = found.get(place).map_or(&[][..], Vec::as_slice);
        let kept = state.kept(more).into_iter().filter(|one| said.insert(format!("{one:?}")));
        let kept = kept.collect();
        state.placed(kept)
    };
    states.iter().enumerate().map(report).collect()
}

/// Compiles a file and all that it uses, with scenarios laid over it.
///
/// # Errors
/// A scenario that the model does not have.
pub fn compile_each(
    main: (PathBuf, SourceFile),
    (options, states): (Options, &States),
    files: &dyn Files,
) -> Result<Vec<Compilation>, Unknown> {
    let read = Read::new(main, options, files);
    let all = resolve::scenarios(&read.loaded.trees, &read.sources);
    let wanted: Vec<Named> = match states {
        States::Base => Vec::new(),
        // That there are more is an error of the model.
        States::All if all.len() > resolve::MOST_SCENARIOS => Vec::new(),
        States::All => all,
        States::Scenarios(names) | States::Beside(names) => {
            let find = |name: &String| {
                let found = all.iter().find(|one| one.name == *name).cloned();
                let known = || all.iter().map(|one| one.name.clone()).collect();
                found.ok_or_else(|| Unknown { name: name.clone(), known: known() })
            };
            names.iter().map(find).collect::<Result<_, _>>()?
        }
    };
    Ok(made(read, (wanted, !matches!(states, States::Scenarios(_))), &mut Vec::new()))
}

/// What is made of files: the model, if it is asked for, then these scenarios of it. `named`: where they name what they
/// change, set or remove, and where that is declared.
pub(super) fn made(
    read: Read,
    (wanted, with_base): (Vec<Named>, bool),
    named: &mut Vec<(Span, Span)>,
) -> Vec<Compilation> {
    let others = (wanted.len() + usize::from(with_base)).saturating_sub(1);
    let (mut beside, mut too_many) = (Beside::default(), None);
    let lay = |scenario: Named| {
        let (mut loaded, found) = match too_many {
            Some(_) => (Loaded::default(), Vec::new()),
            None => resolve::overlaid(&read.loaded, &read.sources, &scenario.name),
        };
        named.append(&mut loaded.overlay.named);
        let changes = std::mem::take(&mut loaded.overlay.changes);
        let state = read.compiled((loaded, too_many.clone()), Some(Laid { scenario, changes }), found);
        if beside.states == 0 {
            // What the first one weighs tells what all of them do.
            too_many = read.too_many(Beside::of(others, &state.checked.model));
        }
        beside = beside.and(&state.checked.model);
        state
    };
    let mut compiled: Vec<Compilation> = wanted.into_iter().map(lay).collect();
    if with_base {
        let state = read.base(too_many.clone());
        beside = beside.and(&state.checked.model);
        compiled.insert(0, state);
    }
    for state in &mut compiled {
        if let Some(too_many) = &too_many {
            state.diagnostics = vec![too_many.clone()];
        }
        state.beside = beside.without(&state.checked.model);
    }
    compiled
}

/// What there is of a model whose main file alone would need more memory than is allowed: why it is not read.
///
/// Errors: L0730.
#[must_use]
pub fn unread(path: &Path, files: &dyn Files, options: &Options) -> Option<Compilation> {
    let shown = crate::source::shown(path);
    let refused = memory::unread(options.memory, (&shown, files.size(path)?))?;
    Some(Read::nothing((path, shown), options.clone(), refused).base(None))
}
