//! Units, currencies and params: what each is worth, in the order in which they need each other.

use super::evaluate::{Evaluator, Known};
use super::{Checked, FlowTerms, Terms, faults};
use crate::diagnostic::Diagnostic;
use crate::model::{Distribution, Expr, ExprKind, Model, Param, ValueId, ValueKind};
use crate::units::{Quantity, Unit, UnitId, UnitTable};

/// What is computed so far.
struct Computed<'a>(&'a [Option<Quantity>]);

impl Known for Computed<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.0[id.index()].clone()
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
        participants: vec![Terms::default(); model.participants.len()],
        flows: vec![FlowTerms::default(); model.flows.len()],
        objectives: Vec::new(),
        tops: Vec::new(),
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

/// Values, each after all that it needs. Depth first with a stack of its own: params may build long chains.
fn order(model: &Model, faults: &mut Vec<Diagnostic>) -> Vec<ValueId> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut rings = Rings { told: vec![false; model.values.len()], room: MOST_RINGED };
    let needs: Vec<Vec<ValueId>> = model.values.iter().map(|value| needs(&value.kind)).collect();
    let mut state = vec![State::New; model.values.len()];
    let mut order = Vec::new();
    for root in 0..model.values.len() {
        let mut stack: Vec<(usize, usize)> = Vec::new();
        if state[root] == State::New {
            state[root] = State::Open;
            stack.push((root, 0));
        }
        while let Some((at, next)) = stack.last_mut() {
            let Some(need) = needs[*at].get(*next).map(|id| id.index()) else {
                state[*at] = State::Done;
                order.push(ValueId::at(*at));
                stack.pop();
                continue;
            };
            *next += 1;
            match state[need] {
                State::New => {
                    state[need] = State::Open;
                    stack.push((need, 0));
                }
                State::Open => {
                    let ring = stack.iter().map(|(at, _)| *at).skip_while(|at| *at != need);
                    faults.extend(rings.tell(model, &ring.collect::<Vec<_>>()));
                }
                State::Done => {}
            }
        }
    }
    order
}

/// Rings of a knot share their values: after so many values in rings, only the first ring of each knot is told.
const MOST_RINGED: usize = 10_000;

/// The rings that were told so far.
struct Rings {
    told: Vec<bool>,
    room: usize,
}

impl Rings {
    /// The fault of a ring, where it is news.
    fn tell(&mut self, model: &Model, ring: &[usize]) -> Option<Diagnostic> {
        let news = if self.room > 0 {
            ring.iter().any(|at| !self.told[*at])
        } else {
            ring.iter().all(|at| !self.told[*at])
        };
        ring.iter().for_each(|at| self.told[*at] = true);
        self.room = self.room.saturating_sub(ring.len());
        news.then(|| faults::ring(model, &ring.iter().map(|at| ValueId::at(*at)).collect::<Vec<_>>()))
    }
}

fn needs(kind: &ValueKind) -> Vec<ValueId> {
    let mut found = Vec::new();
    match kind {
        ValueKind::BuiltIn | ValueKind::Unit | ValueKind::Currency { worth: None } => {}
        ValueKind::Currency { worth: Some(expr) } | ValueKind::DerivedUnit { worth: expr } => {
            gather(expr, &mut found)
        }
        ValueKind::Measure { unit, .. } => gather(unit, &mut found),
        ValueKind::Param(param) => {
            gather(&param.value, &mut found);
            if let Some((low, high)) = &param.range {
                gather(low, &mut found);
                gather(high, &mut found);
            }
            param.distribution.iter().flat_map(|d| &d.arguments).for_each(|part| gather(part, &mut found));
        }
    }
    found
}

/// The values that an expression names.
pub(super) fn gather(expr: &Expr, found: &mut Vec<ValueId>) {
    match &expr.kind {
        ExprKind::Value(id) => found.push(*id),
        ExprKind::Counted(inner, unit, _) => {
            gather(inner, found);
            found.push(*unit);
        }
        ExprKind::Negative(inner) | ExprKind::Not(inner) => gather(inner, found),
        ExprKind::Sum(parts) | ExprKind::Product(parts) => {
            parts.iter().for_each(|(_, part)| gather(part, found))
        }
        ExprKind::Power(base, exponent) => {
            gather(base, found);
            gather(exponent, found);
        }
        ExprKind::Call(_, parts) | ExprKind::And(parts) | ExprKind::Or(parts) => {
            parts.iter().for_each(|part| gather(part, found));
        }
        ExprKind::Comparison(first, rest) => {
            gather(first, found);
            rest.iter().for_each(|(_, side)| gather(side, found));
        }
        ExprKind::Unknown
        | ExprKind::Number(_)
        | ExprKind::Amount
        | ExprKind::Total(_)
        | ExprKind::Property(..)
        | ExprKind::FlowsIn(..)
        | ExprKind::ParticipantIn(..) => {}
    }
}

/// The table of units and values, as it fills.
struct Maker<'a> {
    model: &'a Model,
    units: UnitTable,
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
            ValueKind::Param(param) => self.param(name, param, faults),
            ValueKind::Measure { .. } => None,
        };
        self.values[id.index()] = made;
    }

    fn evaluate(&self, expr: &Expr, faults: &mut Vec<Diagnostic>) -> Option<Quantity> {
        let mut evaluator = Evaluator::new(&self.units, &self.model.values);
        let value = evaluator.quantity(expr, &Computed(&self.values));
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
            faults.push(faults::no_money_rate(name, worth.span, &found));
            return None;
        }
        let unit = self.units.declare_derived(name, &value);
        Some(self.units.one(unit))
    }

    fn param(&self, name: &str, param: &Param, faults: &mut Vec<Diagnostic>) -> Option<Quantity> {
        let value = self.evaluate(&param.value, faults);
        if let Some((low, high)) = &param.range {
            let (from, to) = (self.evaluate(low, faults), self.evaluate(high, faults));
            if let (Some(value), Some(from), Some(to)) = (&value, from, to) {
                self.in_range(name, (&param.value, value), (low, &from), (high, &to), faults);
            }
        }
        if let Some(distribution) = &param.distribution {
            self.distribution(distribution, value.as_ref().map(|value| (&param.value, value)), faults);
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
    let value = evaluator.quantity(unit, &Computed(values));
    faults.append(&mut evaluator.faults);
    value.map_or_else(Unit::none, |value| value.unit)
}
