//! Evaluating expressions: exact values and their units together.

use super::faults;
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::exact::literal::MOST_DIGITS;
use crate::model::{AnalysisId, Expr, ExprKind, Property, Value, ValueId, ValueKind};
use crate::source::Span;
use crate::units::{Quantity, UnitTable};

/// No unit of any field has a power near this; without a bound, `year ^ n` is a number of any size.
const HIGHEST_POWER: u32 = 100;

/// What the names of an expression are worth, where it stands.
pub trait Known {
    fn value(&self, id: ValueId) -> Option<Quantity>;
    /// The amount of the flow whose attribute this is.
    fn amount(&self) -> Option<Quantity> {
        None
    }
    /// The number in a column of the row whose value this is.
    fn column(&self, _place: u32) -> Option<Rational> {
        None
    }
    /// What an analysis found; only claims ask.
    fn property(&self, _analysis: AnalysisId, _property: Property) -> Option<Quantity> {
        None
    }
    /// Whether values are stand-ins, so that only units are checked.
    fn probes(&self) -> bool {
        false
    }
}

/// Evaluates expressions of one model; collects faults.
#[derive(Debug)]
pub struct Evaluator<'a> {
    pub units: &'a UnitTable,
    pub declared: &'a [Value],
    pub faults: Vec<Diagnostic>,
}

impl<'a> Evaluator<'a> {
    #[must_use]
    pub fn new(units: &'a UnitTable, declared: &'a [Value]) -> Self {
        Self { units, declared, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// The value of an expression, or nothing where a fault was reported, here or earlier.
    pub fn quantity(&mut self, expr: &Expr, known: &dyn Known) -> Option<Quantity> {
        let value = match &expr.kind {
            ExprKind::Number(number) => Quantity::bare(number.clone()),
            ExprKind::Value(id) => known.value(*id)?,
            ExprKind::Amount => known.amount()?,
            ExprKind::Column(place) => Quantity::bare(known.column(*place)?),
            ExprKind::Property(analysis, property) => known.property(*analysis, *property)?,
            ExprKind::Counted(inner, unit, _) => {
                let (inner, unit) = (self.quantity(inner, known)?, known.value(*unit)?);
                self.product(&inner, &unit)
            }
            ExprKind::Negative(inner) => {
                let inner = self.quantity(inner, known)?;
                Quantity { value: -inner.value, unit: inner.unit }
            }
            ExprKind::Sum(terms) => self.sum(terms, known)?,
            ExprKind::Product(factors) => self.factors(factors, known)?,
            ExprKind::Power(base, exponent) => self.power(base, exponent, known)?,
            ExprKind::Call(function, arguments) => self.call(*function, arguments, expr.span, known)?,
            ExprKind::Unknown
            | ExprKind::Total(_)
            | ExprKind::FlowsIn(..)
            | ExprKind::ParticipantIn(..)
            | ExprKind::Not(_)
            | ExprKind::Comparison(..)
            | ExprKind::And(_)
            | ExprKind::Or(_) => return None,
        };
        self.bounded(value, expr.span)
    }

    pub(super) fn bounded(&mut self, quantity: Quantity, span: Span) -> Option<Quantity> {
        if quantity.value.digits() > MOST_DIGITS + 1 || quantity.unit.highest_power() > HIGHEST_POWER {
            self.fault(faults::too_large(span));
            return None;
        }
        Some(quantity)
    }

    fn product(&self, left: &Quantity, right: &Quantity) -> Quantity {
        // A unit is worth one, more often than not.
        let value =
            if right.value == Rational::ONE { left.value.clone() } else { &left.value * &right.value };
        Quantity { value, unit: self.units.times(&left.unit, &right.unit, 1) }
    }

    fn sum(&mut self, terms: &[(bool, Expr)], known: &dyn Known) -> Option<Quantity> {
        let values: Vec<Option<Quantity>> =
            terms.iter().map(|(_, term)| self.quantity(term, known)).collect();
        // All terms are looked at before giving up, so that each one's faults are reported.
        let values: Vec<Quantity> = values.into_iter().collect::<Option<_>>()?;
        let mut parts = terms.iter().zip(&values);
        let ((_, first), start) = parts.next()?;
        let mut lead = (first, start);
        let mut total = start.value.clone();
        let mut unit = start.unit.clone();
        for ((minus, term), value) in parts {
            if is_zero(lead.0) {
                (lead, unit) = ((term, value), value.unit.clone());
            } else if !is_zero(term) && !self.alike(lead, (term, value), "a sum") {
                return None;
            }
            if *minus {
                total -= &value.value;
            } else {
                total += &value.value;
            }
            total = self.bounded(Quantity::bare(total), term.span)?.value;
        }
        Some(Quantity { value: total, unit })
    }

    /// Whether two operands may be added or compared; if not, says so.
    pub(super) fn alike(&mut self, left: (&Expr, &Quantity), right: (&Expr, &Quantity), place: &str) -> bool {
        let (wanted, found) = (self.units.dimension(&left.1.unit), self.units.dimension(&right.1.unit));
        if wanted == found || is_zero(left.0) || is_zero(right.0) {
            return true;
        }
        let mut fault = faults::unlike(self.operand(left), self.operand(right), place);
        let lacking = |expr: &Expr, wanted: &Quantity| faults::write_unit(self.units, expr, &wanted.unit);
        let help = match (lacking(right.0, left.1), lacking(left.0, right.1)) {
            (None, Some(help)) => {
                // The fault stands where the unit is missing.
                fault.labels.swap(0, 1);
                Some(help)
            }
            (Some(help), _) => Some(help),
            (None, None) => faults::mend(self.units, &left.1.unit, &right.1.unit, "the second"),
        };
        let fault = fault.labels(self.origin(left.0)).labels(self.origin(right.0)).maybe_help(help);
        self.fault(fault);
        false
    }

    fn operand(&self, (expr, quantity): (&Expr, &Quantity)) -> (Span, String) {
        (expr.span, faults::unit_words(self.units, &quantity.unit))
    }

    /// Where an operand's unit came from: the declaration of the param that it names.
    pub(super) fn origin(&self, expr: &Expr) -> Option<(Span, String)> {
        let ExprKind::Value(id) = expr.kind else { return None };
        let value = self.declared.get(id.index())?;
        let ValueKind::Param(_) = value.kind else { return None };
        Some((value.declared.span?, format!("`{}` gets its unit here", value.declared.name)))
    }

    fn factors(&mut self, factors: &[(bool, Expr)], known: &dyn Known) -> Option<Quantity> {
        let mut product: Option<Quantity> = Some(Quantity::bare(Rational::ONE));
        let mut factors = factors.iter();
        if let Some((false, first)) = factors.as_slice().first() {
            factors.next();
            product = self.quantity(first, known);
        }
        for (divides, factor) in factors {
            let value = self.quantity(factor, known);
            product = match (product, value) {
                (Some(left), Some(right)) => {
                    self.step(&left, &right, *divides, (factor.span, known.probes()))
                }
                _ => None,
            };
        }
        product
    }

    /// A product so far, times or over one more factor.
    pub(super) fn step(
        &mut self,
        left: &Quantity,
        right: &Quantity,
        divides: bool,
        (span, probes): (Span, bool),
    ) -> Option<Quantity> {
        if !divides {
            let product = self.product(left, right);
            return self.bounded(product, span);
        }
        let unit = self.units.times(&left.unit, &right.unit, -1);
        match left.value.checked_div(&right.value) {
            Some(value) => self.bounded(Quantity { value, unit }, span),
            None if probes => Some(Quantity { value: Rational::ONE, unit }),
            None => {
                self.fault(faults::division_by_zero(span));
                None
            }
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr, known: &dyn Known) -> Option<Quantity> {
        let (value, power) = (self.quantity(base, known), self.quantity(exponent, known));
        let (value, power) = (value?, power?);
        let whole: Option<i32> = if power.unit.is_none() && power.value.is_integer() {
            i32::try_from(power.value.numerator()).ok()
        } else {
            self.fault(faults::no_whole_exponent(exponent.span, &self.units.shown(&power)));
            return None;
        };
        // Powers of 0, 1 and −1 do not grow, those of a unit always do.
        let grows = value.value.abs() > Rational::ONE || !value.value.is_integer();
        let digits = if grows { value.value.digits() } else { usize::from(!value.unit.is_none()) };
        let Some(whole) =
            whole.filter(|whole| digits.saturating_mul(whole.unsigned_abs() as usize) <= 2 * MOST_DIGITS)
        else {
            self.fault(faults::too_large(base.span.to(exponent.span)));
            return None;
        };
        match value.value.power(whole) {
            Some(raised) => Some(Quantity { value: raised, unit: self.units.power(&value.unit, whole) }),
            None if known.probes() => {
                Some(Quantity { value: Rational::ONE, unit: self.units.power(&value.unit, whole) })
            }
            None => {
                self.fault(faults::division_by_zero(base.span.to(exponent.span)));
                None
            }
        }
    }
}

/// The literal 0, which has every unit (language §3).
pub(super) fn is_zero(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(number) => number.is_zero(),
        ExprKind::Negative(inner) => is_zero(inner),
        _ => false,
    }
}

/// The number that an expression is as it is written, sign and all, if nothing says what it counts.
pub(super) fn literal(expr: &Expr) -> Option<Quantity> {
    match &expr.kind {
        ExprKind::Number(number) => Some(Quantity::bare(number.clone())),
        ExprKind::Negative(inner) => {
            let ExprKind::Number(number) = &inner.kind else { return None };
            Some(Quantity::bare(-number.clone()))
        }
        _ => None,
    }
}
