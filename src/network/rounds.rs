//! The greatest ratio by rounds over all vertices of each component: where looking only at what changed is no help.

use super::heights::Heights;
use super::ratio::{Heaviest, InFull, Maximum, Rated, RatioTask, Watched, best};
use super::{Edge, Ends, Figures, Walks, Weight as _};

/// The greatest ratio, from a loop and a policy on.
pub(super) fn by_rounds<'g, F: Figures>(
    task: &RatioTask<'g, F>,
    mut rated: Rated<F::Number>,
    policy: &[Option<Edge>],
    watched: &Watched<'_, F::Number>,
) -> Maximum<'g, F> {
    let mut walks = Walks::new(task.scope, task.components, Ends::Anywhere, policy.to_vec());
    let mut closed = false;
    // A ratio that grows half-way leaves the components before with the weights of the old one.
    while let Some(grew) = raise(task, &mut rated, &mut walks, watched) {
        if !grew {
            closed = true;
            break;
        }
    }
    let (ratio, edges) = rated;
    let headed = |edge: &Option<Edge>| edge.map(|edge| (edge, task.scope.graph().head(edge)));
    let heights = Heights::new(walks.policy.iter().map(headed)).known(walks.values);
    let heaviest = Heaviest::Full(heights, InFull::new(task, &ratio));
    Maximum { ratio, edges, closed, heaviest }
}

/// One pass over all components; whether the ratio grew, and nothing where somebody asked to stop.
fn raise<F: Figures>(
    task: &RatioTask<'_, F>,
    rated: &mut Rated<F::Number>,
    walks: &mut Walks<'_, F::Number>,
    watched: &Watched<'_, F::Number>,
) -> Option<bool> {
    let mut grew = false;
    for component in 0..task.components.count() {
        loop {
            reweigh(task, rated, walks, component);
            let heavy = walks.settle(component, watched.stop)?;
            match best(task, heavy) {
                Some(better) if better.0.exceeds(&rated.0) => {
                    (watched.better)(&better.0);
                    *rated = better;
                    grew = true;
                }
                _ => break,
            }
        }
    }
    Some(grew)
}

/// Weighs the edges that leave a component: numerator × q − denominator × p, for the ratio p/q.
fn reweigh<F: Figures>(
    task: &RatioTask<'_, F>,
    (ratio, _): &Rated<F::Number>,
    walks: &mut Walks<'_, F::Number>,
    component: usize,
) {
    for &vertex in task.components.members(component) {
        for edge in task.scope.outgoing(vertex) {
            let place = edge.index();
            let gained = task.numerator.at(place).times(&ratio.denominator);
            walks.weights[place] = gained.minus(&task.denominator.at(place).times(&ratio.numerator));
        }
    }
}
