//! The best path (mathematics §3).

use super::loops::{leaking, signed};
use super::walk::{Walk, walk};
use super::{Question, RestrictedFinding, Verdict, restricted};
use crate::certify::path::{PathOutcome, PathProblem, best_path_until};
use crate::check::{Checked, Objective};
use crate::exact::Rational;
use crate::model::{FlowId, ParticipantId, Sense};
use crate::network::{Edge, Ledger, Scope};

/// What a path analysis found.
#[derive(Debug)]
pub struct PathFinding {
    pub path: Walk,
    /// Whether another path ties with it.
    pub tied: bool,
    pub participants: Vec<ParticipantId>,
    /// What the heaviest walk from each participant to the end weighs; none for those not between the two.
    pub pi: Vec<Option<Rational>>,
}

/// What each flow in scope adds to the objective, for maximising; and the ledger that says so.
///
/// Units: the objective's.
#[derive(Debug)]
pub struct Weights {
    pub ledger: Ledger,
    pub weights: Vec<Rational>,
}

/// The objective of a path analysis as numbers.
#[must_use]
pub fn weights(checked: &Checked, objective: &Objective, scope: &Scope, end: ParticipantId) -> Weights {
    let ledger = Ledger::ending_at(checked, end);
    let sign = if objective.sense == Sense::Minimize { Rational::from(-1) } else { Rational::ONE };
    let scale = sign.checked_div(&checked.units.factor(&objective.unit)).unwrap_or_default();
    let weight = |flow: &FlowId| ledger.form(checked, &objective.numerator, *flow) * &scale;
    let weights = scope.flows.iter().map(weight).collect();
    Weights { ledger, weights }
}

/// What keeps a path analysis from having an answer, if anything does.
pub(super) fn obstacle(
    question: &Question<'_>,
    (from, to): (ParticipantId, ParticipantId),
) -> Option<Verdict> {
    if let Some(leaking) = leaking(question) {
        return Some(leaking);
    }
    let scope = &question.scope;
    if scope.vertex(from).is_none() || scope.vertex(to).is_none() {
        return Some(unconnected(question, from));
    }
    let reached = reachable(scope, from);
    (!reached.contains(&to)).then_some(Verdict::NoPath { reached })
}

pub(super) fn solve(question: &Question<'_>, ends: (ParticipantId, ParticipantId)) -> Verdict {
    if let Some(leaking) = leaking(question) {
        return leaking;
    }
    let (checked, scope) = (question.checked(), &question.scope);
    let Some(objective) = question.objective() else { return Verdict::Empty };
    let (Some(from), Some(to)) = (scope.vertex(ends.0), scope.vertex(ends.1)) else {
        return unconnected(question, ends.0);
    };
    let numbers = weights(checked, objective, scope, ends.1);
    let problem = PathProblem { graph: &scope.graph, weights: &numbers.weights, from, to };
    let books = question.books(&numbers.ledger);
    let path =
        |edges: &[Edge], value: &Rational| walk(&books, &scope.flows_of(edges), signed(objective, value));
    match best_path_until(&problem, &question.ground.stop) {
        PathOutcome::NoPath { reached } => {
            Verdict::NoPath { reached: reached.into_iter().map(|vertex| scope.participant(vertex)).collect() }
        }
        // Walks have no best then; simple paths have, but it takes a search to find it.
        PathOutcome::Improving { .. } => restricted::solve(question),
        PathOutcome::Stopped { edges, value } => {
            Verdict::Restricted(Box::new(RestrictedFinding::stopped(vec![path(&edges, &value)], false)))
        }
        PathOutcome::Optimal(answer) => Verdict::Path(Box::new(PathFinding {
            path: path(&answer.edges, &answer.value),
            tied: answer.tied,
            participants: scope.participants.clone(),
            pi: answer.certificate.pi,
        })),
    }
}

/// Nothing leads from one end of a path to the other: one of them is not in scope.
pub(super) fn unconnected(question: &Question<'_>, from: ParticipantId) -> Verdict {
    let scope = &question.scope;
    let reached = if scope.vertex(from).is_some() { reachable(scope, from) } else { vec![from] };
    Verdict::NoPath { reached }
}

/// All participants that flows lead to from one, itself included.
fn reachable(scope: &Scope, from: ParticipantId) -> Vec<ParticipantId> {
    let mut reached = vec![false; scope.participants.len()];
    let mut waiting: Vec<_> = scope.vertex(from).into_iter().collect();
    while let Some(vertex) = waiting.pop() {
        if !std::mem::replace(&mut reached[vertex.index()], true) {
            waiting.extend(scope.graph.outgoing(vertex).iter().map(|edge| scope.graph.head(*edge)));
        }
    }
    scope.participants.iter().zip(reached).filter(|(_, reached)| *reached).map(|(id, _)| *id).collect()
}
