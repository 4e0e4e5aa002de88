//! The best ratio in one subgraph, exactly: λ, the heaviest walks, the critical edges, the canonical loop.
//!
//! Source: mathematics §2 (2.3).

use super::number::{Exact, Scaled};
use super::positive::tight;
use super::ratio::RankedLoop;
use crate::exact::Rational;
use crate::network::{
    Components, Edge, Figures, Maximum, Ratio, RatioTask, Subgraph, Watched, earliest_loop, edges_on_loops,
    maximum_ratio,
};
use crate::program::Waiting;
use crate::stop::Stop;

/// The best ratio in a subgraph, and all that is unique about it.
pub struct Optimum<'g, W> {
    /// The canonical best loop, starting with its least edge.
    pub edges: Vec<Edge>,
    pub lambda: Rational,
    /// For each edge, whether it is on a best loop.
    pub critical: Vec<bool>,
    pub maximum: Maximum<'g, W>,
    /// What one unit of the search's weights is worth in the problem's numerators.
    unit: Rational,
}

impl<W: Exact> Optimum<'_, W> {
    /// π: what the heaviest walk that leaves each vertex weighs, the empty walk included.
    #[must_use]
    pub fn potentials(&self) -> Vec<Rational> {
        self.maximum.walks.values.iter().map(|value| self.valued(value)).collect()
    }

    /// A weight of the search as a number of the problem.
    #[must_use]
    pub fn valued(&self, weight: &W) -> Rational {
        &weight.to_rational() * &self.unit
    }

    /// How many edges are on best loops; more than the canonical loop has, where another ties with it.
    #[must_use]
    pub fn critical_count(&self) -> usize {
        self.critical.iter().filter(|critical| **critical).count()
    }
}

/// How a search for the best ratio ended.
pub enum Ended<'g, W> {
    /// No loop is in scope.
    NoLoop,
    /// Somebody asked to stop: the best loop met until then.
    Stopped(RankedLoop),
    Proved(Box<Optimum<'g, W>>),
}

/// The best ratio in scope, or nothing where no loop is left. The hint bears on speed alone.
///
/// Invariant asked of the caller: every loop in scope has a positive denominator.
#[must_use]
pub fn optimum<'g, F: Figures<Number: Exact>>(
    problem: &'g Scaled<'_, F>,
    scope: Subgraph<'g>,
    components: &'g Components,
    hint: &[Option<Edge>],
) -> Option<Optimum<'g, F::Number>> {
    match optimum_until(problem, (scope, components), hint, &Waiting::silently(&Stop::default())) {
        Ended::Proved(best) => Some(*best),
        Ended::NoLoop | Ended::Stopped(_) => None,
    }
}

/// The same, until somebody asks to stop.
pub fn optimum_until<'g, F: Figures<Number: Exact>>(
    problem: &'g Scaled<'_, F>,
    (scope, components): (Subgraph<'g>, &'g Components),
    hint: &[Option<Edge>],
    waiting: &Waiting<'_>,
) -> Ended<'g, F::Number> {
    let task =
        RatioTask { scope, components, numerator: &problem.numerator, denominator: &problem.denominator };
    let better = |ratio: &Ratio<F::Number>| {
        if let Some(ratio) = divided(problem, ratio) {
            (waiting.better)(&ratio);
        }
    };
    let watched = Watched { stop: waiting.stop, better: &better };
    match maximum_ratio(&task, hint, &watched) {
        None => Ended::NoLoop,
        Some(maximum) if maximum.closed => {
            proved(problem, scope, maximum).map_or(Ended::NoLoop, |optimum| Ended::Proved(Box::new(optimum)))
        }
        Some(Maximum { ratio, mut edges, .. }) => {
            let least = (0..edges.len()).min_by_key(|place| edges[*place]).unwrap_or(0);
            edges.rotate_left(least);
            let ratio = divided(problem, &ratio).unwrap_or_default();
            Ended::Stopped(RankedLoop { edges, ratio })
        }
    }
}

/// A ratio of scaled numbers as one of the problem.
fn divided<F: Figures<Number: Exact>>(problem: &Scaled<'_, F>, ratio: &Ratio<F::Number>) -> Option<Rational> {
    let numerator = &ratio.numerator.to_rational() * &problem.denominator_scale;
    numerator.checked_div(&(&ratio.denominator.to_rational() * &problem.numerator_scale))
}

fn proved<'g, F: Figures<Number: Exact>>(
    problem: &Scaled<'_, F>,
    scope: Subgraph<'g>,
    maximum: Maximum<'g, F::Number>,
) -> Option<Optimum<'g, F::Number>> {
    // A loop weighs nothing exactly when all its edges are tight, so the loops of tight edges are the best.
    let tight = tight(scope, &maximum.walks);
    let tight = Subgraph::masked(scope.graph(), &tight);
    let critical = edges_on_loops(tight);
    let edges = earliest_loop(Subgraph::masked(scope.graph(), &critical), &critical)?;
    let lambda = divided(problem, &maximum.ratio)?;
    let unit = (&maximum.ratio.denominator.to_rational() * &problem.numerator_scale).reciprocal()?;
    Some(Optimum { edges, lambda, critical, maximum, unit })
}
