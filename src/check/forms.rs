//! Linear forms over what flows cost, earn, measure and carry: read from expressions, with their units.

use super::evaluate::{Evaluator, Known, is_zero};
use super::{Checked, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{Expr, ExprKind, Total, ValueId, What, Whose};
use crate::units::{Quantity, TURN, Unit, UnitId, UnitTable};

/// A linear form: coefficients of totals, and a constant.
///
/// Units: `constant` in base units. Invariant: all terms and the constant have one dimension, that of `unit`;
/// only plans have constants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub terms: Vec<(Rational, Total)>,
    pub constant: Rational,
    pub unit: Unit,
}

/// A part of an objective or requirement: constant, linear, or a quotient of linear forms.
pub(super) enum Part {
    Constant(Quantity),
    Linear(Form),
    Ratio(Form, Form),
}

/// Where forms are read: what totals are counted by, and whether constants mean anything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// Whether turns are unknown, so that constants and volumes make sense.
    pub plan: bool,
    /// The unit of time that totals are counted by.
    pub period: Option<UnitId>,
}

struct Names<'a>(&'a Checked);

impl Known for Names<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.0.value(id).cloned()
    }
}

/// Reads the expressions of one analysis; collects faults.
pub(super) struct Reader<'a> {
    pub checked: &'a Checked,
    pub context: Context,
    pub faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    pub fn units(&self) -> &UnitTable {
        &self.checked.units
    }

    pub fn constant(&mut self, expr: &Expr) -> Option<Quantity> {
        let names = Names(self.checked);
        self.evaluated(|evaluator| evaluator.quantity(expr, &names))
    }

    fn refuse(&mut self, expr: &Expr, why: &str) -> Option<Part> {
        self.faults.push(faults::no_objective(expr.span, why));
        None
    }

    pub fn part(&mut self, expr: &Expr) -> Option<Part> {
        match &expr.kind {
            ExprKind::Total(total) => self.total(total, expr).map(Part::Linear),
            ExprKind::Negative(inner) => Some(match self.part(inner)? {
                Part::Constant(value) => Part::Constant(Quantity { value: -value.value, unit: value.unit }),
                Part::Linear(form) => Part::Linear(scaled(&form, &Rational::from(-1))),
                Part::Ratio(numerator, denominator) => {
                    Part::Ratio(scaled(&numerator, &Rational::from(-1)), denominator)
                }
            }),
            ExprKind::Sum(terms) if mentions(expr) => self.sum(terms),
            ExprKind::Product(factors) if mentions(expr) => self.product(expr, factors),
            ExprKind::Power(..) | ExprKind::Call(..) if mentions(expr) => {
                self.refuse(expr, "not linear in what flows cost, earn and measure")
            }
            _ => self.constant(expr).map(Part::Constant),
        }
    }

    fn total(&mut self, total: &Total, expr: &Expr) -> Option<Form> {
        let unit = match total.what {
            What::Cost | What::Revenue | What::Profit => self.checked.money_unit(),
            What::Measure(id) => self.checked.measures[id.index()].clone(),
            What::Volume => Unit::of(TURN),
            What::Moved => self.moved(total, expr)?,
        };
        let unit = per(self.units(), unit, self.context.period);
        Some(Form { terms: vec![(Rational::ONE, total.clone())], constant: Rational::ZERO, unit })
    }

    /// The unit of what flows move, which must be of one kind.
    fn moved(&mut self, total: &Total, expr: &Expr) -> Option<Unit> {
        let amount = |flow: crate::model::FlowId| {
            self.checked
                .flow(flow)
                .amount
                .as_ref()
                .map_or_else(|| Unit::of(TURN), |amount| amount.unit.clone())
        };
        let flows = total.whose.flows(&self.checked.model);
        let units: Vec<Unit> = flows.iter().map(|flow| amount(*flow)).collect();
        let first = units.first().cloned().unwrap_or_default();
        let dimension = self.units().dimension(&first);
        if let Some(other) = units.iter().find(|unit| self.units().dimension(unit) != dimension) {
            let words = |unit| faults::unit_words(self.units(), unit);
            let fault =
                faults::unlike((expr.span, words(&first)), (expr.span, words(other)), "what flows move");
            self.faults.push(fault);
            return None;
        }
        Some(first)
    }

    fn sum(&mut self, terms: &[(bool, Expr)]) -> Option<Part> {
        let mut sum: Option<(Form, &Expr)> = None;
        for (minus, term) in terms {
            let form = match self.part(term)? {
                Part::Linear(form) => form,
                Part::Constant(value) if value.value.is_zero() && (is_zero(term) || !self.context.plan) => {
                    continue;
                }
                Part::Constant(value) if self.context.plan => {
                    Form { terms: Vec::new(), constant: value.value, unit: value.unit }
                }
                Part::Constant(_) => return self.refuse(term, "a constant is the same for every loop"),
                Part::Ratio(..) => return self.refuse(term, "a ratio cannot be added to"),
            };
            let form = if *minus { scaled(&form, &Rational::from(-1)) } else { form };
            sum = Some(match sum {
                None => (form, term),
                Some((total, first)) => (self.added((total, first), (form, term), "an objective")?, first),
            });
        }
        sum.map(|(form, _)| Part::Linear(form))
    }

    /// The sum of two forms, if their units are alike.
    pub fn added(&mut self, left: (Form, &Expr), right: (Form, &Expr), place: &str) -> Option<Form> {
        if self.units().dimension(&left.0.unit) == self.units().dimension(&right.0.unit) {
            let (mut sum, form) = (left.0, right.0);
            // A constant's spelling is anybody's; that of what is counted is the analysis' own.
            if sum.terms.is_empty() {
                sum.unit = form.unit;
            }
            sum.terms.extend(form.terms);
            sum.constant += &form.constant;
            return Some(sum);
        }
        let words = |form: &Form| faults::unit_words(self.units(), &form.unit);
        let help = faults::write_unit(self.units(), right.1, &left.0.unit)
            .or_else(|| faults::mend(self.units(), &left.0.unit, &right.0.unit, "the second"));
        let fault = faults::unlike((left.1.span, words(&left.0)), (right.1.span, words(&right.0)), place);
        self.faults.push(fault.maybe_help(help));
        None
    }

    fn product(&mut self, expr: &Expr, factors: &[(bool, Expr)]) -> Option<Part> {
        let mut coefficient = Quantity::bare(Rational::ONE);
        let (mut above, mut below): (Option<(Form, &Expr)>, Option<Form>) = (None, None);
        for (divides, factor) in factors {
            match (self.part(factor)?, divides) {
                (Part::Constant(value), _) => {
                    coefficient = self.evaluated(|evaluator| {
                        evaluator.step(&coefficient, &value, *divides, (factor.span, false))
                    })?;
                }
                (Part::Linear(form), false) => match &above {
                    None => above = Some((form, factor)),
                    Some((_, first)) => {
                        self.faults.push(faults::product_of_unknowns(first.span, factor.span));
                        return None;
                    }
                },
                (Part::Linear(form), true) if below.is_none() => below = Some(form),
                (Part::Ratio(numerator, denominator), false) if above.is_none() && below.is_none() => {
                    (above, below) = (Some((numerator, factor)), Some(denominator));
                }
                _ => return self.refuse(expr, "neither a ratio of two linear parts nor linear"),
            }
        }
        let above = match above {
            Some((form, _)) => Some(self.multiplied(&form, &coefficient, expr)?),
            None => None,
        };
        match (above, below) {
            (Some(above), Some(below)) => Some(Part::Ratio(above, below)),
            (Some(above), None) => Some(Part::Linear(above)),
            (None, Some(below)) if self.context.plan => {
                // A constant over what is counted: a ratio whose numerator is the constant.
                let above = Form { terms: Vec::new(), constant: coefficient.value, unit: coefficient.unit };
                Some(Part::Ratio(above, below))
            }
            _ => self.refuse(expr, "a ratio's numerator counts something too"),
        }
    }

    /// A form times a constant; its coefficients are bounded as every value is.
    fn multiplied(&mut self, form: &Form, by: &Quantity, expr: &Expr) -> Option<Form> {
        let unit = self.units().times(&form.unit, &by.unit, 1);
        let Form { terms, constant, .. } = scaled(form, &by.value);
        for coefficient in terms.iter().map(|(coefficient, _)| coefficient).chain([&constant]) {
            let one = Quantity { value: coefficient.clone(), unit: unit.clone() };
            self.evaluated(|evaluator| evaluator.bounded(one, expr.span))?;
        }
        Some(Form { terms, constant, unit })
    }

    /// What an evaluator makes of something, its faults kept.
    fn evaluated<T>(&mut self, make: impl FnOnce(&mut Evaluator<'_>) -> Option<T>) -> Option<T> {
        let mut evaluator = Evaluator::new(&self.checked.units, &self.checked.model.values);
        let made = make(&mut evaluator);
        self.faults.append(&mut evaluator.faults);
        made
    }
}

/// A unit by a period, where there is one.
pub(super) fn per(units: &UnitTable, unit: Unit, period: Option<UnitId>) -> Unit {
    match period {
        Some(period) => units.by_period(&unit, period),
        None => unit,
    }
}

pub(super) fn scaled(form: &Form, factor: &Rational) -> Form {
    let terms = form.terms.iter().map(|(coefficient, total)| (coefficient * factor, total.clone())).collect();
    Form { terms, constant: &form.constant * factor, unit: form.unit.clone() }
}

/// Whether an expression counts anything of the flows.
fn mentions(expr: &Expr) -> bool {
    let mut found = false;
    expr.visit(&mut |part| found |= matches!(part.kind, ExprKind::Total(_)));
    found
}

impl Whose {
    /// The flows that are named, one by one or by a tag.
    fn flows(&self, model: &crate::model::Model) -> Vec<crate::model::FlowId> {
        match self {
            Self::Model | Self::Participant(_) => Vec::new(),
            Self::Flows(flows) => flows.clone(),
            Self::Tag(tag) => model.flow_ids().filter(|id| model.flow(*id).tags.contains(tag)).collect(),
        }
    }
}
