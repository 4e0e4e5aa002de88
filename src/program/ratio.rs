//! The best-ratio loop as a linear program.

use super::{Column, ColumnId, Origin, Program, Row, Sense};
use crate::exact::{Numbers, Rational};
use crate::network::{Digraph, Edge, Vertex};

/// What the denominators of a loop sum to in the program.
///
/// Solvers keep rows to absolute tolerances of about 10⁻⁷; a sum of 10⁴ leaves them digits to be right in.
pub const NORMAL: i64 = 10_000;

/// Which loop has the greatest ratio of two sums?
///
/// Invariant: one numerator and one denominator for each edge. Callers who minimise negate the numerators.
#[derive(Clone, Copy, Debug)]
pub struct RatioProblem<'a> {
    pub graph: &'a Digraph,
    pub numerator: &'a Numbers,
    pub denominator: &'a Numbers,
}

/// The program whose extreme points are the simple loops, scaled to a denominator of [`NORMAL`].
///
/// One column for each edge, in order; one balance for each vertex that has edges; last the row that normalises.
///
/// Source: mathematics §2 (2.1); Charnes, Cooper 1962; Dantzig, Blattner, Rao 1967.
#[must_use]
pub fn formulate_ratio(problem: &RatioProblem<'_>) -> Program {
    let graph = problem.graph;
    let mut program = Program::new(Sense::Maximize);
    for (edge, objective) in graph.edges().zip(problem.numerator.iter()) {
        program.add_column(Column {
            name: format!("x{}", edge.0),
            origin: Origin::Edge(edge),
            lower: Some(Rational::ZERO),
            upper: None,
            objective,
            integral: false,
        });
    }
    for vertex in graph.vertices() {
        if !graph.outgoing(vertex).is_empty() || !graph.incoming(vertex).is_empty() {
            program.add_row(balance(graph, vertex));
        }
    }
    program.add_row(normal(problem));
    program
}

/// What leaves a vertex is what enters it.
fn balance(graph: &Digraph, vertex: Vertex) -> Row {
    let signed = |edges: &[Edge], sign: i64| -> Vec<(ColumnId, Rational)> {
        edges.iter().map(|edge| (ColumnId(edge.0), Rational::from(sign))).collect()
    };
    let mut terms = signed(graph.outgoing(vertex), 1);
    terms.extend(signed(graph.incoming(vertex), -1));
    Row::equal(format!("balance{}", vertex.0), Origin::Vertex(vertex), terms, Rational::ZERO)
}

fn normal(problem: &RatioProblem<'_>) -> Row {
    let terms = problem.graph.edges().zip(problem.denominator.iter());
    let terms = terms.map(|(edge, factor)| (ColumnId(edge.0), factor)).collect();
    Row::equal("normal".to_owned(), Origin::Normal, terms, Rational::from(NORMAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scaled_loop_is_feasible() {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        let graph = Digraph::new(4, &[edge(0, 1), edge(1, 0), edge(1, 2), edge(1, 1)]);
        let numbers = |numbers: [i64; 4]| numbers.map(Rational::from);
        let words = |all: [i64; 4]| numbers(all).into_iter().collect::<Numbers>();
        let (numerator, denominator) = (words([5, 1, 7, 1]), words([1, 3, 1, 2]));
        let problem = RatioProblem { graph: &graph, numerator: &numerator, denominator: &denominator };
        let program = formulate_ratio(&problem);
        assert_eq!(program.rows().len(), 4);
        let shares = numbers([2_500, 2_500, 0, 0]);
        assert!(program.is_feasible(&shares));
        assert_eq!(program.objective(&shares), Rational::from(15_000));
        assert!(program.is_feasible(&numbers([0, 0, 0, 5_000])));
        assert!(!program.is_feasible(&numbers([0, 0, 10_000, 0])));
    }
}
