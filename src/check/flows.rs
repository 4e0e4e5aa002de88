//! Participants and flows: every attribute's value, its unit and its bounds.

use super::evaluate::{Evaluator, Known, is_zero};
use super::linear::Linear;
use super::rows::ROWS_TOLD;
use super::short_rows::{Common, ShortRows};
use super::{AllTerms, Bound, Checked, FlowTerms, ParticipantTerms, RareTerms, Terms, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::exact::literal::MOST_DIGITS;
use crate::model::{CASH, Flow, Given, Model, Numeric, Participant, Row, ValueId};
use crate::source::Span;
use crate::units::{Dimension, MONEY_BASE, Quantity, Unit};

/// What the names of a flow's attributes are worth.
pub(super) struct Names<'a> {
    pub values: &'a [Option<Quantity>],
    pub amount: Option<Quantity>,
    pub model: &'a Model,
    /// The row that the declaration is.
    pub row: Option<Row>,
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
    let participants: ParticipantTerms = {
        let mut computer = Computer::new(checked);
        let terms = |one: Participant<'_>| computer.of_row((one.row, one.span), |it| it.participant(one));
        let terms = checked.model.participants.iter().map(terms).collect();
        faults.append(&mut computer.evaluator.faults);
        terms
    };
    let (mut flows, mut common, mut too_fine) = (AllTerms::default(), Common::default(), None);
    let (mut short, mut figures): (Option<ShortRows>, _) = (None, Vec::new());
    let mut computer = Computer::new(checked);
    for flow in checked.model.flows.iter() {
        let is_short = short.as_ref().is_some_and(|rows| rows.read(checked, flow, &mut figures));
        if is_short && flow.row.is_some_and(|row| flows.push_short(row, &figures)) {
            common.add_short(&figures);
        } else {
            let before = computer.evaluator.faults.len();
            let terms = computer.of_row((flow.row, flow.span), |it| it.flow(flow, &checked.model));
            common.add(&terms);
            flows.push(terms, flow.row);
            short = (computer.evaluator.faults.len() == before).then(|| computer.short_rows(flow)).flatten();
        }
        if too_fine.is_none() && common.number.digits() > MOST_DIGITS {
            too_fine = flow.span.map(faults::too_fine);
        }
    }
    faults.append(&mut computer.evaluator.faults);
    checked.participants = participants;
    checked.flows = flows;
    // L0308: analyses count over one common denominator, which is bounded as every value is.
    faults.extend(too_fine);
}

/// Computes the attributes of one declaration after the other.
pub(super) struct Computer<'a> {
    pub(super) checked: &'a Checked,
    pub evaluator: Evaluator<'a>,
    pub(super) names: Names<'a>,
    /// By import, how many of its rows may still be at fault before no more of them are looked at.
    pub(super) patience: Vec<usize>,
    /// By import, its values as sums of columns, by where they stand; those that are none as nothing.
    pub(super) linear: Vec<Vec<(Span, Option<Linear>)>>,
    /// Values of imports whose unit was seen to be right.
    right_units: Vec<Span>,
}

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

    pub(super) fn fault(&mut self, fault: Diagnostic) {
        self.evaluator.faults.push(fault);
    }

    fn flow(&mut self, flow: Flow<'_>, model: &Model) -> FlowTerms {
        self.names.amount = Some(Quantity::bare(Rational::ONE));
        self.names.row = flow.row;
        let amount = flow.given(Numeric::Amount).map(|given| self.amount(given));
        let given_amount = amount.is_some();
        let amount = amount.flatten();
        if given_amount {
            self.names.amount.clone_from(&amount);
        }
        let (mut own, mut rare) = (self.terms(flow.given), RareTerms::NONE.clone());
        self.bounds(flow, (&mut own, &mut rare));
        let money =
            |amount: &Quantity| self.checked.units.dimension(&amount.unit) == Dimension::of(MONEY_BASE);
        let transfers = flow.medium == CASH && amount.as_ref().is_some_and(money);
        rare.arrives = flow.rest.and_then(|rest| self.arrives(rest, model, flow));
        rare.factor = flow.rides.and_then(|rides| self.factor(rides.factor.as_ref()));
        let rare = (rare != *RareTerms::NONE).then(|| Box::new(rare));
        FlowTerms { own, amount, transfers, rare }
    }

    fn participant(&mut self, one: Participant<'_>) -> Terms {
        self.names.row = one.row;
        let mut terms = self.terms(one.given);
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

    /// Whether the unit of an import's value was seen to be right.
    pub(super) fn has_right_unit(&self, span: Span) -> bool {
        self.right_units.contains(&span)
    }

    /// The value in base units, if it has the dimension that is expected.
    pub(super) fn in_unit(&mut self, key: &str, given: &Given, wanted: &Unit) -> Option<Rational> {
        let value = self.quantity(&given.value)?;
        // All rows have the units of the first.
        let of_row = self.names.row.is_some();
        if of_row && self.right_units.contains(&given.value.span) {
            return Some(value.value);
        }
        let units = &self.checked.units;
        let fits = value.unit == *wanted || units.dimension(&value.unit) == units.dimension(wanted);
        if !fits && !is_zero(&given.value) {
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
        let help = faults::write_unit(units, &given.value, wanted)
            .or_else(|| faults::mend(units, wanted, &value.unit, "it"));
        let fault = faults::wrong_unit(key, &expected, &found, (given.value.span, given.key))
            .labels(self.evaluator.origin(&given.value))
            .maybe_help(help);
        self.fault(fault);
    }
}
