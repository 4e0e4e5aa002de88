//! What solving found of a model: of its texts as they are, or as they were before they changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::view::Model;
use crate::analysis::Decided;
use crate::pipeline::{Compilation, Solved};
use crate::report::{AnalysisReport, Report};

/// Of which texts something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// As they are now.
    Now,
    /// As they were before they changed: they are not solved yet.
    Before,
    /// As they were before there were errors: while there are, nothing is solved.
    BeforeErrors,
}

impl Age {
    /// What is said beside a value that the texts, as they are, may not have; nothing of one that is proved of them.
    pub const fn words(self) -> Option<&'static str> {
        match self {
            Self::Now => None,
            Self::Before => Some("before the last change"),
            Self::BeforeErrors => Some("before the errors"),
        }
    }
}

/// A report on a state of a model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub report: &'a Report,
    pub age: Age,
    state: &'a Compilation,
}

impl<'a> Found<'a> {
    /// The reports on analyses that the model still has.
    pub fn analyses(self) -> impl Iterator<Item = &'a AnalysisReport> {
        let declared = &self.state.checked.model.analyses;
        let is_there = move |one: &&AnalysisReport| {
            self.age == Age::Now
                || declared
                    .iter()
                    .any(|known| known.declared.name == one.name && known.kind.word() == one.kind)
        };
        self.report.analyses.iter().filter(is_there)
    }

    /// What became of an expectation, by its words.
    pub fn claim(self, said: &str) -> Option<&'a Decided> {
        self.report.claims.iter().find(|one| one.text == said)
    }

    /// What a part of any expectation came to, by its words: `trade.ratio`.
    pub fn part(self, said: &str) -> Option<&'a str> {
        let lines = self.report.claims.iter().flat_map(|claim| &claim.actual);
        lines.into_iter().find_map(|line| line.strip_prefix(said)?.strip_prefix(" = "))
    }
}

/// What was found of each state last, by its scenario; the model itself has none.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier {
    reports: BTreeMap<Option<String>, (Arc<Solved>, usize)>,
}

impl Earlier {
    fn of(&self, state: &Compilation) -> Option<&Report> {
        let (solved, place) = self.reports.get(&scenario(state))?;
        solved.reports.get(*place)?.as_ref()
    }
}

fn scenario(state: &Compilation) -> Option<String> {
    state.laid.as_ref().map(|laid| laid.scenario.name.clone())
}

impl Model {
    /// What is known of the state at a place among the model's.
    pub fn found(&self, place: usize) -> Option<Found<'_>> {
        let state = self.opened.states.get(place)?;
        let now = self.solved.as_ref().and_then(|solved| solved.reports.get(place)?.as_ref());
        if let Some(report) = now {
            return Some(Found { report, age: Age::Now, state });
        }
        let age = match (state.has_errors(), &self.solved) {
            (true, _) => Age::BeforeErrors,
            (false, None) => Age::Before,
            // It was solved, and nothing was found: so it is.
            (false, Some(_)) => return None,
        };
        Some(Found { report: self.earlier.of(state)?, age, state })
    }

    /// What is to be remembered of this model when it is another.
    pub fn to_remember(&self) -> Earlier {
        let Some(solved) = &self.solved else { return self.earlier.clone() };
        let states = &self.opened.states;
        // While the model itself has errors, scenarios that are not seen may only be out of sight.
        let is_whole = !self.opened.base().has_errors();
        let mut reports = self.earlier.reports.clone();
        reports.retain(|name, _| !is_whole || states.iter().any(|state| scenario(state) == *name));
        for (place, state) in states.iter().enumerate() {
            if solved.reports.get(place).is_some_and(Option::is_some) {
                reports.insert(scenario(state), (Arc::clone(solved), place));
            }
        }
        Earlier { reports }
    }
}
