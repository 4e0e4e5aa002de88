//! The oracle for restricted loops and paths: all of them, those that keep the restrictions, and their order.

use loopc::exact::Rational;

use super::describe::{Ask, Kind, Subject, World};
use super::graph::{arcs, between, loops, paths, reached, usable};
use super::judge::{Route, Verdict, goal, leaking, least_per_flow, route, sum, worth};
use super::money::Books;

/// Loops or paths that keep the restrictions, best first.
#[derive(Debug)]
pub struct Kept {
    pub best: Vec<Route>,
    /// How many there are.
    pub all: usize,
    pub tied: bool,
    pub tie_at_cut: bool,
}

/// Whether a question is restricted, by what it passes, how long it is, or what it asks for.
pub fn is_restricted(ask: &Ask) -> bool {
    let linear = goal(ask).below.is_none();
    let other = match ask.kind {
        Kind::Loop { .. } => linear,
        Kind::Path { .. } => !linear,
        Kind::Closure => return false,
    };
    other || !ask.through.is_empty() || ask.length.is_some()
}

pub fn restricted(world: &World, ask: &Ask, scope: &[usize]) -> Verdict {
    let (ends, top) = match ask.kind {
        Kind::Path { from, to } => (Some((from, to)), 1),
        Kind::Loop { top } => (None, top),
        Kind::Closure => (None, 1),
    };
    let inside = ends.map_or_else(|| scope.to_vec(), |ends| usable(world, scope, ends));
    let leaking = leaking(world, &inside);
    if !leaking.is_empty() {
        return Verdict::Leaking(leaking);
    }
    let all = ends.map_or_else(|| loops(world, scope), |ends| paths(world, &inside, ends));
    match ends {
        Some(ends) if all.is_empty() => return Verdict::NoPath(reached(&arcs(world, &inside), ends.0)),
        None if all.is_empty() => return Verdict::NoLoop,
        _ => {}
    }
    let (books, goal) = (Books::new(world, ends.map(|ends| ends.1)), goal(ask));
    let sign = if goal.minimize { -1 } else { 1 };
    let above = worth(&books, ask, &goal.above, sign);
    let below = goal.below.as_ref().map(|form| worth(&books, ask, form, 1));
    if let Some(below) = &below {
        let rounds = ends.map_or_else(|| all.clone(), |ends| loops(world, &between(world, scope, ends)));
        if rounds.iter().any(|flows| !sum(below, flows).is_positive()) {
            return Verdict::Refused(least_per_flow(below, &rounds));
        }
        let least =
            all.iter().min_by_key(|flows| (sum(below, flows), flows.len(), (*flows).clone())).unwrap();
        if !sum(below, least).is_positive() {
            return Verdict::Refused(least.iter().map(|flow| (*flow, below[*flow].clone())).collect());
        }
    }
    let value = |flows: &[usize]| {
        let above = sum(&above, flows);
        below.as_ref().map_or(above.clone(), |below| &above / &sum(below, flows))
    };
    let kept = all.into_iter().filter(|flows| keeps(world, ask, flows));
    let mut ranked: Vec<(Rational, Vec<usize>)> = kept.map(|flows| (value(&flows), flows)).collect();
    ranked.sort_by_key(|(value, flows)| {
        let first = if ends.is_some() { None } else { flows.first().copied() };
        (-value, first, flows.len(), flows.clone())
    });
    if ranked.is_empty() {
        return Verdict::Unmet;
    }
    let back = |value: &Rational| value * &Rational::from(sign);
    let listed = ranked.len().min(top);
    let best = ranked[..listed].iter();
    Verdict::Kept(Kept {
        best: best.map(|(value, flows)| route(&books, ask.whose, flows, back(value))).collect(),
        all: ranked.len(),
        tied: ranked.len() > 1 && ranked[0].0 == ranked[1].0,
        tie_at_cut: ranked.len() > listed && ranked[listed].0 == ranked[listed - 1].0,
    })
}

/// Whether a loop or path passes all that it must, and is as long as it may be.
fn keeps(world: &World, ask: &Ask, flows: &[usize]) -> bool {
    let long = ask.length.is_none_or(|(low, high)| (low..=high).contains(&flows.len()));
    let met = |party: usize| {
        flows.iter().any(|flow| {
            let flow = &world.flows[*flow];
            let stops = [flow.tail, flow.head];
            stops.iter().chain(&flow.via).any(|stop| world.belongs(*stop, party))
        })
    };
    let passed = |subject: &Subject| match subject {
        Subject::Party(party) => met(*party),
        Subject::Flow(flow) => flows.contains(flow),
        Subject::Chain(chain) => world.hops(*chain).iter().all(|hop| flows.contains(hop)),
    };
    long && ask.through.iter().all(passed)
}
