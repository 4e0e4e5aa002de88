//! Units, currencies and params: what each is worth, in the order in which they need each other.

use super::evaluate::{Evaluator, Known};
use super::order::order;
use super::{Checked, ParticipantTerms, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{Expr, Model, Row, ValueId, ValueKind};
use crate::units::{Quantity, Unit, UnitId, UnitTable};

/// What is computed so far.
struct Computed<'a> {
    values: &'a [Option<Quantity>],
    /// The row of a table that gives the value.
    row: Option<(&'a Model, Row)>,
}

impl<'a> Computed<'a> {
    const fn so_far(values: &'a [Option<Quantity>]) -> Self {
        Self { values, row: None }
    }
}

impl Known for Computed<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.values[id.index()].clone()
    }

    fn column(&self, place: u32) -> Option<Rational> {
        self.row.and_then(|(model, row)| model.cell(row, place))
    }
}

pub(super) fn compute(model: Model, faults: &mut Vec<Diagnostic>) -> Checked {
    let reporting = reporting_currency(&model, faults);
    let order = order(&model, faults);
    let mut maker = Maker {
        model: &model,
        units: UnitTable::default(),
        values: vec![None; model.values.len()],
        reporting,
        money: None,
    };
    for id in &order {
        maker.make(*id, faults);
    }
    let (units, values, money) = (maker.units, maker.values, maker.money);
    let measures =
        model.measures.iter().map(|id| measure_unit(&model, *id, &values, &units, faults)).collect();
    Checked {
        units,
        money,
        values,
        measures,
        participants: ParticipantTerms::default(),
        flows: super::AllTerms::default(),
        objectives: Vec::new(),
        plans: Vec::new(),
        tops: Vec::new(),
        lengths: Vec::new(),
        model,
    }
}

/// The first currency without a rate; a second one is a fault.
fn reporting_currency(model: &Model, faults: &mut Vec<Diagnostic>) -> Option<ValueId> {
    let mut reporting: Option<ValueId> = None;
    for (place, value) in model.values.iter().enumerate() {
        if !matches!(value.kind, ValueKind::Currency { worth: None }) {
            continue;
        }
        match (reporting, value.declared.span) {
            (None, _) => reporting = Some(ValueId::at(place)),
            (Some(first), Some(span)) => {
                let first = &model.value(first).declared;
                faults.push(faults::no_rate(&value.declared.name, span, &first.name, first.span));
            }
            (Some(_), None) => {}
        }
    }
    reporting
}

/// The table of units and values, as it fills.
pub(super) struct Maker<'a> {
    pub model: &'a Model,
    pub units: UnitTable,
    values: Vec<Option<Quantity>>,
    reporting: Option<ValueId>,
    money: Option<UnitId>,
}

impl Maker<'_> {
    fn make(&mut self, id: ValueId, faults: &mut Vec<Diagnostic>) {
        let value = self.model.value(id);
        let name = &value.declared.name;
        let made = match &value.kind {
            ValueKind::BuiltIn => UnitTable::built_in(name).map(|unit| self.units.one(unit)),
            ValueKind::Currency { worth: None } => {
                let unit = self.units.declare_money(name);
                if self.reporting == Some(id) {
                    self.money = Some(unit);
                }
                Some(self.units.one(unit))
            }
            ValueKind::Unit => {
                let unit = self.units.declare_base(name);
                Some(self.units.one(unit))
            }
            ValueKind::Currency { worth: Some(worth) } => self.derived(name, worth, true, faults),
            ValueKind::DerivedUnit { worth } => self.derived(name, worth, false, faults),
            ValueKind::Param(param) => {
                let before = faults.len();
                let made = self.param(name, param, faults);
                if let (Some(_), Some(place)) = (param.row, value.declared.span) {
                    let found = faults.split_off(before);
                    faults.extend(found.into_iter().map(|fault| fault.label(place, "in this row")));
                }
                made
            }
            ValueKind::Measure { .. } => None,
        };
        self.values[id.index()] = made;
    }

    pub(super) fn evaluate(&self, expr: &Expr, faults: &mut Vec<Diagnostic>) -> Option<Quantity> {
        self.evaluate_row(expr, None, faults)
    }

    /// The value of an expression that may name columns of a row.
    pub(super) fn evaluate_row(
        &self,
        expr: &Expr,
        row: Option<Row>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Quantity> {
        let mut evaluator = Evaluator::new(&self.units, &self.model.values);
        let row = row.map(|row| (self.model, row));
        let value = evaluator.quantity(expr, &Computed { values: &self.values, row });
        faults.append(&mut evaluator.faults);
        value
    }

    fn derived(
        &mut self,
        name: &str,
        worth: &Expr,
        money: bool,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Quantity> {
        let value = self.evaluate(worth, faults)?;
        if !value.value.is_positive() {
            faults.push(faults::no_positive_unit(name, worth.span, &self.units.shown(&value)));
            return None;
        }
        let dimension = self.units.dimension(&value.unit);
        if money && dimension.single() != Some((crate::units::MONEY_BASE, 1)) {
            let found = faults::unit_words(&self.units, &value.unit);
            let wanted = self.money.map_or_else(Unit::none, Unit::of);
            let help = faults::write_unit(&self.units, worth, &wanted);
            faults.push(faults::no_money_rate(name, worth.span, &found, help));
            return None;
        }
        let unit = self.units.declare_derived(name, &value);
        Some(self.units.one(unit))
    }
}

/// The unit of a measure: an expression such as `day` or `kg / turn`, worth one of it.
fn measure_unit(
    model: &Model,
    id: ValueId,
    values: &[Option<Quantity>],
    units: &UnitTable,
    faults: &mut Vec<Diagnostic>,
) -> Unit {
    let ValueKind::Measure { unit, .. } = &model.value(id).kind else { return Unit::none() };
    let mut evaluator = Evaluator::new(units, &model.values);
    let value = evaluator.quantity(unit, &Computed::so_far(values));
    faults.append(&mut evaluator.faults);
    value.map_or_else(Unit::none, |value| value.unit)
}
