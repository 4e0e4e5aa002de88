//! The best loop or path under restrictions as a program of zeros and ones.

use super::{Column, ColumnId, Origin, Program, Row, Sense};
use crate::exact::Rational;
use crate::network::{Digraph, Edge, Vertex};

/// Which loops, or paths, are best among those that use an edge of each item and are neither too short nor too
/// long?
///
/// Invariant: one number for each edge in each list; where there are denominators, those of every loop (and of
/// every path between the ends) sum to more than zero; the ends, where there are any, are two vertices, no edge
/// leaves the second and none enters the first. Callers who minimise negate the numerators.
#[derive(Clone, Copy, Debug)]
pub struct RestrictedProblem<'a> {
    pub graph: &'a Digraph,
    pub numerator: &'a [Rational],
    /// Nothing where the numerators alone are summed.
    pub denominator: Option<&'a [Rational]>,
    /// The ends of a path; nothing for a loop.
    pub ends: Option<(Vertex, Vertex)>,
    /// For each item the edges of which one must be used.
    pub through: &'a [Vec<Edge>],
    /// The fewest and the most edges.
    pub length: (usize, usize),
}

impl RestrictedProblem<'_> {
    /// The value of a walk.
    #[must_use]
    pub fn value(&self, edges: &[Edge]) -> Option<Rational> {
        let sum = |numbers: &[Rational]| -> Rational {
            edges.iter().filter_map(|edge| numbers.get(edge.index())).sum()
        };
        match self.denominator {
            Some(denominator) => sum(self.numerator).checked_div(&sum(denominator)),
            None => Some(sum(self.numerator)),
        }
    }

    /// Whether these edges are a loop, or path, that keeps the restrictions.
    #[must_use]
    pub fn admits(&self, edges: &[Edge]) -> bool {
        let known = edges.iter().all(|edge| edge.index() < self.graph.edge_count());
        let Some(first) = edges.first().filter(|_| known) else { return false };
        let (from, to) = self.ends.unwrap_or((self.graph.tail(*first), self.graph.tail(*first)));
        self.graph.is_simple(edges, from, to)
            && (self.length.0..=self.length.1).contains(&edges.len())
            && self.through.iter().all(|item| edges.iter().any(|edge| item.contains(edge)))
    }
}

/// Rows that a program of zeros and ones needs only where a solution breaks them: a loop beside what was asked
/// for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// The vertices of the loop.
    pub inside: Vec<Vertex>,
    /// One of them.
    pub one: Vertex,
    /// A vertex elsewhere; nothing where all that is asked for is a path, which ends elsewhere anyhow.
    pub other: Option<Vertex>,
}

/// The program whose solutions are loops apart from each other, or a path and loops apart from it, that use an
/// edge of each item between them. With a row for each pair of vertices and each set that parts them the heaviest
/// solution would be the best one alone; only those rows are in it that are asked for.
///
/// One column for each edge, in order, weighing what the numerators and `ratio` × the denominators leave.
///
/// Source: mathematics §2 "restricted loops"; Fischetti, Salazar González, Toth 1997 (generalised subtours).
#[must_use]
pub fn formulate_restricted(problem: &RestrictedProblem<'_>, ratio: &Rational, apart: &[Apart]) -> Program {
    let graph = problem.graph;
    let mut program = Program::new(Sense::Maximize);
    for edge in graph.edges() {
        let above = &problem.numerator[edge.index()];
        let weight = problem.denominator.map(|below| above - &(ratio * &below[edge.index()]));
        program.add_column(Column {
            name: format!("x{}", edge.0),
            origin: Origin::Edge(edge),
            lower: Some(Rational::ZERO),
            upper: Some(Rational::ONE),
            objective: weight.unwrap_or_else(|| above.clone()),
            integral: true,
        });
    }
    for vertex in graph.vertices() {
        if !graph.outgoing(vertex).is_empty() || !graph.incoming(vertex).is_empty() {
            add_vertex(&mut program, problem, vertex);
        }
    }
    for (place, item) in problem.through.iter().enumerate() {
        let terms = item.iter().map(|edge| (ColumnId(edge.0), Rational::ONE)).collect();
        program.add_row(at_least(format!("through{place}"), Origin::Normal, terms, Rational::ONE));
    }
    let whole = |count: usize| Rational::from(i64::try_from(count).unwrap_or(i64::MAX));
    program.add_row(Row {
        name: "length".to_owned(),
        origin: Origin::Normal,
        terms: graph.edges().map(|edge| (ColumnId(edge.0), Rational::ONE)).collect(),
        lower: Some(whole(problem.length.0)),
        // No simple loop or path has more edges than there are vertices.
        upper: Some(whole(problem.length.1.min(graph.vertex_count()))),
    });
    for (place, apart) in apart.iter().enumerate() {
        program.add_row(parted(graph, place, apart));
    }
    program
}

/// As much leaves a vertex as enters it, ends of a path aside; and no more than one edge does.
fn add_vertex(program: &mut Program, problem: &RestrictedProblem<'_>, vertex: Vertex) {
    let mut terms = outgoing(problem.graph, vertex, &Rational::ONE);
    let least = terms.clone();
    terms.extend(problem.graph.incoming(vertex).iter().map(|edge| (ColumnId(edge.0), Rational::from(-1))));
    let left = match problem.ends {
        Some((from, _)) if from == vertex => 1,
        Some((_, to)) if to == vertex => -1,
        _ => 0,
    };
    let (name, origin) = (format!("balance{}", vertex.0), Origin::Vertex(vertex));
    program.add_row(Row::equal(name, origin, terms, Rational::from(left)));
    program.add_row(Row {
        name: format!("once{}", vertex.0),
        origin,
        terms: least,
        lower: None,
        upper: Some(Rational::ONE),
    });
}

fn outgoing(graph: &Digraph, vertex: Vertex, factor: &Rational) -> Vec<(ColumnId, Rational)> {
    graph.outgoing(vertex).iter().map(|edge| (ColumnId(edge.0), factor.clone())).collect()
}

fn at_least(name: String, origin: Origin, terms: Vec<(ColumnId, Rational)>, least: Rational) -> Row {
    Row { name, origin, terms, lower: Some(least), upper: None }
}

/// Whoever visits both the one vertex inside and the other one outside leaves the inside.
fn parted(graph: &Digraph, place: usize, apart: &Apart) -> Row {
    let mut inside = vec![false; graph.vertex_count()];
    apart.inside.iter().for_each(|vertex| inside[vertex.index()] = true);
    let leaves = |edge: &Edge| inside[graph.tail(*edge).index()] && !inside[graph.head(*edge).index()];
    let mut terms: Vec<(ColumnId, Rational)> =
        graph.edges().filter(leaves).map(|edge| (ColumnId(edge.0), Rational::ONE)).collect();
    let minus = Rational::from(-1);
    terms.extend(outgoing(graph, apart.one, &minus));
    if let Some(other) = apart.other {
        terms.extend(outgoing(graph, other, &minus));
    }
    let least = if apart.other.is_some() { minus } else { Rational::ZERO };
    at_least(format!("apart{place}"), Origin::Vertex(apart.one), terms, least)
}
