//! One failed claim: what its sides come to while a figure moves, and which figures would do.

use std::collections::BTreeSet;

use super::book::{self, Book, count};
use super::line::{Fraction, Line, Steps};
use super::{Bearer, Desk, Figure, Lever, Link, Reach, has_number};
use crate::check::{Checked, Form, Truth};
use crate::exact::Rational;
use crate::model::{AnalysisId, Comparison, Expr, ExprKind, Numeric, Property, Sense, Total, What, Whose};
use crate::units::Unit;

/// A property of an analysis as a linear form, or a quotient of two.
#[derive(Debug)]
pub(super) struct Asked {
    pub analysis: AnalysisId,
    pub property: Property,
    pub above: Form,
    pub below: Option<Form>,
    /// What the two come to.
    pub whole: (Rational, Rational),
}

/// The forms that a property is made of; nothing for what no figure of money moves, as long as the loop stays.
pub(super) fn forms(
    checked: &Checked,
    analysis: AnalysisId,
    property: Property,
) -> Option<(Form, Option<Form>)> {
    let whose = checked.model.analysis(analysis).whose.map_or(Whose::Model, Whose::Participant);
    let total = |what, whose| Form {
        terms: vec![(Rational::ONE, Total { what, whose })],
        constant: Rational::ZERO,
        unit: Unit::none(),
    };
    Some(match property {
        Property::Value => {
            let objective = checked.objectives[analysis.index()].as_ref()?;
            (objective.numerator.clone(), objective.denominator.clone())
        }
        Property::Ratio => (total(What::Revenue, whose.clone()), Some(total(What::Cost, whose))),
        Property::Cost => (total(What::Cost, whose), None),
        Property::Revenue => (total(What::Revenue, whose), None),
        Property::Profit => (total(What::Profit, whose), None),
        Property::ProfitOf(party) => (total(What::Profit, Whose::Participant(party)), None),
        Property::VolumeOf(_) | Property::Length | Property::Closed | Property::Proved => return None,
    })
}

/// A claim that failed.
pub(super) struct Case<'a, 'e> {
    pub desk: &'a Desk<'a>,
    pub truth: &'a dyn Truth,
    pub links: Vec<Link<'e>>,
    pub asked: Vec<Asked>,
}

impl Case<'_, '_> {
    /// Every figure that would do.
    pub fn all(&self, about: &[AnalysisId]) -> Option<Vec<Lever>> {
        let (mut levers, mut tried) = (Vec::new(), BTreeSet::new());
        for analysis in about {
            let Some(book) = self.desk.book(*analysis) else { continue };
            // What several analyses count moves in all of them at once.
            for figure in book.figures().filter(|figure| tried.insert(*figure)) {
                if let Some(now) = value(self.desk.checked, figure) {
                    levers.extend(self.lever((*analysis, book), figure, now));
                }
            }
        }
        (!levers.is_empty()).then_some(levers)
    }

    fn lever(&self, (analysis, book): (AnalysisId, &Book), figure: Figure, now: Rational) -> Option<Lever> {
        let mut steps = Steps::sensible();
        for (left, comparison, right) in &self.links {
            let sides = self.side(left, figure).zip(self.side(right, figure));
            let (left, right) = sides?;
            if !steps.keep(&left, *comparison, &right) {
                return None;
            }
        }
        let (near, far, upwards) = steps.nearest()?;
        let moved = |step: &Rational| &now * &(step + &Rational::ONE);
        Some(Lever {
            figure,
            needed: moved(&near.at),
            included: near.included,
            until: far.filter(|far| far.asked).map(|far| (moved(&far.at), far.included)),
            part: near.at.clone(),
            grows: upwards == now.is_positive(),
            times: book.times(figure, &now),
            now,
            analysis,
        })
    }

    /// What a side comes to while a figure moves, by parts of itself; nothing where that is no quotient of lines.
    fn side(&self, expr: &Expr, figure: Figure) -> Option<Fraction> {
        if !has_number(expr) {
            return self.constant(expr);
        }
        let parts = |parts: &[(bool, Expr)],
                     join: &dyn Fn(&Fraction, &Fraction, bool) -> Option<Fraction>| {
            let ((_, first), rest) = parts.split_first()?;
            let first = self.side(first, figure)?;
            rest.iter().try_fold(first, |sum, (turned, part)| join(&sum, &self.side(part, figure)?, *turned))
        };
        match &expr.kind {
            ExprKind::Property(analysis, property) => {
                let is = |asked: &&Asked| asked.analysis == *analysis && asked.property == *property;
                match self.asked.iter().find(is) {
                    Some(asked) => self.moved(asked, figure),
                    None => self.constant(expr),
                }
            }
            ExprKind::Negative(inner) => Some(self.side(inner, figure)?.negated()),
            ExprKind::Sum(all) => parts(all, &|sum, part, taken| {
                if taken { sum.plus(&part.negated()) } else { sum.plus(part) }
            }),
            ExprKind::Product(all) => parts(all, &|product, part, divides| {
                if divides { product.times(&part.reciprocal()?) } else { product.times(part) }
            }),
            _ => None,
        }
    }

    fn constant(&self, expr: &Expr) -> Option<Fraction> {
        Some(Fraction::constant(self.desk.checked.known(expr, self.truth)?.value))
    }

    fn moved(&self, asked: &Asked, figure: Figure) -> Option<Fraction> {
        let entries = self.desk.book(asked.analysis)?.of(figure);
        let by = |form: &Form| count(self.desk.checked, form, entries);
        let above = Line { at: asked.whole.0.clone(), by: by(&asked.above) };
        let below = Line { at: asked.whole.1.clone(), by: asked.below.as_ref().map(by).unwrap_or_default() };
        Fraction::new(above, below)
    }

    /// What is claimed, where that is one bound on one property: `(property, comparison, bound)`.
    fn bound(&self) -> Option<(&Asked, Comparison, &Expr)> {
        let [(left, comparison, right)] = self.links.as_slice() else { return None };
        let ((of, comparison), bound) = match (&left.kind, &right.kind) {
            (kind @ ExprKind::Property(..), _) if !has_number(right) => ((kind, *comparison), *right),
            (_, kind @ ExprKind::Property(..)) if !has_number(left) => ((kind, turned(*comparison)), *left),
            _ => return None,
        };
        let ExprKind::Property(analysis, property) = of else { return None };
        let asked = self.asked.iter().find(|one| one.analysis == *analysis && one.property == *property)?;
        Some((asked, comparison, bound))
    }

    /// What the claim says of what the analysis aims at.
    pub fn reach(&self) -> Reach {
        let Some((asked, comparison, _)) = self.bound() else { return Reach::Alone };
        let checked = self.desk.checked;
        let Some(objective) = &checked.objectives[asked.analysis.index()] else { return Reach::Alone };
        let same = |one: &Form, other: &Form| one.terms == other.terms && one.constant == other.constant;
        let below = match (&asked.below, &objective.denominator) {
            (Some(one), Some(other)) => same(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        if !below || !same(&asked.above, &objective.numerator) {
            return Reach::Alone;
        }
        match (objective.sense, comparison) {
            (Sense::Maximize, Comparison::AtLeast | Comparison::Above)
            | (Sense::Minimize, Comparison::AtMost | Comparison::Below) => Reach::Sure,
            _ => Reach::Against,
        }
    }

    /// Whether the loops or paths behind the best one keep to the claim, too, once a figure has moved.
    pub fn others_agree(&self, lever: &Lever) -> bool {
        let Some((asked, comparison, bound)) = self.bound() else { return true };
        let Some(bound) = self.desk.checked.known(bound, self.truth) else { return true };
        let others = self.desk.book(asked.analysis).map_or(&[][..], |book| &book.others);
        others.iter().all(|entries| {
            let total = |form: &Form| {
                let (moved, rest): (Vec<_>, Vec<_>) =
                    entries.iter().cloned().partition(|entry| book::figure(entry) == Some(lever.figure));
                let scale = &lever.part + &Rational::ONE;
                let (moved, rest) =
                    (count(self.desk.checked, form, &moved), count(self.desk.checked, form, &rest));
                moved * &scale + rest + &form.constant
            };
            let below = asked.below.as_ref().map_or(Rational::ONE, total);
            // An equal sign is broken by one that is better alone.
            let comparison = match (comparison, self.sense(asked.analysis)) {
                (Comparison::Equal, Some(Sense::Minimize)) => Comparison::AtLeast,
                (Comparison::Equal, _) => Comparison::AtMost,
                (other, _) => other,
            };
            total(&asked.above)
                .checked_div(&below)
                .is_some_and(|value| comparison.holds(&value, &bound.value))
        })
    }

    fn sense(&self, analysis: AnalysisId) -> Option<Sense> {
        self.desk.checked.objectives[analysis.index()].as_ref().map(|objective| objective.sense)
    }

    /// Whether a plan's requirements count a figure: then a plan may be none any more, once it has moved.
    pub fn is_bound(&self, lever: &Lever) -> bool {
        let checked = self.desk.checked;
        let plan = checked.plans[lever.analysis.index()].as_ref();
        let entries = self.desk.book(lever.analysis).map_or(&[][..], |book| book.of(lever.figure));
        let counts = |form: &Form| !count(checked, form, entries).is_zero();
        plan.is_some_and(|plan| plan.requirements.iter().any(|one| counts(&one.form)))
    }
}

/// A comparison, read from the right.
const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::Below => Comparison::Above,
        Comparison::Above => Comparison::Below,
        same => same,
    }
}

/// What a figure is; nothing where it does not stand alone in the source.
fn value(checked: &Checked, figure: Figure) -> Option<Rational> {
    match (figure.bearer, figure.numeric) {
        (Bearer::Flow(flow), Numeric::Cost) => Some(checked.flow(flow).own.cost.clone()),
        (Bearer::Flow(flow), Numeric::Revenue) => Some(checked.flow(flow).own.revenue.clone()),
        (Bearer::Flow(flow), _) => {
            let names_it = |expr: &Expr| {
                let mut found = false;
                expr.visit(&mut |part| found |= matches!(part.kind, ExprKind::Amount));
                found
            };
            let shared = checked.model.flow(flow).given.iter().any(|given| names_it(&given.value));
            checked.flow(flow).transfer().filter(|_| !shared).cloned()
        }
        (Bearer::Participant(party), Numeric::Cost) => Some(checked.participant(party).cost.clone()),
        (Bearer::Participant(party), _) => Some(checked.participant(party).revenue.clone()),
    }
}
