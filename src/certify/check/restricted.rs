//! Does a loop or path keep its restrictions, and does a ratio have a culprit on the way of a path?

use super::Fault;
use super::node::sum;
use super::path::between;
use crate::certify::path::PathProblem;
use crate::network::{Edge, Vertex};
use crate::program::RestrictedProblem;

/// Checks that these edges follow one another from end to end, or round, visit nothing twice, are as many as
/// they may be, and pass all that must be passed.
///
/// # Errors
/// [`Fault::Shape`] or [`Fault::NotAdmitted`].
pub fn restricted(problem: &RestrictedProblem<'_>, edges: &[Edge]) -> Result<(), Fault> {
    let graph = problem.graph;
    if edges.iter().any(|edge| edge.index() >= graph.edge_count()) {
        return Err(Fault::Shape);
    }
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return Err(Fault::NotAdmitted) };
    let joined = edges.windows(2).all(|pair| graph.head(pair[0]) == graph.tail(pair[1]));
    let ends = match problem.ends {
        Some((from, to)) => graph.tail(*first) == from && graph.head(*last) == to && from != to,
        None => graph.tail(*first) == graph.head(*last),
    };
    let mut left = vec![false; graph.vertex_count()];
    let twice = edges.iter().any(|edge| std::mem::replace(&mut left[graph.tail(*edge).index()], true));
    // A path must not come back to where it was; a loop is back where it began, and nowhere else.
    let back = problem.ends.is_some() && left[graph.head(*last).index()];
    let many = edges.len() < problem.length.0 || edges.len() > problem.length.1;
    let missed = problem.through.iter().any(|item| !item.iter().any(|edge| edges.contains(edge)));
    if !joined || !ends || twice || back || many || missed { Err(Fault::NotAdmitted) } else { Ok(()) }
}

/// Checks that this is a loop between the ends, or a path, that weighs zero or more.
///
/// # Errors
/// [`Fault::NotALoop`] or [`Fault::NotRefused`].
pub fn not_falling(problem: &PathProblem<'_>, edges: &[Edge]) -> Result<(), Fault> {
    let graph = problem.graph;
    let start = edges.first().filter(|edge| edge.index() < graph.edge_count()).map(|edge| graph.tail(*edge));
    let between = between(problem);
    let is_loop = |start: Vertex| between[start.index()] && graph.is_simple(edges, start, start);
    let known = start.is_some_and(|start| is_loop(start) || graph.is_simple(edges, problem.from, problem.to));
    if !known {
        return Err(Fault::NotALoop { node: 0 });
    }
    if sum(problem.weights, edges).is_negative() { Err(Fault::NotRefused) } else { Ok(()) }
}
