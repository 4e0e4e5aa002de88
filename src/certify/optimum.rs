//! The best ratio in one subgraph, exactly: λ, the heaviest walks, the critical edges, the canonical loop.
//!
//! Source: mathematics §2 (2.3).

use super::number::{Exact, Scaled};
use super::positive::tight;
use crate::exact::Rational;
use crate::network::{
    Components, Edge, Figures, Maximum, RatioTask, Subgraph, earliest_loop, edges_on_loops, maximum_ratio,
};

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
    let task =
        RatioTask { scope, components, numerator: &problem.numerator, denominator: &problem.denominator };
    let maximum = maximum_ratio(&task, hint)?;
    // A loop weighs nothing exactly when all its edges are tight, so the loops of tight edges are the best.
    let tight = tight(scope, &maximum.walks);
    let tight = Subgraph::masked(scope.graph(), &tight);
    let critical = edges_on_loops(tight);
    let edges = earliest_loop(Subgraph::masked(scope.graph(), &critical), &critical)?;
    let numerator = &maximum.ratio.numerator.to_rational() * &problem.denominator_scale;
    let denominator = &maximum.ratio.denominator.to_rational() * &problem.numerator_scale;
    let lambda = numerator.checked_div(&denominator)?;
    let unit = denominator.reciprocal()?;
    Some(Optimum { edges, lambda, critical, maximum, unit })
}
