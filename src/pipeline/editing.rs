//! A model as an editor holds it: the trees of its files, every state of it, and what solving found.

use std::path::PathBuf;
use std::sync::Arc;

use super::bring::Read;
use super::scenarios::{made, reports_with};
use super::{Compilation, Options, Solution};
use crate::diagnostic::Diagnostic;
use crate::report::Report;
use crate::resolve::{self, Remembered};
use crate::source::{FileId, Files, SourceFile, Sources, Span};
use crate::stop::Stop;
use crate::syntax::Earlier;
use crate::syntax::ast::Ast;

/// A model, compiled with all its scenarios.
#[derive(Debug)]
pub struct Opened {
    /// The model, then each scenario.
    pub states: Vec<Compilation>,
    /// Where a scenario names what it changes, sets or removes, and where that is declared.
    pub named: Vec<(Span, Span)>,
    /// The faults of spelling of each file.
    spelling: Vec<(FileId, Vec<Diagnostic>)>,
    stop: Stop,
}

/// What solving all analyses of all states found.
#[derive(Debug)]
pub struct Solved {
    /// By state; nothing where one has errors.
    pub reports: Vec<Option<Report>>,
    found: Vec<Vec<Diagnostic>>,
}

impl Opened {
    /// Compiles a file and all that it uses, after what they were `before`, with each scenario laid over it.
    #[must_use]
    pub fn new(
        main: (PathBuf, SourceFile),
        options: Options,
        (files, before): (&dyn Files, Remembered),
    ) -> Self {
        let stop = options.stop.clone();
        let mut read = Read::after(main, options, (files, before));
        read.loaded.indexed = true;
        let mut all = resolve::scenarios(&read.loaded.trees, &read.sources);
        if all.len() > resolve::MOST_SCENARIOS {
            // That there are more is an error of the model.
            all.clear();
        }
        let (spelling, mut named) = (std::mem::take(&mut read.spelling), Vec::new());
        let states = made(read, (all, true), &mut named);
        Self { states, named, spelling, stop }
    }

    /// Its files as they are here, for when they are read again. Their trees are taken out of it, unless somebody else
    /// still looks at them.
    #[must_use]
    pub fn remembered(this: &mut Arc<Self>) -> Remembered {
        let trees = match Arc::get_mut(this) {
            Some(own) => std::mem::take(&mut own.states[0].trees),
            None => this.trees().to_vec(),
        };
        let earlier = |tree: Ast| {
            let (_, faults) = this.spelling.iter().find(|(known, _)| *known == tree.file)?;
            let (source, faults) = (this.sources().shared(tree.file), faults.clone());
            Some((source.path.clone(), Earlier { source, tree, faults }))
        };
        trees.into_iter().filter_map(earlier).collect()
    }

    /// What only the graph can show of each state: to be kept with [`Opened::examined`].
    #[must_use]
    pub fn examine(&self) -> Vec<Vec<Diagnostic>> {
        self.states.iter().map(Compilation::examined).collect()
    }

    /// The same model, with what the graph shows.
    #[must_use]
    pub fn examined(mut self, found: Vec<Vec<Diagnostic>>) -> Self {
        for (state, mut found) in self.states.iter_mut().zip(found) {
            state.diagnostics.append(&mut found);
        }
        self
    }

    /// The files of all states.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.states[0].sources
    }

    /// The trees of its files, in declaration order.
    #[must_use]
    pub fn trees(&self) -> &[Ast] {
        &self.states[0].trees
    }

    #[must_use]
    pub fn tree(&self, file: FileId) -> Option<&Ast> {
        self.trees().iter().find(|tree| tree.file == file)
    }

    /// The model without any scenario.
    #[must_use]
    pub fn base(&self) -> &Compilation {
        &self.states[0]
    }

    /// Asks a search in it to stop.
    pub fn stop(&self) {
        self.stop.ask();
    }

    /// Everything that is to be said of it, each once: see [`super::reports`].
    #[must_use]
    pub fn diagnostics(&self, solved: Option<&Solved>) -> Vec<Diagnostic> {
        let found = solved.map_or(&[][..], |solved| &solved.found);
        reports_with(&self.states, found).into_iter().flatten().collect()
    }

    /// Solves all analyses of all states; nothing where somebody asked to stop.
    #[must_use]
    pub fn solve(&self) -> Option<Solved> {
        let (mut reports, mut all_found) = (Vec::new(), Vec::new());
        for state in &self.states {
            let (solution, found) = state.solved(&[]);
            if self.stop.is_asked() {
                return None;
            }
            let written = |solution: &Solution| state.written(solution, &[]);
            reports.push(solution.as_ref().map(written));
            all_found.push(found);
        }
        Some(Solved { reports, found: all_found })
    }
}
