//! What differs between two answers to one analysis.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Difference, Moved, Moves, SideReport, Turnover};
use crate::exact::Rational;
use crate::report::{AccountReport, AnalysisReport, Body, PlanReport, Report, Status, WalkReport};

/// An analysis in its report, and what is said of it; nothing where a state does not have it.
type Side<'a> = (Option<(&'a Report, &'a AnalysisReport)>, &'a Option<SideReport>);

impl Difference {
    pub(super) fn between(first: Side<'_>, other: Side<'_>) -> Self {
        let nothing = |change| Self {
            change,
            question: None,
            proof: None,
            flows: Turnover::default(),
            riders: Turnover::default(),
            open: Turnover::default(),
            volumes: Moves::default(),
            profits: Moves::default(),
        };
        match (first, other) {
            ((None, _), (None, _)) => nothing(Change::Absent),
            ((None, _), _) => nothing(Change::New),
            (_, (None, _)) => nothing(Change::Gone),
            ((Some((report, before)), Some(said)), (Some((later, after)), Some(says))) => {
                if before.kind != after.kind {
                    return nothing(Change::Kind);
                }
                Self {
                    question: question(said, says),
                    proof: proof(said, says),
                    flows: turnover(&flows(before), &flows(after)),
                    riders: turnover(&riders(before), &riders(after)),
                    open: turnover(&open(before), &open(after)),
                    volumes: volumes(before, after),
                    profits: profits((report, before), (later, after)),
                    ..nothing(change(said, says))
                }
            }
            _ => nothing(Change::Absent),
        }
    }
}

fn change(before: &SideReport, after: &SideReport) -> Change {
    match (&before.value, &after.value) {
        _ if before.status.word() != after.status.word() && !(valued(before) && valued(after)) => {
            Change::Answer
        }
        (Some(_), Some(_)) if before.unit != after.unit => Change::Unit,
        (Some(before), Some(after)) if before != after => {
            let by = after - before;
            let percent = by.checked_div(&before.abs()).map(|part| part * Rational::from(100));
            Change::Value { by, percent }
        }
        (Some(_), None) | (None, Some(_)) => Change::Answer,
        _ => Change::Unchanged,
    }
}

/// Whether the answer is a value that is reached.
pub(super) const fn valued(side: &SideReport) -> bool {
    side.value.is_some() && matches!(side.status, Status::Optimal | Status::Found)
}

fn question(before: &SideReport, after: &SideReport) -> Option<(String, String)> {
    let words = |side: &SideReport| side.question.clone().unwrap_or_default();
    (before.question != after.question).then(|| (words(before), words(after)))
}

fn proof(before: &SideReport, after: &SideReport) -> Option<(bool, bool)> {
    let proved = |side: &SideReport| match side.status {
        Status::Refused => None,
        status => Some(!matches!(status, Status::Found | Status::Failed)),
    };
    let (before, after) = (proved(before)?, proved(after)?);
    (before != after).then_some((before, after))
}

/// The best loop or path.
fn best(analysis: &AnalysisReport) -> Option<&WalkReport> {
    match &analysis.body {
        Body::Loops(found) => found.walks.first(),
        Body::Path(found) => Some(&found.walk),
        Body::Restricted(found) => found.walks.first(),
        _ => None,
    }
}

fn plan(analysis: &AnalysisReport) -> Option<&PlanReport> {
    match &analysis.body {
        Body::Plan(found) => Some(found),
        _ => None,
    }
}

/// The flows of the best loop or path, in its order.
fn flows(analysis: &AnalysisReport) -> Vec<&str> {
    best(analysis).iter().flat_map(|walk| &walk.hops).map(|hop| hop.flow.as_str()).collect()
}

fn riders(analysis: &AnalysisReport) -> Vec<&str> {
    let hops = best(analysis).into_iter().flat_map(|walk| &walk.hops);
    hops.flat_map(|hop| &hop.riders).map(|rider| rider.flow.as_str()).collect()
}

fn open(analysis: &AnalysisReport) -> Vec<&str> {
    match &analysis.body {
        Body::Closure(found) => found.open.iter().map(|open| open.flow.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn turnover(before: &[&str], after: &[&str]) -> Turnover {
    let beyond = |names: &[&str], known: &[&str]| {
        let mut known: BTreeSet<&str> = known.iter().copied().collect();
        names.iter().filter(|name| known.insert(name)).map(|name| (*name).to_owned()).collect()
    };
    Turnover { entered: beyond(after, before), left: beyond(before, after) }
}

/// The turns of each flow, where both are plans that count the same.
fn volumes(before: &AnalysisReport, after: &AnalysisReport) -> Moves {
    let (Some(before), Some(after)) = (plan(before), plan(after)) else { return Moves::default() };
    if before.turn_unit != after.turn_unit {
        return Moves::default();
    }
    let turns = |plan: &'_ PlanReport| -> Vec<(String, Rational)> {
        plan.flows.iter().map(|one| (one.flow.clone(), one.turns.clone())).collect()
    };
    moves(after.turn_unit.clone(), turns(before), turns(after))
}

/// What each participant keeps, where both are told in the same money.
fn profits(before: (&Report, &AnalysisReport), after: (&Report, &AnalysisReport)) -> Moves {
    match (accounts(before), accounts(after)) {
        (Some((unit, before)), Some((same, after))) if unit == same => {
            let keeps = |accounts: &[AccountReport]| {
                accounts.iter().map(|one| (one.participant.clone(), &one.earns - &one.pays)).collect()
            };
            moves(unit, keeps(before), keeps(after))
        }
        _ => Moves::default(),
    }
}

/// The accounts of an answer, and their unit.
fn accounts<'a>((report, analysis): (&Report, &'a AnalysisReport)) -> Option<(String, &'a [AccountReport])> {
    if let Some(plan) = plan(analysis) {
        return Some((plan.money_unit.clone(), &plan.accounts));
    }
    best(analysis).map(|walk| (format!("{} a turn", report.money).trim_start().to_owned(), &*walk.accounts))
}

/// Those that changed; who is not there has 0.
fn moves(unit: String, before: Vec<(String, Rational)>, after: Vec<(String, Rational)>) -> Moves {
    let mut places = BTreeMap::new();
    let mut all: Vec<Moved> = Vec::new();
    for (name, before) in before {
        places.insert(name.clone(), all.len());
        all.push(Moved { name, before, after: Rational::ZERO });
    }
    for (name, after) in after {
        match places.get(&name) {
            Some(place) => all[*place].after = after,
            None => all.push(Moved { name, before: Rational::ZERO, after }),
        }
    }
    all.retain(|one| one.before != one.after);
    all.sort_by_cached_key(|one| Reverse(one.by().abs()));
    Moves { unit, moved: all }
}
