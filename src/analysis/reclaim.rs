//! Findings from claims: what a report says was found, taken only as far as its certificate proves it.
//!
//! No engine runs here and nothing is searched for: the checker decides, and the rest is arithmetic.

use super::loops::{added, leaking, named_certificate, near, problem};
use super::plan::ClaimedPlan;
use super::restricted::is_restricted;
use super::restricted_claims::Said;
use super::walk::walk;
use super::{
    Finding, Ground, LoopFinding, NamedCertificate, PathFinding, Question, Verdict, closure, path,
    restricted_claims,
};
use crate::certify::check::{self, Fault};
use crate::certify::path::{PathAnswer, PathCertificate, PathProblem};
use crate::certify::ratio::{RankedLoop, RatioCertificate, RatioNode};
use crate::exact::{Numbers, Rational};
use crate::model::{AnalysisId, AnalysisKind, FlowId, ParticipantId, Sense};
use crate::network::{Edge, Scope, Subgraph, Vertex, has_other_walk};
use crate::program::RatioProblem;

/// What a report claims of an analysis, names resolved.
#[derive(Debug)]
pub enum Claimed {
    Loops {
        certificate: NamedCertificate,
        listed: Vec<Vec<FlowId>>,
        exhausted: bool,
    },
    NoLoop {
        ranks: Vec<(ParticipantId, u32)>,
    },
    /// A loop or path that has no positive denominator.
    Culprit {
        cycle: Vec<FlowId>,
    },
    Path {
        flows: Vec<FlowId>,
        pi: Vec<(ParticipantId, Option<Rational>)>,
    },
    NoPath {
        reached: Vec<ParticipantId>,
    },
    /// Loops or paths under restrictions; none, where it is said that none meets them.
    Restricted {
        listed: Vec<Vec<FlowId>>,
        said: Said,
    },
    Plan(Box<ClaimedPlan>),
    /// Nothing that needs a certificate: a closure, an empty scope, yields that leak.
    Plain,
}

/// The finding that a claim proves.
///
/// # Errors
/// The checker's [`Fault`], where the claim is not proved.
pub fn reclaim(ground: &Ground<'_>, id: AnalysisId, claimed: Claimed) -> Result<Finding, Fault> {
    let model = &ground.checked.model;
    let question = Question { ground, id, scope: Scope::of(ground.checked, model.analysis(id)) };
    let kind = question.analysis().kind;
    // Yields that leak are seen without a certificate, and nothing else may be claimed beside them.
    let leaking =
        if matches!(kind, AnalysisKind::Closure | AnalysisKind::Plan) { None } else { leaking(&question) };
    let verdict = match (kind, claimed, leaking) {
        _ if question.is_empty() => Verdict::Empty,
        (AnalysisKind::Closure, ..) => Verdict::Closure(Box::new(closure::find(model, &question.scope))),
        (AnalysisKind::Plan, Claimed::Plan(claimed), _) => super::plan::reclaim(&question, *claimed)?,
        (AnalysisKind::Plan, ..) | (_, Claimed::Plan(_), _) => return Err(Fault::Shape),
        (_, Claimed::Plain, Some(leaking)) => leaking,
        (_, Claimed::Plain, None) | (_, _, Some(_)) => return Err(Fault::Shape),
        (AnalysisKind::Loop | AnalysisKind::Path { .. }, claimed, None)
            if is_restricted(&question) || matches!(claimed, Claimed::Restricted { .. }) =>
        {
            restricted_claims::reclaim(&question, claimed)?
        }
        (AnalysisKind::Loop, claimed, None) => loops(&question, claimed)?,
        (AnalysisKind::Path { from, to }, claimed, None) => paths(&question, (from, to), claimed)?,
    };
    let (flows, participants) = (question.scope.flows.len(), question.scope.participants.len());
    Ok(Finding { analysis: id, flows, participants, verdict })
}

/// The edges of flows; a flow out of scope proves nothing.
pub(super) fn edges(scope: &Scope, flows: &[FlowId]) -> Result<Vec<Edge>, Fault> {
    flows.iter().map(|flow| scope.edge(*flow).ok_or(Fault::Shape)).collect()
}

fn loops(question: &Question<'_>, claimed: Claimed) -> Result<Verdict, Fault> {
    let (scope, ground) = (&question.scope, question.ground);
    let objective = question.objective().ok_or(Fault::Shape)?;
    let numbers = problem(question.checked(), &ground.ledger, objective, scope).ok_or(Fault::Shape)?;
    let problem = RatioProblem {
        graph: &scope.graph,
        numerator: &numbers.numerator,
        denominator: &numbers.denominator,
    };
    match claimed {
        Claimed::NoLoop { ranks } => {
            let (participants, numbers): (Vec<ParticipantId>, Vec<u32>) = ranks.iter().copied().unzip();
            in_scope(scope, &participants)?;
            check::no_loop(&scope.graph, &numbers).map(|()| Verdict::NoLoop { ranks })
        }
        Claimed::Culprit { cycle } => {
            let cycle = edges(scope, &cycle)?;
            check::refused(&problem, &cycle)?;
            Ok(Verdict::Refused {
                cycle: added(scope, &|edge| numbers.denominator.get(edge.index()), &cycle),
            })
        }
        Claimed::Loops { certificate, listed, exhausted } => {
            in_scope(scope, &certificate.participants)?;
            let certificate = unnamed(scope, certificate)?;
            let listed = ranked(&problem, scope, &listed)?;
            let top = question.checked().tops[question.id.index()];
            // A list that is full says nothing of what comes after it.
            if listed.len() > top || exhausted && listed.len() == top {
                return Err(Fault::List);
            }
            let verified = check::loops(&problem, &certificate, &listed, exhausted)?;
            let root = certificate.nodes.first().ok_or(Fault::Nodes)?;
            let gaps = near(check::gaps(&problem, root), &scope.flows);
            let value =
                |ratio: &Rational| if objective.sense == Sense::Minimize { -ratio } else { ratio.clone() };
            let books = question.books(&ground.ledger);
            let walks = listed.iter().map(|one| walk(&books, &scope.flows_of(&one.edges), value(&one.ratio)));
            let critical = scope.flows.iter().zip(&verified.critical).filter(|(_, critical)| **critical);
            Ok(Verdict::Loops(Box::new(LoopFinding {
                loops: walks.collect(),
                exhausted,
                // A search ends with all that was asked for, or with all that there is; else it was cut short.
                complete: exhausted || listed.len() == top,
                tied: verified.tied,
                tie_at_cut: verified.tie_at_cut,
                critical: critical.map(|(flow, _)| *flow).collect(),
                gaps,
                certificate: named_certificate(scope, certificate),
            })))
        }
        Claimed::Path { .. }
        | Claimed::NoPath { .. }
        | Claimed::Restricted { .. }
        | Claimed::Plain
        | Claimed::Plan(_) => Err(Fault::Shape),
    }
}

/// A certificate has one number for each participant in scope, in order.
pub(super) fn in_scope(scope: &Scope, participants: &[ParticipantId]) -> Result<(), Fault> {
    if participants == scope.participants { Ok(()) } else { Err(Fault::Shape) }
}

fn unnamed(scope: &Scope, named: NamedCertificate) -> Result<RatioCertificate, Fault> {
    let nodes = named.nodes.into_iter().map(|node| {
        let (removed, cycle) = (edges(scope, &node.removed)?, edges(scope, &node.cycle)?);
        Ok(RatioNode { removed, cycle, lambda: node.lambda, pi: node.pi })
    });
    let nodes = nodes.collect::<Result<Vec<_>, Fault>>()?;
    Ok(RatioCertificate { lambda: named.lambda, rho: named.rho, rank: named.rank, nodes })
}

/// Listed loops with their ratios, which are computed, not believed.
fn ranked(
    problem: &RatioProblem<'_>,
    scope: &Scope,
    listed: &[Vec<FlowId>],
) -> Result<Vec<RankedLoop>, Fault> {
    let sum = |numbers: &Numbers, edges: &[Edge]| numbers.sum(edges.iter().map(|edge| edge.index()));
    let one = |(node, flows): (usize, &Vec<FlowId>)| {
        let edges = edges(scope, flows)?;
        let ratio = sum(problem.numerator, &edges).checked_div(&sum(problem.denominator, &edges));
        Ok(RankedLoop { edges, ratio: ratio.ok_or(Fault::NotALoop { node })? })
    };
    listed.iter().enumerate().map(one).collect()
}

fn paths(
    question: &Question<'_>,
    ends: (ParticipantId, ParticipantId),
    claimed: Claimed,
) -> Result<Verdict, Fault> {
    let (scope, checked) = (&question.scope, question.checked());
    let objective = question.objective().ok_or(Fault::Shape)?;
    let numbers = path::weights(checked, objective, scope, ends.1);
    let (Some(from), Some(to)) = (scope.vertex(ends.0), scope.vertex(ends.1)) else {
        // An end that no flow touches is reached by none: that is seen without a certificate.
        let verdict = path::solve(question, ends);
        return matches!(verdict, Verdict::NoPath { .. }).then_some(verdict).ok_or(Fault::Shape);
    };
    let problem = PathProblem { graph: &scope.graph, weights: &numbers.weights, from, to };
    match claimed {
        Claimed::NoPath { reached } => {
            let vertices: Option<Vec<Vertex>> = reached.iter().map(|id| scope.vertex(*id)).collect();
            check::no_path(&problem, &vertices.ok_or(Fault::Shape)?)?;
            Ok(Verdict::NoPath { reached })
        }
        Claimed::Path { flows, pi } => {
            let (participants, pi): (Vec<ParticipantId>, Vec<Option<Rational>>) = pi.into_iter().unzip();
            in_scope(scope, &participants)?;
            let edges = edges(scope, &flows)?;
            let value: Rational = edges.iter().map(|edge| &numbers.weights[edge.index()]).sum();
            let answer =
                PathAnswer { edges, value: value.clone(), tied: false, certificate: PathCertificate { pi } };
            check::path(&problem, &answer)?;
            let pi = answer.certificate.pi;
            let tight = tight(&problem, &pi);
            Ok(Verdict::Path(Box::new(PathFinding {
                path: walk(
                    &question.books(&numbers.ledger),
                    &flows,
                    if objective.sense == Sense::Minimize { -value } else { value },
                ),
                tied: has_other_walk(Subgraph::masked(&scope.graph, &tight), &answer.edges),
                participants,
                pi,
            })))
        }
        Claimed::Loops { .. }
        | Claimed::NoLoop { .. }
        | Claimed::Culprit { .. }
        | Claimed::Restricted { .. }
        | Claimed::Plan(_)
        | Claimed::Plain => Err(Fault::Shape),
    }
}

/// The edges that best paths may take, under proved potentials.
fn tight(problem: &PathProblem<'_>, pi: &[Option<Rational>]) -> Vec<bool> {
    let graph = problem.graph;
    let is_tight = |edge: Edge| match (&pi[graph.tail(edge).index()], &pi[graph.head(edge).index()]) {
        (Some(tail), Some(head)) => *tail == &problem.weights[edge.index()] + head,
        _ => false,
    };
    graph.edges().map(is_tight).collect()
}
