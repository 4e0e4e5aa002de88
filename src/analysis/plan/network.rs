//! Plans whose programs are networks: the same answers and the same bytes as by the general method, sooner.
//!
//! What the network method cannot say, why there is no plan for instance, is left to the general one.
//!
//! Source: mathematics §4, *Networks*.

use super::ratio::Scale;
use super::sensing::Sensing;
use super::settle::{Proved, Ratio, aims};
use super::solve::Search;
use super::worth::Spread;
use crate::exact::Rational;
use crate::min_cost_flow::{Network, NetworkEnd, Pricer};
use crate::simplex::{Budget, Optimum};

/// The most exchanges that one search may take: they cost far less than those of the general method.
const MOST_EXCHANGES: u64 = 20_000_000;

/// The best values, and the best ratio where one is asked for; nothing where the general method has to say it.
pub(super) fn best(search: &Search<'_>) -> Option<(Vec<Rational>, Option<Ratio>)> {
    let network = Network::of(&search.plan.program)?;
    let ratio = match &search.below {
        Some(_) => Some(best_ratio(search, &network)?),
        None => None,
    };
    let levels: Vec<Vec<Rational>> =
        aims(search, ratio.as_ref()).into_iter().map(|(_, counts)| counts).collect();
    Some((only(search, &network, &levels)?.values, ratio))
}

/// The greatest quotient, where every denominator is positive and none of the best plans is without end.
///
/// From a plan's own quotient λ on, what maximises N − λ·D has a better one, until there is none.
///
/// Source: mathematics §4, *Ratio plans*; Dinkelbach 1967.
fn best_ratio(search: &Search<'_>, network: &Network<'_>) -> Option<Ratio> {
    let below = search.below.as_ref()?;
    let mut point = optimum(search, network, &[below.negative().counts])?.values;
    if !below.at(&point).is_positive() {
        return None;
    }
    loop {
        let lambda = search.above.at(&point).checked_div(&below.at(&point))?;
        let gain = search.above.less(below, &lambda);
        point = optimum(search, network, std::slice::from_ref(&gain.counts))?.values;
        if gain.at(&point).is_zero() {
            return Some(Ratio { lambda, scale: Scale::Largest });
        }
    }
}

/// The proof of a best plan by potentials, if the network method finds the same plan.
pub(super) fn proved<'a>(
    search: &Search<'_>,
    network: &'a Network<'a>,
    (objectives, values): (&[Vec<Rational>], &[Rational]),
) -> Option<Proved<'a>> {
    let optimum = only(search, network, objectives).filter(|optimum| optimum.values == values)?;
    let (mut positive, mut spread) = (None, None);
    if let Some(below) = &search.below {
        positive = self::optimum(search, network, &[below.negative().counts])?.duals.pop();
        let objective = objectives.first()?.clone();
        let least = [objective.clone(), below.negative().counts];
        let least = below.at(&self::optimum(search, network, &least)?.values);
        let most = match end(search, network, &[objective, below.counts.clone()])? {
            NetworkEnd::Optimal { optimum, .. } => Some(below.at(&optimum.values)),
            NetworkEnd::Unbounded => None,
            NetworkEnd::Infeasible | NetworkEnd::Unfit => return None,
        };
        spread = Some(Spread { least, most });
    }
    let pricer = Pricer::new(network, objectives.first()?, (&optimum.values, optimum.duals.first()?))?;
    Some(Proved { optimum, positive, spread, sensing: Sensing::Network(pricer) })
}

fn end(search: &Search<'_>, network: &Network<'_>, levels: &[Vec<Rational>]) -> Option<NetworkEnd> {
    network.lexicographic(levels, &mut Budget::until(search.stop(), MOST_EXCHANGES)).ok()
}

fn optimum(search: &Search<'_>, network: &Network<'_>, levels: &[Vec<Rational>]) -> Option<Optimum> {
    match end(search, network, levels)? {
        NetworkEnd::Optimal { optimum, .. } => Some(optimum),
        _ => None,
    }
}

/// The one optimum, where the levels leave no choice.
fn only(search: &Search<'_>, network: &Network<'_>, levels: &[Vec<Rational>]) -> Option<Optimum> {
    match end(search, network, levels)? {
        NetworkEnd::Optimal { optimum, only: true } => Some(optimum),
        _ => None,
    }
}
