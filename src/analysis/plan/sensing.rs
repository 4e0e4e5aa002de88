//! Whom prices are asked: the general method at its basis, or the network.
//!
//! Both know the same prices. The general method walks on a copy of its basis; a network sends turns by the shortest
//! detours, which is far quicker.

use std::cmp::Reverse;

use super::worth::Best;
use crate::exact::Rational;
use crate::min_cost_flow::Pricer;
use crate::program::ColumnId;
use crate::simplex::{Budget, Direction, Ends, Exhausted, Price, Sensitivity, Side, Variable};

/// The most pivots that prices may take: they are asked for after the plan is known.
const MOST_PIVOTS: u64 = 50_000;

/// The most arcs that detours may look at: less than a second.
const MOST_ARCS: u64 = 50_000_000;

/// An optimum that prices are asked of.
pub(super) enum Sensing<'a> {
    General(Sensitivity<'a>),
    Network(Box<Pricer<'a>>),
}

/// The same, until the budget is exhausted.
pub(super) struct Sensor<'a> {
    sensing: Sensing<'a>,
    budget: Budget,
}

impl<'a> Sensor<'a> {
    pub fn new(sensing: Sensing<'a>, best: &Best<'_>) -> Self {
        let most = match sensing {
            Sensing::General(_) => MOST_PIVOTS,
            Sensing::Network(_) => MOST_ARCS,
        };
        Self { sensing, budget: Budget::until(best.search.stop(), most) }
    }

    /// The prices of more and of less of each bound.
    ///
    /// A network is asked first for those that may be worth most, so that they are known where not all can be.
    pub fn both(&mut self, asked: &[(Variable, Ends)]) -> Vec<[Result<Price, Exhausted>; 2]> {
        let pricer = match &self.sensing {
            Sensing::General(sensitivity) => {
                let both = |(variable, ends): &(Variable, Ends)| {
                    sensitivity.both(*variable, *ends, &mut self.budget)
                };
                return asked.iter().map(both).collect();
            }
            Sensing::Network(pricer) => pricer,
        };
        let worth = pricer.reduced();
        let magnitude = |place: &usize| pricer.column(asked[*place].0).map(|column| worth[column].abs());
        let mut order: Vec<usize> = (0..asked.len()).collect();
        order.sort_by_cached_key(|place| (Reverse(magnitude(place)), *place));
        let questions: Vec<_> = order
            .iter()
            .flat_map(|place| {
                let (variable, ends) = asked[*place];
                [Direction::More, Direction::Less].map(|direction| (variable, ends, direction))
            })
            .collect();
        let mut found: Vec<[Result<Price, Exhausted>; 2]> =
            vec![[Err(Exhausted), Err(Exhausted)]; asked.len()];
        let prices = pricer.prices(&questions, &mut self.budget);
        for (place, pair) in order.into_iter().zip(prices.chunks_exact(2)) {
            found[place] = [pair[0].clone(), pair[1].clone()];
        }
        found
    }

    /// What one more turn of each column is worth while the basis stays: the most that it can be worth.
    pub fn reduced(&self) -> Vec<Rational> {
        match &self.sensing {
            Sensing::General(sensitivity) => sensitivity.reduced(),
            Sensing::Network(pricer) => pricer.reduced(),
        }
    }

    /// What the maximum gains per unit that a column is forced up from its lower bound.
    pub fn entering(&mut self, column: ColumnId) -> Result<Price, Exhausted> {
        let (variable, ends, direction) = (Variable::Column(column), Ends::One(Side::Lower), Direction::More);
        match &self.sensing {
            Sensing::General(sensitivity) => sensitivity.entering(column, &mut self.budget),
            Sensing::Network(pricer) => {
                let mut prices = pricer.prices(&[(variable, ends, direction)], &mut self.budget);
                prices.pop().unwrap_or(Err(Exhausted))
            }
        }
    }
}
