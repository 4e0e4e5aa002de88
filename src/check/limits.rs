//! Attributes of flows for plans, and how flows hang together: bounds, shares, fixed costs, yields, riders.

use super::evaluate::is_zero;
use super::flows::Computer;
use super::{Bound, RareTerms, Terms, bounds, faults};
use crate::exact::Rational;
use crate::model::{Expr, Flow, Given, Model, Numeric, Yield};
use crate::units::{Dimension, MONEY_BASE, Quantity, Unit};

impl Computer<'_> {
    /// Attributes for plans, which loops do not use.
    pub(super) fn bounds(&mut self, flow: Flow<'_>, (own, rare): (&mut Terms, &mut RareTerms)) {
        for given in flow.given.iter() {
            match given.numeric {
                Numeric::Capacity | Numeric::Minimum | Numeric::Volume => {
                    let amount = self.names.amount.clone();
                    own.bounds.extend(self.bound(given, amount.as_ref()));
                }
                Numeric::Share => rare.share = self.share(given),
                Numeric::Fixed => rare.fixed = self.fixed(given),
                Numeric::Delivers => rare.delivers = self.delivers(given),
                _ => {}
            }
        }
        let limited = own.bounds.iter().any(|bound| bound.numeric != Numeric::Minimum);
        if let Some(given) = flow.given(Numeric::Fixed).filter(|_| rare.fixed.is_some() && !limited) {
            self.fault(faults::no_capacity(given.key));
        }
    }

    /// A bound on turns, or on the amount that they carry; by time, or for a single round.
    pub(super) fn bound(&mut self, given: &Given, amount: Option<&Quantity>) -> Option<Bound> {
        let value = self.quantity(&given.value)?;
        let found = self.checked.units.dimension(&value.unit);
        let carried = amount.map(|amount| self.checked.units.dimension(&amount.unit));
        // The literal 0 has every unit: no turns, by whatever the plan counts.
        let kind = bounds::kind_of(&found, carried.as_ref());
        let Some((carries, by_time)) = kind.or(is_zero(&given.value).then_some((false, true))) else {
            let wanted = bounds::per_year(&self.checked.units);
            self.wrong_unit(given.numeric.word(), given, &value, &wanted);
            return None;
        };
        if value.value.is_negative() {
            let shown = self.checked.units.shown(&value);
            self.fault(faults::out_of_bounds(given.numeric.word(), "not negative", &shown, given.value.span));
            return None;
        }
        let of_turn = amount.filter(|_| carries).map_or(Rational::ONE, |amount| amount.value.clone());
        if of_turn.is_zero() {
            self.fault(faults::bound_of_nothing(given.numeric.word(), given.value.span));
            return None;
        }
        let (numeric, span) = (given.numeric, given.value.span);
        Some(Bound { numeric, stated: Some(value.value), of_turn, by_time, unit: value.unit, span })
    }

    fn share(&mut self, given: &Given) -> Option<Rational> {
        let value = self.quantity(&given.value)?;
        if !value.unit.is_none() {
            let found = faults::unit_words(&self.checked.units, &value.unit);
            self.fault(
                faults::wrong_unit("share", "a bare number", &found, (given.value.span, given.key))
                    .help("a share has no unit; the turn is already counted by time"),
            );
        } else if value.value.is_negative() || value.value > Rational::ONE {
            let shown = bounds::percent(&value.value);
            self.fault(faults::out_of_bounds("share", "from 0% to 100%", &shown, given.value.span));
        }
        Some(value.value)
    }

    fn fixed(&mut self, given: &Given) -> Option<(Rational, bool)> {
        let value = self.quantity(&given.value)?;
        let money = Dimension::of(MONEY_BASE);
        let found = self.checked.units.dimension(&value.unit);
        let time = Dimension::of(crate::units::TIME_BASE);
        if found != money && found != money.times(&time, -1) && !is_zero(&given.value) {
            let year = Unit::of(crate::units::YEAR);
            let wanted = self.checked.units.times(&self.checked.money_unit(), &year, -1);
            self.wrong_unit("fixed", given, &value, &wanted);
            return None;
        }
        if value.value.is_negative() {
            let shown = self.checked.units.shown(&value);
            self.fault(faults::out_of_bounds("fixed", "not negative", &shown, given.value.span));
        }
        Some((value.value, found != money))
    }

    fn delivers(&mut self, given: &Given) -> Option<Rational> {
        let value = self.in_unit("delivers", given, &Unit::none())?;
        if value.is_negative() {
            let shown = value.to_string();
            self.fault(faults::out_of_bounds("delivers", "not negative", &shown, given.value.span));
        }
        Some(value)
    }

    pub(super) fn arrives(&mut self, rest: &Yield, model: &Model, flow: Flow<'_>) -> Option<Rational> {
        let share = self.quantity(&rest.share)?;
        if !self.checked.units.dimension(&share.unit).is_none() {
            let found = faults::unit_words(&self.checked.units, &share.unit);
            let help = faults::mend(&self.checked.units, &Unit::none(), &share.unit, "it");
            let places = (rest.share.span, rest.key);
            self.fault(faults::wrong_unit("yield", "a bare number", &found, places).maybe_help(help));
            return None;
        }
        if !share.value.is_positive() || share.value > Rational::ONE {
            self.fault(faults::no_share(rest.share.span, &bounds::percent(&share.value)));
            return None;
        }
        if share.value < Rational::ONE && rest.otherwise.is_none() {
            let tail = model.participant(flow.tail).name;
            self.fault(faults::no_else(rest.span, tail));
        }
        Some(share.value)
    }

    pub(super) fn factor(&mut self, factor: Option<&Expr>) -> Option<Rational> {
        let factor = factor?;
        let value = self.quantity(factor)?;
        if !self.checked.units.dimension(&value.unit).is_none() {
            let found = faults::unit_words(&self.checked.units, &value.unit);
            let help = faults::mend(&self.checked.units, &Unit::none(), &value.unit, "it");
            let places = (factor.span, factor.span);
            self.fault(faults::wrong_unit("rides", "a bare factor", &found, places).maybe_help(help));
            return None;
        }
        if value.value.is_negative() {
            self.fault(faults::out_of_bounds(
                "rides",
                "a factor that is not negative",
                &value.value.to_string(),
                factor.span,
            ));
        }
        Some(value.value)
    }
}
