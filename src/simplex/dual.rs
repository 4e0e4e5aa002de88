//! From an optimal basis whose bounds moved to the new optimum.
//!
//! After a bound has moved, the basis is as good as before, and only its values may be out of bounds. What leaves the
//! basis is what is furthest out; what enters is what keeps all others from becoming worth moving. That takes few
//! exchanges where starting over takes many.
//!
//! Source: Lemke 1954; Maros 2003, chapter 10.

use std::cmp::Ordering;

use super::optimal::End;
use super::ratio::{Move, Stop};
use super::{Budget, Exhausted, Simplex};
use crate::exact::{Compact, Rational};

impl Simplex {
    /// Maximises as [`Simplex::maximize`] does, from a basis that was optimal before bounds moved, if it still is;
    /// nothing may be kept.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub(super) fn remaximize(
        &mut self,
        objective: &[Rational],
        budget: &mut Budget,
    ) -> Result<End, Exhausted> {
        if self.ranges.iter().any(super::range::Range::is_empty) {
            return self.maximize(objective, budget);
        }
        let costs = self.costs(objective);
        let mut reduced = self.reduced_costs(&costs);
        if !self.flip(&reduced) {
            return self.maximize(objective, budget);
        }
        self.settle();
        // Where exchanges change nothing they might repeat: then the primal method goes on from here.
        for _ in 0..4 * self.matrix.rows() + 50 {
            let Some((position, raised)) = self.furthest_out() else {
                self.reduced = reduced;
                return Ok(End::Optimal);
            };
            budget.spend()?;
            if let Some(farkas) = self.bring_in(&mut reduced, (position, raised)) {
                return Ok(End::Infeasible { farkas });
            }
        }
        self.maximize(objective, budget)
    }

    /// Puts what is not basic where its reduced cost wants it; whether all have such a bound.
    fn flip(&mut self, reduced: &[Compact]) -> bool {
        for (variable, slope) in reduced.iter().enumerate() {
            if slope.is_zero() || !self.is_mobile(variable) {
                continue;
            }
            let Some(end) = self.ranges[variable].end(slope.is_positive()).cloned() else {
                return false;
            };
            self.stand(variable, end);
        }
        true
    }

    /// The basic variable that is furthest out of its range, and whether it is below.
    fn furthest_out(&self) -> Option<(usize, bool)> {
        let out = |(position, variable): (usize, &usize)| {
            let (range, value) = (&self.ranges[*variable], &self.values[*variable]);
            let raised = match range.side(value) {
                Ordering::Equal => return None,
                side => side == Ordering::Less,
            };
            let distance = range.end(!raised).map_or(Compact::ZERO, |end| end.minus(value));
            Some((distance.magnitude(), std::cmp::Reverse(position), raised))
        };
        let found = self.basis.heading().iter().enumerate().filter_map(out).max();
        found.map(|(_, std::cmp::Reverse(position), raised)| (position, raised))
    }

    /// Lets a basic variable leave to its bound; where nothing can enter for it, the factors that prove that no
    /// values keep all bounds.
    fn bring_in(
        &mut self,
        reduced: &mut [Compact],
        (position, raised): (usize, bool),
    ) -> Option<Vec<Rational>> {
        let inverse = self.basis.inverse_row(position);
        let row = self.combined(&inverse);
        let enters = |(variable, entry): &(usize, Compact)| {
            let rising = entry.is_negative() == raised;
            let lets = self.ranges[*variable].lets(rising, &self.values[*variable]);
            lets.then(|| (reduced[*variable].over(entry).abs(), *variable, rising))
        };
        let Some((_, entering, rising)) = row.iter().filter_map(enters).min() else {
            let sign = if raised { Compact::ONE } else { Compact::MINUS_ONE };
            return Some(inverse.iter().map(|factor| factor.times(&sign).to_rational()).collect());
        };
        let step = Move { entering, rising, column: self.basis.column(&self.matrix, entering) };
        let entry = self.price_in(reduced, &step, (position, &row));
        let leaving = self.basis.heading()[position];
        let bound = self.ranges[leaving].end(!raised).cloned().unwrap_or(Compact::ZERO);
        let length = bound.minus(&self.values[leaving]).abs().over(&entry.abs());
        self.carry_out(&step, Stop { length, leaving: Some((position, bound)) });
        None
    }
}
