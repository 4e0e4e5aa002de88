//! From a vertex within bounds to the best one.

use super::choose::Choice;
use super::feasible::Feasibility;
use super::matrix::Sparse;
use super::ratio::Move;
use super::{Budget, Exhausted, Simplex};
use crate::exact::{Compact, Rational};

/// How maximising ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Optimal,
    /// From the vertex reached, this direction improves for ever.
    ///
    /// Shape: one entry for each column.
    Unbounded {
        ray: Vec<Rational>,
    },
    /// There is no vertex; see [`Feasibility::Infeasible`].
    Infeasible {
        farkas: Vec<Rational>,
    },
}

/// How a climb ended.
pub enum Climb {
    Top,
    /// Nothing ever stops this move.
    Endless(Move),
    /// A move with a length was to be made, and none was wanted; it is not made.
    Elsewhere,
}

/// How far a climb may go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Anywhere,
    /// Only exchanges that leave every value as it is.
    InPlace,
}

impl Simplex {
    /// Maximises an objective over the columns, from the vertex where it stands; kept variables stay.
    ///
    /// # Errors
    /// The budget is exhausted.
    ///
    /// Source: mathematics §4; Dantzig 1963 (bounded variables); Bland 1977.
    pub fn maximize(&mut self, objective: &[Rational], budget: &mut Budget) -> Result<End, Exhausted> {
        if let Feasibility::Infeasible { farkas } = self.make_feasible(budget)? {
            return Ok(End::Infeasible { farkas });
        }
        let costs = self.costs(objective);
        Ok(match self.climb(&costs, Reach::Anywhere, budget)? {
            Climb::Endless(step) => End::Unbounded { ray: self.ray(&step) },
            Climb::Top | Climb::Elsewhere => End::Optimal,
        })
    }

    /// Makes improving moves while there are any, from a vertex within bounds.
    ///
    /// Shape: costs of all variables, rows' sums as well.
    pub(super) fn climb(
        &mut self,
        costs: &[Compact],
        reach: Reach,
        budget: &mut Budget,
    ) -> Result<Climb, Exhausted> {
        let mut reduced = self.reduced_costs(costs);
        let mut choice = Choice::new(&self.matrix);
        while let Some((entering, rising)) = choice.entering(self, &reduced) {
            budget.spend()?;
            let step = Move { entering, rising, column: self.basis.column(&self.matrix, entering) };
            let Some(stop) = self.first_stop(&step, choice.ties()) else {
                return Ok(Climb::Endless(step));
            };
            if reach == Reach::InPlace && !stop.length.is_zero() {
                return Ok(Climb::Elsewhere);
            }
            choice.moved(&stop);
            if let Some((position, _)) = &stop.leaving {
                let (entry, row) = self.update(&mut reduced, &step, *position);
                choice.exchanged((entering, &entry), self.basis.heading()[*position], &row);
            }
            self.carry_out(&step, stop);
        }
        self.reduced = reduced;
        Ok(Climb::Top)
    }

    /// The prices of the rows in the basis as it is: one for each row.
    ///
    /// A price is what the objective gains per unit that the row's sum grows while that is not basic.
    #[must_use]
    pub fn duals(&self, objective: &[Rational]) -> Vec<Rational> {
        self.prices(&self.costs(objective)).iter().map(Compact::to_rational).collect()
    }

    /// The costs of all variables; rows' sums cost nothing.
    pub(super) fn costs(&self, objective: &[Rational]) -> Vec<Compact> {
        let mut costs: Vec<Compact> =
            objective.iter().take(self.matrix.columns()).map(Compact::from).collect();
        costs.resize(self.matrix.variables(), Compact::ZERO);
        costs
    }

    /// Brings the reduced costs across an exchange that is about to be made; the entry at which it is, and its row.
    pub(super) fn update(
        &mut self,
        reduced: &mut [Compact],
        step: &Move,
        position: usize,
    ) -> (Compact, Sparse) {
        let row = self.combined(&self.basis.inverse_row(position));
        let entry = self.price_in(reduced, step, (position, &row));
        (entry, row)
    }

    /// The same, where the row is known; the entry at which the exchange is.
    pub(super) fn price_in(
        &self,
        reduced: &mut [Compact],
        step: &Move,
        (position, row): (usize, &Sparse),
    ) -> Compact {
        let entry = step.column.iter().find(|(place, _)| *place == position);
        let entry = entry.map_or(Compact::ONE, |(_, entry)| entry.clone());
        let slope = reduced[step.entering].over(&entry);
        for (variable, other) in row {
            reduced[*variable].subtract_product(&slope, other);
        }
        reduced[step.entering] = Compact::ZERO;
        reduced[self.basis.heading()[position]] = slope.negated();
        entry
    }

    fn ray(&self, step: &Move) -> Vec<Rational> {
        let mut ray = vec![Rational::ZERO; self.matrix.columns()];
        let mut set = |variable: usize, value: &Compact| {
            if let Some(entry) = ray.get_mut(variable) {
                *entry = if step.rising { value.to_rational() } else { -value.to_rational() };
            }
        };
        set(step.entering, &Compact::ONE);
        for (position, entry) in &step.column {
            set(self.basis.heading()[*position], &entry.negated());
        }
        ray
    }
}
