//! Gaps: how far each edge is from being on a best loop.
//!
//! Under the heaviest-walk values π, every edge's reduced weight π(tail) − π(head) − w is not negative and the
//! same along any loop as −w: so the gap of an edge is its reduced weight and the least reduced walk from its
//! head back to its tail.
//!
//! Source: mathematics §2, "what is unique"; Dijkstra 1959; Johnson 1977 (reduced weights).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::around::around;
use super::number::Exact;
use super::optimum::Optimum;
use crate::exact::Rational;
use crate::network::{Digraph, Edge, Figures, Heaviest, Heights, Vertex, Weighed, Weight as _};
use crate::stop::Stop;

/// Vertices times edges up to which every edge's gap is computed; above, those of edges that touch the loop.
pub const MOST_GAPS: usize = 10_000_000;

/// How far an edge is from being on a best loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap<'a> {
    /// How much its numerator must rise before it is; zero where it is.
    Exactly(&'a Rational),
    /// The edge is on no loop.
    OnNoLoop,
    /// The network is too large, and the edge does not touch the loop.
    NotComputed,
}

/// The gap of each edge. Large networks have one for hardly any of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// For each edge, whether it is on a loop.
    on_loops: Vec<bool>,
    known: BTreeMap<Edge, Rational>,
}

impl Gaps {
    pub(super) fn new(on_loops: Vec<bool>, known: BTreeMap<Edge, Rational>) -> Self {
        Self { on_loops, known }
    }

    /// The gap of an edge; one that the graph lacks is on no loop.
    #[must_use]
    pub fn of(&self, edge: Edge) -> Gap<'_> {
        match self.known.get(&edge) {
            Some(gap) => Gap::Exactly(gap),
            None if self.on_loops.get(edge.index()).is_some_and(|on_loop| *on_loop) => Gap::NotComputed,
            None => Gap::OnNoLoop,
        }
    }

    /// For each edge, whether it is on a loop.
    pub(super) fn on_loops(&self) -> &[bool] {
        &self.on_loops
    }

    /// Those that were computed, with their edges, in order.
    pub fn known(self) -> impl Iterator<Item = (Edge, Rational)> {
        self.known.into_iter()
    }
}

/// The gap of each edge, under the best ratio of the whole graph; nothing where somebody asked to stop.
#[must_use]
pub fn gaps<F: Figures<Number: Exact>>(
    graph: &Digraph,
    on_loops: Vec<bool>,
    best: &Optimum<'_, F>,
    stop: &Stop,
) -> Option<Gaps> {
    let known = match &best.maximum.heaviest {
        Heaviest::Words(heights, network) => {
            known(&Reduced { graph, on_loops: &on_loops, heights, network }, best, stop)
        }
        Heaviest::Full(heights, network) => {
            known(&Reduced { graph, on_loops: &on_loops, heights, network }, best, stop)
        }
    };
    (!stop.is_asked()).then(|| Gaps::new(on_loops, known))
}

fn known<F: Figures<Number: Exact>, N: Weighed<Weight: Exact>>(
    reduced: &Reduced<'_, N>,
    best: &Optimum<'_, F>,
    stop: &Stop,
) -> BTreeMap<Edge, Rational> {
    let mut known = BTreeMap::new();
    let mut found = |edge: Edge, weight: Option<N::Weight>| {
        known.extend(weight.map(|weight| (edge, best.valued(&weight))));
    };
    let graph = reduced.graph;
    if graph.vertex_count().saturating_mul(graph.edge_count()) <= MOST_GAPS {
        everywhere(reduced, stop, &mut found);
    } else {
        around(reduced, (&best.edges, stop), &mut found);
    }
    known
}

/// What the values fall by along an edge beyond what it weighs.
pub(super) struct Reduced<'a, N: Weighed> {
    pub graph: &'a Digraph,
    /// Edges on no loop are never taken.
    pub on_loops: &'a [bool],
    pub heights: &'a Heights<N::Weight>,
    pub network: &'a N,
}

impl<N: Weighed> Reduced<'_, N> {
    /// The reduced weight of an edge on a loop.
    pub fn of(&self, edge: Edge) -> Option<N::Weight> {
        let value = |vertex| self.heights.value(vertex);
        let fall = || value(self.graph.tail(edge)).minus(value(self.graph.head(edge)));
        self.on_loops[edge.index()].then(|| fall().minus(&self.network.weight(edge)))
    }
}

/// Every edge's least reduced loop: one search from each head.
fn everywhere<N: Weighed<Weight: Exact>>(
    reduced: &Reduced<'_, N>,
    stop: &Stop,
    found: &mut dyn FnMut(Edge, Option<N::Weight>),
) {
    let graph = reduced.graph;
    let weights: Vec<Option<N::Weight>> = graph.edges().map(|edge| reduced.of(edge)).collect();
    let mut search = Nearest { graph, weights: &weights, distance: vec![None; graph.vertex_count()] };
    for head in graph.vertices() {
        if graph.incoming(head).iter().all(|edge| !reduced.on_loops[edge.index()]) {
            continue;
        }
        if stop.is_asked() {
            break;
        }
        stop.progress().step();
        search.run(head);
        for edge in graph.incoming(head) {
            found(*edge, search.closed(*edge));
        }
    }
}

/// Dijkstra's search over reduced weights, reusing its memory.
struct Nearest<'a, W> {
    graph: &'a Digraph,
    /// Nothing for edges on no loop.
    weights: &'a [Option<W>],
    distance: Vec<Option<W>>,
}

impl<W: Exact> Nearest<'_, W> {
    fn run(&mut self, from: Vertex) {
        self.distance.fill(None);
        self.distance[from.index()] = Some(W::zero());
        let mut heap = BinaryHeap::from([Reverse((W::zero(), from))]);
        while let Some(Reverse((distance, vertex))) = heap.pop() {
            if self.distance[vertex.index()].as_ref() != Some(&distance) {
                continue;
            }
            for &edge in self.graph.outgoing(vertex) {
                let Some(weight) = &self.weights[edge.index()] else { continue };
                let head = self.graph.head(edge);
                let longer = distance.plus(weight);
                let known = &mut self.distance[head.index()];
                if known.as_ref().is_none_or(|known| longer < *known) {
                    *known = Some(longer.clone());
                    heap.push(Reverse((longer, head)));
                }
            }
        }
    }

    /// An edge, and the way from where the search began to its tail.
    fn closed(&self, edge: Edge) -> Option<W> {
        let weight = self.weights[edge.index()].as_ref()?;
        self.distance[self.graph.tail(edge).index()].as_ref().map(|distance| distance.plus(weight))
    }
}
