//! Operators: how tightly each binds, how people write it otherwise, and rows of like ones kept flat.

use super::ast::{Comparison, Expr, ExprKind};
use super::grammar::{Pair, Rule};
use crate::source::Span;

/// Operators, as the walker sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    In,
    Compare(Comparison),
    Plus,
    Minus,
    Times,
    Over,
    Power,
}

impl Operator {
    /// How tightly an operator binds; `not` binds between `and` and comparisons, a sign between `*` and `^`.
    pub const fn binding(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::In | Self::Compare(_) => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
            Self::Power => 8,
        }
    }
}

pub(super) const NOT_BINDS: u8 = 3;
pub(super) const SIGN_BINDS: u8 = 7;

/// How the language writes an operator that people write otherwise.
pub(super) fn spelling(found: &str) -> &'static str {
    match found {
        "≤" | "=<" => "<=",
        "≥" | "=>" => ">=",
        "≠" | "<>" => "!=",
        "=" => "==",
        "÷" | "／" => "/",
        "−" | "–" | "－" => "-",
        "＋" => "+",
        "**" => "^",
        "&&" => "and",
        "||" => "or",
        _ => "*",
    }
}

pub(super) fn operator(part: &Pair<'_>) -> Option<Operator> {
    if part.as_rule() == Rule::operator_in {
        return Some(Operator::In);
    }
    if part.as_rule() != Rule::infix {
        return None;
    }
    let written = match part.as_str().trim_end() {
        wrong if is_wrong(part) => spelling(wrong),
        right => right,
    };
    Some(match written {
        "or" => Operator::Or,
        "and" => Operator::And,
        "+" => Operator::Plus,
        "-" => Operator::Minus,
        "*" => Operator::Times,
        "/" => Operator::Over,
        "^" => Operator::Power,
        "<=" => Operator::Compare(Comparison::AtMost),
        ">=" => Operator::Compare(Comparison::AtLeast),
        "==" => Operator::Compare(Comparison::Equal),
        "!=" => Operator::Compare(Comparison::Unequal),
        "<" => Operator::Compare(Comparison::Below),
        ">" => Operator::Compare(Comparison::Above),
        other => unreachable!("infix: {other}"),
    })
}

fn is_wrong(infix: &Pair<'_>) -> bool {
    let inner = infix.clone().into_inner().next().map(|sign| sign.as_rule());
    matches!(inner, Some(Rule::wrong_comparison | Rule::wrong_operator))
}

/// `left operator right`, rows of like operators kept flat.
pub(super) fn joined(left: Expr, operator: Operator, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let kind = match (operator, left) {
        (Operator::Plus | Operator::Minus, left) => {
            let mut terms = match left.kind {
                // A parenthesis is a level of its own; only a row that began here goes on.
                ExprKind::Sum(terms) if !is_grouped(&terms, left.span) => terms,
                kind => vec![(false, Expr { span: left.span, kind })],
            };
            terms.push((operator == Operator::Minus, right));
            ExprKind::Sum(terms)
        }
        (Operator::Times | Operator::Over, left) => {
            let mut factors = match left.kind {
                ExprKind::Product(factors) if !is_grouped(&factors, left.span) => factors,
                kind => vec![(false, Expr { span: left.span, kind })],
            };
            factors.push((operator == Operator::Over, right));
            ExprKind::Product(factors)
        }
        (Operator::Power, left) => ExprKind::Power(Box::new(left), Box::new(right)),
        (Operator::Compare(comparison), Expr { kind: ExprKind::Comparison(first, mut rest), .. }) => {
            rest.push((comparison, right));
            ExprKind::Comparison(first, rest)
        }
        (Operator::Compare(comparison), left) => {
            ExprKind::Comparison(Box::new(left), vec![(comparison, right)])
        }
        (Operator::And, Expr { kind: ExprKind::And(mut terms), .. }) => {
            terms.push(right);
            ExprKind::And(terms)
        }
        (Operator::And, left) => ExprKind::And(vec![left, right]),
        (Operator::Or, Expr { kind: ExprKind::Or(mut terms), .. }) => {
            terms.push(right);
            ExprKind::Or(terms)
        }
        (Operator::Or, left) => ExprKind::Or(vec![left, right]),
        (Operator::In, left) => ExprKind::In(Box::new(left), Box::new(right)),
    };
    Expr { span, kind }
}

/// Whether a row was written in parentheses: then its span is wider than its parts.
fn is_grouped(parts: &[(bool, Expr)], span: Span) -> bool {
    parts.first().is_some_and(|(_, first)| first.span.start > span.start)
}
