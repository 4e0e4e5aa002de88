//! Participants and flows: every attribute's value, its unit and its bounds.

use super::evaluate::{Evaluator, Known, is_zero};
use super::linear::Linear;
use super::{Bound, Checked, FlowTerms, RareTerms, Terms, bounds, faults};
use crate::diagnostic::{Code, Diagnostic};
use crate::exact::Rational;
use crate::exact::literal::MOST_DIGITS;
use crate::model::{CASH, Expr, ExprKind, Flow, Given, Model, Numeric, Participant, Row, ValueId, Yield};
use crate::source::Span;
use crate::units::{Dimension, MONEY_BASE, Quantity, Unit};

/// What the names of a flow's attributes are worth.
struct Names<'a> {
    values: &'a [Option<Quantity>],
    amount: Option<Quantity>,
    model: &'a Model,
    /// The row that the declaration is.
    row: Option<Row>,
}

impl Known for Names<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.values[id.index()].clone()
    }

    fn amount(&self) -> Option<Quantity> {
        self.amount.clone()
    }

    fn column(&self, place: u32) -> Option<Rational> {
        self.model.cell(self.row?, place)
    }
}

pub(super) fn compute(checked: &mut Checked, faults: &mut Vec<Diagnostic>) {
    let participants: Vec<Terms> = {
        let mut computer = Computer::new(checked);
        let terms =
            |one: &Participant| computer.of_row((one.row, one.declared.span), |it| it.participant(one));
        let terms = checked.model.participants.iter().map(terms).collect();
        faults.append(&mut computer.evaluator.faults);
        terms
    };
    let flows: Vec<FlowTerms> = {
        let mut computer = Computer::new(checked);
        let terms =
            |flow: &Flow| computer.of_row((flow.row, flow.declared.span), |it| it.flow(flow, &checked.model));
        let terms = checked.model.flows.iter().map(terms).collect();
        faults.append(&mut computer.evaluator.faults);
        terms
    };
    checked.participants = participants;
    checked.flows = flows;
    faults.extend(common_denominator(checked));
}

/// L0308: analyses count over one common denominator, which is bounded as every value is.
fn common_denominator(checked: &Checked) -> Option<Diagnostic> {
    let mut common = Rational::ONE;
    for (flow, terms) in checked.model.flows.iter().zip(&checked.flows) {
        let own =
            [&terms.own.cost, &terms.own.revenue].into_iter().chain(&terms.transfer).chain(&terms.factor);
        let own = own.chain(&terms.arrives).chain(terms.own.measures.iter().map(|(_, value)| value));
        for value in own.filter(|value| !value.is_integer()) {
            common = common.with_denominator_of(value);
        }
        if common.digits() > MOST_DIGITS {
            return flow.declared.span.map(faults::too_fine);
        }
    }
    None
}

/// Computes the attributes of one declaration after the other.
pub(super) struct Computer<'a> {
    checked: &'a Checked,
    pub evaluator: Evaluator<'a>,
    names: Names<'a>,
    /// By import, how many of its rows may still be at fault before no more of them are looked at.
    patience: Vec<usize>,
    /// By import, its values as sums of columns, by where they stand; those that are none as nothing.
    linear: Vec<Vec<(Span, Option<Linear>)>>,
    /// Values of imports whose unit was seen to be right.
    right_units: Vec<Span>,
}

/// How many rows of one import are told to be at fault.
const ROWS_TOLD: usize = 10;

/// Faults that are the same in every row; all others depend on a row's numbers.
const OF_ALL_ROWS: [Code; 3] = [Code::L0301, Code::L0302, Code::L0313];

impl<'a> Computer<'a> {
    fn new(checked: &'a Checked) -> Self {
        let evaluator = Evaluator::new(&checked.units, &checked.model.values);
        let patience = vec![ROWS_TOLD; checked.model.imports.len()];
        let linear = checked.model.imports.iter().map(|_| Vec::new()).collect();
        Self {
            checked,
            evaluator,
            patience,
            linear,
            right_units: Vec::new(),
            names: Names { values: &checked.values, amount: None, model: &checked.model, row: None },
        }
    }

    fn fault(&mut self, fault: Diagnostic) {
        self.evaluator.faults.push(fault);
    }

    /// What a declaration comes to; a fault of a row shows the row, unless it is one of all rows.
    fn of_row<T: Default>(
        &mut self,
        (row, place): (Option<Row>, Option<Span>),
        compute: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(row) = row else { return compute(self) };
        let import = row.import.index();
        if self.patience.get(import).is_none_or(|left| *left == 0) {
            return T::default();
        }
        let before = self.evaluator.faults.len();
        let computed = compute(self);
        if self.evaluator.faults.len() == before {
            return computed;
        }
        let of_numbers =
            self.evaluator.faults[before..].iter().all(|fault| !OF_ALL_ROWS.contains(&fault.code));
        self.patience[import] = if of_numbers { self.patience[import] - 1 } else { 0 };
        let found = self.evaluator.faults.split_off(before);
        let last = of_numbers && self.patience[import] == 0;
        let shown = found.into_iter().map(|fault| match place {
            Some(place) if last => fault.label(place, "in this row").help("no further rows are looked at"),
            Some(place) if of_numbers => fault.label(place, "in this row"),
            _ => fault,
        });
        self.evaluator.faults.extend(shown);
        computed
    }

    fn quantity(&mut self, expr: &Expr) -> Option<Quantity> {
        if let Some(row) = self.names.row {
            let known = self.linear.get_mut(row.import.index())?;
            let place = known.iter().position(|(span, _)| *span == expr.span).unwrap_or_else(|| {
                known.push((expr.span, Linear::of(expr, &mut self.evaluator, &self.names)));
                known.len() - 1
            });
            if let Some((_, Some(linear))) = known.get(place) {
                let value = linear.at(&self.checked.model, row)?;
                return self.evaluator.bounded(value, expr.span);
            }
        }
        self.evaluator.quantity(expr, &self.names)
    }

    fn flow(&mut self, flow: &Flow, model: &Model) -> FlowTerms {
        self.names.amount = Some(Quantity::bare(Rational::ONE));
        self.names.row = flow.row;
        let amount = flow.given(Numeric::Amount).map(|given| self.amount(given));
        let given_amount = amount.is_some();
        let amount = amount.flatten();
        if given_amount {
            self.names.amount.clone_from(&amount);
        }
        let (mut own, mut rare) = (self.terms(&flow.given), RareTerms::NONE);
        self.bounds(flow, (&mut own, &mut rare));
        let money =
            |amount: &Quantity| self.checked.units.dimension(&amount.unit) == Dimension::of(MONEY_BASE);
        let transfer = amount
            .as_ref()
            .filter(|amount| flow.medium == CASH && money(amount))
            .map(|amount| amount.value.clone());
        rare.amount = amount;
        rare.arrives = flow.rest.as_ref().and_then(|rest| self.arrives(rest, model, flow));
        rare.factor = flow.rides.as_ref().and_then(|rides| self.factor(rides.factor.as_ref()));
        FlowTerms::new(own, transfer, rare)
    }

    fn participant(&mut self, one: &Participant) -> Terms {
        self.names.row = one.row;
        let mut terms = self.terms(&one.given);
        let bounds =
            one.given.iter().filter(|given| matches!(given.numeric, Numeric::Source | Numeric::Sink));
        terms.bounds.extend(bounds.filter_map(|given| self.bound(given, None)));
        terms.bounds.extend(one.unlimited.iter().map(|(numeric, span)| Bound {
            numeric: *numeric,
            stated: None,
            of_turn: Rational::ONE,
            by_time: false,
            unit: Unit::none(),
            span: *span,
        }));
        terms
    }

    fn amount(&mut self, given: &Given) -> Option<Quantity> {
        let amount = self.quantity(&given.value)?;
        if amount.value.is_negative() {
            let found = self.checked.units.shown(&amount);
            self.fault(faults::out_of_bounds("amount", "not negative", &found, given.value.span));
        }
        Some(amount)
    }

    /// Costs, revenues and measures, in base units.
    pub(super) fn terms(&mut self, given: &[Given]) -> Terms {
        let mut terms = Terms::default();
        for one in given {
            match one.numeric {
                Numeric::Cost => terms.cost = self.money(one).unwrap_or_default(),
                Numeric::Revenue => terms.revenue = self.money(one).unwrap_or_default(),
                Numeric::Measure(id) => {
                    let unit = self.checked.measures[id.index()].clone();
                    let key = self.checked.model.measure_name(id).to_owned();
                    let value = self.in_unit(&key, one, &unit);
                    terms.measures.extend(value.map(|value| (id, value)));
                }
                _ => {}
            }
        }
        terms
    }

    fn money(&mut self, given: &Given) -> Option<Rational> {
        let key = given.numeric.word();
        if self.checked.money.is_some() {
            let unit = self.checked.money_unit();
            return self.in_unit(key, given, &unit);
        }
        let value = self.quantity(&given.value)?;
        if !is_zero(&given.value) {
            self.fault(faults::no_currency(key, given.value.span));
        }
        Some(value.value)
    }

    /// The value in base units, if it has the dimension that is expected.
    fn in_unit(&mut self, key: &str, given: &Given, wanted: &Unit) -> Option<Rational> {
        let value = self.quantity(&given.value)?;
        // All rows have the units of the first.
        let of_row = self.names.row.is_some();
        if of_row && self.right_units.contains(&given.value.span) {
            return Some(value.value);
        }
        let (found, expected) =
            (self.checked.units.dimension(&value.unit), self.checked.units.dimension(wanted));
        if found != expected && !is_zero(&given.value) {
            self.wrong_unit(key, given, &value, wanted);
            return None;
        }
        if of_row {
            self.right_units.push(given.value.span);
        }
        Some(value.value)
    }

    pub(super) fn wrong_unit(&mut self, key: &str, given: &Given, value: &Quantity, wanted: &Unit) {
        let units = &self.checked.units;
        let expected = if wanted.is_none() {
            "a bare number".to_owned()
        } else {
            format!("a value in `{}`", units.spelled(wanted))
        };
        let found = faults::unit_words(units, &value.unit);
        let help = match (&given.value.kind, value.unit.is_none()) {
            (ExprKind::Number(_), true) if !wanted.is_none() => {
                Some(format!("write its unit: `{} {}`", units.shown(value), units.spelled(wanted)))
            }
            _ => faults::mend(units, wanted, &value.unit, "it"),
        };
        let fault = faults::wrong_unit(key, &expected, &found, (given.value.span, given.key))
            .labels(self.evaluator.origin(&given.value))
            .maybe_help(help);
        self.fault(fault);
    }

    /// Attributes for plans, which loops do not use.
    fn bounds(&mut self, flow: &Flow, (own, rare): (&mut Terms, &mut RareTerms)) {
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
    fn bound(&mut self, given: &Given, amount: Option<&Quantity>) -> Option<Bound> {
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

    fn arrives(&mut self, rest: &Yield, model: &Model, flow: &Flow) -> Option<Rational> {
        let share = self.quantity(&rest.share)?;
        if !self.checked.units.dimension(&share.unit).is_none() {
            let found = faults::unit_words(&self.checked.units, &share.unit);
            self.fault(faults::wrong_unit("yield", "a bare number", &found, (rest.share.span, rest.key)));
            return None;
        }
        if !share.value.is_positive() || share.value > Rational::ONE {
            self.fault(faults::no_share(rest.share.span, &bounds::percent(&share.value)));
            return None;
        }
        if share.value < Rational::ONE && rest.otherwise.is_none() {
            let tail = &model.participant(flow.tail).declared.name;
            self.fault(faults::no_else(rest.span, tail));
        }
        Some(share.value)
    }

    fn factor(&mut self, factor: Option<&Expr>) -> Option<Rational> {
        let factor = factor?;
        let value = self.quantity(factor)?;
        if !self.checked.units.dimension(&value.unit).is_none() {
            let found = faults::unit_words(&self.checked.units, &value.unit);
            self.fault(faults::wrong_unit("rides", "a bare factor", &found, (factor.span, factor.span)));
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
