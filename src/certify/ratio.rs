//! The loops with the best ratios, proved.

use std::cmp::Ordering;

use super::gaps::{Gaps, gaps};
use super::number::{Exact, Narrowed, Scaled, narrowed, words};
use super::optimum::{Ended, optimum_until};
use super::positive::{Positive, Unproved, positive};
use super::runners::Runners;
use crate::exact::Rational;
use crate::network::{Edge, Figures, Subgraph, longest_walks};
use crate::program::{RatioProblem, Waiting};
use crate::stop::Stop;

/// A loop and its ratio, in the one order: the better first.
///
/// Invariant: the edges follow one another from the least on, and meet no vertex twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedLoop {
    pub edges: Vec<Edge>,
    pub ratio: Rational,
}

/// Ratio; then the least edge; then the fewest edges; then the list of edges from the least on.
///
/// Source: mathematics §2, "one order for ties".
impl Ord for RankedLoop {
    fn cmp(&self, other: &Self) -> Ordering {
        let ratio = other.ratio.cmp(&self.ratio);
        let first = || self.edges.first().cmp(&other.edges.first());
        let length = || self.edges.len().cmp(&other.edges.len());
        ratio.then_with(first).then_with(length).then_with(|| self.edges.cmp(&other.edges))
    }
}

impl PartialOrd for RankedLoop {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a graph has by way of loops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatioOutcome {
    /// There is no loop; along every edge the rank falls. The ranks are unique: longest walks, by edges.
    NoLoop {
        ranks: Vec<u32>,
    },
    /// This loop's denominator is not positive. It has the least denominator per edge.
    Refused {
        cycle: Vec<Edge>,
    },
    /// Somebody asked to stop: the best loop met until then, if it was known that each has a ratio.
    Stopped {
        found: Option<RankedLoop>,
    },
    Optimal(Box<RatioAnswer>),
}

/// The best loops, with their proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioAnswer {
    /// In the one order, best first; at most as many as were asked for.
    pub loops: Vec<RankedLoop>,
    /// Whether these are all loops that there are, proved.
    pub exhausted: bool,
    /// False where the search was cut short, at its limit of nodes or because somebody asked to stop: then the loops listed are the best ones,
    /// and there may be more.
    pub complete: bool,
    /// Whether another loop ties with the best.
    pub tied: bool,
    /// Whether a loop that is not listed ties with the last that is.
    pub tie_at_cut: bool,
    /// For each edge, whether it is on a best loop.
    pub critical: Vec<bool>,
    /// For each edge, how far it is from a best loop.
    pub gaps: Gaps,
    pub certificate: RatioCertificate,
}

/// The proof of a list of best loops: plain data, every number of it unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioCertificate {
    /// The best ratio.
    pub lambda: Rational,
    /// The least denominator of a walk that leaves each vertex, the empty walk included.
    pub rho: Vec<Rational>,
    /// The number of edges on the longest walk that leaves each vertex along edges tight under ρ.
    pub rank: Vec<u32>,
    /// The search: first the whole graph, then each subgraph in the order in which the listed loops branch.
    pub nodes: Vec<RatioNode>,
}

/// One subgraph of the search, with its best loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatioNode {
    /// The edges on loops of the whole graph that are on none of this subgraph's, ascending; the subgraph is
    /// the graph without them.
    pub removed: Vec<Edge>,
    /// The canonical best loop of the subgraph.
    pub cycle: Vec<Edge>,
    pub lambda: Rational,
    /// What the heaviest walk that leaves each vertex weighs under λ, the empty walk included.
    pub pi: Vec<Rational>,
}

/// The best `top` loops, at least one, in the one order.
///
/// `hint` is asked once, if there is a best loop to find, for the edge by which a good loop leaves each vertex.
/// It may answer anything: the outcome, the certificate and all their numbers are the same.
#[must_use]
pub fn best_loops(
    problem: &RatioProblem<'_>,
    top: usize,
    hint: &dyn Fn(&RatioProblem<'_>) -> Vec<Option<Edge>>,
) -> RatioOutcome {
    best_loops_until(problem, top, hint, &Waiting::silently(&Stop::default()))
}

/// The same, until somebody asks to stop.
#[must_use]
pub fn best_loops_until(
    problem: &RatioProblem<'_>,
    top: usize,
    hint: &dyn Fn(&RatioProblem<'_>) -> Vec<Option<Edge>>,
    waiting: &Waiting<'_>,
) -> RatioOutcome {
    let scope = Subgraph::whole(problem.graph);
    if let Some(ranks) = longest_walks(scope) {
        return RatioOutcome::NoLoop { ranks };
    }
    let hint = || hint(problem);
    if let Some(scaled) = words(problem, 0) {
        return solved(&scaled, top, &hint, waiting);
    }
    match narrowed(problem) {
        Narrowed::Machine(scaled) => solved(&scaled, top, &hint, waiting),
        Narrowed::Integers(scaled) => solved(&scaled, top, &hint, waiting),
        Narrowed::Fractions(scaled) => solved(&scaled, top, &hint, waiting),
    }
}

/// What keeps a graph from having a best loop, if anything does: no loop at all, or one with a denominator
/// that is not positive. Nothing is optimised.
#[must_use]
pub fn obstacle(problem: &RatioProblem<'_>) -> Option<RatioOutcome> {
    let scope = Subgraph::whole(problem.graph);
    if let Some(ranks) = longest_walks(scope) {
        return Some(RatioOutcome::NoLoop { ranks });
    }
    let components = problem.graph.components();
    let stop = Stop::default();
    let unproved = match words(problem, 0) {
        Some(scaled) => positive(&scaled, components, &stop).err(),
        None => match narrowed(problem) {
            Narrowed::Machine(scaled) => positive(&scaled, components, &stop).err(),
            Narrowed::Integers(scaled) => positive(&scaled, components, &stop).err(),
            Narrowed::Fractions(scaled) => positive(&scaled, components, &stop).err(),
        },
    };
    unproved.map(without_ratios)
}

/// What there is to say where not every loop is known to have a ratio.
fn without_ratios(unproved: Unproved) -> RatioOutcome {
    match unproved {
        Unproved::Refused(cycle) => RatioOutcome::Refused { cycle },
        Unproved::Stopped => RatioOutcome::Stopped { found: None },
    }
}

fn solved<F: Figures<Number: Exact>>(
    problem: &Scaled<'_, F>,
    top: usize,
    hint: &dyn Fn() -> Vec<Option<Edge>>,
    waiting: &Waiting<'_>,
) -> RatioOutcome {
    let scope = Subgraph::whole(problem.graph);
    let components = problem.graph.components();
    let positive = match positive(problem, components, waiting.stop) {
        Ok(positive) => positive,
        Err(unproved) => return without_ratios(unproved),
    };
    let best = match optimum_until(problem, (scope, components), &hint(), waiting) {
        Ended::Proved(best) => *best,
        Ended::Stopped(found) => return RatioOutcome::Stopped { found: Some(found) },
        // Unreachable: the caller found a loop. An empty rank list fails every check, so nothing false is said.
        Ended::NoLoop => return RatioOutcome::NoLoop { ranks: Vec::new() },
    };
    let Some(gaps) = gaps(problem.graph, components.on_loops(scope), &best, waiting.stop) else {
        // It is the best, and nothing shows it without the rest.
        let found = RankedLoop { edges: best.edges, ratio: best.lambda };
        return RatioOutcome::Stopped { found: Some(found) };
    };
    let mut critical = vec![false; problem.graph.edge_count()];
    best.critical.iter().for_each(|edge| critical[edge.index()] = true);
    let tied = best.is_tied();
    let mut runners = Runners::new((problem, waiting.stop), gaps.on_loops(), best);
    let (exhausted, complete) = runners.search(top.max(1));
    let tie_at_cut = !exhausted && runners.ties_at_cut();
    let (loops, nodes) = runners.finished();
    let certificate = certificate(positive, nodes);
    let answer = RatioAnswer { loops, exhausted, complete, tied, tie_at_cut, critical, gaps, certificate };
    RatioOutcome::Optimal(Box::new(answer))
}

fn certificate(positive: Positive, nodes: Vec<RatioNode>) -> RatioCertificate {
    let lambda = nodes.first().map(|node| node.lambda.clone()).unwrap_or_default();
    RatioCertificate { lambda, rho: positive.rho, rank: positive.rank, nodes }
}
