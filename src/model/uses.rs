//! Where names stand and what each means: for editors, which go from one to the other.

use super::{AnalysisId, ChainId, FlowId, MediumId, Model, ParticipantId, RoleId, TagId, ValueId};
use crate::source::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Value(ValueId),
    Participant(ParticipantId),
    Flow(FlowId),
    Chain(ChainId),
    Analysis(AnalysisId),
    /// By its place among the scenarios.
    Scenario(u32),
    Medium(MediumId),
    Role(RoleId),
    Tag(TagId),
}

/// A place in the source where a name is used, other than where it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub span: Span,
    pub symbol: Symbol,
}

impl Model {
    /// Where the name of a symbol is declared; nowhere for what is built in.
    #[must_use]
    pub fn declared_at(&self, symbol: Symbol) -> Option<Span> {
        match symbol {
            Symbol::Value(id) => self.value(id).declared.span,
            Symbol::Participant(id) => self.participant(id).span,
            Symbol::Flow(id) => self.flow(id).span,
            Symbol::Chain(id) => self.chains.get(id.index())?.declared.span,
            Symbol::Analysis(id) => self.analysis(id).declared.span,
            Symbol::Scenario(place) => self.scenarios.get(place as usize)?.span,
            Symbol::Medium(id) => self.media.get(id.index())?.span,
            Symbol::Role(id) => self.roles.get(id.index())?.span,
            Symbol::Tag(id) => self.tags.get(id.index())?.span,
        }
    }
}
