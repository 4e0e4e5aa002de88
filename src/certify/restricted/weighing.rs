//! What edges weigh while a search goes on: numerators, or what a ratio leaves of them.
//!
//! For a ratio λ = p/q an edge weighs n·q − d·p, so that a walk weighs more than zero exactly if its ratio is
//! greater. λ is the ratio of the last walk listed: Dinkelbach's iteration, a step for each time that it rises.
//!
//! Source: mathematics §2 (2.3); Dinkelbach 1967.

use std::cmp::Ordering;

use super::Task;
use super::assignment::Duals;
use super::list::{Candidate, List};
use crate::certify::number::Exact;

/// Weights, their duals, and what they were made for.
pub struct Weighing<W> {
    pub weights: Vec<W>,
    pub duals: Duals<W>,
    /// The walk whose ratio the weights are for, where that was the last of a full list.
    goal: Option<Candidate<W>>,
}

impl<W: Exact> Weighing<W> {
    /// The weights for a list as it is; nothing where their assignment shows that nothing is admitted.
    pub fn of(task: &Task<'_, W>, list: &List<'_, W>) -> Option<Self> {
        let weights = match (task.problem.denominator, list.worst()) {
            (Some(_), Some(walk)) => weighed(task, &walk.numerator, &walk.denominator),
            _ => task.scaled.numerator.clone(),
        };
        let duals = Duals::of(task, &weights)?;
        Some(Self { weights, duals, goal: list.last().cloned() })
    }

    /// Whether other weights would bound more closely.
    pub fn is_stale(&self, task: &Task<'_, W>, list: &List<'_, W>) -> bool {
        task.problem.denominator.is_some() && self.against(list).is_some_and(|order| order != Ordering::Equal)
    }

    /// Whether these weights were made before the list was full, and bound nothing.
    pub fn is_blind(&self, task: &Task<'_, W>, list: &List<'_, W>) -> bool {
        task.problem.denominator.is_some() && self.goal.is_none() && list.last().is_some()
    }

    fn against(&self, list: &List<'_, W>) -> Option<Ordering> {
        let last = list.last()?;
        Some(self.goal.as_ref().map_or(Ordering::Less, |goal| goal.cmp_value(last)))
    }

    /// How walks of at most this weight stand to the last one listed: worse (less), at best as good (equal), or
    /// perhaps better.
    pub fn promise(&self, task: &Task<'_, W>, list: &List<'_, W>, weight: &W) -> Ordering {
        let Some(last) = list.last() else { return Ordering::Greater };
        if task.problem.denominator.is_none() {
            return weight.cmp(&last.numerator);
        }
        match (self.against(list), weight.cmp(&W::zero())) {
            // The weights are for no walk listed: they compare with nothing.
            _ if self.goal.is_none() => Ordering::Greater,
            // The last walk is better than when edges were weighed: a walk as good as it weighs more than zero.
            (Some(Ordering::Less), Ordering::Equal) => Ordering::Less,
            (_, order) => order,
        }
    }
}

/// What edges weigh for a ratio.
pub fn weighed<W: Exact>(task: &Task<'_, W>, numerator: &W, denominator: &W) -> Vec<W> {
    let pairs = task.scaled.numerator.iter().zip(&task.scaled.denominator);
    pairs.map(|(above, below)| above.times(denominator).minus(&below.times(numerator))).collect()
}
