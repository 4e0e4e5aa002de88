//! What one more and one less of each binding condition is worth, and how far idle flows are from being used.
//!
//! Source: mathematics §4, *Prices*.

use super::conditions::{Condition, conditions};
use super::finding::{ConditionUse, Price, Prices, Side, Subject};
use super::sensing::{Sensing, Sensor};
use super::terms;
use super::worth::{Best, Spread};
use crate::exact::Rational;
use crate::program::{ColumnId, Program, Sense};
use crate::simplex::{self, Direction, Ends, Exhausted, Variable};

/// Up to this many columns times rows the gaps of all idle flows are told; beyond, of the nearest so many, for
/// which so many are tried at most.
const ALL_GAPS: usize = 200_000;
const NEAREST: usize = 8;
const MOST_TRIED: usize = 16;

/// What each condition is worth; and the gaps of the flows, one for each.
pub(super) fn priced(best: &Best<'_>, sensing: Sensing<'_>) -> (Vec<ConditionUse>, Vec<Option<Rational>>) {
    let exchange = Exchange::of(best);
    let mut uses = uses(best);
    let binding: Vec<(usize, Binding)> = uses
        .iter()
        .enumerate()
        .filter_map(|(place, (condition, one))| Some((place, Binding::of(condition, &one.used)?)))
        .collect();
    let mut sensor = Sensor::new(sensing, best);
    let asked: Vec<(Variable, Ends)> = binding.iter().map(|(_, one)| (one.variable, one.ends)).collect();
    for ((place, binding), prices) in binding.iter().zip(sensor.both(&asked)) {
        let (condition, one) = &mut uses[*place];
        one.price = Some(exchange.prices(condition, binding, (prices, &one.used)));
    }
    let gaps = gaps(best, &mut sensor);
    (uses.into_iter().map(|(_, one)| one).collect(), gaps)
}

/// The same where nothing has a price: of whole numbers, and of what is not proved.
pub(super) fn unpriced(best: &Best<'_>) -> (Vec<ConditionUse>, Vec<Option<Rational>>) {
    let uses = uses(best).into_iter().map(|(_, one)| one).collect();
    (uses, vec![None; best.search.plan.circulation.flows.len()])
}

/// Every condition, and what the plan makes of it; the price is still to come.
fn uses(best: &Best<'_>) -> Vec<(Condition, ConditionUse)> {
    let question = best.search.question;
    let stated = terms(question).map(|terms| conditions(question.checked(), terms, best.search.plan));
    let one = |condition: Condition| {
        let used = condition.used(&at(best.program, condition.variable, &best.certificate.values));
        let one = ConditionUse {
            used,
            subject: condition.subject,
            unit: condition.unit.clone(),
            span: condition.span,
            lower: condition.lower.clone(),
            upper: condition.upper.clone(),
            price: None,
        };
        (condition, one)
    };
    stated.unwrap_or_default().into_iter().map(one).collect()
}

/// The value of a column, or the sum of a row.
fn at(program: &Program, variable: Variable, values: &[Rational]) -> Rational {
    match variable {
        Variable::Column(column) => values.get(column.index()).cloned().unwrap_or_default(),
        Variable::Row(row) => program.rows().get(row.index()).map(|row| row.sum(values)).unwrap_or_default(),
    }
}

/// How a change of the maximisation becomes one of the stated objective.
struct Exchange {
    minimizes: bool,
    /// The denominators of a ratio's best plans.
    spread: Option<Spread>,
}

impl Exchange {
    fn of(best: &Best<'_>) -> Self {
        let minimizes = best.search.plan.program.sense() == Sense::Minimize;
        Self { minimizes, spread: best.spread.clone() }
    }

    /// Whether the best plans are as small and as large as one likes.
    fn is_scaleless(&self) -> bool {
        matches!(&self.spread, Some(Spread { least, most: None }) if least.is_zero())
    }

    /// A change as it is stated; nothing where a ratio jumps.
    ///
    /// Of a ratio's best plans the one with the least denominator makes most of a gain, and the one with the greatest
    /// loses least.
    fn stated(&self, change: Rational) -> Option<Rational> {
        let change = match &self.spread {
            Some(spread) if change.is_positive() => change.checked_div(&spread.least)?,
            Some(Spread { most: Some(most), .. }) if change.is_negative() => change.checked_div(most)?,
            Some(_) => Rational::ZERO,
            None => change,
        };
        Some(if self.minimizes { -change } else { change })
    }
}

/// A condition that binds: which of its sides, and what of the program that is.
struct Binding {
    side: Side,
    variable: Variable,
    ends: Ends,
    /// What enters where turns may also leave counts down: its most is the program's least.
    turned: bool,
}

impl Binding {
    /// Nothing where the condition does not bind, or has no right-hand side that could move, as a share.
    fn of(condition: &Condition, used: &Rational) -> Option<Self> {
        let side = match condition.side() {
            Some(Side::Both) => Side::Both,
            _ if condition.upper.as_ref() == Some(used) => Side::Upper,
            _ if condition.lower.as_ref() == Some(used) => Side::Lower,
            _ => return None,
        };
        if matches!(condition.subject, Subject::Share(_)) {
            return None;
        }
        let turned = condition.scale.is_negative();
        let end = |lower: bool| if lower { simplex::Side::Lower } else { simplex::Side::Upper };
        let ends = match side {
            Side::Both => Ends::Both,
            Side::Lower => Ends::One(end(!turned)),
            Side::Upper => Ends::One(end(turned)),
        };
        Some(Self { side, variable: condition.variable, ends, turned })
    }
}

impl Exchange {
    /// The prices of a condition as they are stated.
    fn prices(
        &self,
        condition: &Condition,
        binding: &Binding,
        ([more, less], used): ([Result<simplex::Price, Exhausted>; 2], &Rational),
    ) -> Prices {
        let (more, less) = if binding.turned { (less, more) } else { (more, less) };
        let more = self.price(condition, (Direction::More, more), used);
        let less = self.price(condition, (Direction::Less, less), used);
        Prices { side: binding.side, more, less }
    }

    fn price(
        &self,
        condition: &Condition,
        (direction, price): (Direction, Result<simplex::Price, Exhausted>),
        used: &Rational,
    ) -> Price {
        match price {
            Ok(simplex::Price::Holds { rate, until }) => {
                // The rate is by unit that the side grows: going the other way changes as much less.
                let sign = if direction == Direction::More { Rational::ONE } else { Rational::from(-1) };
                let change = self.stated(rate * &condition.scale * &sign);
                let Some(rate) = change.map(|change| change * &sign) else { return Price::Jumps };
                // N − λD changes evenly for so long, and a ratio does not.
                if self.spread.is_some() && !rate.is_zero() {
                    return Price::AtFirst { rate };
                }
                let far = |distance: Rational| {
                    let distance = condition.stated(&distance).abs();
                    match direction {
                        Direction::More => used + &distance,
                        Direction::Less => used - &distance,
                    }
                };
                // Without a scale of their own plans grow until the step is small.
                let until = until.filter(|_| !self.is_scaleless()).map(far);
                // No fewer turns than none enter or leave, also where one column counts both.
                let least =
                    matches!((condition.subject, direction), (Subject::Participant(..), Direction::Less));
                let until = if least { Some(until.unwrap_or_default().max(Rational::ZERO)) } else { until };
                Price::Rate { rate, until }
            }
            Ok(simplex::Price::Infeasible) => Price::Infeasible,
            Err(_) => Price::Unknown,
        }
    }
}

/// How far idle flows are from being used; of many, the nearest ones.
///
/// No gap is less than the reduced cost at the basis, which is known for all at once. So going from the least
/// of those on, the nearest are known as soon as no other can be nearer.
fn gaps(best: &Best<'_>, sensor: &mut Sensor<'_>) -> Vec<Option<Rational>> {
    let flows = best.search.plan.circulation.flows.len();
    let values = &best.certificate.values;
    let reduced = sensor.reduced();
    let least = |place: usize| reduced.get(place).map_or(Rational::ZERO, |reduced| -reduced);
    let mut idle: Vec<(Rational, usize)> =
        (0..flows).filter(|place| values[*place].is_zero()).map(|place| (least(place), place)).collect();
    idle.sort();
    let all = best.program.columns().len().saturating_mul(best.program.rows().len()) <= ALL_GAPS;
    let mut gaps = vec![None; flows];
    let mut known: Vec<Rational> = Vec::new();
    for (place, (least, column)) in idle.into_iter().enumerate() {
        let settled = known.len() >= NEAREST && known[NEAREST - 1] <= least;
        if !all && (settled || place >= MOST_TRIED) {
            break;
        }
        // What the best is worth less for each turn that is forced on the flow.
        if let Ok(simplex::Price::Holds { rate, .. }) = sensor.entering(ColumnId::at(column)) {
            let gap = -rate;
            let at = known.partition_point(|one| *one <= gap);
            known.insert(at, gap.clone());
            gaps[column] = Some(gap);
        }
    }
    gaps
}
