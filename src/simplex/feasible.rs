//! Reaching a vertex within all bounds, or proving that there is none.

use std::cmp::Ordering;

use super::choose::Choice;
use super::ratio::{Meeting, Move, Stop, Ties};
use super::{Budget, Exhausted, Simplex};
use crate::exact::{Compact, Rational};

/// Whether the bounds and rows can be kept together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feasibility {
    Feasible,
    /// No: the sum of the rows with these factors is beyond what the bounds allow.
    ///
    /// Shape: one factor for each row. All are zero where a range is empty in itself.
    Infeasible {
        farkas: Vec<Rational>,
    },
}

impl Simplex {
    /// Moves until every variable is within its bounds.
    ///
    /// The sum of what is out of bounds falls with every move that has a length; each move goes on through
    /// bounds while that sum falls. While it does not, Bland's rule holds, so that no basis comes twice.
    ///
    /// # Errors
    /// The budget is exhausted.
    ///
    /// Source: Maros 2003, chapter 9 (composite phase one, long step); Bland 1977.
    pub fn make_feasible(&mut self, budget: &mut Budget) -> Result<Feasibility, Exhausted> {
        self.settle();
        if self.ranges.iter().any(super::range::Range::is_empty) {
            return Ok(Feasibility::Infeasible { farkas: vec![Rational::ZERO; self.matrix.rows()] });
        }
        let mut choice = Choice::new(&self.matrix);
        loop {
            let outside = self.outside();
            if outside.iter().all(Compact::is_zero) {
                return Ok(Feasibility::Feasible);
            }
            let prices = self.basis.solve_transposed(outside);
            let mut reduced = vec![Compact::ZERO; self.matrix.variables()];
            for (variable, product) in self.combined(&prices) {
                reduced[variable] = product.negated();
            }
            let Some((entering, rising)) = choice.entering(self, &reduced) else {
                let farkas = prices.iter().map(Compact::to_rational).collect();
                return Ok(Feasibility::Infeasible { farkas });
            };
            budget.spend()?;
            let step = Move { entering, rising, column: self.basis.column(&self.matrix, entering) };
            let Some(stop) = self.stop_outside(&step, &reduced[entering], choice.ties()) else {
                return Err(Exhausted);
            };
            choice.moved(&stop);
            self.carry_out(&step, stop);
        }
    }

    /// For each position, 1 where the basic variable is below its range, −1 where it is above.
    fn outside(&self) -> Vec<Compact> {
        let side = |variable: &usize| match self.ranges[*variable].side(&self.values[*variable]) {
            Ordering::Less => Compact::ONE,
            Ordering::Greater => Compact::MINUS_ONE,
            Ordering::Equal => Compact::ZERO,
        };
        self.basis.heading().iter().map(side).collect()
    }

    /// Where a move that mends `rate` per unit should stop; some variable does stop it.
    fn stop_outside(&self, step: &Move, rate: &Compact, ties: Ties) -> Option<Stop> {
        let mut meetings: Vec<Meeting> = Vec::new();
        for (position, entry) in &step.column {
            self.meetings((*position, entry), step.lifts(entry), ties, &mut meetings);
        }
        let before = |one: &Meeting, other: &Meeting| match self.precedes(one, other, ties) {
            true => Ordering::Less,
            false if self.precedes(other, one, ties) => Ordering::Greater,
            false => Ordering::Equal,
        };
        meetings.sort_by(before);
        let mut left = rate.abs();
        let mut last: Option<Meeting> = None;
        for meeting in meetings {
            left = left.minus(&meeting.entry);
            last = Some(meeting);
            if ties == Ties::First || !left.is_positive() {
                break;
            }
        }
        let stop = last.map(|last| Stop { length: last.length, leaving: Some((last.position, last.bound)) });
        self.shorter(step, stop)
    }

    /// The bounds that a basic variable meets on its way; with `First`, only those that it must not pass.
    fn meetings(
        &self,
        (position, entry): (usize, &Compact),
        lifts: bool,
        ties: Ties,
        meetings: &mut Vec<Meeting>,
    ) {
        let variable = self.basis.heading()[position];
        let range = &self.ranges[variable];
        let away = if lifts { Ordering::Greater } else { Ordering::Less };
        let side = range.side(&self.values[variable]);
        let mut add = |bound: Option<&Compact>| {
            meetings.extend(bound.map(|bound| self.meeting((position, entry), bound)));
        };
        if side == away {
            return;
        }
        if side != Ordering::Equal {
            add(range.end(!lifts));
        }
        if side == Ordering::Equal || ties == Ties::Promising {
            add(range.end(lifts));
        }
    }
}
