//! The best path for a sum, proved.
//!
//! Source: mathematics §3.

use super::number::{Exact, Narrowed, Scaled, narrowed};
use super::optimum::optimum;
use super::positive::tight;
use crate::exact::Rational;
use crate::network::{Components, Digraph, Edge, Ends, Subgraph, Vertex, Walks, first_walk, has_other_walk};
use crate::program::RatioProblem;
use crate::stop::Stop;

/// Which path from one vertex to another weighs most?
///
/// Invariant: one weight for each edge; both ends are vertices of the graph. Callers who minimise negate.
#[derive(Clone, Copy, Debug)]
pub struct PathProblem<'a> {
    pub graph: &'a Digraph,
    pub weights: &'a [Rational],
    pub from: Vertex,
    pub to: Vertex,
}

/// What a graph has by way of paths between two vertices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathOutcome {
    /// Nothing leads there. The vertices that can be reached are the proof: no edge leaves them.
    NoPath {
        reached: Vec<Vertex>,
    },
    /// A loop between the two weighs more than zero, so walks have no best. It weighs most per edge.
    Improving {
        cycle: Vec<Edge>,
    },
    /// Somebody asked to stop: a path, and what it weighs.
    Stopped {
        edges: Vec<Edge>,
        value: Rational,
    },
    Optimal(PathAnswer),
}

/// The best path, with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathAnswer {
    /// The path: of the best, the one with the fewest edges, then the one whose list of edges comes first.
    pub edges: Vec<Edge>,
    pub value: Rational,
    /// Whether another path ties with it.
    pub tied: bool,
    pub certificate: PathCertificate,
}

/// The proof of a best path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathCertificate {
    /// What the heaviest walk from each vertex to the end weighs; none for vertices that are not between the
    /// two. Unique.
    pub pi: Vec<Option<Rational>>,
}

/// The best path over edges that can be reached from the one vertex and reach the other.
#[must_use]
pub fn best_path(problem: &PathProblem<'_>) -> PathOutcome {
    best_path_until(problem, &Stop::default())
}

/// The same, until somebody asks to stop.
#[must_use]
pub fn best_path_until(problem: &PathProblem<'_>, stop: &Stop) -> PathOutcome {
    let graph = problem.graph;
    let (from, to) = (problem.from, problem.to);
    let forward = reach(graph, from, Way::Forward);
    if !forward[to.index()].0 {
        let reached = graph.vertices().filter(|vertex| forward[vertex.index()].0).collect();
        return PathOutcome::NoPath { reached };
    }
    let backward = reach(graph, to, Way::Backward);
    let between = Between {
        ends: (from, to),
        vertices: forward.iter().zip(&backward).map(|(after, before)| after.0 && before.0).collect(),
        policy: backward.into_iter().map(|(_, edge)| edge).collect(),
    };
    let weights = problem.weights.iter().cloned().collect();
    let ones = graph.edges().map(|_| Rational::ONE).collect();
    let ratio = RatioProblem { graph, numerator: &weights, denominator: &ones };
    match narrowed(&ratio) {
        Narrowed::Machine(scaled) => solved(&scaled, between, stop),
        Narrowed::Integers(scaled) => solved(&scaled, between, stop),
        Narrowed::Fractions(scaled) => solved(&scaled, between, stop),
    }
}

/// The edges that can be reached from the one vertex and reach the other, in order.
#[must_use]
pub fn between(graph: &Digraph, (from, to): (Vertex, Vertex)) -> Vec<Edge> {
    let (forward, backward) = (reach(graph, from, Way::Forward), reach(graph, to, Way::Backward));
    let inside = |edge: &Edge| forward[graph.tail(*edge).index()].0 && backward[graph.head(*edge).index()].0;
    graph.edges().filter(inside).collect()
}

/// What lies between two vertices.
struct Between {
    ends: (Vertex, Vertex),
    vertices: Vec<bool>,
    /// For each vertex an edge on a way to the end.
    policy: Vec<Option<Edge>>,
}

fn solved<W: Exact>(problem: &Scaled<'_, Vec<W>>, between: Between, stop: &Stop) -> PathOutcome {
    let graph = problem.graph;
    let (from, to) = between.ends;
    let inside = |vertex: Vertex| between.vertices[vertex.index()];
    let alive: Vec<bool> =
        graph.edges().map(|edge| inside(graph.tail(edge)) && inside(graph.head(edge))).collect();
    let scope = Subgraph::masked(graph, &alive);
    let components = Components::strong(scope);
    let policy = graph.vertices().map(|vertex| between.policy[vertex.index()].filter(|_| inside(vertex)));
    let mut walks = Walks::new(scope, &components, Ends::Only(to), policy.collect());
    walks.weights.clone_from(&problem.numerator);
    for component in 0..components.count() {
        let Some(heavy) = walks.settle(component, stop) else {
            return met(problem, &between, &walks.policy);
        };
        if !heavy.is_empty() {
            let best = optimum(problem, scope, &components, &[]);
            return PathOutcome::Improving { cycle: best.map(|best| best.edges).unwrap_or_default() };
        }
    }
    let tight = tight(scope, &walks);
    let tight = Subgraph::masked(graph, &tight);
    let edges = first_walk(tight, from, to).unwrap_or_default();
    let value = |vertex: Vertex| &walks.values[vertex.index()].to_rational() / &problem.numerator_scale;
    let pi = graph.vertices().map(|vertex| inside(vertex).then(|| value(vertex))).collect();
    PathOutcome::Optimal(PathAnswer {
        tied: has_other_walk(tight, &edges),
        edges,
        value: value(from),
        certificate: PathCertificate { pi },
    })
}

/// The path by which a policy leads from the one end to the other; where loops were cut out of it half-way, the one
/// that the search began with.
fn met<W: Exact>(problem: &Scaled<'_, Vec<W>>, between: &Between, policy: &[Option<Edge>]) -> PathOutcome {
    let (from, to) = between.ends;
    let along = |policy: &[Option<Edge>]| {
        let (mut edges, mut at) = (Vec::new(), from);
        while at != to && edges.len() < policy.len() {
            let edge = policy[at.index()]?;
            edges.push(edge);
            at = problem.graph.head(edge);
        }
        (at == to).then_some(edges)
    };
    let edges = along(policy).or_else(|| along(&between.policy)).unwrap_or_default();
    let weight = W::total(edges.iter().map(|edge| &problem.numerator[edge.index()]));
    PathOutcome::Stopped { edges, value: &weight.to_rational() / &problem.numerator_scale }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

/// For each vertex whether the search reaches it, and the edge by which it did.
fn reach(graph: &Digraph, from: Vertex, way: Way) -> Vec<(bool, Option<Edge>)> {
    let mut reached = vec![(false, None); graph.vertex_count()];
    let mut queue = std::collections::VecDeque::from([from]);
    reached[from.index()].0 = true;
    while let Some(vertex) = queue.pop_front() {
        let edges = if way == Way::Forward { graph.outgoing(vertex) } else { graph.incoming(vertex) };
        for &edge in edges {
            let end = if way == Way::Forward { graph.head(edge) } else { graph.tail(edge) };
            if !reached[end.index()].0 {
                reached[end.index()] = (true, Some(edge));
                queue.push_back(end);
            }
        }
    }
    reached
}
