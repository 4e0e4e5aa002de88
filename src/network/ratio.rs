//! The loop with the greatest ratio of two sums, over any numbers.
//!
//! From any loop's ratio on, every loop that weighs more than zero under numerator − ratio × denominator has a
//! greater ratio; where none is left, the ratio is the greatest, whatever the search was told at the start.
//!
//! Source: mathematics §2 (2.3); Lawler 1976; Dasdan 2004, "Experimental analysis of the fastest optimum cycle
//! ratio and mean algorithms".

use super::{Components, Edge, Ends, Figures, Subgraph, Walks, Weight};
use crate::stop::Stop;

/// A fraction that is never divided out.
#[derive(Clone, Debug)]
pub struct Ratio<W> {
    pub numerator: W,
    pub denominator: W,
}

impl<W: Weight> Ratio<W> {
    /// Whether this fraction is greater; both denominators are positive.
    fn exceeds(&self, other: &Self) -> bool {
        self.numerator.times(&other.denominator).exceeds(&other.numerator.times(&self.denominator))
    }
}

/// What a search for the greatest ratio works on.
///
/// Invariant: one numerator and one denominator for each edge, and every loop's denominators sum to more than
/// zero.
#[derive(Clone, Copy, Debug)]
pub struct RatioTask<'g, F> {
    pub scope: Subgraph<'g>,
    pub components: &'g Components,
    pub numerator: &'g F,
    pub denominator: &'g F,
}

/// Who waits for a search for the greatest ratio: whether it is to end, and who is told of every greater one.
#[derive(Clone, Copy)]
pub struct Watched<'a, W> {
    pub stop: &'a Stop,
    pub better: &'a dyn Fn(&Ratio<W>),
}

impl<W> std::fmt::Debug for Watched<'_, W> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.stop.fmt(out)
    }
}

/// The greatest ratio, and what shows it; or, where somebody asked to stop, the greatest that was met.
#[derive(Debug)]
pub struct Maximum<'g, W> {
    pub ratio: Ratio<W>,
    /// A loop that attains it; not the canonical one.
    pub edges: Vec<Edge>,
    /// Whether there is no greater one, proved.
    pub closed: bool,
    /// Weights under the ratio, and the heaviest walk that leaves each vertex, where it is the greatest.
    pub walks: Walks<'g, W>,
}

/// The greatest ratio in scope, or nothing where there is no loop.
///
/// The hint is the edge by which a good loop leaves each vertex. Wrong hints cost time, never the answer.
#[must_use]
pub fn maximum_ratio<'g, F: Figures>(
    task: &RatioTask<'g, F>,
    hint: &[Option<Edge>],
    watched: &Watched<'_, F::Number>,
) -> Option<Maximum<'g, F::Number>> {
    let policy = sensible(task.scope, hint);
    let first = loops_of(task.scope, &started(task, &policy));
    let (ratio, edges) = best(task, first)?;
    let walks = Walks::new(task.scope, task.components, Ends::Anywhere, policy);
    (watched.better)(&ratio);
    let mut maximum = Maximum { ratio, edges, closed: false, walks };
    // A ratio that grows half-way leaves the components before with the weights of the old one.
    while let Some(grew) = raise(task, &mut maximum, watched) {
        if !grew {
            maximum.closed = true;
            break;
        }
    }
    Some(maximum)
}

/// One pass over all components; whether the ratio grew, and nothing where somebody asked to stop.
fn raise<F: Figures>(
    task: &RatioTask<'_, F>,
    maximum: &mut Maximum<'_, F::Number>,
    watched: &Watched<'_, F::Number>,
) -> Option<bool> {
    let mut grew = false;
    for component in 0..task.components.count() {
        loop {
            reweigh(task, maximum, component);
            let heavy = maximum.walks.settle(component, watched.stop)?;
            match best(task, heavy) {
                Some((ratio, edges)) if ratio.exceeds(&maximum.ratio) => {
                    (watched.better)(&ratio);
                    maximum.ratio = ratio;
                    maximum.edges = edges;
                    grew = true;
                }
                _ => break,
            }
        }
    }
    Some(grew)
}

/// Weighs the edges that leave a component: numerator × q − denominator × p, for the ratio p/q.
fn reweigh<F: Figures>(task: &RatioTask<'_, F>, maximum: &mut Maximum<'_, F::Number>, component: usize) {
    let Ratio { numerator, denominator } = &maximum.ratio;
    for &vertex in task.components.members(component) {
        for edge in task.scope.outgoing(vertex) {
            let place = edge.index();
            let gained = task.numerator.at(place).times(denominator);
            maximum.walks.weights[place] = gained.minus(&task.denominator.at(place).times(numerator));
        }
    }
}

/// A loop and its ratio.
type Rated<W> = (Ratio<W>, Vec<Edge>);

/// The best of these loops, the first where they tie.
fn best<F: Figures>(task: &RatioTask<'_, F>, loops: Vec<Vec<Edge>>) -> Option<Rated<F::Number>> {
    let mut best: Option<Rated<F::Number>> = None;
    for edges in loops {
        let sum = |numbers: &F| numbers.sum(edges.iter().map(|edge| edge.index()));
        let ratio = Ratio { numerator: sum(task.numerator), denominator: sum(task.denominator) };
        if ratio.denominator.exceeds(&Weight::zero())
            && best.as_ref().is_none_or(|(kept, _)| ratio.exceeds(kept))
        {
            best = Some((ratio, edges));
        }
    }
    best
}

/// The hint without what cannot be: each edge left is in scope and leaves the vertex that it is given for.
fn sensible(scope: Subgraph<'_>, hint: &[Option<Edge>]) -> Vec<Option<Edge>> {
    let graph = scope.graph();
    let possible = |edge: &Edge| edge.index() < graph.edge_count() && scope.holds(*edge);
    graph
        .vertices()
        .map(|vertex| {
            let edge = hint.get(vertex.index()).copied().flatten().filter(possible)?;
            (graph.tail(edge) == vertex).then_some(edge)
        })
        .collect()
}

/// The policy, with the earliest edge on a loop where it has none: so it has a loop, if there is one.
fn started<F>(task: &RatioTask<'_, F>, policy: &[Option<Edge>]) -> Vec<Option<Edge>> {
    let on_loop = |edge: &Edge| task.components.joins(task.scope, *edge);
    let vertices = task.scope.graph().vertices();
    let chosen = |edge: Option<Edge>, vertex| {
        edge.filter(on_loop).or_else(|| task.scope.outgoing(vertex).find(on_loop))
    };
    vertices.zip(policy).map(|(vertex, edge)| chosen(*edge, vertex)).collect()
}

/// The loops of a policy, by its vertices' order. Linear time.
#[must_use]
pub fn loops_of(scope: Subgraph<'_>, policy: &[Option<Edge>]) -> Vec<Vec<Edge>> {
    let graph = scope.graph();
    let mut seen = vec![u32::MAX; policy.len()];
    let mut loops = Vec::new();
    for start in graph.vertices() {
        let mut at = start;
        let mut path = Vec::new();
        while seen[at.index()] == u32::MAX {
            seen[at.index()] = start.0;
            let Some(edge) = policy[at.index()] else { break };
            path.push(edge);
            at = graph.head(edge);
        }
        // Only a walk that comes back to what it saw itself has closed a loop.
        if seen[at.index()] == start.0 && policy[at.index()].is_some() {
            let place = path.iter().position(|edge| graph.tail(*edge) == at);
            loops.extend(place.map(|place| path.split_off(place)));
        }
    }
    loops
}
