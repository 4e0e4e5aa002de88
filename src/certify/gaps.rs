//! Gaps: how far each edge is from being on a best loop.
//!
//! Under the heaviest-walk values π, every edge's reduced weight π(tail) − π(head) − w is not negative and the
//! same along any loop as −w: so the gap of an edge is its reduced weight and the least reduced walk from its
//! head back to its tail.
//!
//! Source: mathematics §2, "what is unique"; Dijkstra 1959; Johnson 1977 (reduced weights).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::number::Exact;
use super::optimum::Optimum;
use crate::exact::Rational;
use crate::network::{Components, Digraph, Edge, Subgraph, Vertex, Walks};
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

    /// Those that were computed, with their edges, in order.
    pub fn known(self) -> impl Iterator<Item = (Edge, Rational)> {
        self.known.into_iter()
    }
}

/// The gap of each edge, under the best ratio of the whole graph; nothing where somebody asked to stop.
#[must_use]
pub fn gaps<W: Exact>(
    graph: &Digraph,
    components: &Components,
    best: &Optimum<'_, W>,
    stop: &Stop,
) -> Option<Gaps> {
    let on_loops = components.on_loops(Subgraph::whole(graph));
    let mut known = BTreeMap::new();
    let mut found = |edge: Edge, weight: Option<W>| {
        known.extend(weight.map(|weight| (edge, best.valued(&weight))));
    };
    let search = Nearest::new((graph, stop), &on_loops, &best.maximum.walks);
    if graph.vertex_count().saturating_mul(graph.edge_count()) <= MOST_GAPS {
        everywhere(search, &mut found);
    } else {
        around(search, &best.edges, &mut found);
    }
    (!stop.is_asked()).then(|| Gaps::new(on_loops, known))
}

/// Every edge's least reduced loop: one search from each head.
fn everywhere<W: Exact>(mut search: Nearest<'_, W>, found: &mut dyn FnMut(Edge, Option<W>)) {
    let graph = search.graph;
    for head in graph.vertices() {
        if graph.incoming(head).iter().all(|edge| !search.on_loops[edge.index()]) {
            continue;
        }
        if search.stop.is_asked() {
            break;
        }
        search.stop.progress().step();
        search.run(&[head], Towards::Heads);
        for edge in graph.incoming(head) {
            found(*edge, search.closed(*edge, graph.tail(*edge)));
        }
    }
}

/// The least reduced loop of edges that touch the best one. Its own reduced weights are zero, so its vertices
/// are one place: two searches do.
fn around<W: Exact>(mut search: Nearest<'_, W>, best: &[Edge], found: &mut dyn FnMut(Edge, Option<W>)) {
    let graph = search.graph;
    let places: Vec<Vertex> = best.iter().map(|edge| graph.tail(*edge)).collect();
    search.run(&places, Towards::Heads);
    for edge in places.iter().flat_map(|place| graph.incoming(*place)) {
        found(*edge, search.closed(*edge, graph.tail(*edge)));
    }
    search.run(&places, Towards::Tails);
    for edge in places.iter().flat_map(|place| graph.outgoing(*place)) {
        found(*edge, search.closed(*edge, graph.head(*edge)));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Towards {
    Heads,
    Tails,
}

/// Dijkstra's search over reduced weights, reusing its memory. It ends half-way where somebody asks to stop.
struct Nearest<'a, W> {
    graph: &'a Digraph,
    stop: &'a Stop,
    /// Edges on no loop are never taken.
    on_loops: &'a [bool],
    walks: &'a Walks<'a, W>,
    distance: Vec<Option<W>>,
    touched: Vec<Vertex>,
}

impl<'a, W: Exact> Nearest<'a, W> {
    fn new((graph, stop): (&'a Digraph, &'a Stop), on_loops: &'a [bool], walks: &'a Walks<'a, W>) -> Self {
        let distance = vec![None; graph.vertex_count()];
        Self { graph, stop, on_loops, walks, distance, touched: Vec::new() }
    }

    /// The reduced weight of an edge on a loop.
    fn reduced(&self, edge: Edge) -> Option<W> {
        let (tail, head) = (self.graph.tail(edge).index(), self.graph.head(edge).index());
        let fall = || self.walks.values[tail].minus(&self.walks.values[head]);
        self.on_loops[edge.index()].then(|| fall().minus(&self.walks.weights[edge.index()]))
    }

    fn run(&mut self, places: &[Vertex], towards: Towards) {
        for vertex in self.touched.drain(..) {
            self.distance[vertex.index()] = None;
        }
        let mut heap = BinaryHeap::new();
        for &place in places {
            self.distance[place.index()] = Some(W::zero());
            self.touched.push(place);
            heap.push(Reverse((W::zero(), place)));
        }
        while let Some(Reverse((distance, vertex))) = heap.pop() {
            if self.stop.is_asked() {
                return;
            }
            if self.distance[vertex.index()].as_ref() != Some(&distance) {
                continue;
            }
            let edges = match towards {
                Towards::Heads => self.graph.outgoing(vertex),
                Towards::Tails => self.graph.incoming(vertex),
            };
            for &edge in edges {
                let Some(weight) = self.reduced(edge) else { continue };
                let end =
                    if towards == Towards::Heads { self.graph.head(edge) } else { self.graph.tail(edge) };
                let longer = distance.plus(&weight);
                let known = &mut self.distance[end.index()];
                if known.as_ref().is_none_or(|known| longer < *known) {
                    if known.is_none() {
                        self.touched.push(end);
                    }
                    *known = Some(longer.clone());
                    heap.push(Reverse((longer, end)));
                }
            }
        }
    }

    /// An edge, and the way from where the search began to its other end.
    fn closed(&self, edge: Edge, end: Vertex) -> Option<W> {
        let weight = self.reduced(edge)?;
        self.distance[end.index()].as_ref().map(|distance| distance.plus(&weight))
    }
}
