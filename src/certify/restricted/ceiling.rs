//! A value that nothing admitted exceeds, from relaxed problems alone: it does not depend on any search.
//!
//! For a sum it is what the heaviest assignment weighs, or the heaviest closed walk from each root, whichever is
//! less. For a ratio it is the best ratio of all loops, and where all answers visit some vertex the best ratio of
//! an assignment, if that is less: Dinkelbach's iteration once more, with assignments for loops.

use super::Task;
use super::assignment::{Duals, MOST_VERTICES};
use super::layers::{Layers, Rest, Root};
use super::search::MOST_WORK;
use super::weighing::weighed;
use crate::certify::number::{Exact, Scaled};
use crate::certify::optimum::optimum;
use crate::exact::Rational;
use crate::network::{Components, Digraph, Edge, Subgraph, Vertex};

/// Steps of the iteration; it takes a handful.
const MOST_STEPS: usize = 60;

pub fn ceiling<W: Exact>(task: &Task<'_, W>) -> Option<Rational> {
    if task.problem.denominator.is_none() { sum(task) } else { ratio(task) }
}

fn least(one: Option<Rational>, other: Option<Rational>) -> Option<Rational> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn sum<W: Exact>(task: &Task<'_, W>) -> Option<Rational> {
    let one = task.scaled.denominator.first()?;
    let weights = &task.scaled.numerator;
    let graph = task.problem.graph;
    let duals = Duals::of(task, weights)?;
    let alone = |edge: &Edge| graph.tail(*edge) == graph.head(*edge) && task.reduced.alive[edge.index()];
    let alone = graph.edges().filter(alone).map(|edge| weights[edge.index()].clone()).max();
    let with_alone = |most: W| alone.iter().cloned().fold(most, W::max);
    let by_duals = task.value(&with_alone(duals.total()), one);
    let by_walks = walks(task, weights).map(|most| task.value(&with_alone(most), one));
    least(Some(by_duals), by_walks)
}

/// The heaviest closed walk, or walk between the ends, over all roots; nothing where that takes too long.
fn walks<W: Exact>(task: &Task<'_, W>, weights: &[W]) -> Option<W> {
    let graph = task.problem.graph;
    let firsts = graph.edges().filter(|edge| task.reduced.alive[edge.index()]);
    let mut roots: Vec<Root> = firsts
        .filter(|edge| graph.tail(*edge) != graph.head(*edge))
        .map(|edge| Root { first: Some(edge), least: true, from: graph.head(edge), to: graph.tail(edge) })
        .collect();
    if let Some((from, to)) = task.problem.ends {
        roots = vec![Root { first: None, least: false, from, to }];
    }
    let (mut most, mut work): (Option<W>, usize) = (None, 0);
    for root in roots {
        let layers = Layers::of(task, weights, root);
        work = work.saturating_add(layers.work.saturating_mul(task.price));
        if work > MOST_WORK {
            return None;
        }
        let items: &[u32] = root.first.map_or(&[], |first| task.reduced.items_of[first.index()].as_slice());
        let left = task.reduced.longest - usize::from(root.first.is_some());
        let met = |item: usize| items.iter().any(|own| *own as usize == item);
        let weight = match layers.rest(root.from, left, met) {
            Rest::Never => continue,
            Rest::AtMost(rest) => {
                rest.plus(&root.first.map_or_else(W::zero, |first| weights[first.index()].clone()))
            }
            Rest::Unknown => return None,
        };
        most = Some(most.map_or(weight.clone(), |most| most.max(weight)));
    }
    most
}

fn ratio<W: Exact>(task: &Task<'_, W>) -> Option<Rational> {
    least(highest(task), assigned(task))
}

/// The best ratio of all loops, paths closed.
pub fn highest<W: Exact>(task: &Task<'_, W>) -> Option<Rational> {
    match task.problem.ends {
        None => best_loop(task.scaled, &task.reduced.alive),
        Some(ends) => best_loop_through(task, ends),
    }
}

/// The best ratio of all loops.
fn best_loop<W: Exact>(scaled: &Scaled<'_, Vec<W>>, alive: &[bool]) -> Option<Rational> {
    let scope = Subgraph::masked(scaled.graph, alive);
    let components = Components::strong(scope);
    optimum(scaled, scope, &components, &[]).map(|best| best.lambda)
}

/// The best ratio of all loops, where an edge of no weight closes every path into one.
fn best_loop_through<W: Exact>(task: &Task<'_, W>, (from, to): (Vertex, Vertex)) -> Option<Rational> {
    let graph = task.problem.graph;
    let ends = graph.edges().map(|edge| (graph.tail(edge), graph.head(edge)));
    let closed = Digraph::new(graph.vertex_count(), &ends.chain([(to, from)]).collect::<Vec<_>>());
    let with_zero = |numbers: &[W]| numbers.iter().cloned().chain([W::zero()]).collect();
    let scaled = Scaled {
        graph: &closed,
        numerator: with_zero(&task.scaled.numerator),
        denominator: with_zero(&task.scaled.denominator),
        numerator_scale: task.scaled.numerator_scale.clone(),
        denominator_scale: task.scaled.denominator_scale.clone(),
    };
    let alive: Vec<bool> = task.reduced.alive.iter().copied().chain([true]).collect();
    best_loop(&scaled, &alive)
}

/// The best ratio of an assignment that visits all vertices required.
fn assigned<W: Exact>(task: &Task<'_, W>) -> Option<Rational> {
    let graph = task.problem.graph;
    let alone = |edge: Edge| task.reduced.alive[edge.index()] && graph.tail(edge) == graph.head(edge);
    // An assignment has no edge from a vertex to itself.
    if !task.reduced.required.contains(&true)
        || task.reduced.vertices > MOST_VERTICES
        || graph.edges().any(alone)
    {
        return None;
    }
    let sum = |numbers: &[W], edges: &[Edge]| W::total(edges.iter().map(|edge| &numbers[edge.index()]));
    let mut weights = task.scaled.numerator.clone();
    let mut best: Option<(W, W)> = None;
    for _ in 0..MOST_STEPS {
        let edges = Duals::of(task, &weights)?.edges?;
        let pair = (sum(&task.scaled.numerator, &edges), sum(&task.scaled.denominator, &edges));
        if pair.1 <= W::zero() {
            return None;
        }
        let greater = best.as_ref().is_none_or(|best| pair.0.times(&best.1) > best.0.times(&pair.1));
        if !greater {
            return best.map(|(numerator, denominator)| task.value(&numerator, &denominator));
        }
        weights = weighed(task, &pair.0, &pair.1);
        best = Some(pair);
    }
    None
}
