//! The best ratio in one subgraph, exactly: λ, the heaviest walks, the critical edges, the canonical loop.
//!
//! Source: mathematics §2 (2.3).

use super::number::{Exact, Scaled};
use super::ratio::RankedLoop;
use crate::exact::Rational;
use crate::network::{
    Components, Edge, Figures, Heaviest, Maximum, Ratio, RatioTask, Subgraph, Watched, earliest_loop_among,
    maximum_ratio, on_loops_among,
};
use crate::program::Waiting;
use crate::stop::Stop;

/// The best ratio in a subgraph, and all that is unique about it.
pub struct Optimum<'g, F: Figures> {
    /// The canonical best loop, starting with its least edge.
    pub edges: Vec<Edge>,
    pub lambda: Rational,
    /// The edges that are on best loops, in order.
    pub critical: Vec<Edge>,
    pub maximum: Maximum<'g, F>,
    /// What one unit of the search's weights is worth in the problem's numerators.
    unit: Rational,
}

impl<F: Figures<Number: Exact>> Optimum<'_, F> {
    /// π: what the heaviest walk that leaves each vertex weighs, the empty walk included.
    #[must_use]
    pub fn potentials(&self) -> Vec<Rational> {
        match &self.maximum.heaviest {
            Heaviest::Words(heights, _) => self.all_valued(heights.values()),
            Heaviest::Full(heights, _) => self.all_valued(heights.values()),
        }
    }

    fn all_valued<'w, W: Exact + 'w>(&self, values: impl Iterator<Item = &'w W>) -> Vec<Rational> {
        // Most are zero.
        let zero = W::zero();
        let valued = |value: &W| if *value == zero { Rational::ZERO } else { self.valued(value) };
        values.map(valued).collect()
    }

    /// A weight of the search as a number of the problem.
    #[must_use]
    pub fn valued<W: Exact>(&self, weight: &W) -> Rational {
        &weight.to_rational() * &self.unit
    }

    /// Whether another loop ties with the canonical one.
    #[must_use]
    pub const fn is_tied(&self) -> bool {
        self.critical.len() > self.edges.len()
    }
}

/// How a search for the best ratio ended.
pub enum Ended<'g, F: Figures> {
    /// No loop is in scope.
    NoLoop,
    /// Somebody asked to stop: the best loop met until then.
    Stopped(RankedLoop),
    Proved(Box<Optimum<'g, F>>),
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
) -> Option<Optimum<'g, F>> {
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
) -> Ended<'g, F> {
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
    problem: &'g Scaled<'_, F>,
    scope: Subgraph<'g>,
    maximum: Maximum<'g, F>,
) -> Option<Optimum<'g, F>> {
    // A loop weighs nothing exactly when all its edges are tight, so the loops of tight edges are the best.
    let critical = on_loops_among(scope.graph(), &maximum.heaviest.tight());
    let edges = earliest_loop_among(scope.graph(), &critical)?;
    let lambda = divided(problem, &maximum.ratio)?;
    let unit = (&maximum.ratio.denominator.to_rational() * &problem.numerator_scale).reciprocal()?;
    Some(Optimum { edges, lambda, critical, maximum, unit })
}
