//! A way that is sought from both of its ends at once.
//!
//! Source: Pohl 1971.

use super::pushed::{NONE, Pushing};
use super::search::Search;
use crate::exact::whole::Whole;
use crate::simplex::{Budget, Exhausted};

/// A vertex where a search begins is reached by no way.
const BEGIN: u32 = NONE - 1;

/// What a search from one end has met.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    /// By which way each vertex was met.
    by: Vec<u32>,
    met: Vec<u32>,
    /// How many of those were looked at, and how many ways.
    looked: usize,
    ways: u64,
}

impl Side {
    pub fn new(vertices: usize) -> Self {
        Self { by: vec![NONE; vertices], met: Vec::new(), looked: 0, ways: 0 }
    }

    fn begin(&mut self, vertex: u32) {
        for vertex in self.met.drain(..) {
            self.by[vertex as usize] = NONE;
        }
        (self.looked, self.ways) = (0, 0);
        self.meet(vertex, BEGIN);
    }

    fn meet(&mut self, vertex: u32, by: u32) {
        self.by[vertex as usize] = by;
        self.met.push(vertex);
    }

    fn has(&self, vertex: u32) -> bool {
        self.by[vertex as usize] != NONE
    }
}

impl<W: Whole> Search<W> {
    /// A way along which turns go at the least length, as ways whose steps back it takes; nothing where there is none.
    pub(super) fn way_from_both(
        &mut self,
        pushing: &Pushing<'_, W>,
        budget: &mut Budget,
    ) -> Result<Option<Vec<usize>>, Exhausted> {
        let mut sides = std::mem::take(&mut self.sides);
        let found = self.sought([&mut sides.0, &mut sides.1], pushing, budget);
        let path = found.map(|at| at.map(|at| self.joined([&sides.0, &sides.1], at)));
        self.sides = sides;
        path
    }

    /// The vertex where the two searches meet.
    fn sought(
        &self,
        [fore, back]: [&mut Side; 2],
        pushing: &Pushing<'_, W>,
        budget: &mut Budget,
    ) -> Result<Option<u32>, Exhausted> {
        fore.begin(pushing.detour.from.0);
        back.begin(pushing.detour.to.0);
        loop {
            // Whichever has looked at less goes on.
            let onwards = fore.ways <= back.ways;
            let (own, other) = if onwards { (&mut *fore, &*back) } else { (&mut *back, &*fore) };
            let Some(vertex) = own.met.get(own.looked).copied() else { return Ok(None) };
            own.looked += 1;
            let (first, end) = self.range(vertex);
            let ways = (end - first) as u64;
            own.ways += ways;
            budget.spend_many(ways)?;
            for (place, name) in (first..end).zip(self.starts[vertex as usize]..) {
                let way = &self.ways[place];
                let room = if onwards { &way.room } else { &way.return_room };
                if *room > W::zero() && !own.has(way.to) && self.is_tight(vertex, place, pushing) {
                    own.meet(way.to, name);
                    if other.has(way.to) {
                        return Ok(Some(way.to));
                    }
                }
            }
        }
    }

    /// The way through a vertex that both searches have met.
    fn joined(&self, [fore, back]: [&Side; 2], at: u32) -> Vec<usize> {
        let (mut path, mut vertex) = (Vec::new(), at);
        while fore.by[vertex as usize] < BEGIN {
            let place = self.ways[fore.by[vertex as usize] as usize].back as usize;
            path.push(place);
            vertex = self.ways[place].to;
        }
        vertex = at;
        while back.by[vertex as usize] < BEGIN {
            let place = back.by[vertex as usize] as usize;
            path.push(place);
            vertex = self.begins(place);
        }
        path
    }
}
