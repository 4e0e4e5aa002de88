//! What a plan demands: its period, and its `require` conditions as bounds on linear forms.

use super::faults;
use super::forms::{Form, Part, Reader, scaled};
use crate::exact::Rational;
use crate::model::{Analysis, Comparison, Expr, ExprKind};
use crate::source::Span;
use crate::units::{Dimension, Quantity, TIME_BASE, Unit, UnitId};

/// What a plan demands beside what flows and participants do.
#[derive(Clone, Debug, Default)]
pub struct PlanTerms {
    /// The unit of time that volumes are counted by; nothing for a single round.
    pub period: Option<UnitId>,
    pub requirements: Vec<Requirement>,
}

/// `lower <= form <= upper`, where each side may be missing.
///
/// Units: bounds in base units; by the base unit of time where the plan has a period.
/// Invariant: `form` has no constant.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub form: Form,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    /// The whole condition.
    pub span: Span,
}

/// A side of a comparison, read.
struct Side<'e> {
    expr: &'e Expr,
    form: Form,
}

/// The unit of time that a plan is counted by.
pub(super) fn period(reader: &mut Reader<'_>, analysis: &Analysis) -> Option<UnitId> {
    let expr = analysis.period.as_ref()?;
    let value = reader.constant(expr)?;
    let time = Dimension::of(TIME_BASE);
    let mut named = value.unit.units();
    let one = named.next().filter(|_| named.next().is_none());
    let one = one.filter(|_| reader.units().dimension(&value.unit) == time);
    let whole = one.filter(|unit| reader.units().one(*unit).value == value.value);
    if whole.is_none() {
        let shown = reader.units().shown(&value);
        reader.faults.push(faults::no_period(expr.span, &shown));
    }
    whole
}

pub(super) fn plan(reader: &mut Reader<'_>, analysis: &Analysis) -> PlanTerms {
    let mut requirements = Vec::new();
    for requirement in &analysis.requirements {
        match &requirement.condition.kind {
            ExprKind::Unknown => {}
            ExprKind::Comparison(first, rest) => {
                requirements.extend(chain(reader, &requirement.condition, first, rest).unwrap_or_default());
            }
            _ => reader.faults.push(faults::no_requirement(
                requirement.condition.span,
                "this is no condition",
                "compare it: `cost <= 60M CNY/year`",
            )),
        }
    }
    PlanTerms { period: reader.context.period, requirements }
}

/// The bounds that a chain of comparisons sets, neighbour by neighbour.
fn chain(
    reader: &mut Reader<'_>,
    whole: &Expr,
    first: &Expr,
    rest: &[(Comparison, Expr)],
) -> Option<Vec<Requirement>> {
    let mut sides = vec![side(reader, first)];
    sides.extend(rest.iter().map(|(_, expr)| side(reader, expr)));
    let sides = sides.into_iter().collect::<Option<Vec<Side<'_>>>>()?;
    let mut found: Vec<Requirement> = Vec::new();
    for (pair, (comparison, _)) in sides.windows(2).zip(rest) {
        let [left, right] = pair else { continue };
        let next = compared(reader, whole, (left, right), *comparison)?;
        match found.last_mut().filter(|last| last.form == next.form) {
            // `a <= x <= b`: two sides of one row.
            Some(last) if last.upper.is_none() && next.lower.is_none() => last.upper = next.upper,
            Some(last) if last.lower.is_none() && next.upper.is_none() => last.lower = next.lower,
            _ => found.push(next),
        }
    }
    Some(found)
}

fn side<'e>(reader: &mut Reader<'_>, expr: &'e Expr) -> Option<Side<'e>> {
    let form = match reader.part(expr)? {
        Part::Linear(form) => form,
        Part::Constant(Quantity { value, unit }) => Form { terms: Vec::new(), constant: value, unit },
        Part::Ratio(..) => {
            reader.faults.push(faults::no_requirement(
                expr.span,
                "a ratio is not linear",
                "multiply by its denominator: `profit >= 10% * cost`",
            ));
            return None;
        }
    };
    Some(Side { expr, form })
}

/// One comparison as a bound on what is counted, the constants on its right.
fn compared(
    reader: &mut Reader<'_>,
    whole: &Expr,
    (left, right): (&Side<'_>, &Side<'_>),
    comparison: Comparison,
) -> Option<Requirement> {
    // `60M CNY/year >= cost` bounds the cost: what is counted stands left.
    let flipped = left.form.terms.is_empty();
    let (left, right) = if flipped { (right, left) } else { (left, right) };
    let zero = |side: &Side<'_>| super::evaluate::is_zero(side.expr);
    let negative = Side { expr: right.expr, form: scaled(&right.form, &Rational::from(-1)) };
    let mut form = if zero(right) {
        left.form.clone()
    } else {
        let place = "a requirement";
        reader.added((left.form.clone(), left.expr), (negative.form, right.expr), place)?
    };
    if form.terms.is_empty() {
        reader.faults.push(faults::no_requirement(
            whole.span,
            "no plan changes this",
            "name what flows cost, earn, measure or carry: `cost`, `profit(shops)`, `volume(advert)`",
        ));
        return None;
    }
    let bound = Some(-std::mem::take(&mut form.constant));
    let (at_most, at_least) = match comparison {
        Comparison::AtMost => (!flipped, flipped),
        Comparison::AtLeast => (flipped, !flipped),
        Comparison::Equal => (true, true),
        Comparison::Below | Comparison::Above | Comparison::Unequal => {
            reader.faults.push(faults::no_requirement(
                whole.span,
                "a best plan could only come near to this",
                "a requirement takes `<=`, `>=` or `==`",
            ));
            return None;
        }
    };
    Some(Requirement {
        form,
        lower: bound.clone().filter(|_| at_least),
        upper: bound.filter(|_| at_most),
        span: whole.span,
    })
}

impl super::Checked {
    /// A unit as an analysis counts it: by its period, if it is a plan that has one.
    #[must_use]
    pub fn counted(&self, analysis: crate::model::AnalysisId, unit: Unit) -> Unit {
        let plan = self.plans[analysis.index()].as_ref();
        super::forms::per(&self.units, unit, plan.and_then(|plan| plan.period))
    }
}
