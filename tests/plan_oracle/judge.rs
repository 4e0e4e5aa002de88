//! What the oracle says of a plan: the cases of semantics, each by a program of its own.

use loopc::exact::Rational;

use super::program::{Linear, Program};
use super::solve::{Constraint, Outcome, Relation, is_feasible, maximize};

/// Which of the plans with the best ratio is meant, by its denominator.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    Largest(Rational),
    Smallest(Rational),
    Any,
}

impl Scale {
    pub fn denominator(&self) -> Rational {
        match self {
            Self::Largest(denominator) | Self::Smallest(denominator) => denominator.clone(),
            Self::Any => Rational::ONE,
        }
    }
}

/// Units: values as stated, by the plan's period.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Infeasible,
    /// The objective grows without limit.
    Endless,
    /// A denominator that is negative, or zero where the numerator is positive.
    Refused,
    /// Every denominator is zero.
    Nothing,
    Best(Rational),
    Ratio(Rational, Scale),
    Approached(Rational),
}

/// `linear = right`.
pub fn equal(linear: &Linear, right: &Rational) -> Constraint {
    let right = right - &linear.constant;
    Constraint { factors: linear.factors.clone(), relation: Relation::Equal, right }
}

/// The least or greatest of a linear form; nothing where it has none.
pub fn extreme(constraints: &[Constraint], linear: &Linear, least: bool) -> Option<Rational> {
    match maximize(constraints, &linear.turned(least).factors) {
        Outcome::Best { value, .. } => Some(if least { -value } else { value } + &linear.constant),
        Outcome::Infeasible | Outcome::Unbounded => None,
    }
}

pub fn judge(program: &Program) -> Verdict {
    let constraints = program.constraints();
    let above = program.above.turned(program.minimize);
    let turned = |value: Rational| if program.minimize { -value } else { value };
    let Some(below) = &program.below else {
        return match maximize(&constraints, &above.factors) {
            Outcome::Infeasible => Verdict::Infeasible,
            Outcome::Unbounded => Verdict::Endless,
            Outcome::Best { value, .. } => Verdict::Best(turned(value + &above.constant)),
        };
    };
    if !is_feasible(&constraints, program.columns.len()) {
        return Verdict::Infeasible;
    }
    if !is_positive(&constraints, &above, below) {
        return Verdict::Refused;
    }
    if extreme(&constraints, below, false).is_some_and(|most| most.is_zero()) {
        return Verdict::Nothing;
    }
    match homogeneous(&constraints, &above, below) {
        Verdict::Ratio(value, scale) => Verdict::Ratio(turned(value), scale),
        Verdict::Approached(value) => Verdict::Approached(turned(value)),
        other => other,
    }
}

/// Whether no denominator is negative, and none is zero where the numerator is positive.
fn is_positive(constraints: &[Constraint], above: &Linear, below: &Linear) -> bool {
    let Some(least) = extreme(constraints, below, true) else { return false };
    if !least.is_zero() {
        return least.is_positive();
    }
    let mut face = constraints.to_vec();
    face.push(equal(below, &Rational::ZERO));
    extreme(&face, above, false).is_some_and(|most| !most.is_positive())
}

/// Plans times τ such that the denominator is 1 (Charnes, Cooper 1962); τ is the last variable.
fn homogeneous(constraints: &[Constraint], above: &Linear, below: &Linear) -> Verdict {
    let scaled = |linear: &Linear| {
        let mut factors = linear.factors.clone();
        factors.push(linear.constant.clone());
        Linear { factors, constant: Rational::ZERO }
    };
    let row = |one: &Constraint| {
        let mut factors = one.factors.clone();
        factors.push(-&one.right);
        Constraint { factors, relation: one.relation, right: Rational::ZERO }
    };
    let mut rows: Vec<Constraint> = constraints.iter().map(row).collect();
    rows.push(equal(&scaled(below), &Rational::ONE));
    let Some(best) = extreme(&rows, &scaled(above), false) else { return Verdict::Endless };
    rows.push(equal(&scaled(above), &best));
    let mut factors = vec![Rational::ZERO; above.factors.len()];
    factors.push(Rational::ONE);
    let scale = Linear { factors, constant: Rational::ZERO };
    let most = extreme(&rows, &scale, false);
    if most.as_ref().is_some_and(Rational::is_zero) {
        return Verdict::Approached(best);
    }
    // The largest plan, if there is one; else the smallest; else any will do.
    let least = extreme(&rows, &scale, true).and_then(|least| least.reciprocal());
    let most = most.and_then(|most| most.reciprocal());
    Verdict::Ratio(
        best,
        match (least, most) {
            (Some(largest), _) => Scale::Largest(largest),
            (None, Some(smallest)) => Scale::Smallest(smallest),
            (None, None) => Scale::Any,
        },
    )
}
