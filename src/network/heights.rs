//! Heaviest walks where most vertices have none: only what may change is looked at.
//!
//! A walk that weighs less than nothing ends at once. So under the weights of a great ratio hardly any vertex has a
//! walk, and hardly any edge lengthens one. One sweep over all edges, in their order, finds those that do; from
//! there on only edges that enter a vertex whose walk got heavier are looked at again. When none is left every
//! edge has been held against the values, which is the proof that these are the heaviest.
//!
//! A loop among the chosen edges weighs more than zero, as in [`Walks`](super::Walks). Such loops are looked for whenever
//! so many values were raised that a look costs little beside that, and at the latest after one for each vertex: so no
//! walk that is valued has more than two edges for each.

use std::collections::VecDeque;

use super::{Edge, Subgraph, Vertex, Weight};
use crate::stop::Stop;

/// No edge: the walk ends.
const END: Edge = Edge(u32::MAX);

/// How many vertices are looked at between two looks at whether somebody asks to stop.
const STEP: usize = 1_024;

/// What edges weigh.
pub trait Weighing {
    type Weight: Weight;

    fn weight(&self, edge: Edge) -> Self::Weight;
}

/// How a search for the heaviest walks ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    /// Every value is that of the heaviest walk.
    Heaviest,
    /// These loops weigh more than zero.
    Loops(Vec<Vec<Edge>>),
    /// More edges were looked at than was allowed.
    Unsettled,
    /// Somebody asked to stop.
    Stopped,
}

/// The heaviest walk known that leaves each vertex, the empty walk included.
///
/// Invariant: no value is less than zero, and where one is more, the policy has the edge by which its walk goes on.
#[derive(Clone, Debug)]
pub struct Heights<W> {
    pub values: Vec<W>,
    pub policy: Policy,
}

/// For each vertex the edge by which its walk goes on, if it does.
#[derive(Clone, Debug)]
pub struct Policy(Vec<Edge>);

impl Policy {
    #[must_use]
    pub fn of(edges: &[Option<Edge>]) -> Self {
        Self(edges.iter().map(|edge| edge.unwrap_or(END)).collect())
    }

    #[must_use]
    pub fn edges(&self) -> Vec<Option<Edge>> {
        self.0.iter().map(|edge| Some(*edge).filter(|edge| *edge != END)).collect()
    }
}

impl<W: Weight> Heights<W> {
    /// Where a search begins: with a policy all of whose edges are in scope and leave the vertex that they are given for.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { values: vec![W::zero(); policy.0.len()], policy }
    }

    /// Values the policy, and raises values until every walk is the heaviest, or there is a loop that weighs more than
    /// zero. Beyond one sweep it looks at so many edges at most.
    pub fn settle(
        &mut self,
        scope: Subgraph<'_>,
        weighing: &impl Weighing<Weight = W>,
        (allowed, stop): (usize, &Stop),
    ) -> Settled {
        let mut search = Search::new((scope, weighing), self);
        let mut heavy = search.evaluate();
        if heavy.is_empty() {
            heavy = search.sweep();
        }
        let (mut looked, mut vertices) = (0, 0_usize);
        while heavy.is_empty() {
            if vertices.is_multiple_of(STEP) {
                if stop.is_asked() {
                    return Settled::Stopped;
                }
                stop.progress().step();
            }
            let Some(vertex) = search.queue.pop_front() else { return Settled::Heaviest };
            if looked > allowed {
                return Settled::Unsettled;
            }
            vertices += 1;
            looked += search.before(vertex);
            if search.since.len() >= search.patience {
                heavy = search.loops();
            }
        }
        Settled::Loops(heavy)
    }

    /// The edges in scope that go on with a heaviest walk: what they weigh is what the values fall by. In order.
    pub fn tight(&self, scope: Subgraph<'_>, weighing: &impl Weighing<Weight = W>) -> Vec<Edge> {
        let graph = scope.graph();
        let top = greatest(&self.values);
        let mut tight = Vec::new();
        for edge in scope.edges() {
            let weight = weighing.weight(edge);
            if W::zero().exceeds(&weight.plus(&top)) {
                continue;
            }
            let (tail, head) =
                (&self.values[graph.tail(edge).index()], &self.values[graph.head(edge).index()]);
            let by = weight.plus(head);
            if !by.exceeds(tail) && !tail.exceeds(&by) {
                tight.push(edge);
            }
        }
        tight
    }
}

fn greatest<W: Weight>(values: &[W]) -> W {
    let mut greatest = W::zero();
    for value in values {
        if value.exceeds(&greatest) {
            greatest = value.clone();
        }
    }
    greatest
}

/// One search under one weighing.
struct Search<'s, 'g, W, G> {
    scope: Subgraph<'g>,
    weighing: &'s G,
    values: &'s mut Vec<W>,
    policy: &'s mut Vec<Edge>,
    /// By which walk along the policy each vertex was seen last.
    marks: Vec<u32>,
    walk: u32,
    /// Not less than any value.
    top: W,
    /// The vertices raised that wait to be looked at, and for each vertex whether it does.
    queue: VecDeque<Vertex>,
    waits: Vec<bool>,
    /// The vertices raised since loops were looked for last, and how many there may be.
    since: Vec<Vertex>,
    patience: usize,
}

impl<'s, 'g, W: Weight, G: Weighing<Weight = W>> Search<'s, 'g, W, G> {
    fn new((scope, weighing): (Subgraph<'g>, &'s G), heights: &'s mut Heights<W>) -> Self {
        let vertices = heights.policy.0.len();
        Self {
            scope,
            weighing,
            values: &mut heights.values,
            policy: &mut heights.policy.0,
            marks: vec![0; vertices],
            walk: 0,
            top: W::zero(),
            queue: VecDeque::new(),
            waits: vec![false; vertices],
            since: Vec::new(),
            patience: (vertices / 8).max(vertices.min(64)),
        }
    }

    /// Values the policy from the ends of its walks back; its loops are cut open, and those that weigh more than zero
    /// are returned.
    fn evaluate(&mut self) -> Vec<Vec<Edge>> {
        let (mut heavy, mut path) = (Vec::new(), Vec::new());
        let first = self.walk + 1;
        for start in self.scope.graph().vertices() {
            if self.policy[start.index()] == END {
                self.values[start.index()] = W::zero();
            } else if self.marks[start.index()] < first {
                heavy.extend(self.descend(start, first, &mut path));
                self.unwind(&mut path);
            }
        }
        heavy
    }

    /// The loops of the policy that weigh more than zero; all are cut open. Those raised since the last look are on all
    /// that there can be.
    fn loops(&mut self) -> Vec<Vec<Edge>> {
        let (mut heavy, mut path) = (Vec::new(), Vec::new());
        let first = self.walk + 1;
        for start in std::mem::take(&mut self.since) {
            if self.marks[start.index()] < first {
                heavy.extend(self.descend(start, first, &mut path));
                path.clear();
            }
        }
        heavy
    }

    /// Follows the policy to where it ends or comes to what was seen since the first of these walks. A loop is cut at
    /// its end, and returned where it weighs more than zero.
    fn descend(&mut self, start: Vertex, first: u32, path: &mut Vec<Vertex>) -> Option<Vec<Edge>> {
        self.walk += 1;
        let mut at = start;
        loop {
            self.marks[at.index()] = self.walk;
            path.push(at);
            let edge = self.policy[at.index()];
            if edge == END {
                return None;
            }
            let next = self.scope.graph().head(edge);
            if self.marks[next.index()] == self.walk {
                return self
                    .cut(path.iter().position(|vertex| *vertex == next).map_or(&[], |place| &path[place..]));
            }
            if self.marks[next.index()] >= first {
                return None;
            }
            at = next;
        }
    }

    /// Cuts a loop of the policy at its last vertex.
    fn cut(&mut self, closed: &[Vertex]) -> Option<Vec<Edge>> {
        let edges: Vec<Edge> = closed.iter().map(|vertex| self.policy[vertex.index()]).collect();
        self.policy[closed.last()?.index()] = END;
        let weights = edges.iter().map(|edge| self.weighing.weight(*edge));
        let weight = weights.fold(W::zero(), |total, weight| total.plus(&weight));
        weight.exceeds(&W::zero()).then_some(edges)
    }

    /// Values the path just followed, from its end back. A walk that is worth nothing ends at once.
    fn unwind(&mut self, path: &mut Vec<Vertex>) {
        while let Some(vertex) = path.pop() {
            let edge = self.policy[vertex.index()];
            let mut value = W::zero();
            if edge != END {
                value = self.by(edge);
                if !value.exceeds(&W::zero()) {
                    (value, self.policy[vertex.index()]) = (W::zero(), END);
                }
            }
            if value.exceeds(&self.top) {
                self.top = value.clone();
            }
            self.values[vertex.index()] = value;
        }
    }

    /// Looks at every edge once, and lets its tail take it where it makes a heavier walk; loops that weigh more than
    /// zero, where they were looked for and found.
    fn sweep(&mut self) -> Vec<Vec<Edge>> {
        let graph = self.scope.graph();
        for edge in self.scope.edges() {
            let weight = self.weighing.weight(edge);
            // Nothing that its head may be worth makes up for it.
            if !weight.plus(&self.top).exceeds(&W::zero()) {
                continue;
            }
            let by = weight.plus(&self.values[graph.head(edge).index()]);
            self.offer(edge, by);
            if self.since.len() >= self.patience {
                let heavy = self.loops();
                if !heavy.is_empty() {
                    return heavy;
                }
            }
        }
        Vec::new()
    }

    /// Looks at the edges that enter a vertex that was raised; how many these are.
    fn before(&mut self, vertex: Vertex) -> usize {
        self.waits[vertex.index()] = false;
        for edge in self.scope.incoming(vertex) {
            let by = self.by(edge);
            self.offer(edge, by);
        }
        self.scope.graph().incoming(vertex).len()
    }

    fn by(&self, edge: Edge) -> W {
        self.weighing.weight(edge).plus(&self.values[self.scope.graph().head(edge).index()])
    }

    /// Lets the tail of an edge take it, where the walk that goes on with it is heavier.
    fn offer(&mut self, edge: Edge, by: W) {
        let tail = self.scope.graph().tail(edge);
        if !by.exceeds(&self.values[tail.index()]) {
            return;
        }
        if by.exceeds(&self.top) {
            self.top = by.clone();
        }
        self.values[tail.index()] = by;
        self.policy[tail.index()] = edge;
        self.since.push(tail);
        if !std::mem::replace(&mut self.waits[tail.index()], true) {
            self.queue.push_back(tail);
        }
    }
}
