//! The oracle: what an analysis must find, by comparing every loop and path with every other.

use std::cmp::Ordering;

use loopc::exact::Rational;

use super::closing::{Closing, closing};
use super::describe::{Ask, Goal, Kind, Subject, What, World};
use super::graph::{Rule, arcs, between, loops, paths, reached, usable};
use super::money::Books;
use super::restricted::{Kept, is_restricted, restricted};

#[derive(Debug)]
pub enum Verdict {
    Empty,
    Leaking(Vec<usize>),
    NoLoop,
    /// The loop without a positive denominator that has the least per flow.
    Refused(Vec<(usize, Rational)>),
    Loops(Ranking),
    NoPath(Vec<usize>),
    /// The best path, and whether it is tied.
    Path(Route, bool),
    /// The best loops or paths that keep the restrictions, or whose objective no polynomial question answers.
    Kept(Kept),
    /// None keeps the restrictions.
    Unmet,
    Closing(Closing),
}

/// A loop or path. Units: the reporting currency and days, per turn; `value` in those of the goal. Under `for:`
/// cost and revenue are that participant's.
#[derive(Debug)]
pub struct Route {
    pub flows: Vec<usize>,
    pub stops: Vec<usize>,
    pub value: Rational,
    pub cost: Rational,
    pub revenue: Rational,
    pub delay: Rational,
    /// Participants with what they earn and pay, where either is anything.
    pub accounts: Vec<(usize, Rational, Rational)>,
}

#[derive(Debug)]
pub struct Ranking {
    pub best: Vec<Route>,
    /// How many loops there are.
    pub all: usize,
    pub tied: bool,
    pub tie_at_cut: bool,
    pub critical: Vec<usize>,
    /// Flows on loops but on no best one, nearest first.
    pub gaps: Vec<(usize, Rational)>,
}

pub fn judge(world: &World, ask: &Ask) -> Verdict {
    let rule = Rule { world, ask };
    let scope = rule.flows();
    match ask.kind {
        Kind::Closure => closing(&rule, &scope).map_or(Verdict::Empty, Verdict::Closing),
        _ if scope.is_empty() => Verdict::Empty,
        _ if is_restricted(ask) => restricted(world, ask, &scope),
        Kind::Loop { top } => loop_verdict(world, ask, &scope, top),
        Kind::Path { from, to } => path_verdict(world, ask, &scope, (from, to)),
    }
}

/// The goal of a loop or path; a loop without one is asked for the greatest revenue for its cost.
pub fn goal(ask: &Ask) -> Goal {
    let one = |what| vec![(Rational::ONE, what, None)];
    ask.goal.clone().unwrap_or_else(|| Goal {
        minimize: false,
        above: one(What::Revenue),
        below: Some(one(What::Cost)),
    })
}

/// Flows whose yields lose turns: what does not arrive is not tried again.
pub fn leaking(world: &World, flows: &[usize]) -> Vec<usize> {
    let leaks = |flow: &usize| {
        let about = &world.flows[*flow];
        about.yields.as_ref().is_some_and(|(share, back)| *share < Rational::ONE && *back != Some(about.tail))
    };
    flows.iter().copied().filter(leaks).collect()
}

/// What each flow adds to a form; nothing for riders.
pub fn worth(books: &Books<'_>, ask: &Ask, form: &super::describe::Form, sign: i64) -> Vec<Rational> {
    let flows = 0..books.world.flows.len();
    flows.map(|flow| books.form(form, ask.whose, flow) * &Rational::from(sign)).collect()
}

pub fn sum(worth: &[Rational], flows: &[usize]) -> Rational {
    flows.iter().map(|flow| &worth[*flow]).sum()
}

/// The better value; then the least flow; then fewest flows; then the list of flows.
fn order(left: &(Rational, Vec<usize>), right: &(Rational, Vec<usize>)) -> Ordering {
    right
        .0
        .cmp(&left.0)
        .then(left.1[0].cmp(&right.1[0]))
        .then(left.1.len().cmp(&right.1.len()))
        .then(left.1.cmp(&right.1))
}

/// Of these loops the one whose sum is least per flow, with what each flow adds.
pub fn least_per_flow(worth: &[Rational], loops: &[Vec<usize>]) -> Vec<(usize, Rational)> {
    let mean = |flows: &Vec<usize>| {
        let count = Rational::from(i64::try_from(flows.len()).unwrap());
        (-(&sum(worth, flows) / &count), flows.clone())
    };
    let least = loops.iter().map(mean).min_by(order).unwrap();
    least.1.into_iter().map(|flow| (flow, worth[flow].clone())).collect()
}

fn loop_verdict(world: &World, ask: &Ask, scope: &[usize], top: usize) -> Verdict {
    let leaking = leaking(world, scope);
    if !leaking.is_empty() {
        return Verdict::Leaking(leaking);
    }
    let all = loops(world, scope);
    if all.is_empty() {
        return Verdict::NoLoop;
    }
    let (books, goal) = (Books::new(world, None), goal(ask));
    let sign = if goal.minimize { -1 } else { 1 };
    let above = worth(&books, ask, &goal.above, sign);
    let below = worth(&books, ask, goal.below.as_ref().unwrap(), 1);
    if all.iter().any(|flows| !sum(&below, flows).is_positive()) {
        return Verdict::Refused(least_per_flow(&below, &all));
    }
    let ratio = |flows: Vec<usize>| (&sum(&above, &flows) / &sum(&below, &flows), flows);
    let mut ranked: Vec<(Rational, Vec<usize>)> = all.into_iter().map(ratio).collect();
    ranked.sort_by(order);
    let value = |ratio: &Rational| ratio * &Rational::from(sign);
    let listed = ranked.len().min(top);
    Verdict::Loops(Ranking {
        best: ranked[..listed]
            .iter()
            .map(|(ratio, flows)| route(&books, ask.whose, flows, value(ratio)))
            .collect(),
        all: ranked.len(),
        tied: ranked.len() > 1 && ranked[0].0 == ranked[1].0,
        tie_at_cut: ranked.len() > listed && ranked[listed].0 == ranked[listed - 1].0,
        critical: critical(&ranked),
        gaps: gaps(&ranked, (&above, &below), scope),
    })
}

fn critical(ranked: &[(Rational, Vec<usize>)]) -> Vec<usize> {
    let best = ranked.iter().filter(|(ratio, _)| *ratio == ranked[0].0);
    let mut flows: Vec<usize> = best.flat_map(|(_, flows)| flows.clone()).collect();
    flows.sort_unstable();
    flows.dedup();
    flows
}

/// How far each flow is from a best loop: the most that a loop through it is worth beyond the best ratio.
fn gaps(
    ranked: &[(Rational, Vec<usize>)],
    (above, below): (&[Rational], &[Rational]),
    scope: &[usize],
) -> Vec<(usize, Rational)> {
    let lack = |flows: &[usize]| &(&ranked[0].0 * &sum(below, flows)) - &sum(above, flows);
    let gap = |flow: &usize| {
        let through = ranked.iter().filter(|(_, flows)| flows.contains(flow));
        through.map(|(_, flows)| lack(flows)).min().map(|gap| (*flow, gap))
    };
    let mut gaps: Vec<(usize, Rational)> =
        scope.iter().filter_map(gap).filter(|(_, gap)| !gap.is_zero()).collect();
    gaps.sort_by(|left, right| (&left.1, left.0).cmp(&(&right.1, right.0)));
    gaps
}

fn path_verdict(world: &World, ask: &Ask, scope: &[usize], ends: (usize, usize)) -> Verdict {
    let usable = usable(world, scope, ends);
    let leaking = leaking(world, &usable);
    if !leaking.is_empty() {
        return Verdict::Leaking(leaking);
    }
    let all = paths(world, &usable, ends);
    if all.is_empty() {
        return Verdict::NoPath(reached(&arcs(world, &usable), ends.0));
    }
    let (books, goal) = (Books::new(world, Some(ends.1)), goal(ask));
    // Smaller is better, as for `minimize`.
    let sign = if goal.minimize { 1 } else { -1 };
    let worth = worth(&books, ask, &goal.above, sign);
    let on_the_way = loops(world, &between(world, scope, ends));
    if on_the_way.iter().any(|flows| sum(&worth, flows).is_negative()) {
        return restricted(world, ask, scope);
    }
    let mut ranked: Vec<(Rational, usize, Vec<usize>)> =
        all.into_iter().map(|flows| (sum(&worth, &flows), flows.len(), flows)).collect();
    ranked.sort();
    let tied = ranked.len() > 1 && ranked[0].0 == ranked[1].0;
    let value = &ranked[0].0 * &Rational::from(sign);
    Verdict::Path(route(&books, ask.whose, &ranked[0].2, value), tied)
}

/// A loop or path and whose money it moves.
pub fn route(books: &Books<'_>, whose: Option<usize>, flows: &[usize], value: Rational) -> Route {
    let world = books.world;
    let owner = whose.map(Subject::Party);
    let total =
        |what, subject| -> Rational { flows.iter().map(|flow| books.total(what, subject, *flow)).sum() };
    let account = |party: usize| {
        let subject = Some(Subject::Party(party));
        (party, total(What::Revenue, subject), total(What::Cost, subject))
    };
    let mut stops: Vec<usize> = flows.iter().map(|flow| world.flows[*flow].tail).collect();
    let last = world.flows[flows[flows.len() - 1]].head;
    if last != stops[0] {
        stops.push(last);
    }
    Route {
        flows: flows.to_vec(),
        stops,
        value,
        cost: total(What::Cost, owner),
        revenue: total(What::Revenue, owner),
        delay: total(What::Delay, None),
        accounts: (0..world.parties.len())
            .map(account)
            .filter(|(_, earns, pays)| !earns.is_zero() || !pays.is_zero())
            .collect(),
    }
}
