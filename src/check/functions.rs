//! The built-in functions (language §3).

use super::evaluate::{Evaluator, Known, is_zero};
use super::faults;
use crate::exact::Rational;
use crate::exact::literal::MOST_DIGITS;
use crate::model::{Expr, Function};
use crate::source::Span;
use crate::units::{Quantity, Unit};

impl Evaluator<'_> {
    pub(super) fn call(
        &mut self,
        function: Function,
        arguments: &[Expr],
        span: Span,
        known: &dyn Known,
    ) -> Option<Quantity> {
        let values: Vec<Option<Quantity>> =
            arguments.iter().map(|argument| self.quantity(argument, known)).collect();
        let values: Vec<Quantity> = values.into_iter().collect::<Option<_>>()?;
        match (function, arguments, values.as_slice()) {
            (Function::Min | Function::Max, [_, ..], [_, ..]) => self.extreme(function, arguments, &values),
            (Function::Abs, _, [value]) => {
                Some(Quantity { value: value.value.abs(), unit: value.unit.clone() })
            }
            (Function::Floor | Function::Ceil | Function::Round, [x, step], [value, by]) => {
                let alike = self.alike((x, value), (step, by), function.name());
                alike.then_some(())?;
                self.stepped(function, (value, by), step.span, known.probes())
            }
            (Function::Floor | Function::Ceil | Function::Round, [x], [value]) if value.unit.is_none() => {
                self.stepped(function, (value, &Quantity::bare(Rational::ONE)), x.span, known.probes())
            }
            (Function::Annuity, [_, _], [rate, periods]) => {
                self.annuity(rate, periods, (span, known.probes()))
            }
            _ => {
                self.fault(faults::wrong_arguments(function, arguments.len(), span));
                None
            }
        }
    }

    fn extreme(&mut self, function: Function, arguments: &[Expr], values: &[Quantity]) -> Option<Quantity> {
        let lead = arguments
            .iter()
            .zip(values)
            .find(|(argument, _)| !is_zero(argument))
            .or(arguments.iter().zip(values).next())?;
        for pair in arguments.iter().zip(values) {
            if !self.alike(lead, pair, function.name()) {
                return None;
            }
        }
        let all = values.iter().map(|value| &value.value);
        let value = if function == Function::Min { all.min() } else { all.max() }?.clone();
        Some(Quantity { value, unit: lead.1.unit.clone() })
    }

    /// The multiple of `step` below, above or nearest.
    fn stepped(
        &mut self,
        function: Function,
        (value, step): (&Quantity, &Quantity),
        span: Span,
        probes: bool,
    ) -> Option<Quantity> {
        if probes {
            return Some(value.clone());
        }
        if !step.value.is_positive() {
            self.fault(faults::no_step(span));
            return None;
        }
        let steps = value.value.checked_div(&step.value)?;
        let whole = match function {
            Function::Floor => steps.floor(),
            Function::Ceil => steps.ceil(),
            _ => steps.round_half_away(),
        };
        Some(Quantity { value: &whole * &step.value, unit: value.unit.clone() })
    }

    /// (1 − (1+r)^−n)/r, and n at r = 0 (language §3).
    fn annuity(
        &mut self,
        rate: &Quantity,
        periods: &Quantity,
        (span, probes): (Span, bool),
    ) -> Option<Quantity> {
        let count: Option<i32> =
            i32::try_from(periods.value.numerator()).ok().filter(|_| periods.value.is_integer());
        if probes {
            return Some(Quantity::bare(Rational::ONE));
        }
        let bare = rate.unit.is_none() && self.units.dimension(&periods.unit).is_none();
        let (Some(count), true) = (count.filter(|count| *count >= 0), bare) else {
            self.fault(faults::annuity_arguments(span, &self.units.shown(rate), &self.units.shown(periods)));
            return None;
        };
        if rate.value.is_zero() {
            return Some(Quantity { value: periods.value.clone(), unit: Unit::none() });
        }
        let growth = &Rational::ONE + &rate.value;
        if growth.digits().saturating_mul(count.unsigned_abs() as usize) > 2 * MOST_DIGITS {
            self.fault(faults::too_large(span));
            return None;
        }
        match growth.power(-count) {
            Some(discount) => {
                let value = (&Rational::ONE - &discount).checked_div(&rate.value)?;
                Some(Quantity { value, unit: Unit::none() })
            }
            None => {
                self.fault(faults::division_by_zero(span));
                None
            }
        }
    }
}
