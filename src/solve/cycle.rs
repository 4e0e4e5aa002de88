//! The loop engine: Howard's policy iteration in doubles, per strongly connected component.

use super::changes::Figures;
use super::doubles::Doubles;
use super::howard::{Howard, Layout};
use crate::exact::Numbers;
use crate::network::Edge;
use crate::program::{RatioProblem, Waiting};
use crate::stop::Stop;

/// Rounds of policy improvement, over all components: far more than networks of any size were seen to need.
const MOST_ROUNDS: usize = 2_000;

/// The edge by which a good loop, or a good walk, leaves each vertex; nothing where doubles cannot tell.
///
/// Source: mathematics §2, engine *cycle*; Cochet-Terrasson et al. 1998; Dasdan 2004.
#[must_use]
pub fn suggest_cycle(problem: &RatioProblem<'_>) -> Vec<Option<Edge>> {
    suggest_cycle_until(problem, &Waiting::silently(&Stop::default()))
}

/// The same, of what was met until somebody asks to stop.
#[must_use]
pub fn suggest_cycle_until(problem: &RatioProblem<'_>, waiting: &Waiting<'_>) -> Vec<Option<Edge>> {
    let (Some(above), Some(below)) = (Doubles::of(problem.numerator), Doubles::of(problem.denominator))
    else {
        return Vec::new();
    };
    let better = |edges: &[Edge]| {
        let sum = |numbers: &Numbers| numbers.sum(edges.iter().map(|edge| edge.index()));
        if let Some(ratio) = sum(problem.numerator).checked_div(&sum(problem.denominator)) {
            (waiting.better)(&ratio);
        }
    };
    let figures = Figures { graph: problem.graph, above: &above, below: &below };
    figures.by_changes((waiting.stop, &better)).unwrap_or_else(|| {
        let components = problem.graph.components();
        let listed = |doubles: &Doubles<'_>| -> Vec<f64> {
            problem.graph.edges().map(|edge| doubles.at(edge.index())).collect()
        };
        let layout = Layout::of(problem.graph, components, (&listed(&above), &listed(&below)));
        let rounds = components.count().saturating_add(MOST_ROUNDS).saturating_mul(3);
        Howard::new(&layout, rounds, (waiting.stop, &better)).run(problem.graph.vertex_count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use crate::network::{Digraph, Subgraph, Vertex, loops_of};

    #[test]
    fn suggests_the_best_loop_of_a_small_network() {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        let graph = Digraph::new(3, &[edge(0, 1), edge(1, 0), edge(1, 2), edge(2, 0), edge(0, 1)]);
        let numbers = |numbers: [i64; 5]| -> Numbers { numbers.map(Rational::from).into_iter().collect() };
        let (numerator, denominator) = (numbers([1, 2, 5, 5, 2]), numbers([1, 1, 1, 1, 1]));
        let problem = RatioProblem { graph: &graph, numerator: &numerator, denominator: &denominator };
        let policy = suggest_cycle(&problem);
        assert_eq!(loops_of(Subgraph::whole(&graph), &policy), [[Edge(4), Edge(2), Edge(3)]]);
    }
}
