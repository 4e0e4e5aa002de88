//! Claims: `expect` conditions, checked for sense before anything is solved, and decided after.

use super::evaluate::{Evaluator, Known};
use super::ranges::{Range, settled};
use super::{Checked, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{AnalysisId, AnalysisKind, Expr, ExprKind, Property, ValueId};
use crate::units::{Quantity, Unit};

/// What a claim may ask about the results of analyses.
pub trait Truth {
    /// A number that an analysis found; nothing where it found no answer.
    fn number(&self, analysis: AnalysisId, property: Property) -> Option<Quantity>;
    /// Between which numbers the objective of an analysis lies, ends included, where it is not proved exactly; an
    /// end that is not known is nothing.
    fn range(&self, _analysis: AnalysisId) -> Option<Range> {
        None
    }
    /// A condition that an analysis itself decides: `closed`, `proved`, `f in a`, `p in a`.
    fn holds(&self, condition: &ExprKind) -> Option<bool>;
}

impl Checked {
    /// Whether a condition holds; nothing where an analysis that it needs has no answer.
    pub fn decide(&self, condition: &Expr, truth: &dyn Truth) -> Option<bool> {
        match &condition.kind {
            ExprKind::Not(inner) => self.decide(inner, truth).map(|holds| !holds),
            ExprKind::And(parts) => self.all(parts, truth),
            ExprKind::Or(parts) => {
                let decided: Vec<Option<bool>> = parts.iter().map(|part| self.decide(part, truth)).collect();
                if decided.contains(&Some(true)) {
                    Some(true)
                } else {
                    decided.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
                }
            }
            ExprKind::Comparison(first, rest) => {
                let mut left = self.range(first, truth)?;
                for (comparison, side) in rest {
                    let right = self.range(side, truth)?;
                    if !settled(*comparison, &left, &right)? {
                        return Some(false);
                    }
                    left = right;
                }
                Some(true)
            }
            other => truth.holds(other),
        }
    }

    fn all(&self, parts: &[Expr], truth: &dyn Truth) -> Option<bool> {
        let decided: Vec<Option<bool>> = parts.iter().map(|part| self.decide(part, truth)).collect();
        if decided.contains(&Some(false)) {
            Some(false)
        } else {
            decided.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
        }
    }

    /// Between which numbers a side of a comparison lies: a value not proved by its bounds, all else exactly.
    fn range(&self, side: &Expr, truth: &dyn Truth) -> Option<Range> {
        if let ExprKind::Property(analysis, Property::Value) = &side.kind
            && let Some(range) = truth.range(*analysis)
        {
            return Some(range);
        }
        let exact = self.known(side, truth)?.value;
        Some((Some(exact.clone()), Some(exact)))
    }

    /// The value of one side of a comparison.
    pub fn known(&self, expr: &Expr, truth: &dyn Truth) -> Option<Quantity> {
        let mut evaluator = Evaluator::new(&self.units, &self.model.values);
        evaluator.quantity(expr, &Found { checked: self, truth })
    }
}

struct Found<'a> {
    checked: &'a Checked,
    truth: &'a dyn Truth,
}

impl Known for Found<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.checked.value(id).cloned()
    }

    fn property(&self, analysis: AnalysisId, property: Property) -> Option<Quantity> {
        self.truth.number(analysis, property)
    }
}

/// Stand-ins with the right units, so that a claim's units are checked before anything is solved.
struct Probe<'a>(&'a Checked);

impl Known for Probe<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.0.value(id).cloned()
    }

    fn property(&self, analysis: AnalysisId, property: Property) -> Option<Quantity> {
        let objective = self.0.objectives[analysis.index()].as_ref();
        let unit = match property {
            Property::Value => objective?.unit.clone(),
            Property::Ratio | Property::Length => Unit::none(),
            Property::Cost | Property::Revenue | Property::Profit | Property::ProfitOf(_) => {
                self.0.counted(analysis, self.0.money_unit())
            }
            Property::VolumeOf(_) => self.0.counted(analysis, Unit::of(crate::units::TURN)),
            Property::Closed | Property::Proved => return None,
        };
        Some(Quantity { value: Rational::ONE, unit })
    }

    fn probes(&self) -> bool {
        true
    }
}

pub(super) fn check(checked: &Checked, found: &mut Vec<Diagnostic>) {
    for claim in &checked.model.claims {
        let mut checker =
            Checker { checked, evaluator: Evaluator::new(&checked.units, &checked.model.values) };
        checker.condition(&claim.condition);
        found.append(&mut checker.evaluator.faults);
    }
}

struct Checker<'a> {
    checked: &'a Checked,
    evaluator: Evaluator<'a>,
}

impl Checker<'_> {
    fn condition(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Unknown | ExprKind::FlowsIn(..) | ExprKind::ParticipantIn(..) => self.membership(expr),
            ExprKind::Not(inner) => self.condition(inner),
            ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| self.condition(part)),
            ExprKind::Comparison(first, rest) => {
                let sides: Vec<&Expr> =
                    std::iter::once(&**first).chain(rest.iter().map(|(_, side)| side)).collect();
                let values: Vec<Option<Quantity>> = sides.iter().map(|side| self.side(side)).collect();
                for (pair, known) in sides.windows(2).zip(values.windows(2)) {
                    if let [Some(left), Some(right)] = known {
                        self.evaluator.alike((pair[0], left), (pair[1], right), "a comparison");
                    }
                }
            }
            ExprKind::Property(analysis, property @ (Property::Closed | Property::Proved)) => {
                self.has(*analysis, *property, expr);
            }
            _ => {
                let value = self.side(expr);
                let found = value.map(|value| faults::unit_words(&self.checked.units, &value.unit));
                if let Some(found) = found {
                    self.evaluator.faults.push(faults::no_condition(expr.span, &format!("a value, {found}")));
                }
            }
        }
    }

    fn membership(&mut self, expr: &Expr) {
        if let ExprKind::FlowsIn(_, analysis) | ExprKind::ParticipantIn(_, analysis) = &expr.kind
            && self.checked.model.analysis(*analysis).kind == AnalysisKind::Closure
        {
            let name = &self.checked.model.analysis(*analysis).declared.name;
            self.evaluator.faults.push(faults::not_of_kind("in", name, "closure", expr.span));
        }
    }

    /// A number; the properties inside it must be ones that their analyses have.
    fn side(&mut self, expr: &Expr) -> Option<Quantity> {
        if !self.properties(expr) {
            return None;
        }
        self.evaluator.quantity(expr, &Probe(self.checked))
    }

    fn properties(&mut self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Property(_, Property::Closed | Property::Proved)
            | ExprKind::FlowsIn(..)
            | ExprKind::ParticipantIn(..)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Comparison(..) => {
                self.evaluator.faults.push(faults::no_number(expr.span));
                false
            }
            ExprKind::Property(analysis, property) => self.has(*analysis, *property, expr),
            ExprKind::Negative(inner) | ExprKind::Counted(inner, ..) => self.properties(inner),
            ExprKind::Sum(parts) | ExprKind::Product(parts) => {
                parts.iter().all(|(_, part)| self.properties(part))
            }
            ExprKind::Power(base, exponent) => self.properties(base) && self.properties(exponent),
            ExprKind::Call(_, parts) => parts.iter().all(|part| self.properties(part)),
            ExprKind::Unknown
            | ExprKind::Number(_)
            | ExprKind::Value(_)
            | ExprKind::Amount
            | ExprKind::Column(_)
            | ExprKind::Total(_) => true,
        }
    }

    fn has(&mut self, analysis: AnalysisId, property: Property, expr: &Expr) -> bool {
        let about = self.checked.model.analysis(analysis);
        let closure = about.kind == AnalysisKind::Closure;
        let has = match property {
            Property::Proved => true,
            Property::Closed => closure,
            Property::VolumeOf(_) => about.kind == AnalysisKind::Plan,
            Property::Length => !closure && about.kind != AnalysisKind::Plan,
            _ => !closure,
        };
        if !has {
            let word = word(property);
            self.evaluator.faults.push(faults::not_of_kind(
                word,
                &about.declared.name,
                about.kind.word(),
                expr.span,
            ));
        }
        has
    }
}

fn word(property: Property) -> &'static str {
    match property {
        Property::Value => "value",
        Property::Ratio => "ratio",
        Property::Cost => "cost",
        Property::Revenue => "revenue",
        Property::Profit | Property::ProfitOf(_) => "profit",
        Property::Length => "length",
        Property::VolumeOf(_) => "volume",
        Property::Closed => "closed",
        Property::Proved => "proved",
    }
}
