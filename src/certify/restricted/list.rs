//! The best walks met so far, in the one order.
//!
//! Value; for loops the least edge; then the fewest edges; then the list of edges, a loop's from the least on.
//!
//! Source: mathematics §2, "one order for ties", §3.

use std::cmp::Ordering;

use super::{RankedWalk, Task};
use crate::certify::number::Exact;
use crate::exact::Rational;
use crate::network::Edge;

/// A walk with its sums.
#[derive(Clone, Debug)]
pub struct Candidate<W> {
    pub edges: Vec<Edge>,
    pub numerator: W,
    /// One, in some unit, where the numerators alone count.
    pub denominator: W,
}

impl<W: Exact> Candidate<W> {
    /// A walk that the problem admits; a loop is turned to begin with its least edge.
    pub fn of(task: &Task<'_, W>, edges: &[Edge]) -> Self {
        let mut edges = edges.to_vec();
        if task.problem.ends.is_none() {
            let least = edges.iter().enumerate().min_by_key(|(_, edge)| **edge).map_or(0, |(place, _)| place);
            edges.rotate_left(least);
        }
        let sum = |numbers: &[W]| W::total(edges.iter().map(|edge| &numbers[edge.index()]));
        let numerator = sum(&task.scaled.numerator);
        let denominator = match task.problem.denominator {
            Some(_) => sum(&task.scaled.denominator),
            None => task.scaled.denominator.first().cloned().unwrap_or_else(W::zero),
        };
        Self { edges, numerator, denominator }
    }

    /// How this walk's value stands to another's.
    pub fn cmp_value(&self, other: &Self) -> Ordering {
        self.numerator.times(&other.denominator).cmp(&other.numerator.times(&self.denominator))
    }

    fn ranked(&self, task: &Task<'_, W>) -> RankedWalk {
        let value = task.value(&self.numerator, &self.denominator);
        RankedWalk { edges: self.edges.clone(), value }
    }
}

impl<W: Exact> Task<'_, W> {
    /// A quotient of two sums of scaled numbers as a value of the problem.
    pub fn value(&self, numerator: &W, denominator: &W) -> Rational {
        let below = &denominator.to_rational() * &self.scaled.numerator_scale;
        let above = &numerator.to_rational() * &self.scaled.denominator_scale;
        above.checked_div(&below).unwrap_or_default()
    }
}

/// The best `top` walks met.
pub struct List<'a, W> {
    task: &'a Task<'a, W>,
    top: usize,
    walks: Vec<Candidate<W>>,
    /// Whether a walk was met that is not listed and ties with the last that is.
    pub tie_at_cut: bool,
    /// Told of every value that is better than those before.
    better: &'a dyn Fn(&Rational),
}

impl<'a, W: Exact> List<'a, W> {
    pub fn new(task: &'a Task<'a, W>, top: usize, better: &'a dyn Fn(&Rational)) -> Self {
        Self { task, top, walks: Vec::new(), tie_at_cut: false, better }
    }

    /// Ties among what was known are no ties that the search has met.
    pub fn forget_ties(&mut self) {
        self.tie_at_cut = false;
    }

    /// The walk that another must precede, once the list is full.
    pub fn last(&self) -> Option<&Candidate<W>> {
        self.walks.last().filter(|_| self.walks.len() == self.top)
    }

    /// The worst walk listed, full or not.
    pub fn worst(&self) -> Option<&Candidate<W>> {
        self.walks.last()
    }

    /// Takes a walk in, if its place is in the list; whether the list's last value is another now.
    pub fn offer(&mut self, walk: Candidate<W>) -> bool {
        let order = |one: &Candidate<W>| {
            let value = walk.cmp_value(one);
            value.then_with(|| self.key(one).cmp(&self.key(&walk)))
        };
        // The list is from the best to the worst, and the order above from the worst to the best.
        let place = match self.walks.binary_search_by(order) {
            Ok(_) => return false,
            Err(place) => place,
        };
        if place == self.top {
            self.tie_at_cut |= self.walks.last().is_some_and(|last| last.cmp_value(&walk) == Ordering::Equal);
            return false;
        }
        if place == 0 {
            (self.better)(&self.task.value(&walk.numerator, &walk.denominator));
        }
        self.walks.insert(place, walk);
        if self.walks.len() <= self.top {
            return self.walks.len() == self.top;
        }
        let gone = self.walks.pop();
        let same = self
            .walks
            .last()
            .zip(gone.as_ref())
            .is_some_and(|(last, gone)| last.cmp_value(gone) == Ordering::Equal);
        self.tie_at_cut = same;
        !same
    }

    fn key<'w>(&self, walk: &'w Candidate<W>) -> (Option<Edge>, usize, &'w [Edge]) {
        let least = walk.edges.first().copied().filter(|_| self.task.problem.ends.is_none());
        (least, walk.edges.len(), &walk.edges)
    }

    /// Whether a walk that ties with the last one listed could stand before it: it begins with these edges, and
    /// has at least so many.
    pub fn may_precede(&self, begun: &[Edge], next: Edge, least_length: usize) -> bool {
        let Some(last) = self.last() else { return true };
        let mut own = begun.iter().copied().chain(std::iter::once(next));
        let mut prefix = begun.iter().copied().chain(std::iter::once(next)).zip(&last.edges);
        let first = if self.task.problem.ends.is_none() {
            own.next().cmp(&last.edges.first().copied())
        } else {
            Ordering::Equal
        };
        let order = first.then(least_length.cmp(&last.edges.len())).then_with(|| {
            prefix
                .find_map(|(own, other)| Some(own.cmp(other)).filter(|order| order.is_ne()))
                .unwrap_or(Ordering::Equal)
        });
        order.is_le()
    }

    /// The same for a loop that may have begun anywhere: `before` says whether it can still come to an edge before
    /// another one, or, if told so, to that one itself.
    pub fn may_precede_turned(
        &self,
        begun: &[Edge],
        next: Edge,
        least_length: usize,
        before: impl Fn(Edge, bool) -> bool,
    ) -> bool {
        let Some((last, first)) = self.last().and_then(|last| Some((last, *last.edges.first()?))) else {
            return true;
        };
        let least = begun.iter().copied().min().map_or(next, |least| least.min(next));
        match least.cmp(&first) {
            Ordering::Less => true,
            Ordering::Equal => least_length <= last.edges.len() || before(first, false),
            Ordering::Greater => before(first, true),
        }
    }

    pub fn ranked(&self) -> Vec<RankedWalk> {
        self.walks.iter().map(|walk| walk.ranked(self.task)).collect()
    }
}
