//! Flows, and what they share with participants.

use std::borrow::Cow;
use std::fmt::{Display, Formatter};

use super::{ChainId, Declared, Expr, FlowId, MeasureId, MediumId, ParticipantId, Row, TagId};
use crate::source::Span;

/// A flow that stands in the source.
#[derive(Debug)]
pub struct DeclaredFlow {
    /// Invariant: a chain's hop is called `chain.n`.
    pub declared: Declared,
    /// The whole declaration, of the whole chain for a hop.
    pub item: Span,
    pub doc: Option<String>,
    pub medium: MediumId,
    pub tail: ParticipantId,
    pub head: ParticipantId,
    pub via: Vec<ParticipantId>,
    pub given: Vec<Given>,
    pub payer: Option<ParticipantId>,
    pub earner: Option<ParticipantId>,
    pub rest: Option<Yield>,
    pub rides: Option<Rides>,
    pub tags: Vec<TagId>,
    /// Where `integral: yes` stands: whole turns only.
    pub integral: Option<Span>,
    pub chain: Option<ChainId>,
}

/// A flow as it is looked at, whether it stands in the source or in a table.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'m> {
    pub name: Name<'m>,
    pub label: Option<&'m str>,
    /// Where its name stands, or its row.
    pub span: Option<Span>,
    /// The whole declaration, of the whole chain for a hop.
    pub item: Span,
    pub doc: Option<&'m str>,
    pub medium: MediumId,
    pub tail: ParticipantId,
    pub head: ParticipantId,
    pub via: &'m [ParticipantId],
    /// Shared by all rows of an import.
    pub given: &'m [Given],
    pub payer: Option<ParticipantId>,
    pub earner: Option<ParticipantId>,
    pub rest: Option<&'m Yield>,
    pub rides: Option<&'m Rides>,
    pub tags: &'m [TagId],
    /// Where `integral: yes` stands: whole turns only.
    pub integral: Option<Span>,
    pub chain: Option<ChainId>,
    /// Where it comes from a table.
    pub row: Option<Row>,
}

impl<'m> Flow<'m> {
    pub(super) fn of(flow: &'m DeclaredFlow) -> Self {
        Self {
            name: Name::Own(&flow.declared.name),
            label: flow.declared.label.as_deref(),
            span: flow.declared.span,
            item: flow.item,
            doc: flow.doc.as_deref(),
            medium: flow.medium,
            tail: flow.tail,
            head: flow.head,
            via: &flow.via,
            given: &flow.given,
            payer: flow.payer,
            earner: flow.earner,
            rest: flow.rest.as_ref(),
            rides: flow.rides.as_ref(),
            tags: &flow.tags,
            integral: flow.integral,
            chain: flow.chain,
            row: None,
        }
    }

    #[must_use]
    pub fn given(&self, numeric: Numeric) -> Option<&'m Given> {
        self.given.iter().find(|given| given.numeric == numeric)
    }
}

/// What a flow is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'m> {
    Own(&'m str),
    /// By its table and the line of its row.
    Line(&'m str, u32),
}

impl<'m> Name<'m> {
    /// The name as a text.
    #[must_use]
    pub fn text(self) -> Cow<'m, str> {
        match self {
            Self::Own(name) => Cow::Borrowed(name),
            Self::Line(..) => Cow::Owned(self.to_string()),
        }
    }
}

impl Display for Name<'_> {
    fn fmt(&self, to: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(name) => to.write_str(name),
            Self::Line(stem, line) => write!(to, "{stem}:{line}"),
        }
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
