//! The namespaces: values in one, participants, flows and analyses in another, words by context beside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AnalysisId, ChainId, FlowId, MediumId, ParticipantId, RoleId, TagId, ValueId};
use crate::source::Span;

/// What a name of the second namespace stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Participant(ParticipantId),
    Flow(FlowId),
    Chain(ChainId),
    Analysis(AnalysisId),
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
            Self::Lost => "a declaration with a fault",
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Names {
    pub values: BTreeMap<String, ValueId>,
    pub things: BTreeMap<String, Thing>,
    pub media: BTreeMap<String, MediumId>,
    pub roles: BTreeMap<String, RoleId>,
    pub tags: BTreeMap<String, TagId>,
    /// Names that malformed declarations seem to declare, of whatever kind.
    pub lost: BTreeSet<String>,
}

impl Names {
    pub fn thing(&self, name: &str) -> Option<Thing> {
        self.things.get(name).copied().or_else(|| self.lost.contains(name).then_some(Thing::Lost))
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.values.len() + self.things.len() + self.media.len() + self.roles.len() + self.tags.len()
    }

    /// The names of things of one kind, for suggestions, in alphabetical order.
    pub fn like(&self, kind: impl Fn(Thing) -> bool) -> impl Iterator<Item = &str> {
        self.things.iter().filter(move |(_, thing)| kind(**thing)).map(|(name, _)| name.as_str())
    }
}
