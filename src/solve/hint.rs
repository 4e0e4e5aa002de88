//! The choice of an engine, and what its answer is good for: an order of edges.

use super::{Choice, Engine, Microlp, Solver, Suggestion, asked, suggest_cycle_until};
use crate::network::{Digraph, Edge};
use crate::program::{RatioProblem, Waiting, formulate_ratio};
use crate::stop::Stop;

/// The most edges for which the linear program is asked; beyond, the loop engine is faster and as good.
pub const MOST_COLUMNS: usize = 2_000;

/// Values below this share of the greatest are taken for zero.
const NOISE: f64 = 1e-9;

/// The edge by which a good loop leaves each vertex, from the engine that suits the size.
#[must_use]
pub fn hinted(problem: &RatioProblem<'_>) -> Vec<Option<Edge>> {
    hinted_by((Engine::Auto, Choice::Auto), problem, &Waiting::silently(&Stop::default()))
}

/// The edge by which a good loop leaves each vertex, from the chosen engine and solver; from the loop engine, where
/// those have nothing to say. Where somebody asks to stop, that of the best loop met until then.
#[must_use]
pub fn hinted_by(
    (engine, choice): (Engine, Choice),
    problem: &RatioProblem<'_>,
    waiting: &Waiting<'_>,
) -> Vec<Option<Edge>> {
    let is_small = problem.graph.edge_count() <= MOST_COLUMNS;
    let solver: Option<&dyn Solver> = match (engine, choice) {
        (Engine::Cycle, _) => None,
        (Engine::Lp, Choice::Auto) => Some(&Microlp),
        (_, Choice::Auto) if is_small => Some(&Microlp),
        _ => choice.solver(),
    };
    let hint = solver.map(|solver| hint_until(solver, problem, waiting.stop)).unwrap_or_default();
    if hint.is_empty() { suggest_cycle_until(problem, waiting) } else { hint }
}

/// The edge by which a good loop leaves each vertex, in one solver's opinion; nothing where it has none.
#[must_use]
pub fn hint_with(solver: &dyn Solver, problem: &RatioProblem<'_>) -> Vec<Option<Edge>> {
    hint_until(solver, problem, &Stop::default())
}

fn hint_until(solver: &dyn Solver, problem: &RatioProblem<'_>, stop: &Stop) -> Vec<Option<Edge>> {
    match asked(solver, &formulate_ratio(problem), stop) {
        Ok(suggestion) => busiest(problem.graph, &suggestion),
        Err(_) => Vec::new(),
    }
}

/// For each vertex the edge out of it with the greatest value, the earliest where they tie.
fn busiest(graph: &Digraph, suggestion: &Suggestion) -> Vec<Option<Edge>> {
    let value = |edge: Edge| suggestion.values.get(edge.index()).copied().filter(|value| value.is_finite());
    let greatest = graph.edges().filter_map(value).fold(0.0, f64::max);
    let busiest = |vertex| {
        let mut best: Option<(Edge, f64)> = None;
        for &edge in graph.outgoing(vertex) {
            let busy = value(edge).unwrap_or(0.0);
            if busy > best.map_or(greatest * NOISE, |(_, most)| most) {
                best = Some((edge, busy));
            }
        }
        best.map(|(edge, _)| edge)
    };
    graph.vertices().map(busiest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Vertex;

    #[test]
    fn values_that_are_no_numbers_are_no_hint() {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        let graph = Digraph::new(2, &[edge(0, 1), edge(0, 1), edge(0, 1), edge(1, 0)]);
        let from = |values: &[f64]| busiest(&graph, &Suggestion { values: values.to_vec() });
        assert_eq!(from(&[1.0, 2.0, 2.0, 1e-15]), [Some(Edge(1)), None]);
        assert_eq!(from(&[f64::NAN, f64::INFINITY, 1.0]), [Some(Edge(2)), None]);
        assert_eq!(from(&[-1.0, -2.0, 0.0, -4.0]), [None, None]);
    }
}
