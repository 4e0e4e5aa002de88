//! One step of cost scaling: from a flow that is best but for one ε to one that is for a smaller.
//!
//! Every step that gains is filled. Where turns arrive and do not leave, they go on along a few steps that gain, by the
//! least ε; a vertex without such a step is made cheaper. From time to time all prices are set by how far each vertex is from where
//! turns are missing.
//!
//! Source: mathematics §4, *Networks*; Goldberg 1997; Goldberg 2008 (the partial augment-relabel algorithm).

use std::collections::VecDeque;

use super::scaling::{End, Half, Scaling};
use super::word::Word;
use crate::simplex::{Budget, Exhausted};

/// The most steps that turns are sent along at once.
const MOST_STEPS: usize = 4;

/// How many vertices may be made cheaper before all prices are set again: so many for each where turns wait, and so many.
const RELABELS_EACH: usize = 16;
const FEWEST_RELABELS: usize = 100;

impl<C: Word, F: Word> Scaling<C, F> {
    /// Makes the flow best but for two to this power.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub(super) fn refine(&mut self, exponent: u32, budget: &mut Budget) -> Result<End, Exhausted> {
        let none = F::default();
        self.fill();
        let count = self.price.len();
        let mut active: VecDeque<u32> =
            (0u32..).take(count).filter(|vertex| self.excess[*vertex as usize] > none).collect();
        self.current.copy_from_slice(&self.starts[..count]);
        let (mut path, mut relabels) = (Vec::with_capacity(MOST_STEPS), count);
        while let Some(first) = active.front().copied() {
            if self.excess[first as usize] <= none {
                active.pop_front();
                continue;
            }
            // Where few vertices wait, most of what they need is a way.
            let most = count.min(active.len() * RELABELS_EACH + FEWEST_RELABELS);
            if relabels >= most {
                relabels = 0;
                if !self.reprice(exponent) {
                    return Ok(End::Infeasible);
                }
                if self.price.iter().any(|price| *price > self.limit) {
                    return Ok(End::Long);
                }
            }
            path.clear();
            let mut tip = first as usize;
            while path.len() < MOST_STEPS && self.excess[tip] >= none && relabels < most {
                if let Some(place) = self.gaining(tip) {
                    path.push(place);
                    tip = self.halves[place as usize].to as usize;
                    continue;
                }
                budget.spend()?;
                relabels += 1;
                let last = path.pop();
                if !self.relabel((tip, last), exponent) {
                    return Ok(End::Infeasible);
                }
                if -self.price[tip] > self.limit || self.price[tip] > self.limit {
                    return Ok(End::Long);
                }
                if let Some(place) = last {
                    tip = self.tail(place);
                }
            }
            for place in &path {
                self.send(*place, &mut active);
            }
        }
        Ok(End::Best)
    }

    /// Fills every step that gains.
    fn fill(&mut self) {
        for vertex in 0..self.price.len() {
            for place in self.starts[vertex]..self.starts[vertex + 1] {
                let half = self.halves[place as usize];
                if half.room > F::default() && self.reduced(vertex, &half) < C::default() {
                    self.push(place, vertex, half.room);
                }
            }
        }
    }

    /// The next open step from a vertex that gains.
    fn gaining(&mut self, vertex: usize) -> Option<u32> {
        let (first, end) = (self.current[vertex], self.starts[vertex + 1]);
        let price = self.price[vertex];
        let halves = &self.halves[first as usize..end as usize];
        let gains =
            |half: &Half<C, F>| half.room > F::default() && half.cost + price < self.price[half.to as usize];
        let found = halves.iter().position(gains);
        let place = found.map(|found| first + u32::try_from(found).unwrap_or(0));
        self.current[vertex] = place.unwrap_or(end);
        place
    }

    /// Makes a vertex as much cheaper as leaves no open step below −ε; of none that is open, so much that the last step of
    /// a path to it does not gain. Whether there is any of these.
    fn relabel(&mut self, (vertex, last): (usize, Option<u32>), exponent: u32) -> bool {
        let most = |half: &Half<C, F>| self.price[half.to as usize] - half.cost;
        let open = self.of(vertex).filter(|half| half.room > F::default()).map(most).max();
        let back = || last.map(|last| most(&self.halves[self.halves[last as usize].back as usize]));
        let Some(most) = open.or_else(back) else { return false };
        self.price[vertex] = most - (C::from(1) << exponent);
        self.current[vertex] = self.starts[vertex];
        true
    }

    fn tail(&self, place: u32) -> usize {
        let back = self.halves[place as usize].back;
        self.halves[back as usize].to as usize
    }

    /// Sends as many turns by a step as there are at its tail.
    fn send(&mut self, place: u32, active: &mut VecDeque<u32>) {
        let (tail, half) = (self.tail(place), self.halves[place as usize]);
        let turns = half.room.min(self.excess[tail]);
        let before = self.excess[half.to as usize];
        self.push(place, tail, turns);
        if before <= F::default() && self.excess[half.to as usize] > F::default() {
            active.push_back(half.to);
        }
    }

    fn push(&mut self, place: u32, tail: usize, turns: F) {
        let half = &mut self.halves[place as usize];
        (half.room, half.return_room) = (half.room - turns, half.return_room + turns);
        let (to, back) = (half.to as usize, half.back as usize);
        let other = &mut self.halves[back];
        (other.room, other.return_room) = (other.room + turns, other.return_room - turns);
        self.excess[tail] = self.excess[tail] - turns;
        self.excess[to] = self.excess[to] + turns;
    }
}
