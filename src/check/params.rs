//! Params: their values, the ranges that they must keep, and the shapes in which they vary.

use super::evaluate::Evaluator;
use super::faults;
use super::values::Maker;
use crate::diagnostic::Diagnostic;
use crate::model::{Distribution, Expr, Param};
use crate::units::Quantity;

impl Maker<'_> {
    pub(super) fn param(&self, name: &str, param: &Param, faults: &mut Vec<Diagnostic>) -> Option<Quantity> {
        let value = self.evaluate_row(&param.value, param.row, faults);
        if let Some((low, high)) = &param.range {
            let (from, to) = (self.evaluate(low, faults), self.evaluate(high, faults));
            if let (Some(value), Some(from), Some(to)) = (&value, from, to) {
                self.in_range(name, (&param.value, value), (low, &from), (high, &to), faults);
            }
        }
        if let Some(distribution) = &param.distribution {
            self.distribution(distribution, value.as_ref().map(|value| (&*param.value, value)), faults);
        }
        value
    }

    fn in_range(
        &self,
        name: &str,
        (expr, value): (&Expr, &Quantity),
        low: (&Expr, &Quantity),
        high: (&Expr, &Quantity),
        faults: &mut Vec<Diagnostic>,
    ) {
        let mut evaluator = Evaluator::new(&self.units, &self.model.values);
        let alike =
            evaluator.alike((expr, value), low, "a range") && evaluator.alike((expr, value), high, "a range");
        faults.append(&mut evaluator.faults);
        if alike && (value.value < low.1.value || value.value > high.1.value) {
            let shown = |bound: &Quantity| {
                self.units.shown(&Quantity { value: bound.value.clone(), unit: value.unit.clone() })
            };
            let range = format!("{} .. {}", shown(low.1), shown(high.1));
            faults.push(faults::out_of_range(
                name,
                expr.span,
                &self.units.shown(value),
                low.0.span.to(high.0.span),
                &range,
            ));
        }
    }

    /// The shapes that a later version draws from: known by name, with arguments in the param's unit.
    fn distribution(
        &self,
        distribution: &Distribution,
        value: Option<(&Expr, &Quantity)>,
        faults: &mut Vec<Diagnostic>,
    ) {
        let count = match distribution.name.as_str() {
            "uniform" | "normal" | "lognormal" => 2..=2,
            "triangular" => 3..=3,
            "discrete" => 1..=usize::MAX,
            _ => {
                faults.push(faults::unknown_distribution(&distribution.name, distribution.span));
                return;
            }
        };
        if !count.contains(&distribution.arguments.len()) {
            faults.push(faults::distribution_arguments(
                &distribution.name,
                distribution.span,
                *count.start(),
            ));
            return;
        }
        let arguments: Option<Vec<Quantity>> =
            distribution.arguments.iter().map(|argument| self.evaluate(argument, faults)).collect();
        let (Some(arguments), Some(value)) = (arguments, value) else { return };
        let mut evaluator = Evaluator::new(&self.units, &self.model.values);
        let mut alike = true;
        for pair in distribution.arguments.iter().zip(&arguments) {
            alike &= evaluator.alike(value, pair, "a distribution");
        }
        faults.append(&mut evaluator.faults);
        let rising = arguments.windows(2).all(|pair| pair[0].value <= pair[1].value);
        if alike && !rising && matches!(distribution.name.as_str(), "uniform" | "triangular") {
            faults.push(faults::distribution_falls(&distribution.name, distribution.span));
        }
    }
}
