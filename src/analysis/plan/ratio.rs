//! Ratio plans: the best quotient of two linear forms, by Newton's method on its parameter.
//!
//! For a ratio λ, maximise N − λ·D: where a plan or a ray makes that positive, its own quotient is the next λ;
//! where none does, λ is the best. Each step is one linear program from the last basis.
//!
//! Source: mathematics §4, *Ratio plans*; Dinkelbach 1967.

use crate::exact::Rational;
use crate::simplex::{Budget, End, Exhausted, Simplex};

/// A linear form over the columns: by column, and where every column is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Linear {
    pub counts: Vec<Rational>,
    pub constant: Rational,
}

impl Linear {
    pub fn at(&self, point: &[Rational]) -> Rational {
        self.along(point) + &self.constant
    }

    /// How it changes along a direction.
    pub fn along(&self, ray: &[Rational]) -> Rational {
        self.counts.iter().zip(ray).map(|(count, value)| count * value).sum()
    }

    pub fn negative(&self) -> Self {
        Self { counts: self.counts.iter().map(|count| -count).collect(), constant: -&self.constant }
    }

    /// This less `times` the other.
    pub fn less(&self, other: &Self, times: &Rational) -> Self {
        let counts = self.counts.iter().zip(&other.counts).map(|(own, other)| own - &(other * times));
        Self { counts: counts.collect(), constant: &self.constant - &(&other.constant * times) }
    }
}

/// How the search for the best ratio ended.
pub(super) enum RatioEnd {
    Infeasible,
    /// A plan whose denominator is negative, or zero with a positive numerator.
    Refused {
        point: Vec<Rational>,
    },
    /// From a point along a ray, the denominator stays while the numerator grows without end.
    Endless {
        point: Vec<Rational>,
        ray: Vec<Rational>,
    },
    /// The denominator is zero for every plan.
    Nothing {
        point: Vec<Rational>,
        duals: Vec<Rational>,
    },
    /// Reached by some plan: the simplex keeps the face of all of them.
    Reached {
        lambda: Rational,
        scale: Scale,
    },
    /// Approached along a ray from plans of any size, and reached by none.
    Approached {
        lambda: Rational,
        point: Vec<Rational>,
        ray: Vec<Rational>,
        duals: Vec<Rational>,
        positive: Vec<Rational>,
    },
}

/// Which of the plans with the best ratio is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scale {
    Largest,
    Smallest,
    Any,
}

/// Finds the greatest N/D.
pub(super) fn best_ratio(
    simplex: &mut Simplex,
    (above, below): (&Linear, &Linear),
    budget: &mut Budget,
) -> Result<RatioEnd, Exhausted> {
    let Start { mut lambda, mut ray, positive } = match first(simplex, (above, below), budget)? {
        Ok(start) => start,
        Err(end) => return Ok(end),
    };
    loop {
        let gain = above.less(below, &lambda);
        match simplex.maximize(&gain.counts, budget)? {
            End::Infeasible { .. } => return Ok(RatioEnd::Infeasible),
            End::Unbounded { ray: way } => {
                let Some(next) = above.along(&way).checked_div(&below.along(&way)) else {
                    return Ok(RatioEnd::Endless { point: simplex.values(), ray: way });
                };
                (lambda, ray) = (next, Some(way));
            }
            End::Optimal => {
                let point = simplex.values();
                let value = gain.at(&point);
                if value.is_positive() {
                    let next = above.at(&point).checked_div(&below.at(&point));
                    (lambda, ray) = (next.unwrap_or_default(), None);
                    continue;
                }
                simplex.keep_face();
                let scale = if value.is_zero() { scale(simplex, below, budget)? } else { None };
                return Ok(match (scale, ray) {
                    (Some(scale), _) => RatioEnd::Reached { lambda, scale },
                    (None, ray) => {
                        let duals = simplex.duals(&gain.counts);
                        RatioEnd::Approached { lambda, point, ray: ray.unwrap_or_default(), duals, positive }
                    }
                });
            }
        }
    }
}

/// A first ratio, of a plan or along a ray, and prices that prove that no denominator is negative.
struct Start {
    lambda: Rational,
    ray: Option<Vec<Rational>>,
    positive: Vec<Rational>,
}

/// A first ratio, of a plan or of a ray, once every denominator was seen to be positive.
fn first(
    simplex: &mut Simplex,
    (above, below): (&Linear, &Linear),
    budget: &mut Budget,
) -> Result<Result<Start, RatioEnd>, Exhausted> {
    match simplex.maximize(&below.negative().counts, budget)? {
        End::Infeasible { .. } => return Ok(Err(RatioEnd::Infeasible)),
        End::Unbounded { ray } => return Ok(Err(refused(simplex, &ray, &below.negative()))),
        End::Optimal => {}
    }
    let least = below.at(&simplex.values());
    if least.is_negative() {
        return Ok(Err(RatioEnd::Refused { point: simplex.values() }));
    }
    let positive = simplex.duals(&below.negative().counts);
    if least.is_zero() {
        simplex.keep_face();
        let end = simplex.maximize(&above.counts, budget)?;
        simplex.release_face();
        match end {
            End::Unbounded { ray } => return Ok(Err(refused(simplex, &ray, above))),
            _ if above.at(&simplex.values()).is_positive() => {
                return Ok(Err(RatioEnd::Refused { point: simplex.values() }));
            }
            _ => {}
        }
    }
    Ok(match simplex.maximize(&below.counts, budget)? {
        End::Infeasible { .. } => Err(RatioEnd::Infeasible),
        End::Unbounded { ray } => {
            let ratio = above.along(&ray).checked_div(&below.along(&ray)).unwrap_or_default();
            Ok(Start { lambda: ratio, ray: Some(ray), positive })
        }
        End::Optimal => {
            let point = simplex.values();
            match above.at(&point).checked_div(&below.at(&point)) {
                Some(ratio) => Ok(Start { lambda: ratio, ray: None, positive }),
                None => Err(RatioEnd::Nothing { duals: simplex.duals(&below.counts), point }),
            }
        }
    })
}

/// The plan along a ray at which a form that grows along it is positive.
fn refused(simplex: &Simplex, ray: &[Rational], grows: &Linear) -> RatioEnd {
    let point = simplex.values();
    let lacking = (&Rational::ONE - &grows.at(&point)).max(Rational::ZERO);
    let steps = lacking.checked_div(&grows.along(ray)).unwrap_or_default();
    RatioEnd::Refused { point: gone(&point, &steps, ray) }
}

/// Where so many steps along a ray lead.
pub(super) fn gone(point: &[Rational], steps: &Rational, ray: &[Rational]) -> Vec<Rational> {
    point.iter().zip(ray).map(|(value, along)| value + &(steps * along)).collect()
}

/// Which scale the plans on the kept face have; none where all of them have a denominator of 0.
///
/// The largest plan, if there is one; else the smallest, if there is one; else any will do.
fn scale(simplex: &mut Simplex, below: &Linear, budget: &mut Budget) -> Result<Option<Scale>, Exhausted> {
    if let End::Optimal = simplex.maximize(&below.counts, budget)? {
        let most = below.at(&simplex.values());
        return Ok(most.is_positive().then_some(Scale::Largest));
    }
    let end = simplex.maximize(&below.negative().counts, budget)?;
    let least = below.at(&simplex.values());
    Ok(Some(if end == End::Optimal && least.is_positive() { Scale::Smallest } else { Scale::Any }))
}
