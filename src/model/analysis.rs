//! Analyses and claims.

use super::{AnalysisId, Declared, Expr, FlowId, MeasureId, MediumId, ParticipantId, TagId};
use crate::source::Span;

#[derive(Debug)]
pub struct Analysis {
    pub declared: Declared,
    pub item: Span,
    pub kind: AnalysisKind,
    pub over: Vec<Selector>,
    pub only: Vec<Subject>,
    pub avoid: Vec<Subject>,
    /// What a loop or path must pass.
    pub through: Vec<Subject>,
    /// How many flows it may have.
    pub length: Option<Length>,
    /// `for: participant`
    pub whose: Option<ParticipantId>,
    pub objective: Option<Objective>,
    /// `top: k`
    pub top: Option<Expr>,
    /// `period: year`
    pub period: Option<Expr>,
    pub requirements: Vec<Requirement>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnalysisKind {
    Loop,
    Path { from: ParticipantId, to: ParticipantId },
    Closure,
    Plan,
}

impl AnalysisKind {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Path { .. } => "path",
            Self::Closure => "closure",
            Self::Plan => "plan",
        }
    }
}

/// A medium or a tag of `over`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    Medium(MediumId),
    Tag(TagId),
}

/// A participant or flows of `only`, `avoid` and `through`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub kind: SubjectKind,
    pub span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectKind {
    Participant(ParticipantId),
    /// One flow, or all hops of a chain.
    Flows(Vec<FlowId>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Maximize,
    Minimize,
}

impl Sense {
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Maximize => "maximize",
            Self::Minimize => "minimize",
        }
    }
}

#[derive(Debug)]
pub struct Objective {
    pub sense: Sense,
    pub value: Expr,
    pub key: Span,
}

/// `length: 3`, `length: 2 .. 6`
#[derive(Debug)]
pub struct Length {
    pub low: Expr,
    /// Nothing where one number is given.
    pub high: Option<Expr>,
    pub span: Span,
}

/// `require: cost <= 60M CNY/year`
#[derive(Debug)]
pub struct Requirement {
    pub condition: Expr,
    pub key: Span,
}

/// What an objective adds up over the flows it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    pub what: What,
    pub whose: Whose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Cost,
    Revenue,
    /// Revenue less cost.
    Profit,
    Measure(MeasureId),
    /// Turns; plans only.
    Volume,
    /// Amount times the turns that arrive; plans only.
    Moved,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Model,
    /// With its desks.
    Participant(ParticipantId),
    Flows(Vec<FlowId>),
    /// The flows with a tag.
    Tag(TagId),
}

/// What a claim may ask of an analysis (language §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    Value,
    Ratio,
    Cost,
    Revenue,
    Profit,
    ProfitOf(ParticipantId),
    /// The turns of a flow in a plan.
    VolumeOf(FlowId),
    Length,
    Closed,
    Proved,
}

/// `expect condition`
#[derive(Debug)]
pub struct Claim {
    pub condition: Expr,
    pub item: Span,
    /// The analyses it speaks of, each once, in order.
    pub about: Vec<AnalysisId>,
}
