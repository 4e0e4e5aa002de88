//! Is every loop's denominator positive? Potentials and ranks that prove it, or the loop that is not.
//!
//! Source: mathematics §2 (2.2).

use super::number::{Exact, Scaled};
use super::optimum::{Ended, optimum_until};
use crate::exact::Rational;
use crate::network::{
    Components, Edge, Ends, Figures, Subgraph, Vertex, Walks, Weight as _, earliest_loop, edges_on_loops,
    longest_walks,
};
use crate::program::Waiting;
use crate::stop::Stop;

/// Why there is no proof that every loop's denominator is positive.
pub enum Unproved {
    /// This loop's is not.
    Refused(Vec<Edge>),
    /// Somebody asked to stop.
    Stopped,
}

/// Proof that every loop's denominator is positive.
///
/// Invariant: both lists have one entry for each vertex, and both are unique.
pub struct Positive {
    /// The least denominator of a walk that leaves the vertex, the empty walk included.
    pub rho: Vec<Rational>,
    /// The number of edges on the longest walk that leaves the vertex along edges tight under ρ.
    pub rank: Vec<u32>,
}

/// The proof that every loop in the graph has a positive denominator.
///
/// # Errors
/// A loop that has not: the one with the least denominator per edge, canonical among its equals. It depends
/// on nothing but the problem. Or, that somebody asked to stop.
pub fn positive<F: Figures<Number: Exact>>(
    problem: &Scaled<'_, F>,
    components: &Components,
    stop: &Stop,
) -> Result<Positive, Unproved> {
    let graph = problem.graph;
    let scope = Subgraph::whole(graph);
    if stop.is_asked() {
        return Err(Unproved::Stopped);
    }
    if problem.denominator.words().is_some_and(|words| words.none_is_negative()) {
        return at_once(problem, components, stop);
    }
    let mut walks = Walks::new(scope, components, Ends::Anywhere, vec![None; graph.vertex_count()]);
    walks.weights = graph.edges().map(|edge| negative(problem, edge)).collect();
    for component in 0..components.count() {
        if !walks.settle(component, stop).ok_or(Unproved::Stopped)?.is_empty() {
            return Err(least_per_edge(problem, components, stop));
        }
    }
    let tight = tight(scope, &walks);
    let Some(rank) = longest_walks(Subgraph::masked(graph, &tight)) else {
        return Err(least_per_edge(problem, components, stop));
    };
    let rho = walks.values.iter().map(|value| &-value.to_rational() / &problem.denominator_scale).collect();
    Ok(Positive { rho, rank })
}

/// The proof where no edge takes from the denominator: no walk does, and edges that add nothing are tight.
fn at_once<F: Figures<Number: Exact>>(
    problem: &Scaled<'_, F>,
    components: &Components,
    stop: &Stop,
) -> Result<Positive, Unproved> {
    let graph = problem.graph;
    let zero = F::Number::zero();
    let tight: Vec<bool> = graph.edges().map(|edge| *problem.denominator.at(edge.index()) == zero).collect();
    let rank = if tight.contains(&true) {
        let rank = longest_walks(Subgraph::masked(graph, &tight));
        rank.ok_or_else(|| least_per_edge(problem, components, stop))?
    } else {
        vec![0; graph.vertex_count()]
    };
    Ok(Positive { rho: vec![Rational::ZERO; graph.vertex_count()], rank })
}

/// For each edge in scope, whether it goes on with a heaviest walk: its weight is what the values fall by.
pub fn tight<W: Exact>(scope: Subgraph<'_>, walks: &Walks<'_, W>) -> Vec<bool> {
    let graph = scope.graph();
    let value = |vertex: Vertex| &walks.values[vertex.index()];
    let is_tight = |edge: Edge| {
        scope.holds(edge)
            && walks.weights[edge.index()].plus(value(graph.head(edge))) == *value(graph.tail(edge))
    };
    graph.edges().map(is_tight).collect()
}

/// What an edge takes from the denominator.
fn negative<F: Figures>(problem: &Scaled<'_, F>, edge: Edge) -> F::Number {
    F::Number::zero().minus(&problem.denominator.at(edge.index()))
}

/// The loop with the least denominator per edge: an ordinary ratio loop, over one for each edge.
fn least_per_edge<F: Figures<Number: Exact>>(
    problem: &Scaled<'_, F>,
    components: &Components,
    stop: &Stop,
) -> Unproved {
    let graph = problem.graph;
    // One for each edge in the same kind of number: any positive constant does.
    let zero = F::Number::zero();
    let numbers = graph.edges().map(|edge| problem.denominator.at(edge.index()).into_owned());
    let Some(unit) = numbers.into_iter().find(|number| *number != zero) else {
        // Every denominator is zero, so every loop ties with every other.
        let earliest = earliest_loop(Subgraph::whole(graph), &edges_on_loops(Subgraph::whole(graph)));
        return Unproved::Refused(earliest.unwrap_or_default());
    };
    let unit = if unit < zero { zero.minus(&unit) } else { unit };
    let mean = Scaled {
        graph,
        numerator: graph.edges().map(|edge| negative(problem, edge)).collect(),
        denominator: vec![unit; graph.edge_count()],
        numerator_scale: Rational::ONE,
        denominator_scale: Rational::ONE,
    };
    let scope = (Subgraph::whole(graph), components);
    match optimum_until(&mean, scope, &[], &Waiting::silently(stop)) {
        Ended::Proved(best) => Unproved::Refused(best.edges),
        Ended::NoLoop => Unproved::Refused(Vec::new()),
        Ended::Stopped(_) => Unproved::Stopped,
    }
}
