//! The optimal face of an objective, and whether it is a single point.

use super::optimal::{Climb, Reach};
use super::{Budget, Exhausted, Simplex};
use crate::exact::Compact;

impl Simplex {
    /// Keeps to the optimal face of the objective last maximised: what it would cost to move stays.
    pub fn keep_face(&mut self) {
        for variable in 0..self.reduced.len() {
            if self.is_mobile(variable) && !self.reduced[variable].is_zero() {
                self.kept[variable] = true;
            }
        }
    }

    /// Leaves every face: all variables may move again.
    pub fn release_face(&mut self) {
        self.kept.fill(false);
    }

    /// Whether the vertex is the only point of the face it stands on (of all points, where none is kept).
    ///
    /// Any other point has some mobile variable elsewhere, because those fix the basic ones. So the point is
    /// the only one exactly if nothing mobile can leave its place by any exchange. Basis and values stay.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn is_unique(&mut self, budget: &mut Budget) -> Result<bool, Exhausted> {
        let mobile: Vec<usize> = (0..self.values.len()).filter(|place| self.is_mobile(*place)).collect();
        if mobile.is_empty() {
            return Ok(true);
        }
        let stand = (self.basis.clone(), self.reduced.clone());
        let unique = self.stays(&mobile, budget);
        (self.basis, self.reduced) = stand;
        unique
    }

    fn stays(&mut self, mobile: &[usize], budget: &mut Budget) -> Result<bool, Exhausted> {
        let nothing = vec![Compact::ZERO; self.values.len()];
        let mut away = nothing.clone();
        let mut either = Vec::new();
        for variable in mobile {
            let lets = |rising| self.ranges[*variable].lets(rising, &self.values[*variable]);
            match (lets(true), lets(false)) {
                (true, true) => either.push(*variable),
                (true, false) => away[*variable] = Compact::ONE,
                (false, _) => away[*variable] = Compact::MINUS_ONE,
            }
        }
        let mut attempts = vec![away];
        for variable in either {
            for cost in [Compact::ONE, Compact::MINUS_ONE] {
                let mut alone = nothing.clone();
                alone[variable] = cost;
                attempts.push(alone);
            }
        }
        for costs in attempts {
            if !matches!(self.climb(&costs, Reach::InPlace, budget)?, Climb::Top) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether keeping to the face of the objective last maximised would keep more than is kept.
    pub(super) fn keeps_more(&self) -> bool {
        (0..self.reduced.len()).any(|variable| self.is_mobile(variable) && !self.reduced[variable].is_zero())
    }

    /// Whether nothing can move any more.
    pub(super) fn is_still(&self) -> bool {
        !(0..self.values.len()).any(|variable| self.is_mobile(variable))
    }
}
