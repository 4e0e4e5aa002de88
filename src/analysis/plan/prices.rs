//! What one more and one less of each binding condition is worth, and how far idle flows are from being used.
//!
//! Source: mathematics §4, *Prices*.

use super::conditions::Condition;
use super::finding::{ConditionUse, Price, Prices, Side, Subject};
use super::worth::Best;
use crate::exact::Rational;
use crate::program::{ColumnId, Program, Sense};
use crate::simplex::{self, Budget, Direction, Ends, Sensitivity, Simplex, Variable};

/// Up to this many columns times rows the gaps of all idle flows are told; beyond, of the nearest so many, for
/// which so many are tried at most.
const ALL_GAPS: usize = 200_000;
const NEAREST: usize = 8;
const MOST_TRIED: usize = 16;

/// The most pivots that prices may take: they are asked for after the plan is known.
const MOST_PIVOTS: u64 = 50_000;

/// What each condition is worth; and the gaps of the flows, one for each.
pub(super) fn prices(
    best: &Best<'_>,
    simplex: &mut Simplex,
    (values, conditions): (&[Rational], Vec<Condition>),
) -> (Vec<ConditionUse>, Vec<Option<Rational>>) {
    let scale = worth_of_gain(best, values);
    let budget = Budget { pivots_left: MOST_PIVOTS };
    let mut pricer = Pricer { sensitivity: simplex.sensitivity(best.objective), scale, budget };
    let integral = best.program.columns().iter().any(|column| column.integral);
    let mut uses = Vec::new();
    for condition in conditions {
        let value = at(best.program, condition.variable, values);
        let used = condition.used(&value);
        let price = if integral { None } else { pricer.prices(&condition, &used) };
        uses.push(ConditionUse {
            used,
            subject: condition.subject,
            unit: condition.unit,
            span: condition.span,
            lower: condition.lower,
            upper: condition.upper,
            price,
        });
    }
    let gaps = if integral { vec![None; values.len()] } else { pricer.gaps(best, values) };
    (uses, gaps)
}

/// The value of a column, or the sum of a row.
fn at(program: &Program, variable: Variable, values: &[Rational]) -> Rational {
    match variable {
        Variable::Column(column) => values.get(column.index()).cloned().unwrap_or_default(),
        Variable::Row(row) => program.rows().get(row.index()).map(|row| row.sum(values)).unwrap_or_default(),
    }
}

/// By what a gain of the maximisation is divided to be one of the stated objective: 1, or a ratio's denominator.
fn worth_of_gain(best: &Best<'_>, values: &[Rational]) -> Rational {
    let below = best.search.below.as_ref().map_or(Rational::ONE, |below| below.at(values));
    let sign =
        if best.search.plan.program.sense() == Sense::Minimize { Rational::from(-1) } else { Rational::ONE };
    sign.checked_div(&below).unwrap_or_default()
}

struct Pricer<'a> {
    sensitivity: Sensitivity<'a>,
    scale: Rational,
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
        let more = self.price(condition, (side, Direction::More), used);
        let less = self.price(condition, (side, Direction::Less), used);
        Some(Prices { side, more, less })
    }

    fn price(
        &mut self,
        condition: &Condition,
        (side, direction): (Side, Direction),
        used: &Rational,
    ) -> Price {
        // What enters where turns may also leave counts down: its most is the program's least.
        let turned = condition.scale.is_negative();
        let end = |lower: bool| if lower { simplex::Side::Lower } else { simplex::Side::Upper };
        let ends = match side {
            Side::Both => Ends::Both,
            Side::Lower => Ends::One(end(!turned)),
            Side::Upper => Ends::One(end(turned)),
        };
        let moved = if (direction == Direction::More) != turned { Direction::More } else { Direction::Less };
        match self.sensitivity.price(condition.variable, (ends, moved), &mut self.budget) {
            Ok(simplex::Price::Holds { rate, until }) => {
                let rate = rate * &self.scale * &condition.scale;
                let far = |distance: Rational| {
                    let distance = condition.stated(&distance).abs();
                    match direction {
                        Direction::More => used + &distance,
                        Direction::Less => used - &distance,
                    }
                };
                let until = until.map(far);
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
