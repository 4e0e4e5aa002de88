//! What one more and one less of each binding condition is worth, and how far idle flows are from being used.
//!
//! Source: mathematics §4, *Prices*.

use super::conditions::{Condition, conditions};
use super::finding::{ConditionUse, Price, Prices, Side, Subject};
use super::terms;
use super::worth::{Best, Spread};
use crate::exact::Rational;
use crate::program::{ColumnId, Program, Sense};
use crate::simplex::{self, Budget, Direction, Ends, Exhausted, Sensitivity, Simplex, Variable};

/// Up to this many columns times rows the gaps of all idle flows are told; beyond, of the nearest so many, for
/// which so many are tried at most.
const ALL_GAPS: usize = 200_000;
const NEAREST: usize = 8;
const MOST_TRIED: usize = 16;

/// The most pivots that prices may take: they are asked for after the plan is known.
const MOST_PIVOTS: u64 = 50_000;

/// What each condition is worth; and the gaps of the flows, one for each. The simplex stands at the plan.
pub(super) fn priced(
    best: &Best<'_>,
    simplex: &mut Simplex,
    objective: &[Rational],
) -> (Vec<ConditionUse>, Vec<Option<Rational>>) {
    let budget = Budget::until(best.search.stop(), MOST_PIVOTS);
    let mut pricer =
        Pricer { sensitivity: simplex.sensitivity(objective), exchange: Exchange::of(best), budget };
    let uses = uses(best, &mut |condition, used| pricer.prices(condition, used));
    (uses, pricer.gaps(best, &best.certificate.values))
}

/// The same where nothing has a price: of whole numbers, and of what is not proved.
pub(super) fn unpriced(best: &Best<'_>) -> (Vec<ConditionUse>, Vec<Option<Rational>>) {
    (uses(best, &mut |_, _| None), vec![None; best.search.plan.circulation.flows.len()])
}

/// Every condition, and what the plan makes of it.
fn uses(
    best: &Best<'_>,
    price: &mut dyn FnMut(&Condition, &Rational) -> Option<Prices>,
) -> Vec<ConditionUse> {
    let question = best.search.question;
    let stated = terms(question).map(|terms| conditions(question.checked(), terms, best.search.plan));
    let one = |condition: Condition| {
        let used = condition.used(&at(best.program, condition.variable, &best.certificate.values));
        let price = price(&condition, &used);
        ConditionUse {
            used,
            subject: condition.subject,
            unit: condition.unit,
            span: condition.span,
            lower: condition.lower,
            upper: condition.upper,
            price,
        }
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

struct Pricer<'a> {
    sensitivity: Sensitivity<'a>,
    exchange: Exchange,
    budget: Budget,
}

impl Pricer<'_> {
    /// The prices of a condition that binds; nothing where it does not.
    fn prices(&mut self, condition: &Condition, used: &Rational) -> Option<Prices> {
        let side = match condition.side() {
            Some(Side::Both) => Side::Both,
            _ if condition.upper.as_ref() == Some(used) => Side::Upper,
            _ if condition.lower.as_ref() == Some(used) => Side::Lower,
            _ => return None,
        };
        // A share is no right-hand side that could move.
        if matches!(condition.subject, Subject::Share(_)) {
            return None;
        }
        // What enters where turns may also leave counts down: its most is the program's least.
        let turned = condition.scale.is_negative();
        let end = |lower: bool| if lower { simplex::Side::Lower } else { simplex::Side::Upper };
        let ends = match side {
            Side::Both => Ends::Both,
            Side::Lower => Ends::One(end(!turned)),
            Side::Upper => Ends::One(end(turned)),
        };
        let [more, less] = self.sensitivity.both(condition.variable, ends, &mut self.budget);
        let (more, less) = if turned { (less, more) } else { (more, less) };
        let more = self.stated(condition, (Direction::More, more), used);
        let less = self.stated(condition, (Direction::Less, less), used);
        Some(Prices { side, more, less })
    }

    /// A price as it is stated.
    fn stated(
        &self,
        condition: &Condition,
        (direction, price): (Direction, Result<simplex::Price, Exhausted>),
        used: &Rational,
    ) -> Price {
        match price {
            Ok(simplex::Price::Holds { rate, until }) => {
                // The rate is by unit that the side grows: going the other way changes as much less.
                let sign = if direction == Direction::More { Rational::ONE } else { Rational::from(-1) };
                let change = self.exchange.stated(rate * &condition.scale * &sign);
                let Some(rate) = change.map(|change| change * &sign) else { return Price::Jumps };
                // N − λD changes evenly for so long, and a ratio does not.
                if self.exchange.spread.is_some() && !rate.is_zero() {
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
                let until = until.filter(|_| !self.exchange.is_scaleless()).map(far);
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

    /// How far idle flows are from being used; of many, the nearest ones.
    ///
    /// No gap is less than the reduced cost at the basis, which is known for all at once. So going from the least
    /// of those on, the nearest are known as soon as no other can be nearer.
    fn gaps(&mut self, best: &Best<'_>, values: &[Rational]) -> Vec<Option<Rational>> {
        let flows = best.search.plan.circulation.flows.len();
        let reduced = self.sensitivity.reduced();
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
            if let Some(gap) = self.gap(column) {
                let at = known.partition_point(|one| *one <= gap);
                known.insert(at, gap.clone());
                gaps[column] = Some(gap);
            }
        }
        gaps
    }

    /// What the best is worth less for each turn that is forced on an idle flow.
    fn gap(&mut self, place: usize) -> Option<Rational> {
        match self.sensitivity.entering(ColumnId::at(place), &mut self.budget) {
            Ok(simplex::Price::Holds { rate, .. }) => Some(-rate),
            _ => None,
        }
    }
}
