//! Is this the best path?

use super::Fault;
use super::graph::{Mask, leading_to, shortest};
use super::node::sum;
use crate::certify::path::{PathAnswer, PathProblem};
use crate::network::{Digraph, Edge, Vertex};

/// Checks that this is the best path, canonical among its equals.
///
/// No walk between the ends is above π, and tight edges lead every vertex between them to the end, where π
/// is zero: so π is the heaviest walk to the end. Of the tight paths the first in the one order is canonical.
///
/// # Errors
/// The first [`Fault`] found.
pub fn path(problem: &PathProblem<'_>, answer: &PathAnswer) -> Result<(), Fault> {
    let graph = problem.graph;
    let pi = &answer.certificate.pi;
    if problem.weights.len() != graph.edge_count() || pi.len() != graph.vertex_count() {
        return Err(Fault::Shape);
    }
    if !graph.is_simple(&answer.edges, problem.from, problem.to)
        || sum(problem.weights, &answer.edges) != answer.value
    {
        return Err(Fault::NotAPath);
    }
    let between = between(problem);
    let wrong = |vertex: &Vertex| pi[vertex.index()].is_some() != between[vertex.index()];
    if let Some(vertex) = graph.vertices().find(wrong) {
        return Err(Fault::Potential { node: 0, vertex });
    }
    let tight = tight(problem, answer)?;
    let rests = pi[problem.to.index()].as_ref().is_some_and(|pi| pi.is_zero());
    let attained = leading_to(graph, &tight, std::iter::once(problem.to));
    let wrong = |vertex: &Vertex| between[vertex.index()] && !(rests && attained[vertex.index()]);
    if let Some(vertex) = graph.vertices().find(wrong) {
        return Err(Fault::Potential { node: 0, vertex });
    }
    if shortest(graph, &tight, (problem.from, problem.to)).as_ref() != Some(&answer.edges) {
        return Err(Fault::NotCanonical { node: 0 });
    }
    Ok(())
}

/// For each edge, whether it is between the ends and tight; none may be above π.
fn tight(problem: &PathProblem<'_>, answer: &PathAnswer) -> Result<Mask, Fault> {
    let graph = problem.graph;
    let pi = |vertex: Vertex| answer.certificate.pi[vertex.index()].as_ref();
    let mut tight = vec![false; graph.edge_count()];
    for edge in graph.edges() {
        let tail = graph.tail(edge);
        let (Some(here), Some(beyond)) = (pi(tail), pi(graph.head(edge))) else { continue };
        let by = &problem.weights[edge.index()] + beyond;
        if by > *here {
            return Err(Fault::Potential { node: 0, vertex: tail });
        }
        tight[edge.index()] = by == *here;
    }
    Ok(tight)
}

/// For each vertex, whether it is on a walk from the one end to the other.
pub(super) fn between(problem: &PathProblem<'_>) -> Vec<bool> {
    let graph = problem.graph;
    let all = vec![true; graph.edge_count()];
    let before = leading_to(graph, &all, std::iter::once(problem.to));
    let after = led_to(graph, problem.from);
    before.into_iter().zip(after).map(|(before, after)| before && after).collect()
}

fn led_to(graph: &Digraph, from: Vertex) -> Vec<bool> {
    let mut led = vec![false; graph.vertex_count()];
    let mut stack = vec![from];
    while let Some(vertex) = stack.pop() {
        if !std::mem::replace(&mut led[vertex.index()], true) {
            stack.extend(graph.outgoing(vertex).iter().map(|edge| graph.head(*edge)));
        }
    }
    led
}

/// Checks that nothing leads from the one end to the other: these are all vertices that it leads to.
///
/// # Errors
/// [`Fault::Shape`] or [`Fault::Reachable`].
pub fn no_path(problem: &PathProblem<'_>, reached: &[Vertex]) -> Result<(), Fault> {
    let graph = problem.graph;
    let mut inside = vec![false; graph.vertex_count()];
    for vertex in reached {
        *inside.get_mut(vertex.index()).ok_or(Fault::Shape)? = true;
    }
    let exact = inside == led_to(graph, problem.from);
    if exact && !inside[problem.to.index()] { Ok(()) } else { Err(Fault::Reachable) }
}

/// Checks that this is a loop between the ends that weighs more than zero.
///
/// # Errors
/// [`Fault::NotALoop`] or [`Fault::NotRefused`].
pub fn improving(problem: &PathProblem<'_>, cycle: &[Edge]) -> Result<(), Fault> {
    let graph = problem.graph;
    let start = cycle.first().filter(|edge| edge.index() < graph.edge_count()).map(|edge| graph.tail(*edge));
    let between = between(problem);
    if !start.is_some_and(|start| between[start.index()] && graph.is_simple(cycle, start, start)) {
        return Err(Fault::NotALoop { node: 0 });
    }
    if sum(problem.weights, cycle).is_positive() { Ok(()) } else { Err(Fault::NotRefused) }
}
