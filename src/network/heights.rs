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

use super::{Edge, Vertex, Weight};
use crate::stop::Stop;

/// No edge: the walk ends.
const END: Edge = Edge(u32::MAX);

/// How many vertices are looked at between two looks at whether somebody asks to stop.
const STEP: usize = 1_024;

/// An edge as a search meets it.
#[derive(Clone, Copy, Debug)]
pub struct Step<W> {
    pub edge: Edge,
    pub tail: Vertex,
    pub head: Vertex,
    pub weight: W,
}

/// A network with weights, in whatever order it is kept; its edges may be numbered as suits it.
pub trait Weighed {
    type Weight: Weight;

    fn weight(&self, edge: Edge) -> Self::Weight;

    /// All edges, in the order in which they are kept.
    fn all(&self) -> impl Iterator<Item = Step<Self::Weight>>;

    /// The edges that enter a vertex.
    fn entering(&self, vertex: Vertex) -> impl Iterator<Item = Step<Self::Weight>>;
}

/// How a search for the heaviest walks ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Settled {
    /// Every value is that of the heaviest walk.
    Heaviest,
    /// These loops weigh more than zero.
    Loops(Vec<Vec<Edge>>),
    /// There is more to look at than was left.
    Unsettled,
    /// Somebody asked to stop.
    Stopped,
}

/// A heaviest walk known: what it weighs, the edge by which it goes on, and that edge's head.
#[derive(Clone, Debug)]
struct Walk<W> {
    value: W,
    edge: Edge,
    next: Vertex,
}

/// The heaviest walk known that leaves each vertex, the empty walk included.
///
/// Invariant: no value is less than zero, and where one is more, there is an edge by which its walk goes on.
#[derive(Clone, Debug)]
pub struct Heights<W>(Vec<Walk<W>>);

impl<W: Weight> Heights<W> {
    /// Where a search begins: for each vertex the edge by which its walk goes on, and that edge's head.
    #[must_use]
    pub fn new(policy: impl Iterator<Item = Option<(Edge, Vertex)>>) -> Self {
        let walk = |(edge, next)| Walk { value: W::zero(), edge, next };
        Self(policy.map(|next| walk(next.unwrap_or((END, Vertex(0))))).collect())
    }

    /// The same walks under other weights, which are not known yet.
    #[must_use]
    pub fn again<V: Weight>(&self) -> Heights<V> {
        let walk = |walk: &Walk<W>| Walk { value: V::zero(), edge: walk.edge, next: walk.next };
        Heights(self.0.iter().map(walk).collect())
    }

    /// Walks of which all is known.
    #[must_use]
    pub fn known(mut self, values: Vec<W>) -> Self {
        self.0.iter_mut().zip(values).for_each(|(walk, value)| walk.value = value);
        self
    }

    #[must_use]
    #[inline]
    pub fn value(&self, vertex: Vertex) -> &W {
        &self.0[vertex.index()].value
    }

    pub fn values(&self) -> impl Iterator<Item = &W> {
        self.0.iter().map(|walk| &walk.value)
    }

    /// The edge by which each vertex' walk goes on, and its head; none where it ends.
    pub fn policy(&self) -> impl Iterator<Item = Option<(Edge, Vertex)>> {
        self.0.iter().map(|walk| Some((walk.edge, walk.next)).filter(|(edge, _)| *edge != END))
    }

    /// Values the walks, and raises values until every walk is the heaviest, or there is a loop that weighs more than
    /// zero. Beyond one sweep it looks at no more edges than are left, and takes those from them.
    pub fn settle(
        &mut self,
        network: &impl Weighed<Weight = W>,
        (left, stop): (&mut usize, &Stop),
    ) -> Settled {
        if stop.is_asked() {
            return Settled::Stopped;
        }
        let mut search = Search::new(network, &mut self.0);
        let mut heavy = search.evaluate();
        if heavy.is_empty() {
            heavy = search.sweep();
        }
        let mut vertices = 0_usize;
        while heavy.is_empty() {
            if vertices.is_multiple_of(STEP) {
                if stop.is_asked() {
                    return Settled::Stopped;
                }
                stop.progress().step();
            }
            let Some(vertex) = search.queue.pop_front() else { return Settled::Heaviest };
            let Some(after) = left.checked_sub(1) else { return Settled::Unsettled };
            vertices += 1;
            *left = after.saturating_sub(search.before(vertex));
            if search.since.len() >= search.patience {
                heavy = search.loops();
            }
        }
        Settled::Loops(heavy)
    }

    /// The edges that go on with a heaviest walk: what they weigh is what the values fall by.
    pub fn tight(&self, network: &impl Weighed<Weight = W>) -> Vec<Edge> {
        let top = greatest(self.values());
        let mut tight = Vec::new();
        for Step { edge, tail, head, weight } in network.all() {
            if W::zero().exceeds(&weight.plus(&top)) {
                continue;
            }
            let (by, value) = (weight.plus(self.value(head)), self.value(tail));
            if !by.exceeds(value) && !value.exceeds(&by) {
                tight.push(edge);
            }
        }
        tight
    }
}

fn greatest<'w, W: Weight + 'w>(values: impl Iterator<Item = &'w W>) -> W {
    let mut greatest = W::zero();
    for value in values {
        if value.exceeds(&greatest) {
            greatest = value.clone();
        }
    }
    greatest
}

/// One search under one weighing.
struct Search<'s, W, N> {
    network: &'s N,
    walks: &'s mut [Walk<W>],
    /// On which way along the walks each vertex was seen last.
    marks: Vec<u32>,
    way: u32,
    /// Not less than any value.
    top: W,
    /// The vertices raised that wait to be looked at, and a bit for each vertex that does.
    queue: VecDeque<Vertex>,
    waits: Vec<u64>,
    /// The vertices raised since loops were looked for last, and how many there may be.
    since: Vec<Vertex>,
    patience: usize,
}

impl<'s, W: Weight, N: Weighed<Weight = W>> Search<'s, W, N> {
    fn new(network: &'s N, walks: &'s mut [Walk<W>]) -> Self {
        let vertices = walks.len();
        Self {
            network,
            walks,
            marks: vec![0; vertices],
            way: 0,
            top: W::zero(),
            queue: VecDeque::new(),
            waits: vec![0; vertices.div_ceil(64)],
            since: Vec::new(),
            patience: (vertices / 8).max(vertices.min(64)),
        }
    }

    /// Values the walks from their ends back; loops are cut open, and those that weigh more than zero are returned.
    fn evaluate(&mut self) -> Vec<Vec<Edge>> {
        let (mut heavy, mut path) = (Vec::new(), Vec::new());
        let first = self.way + 1;
        for start in 0..self.walks.len() {
            if self.walks[start].edge == END {
                self.walks[start].value = W::zero();
            } else if self.marks[start] < first {
                heavy.extend(self.descend(Vertex::at(start), first, &mut path));
                self.unwind(&mut path);
            }
        }
        heavy
    }

    /// The loops among the walks that weigh more than zero; all are cut open. Vertices that were raised since the last
    /// look are on all that there can be.
    fn loops(&mut self) -> Vec<Vec<Edge>> {
        let (mut heavy, mut path) = (Vec::new(), Vec::new());
        let first = self.way + 1;
        for start in std::mem::take(&mut self.since) {
            if self.marks[start.index()] < first {
                heavy.extend(self.descend(start, first, &mut path));
                path.clear();
            }
        }
        heavy
    }

    /// Follows a walk to where it ends or comes to what was seen since the first of these ways. A loop is cut at its
    /// end, and returned where it weighs more than zero.
    fn descend(&mut self, start: Vertex, first: u32, path: &mut Vec<Vertex>) -> Option<Vec<Edge>> {
        self.way += 1;
        let mut at = start;
        loop {
            self.marks[at.index()] = self.way;
            path.push(at);
            let Walk { edge, next, .. } = self.walks[at.index()];
            if edge == END {
                return None;
            }
            let mark = self.marks[next.index()];
            if mark == self.way {
                let place = path.iter().position(|vertex| *vertex == next)?;
                return self.cut(&path[place..]);
            }
            if mark >= first {
                return None;
            }
            at = next;
        }
    }

    /// Cuts a loop at its last vertex.
    fn cut(&mut self, closed: &[Vertex]) -> Option<Vec<Edge>> {
        let edges: Vec<Edge> = closed.iter().map(|vertex| self.walks[vertex.index()].edge).collect();
        self.walks[closed.last()?.index()].edge = END;
        // Apart, so that what is left of doubles that cancel out is not taken for a weight.
        let (mut gained, mut lost) = (W::zero(), W::zero());
        for weight in edges.iter().map(|edge| self.network.weight(*edge)) {
            if weight.exceeds(&W::zero()) {
                gained = gained.plus(&weight);
            } else {
                lost = lost.minus(&weight);
            }
        }
        gained.exceeds(&lost).then_some(edges)
    }

    /// Values the path just followed, from its end back. A walk that is worth nothing ends at once.
    fn unwind(&mut self, path: &mut Vec<Vertex>) {
        while let Some(vertex) = path.pop() {
            let Walk { edge, next, .. } = self.walks[vertex.index()];
            let mut value = W::zero();
            if edge != END {
                value = self.network.weight(edge).plus(&self.walks[next.index()].value);
            }
            if !value.exceeds(&W::zero()) {
                self.walks[vertex.index()] = Walk { value: W::zero(), edge: END, next };
                continue;
            }
            if value.exceeds(&self.top) {
                self.top = value.clone();
            }
            self.walks[vertex.index()].value = value;
        }
    }

    /// Looks at every edge once, and lets its tail take it where it makes a heavier walk; loops that weigh more than
    /// zero, where they were looked for and found.
    fn sweep(&mut self) -> Vec<Vec<Edge>> {
        for step in self.network.all() {
            // Nothing that its head may be worth makes up for it.
            if !step.weight.plus(&self.top).exceeds(&W::zero()) {
                continue;
            }
            let by = step.weight.plus(&self.walks[step.head.index()].value);
            self.offer(&step, by);
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
        self.waits[vertex.index() / 64] &= !(1 << (vertex.index() % 64));
        let mut looked = 0;
        for step in self.network.entering(vertex) {
            // The value may rise on the way, by an edge from the vertex to itself.
            let by = step.weight.plus(&self.walks[vertex.index()].value);
            self.offer(&step, by);
            looked += 1;
        }
        looked
    }

    /// Lets the tail of an edge take it, where the walk that goes on with it is heavier.
    #[inline]
    fn offer(&mut self, step: &Step<W>, by: W) {
        let walk = &mut self.walks[step.tail.index()];
        if !by.exceeds(&walk.value) {
            return;
        }
        if by.exceeds(&self.top) {
            self.top = by.clone();
        }
        *walk = Walk { value: by, edge: step.edge, next: step.head };
        self.since.push(step.tail);
        let (word, bit) = (step.tail.index() / 64, 1 << (step.tail.index() % 64));
        if self.waits[word] & bit == 0 {
            self.waits[word] |= bit;
            self.queue.push_back(step.tail);
        }
    }
}
