//! How many turns go from one vertex to another at the least length.
//!
//! At first ways are sought from both ends at once, so that little of the network is looked at: mostly few ways are enough, and
//! what is in the way of more is near one end. After some, steps are followed from the beginning on, nearest first, and turns
//! sent by the fewest steps, found from the end back, until none go by so few; and again, until none go at all.
//!
//! Source: Edmonds, Karp 1972; Dinitz 1970.

use super::search::{Detour, Search};
use crate::exact::whole::Whole;
use crate::simplex::{Budget, Exhausted};

/// Not met.
pub(super) const NONE: u32 = u32::MAX;

/// The most ways that are sought from both ends.
const MOST_FROM_BOTH: usize = 50;

/// Turns on their way.
#[derive(Debug)]
pub(super) struct Pushing<'a, W> {
    pub detour: Detour,
    least: &'a W,
    limit: Option<&'a W>,
    total: W,
    /// What was met, in order.
    met: Vec<u32>,
    /// By how much each way was filled.
    filled: Vec<(usize, W)>,
}

/// How sending turns ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    /// No more go by so few steps.
    All,
    /// As many as are asked for.
    Enough,
    /// Any number goes.
    Endless,
}

impl<W: Whole> Search<W> {
    /// How many turns go at that length, up to a limit; any number where nothing is given. The search for the least
    /// length comes before.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn room(
        &mut self,
        (detour, least): (Detour, &W),
        limit: Option<&W>,
        budget: &mut Budget,
    ) -> Result<Option<W>, Exhausted> {
        if detour.from == detour.to || limit == Some(&W::zero()) {
            return Ok(limit.cloned());
        }
        let mut pushing =
            Pushing { detour, least, limit, total: W::zero(), met: Vec::new(), filled: Vec::new() };
        let sent = self.most(&mut pushing, budget);
        for (place, turns) in &pushing.filled {
            self.fill(*place, &turns.negated());
        }
        Ok(match sent? {
            Sent::All => Some(pushing.total),
            Sent::Enough | Sent::Endless => limit.cloned(),
        })
    }

    fn most(&mut self, pushing: &mut Pushing<'_, W>, budget: &mut Budget) -> Result<Sent, Exhausted> {
        for _ in 0..MOST_FROM_BOTH {
            let Some(path) = self.way_from_both(pushing, budget)? else { return Ok(Sent::All) };
            if self.push(&path, pushing).is_none() {
                return Ok(Sent::Endless);
            }
            if pushing.limit.is_some_and(|limit| pushing.total >= *limit) {
                return Ok(Sent::Enough);
            }
        }
        loop {
            let sent = match self.follow(pushing, budget) {
                Ok(true) => self.send(pushing, budget),
                Ok(false) => Ok(Sent::All),
                Err(Exhausted) => Err(Exhausted),
            };
            let reached = self.level[pushing.detour.to.index()] != NONE;
            for vertex in pushing.met.drain(..) {
                self.level[vertex as usize] = NONE;
            }
            if sent != Ok(Sent::All) || !reached {
                return sent;
            }
        }
    }

    /// Sets by how many steps each vertex is reached, up to the end; whether that is.
    fn follow(&mut self, pushing: &mut Pushing<'_, W>, budget: &mut Budget) -> Result<bool, Exhausted> {
        let (from, to) = (pushing.detour.from.0, pushing.detour.to.0);
        self.meet(from, 0, &mut pushing.met);
        let mut looked = 0;
        while let Some(vertex) = pushing.met.get(looked).copied() {
            looked += 1;
            let (first, end) = self.range(vertex);
            budget.spend_many((end - first) as u64)?;
            for place in first..end {
                let way = &self.ways[place];
                let next = way.to;
                let open = way.room > W::zero() && self.level[next as usize] == NONE;
                if open && self.is_tight(vertex, place, pushing) {
                    self.meet(next, self.level[vertex as usize] + 1, &mut pushing.met);
                    if next == to {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    fn meet(&mut self, vertex: u32, level: u32, met: &mut Vec<u32>) {
        self.level[vertex as usize] = level;
        self.next[vertex as usize] = self.starts[vertex as usize];
        met.push(vertex);
    }

    /// Sends turns by as few steps as the end was reached by. What leads back to the beginning no more is left behind.
    fn send(&mut self, pushing: &mut Pushing<'_, W>, budget: &mut Budget) -> Result<Sent, Exhausted> {
        let (from, to) = (pushing.detour.from.0, pushing.detour.to.0);
        let (mut path, mut at): (Vec<usize>, u32) = (Vec::new(), to);
        loop {
            if at == from {
                let Some(first) = self.push(&path, pushing) else { return Ok(Sent::Endless) };
                if pushing.limit.is_some_and(|limit| pushing.total >= *limit) {
                    return Ok(Sent::Enough);
                }
                at = self.begins(path[first]);
                path.truncate(first);
            }
            if let Some(place) = self.back(at, pushing, budget)? {
                path.push(place);
                at = self.ways[place].to;
            } else {
                let Some(place) = path.pop() else { return Ok(Sent::All) };
                // Nothing leads to where the search stands: it is looked for elsewhere.
                self.level[at as usize] = NONE - 1;
                at = self.begins(place);
            }
        }
    }

    /// The way from a vertex whose step back comes from one step nearer to the beginning.
    fn back(
        &mut self,
        at: u32,
        pushing: &Pushing<'_, W>,
        budget: &mut Budget,
    ) -> Result<Option<usize>, Exhausted> {
        let (first, end) = (self.next[at as usize], self.starts[at as usize + 1]);
        let nearer = self.level[at as usize].wrapping_sub(1);
        let found = (first..end).find(|place| {
            let way = &self.ways[*place as usize];
            way.return_room > W::zero()
                && self.level[way.to as usize] == nearer
                && self.is_tight(at, *place as usize, pushing)
        });
        self.next[at as usize] = found.unwrap_or(end);
        budget.spend_many(u64::from(found.unwrap_or(end) - first) + 1)?;
        Ok(found.map(|place| place as usize))
    }

    /// Whether a way is as long as its ends are apart, and may be taken: it can be exactly if the step back can.
    pub(super) fn is_tight(&self, vertex: u32, place: usize, pushing: &Pushing<'_, W>) -> bool {
        let far = |vertex: u32| self.far(vertex).filter(|far| *far < pushing.least).unwrap_or(pushing.least);
        let way = &self.ways[place];
        way.arc != pushing.detour.beside && far(way.to).minus(far(vertex)) == way.length
    }

    /// Sends as many turns back along these ways as go, and says which of them is the first that is full then; nothing where
    /// any number goes.
    fn push(&mut self, path: &[usize], pushing: &mut Pushing<'_, W>) -> Option<usize> {
        let rooms = path.iter().enumerate().filter(|(_, place)| self.ways[**place].ends.1);
        // The first of several.
        let (first, place) =
            rooms.min_by(|one, other| self.ways[*one.1].return_room.cmp(&self.ways[*other.1].return_room))?;
        let turns = self.ways[*place].return_room.clone();
        for place in path {
            let back = self.ways[*place].back as usize;
            self.fill(back, &turns);
            pushing.filled.push((back, turns.clone()));
        }
        pushing.total = pushing.total.plus(&turns);
        Some(first)
    }

    fn fill(&mut self, place: usize, turns: &W) {
        let way = &mut self.ways[place];
        let (back, (ends, return_ends)) = (way.back as usize, way.ends);
        if ends {
            way.room = way.room.minus(turns);
        }
        if return_ends {
            way.return_room = way.return_room.plus(turns);
        }
        let other = &mut self.ways[back];
        if ends {
            other.return_room = other.return_room.minus(turns);
        }
        if return_ends {
            other.room = other.room.plus(turns);
        }
    }

    pub(super) fn begins(&self, place: usize) -> u32 {
        self.ways[self.ways[place].back as usize].to
    }
}
