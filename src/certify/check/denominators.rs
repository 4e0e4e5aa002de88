//! Are all denominators of loops positive, or is there no loop at all?

use super::Fault;
use super::graph::leading_to;
use crate::exact::{Numbers, Rational};
use crate::network::{Digraph, Edge, Vertex};

/// Checks ρ and the ranks, which prove that every loop's denominator is positive.
///
/// No walk is below ρ, and tight edges lead every vertex to one that rests at zero: so ρ is the least walk.
/// Ranks fall along tight edges: so no loop is tight, and every loop is above zero.
///
/// Source: mathematics §2 (2.2).
pub fn positive(graph: &Digraph, denominator: &Numbers, rho: &[Rational], rank: &[u32]) -> Result<(), Fault> {
    let vertices = graph.vertex_count();
    if denominator.len() != graph.edge_count() || rho.len() != vertices || rank.len() != vertices {
        return Err(Fault::Shape);
    }
    let mut tight = Vec::with_capacity(graph.edge_count());
    for edge in graph.edges() {
        let (tail, head) = (graph.tail(edge), graph.head(edge));
        let by = &denominator.get(edge.index()) + &rho[head.index()];
        if rho[tail.index()] > by {
            return Err(Fault::LeastDenominator(tail));
        }
        tight.push(rho[tail.index()] == by);
    }
    let rests = graph.vertices().filter(|vertex| rho[vertex.index()].is_zero());
    let attained = leading_to(graph, &tight, rests);
    let wrong = |vertex: &Vertex| rho[vertex.index()].is_positive() || !attained[vertex.index()];
    if let Some(vertex) = graph.vertices().find(wrong) {
        return Err(Fault::LeastDenominator(vertex));
    }
    ranked(graph, rank, |edge| tight[edge.index()])
}

/// Checks topological ranks, which prove that there is no loop.
///
/// # Errors
/// [`Fault::Shape`] or [`Fault::Rank`].
pub fn no_loop(graph: &Digraph, ranks: &[u32]) -> Result<(), Fault> {
    if ranks.len() != graph.vertex_count() {
        return Err(Fault::Shape);
    }
    ranked(graph, ranks, |_| true)
}

/// Each rank is one more than the greatest that its edges lead to. Round a loop that cannot be.
fn ranked(graph: &Digraph, rank: &[u32], counts: impl Fn(Edge) -> bool) -> Result<(), Fault> {
    for vertex in graph.vertices() {
        let edges = graph.outgoing(vertex).iter().filter(|edge| counts(**edge));
        let beyond = edges.map(|edge| u64::from(rank[graph.head(*edge).index()]) + 1).max();
        if u64::from(rank[vertex.index()]) != beyond.unwrap_or(0) {
            return Err(Fault::Rank(vertex));
        }
    }
    Ok(())
}
