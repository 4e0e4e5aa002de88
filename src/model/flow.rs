//! Participants and flows.

use std::sync::Arc;

use super::{ChainId, Declared, Expr, FlowId, MeasureId, MediumId, ParticipantId, RoleId, Row, TagId};
use crate::source::Span;

#[derive(Debug)]
pub struct Participant {
    pub declared: Declared,
    /// The whole declaration.
    pub item: Span,
    pub doc: Option<String>,
    pub role: RoleId,
    /// The participant whose desk this is.
    pub company: Option<ParticipantId>,
    /// Shared by all rows of an import.
    pub given: Arc<[Given]>,
    /// Where `source: unlimited` and `sink: unlimited` stand.
    pub unlimited: Vec<(Numeric, Span)>,
    /// Where it comes from a table.
    pub row: Option<Row>,
}

#[derive(Debug)]
pub struct Flow {
    /// Invariant: a chain's hop is called `chain.n`.
    pub declared: Declared,
    /// The whole declaration, of the whole chain for a hop.
    pub item: Span,
    pub doc: Option<String>,
    pub medium: MediumId,
    pub tail: ParticipantId,
    pub head: ParticipantId,
    pub via: Vec<ParticipantId>,
    /// Shared by all rows of an import.
    pub given: Arc<[Given]>,
    pub payer: Option<ParticipantId>,
    pub earner: Option<ParticipantId>,
    pub rest: Option<Box<Yield>>,
    pub rides: Option<Box<Rides>>,
    pub tags: Vec<TagId>,
    /// Where `integral: yes` stands: whole turns only.
    pub integral: Option<Span>,
    pub chain: Option<ChainId>,
    /// Where it comes from a table.
    pub row: Option<Row>,
}

impl Flow {
    #[must_use]
    pub fn given(&self, numeric: Numeric) -> Option<&Given> {
        self.given.iter().find(|given| given.numeric == numeric)
    }
}

/// A chain: its hops are flows of their own.
#[derive(Debug)]
pub struct Chain {
    pub declared: Declared,
    pub hops: Vec<FlowId>,
}

/// An attribute with a number.
#[derive(Debug)]
pub struct Given {
    pub numeric: Numeric,
    pub key: Span,
    pub value: Expr,
}

/// The attributes that take a number (language §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numeric {
    Amount,
    Cost,
    Revenue,
    Measure(MeasureId),
    Capacity,
    Minimum,
    Volume,
    Share,
    Fixed,
    Delivers,
    Source,
    Sink,
}

impl Numeric {
    /// The attribute's word; a measure's is its own name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Cost => "cost",
            Self::Revenue => "revenue",
            Self::Measure(_) => "measure",
            Self::Capacity => "capacity",
            Self::Minimum => "minimum",
            Self::Volume => "volume",
            Self::Share => "share",
            Self::Fixed => "fixed",
            Self::Delivers => "delivers",
            Self::Source => "source",
            Self::Sink => "sink",
        }
    }
}

/// `yield: 4% else p`
#[derive(Debug)]
pub struct Yield {
    pub share: Expr,
    pub otherwise: Option<ParticipantId>,
    pub key: Span,
    /// The attribute's whole value.
    pub span: Span,
}

/// `rides: checkout * 0.9`
#[derive(Debug)]
pub struct Rides {
    pub flow: FlowId,
    pub factor: Option<Expr>,
    pub key: Span,
    pub span: Span,
}
