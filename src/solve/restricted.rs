//! What a solver suggests for a restricted loop or path: a program of zeros and ones, with rows against loops
//! that are apart from each other added as solutions break them, and a better ratio asked for as one is found.

use super::Suggestion;
use crate::exact::Rational;
use crate::network::{Edge, Subgraph, Vertex, loops_of};
use crate::program::{Apart, Program, RestrictedProblem, formulate_restricted};

/// The most edges for which a program of zeros and ones is worth its time.
pub const MOST_RESTRICTED: usize = 400;

/// The most programs that are asked.
const MOST_ROUNDS: usize = 6;

/// Who is asked: the approximate values of a program's columns, where there are any.
pub type Ask<'a> = dyn Fn(&Program) -> Option<Suggestion> + 'a;

/// A loop, or path, that keeps the restrictions and is better than the one known; nothing where none was met.
///
/// The values that a solver gives say which edge to go on by, and no more: a solver that takes whole numbers for
/// fractions suggests worse walks, never wrong ones.
#[must_use]
pub fn suggest_restricted(
    ask: &Ask<'_>,
    problem: &RestrictedProblem<'_>,
    known: Option<&[Edge]>,
) -> Option<Vec<Edge>> {
    if problem.graph.edge_count() > MOST_RESTRICTED {
        return None;
    }
    let mut best = known.and_then(|edges| Some((problem.value(edges)?, edges.to_vec())));
    let (mut apart, mut improved): (Vec<Apart>, bool) = (Vec::new(), false);
    for _ in 0..MOST_ROUNDS {
        let ratio = best.as_ref().map_or(Rational::ZERO, |(ratio, _)| ratio.clone());
        let Some(suggestion) = ask(&formulate_restricted(problem, &ratio, &apart)) else { break };
        let (path, loops) = walks(problem, &suggestion);
        let admitted = path.iter().chain(&loops).filter(|edges| problem.admits(edges));
        let valued = admitted.filter_map(|edges| Some((problem.value(edges)?, edges.clone())));
        let greatest = valued.reduce(|one, other| if other.0 > one.0 { other } else { one });
        let better = greatest.filter(|found| best.as_ref().is_none_or(|best| found.0 > best.0));
        let rows = parted(problem, path.as_deref(), &loops);
        let is_new = better.is_some() || rows.iter().any(|row| !apart.contains(row));
        if let Some(found) = better {
            best = Some(found);
            improved = true;
        }
        if !is_new {
            break;
        }
        apart.extend(rows);
    }
    best.map(|(_, edges)| edges).filter(|_| improved)
}

/// The path between the ends that a solution holds, if it does, and its loops.
fn walks(problem: &RestrictedProblem<'_>, suggestion: &Suggestion) -> (Option<Vec<Edge>>, Vec<Vec<Edge>>) {
    let graph = problem.graph;
    let value = |edge: Edge| suggestion.values.get(edge.index()).copied().filter(|value| *value > 1e-6);
    let busiest = |vertex: Vertex| {
        let valued = graph.outgoing(vertex).iter().filter_map(|edge| Some((*edge, value(*edge)?)));
        valued.reduce(|one, other| if other.1 > one.1 { other } else { one }).map(|(edge, _)| edge)
    };
    let policy: Vec<Option<Edge>> = graph.vertices().map(busiest).collect();
    let path = problem.ends.map(|(from, _)| followed(problem, &policy, from));
    (path, loops_of(Subgraph::whole(graph), &policy))
}

/// Where a policy leads from a vertex, up to where it ends.
fn followed(problem: &RestrictedProblem<'_>, policy: &[Option<Edge>], from: Vertex) -> Vec<Edge> {
    let next = |edge: &Edge| policy[problem.graph.head(*edge).index()];
    std::iter::successors(policy[from.index()], next).take(policy.len()).collect()
}

/// Rows that part each loop from the path, or from the next loop.
fn parted(problem: &RestrictedProblem<'_>, path: Option<&[Edge]>, loops: &[Vec<Edge>]) -> Vec<Apart> {
    if path.is_none() && loops.len() < 2 {
        return Vec::new();
    }
    let first = |edges: &[Edge]| edges.first().map(|edge| problem.graph.tail(*edge));
    let next = |place: usize| loops.get((place + 1) % loops.len()).and_then(|edges| first(edges));
    let row = |(place, edges): (usize, &Vec<Edge>)| {
        let other = if path.is_some() { None } else { Some(next(place)?) };
        let inside = edges.iter().map(|edge| problem.graph.tail(*edge)).collect();
        Some(Apart { inside, one: first(edges)?, other })
    };
    loops.iter().enumerate().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Microlp, asked};
    use super::*;
    use crate::network::Digraph;

    /// Two heavy triangles and a lighter loop over all six vertices.
    fn triangles() -> (Digraph, Vec<Rational>) {
        let ends = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3), (5, 0)];
        let ends: Vec<_> = ends.iter().map(|(tail, head)| (Vertex(*tail), Vertex(*head))).collect();
        (Digraph::new(6, &ends), [9, 9, 9, 9, 9, 9, 1, 1].map(Rational::from).to_vec())
    }

    #[test]
    fn loops_apart_are_joined() {
        let (graph, numerator) = triangles();
        let through = vec![vec![Edge(0)], vec![Edge(3)]];
        let problem = RestrictedProblem {
            graph: &graph,
            numerator: &numerator,
            denominator: None,
            ends: None,
            through: &through,
            length: (1, usize::MAX),
        };
        let ask = |program: &Program| asked(&Microlp, program, &crate::stop::Stop::default()).ok();
        let found = suggest_restricted(&ask, &problem, None).expect("a loop");
        assert!(problem.admits(&found));
        assert_eq!(problem.value(&found), Some(Rational::from(38)));
        assert_eq!(suggest_restricted(&ask, &problem, Some(&found)), None);
    }

    #[test]
    fn loops_beside_a_path_are_cut_off() {
        let (graph, numerator) = triangles();
        let ends: Vec<_> = graph
            .edges()
            .filter(|edge| graph.head(*edge) != Vertex(0) && graph.tail(*edge) != Vertex(5))
            .map(|edge| (graph.tail(edge), graph.head(edge)))
            .chain([(Vertex(2), Vertex(1)), (Vertex(0), Vertex(5))])
            .collect();
        let numerator: Vec<Rational> = numerator.into_iter().cycle().take(ends.len()).collect();
        let graph = Digraph::new(6, &ends);
        let problem = RestrictedProblem {
            graph: &graph,
            numerator: &numerator,
            denominator: None,
            ends: Some((Vertex(0), Vertex(5))),
            through: &[],
            length: (2, 6),
        };
        let ask = |program: &Program| asked(&Microlp, program, &crate::stop::Stop::default()).ok();
        let found = suggest_restricted(&ask, &problem, None).expect("a path");
        assert!(problem.admits(&found), "{found:?}");
    }

    #[test]
    fn nonsense_is_no_suggestion() {
        let (graph, numerator) = triangles();
        let problem = RestrictedProblem {
            graph: &graph,
            numerator: &numerator,
            denominator: None,
            ends: None,
            through: &[],
            length: (6, 6),
        };
        for values in [vec![], vec![f64::NAN; 8], vec![f64::INFINITY; 3], vec![-1.0; 8]] {
            let ask = |_: &Program| Some(Suggestion { values: values.clone() });
            assert_eq!(suggest_restricted(&ask, &problem, None), None);
        }
        assert_eq!(suggest_restricted(&|_| None, &problem, None), None);
    }
}
