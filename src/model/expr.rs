//! Resolved expressions.

use super::{AnalysisId, FlowId, ParticipantId, Property, Total, ValueId};
use crate::exact::Rational;
use crate::source::Span;

/// An expression whose names are ids.
///
/// Invariant: nests at most 256 levels; rows of like operators are one level.
#[derive(Debug)]
pub struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

#[derive(Debug)]
pub enum ExprKind {
    /// A fault that has been reported; it is nobody's fault any more.
    Unknown,
    Number(Rational),
    Value(ValueId),
    /// The amount of the flow whose attribute this is.
    Amount,
    /// A column of the import whose value this is, by its place in [`super::Import::columns`]: a bare number.
    Column(u32),
    /// A number or parenthesis that counts a unit.
    Counted(Box<Expr>, ValueId, Span),
    Negative(Box<Expr>),
    /// Terms, each with whether it is taken away.
    Sum(Vec<(bool, Expr)>),
    /// Factors, each with whether it divides.
    Product(Vec<(bool, Expr)>),
    Power(Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// What an objective counts.
    Total(Total),
    /// What a claim asks of an analysis.
    Property(AnalysisId, Property),
    /// `f in a`: all of these flows are on the best loop.
    FlowsIn(Vec<FlowId>, AnalysisId),
    /// `p in a`: one of these participants is on the best loop (a company, or its desks).
    ParticipantIn(ParticipantId, AnalysisId),
    Not(Box<Expr>),
    Comparison(Box<Expr>, Vec<(Comparison, Expr)>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
}

impl Expr {
    /// Shows the expressions that it is made of, from left to right.
    pub fn parts<'e>(&'e self, see: &mut dyn FnMut(&'e Self)) {
        match &self.kind {
            ExprKind::Counted(inner, ..) | ExprKind::Negative(inner) | ExprKind::Not(inner) => see(inner),
            ExprKind::Sum(parts) | ExprKind::Product(parts) => parts.iter().for_each(|(_, part)| see(part)),
            ExprKind::Power(base, exponent) => {
                see(base);
                see(exponent);
            }
            ExprKind::Call(_, parts) | ExprKind::And(parts) | ExprKind::Or(parts) => {
                parts.iter().for_each(see);
            }
            ExprKind::Comparison(first, rest) => {
                see(first);
                rest.iter().for_each(|(_, side)| see(side));
            }
            ExprKind::Unknown
            | ExprKind::Number(_)
            | ExprKind::Value(_)
            | ExprKind::Amount
            | ExprKind::Column(_)
            | ExprKind::Total(_)
            | ExprKind::Property(..)
            | ExprKind::FlowsIn(..)
            | ExprKind::ParticipantIn(..) => {}
        }
    }

    /// Shows every expression in it, itself first, from left to right.
    pub fn visit<'e>(&'e self, see: &mut dyn FnMut(&'e Self)) {
        see(self);
        self.parts(&mut |part| part.visit(see));
    }
}

/// The built-in functions (language §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
    Round,
    Annuity,
}

impl Function {
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "min" => Self::Min,
            "max" => Self::Max,
            "abs" => Self::Abs,
            "floor" => Self::Floor,
            "ceil" => Self::Ceil,
            "round" => Self::Round,
            "annuity" => Self::Annuity,
            _ => return None,
        })
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Abs => "abs",
            Self::Floor => "floor",
            Self::Ceil => "ceil",
            Self::Round => "round",
            Self::Annuity => "annuity",
        }
    }

    /// How it is called, for help.
    #[must_use]
    pub const fn usage(self) -> &'static str {
        match self {
            Self::Min => "min(a, b, …)",
            Self::Max => "max(a, b, …)",
            Self::Abs => "abs(x)",
            Self::Floor => "floor(x, step)",
            Self::Ceil => "ceil(x, step)",
            Self::Round => "round(x, step)",
            Self::Annuity => "annuity(rate, periods)",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    AtMost,
    AtLeast,
    Equal,
    Unequal,
    Below,
    Above,
}

impl Comparison {
    #[must_use]
    pub fn holds(self, left: &Rational, right: &Rational) -> bool {
        match self {
            Self::AtMost => left <= right,
            Self::AtLeast => left >= right,
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Below => left < right,
            Self::Above => left > right,
        }
    }
}
