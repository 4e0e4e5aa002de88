//! The least that it costs to send turns from one vertex to another through what may still change, and how many.
//!
//! Source: Dijkstra 1959; Ahuja, Magnanti, Orlin 1993, §9.8 (the primal-dual method).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::pushed::Pushed;
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

/// Distances from one vertex, by lengths that no open step has below zero.
#[derive(Debug)]
pub struct Search<'a, W> {
    residual: &'a Residual<'a, W>,
    /// What one more turn on each arc is worth: never more than zero where it may rise, nor less where it may fall.
    reduced: &'a [W],
    distance: Vec<Option<W>>,
    touched: Vec<Vertex>,
    pushed: Pushed<'a, W>,
}

impl<'a, W: Whole> Search<'a, W> {
    pub fn new(residual: &'a Residual<'a, W>, reduced: &'a [W]) -> Self {
        let distance = vec![None; residual.graph.vertex_count()];
        Self { residual, reduced, distance, touched: Vec::new(), pushed: Pushed::new(residual) }
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
        for vertex in self.touched.drain(..) {
            self.distance[vertex.index()] = None;
        }
        let mut heap = BinaryHeap::new();
        self.reach(detour.from, W::zero());
        heap.push((Reverse(W::zero()), Reverse(detour.from.index())));
        while let Some((Reverse(length), Reverse(place))) = heap.pop() {
            if enough.is_some_and(|enough| length >= *enough) {
                return Ok(None);
            }
            let vertex = Vertex::at(place);
            if vertex == detour.to {
                return Ok(Some(length));
            }
            if self.distance[place].as_ref().is_some_and(|least| length > *least) {
                continue;
            }
            let residual = self.residual;
            for (step, next) in residual.leaving(vertex) {
                budget.spend()?;
                let longer = length.plus(&self.length(step));
                let known = self.distance[next.index()].as_ref();
                if step.arc != detour.beside && known.is_none_or(|known| longer < *known) {
                    self.reach(next, longer.clone());
                    heap.push((Reverse(longer), Reverse(next.index())));
                }
            }
        }
        Ok(None)
    }

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
        if detour.from == detour.to {
            return Ok(limit.cloned());
        }
        let (distance, reduced, residual) = (&self.distance, self.reduced, self.residual);
        let far =
            |vertex: Vertex| distance[vertex.index()].as_ref().filter(|far| *far < least).unwrap_or(least);
        let allowed = |step: Step| {
            let own = &reduced[step.arc.index()];
            let gained = far(residual.to(step)).minus(far(residual.from(step)));
            step.arc != detour.beside && if step.rises { gained == own.negated() } else { gained == *own }
        };
        self.pushed.most((detour.from, detour.to), limit, (&allowed, budget))
    }

    fn length(&self, step: Step) -> W {
        let reduced = &self.reduced[step.arc.index()];
        if step.rises { reduced.negated() } else { reduced.clone() }
    }

    fn reach(&mut self, vertex: Vertex, length: W) {
        if self.distance[vertex.index()].replace(length).is_none() {
            self.touched.push(vertex);
        }
    }
}
