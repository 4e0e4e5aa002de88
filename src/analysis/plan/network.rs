//! Plans whose programs are networks: the same answers and the same bytes as by the general method, sooner.
//!
//! What the network method cannot say, why there is no plan for instance, is left to the general one.
//!
//! Source: mathematics §4, *Networks*.

use super::ratio::{Linear, Scale};
use super::sensing::Sensing;
use super::settle::{Plan, Proved, Ratio, aims};
use super::solve::Search;
use super::worth::Spread;
use crate::exact::Rational;
use crate::min_cost_flow::{Network, NetworkEnd, Pricer};
use crate::simplex::{Budget, Optimum};

/// The most exchanges that one search may take: they cost far less than those of the general method.
const MOST_EXCHANGES: u64 = 20_000_000;

/// The method has no best plan to show: the general one has to, unless this one was cut short at some plan.
pub(super) struct Unsaid {
    pub cut: Option<Vec<Rational>>,
}

impl From<NetworkEnd> for Unsaid {
    fn from(end: NetworkEnd) -> Self {
        Self { cut: if let NetworkEnd::Cut { values } = end { values } else { None } }
    }
}

/// The best plan, and the best ratio where one is asked for.
///
/// # Errors
/// [`Unsaid`]
pub(super) fn best(search: &Search<'_>) -> Result<(Optimum, Option<Ratio>), Unsaid> {
    let network = Network::of(&search.plan.program).ok_or(Unsaid { cut: None })?;
    let ratio = match &search.below {
        Some(below) => Some(best_ratio(search, &network, below)?),
        None => None,
    };
    let levels: Vec<Vec<Rational>> =
        aims(search, ratio.as_ref()).into_iter().map(|(_, counts)| counts).collect();
    match end(search, &network, &levels) {
        NetworkEnd::Optimal { optimum, only: true } => Ok((optimum, ratio)),
        end => Err(end.into()),
    }
}

/// The greatest quotient, where every denominator is positive and none of the best plans is without end.
///
/// From a plan's own quotient λ on, what maximises N − λ·D has a better one, until there is none.
///
/// Source: mathematics §4, *Ratio plans*; Dinkelbach 1967.
fn best_ratio(search: &Search<'_>, network: &Network<'_>, below: &Linear) -> Result<Ratio, Unsaid> {
    let best = |counts: Vec<Rational>| match end(search, network, &[counts]) {
        NetworkEnd::Optimal { optimum, .. } => Ok(optimum.values),
        end => Err(Unsaid::from(end)),
    };
    let mut point = best(below.negative().counts)?;
    if !below.at(&point).is_positive() {
        return Err(Unsaid { cut: None });
    }
    loop {
        let lambda = search.above.at(&point).checked_div(&below.at(&point)).ok_or(Unsaid { cut: None })?;
        let gain = search.above.less(below, &lambda);
        point = best(gain.counts.clone())?;
        if gain.at(&point).is_zero() {
            return Ok(Ratio { lambda, scale: Scale::Largest });
        }
    }
}

/// The proof of a best plan by potentials, if the network method finds the same plan; or has found it before.
pub(super) fn proved<'a>(
    search: &Search<'_>,
    network: &'a Network<'a>,
    (objectives, found): (&[Vec<Rational>], Plan<'_>),
) -> Option<Proved<'a>> {
    let optimum = match found {
        Plan::Proved(optimum) => optimum.clone(),
        Plan::Values(values) => match end(search, network, objectives) {
            NetworkEnd::Optimal { optimum, only: true } if optimum.values == values => optimum,
            _ => return None,
        },
    };
    let (mut positive, mut spread) = (None, None);
    if let Some(below) = &search.below {
        positive = best_of(search, network, &[below.negative().counts])?.duals.pop();
        let objective = objectives.first()?.clone();
        let least = [objective.clone(), below.negative().counts];
        let least = below.at(&best_of(search, network, &least)?.values);
        let most = match end(search, network, &[objective, below.counts.clone()]) {
            NetworkEnd::Optimal { optimum, .. } => Some(below.at(&optimum.values)),
            NetworkEnd::Unbounded => None,
            NetworkEnd::Infeasible | NetworkEnd::Unfit | NetworkEnd::Cut { .. } => return None,
        };
        spread = Some(Spread { least, most });
    }
    let pricer = Pricer::new(network, objectives.first()?, (&optimum.values, optimum.duals.first()?))?;
    Some(Proved { optimum, positive, spread, sensing: Sensing::Network(Box::new(pricer)) })
}

fn end(search: &Search<'_>, network: &Network<'_>, levels: &[Vec<Rational>]) -> NetworkEnd {
    network.lexicographic(levels, &mut Budget::until(search.stop(), MOST_EXCHANGES))
}

fn best_of(search: &Search<'_>, network: &Network<'_>, levels: &[Vec<Rational>]) -> Option<Optimum> {
    match end(search, network, levels) {
        NetworkEnd::Optimal { optimum, .. } => Some(optimum),
        _ => None,
    }
}
