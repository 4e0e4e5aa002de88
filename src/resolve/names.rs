//! The namespaces: values in one, participants, flows and analyses in another, words by context beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use crate::model::{AnalysisId, ChainId, FlowId, MediumId, ParticipantId, RoleId, TagId, ValueId};
use crate::source::Span;

/// What a name of the second namespace stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Participant(ParticipantId),
    Flow(FlowId),
    Chain(ChainId),
    Analysis(AnalysisId),
    /// By its place among the scenarios.
    Scenario(u32),
    /// A flow of a table, before flows have their ids.
    Row(Span),
    /// A declaration that could not be read, or that a later version brings: its uses are no faults.
    Lost,
}

impl Thing {
    /// What a person would call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Participant(_) => "a participant",
            Self::Flow(_) | Self::Row(_) => "a flow",
            Self::Chain(_) => "a chain",
            Self::Analysis(_) => "an analysis",
            Self::Scenario(_) => "a scenario",
            Self::Lost => "a declaration with a fault",
        }
    }
}

/// Flows that are called by their table and line.
#[derive(Debug)]
pub(super) struct Unnamed {
    pub stem: String,
    /// The line of each, in order.
    pub lines: Vec<u32>,
    /// The first of them.
    pub first: FlowId,
}

impl Unnamed {
    fn named(&self, name: &str) -> Option<Thing> {
        let line = name.strip_prefix(self.stem.as_str())?.strip_prefix(':')?;
        // As it is written out, and in no other way.
        let line: u32 = line.parse().ok().filter(|number: &u32| number.to_string() == line)?;
        let place = self.lines.binary_search(&line).ok()?;
        Some(Thing::Flow(FlowId::at(self.first.index() + place)))
    }
}

#[derive(Debug, Default)]
pub(super) struct Names {
    pub values: BTreeMap<String, ValueId>,
    pub things: Index,
    pub media: BTreeMap<String, MediumId>,
    pub roles: BTreeMap<String, RoleId>,
    pub tags: BTreeMap<String, TagId>,
    /// Flows of tables whose rows have no names of their own.
    pub unnamed: Vec<Unnamed>,
    /// Names that malformed declarations seem to declare, of whatever kind.
    pub lost: BTreeSet<String>,
}

impl Names {
    pub fn thing(&self, name: &str) -> Option<Thing> {
        let declared = self.declared(name);
        declared.or_else(|| self.lost.contains(name).then_some(Thing::Lost))
    }

    /// The same, of names that are declared.
    pub fn declared(&self, name: &str) -> Option<Thing> {
        self.things.get(name).or_else(|| self.unnamed.iter().find_map(|rows| rows.named(name)))
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.values.len() + self.things.len() + self.media.len() + self.roles.len() + self.tags.len()
    }

    /// The names of things of one kind, for suggestions, in alphabetical order.
    pub fn like(&self, kind: impl Fn(Thing) -> bool) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.things.iter().filter(|(_, thing)| kind(*thing)).map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }
}
