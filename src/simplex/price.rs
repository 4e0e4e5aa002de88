//! What an optimum gains when one bound moves a little, and how far that holds.

use super::matrix::Sparse;
use super::range::Range;
use super::walk::Walk;
use super::{Budget, Exhausted, Simplex, Variable};
use crate::exact::{Compact, Rational};
use crate::program::ColumnId;

/// One end of a variable's range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Lower,
    Upper,
}

/// Which ends of a variable's range move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ends {
    One(Side),
    /// Those of an equation, together.
    Both,
}

/// Which way a bound moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Towards greater numbers.
    More,
    Less,
}

/// A one-sided derivative of the optimal value by a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Price {
    Holds {
        /// The change of the maximum per unit that the bound *grows*, in either direction: moving less by t
        /// changes it by −t·rate.
        rate: Rational,
        /// How far the bound may move with this rate; without end where nothing is given.
        until: Option<Rational>,
    },
    /// However little the bound moves this way, nothing keeps all conditions.
    Infeasible,
}

/// Prices at an optimal basis.
///
/// Invariant: the basis is optimal for the objective, and no face is kept.
#[derive(Clone, Debug)]
pub struct Sensitivity<'s> {
    pub(super) simplex: &'s Simplex,
    pub(super) costs: Vec<Compact>,
    /// Reduced costs, times one positive number.
    pub(super) reduced: Vec<Compact>,
    /// Mobile variables whose reduced cost is zero: through these a rate may go on past a stop.
    indifferent: bool,
}

impl Simplex {
    /// Prices at the optimal basis where it stands, for the objective that it is optimal for.
    ///
    /// Source: mathematics §4 (prices).
    #[must_use]
    pub fn sensitivity(&mut self, objective: &[Rational]) -> Sensitivity<'_> {
        self.release_face();
        let costs = self.costs(objective);
        let reduced = self.reduced_costs(&costs);
        let indifferent = (0..reduced.len()).any(|place| self.is_mobile(place) && reduced[place].is_zero());
        Sensitivity { simplex: self, costs, reduced, indifferent }
    }
}

impl Sensitivity<'_> {
    /// The price of one bound in one direction, or of an equation's two sides together.
    ///
    /// Where one end of a range without width moves away from the other, the best is the best of all that the
    /// equation could be on the way: a gain counts, a loss is not taken.
    ///
    /// Where neither basis nor prices are degenerate this solves with the basis once; else it walks on a copy.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn price(
        &self,
        variable: Variable,
        (ends, direction): (Ends, Direction),
        budget: &mut Budget,
    ) -> Result<Price, Exhausted> {
        let nothing = Price::Holds { rate: Rational::ZERO, until: None };
        let Some(place) = self.simplex.place(variable) else { return Ok(nothing) };
        let range = &self.simplex.ranges[place];
        let rising = direction == Direction::More;
        let side = match ends {
            Ends::One(side) if range.is_fixed() => {
                if rising == (side == Side::Lower) {
                    return Ok(Price::Infeasible);
                }
                return Ok(match self.price(variable, (Ends::Both, direction), budget)? {
                    Price::Holds { rate, until } if rate.is_positive() == rising && !rate.is_zero() => {
                        Price::Holds { rate, until }
                    }
                    Price::Holds { .. } | Price::Infeasible => nothing,
                });
            }
            Ends::One(side) => side,
            Ends::Both => Side::Lower,
        };
        let Some(bound) = range.end(side == Side::Upper) else { return Ok(nothing) };
        let loosens = rising == (side == Side::Upper) && !range.is_fixed();
        let binds = self.simplex.basis.position(place).is_none() && self.simplex.values[place] == *bound;
        if loosens && !binds {
            return Ok(nothing);
        }
        if binds && let Some(price) = self.at_once(place, rising, loosens) {
            return Ok(price);
        }
        Walk::new(self, place, (side, rising)).run(budget)
    }

    /// The reduced costs of the columns at the basis: the most that the maximum can gain per unit that one is
    /// forced up from its lower bound.
    #[must_use]
    pub fn reduced(&self) -> Vec<Rational> {
        let prices = self.simplex.prices(&self.costs);
        let of = |place: usize| {
            let mut reduced = self.costs[place].clone();
            self.simplex
                .matrix
                .each_entry(place, |row, factor| reduced.subtract_product(factor, &prices[row]));
            reduced.to_rational()
        };
        (0..self.simplex.matrix.columns()).map(of).collect()
    }

    /// What the maximum gains per unit that a column is forced up from its lower bound; its negative is the gap.
    /// It cannot be forced beyond its upper bound.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn entering(&self, column: ColumnId, budget: &mut Budget) -> Result<Price, Exhausted> {
        self.price(Variable::Column(column), (Ends::One(Side::Lower), Direction::More), budget)
    }

    /// The price of a bound that a variable stands at, where no exchange is needed to know it.
    fn at_once(&self, place: usize, rising: bool, loosens: bool) -> Option<Price> {
        let column = self.simplex.basis.column(&self.simplex.matrix, place);
        let until = self.simplex.room(&column, rising);
        let within = if loosens { None } else { width(&self.simplex.ranges[place]) };
        let until = match (until, within) {
            (Some(until), Some(width)) => Some(until.min(width)),
            (until, width) => until.or(width),
        };
        if until.as_ref().is_some_and(|until| until.is_zero() || self.indifferent) {
            return None;
        }
        let rate = self.simplex.rate(&self.costs, place, &column).to_rational();
        Some(Price::Holds { rate, until: until.map(|until| until.to_rational()) })
    }
}

/// How far one end may move towards the other; nothing for an equation, whose ends move together.
pub fn width(range: &Range) -> Option<Compact> {
    match (&range.lower, &range.upper) {
        (Some(lower), Some(upper)) if lower != upper => Some(upper.minus(lower)),
        _ => None,
    }
}

impl Simplex {
    /// What the objective gains per unit that a variable which is not basic rises: its reduced cost.
    pub(super) fn rate(&self, costs: &[Compact], place: usize, column: &Sparse) -> Compact {
        let mut rate = costs[place].clone();
        for (position, entry) in column {
            let cost = &costs[self.basis.heading()[*position]];
            if !cost.is_zero() {
                rate.subtract_product(cost, entry);
            }
        }
        rate
    }

    /// How far a variable with this column may move before a basic variable meets a bound.
    pub(super) fn room(&self, column: &Sparse, rising: bool) -> Option<Compact> {
        let meets = |(position, entry): &(usize, Compact)| {
            let variable = self.basis.heading()[*position];
            let bound = self.ranges[variable].end(entry.is_negative() == rising)?;
            Some(bound.minus(&self.values[variable]).abs().over(&entry.abs()))
        };
        column.iter().filter_map(meets).min()
    }
}
