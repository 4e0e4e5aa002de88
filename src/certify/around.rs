//! The gaps of edges that touch the best loop, in networks too large for all.
//!
//! The loop's own reduced weights are zero, so its vertices are one place: the gap of an edge that leads to it is its
//! own reduced weight and the nearest way from the loop to its tail, and the other way round for one that leaves it.
//! Each way is looked for from both ends at once. What was searched from the loop serves all edges, and what is searched
//! from an edge stays small; where that comes to much all the same, the loop's side is searched to its end.
//!
//! Source: Pohl 1971, "Bi-directional search"; Dijkstra 1959.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::gaps::Reduced;
use super::number::Exact;
use crate::network::{Edge, Vertex, Weighed, Weight as _};
use crate::stop::Stop;

/// Tells the least reduced loop through each edge that touches the best one.
pub(super) fn around<N: Weighed<Weight: Exact>>(
    reduced: &Reduced<'_, N>,
    (best, stop): (&[Edge], &Stop),
    found: &mut dyn FnMut(Edge, Option<N::Weight>),
) {
    let graph = reduced.graph;
    let places: Vec<Vertex> = best.iter().map(|edge| graph.tail(*edge)).collect();
    let mut far = Ball::new(graph.vertex_count());
    for way in [Way::Forward, Way::Backward] {
        let near = Ball::around(graph.vertex_count(), &places);
        let mut ways = Ways { reduced, stop, way, near, far, spent: 0 };
        for place in &places {
            let edges = if way == Way::Forward { graph.incoming(*place) } else { graph.outgoing(*place) };
            for &edge in edges {
                let end = if way == Way::Forward { graph.tail(edge) } else { graph.head(edge) };
                let weight = reduced.of(edge);
                found(edge, weight.and_then(|weight| Some(ways.nearest(end)?.plus(&weight))));
            }
        }
        far = ways.far;
    }
}

/// Whether ways lead from the loop or to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

impl Way {
    const fn turned(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}

/// What a search has met, with distances from where it began.
struct Ball<W> {
    /// For each vertex its place in the list and one more; zero for those that were not met.
    places: Vec<u32>,
    met: Vec<(Vertex, W)>,
    heap: BinaryHeap<Reverse<(W, Vertex)>>,
}

impl<W: Exact> Ball<W> {
    fn new(vertices: usize) -> Self {
        Self { places: vec![0; vertices], met: Vec::new(), heap: BinaryHeap::new() }
    }

    fn around(vertices: usize, centre: &[Vertex]) -> Self {
        let mut ball = Self::new(vertices);
        centre.iter().for_each(|vertex| ball.meet(*vertex, W::zero()));
        ball
    }

    /// Begins anew.
    fn move_to(&mut self, centre: Vertex) {
        for (vertex, _) in self.met.drain(..) {
            self.places[vertex.index()] = 0;
        }
        self.heap.clear();
        self.meet(centre, W::zero());
    }

    fn distance(&self, vertex: Vertex) -> Option<&W> {
        let place = (self.places[vertex.index()] as usize).checked_sub(1)?;
        self.met.get(place).map(|(_, distance)| distance)
    }

    fn meet(&mut self, vertex: Vertex, distance: W) {
        let place = self.places[vertex.index()] as usize;
        match place.checked_sub(1).and_then(|place| self.met.get_mut(place)) {
            Some(known) => known.1 = distance.clone(),
            None => {
                self.met.push((vertex, distance.clone()));
                self.places[vertex.index()] = Vertex::at(self.met.len()).0;
            }
        }
        self.heap.push(Reverse((distance, vertex)));
    }

    /// How far the nearest vertex is that the search has not gone on from; nothing where it is at its end.
    fn edge(&mut self) -> Option<W> {
        while let Some(Reverse((distance, vertex))) = self.heap.peek() {
            if self.distance(*vertex) == Some(distance) {
                return Some(distance.clone());
            }
            self.heap.pop();
        }
        None
    }
}

/// Searches for nearest ways between the loop and single vertices.
struct Ways<'a, N: Weighed> {
    reduced: &'a Reduced<'a, N>,
    stop: &'a Stop,
    way: Way,
    /// From the loop, the way that is looked for; and from the other end against it.
    near: Ball<N::Weight>,
    far: Ball<N::Weight>,
    /// How many edges were looked at from other ends. More than there are would be too many: then the search from the
    /// loop goes on alone, and passes each edge once for all ends.
    spent: usize,
}

impl<N: Weighed<Weight: Exact>> Ways<'_, N> {
    /// The nearest way between the loop and a vertex; nothing where there is none, or somebody asks to stop.
    ///
    /// What both searches met is a way. No other is nearer once their edges are as far apart as it is long, or one of
    /// them has met all that there is.
    fn nearest(&mut self, end: Vertex) -> Option<N::Weight> {
        self.far.move_to(end);
        let mut nearest = self.near.distance(end).cloned();
        while !self.stop.is_asked() {
            let (Some(near), Some(far)) = (self.near.edge(), self.far.edge()) else { return nearest };
            if nearest.as_ref().is_some_and(|nearest| near.plus(&far) >= *nearest) {
                return nearest;
            }
            let edges = self.reduced.graph.edge_count();
            if self.near.met.len() <= self.far.met.len() || self.spent > edges {
                go_on((self.reduced, self.way), &mut self.near, &self.far, &mut nearest);
            } else {
                let way = (self.reduced, self.way.turned());
                self.spent += go_on(way, &mut self.far, &self.near, &mut nearest);
            }
        }
        None
    }
}

/// Goes on from the nearest vertex at the edge of one search, and notes where it meets the other; how many edges it looked
/// at.
fn go_on<N: Weighed<Weight: Exact>>(
    (reduced, way): (&Reduced<'_, N>, Way),
    ball: &mut Ball<N::Weight>,
    other: &Ball<N::Weight>,
    nearest: &mut Option<N::Weight>,
) -> usize {
    let Some(Reverse((distance, vertex))) = ball.heap.pop() else { return 0 };
    let graph = reduced.graph;
    let edges = if way == Way::Forward { graph.outgoing(vertex) } else { graph.incoming(vertex) };
    for &edge in edges {
        let Some(weight) = reduced.of(edge) else { continue };
        let end = if way == Way::Forward { graph.head(edge) } else { graph.tail(edge) };
        let longer = distance.plus(&weight);
        if ball.distance(end).is_some_and(|known| *known <= longer) {
            continue;
        }
        if let Some(rest) = other.distance(end) {
            let whole = longer.plus(rest);
            if nearest.as_ref().is_none_or(|nearest| whole < *nearest) {
                *nearest = Some(whole);
            }
        }
        ball.meet(end, longer);
    }
    edges.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certify::number::words;
    use crate::certify::optimum::optimum;
    use crate::exact::{Numbers, Rational};
    use crate::network::{Components, Digraph, Heaviest, Subgraph};
    use crate::program::RatioProblem;

    /// Both ways of looking give the distances that relaxing every edge until nothing changes gives.
    #[test]
    fn nearest_ways_are_the_nearest() {
        let mut state = 3_u64;
        let mut below = |end: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % end
        };
        let mut compared = 0;
        for _ in 0..300 {
            let vertices = 2 + below(30);
            let mut end = || Vertex(u32::try_from(below(vertices)).unwrap_or(0));
            let ends: Vec<_> = (0..4 * vertices).map(|_| (end(), end())).collect();
            let graph = Digraph::new(0, &ends);
            let mut numbers =
                || -> Numbers { ends.iter().map(|_| Rational::from(1 + below(20) as i64)).collect() };
            let (numerator, denominator) = (numbers(), numbers());
            let problem = RatioProblem { graph: &graph, numerator: &numerator, denominator: &denominator };
            let scaled = words(&problem, 0).expect("small numbers");
            let (scope, components) = (Subgraph::whole(&graph), graph.components());
            let Some(best) = optimum(&scaled, scope, components, &[]) else { continue };
            let Heaviest::Words(heights, network) = &best.maximum.heaviest else { panic!("small numbers") };
            let on_loops = Components::strong(scope).on_loops(scope);
            let reduced = Reduced { graph: &graph, on_loops: &on_loops, heights, network };
            let start = graph.tail(best.edges[0]);
            for way in [Way::Forward, Way::Backward] {
                let mut known: Vec<Option<i64>> = vec![None; graph.vertex_count()];
                known[start.index()] = Some(0);
                for _ in graph.vertices() {
                    for (edge, weight) in graph.edges().filter_map(|edge| Some((edge, reduced.of(edge)?))) {
                        let (tail, head) = (graph.tail(edge).index(), graph.head(edge).index());
                        let (from, to) = if way == Way::Forward { (tail, head) } else { (head, tail) };
                        let longer = known[from].map(|known| known + weight);
                        if longer.is_some_and(|longer| known[to].is_none_or(|known| longer < known)) {
                            known[to] = longer;
                        }
                    }
                }
                for spent in [0, usize::MAX / 2] {
                    let far = Ball::new(graph.vertex_count());
                    let near = Ball::around(graph.vertex_count(), &[start]);
                    let stop = Stop::default();
                    let mut ways = Ways { reduced: &reduced, stop: &stop, way, near, far, spent };
                    for vertex in graph.vertices() {
                        assert_eq!(ways.nearest(vertex), known[vertex.index()]);
                        compared += usize::from(known[vertex.index()].is_some_and(|known| known > 0));
                    }
                }
            }
        }
        assert!(compared > 5_000, "{compared}");
    }
}
