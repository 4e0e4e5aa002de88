//! The least that it costs to send turns from one vertex to another through what may still change.
//!
//! Source: Dijkstra 1959; Ahuja, Magnanti, Orlin 1993, §9.8 (the primal-dual method).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::both_ends::Side;
use super::residual::{Residual, Step};
use crate::exact::whole::Whole;
use crate::network::{Edge, Vertex};
use crate::simplex::{Budget, Exhausted};

/// Turns that are to be sent beside an arc.
#[derive(Clone, Copy, Debug)]
pub struct Detour {
    pub from: Vertex,
    pub to: Vertex,
    /// Its turns are given, and do not change.
    pub beside: Edge,
}

/// A step of an arc as the vertex sees it where it begins.
#[derive(Clone, Debug)]
pub(super) struct Way<W> {
    pub to: u32,
    /// The place of the step back.
    pub back: u32,
    pub arc: Edge,
    /// How many turns may go this way; some, where any number may.
    pub room: W,
    /// How many may go back; some, where any number may.
    pub return_room: W,
    /// Whether their number ends this way, and back.
    pub ends: (bool, bool),
    /// What a turn loses: never less than zero where one may go.
    pub length: W,
}

/// The ways through what may still change about a flow; and distances from one vertex.
#[derive(Clone, Debug)]
pub struct Search<W> {
    /// Where the ways of each vertex begin.
    pub(super) starts: Vec<u32>,
    pub(super) ways: Vec<Way<W>>,
    distance: Vec<W>,
    /// The search that set a distance.
    set_by: Vec<u32>,
    search: u32,
    heap: BinaryHeap<(Reverse<W>, Reverse<u32>)>,
    /// The vertices at the least distance so far.
    near: Vec<u32>,
    /// While turns are sent: by how many steps each vertex is reached, and the way from it that is looked at next.
    pub(super) level: Vec<u32>,
    pub(super) next: Vec<u32>,
    pub(super) sides: (Side, Side),
}

impl<W: Whole> Search<W> {
    /// Shape: what one more turn on each arc is worth: never more than zero where it may rise, nor less where it may fall.
    pub fn new(residual: &Residual<'_, W>, reduced: &[W]) -> Self {
        let graph = residual.graph;
        let count = graph.vertex_count();
        let mut starts = Vec::with_capacity(count + 1);
        let mut next = Vec::with_capacity(count);
        let mut sum = 0u32;
        for vertex in graph.vertices() {
            starts.push(sum);
            next.push(sum);
            let degree = graph.outgoing(vertex).len() + graph.incoming(vertex).len();
            sum = sum.saturating_add(u32::try_from(degree).unwrap_or(u32::MAX));
        }
        starts.push(sum);
        let empty = Way {
            to: 0,
            back: 0,
            arc: Edge::at(0),
            room: W::zero(),
            return_room: W::zero(),
            ends: (true, true),
            length: W::zero(),
        };
        let mut ways = vec![empty; graph.edge_count() * 2];
        for arc in graph.edges() {
            let (tail, head) = (graph.tail(arc), graph.head(arc));
            let mut place = |vertex: Vertex| {
                let place = next[vertex.index()];
                next[vertex.index()] += 1;
                place
            };
            let (own, back) = (place(tail), place(head));
            let rooms = [true, false].map(|rises| residual.room(Step { arc, rises }));
            let [ends, return_ends] = rooms.each_ref().map(Option::is_some);
            let [room, return_room] = rooms.map(|room| room.unwrap_or_else(W::one));
            let (worth, length) = (reduced[arc.index()].clone(), reduced[arc.index()].negated());
            let way = Way {
                to: head.0,
                back,
                arc,
                room: room.clone(),
                return_room: return_room.clone(),
                ends: (ends, return_ends),
                length,
            };
            let other = Way {
                to: tail.0,
                back: own,
                arc,
                room: return_room,
                return_room: room,
                ends: (return_ends, ends),
                length: worth,
            };
            ways[own as usize] = way;
            ways[back as usize] = other;
        }
        Self {
            starts,
            ways,
            distance: vec![W::zero(); count],
            set_by: vec![0; count],
            search: 0,
            heap: BinaryHeap::new(),
            near: Vec::new(),
            level: vec![u32::MAX; count],
            next: vec![0; count],
            sides: (Side::new(count), Side::new(count)),
        }
    }

    /// The least length of a detour; nothing where there is none, or none shorter than `enough`.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn least(
        &mut self,
        detour: Detour,
        enough: Option<&W>,
        budget: &mut Budget,
    ) -> Result<Option<W>, Exhausted> {
        let zero = W::zero();
        self.heap.clear();
        self.near.clear();
        self.search = self.search.checked_add(1).ok_or(Exhausted)?;
        let mut length = zero.clone();
        self.reach(detour.from.0, zero.clone());
        self.near.push(detour.from.0);
        loop {
            if enough.is_some_and(|enough| length >= *enough) {
                return Ok(None);
            }
            while let Some(vertex) = self.near.pop() {
                if vertex == detour.to.0 {
                    return Ok(Some(length));
                }
                let (first, end) = self.range(vertex);
                budget.spend_many((end - first) as u64)?;
                for place in first..end {
                    let way = &self.ways[place];
                    if way.room <= zero || way.arc == detour.beside {
                        continue;
                    }
                    let (to, longer) = (way.to, length.plus(&way.length));
                    if self.far(to).is_some_and(|known| longer >= *known) {
                        continue;
                    }
                    self.reach(to, longer.clone());
                    if longer > length {
                        self.heap.push((Reverse(longer), Reverse(to)));
                    } else if to == detour.to.0 {
                        return Ok(Some(length));
                    } else {
                        self.near.push(to);
                    }
                }
            }
            loop {
                let Some((Reverse(next), Reverse(vertex))) = self.heap.pop() else { return Ok(None) };
                if self.far(vertex) == Some(&next) {
                    length = next;
                    self.near.push(vertex);
                    break;
                }
            }
        }
    }

    /// The ways that begin at a vertex.
    pub(super) fn range(&self, vertex: u32) -> (usize, usize) {
        (self.starts[vertex as usize] as usize, self.starts[vertex as usize + 1] as usize)
    }

    /// How far a vertex is from where the last search began; nothing where it was not met.
    pub(super) fn far(&self, vertex: u32) -> Option<&W> {
        (self.set_by[vertex as usize] == self.search).then(|| &self.distance[vertex as usize])
    }

    fn reach(&mut self, vertex: u32, length: W) {
        self.distance[vertex as usize] = length;
        self.set_by[vertex as usize] = self.search;
    }
}
