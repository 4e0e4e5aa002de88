//! Is a node's loop the canonical best of its subgraph?

use super::Fault;
use super::graph::{Mask, earliest, leading_to, on_loops};
use crate::certify::ratio::RatioNode;
use crate::exact::{Numbers, Rational};
use crate::network::{Edge, Vertex};
use crate::program::RatioProblem;

/// What a node's proof shows besides.
pub struct Proved {
    /// For each edge, whether it is on a best loop of the node.
    pub critical: Mask,
    /// Whether a loop ties with the node's.
    pub tied: bool,
}

/// A node of a certificate, by its place.
#[derive(Clone, Copy)]
pub struct Placed<'a> {
    pub place: usize,
    pub node: &'a RatioNode,
}

/// Checks one node in one pass over the edges.
///
/// No walk is above π, and tight edges lead every vertex to one that rests at zero: so π is the heaviest walk,
/// and no loop is above zero. The node's loop has the ratio λ, so it is best; the best loops are those of
/// tight edges, and the earliest of them is canonical.
///
/// Source: mathematics §2 (2.3).
pub fn proved(problem: &RatioProblem<'_>, placed: Placed<'_>) -> Result<Proved, Fault> {
    let Placed { place, node } = placed;
    let graph = problem.graph;
    if node.pi.len() != graph.vertex_count() {
        return Err(Fault::Shape);
    }
    let left = left(problem, node)?;
    is_loop_of_ratio(problem, placed, &left)?;
    let tight = tight(problem, placed, &left)?;
    let rests = graph.vertices().filter(|vertex| node.pi[vertex.index()].is_zero());
    let attained = leading_to(graph, &tight, rests);
    let wrong = |vertex: &Vertex| node.pi[vertex.index()].is_negative() || !attained[vertex.index()];
    if let Some(vertex) = graph.vertices().find(wrong) {
        return Err(Fault::Potential { node: place, vertex });
    }
    let critical = on_loops(graph, &tight);
    if earliest(graph, &critical).as_ref() != Some(&node.cycle) {
        return Err(Fault::NotCanonical { node: place });
    }
    let tied = critical.iter().filter(|critical| **critical).count() > node.cycle.len();
    Ok(Proved { critical, tied })
}

/// For each edge, whether the node has it.
pub fn left(problem: &RatioProblem<'_>, node: &RatioNode) -> Result<Mask, Fault> {
    let mut left = vec![true; problem.graph.edge_count()];
    for edge in &node.removed {
        *left.get_mut(edge.index()).ok_or(Fault::Shape)? = false;
    }
    Ok(left)
}

fn is_loop_of_ratio(problem: &RatioProblem<'_>, placed: Placed<'_>, left: &[bool]) -> Result<(), Fault> {
    let Placed { place, node } = placed;
    let first = node.cycle.first().filter(|edge| edge.index() < problem.graph.edge_count());
    let Some(start) = first.map(|edge| problem.graph.tail(*edge)) else {
        return Err(Fault::NotALoop { node: place });
    };
    if !problem.graph.is_simple(&node.cycle, start, start)
        || !node.cycle.iter().all(|edge| left[edge.index()])
    {
        return Err(Fault::NotALoop { node: place });
    }
    if total(problem.numerator, &node.cycle) != &node.lambda * &total(problem.denominator, &node.cycle) {
        return Err(Fault::Ratio { node: place });
    }
    Ok(())
}

/// For each edge, whether it is left and tight; no edge left may be above π.
fn tight(problem: &RatioProblem<'_>, placed: Placed<'_>, left: &[bool]) -> Result<Mask, Fault> {
    let Placed { place, node } = placed;
    let graph = problem.graph;
    let mut tight = vec![false; graph.edge_count()];
    for edge in graph.edges().filter(|edge| left[edge.index()]) {
        let (tail, head) = (graph.tail(edge), graph.head(edge));
        let charged = &node.lambda * &problem.denominator.get(edge.index());
        let by = &(&problem.numerator.get(edge.index()) - &charged) + &node.pi[head.index()];
        if by > node.pi[tail.index()] {
            return Err(Fault::Potential { node: place, vertex: tail });
        }
        tight[edge.index()] = by == node.pi[tail.index()];
    }
    Ok(tight)
}

/// The sum over some edges, all of which the list has.
pub fn sum(numbers: &[Rational], edges: &[Edge]) -> Rational {
    edges.iter().map(|edge| &numbers[edge.index()]).sum()
}

/// The same of numbers that are kept short.
pub fn total(numbers: &Numbers, edges: &[Edge]) -> Rational {
    numbers.sum(edges.iter().map(|edge| edge.index()))
}
