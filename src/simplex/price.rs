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
    /// Prices of the rows.
    prices: Vec<Compact>,
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
        let prices = self.prices(&costs);
        Sensitivity { simplex: self, costs, reduced, prices, indifferent }
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
        self.one(variable, (ends, direction), &mut None, budget)
    }

    /// The price in both directions: of more, and of less.
    pub fn both(&self, variable: Variable, ends: Ends, budget: &mut Budget) -> [Result<Price, Exhausted>; 2] {
        let mut column = None;
        [Direction::More, Direction::Less]
            .map(|direction| self.one(variable, (ends, direction), &mut column, budget))
    }

    /// The same, with the variable's column in terms of the basis, once it is known.
    fn one(
        &self,
        variable: Variable,
        (ends, direction): (Ends, Direction),
        column: &mut Option<Sparse>,
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
                return Ok(match self.one(variable, (Ends::Both, direction), column, budget)? {
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
        if binds {
            let known = || self.simplex.basis.column(&self.simplex.matrix, place);
            if let Some(price) = self.at_once((place, column.get_or_insert_with(known)), rising, loosens) {
                return Ok(price);
            }
        }
        Walk::new(self, place, (side, rising)).run(budget)
    }

    /// The reduced costs of the columns at the basis: the most that the maximum can gain per unit that one is
    /// forced up from its lower bound.
    #[must_use]
    pub fn reduced(&self) -> Vec<Rational> {
        (0..self.simplex.matrix.columns()).map(|place| self.rate(place).to_rational()).collect()
    }

    /// What the objective gains per unit that a variable which is not basic rises: its reduced cost.
    fn rate(&self, place: usize) -> Compact {
        let mut rate = self.costs[place].clone();
        let matrix = &self.simplex.matrix;
        matrix.each_entry(place, |row, factor| rate.subtract_product(factor, &self.prices[row]));
        rate
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
    fn at_once(&self, (place, column): (usize, &Sparse), rising: bool, loosens: bool) -> Option<Price> {
        let until = self.simplex.room(column, rising);
        let within = if loosens { None } else { width(&self.simplex.ranges[place]) };
        let until = match (until, within) {
            (Some(until), Some(width)) => Some(until.min(width)),
            (until, width) => until.or(width),
        };
        if until.as_ref().is_some_and(|until| until.is_zero() || self.indifferent) {
            return None;
        }
        let rate = self.rate(place).to_rational();
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

/// Rough logarithms of two quotients of four numbers each differ by no more than this where the quotients are equal.
const ROUGH: i64 = 512;

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
    ///
    /// Where numbers are long, quotients are: only those are formed that may be the least, by rough logarithms.
    pub(super) fn room(&self, column: &Sparse, rising: bool) -> Option<Compact> {
        let meets = |(position, entry): &'_ (usize, Compact)| {
            let variable = self.basis.heading()[*position];
            let bound = self.ranges[variable].end(entry.is_negative() == rising)?;
            let way = bound.minus(&self.values[variable]);
            Some((way.magnitude() - entry.magnitude(), way, entry.clone()))
        };
        let meetings: Vec<(i64, Compact, Compact)> = column.iter().filter_map(meets).collect();
        let least = meetings.iter().map(|(length, ..)| *length).min()?;
        let near = meetings.iter().filter(|(length, ..)| *length <= least + ROUGH);
        near.map(|(_, way, entry)| way.over(entry).abs()).min()
    }
}
