//! Heaviest walks, by policy improvement.
//!
//! Each vertex remembers the edge by which its best walk goes on (the *policy*). One round values the policy
//! exactly along its trees, then lets every vertex take a better edge, in the trees' order, so that news
//! travels far in one round. A loop that appears among the chosen edges weighs more than zero: the edge that
//! closes it raised a value along a walk that led back to it. At a fixed weighing a round does all that a
//! round of Bellman and Ford does, so there are at most as many rounds as vertices; in practice, a handful.
//!
//! Source: Howard 1960; Cochet-Terrasson, Cohen, Gaubert, McGettrick, Quadrat 1998 (max-plus policy iteration).

use super::{Components, Edge, Subgraph, Vertex, Weight};
use crate::stop::Stop;

/// Where a walk may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Anywhere,
    /// Every vertex in scope must reach this one, and the first policy must lead there without a loop.
    Only(Vertex),
}

/// A search for the heaviest walk that leaves each vertex.
#[derive(Debug)]
pub struct Walks<'g, W> {
    scope: Subgraph<'g>,
    components: &'g Components,
    ends: Ends,
    /// What each edge weighs; may change between two calls of [`Walks::settle`].
    pub weights: Vec<W>,
    /// What each vertex' best known walk weighs.
    pub values: Vec<W>,
    /// The edge by which it goes on; none where it ends.
    pub policy: Vec<Option<Edge>>,
    marks: Vec<u64>,
    places: Vec<u32>,
    stamp: u64,
    path: Vec<Vertex>,
    order: Vec<Vertex>,
}

impl<'g, W: Weight> Walks<'g, W> {
    /// A search that starts from the given policy, all of whose edges leave the vertex that they are given for.
    #[must_use]
    pub fn new(
        scope: Subgraph<'g>,
        components: &'g Components,
        ends: Ends,
        policy: Vec<Option<Edge>>,
    ) -> Self {
        let vertices = scope.graph().vertex_count();
        Self {
            scope,
            components,
            ends,
            weights: vec![W::zero(); scope.graph().edge_count()],
            values: vec![W::zero(); vertices],
            policy,
            marks: vec![0; vertices],
            places: vec![0; vertices],
            stamp: 0,
            path: Vec::new(),
            order: Vec::new(),
        }
    }

    /// Loops that weigh more than zero in this component; none, once its vertices have their heaviest walks.
    ///
    /// The values of components that it leads to must be settled before. Nothing where somebody asked to stop.
    pub fn settle(&mut self, component: usize, stop: &Stop) -> Option<Vec<Vec<Edge>>> {
        while !stop.is_asked() {
            stop.progress().step();
            let loops = self.evaluate(component);
            if !loops.is_empty() || !self.improve() {
                return Some(loops);
            }
        }
        None
    }

    /// Values the policy; its loops are cut open, and those that weigh more than zero are returned.
    fn evaluate(&mut self, component: usize) -> Vec<Vec<Edge>> {
        self.stamp += 1;
        self.order.clear();
        let mut heavy = Vec::new();
        let components = self.components;
        for &start in components.members(component) {
            if self.marks[start.index()] == self.stamp {
                continue;
            }
            if let Some(closed) = self.descend(start, component) {
                let weight = W::total(closed.iter().map(|edge| &self.weights[edge.index()]));
                if weight.exceeds(&W::zero()) {
                    heavy.push(closed);
                }
            }
            self.unwind();
        }
        heavy
    }

    /// Follows the policy to what is valued already; a loop met on the way is cut at its end and returned.
    fn descend(&mut self, start: Vertex, component: usize) -> Option<Vec<Edge>> {
        self.path.clear();
        let mut at = start;
        loop {
            self.marks[at.index()] = self.stamp;
            self.places[at.index()] = Vertex::at(self.path.len()).0;
            self.path.push(at);
            let next = self.scope.graph().head(self.policy[at.index()]?);
            if self.components.of(next) != component {
                return None;
            }
            if self.marks[next.index()] == self.stamp {
                let place = self.places[next.index()] as usize;
                if self.path.get(place) != Some(&next) {
                    return None;
                }
                let closed = self.path[place..].iter().filter_map(|vertex| self.policy[vertex.index()]);
                let closed = closed.collect();
                self.policy[at.index()] = None;
                return Some(closed);
            }
            at = next;
        }
    }

    /// Values the path just followed, from its end back.
    fn unwind(&mut self) {
        while let Some(vertex) = self.path.pop() {
            let value = self.policy[vertex.index()].map_or_else(W::zero, |edge| self.by(edge));
            let ends = self.ends == Ends::Anywhere && W::zero().exceeds(&value);
            if ends {
                self.policy[vertex.index()] = None;
            }
            self.values[vertex.index()] = if ends { W::zero() } else { value };
            self.order.push(vertex);
        }
    }

    /// Lets every vertex take a better edge; whether any did.
    fn improve(&mut self) -> bool {
        let order = std::mem::take(&mut self.order);
        let mut improved = false;
        for &vertex in &order {
            for edge in self.scope.outgoing(vertex) {
                let value = self.by(edge);
                if value.exceeds(&self.values[vertex.index()]) {
                    self.values[vertex.index()] = value;
                    self.policy[vertex.index()] = Some(edge);
                    improved = true;
                }
            }
        }
        self.order = order;
        improved
    }

    fn by(&self, edge: Edge) -> W {
        self.weights[edge.index()].plus(&self.values[self.scope.graph().head(edge).index()])
    }
}
