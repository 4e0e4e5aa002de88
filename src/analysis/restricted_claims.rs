//! Restricted findings from claims: the loops or paths that a report lists are checked one by one, and that none
//! is better by the exact search itself, which starts from them and must find no other.

use super::Verdict;
use super::loops::added;
use super::reclaim::{Claimed, edges, in_scope};
use super::restricted::{Asked, asked, is_restricted};
use crate::certify::check::{self, Fault};
use crate::certify::path::PathProblem;
use crate::certify::restricted::{RankedWalk, RestrictedAnswer, ceiling, proved};
use crate::exact::Rational;
use crate::model::{FlowId, ParticipantId};
use crate::network::{Edge, Vertex};
use crate::program::{RatioProblem, RestrictedProblem};

/// The verdict that a claim about a restricted question proves.
pub(super) fn reclaim(question: &super::Question<'_>, claimed: Claimed) -> Result<Verdict, Fault> {
    let asked = match asked(question) {
        Ok(asked) => asked,
        // Yields that leak and ends out of scope are seen without a certificate.
        Err(verdict) => return Ok(verdict),
    };
    let scope = &question.scope;
    match (claimed, asked.ends) {
        (Claimed::NoLoop { ranks }, None) => {
            let (participants, numbers): (Vec<ParticipantId>, Vec<u32>) = ranks.iter().copied().unzip();
            in_scope(scope, &participants)?;
            check::no_loop(&scope.graph, &numbers).map(|()| Verdict::NoLoop { ranks })
        }
        (Claimed::NoPath { reached }, Some(ends)) => {
            let vertices: Option<Vec<Vertex>> = reached.iter().map(|id| scope.vertex(*id)).collect();
            let weights = vec![Rational::ZERO; scope.flows.len()];
            let problem = PathProblem { graph: &scope.graph, weights: &weights, from: ends.0, to: ends.1 };
            check::no_path(&problem, &vertices.ok_or(Fault::Shape)?)?;
            Ok(Verdict::NoPath { reached })
        }
        (Claimed::Culprit { cycle }, _) => culprit(&asked, &edges(scope, &cycle)?),
        (Claimed::Restricted { listed, said }, _) => listed_best(&asked, &listed, said),
        _ => Err(Fault::Shape),
    }
}

fn culprit(asked: &Asked<'_>, cycle: &[Edge]) -> Result<Verdict, Fault> {
    let scope = &asked.question.scope;
    let below = asked.numbers.denominator.as_deref().ok_or(Fault::Shape)?;
    match asked.ends {
        None => {
            let numerator = asked.numbers.numerator.as_slice();
            let [numerator, denominator] =
                [numerator, below].map(|numbers| numbers.iter().cloned().collect::<crate::exact::Numbers>());
            let (numerator, denominator) = (&numerator, &denominator);
            let problem = RatioProblem { graph: &scope.graph, numerator, denominator };
            check::refused(&problem, cycle)?;
        }
        Some((from, to)) => {
            let weights: Vec<Rational> = below.iter().map(|number| -number).collect();
            let problem = PathProblem { graph: &scope.graph, weights: &weights, from, to };
            check::not_falling(&problem, cycle)?;
        }
    }
    Ok(Verdict::Refused { cycle: added(scope, &|edge| below[edge.index()].clone(), cycle) })
}

/// What a report says of its list.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub proved: bool,
    pub complete: bool,
    /// Whether it names a value that none exceeds.
    pub bounded: bool,
}

fn listed_best(asked: &Asked<'_>, listed: &[Vec<FlowId>], said: Said) -> Result<Verdict, Fault> {
    let problem = asked.problem();
    let walks = listed.iter().map(|flows| edges(&asked.question.scope, flows));
    let walks = walks.collect::<Result<Vec<_>, _>>()?;
    walks.iter().try_for_each(|edges| check::restricted(&problem, edges))?;
    // A search that had no restrictions was stopped: it knows no bound, and where it met nothing it says nothing.
    let stopped = !said.proved && !said.bounded && !is_restricted(asked.question);
    if stopped && walks.is_empty() {
        return Ok(asked.verdict(found(&problem, &walks, (asked.top, false))?));
    }
    // Every loop, and every path, must have a ratio; whether one has not is decided in one pass.
    if asked.obstacle().is_some() {
        return Err(Fault::Shape);
    }
    if !said.proved {
        return Ok(asked.verdict(found(&problem, &walks, (asked.top, !stopped))?));
    }
    let proving = if said.complete { asked.top } else { walks.len() };
    let answer = proved(&problem, (proving, asked.top), &walks).ok_or(Fault::NotClosed)?;
    Ok(asked.verdict(answer))
}

/// Walks that are no more than found, with the bound that is left.
fn found(
    problem: &RestrictedProblem<'_>,
    walks: &[Vec<Edge>],
    (top, bounded): (usize, bool),
) -> Result<RestrictedAnswer, Fault> {
    let one = |edges: &Vec<Edge>| Some(RankedWalk { value: problem.value(edges)?, edges: edges.clone() });
    let walks: Option<Vec<RankedWalk>> = walks.iter().map(one).collect();
    let walks = walks.ok_or(Fault::Shape)?;
    let falls = |pair: &[RankedWalk]| pair[0].value >= pair[1].value && pair[0].edges != pair[1].edges;
    if walks.len() > top || !walks.windows(2).all(falls) {
        return Err(Fault::List);
    }
    Ok(RestrictedAnswer {
        walks,
        proved: false,
        complete: false,
        tied: false,
        tie_at_cut: false,
        nodes: 0,
        ceiling: bounded.then(|| ceiling(problem)).flatten(),
    })
}
