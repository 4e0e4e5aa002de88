//! The checker's own gaps: from proved potentials, by searches for nearest vertices in exact numbers.
//!
//! Under proved π every reduced weight π(tail) − π(head) − w is not negative, and round a loop they sum to −w: so
//! an edge's gap is its own and those of the nearest way back from its head to its tail.
//!
//! Source: mathematics §2, "what is unique"; Dijkstra 1959.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::on_loops;
use crate::certify::ratio::RatioNode;
use crate::certify::{Gaps, MOST_GAPS};
use crate::exact::Rational;
use crate::network::{Digraph, Edge, Vertex};
use crate::program::RatioProblem;

/// The gap of each edge, from a node that was checked: the whole graph's, whose loop is a best one.
#[must_use]
pub fn gaps(problem: &RatioProblem<'_>, root: &RatioNode) -> Gaps {
    let graph = problem.graph;
    let whole = vec![true; graph.edge_count()];
    let inside = on_loops(graph, &whole);
    let reduced: Vec<Option<Rational>> = graph
        .edges()
        .map(|edge| {
            let (tail, head) = (graph.tail(edge).index(), graph.head(edge).index());
            let weight = &problem.numerator.get(edge.index())
                - &(&root.lambda * &problem.denominator.get(edge.index()));
            inside[edge.index()].then(|| &(&root.pi[tail] - &root.pi[head]) - &weight)
        })
        .collect();
    let search = Search { graph, reduced: &reduced };
    let closing = if graph.vertex_count().saturating_mul(graph.edge_count()) <= MOST_GAPS {
        search.everywhere()
    } else {
        search.around(&root.cycle)
    };
    let gap = |(edge, back): (Edge, Option<Rational>)| {
        let (own, back) = Option::zip(reduced[edge.index()].as_ref(), back)?;
        Some((edge, own + &back))
    };
    let known = graph.edges().zip(closing).filter_map(gap).collect();
    Gaps::new(inside, known)
}

struct Search<'a> {
    graph: &'a Digraph,
    reduced: &'a [Option<Rational>],
}

impl Search<'_> {
    /// For each edge the way back from its head to its tail.
    fn everywhere(&self) -> Vec<Option<Rational>> {
        let mut ways = vec![None; self.graph.edge_count()];
        for head in self.graph.vertices() {
            let entering = self.graph.incoming(head);
            if entering.iter().any(|edge| self.reduced[edge.index()].is_some()) {
                let near = self.nearest(&[head], true);
                for edge in entering {
                    ways[edge.index()].clone_from(&near[self.graph.tail(*edge).index()]);
                }
            }
        }
        ways
    }

    /// The same for edges that touch the best loop, whose own ways are zero: its vertices are one place.
    fn around(&self, cycle: &[Edge]) -> Vec<Option<Rational>> {
        let places: Vec<Vertex> = cycle.iter().map(|edge| self.graph.tail(*edge)).collect();
        let (from, to) = (self.nearest(&places, true), self.nearest(&places, false));
        let mut on_loop = vec![false; self.graph.vertex_count()];
        places.iter().for_each(|place| on_loop[place.index()] = true);
        let way = |edge: Edge| {
            let (tail, head) = (self.graph.tail(edge), self.graph.head(edge));
            match (on_loop[tail.index()], on_loop[head.index()]) {
                (true, _) => to[head.index()].clone(),
                (_, true) => from[tail.index()].clone(),
                _ => None,
            }
        };
        self.graph.edges().map(way).collect()
    }

    /// How near each vertex is to some places: from them along edges, or to them.
    fn nearest(&self, places: &[Vertex], forward: bool) -> Vec<Option<Rational>> {
        let mut near: Vec<Option<Rational>> = vec![None; self.graph.vertex_count()];
        let mut waiting: BinaryHeap<Reverse<(Rational, Vertex)>> =
            places.iter().map(|place| Reverse((Rational::ZERO, *place))).collect();
        while let Some(Reverse((way, vertex))) = waiting.pop() {
            if near[vertex.index()].is_some() {
                continue;
            }
            let edges = if forward { self.graph.outgoing(vertex) } else { self.graph.incoming(vertex) };
            for edge in edges {
                let next = if forward { self.graph.head(*edge) } else { self.graph.tail(*edge) };
                if let (Some(reduced), None) = (&self.reduced[edge.index()], &near[next.index()]) {
                    waiting.push(Reverse((&way + reduced, next)));
                }
            }
            near[vertex.index()] = Some(way);
        }
        near
    }
}
