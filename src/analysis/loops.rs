//! The best-ratio loop (mathematics §2).

use super::walk::{Walk, walk};
use super::{Question, RestrictedFinding, Verdict};
use crate::certify;
use crate::certify::Gaps;
use crate::certify::ratio::{
    RankedLoop, RatioAnswer, RatioCertificate, RatioNode, RatioOutcome, best_loops_until,
};
use crate::check::{Checked, Objective};
use crate::exact::{Numbers, Rational, door};
use crate::model::{FlowId, ParticipantId, Sense};
use crate::network::{Edge, Ledger, Scope};
use crate::program::{Origin, Program, RatioProblem, Waiting, formulate_ratio};
use crate::solve::hinted_by;

/// What a loop analysis found.
#[derive(Debug)]
pub struct LoopFinding {
    /// The best loops in the one order, best first.
    pub loops: Vec<Walk>,
    /// Whether these are all loops in scope.
    pub exhausted: bool,
    /// Whether the search was finished; if not, there may be further runners-up.
    pub complete: bool,
    /// Whether another loop ties with the best.
    pub tied: bool,
    /// Whether a loop that is not listed ties with the last that is.
    pub tie_at_cut: bool,
    /// The flows on some best loop, where the best is tied.
    pub critical: Vec<FlowId>,
    /// Flows on no best loop but on some loop, nearest first.
    pub gaps: Vec<GapFinding>,
    pub certificate: NamedCertificate,
}

/// How far a flow is from a best loop. Units: the numerator's.
#[derive(Debug)]
pub struct GapFinding {
    pub flow: FlowId,
    pub gap: Rational,
}

/// A certificate whose numbers are the objective's, with names for places.
///
/// Invariant: `rho`, `rank` and each `pi` have one entry for each of `participants`. λ and π are those of the
/// maximisation that was solved: for `minimize` the numerator is negated.
#[derive(Debug)]
pub struct NamedCertificate {
    pub lambda: Rational,
    pub participants: Vec<ParticipantId>,
    pub rho: Vec<Rational>,
    pub rank: Vec<u32>,
    pub nodes: Vec<NamedNode>,
}

#[derive(Debug)]
pub struct NamedNode {
    pub removed: Vec<FlowId>,
    pub cycle: Vec<FlowId>,
    pub lambda: Rational,
    pub pi: Vec<Rational>,
}

/// Numerators and denominators of the flows in scope, one for each edge.
///
/// Units: such that their quotients are in the objective's unit. Numerators are negated for `minimize`.
#[derive(Debug)]
pub struct LoopProblem {
    pub numerator: Numbers,
    pub denominator: Numbers,
}

/// The objective of a loop analysis as numbers; nothing where it has none that a loop takes.
#[must_use]
pub fn problem(
    checked: &Checked,
    ledger: &Ledger,
    objective: &Objective,
    scope: &Scope,
) -> Option<LoopProblem> {
    let below = objective.denominator.as_ref()?;
    let above = &objective.numerator;
    let sign = if objective.sense == Sense::Minimize { Rational::from(-1) } else { Rational::ONE };
    let numerator_scale = sign.checked_div(&checked.units.factor(&above.unit))?;
    let denominator_scale =
        checked.units.factor(&objective.unit).checked_div(&checked.units.factor(&above.unit))?;
    let [numerator, denominator] = ledger.numbers(checked, [above, below], &scope.flows);
    let (numerator, denominator) = (numerator.times(&numerator_scale), denominator.times(&denominator_scale));
    Some(LoopProblem { numerator, denominator })
}

/// What keeps a loop analysis from having an answer, if anything does.
pub(super) fn obstacle(question: &Question<'_>) -> Option<Verdict> {
    if let Some(leaking) = leaking(question) {
        return Some(leaking);
    }
    let numbers = numbers(question)?;
    match certify::ratio::obstacle(&ratio(&question.scope, &numbers))? {
        RatioOutcome::NoLoop { ranks } => Some(no_loop(question, ranks)),
        RatioOutcome::Refused { cycle } => Some(Verdict::Refused {
            cycle: added(&question.scope, &|edge| numbers.denominator.get(edge.index()), &cycle),
        }),
        RatioOutcome::Optimal(_) | RatioOutcome::Stopped { .. } => None,
    }
}

pub(super) fn solve(question: &Question<'_>) -> Verdict {
    if let Some(leaking) = leaking(question) {
        return leaking;
    }
    let (Some(objective), Some(numbers)) = (question.objective(), numbers(question)) else {
        return Verdict::Empty;
    };
    let scope = &question.scope;
    let ground = question.ground;
    let progress = ground.stop.progress();
    let better = |ratio: &Rational| progress.found(Some(door::to_double(&signed(objective, ratio))));
    let waiting = Waiting { stop: &ground.stop, better: &better };
    let hint = |problem: &RatioProblem<'_>| hinted_by((ground.engine, ground.solver), problem, &waiting);
    let top = question.checked().tops[question.id.index()];
    match best_loops_until(&ratio(scope, &numbers), top, &hint, &waiting) {
        RatioOutcome::NoLoop { ranks } => no_loop(question, ranks),
        RatioOutcome::Refused { cycle } => {
            Verdict::Refused { cycle: added(scope, &|edge| numbers.denominator.get(edge.index()), &cycle) }
        }
        RatioOutcome::Stopped { found } => stopped(question, objective, found),
        RatioOutcome::Optimal(answer) => Verdict::Loops(Box::new(finding(question, objective, *answer))),
    }
}

/// What a search is worth that somebody asked to stop: the best loop that it met, of which nothing is proved.
fn stopped(question: &Question<'_>, objective: &Objective, found: Option<RankedLoop>) -> Verdict {
    let books = question.books(&question.ground.ledger);
    let loops = found
        .iter()
        .map(|found| walk(&books, &question.scope.flows_of(&found.edges), signed(objective, &found.ratio)));
    Verdict::Restricted(Box::new(RestrictedFinding::stopped(loops.collect(), true)))
}

/// A value of the maximisation that was solved as one of the objective.
pub(super) fn signed(objective: &Objective, value: &Rational) -> Rational {
    if objective.sense == Sense::Minimize { -value } else { value.clone() }
}

/// The program whose optimum is [`NORMAL`](crate::program::NORMAL) times the best ratio, in the names of the
/// model; nothing where no loop has a ratio.
pub(super) fn program(question: &Question<'_>) -> Option<Program> {
    if question.is_empty() || leaking(question).is_some() {
        return None;
    }
    let (scope, model) = (&question.scope, question.model());
    let mut program = formulate_ratio(&ratio(scope, &numbers(question)?));
    program.relabel(&|origin| match origin {
        Origin::Edge(edge) => {
            let flow = scope.flow(edge);
            Some((model.flow(flow).name.to_string(), Origin::Flow(flow)))
        }
        Origin::Vertex(vertex) => {
            let participant = scope.participant(vertex);
            let name = model.participant(participant).name;
            Some((format!("balance_{name}"), Origin::Balance(participant)))
        }
        _ => None,
    });
    Some(program)
}

/// Flows in scope with yields whose rests do not return to where they were tried.
pub(super) fn leaking(question: &Question<'_>) -> Option<Verdict> {
    let leaks = |id: &FlowId| {
        let flow = question.model().flow(*id);
        let lost = flow.rest.is_some_and(|rest| rest.otherwise != Some(flow.tail));
        lost && question.checked().loses(*id)
    };
    let flows: Vec<FlowId> = question.scope.flows.iter().copied().filter(leaks).collect();
    (!flows.is_empty()).then_some(Verdict::Leaking { flows })
}

fn numbers(question: &Question<'_>) -> Option<LoopProblem> {
    problem(question.checked(), &question.ground.ledger, question.objective()?, &question.scope)
}

fn no_loop(question: &Question<'_>, ranks: Vec<u32>) -> Verdict {
    Verdict::NoLoop { ranks: question.scope.participants.iter().copied().zip(ranks).collect() }
}

fn ratio<'a>(scope: &'a Scope, numbers: &'a LoopProblem) -> RatioProblem<'a> {
    RatioProblem { graph: &scope.graph, numerator: &numbers.numerator, denominator: &numbers.denominator }
}

/// Each flow of a loop with its number.
pub(super) fn added(
    scope: &Scope,
    number: &dyn Fn(Edge) -> Rational,
    cycle: &[Edge],
) -> Vec<(FlowId, Rational)> {
    cycle.iter().map(|edge| (scope.flow(*edge), number(*edge))).collect()
}

fn finding(question: &Question<'_>, objective: &Objective, answer: RatioAnswer) -> LoopFinding {
    let (scope, books) = (&question.scope, question.books(&question.ground.ledger));
    let value = |ratio: &Rational| signed(objective, ratio);
    let loops =
        answer.loops.iter().map(|ranked| walk(&books, &scope.flows_of(&ranked.edges), value(&ranked.ratio)));
    let critical = answer.critical.iter().zip(&scope.flows).filter(|(critical, _)| **critical);
    let gaps = near(answer.gaps, &scope.flows);
    LoopFinding {
        loops: loops.collect(),
        exhausted: answer.exhausted,
        complete: answer.complete,
        tied: answer.tied,
        tie_at_cut: answer.tie_at_cut,
        critical: critical.map(|(_, flow)| *flow).collect(),
        gaps,
        certificate: named_certificate(scope, answer.certificate),
    }
}

/// A certificate with names for places.
pub(super) fn named_certificate(scope: &Scope, certificate: RatioCertificate) -> NamedCertificate {
    NamedCertificate {
        lambda: certificate.lambda,
        participants: scope.participants.clone(),
        rho: certificate.rho,
        rank: certificate.rank,
        nodes: certificate.nodes.into_iter().map(|node| named(scope, node)).collect(),
    }
}

/// The gaps of flows that are on some loop but on no best one, nearest first.
pub(super) fn near(gaps: Gaps, flows: &[FlowId]) -> Vec<GapFinding> {
    let off_loop = gaps.known().filter(|(_, gap)| !gap.is_zero());
    let mut near: Vec<GapFinding> =
        off_loop.map(|(edge, gap)| GapFinding { flow: flows[edge.index()], gap }).collect();
    near.sort_by(|a, b| (&a.gap, a.flow).cmp(&(&b.gap, b.flow)));
    near
}

fn named(scope: &Scope, node: RatioNode) -> NamedNode {
    NamedNode {
        removed: scope.flows_of(&node.removed),
        cycle: scope.flows_of(&node.cycle),
        lambda: node.lambda,
        pi: node.pi,
    }
}
