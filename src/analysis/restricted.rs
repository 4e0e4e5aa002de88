//! Loops and paths under restrictions, and those whose best is no polynomial question (mathematics §2, §3); and what
//! is found where somebody asked to stop.

use super::loops::{added, leaking, signed};
use super::path::unconnected;
use super::restrictions::Restrictions;
use super::walk::{Walk, walk};
use super::{Question, Verdict};
use crate::certify;
use crate::certify::path::{PathOutcome, PathProblem, best_path};
use crate::certify::ratio::RatioOutcome;
use crate::certify::restricted::{RestrictedAnswer, Suggest, best};
use crate::exact::{self, Rational, door};
use crate::model::{AnalysisKind, FlowId, ParticipantId, Sense};
use crate::network::{Digraph, Edge, Ledger, Vertex};
use crate::program::{Program, RatioProblem, RestrictedProblem, Waiting};
use crate::solve::{Choice, suggest, suggest_restricted};
use crate::stop::Stop;

/// What a restricted analysis found.
#[derive(Debug)]
pub struct RestrictedFinding {
    /// Loops or paths in the one order, best first; none where nothing was found before the limit.
    pub walks: Vec<Walk>,
    /// Whether these are loops; paths, if not.
    pub closes: bool,
    /// Whether they are proved to be the best; else they are the best found.
    pub proved: bool,
    /// Whether there are as many as were asked for, or as there are.
    pub complete: bool,
    /// Whether these are all that meet the restrictions.
    pub exhausted: bool,
    /// Whether another ties with the best.
    pub tied: bool,
    /// Whether one that is not listed ties with the last that is.
    pub tie_at_cut: bool,
    /// How many beginnings of loops or paths the proof looks at.
    pub nodes: usize,
    /// Where nothing is proved, what none can exceed (for `minimize`: fall below). Units: the objective's.
    pub bound: Option<Rational>,
}

impl RestrictedFinding {
    /// What was met until somebody asked to stop, of which nothing is proved.
    pub(super) fn stopped(walks: Vec<Walk>, closes: bool) -> Self {
        Self {
            walks,
            closes,
            proved: false,
            complete: false,
            exhausted: false,
            tied: false,
            tie_at_cut: false,
            nodes: 0,
            bound: None,
        }
    }
}

/// What the flows in scope add to an objective, and the books that say so.
pub(super) struct Numbers {
    /// The ledger of paths to an end; nothing for loops, which have the model's.
    ledger: Option<Ledger>,
    pub numerator: Vec<Rational>,
    pub denominator: Option<Vec<Rational>>,
}

/// A restricted question over its scope.
pub(super) struct Asked<'q> {
    pub question: &'q Question<'q>,
    pub restrictions: Restrictions,
    pub numbers: Numbers,
    pub ends: Option<(Vertex, Vertex)>,
    pub top: usize,
}

/// Whether a question is answered here: it has restrictions, or an objective of the other kind.
pub(super) fn is_restricted(question: &Question<'_>) -> bool {
    let analysis = question.analysis();
    let linear = question.objective().is_some_and(|objective| objective.denominator.is_none());
    let other = match analysis.kind {
        AnalysisKind::Loop => linear,
        AnalysisKind::Path { .. } => question.objective().is_some() && !linear,
        AnalysisKind::Closure | AnalysisKind::Plan => return false,
    };
    other || !analysis.through.is_empty() || analysis.length.is_some()
}

pub(super) fn solve(question: &Question<'_>) -> Verdict {
    match asked(question) {
        Ok(asked) => asked.obstacle().unwrap_or_else(|| {
            let ground = question.ground;
            asked.answer(&|problem, known| suggested((ground.solver, &ground.stop), problem, known))
        }),
        Err(verdict) => verdict,
    }
}

/// A walk to start from, from a program of zeros and ones; asked only where the search does not close.
fn suggested(
    asked: (Choice, &Stop),
    problem: &RestrictedProblem<'_>,
    known: Option<&[Edge]>,
) -> Option<Vec<Edge>> {
    let solved = |program: &Program| suggest(asked, program).ok();
    suggest_restricted(&solved, problem, known)
}

/// What keeps a restricted question from having an answer, as far as that is seen without a search.
pub(super) fn obstacle(question: &Question<'_>) -> Option<Verdict> {
    match asked(question) {
        Ok(asked) => asked
            .obstacle()
            .or_else(|| certify::restricted::is_impossible(&asked.problem()).then(|| asked.unmet(0))),
        Err(verdict) => Some(verdict),
    }
}

/// The question with its numbers.
///
/// # Errors
/// The verdict, where there is nothing to search in.
pub(super) fn asked<'q>(question: &'q Question<'q>) -> Result<Asked<'q>, Verdict> {
    if let Some(leaking) = leaking(question) {
        return Err(leaking);
    }
    let kind = question.analysis().kind;
    let vertex = |id: ParticipantId| question.scope.vertex(id);
    let ends = match kind {
        AnalysisKind::Path { from, to } => match (vertex(from), vertex(to)) {
            (Some(from), Some(to)) => Some((from, to)),
            _ => return Err(unconnected(question, from)),
        },
        AnalysisKind::Loop | AnalysisKind::Closure | AnalysisKind::Plan => None,
    };
    let numbers = numbers(question).ok_or(Verdict::Empty)?;
    let top = question.checked().tops[question.id.index()];
    Ok(Asked { question, restrictions: Restrictions::of(question), numbers, ends, top })
}

/// Units: such that quotients, or sums, are in the objective's unit. Numerators are negated for `minimize`.
fn numbers(question: &Question<'_>) -> Option<Numbers> {
    let (checked, objective) = (question.checked(), question.objective()?);
    let own = match question.analysis().kind {
        AnalysisKind::Path { to, .. } => Some(Ledger::ending_at(checked, to)),
        AnalysisKind::Loop | AnalysisKind::Closure | AnalysisKind::Plan => None,
    };
    let ledger = own.as_ref().unwrap_or(&question.ground.ledger);
    let factor = |unit| checked.units.factor(unit);
    let (above, below) = (&objective.numerator, objective.denominator.as_ref());
    let sign = if objective.sense == Sense::Minimize { Rational::from(-1) } else { Rational::ONE };
    let unit = if below.is_some() { &above.unit } else { &objective.unit };
    let above_scale = sign.checked_div(&factor(unit))?;
    let below_scale = factor(&objective.unit).checked_div(&factor(&above.unit))?;
    let flows = || question.scope.flows.iter();
    let numerator = flows().map(|flow| ledger.form(checked, above, *flow) * &above_scale).collect();
    let denominator =
        below.map(|below| flows().map(|flow| ledger.form(checked, below, *flow) * &below_scale).collect());
    Some(Numbers { ledger: own, numerator, denominator })
}

impl Asked<'_> {
    pub fn problem(&self) -> RestrictedProblem<'_> {
        RestrictedProblem {
            graph: &self.question.scope.graph,
            numerator: &self.numbers.numerator,
            denominator: self.numbers.denominator.as_deref(),
            ends: self.ends,
            through: &self.restrictions.items,
            length: self.restrictions.length,
        }
    }

    /// What keeps even the unrestricted question from having an answer.
    pub fn obstacle(&self) -> Option<Verdict> {
        match self.ends {
            Some(ends) => self.no_path(ends).or_else(|| self.no_ratio_between(ends)),
            None => {
                let graph = &self.question.scope.graph;
                let every: Vec<Edge> = graph.edges().collect();
                self.no_ratio(graph, &every)
            }
        }
    }

    fn no_path(&self, (from, to): (Vertex, Vertex)) -> Option<Verdict> {
        let scope = &self.question.scope;
        let weights = vec![Rational::ZERO; scope.flows.len()];
        match best_path(&PathProblem { graph: &scope.graph, weights: &weights, from, to }) {
            PathOutcome::NoPath { reached } => Some(Verdict::NoPath {
                reached: reached.into_iter().map(|vertex| scope.participant(vertex)).collect(),
            }),
            PathOutcome::Improving { .. } | PathOutcome::Stopped { .. } | PathOutcome::Optimal(_) => None,
        }
    }

    /// No loop, or one without a positive denominator; the edges are those of the graph, by their places.
    fn no_ratio(&self, graph: &Digraph, edges: &[Edge]) -> Option<Verdict> {
        let pick = |numbers: &[Rational]| -> exact::Numbers {
            edges.iter().map(|edge| numbers[edge.index()].clone()).collect()
        };
        let ones = || edges.iter().map(|_| Rational::ONE).collect();
        let numerator = pick(&self.numbers.numerator);
        let denominator = self.numbers.denominator.as_deref().map_or_else(ones, pick);
        let problem = RatioProblem { graph, numerator: &numerator, denominator: &denominator };
        let scope = &self.question.scope;
        match certify::ratio::obstacle(&problem)? {
            RatioOutcome::NoLoop { .. } if self.ends.is_some() => None,
            RatioOutcome::NoLoop { ranks } => {
                Some(Verdict::NoLoop { ranks: scope.participants.iter().copied().zip(ranks).collect() })
            }
            RatioOutcome::Refused { cycle } => {
                let cycle: Vec<Edge> = cycle.iter().map(|edge| edges[edge.index()]).collect();
                let below = self.numbers.denominator.as_deref().unwrap_or_default();
                Some(Verdict::Refused { cycle: added(scope, &|edge| below[edge.index()].clone(), &cycle) })
            }
            RatioOutcome::Optimal(_) | RatioOutcome::Stopped { .. } => None,
        }
    }

    /// A loop between the ends, or a path, without a positive denominator.
    fn no_ratio_between(&self, (from, to): (Vertex, Vertex)) -> Option<Verdict> {
        let below = self.numbers.denominator.as_deref()?;
        let scope = &self.question.scope;
        let edges = certify::path::between(&scope.graph, (from, to));
        let ends = |edge: &Edge| (scope.graph.tail(*edge), scope.graph.head(*edge));
        let graph = Digraph::new(scope.graph.vertex_count(), &edges.iter().map(ends).collect::<Vec<_>>());
        if let Some(refused) = self.no_ratio(&graph, &edges) {
            return Some(refused);
        }
        let weights: Vec<Rational> = below.iter().map(|number| -number).collect();
        match best_path(&PathProblem { graph: &scope.graph, weights: &weights, from, to }) {
            PathOutcome::Optimal(least) if !least.value.is_negative() => Some(Verdict::Refused {
                cycle: added(scope, &|edge| below[edge.index()].clone(), &least.edges),
            }),
            _ => None,
        }
    }

    pub fn answer(&self, suggest: &Suggest<'_>) -> Verdict {
        let stop = &self.question.ground.stop;
        let better = |value: &Rational| {
            let value = self.question.objective().map(|objective| signed(objective, value));
            stop.progress().found(value.as_ref().map(door::to_double));
        };
        self.verdict(best(&self.problem(), (self.top, &Waiting { stop, better: &better }), suggest))
    }

    /// What an answer says of the model.
    pub fn verdict(&self, answer: RestrictedAnswer) -> Verdict {
        if answer.proved && answer.walks.is_empty() {
            return self.unmet(answer.nodes);
        }
        let minimizes = self.question.objective().is_some_and(|one| one.sense == Sense::Minimize);
        let value = |value: &Rational| if minimizes { -value } else { value.clone() };
        let ledger = self.numbers.ledger.as_ref().unwrap_or(&self.question.ground.ledger);
        let books = self.question.books(ledger);
        let flows = |edges: &[Edge]| -> Vec<FlowId> { self.question.scope.flows_of(edges) };
        let walks = answer.walks.iter().map(|one| walk(&books, &flows(&one.edges), value(&one.value)));
        Verdict::Restricted(Box::new(RestrictedFinding {
            walks: walks.collect(),
            closes: self.ends.is_none(),
            proved: answer.proved,
            complete: answer.complete,
            exhausted: answer.exhausted(self.top),
            tied: answer.tied,
            tie_at_cut: answer.tie_at_cut,
            nodes: answer.nodes,
            bound: answer.ceiling.as_ref().map(value),
        }))
    }

    fn unmet(&self, nodes: usize) -> Verdict {
        Verdict::Unmet { nodes, alone: self.restrictions.alone(&self.problem()) }
    }
}
