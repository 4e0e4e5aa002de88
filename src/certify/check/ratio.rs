//! Are these the best loops?

use super::Fault;
use super::denominators::positive;
use super::graph::Mask;
use super::node::{Placed, Proved, proved, total};
use super::tree::branched;
use crate::certify::ratio::{RankedLoop, RatioCertificate, RatioNode};
use crate::network::Edge;
use crate::program::RatioProblem;

/// What a certificate shows beside the list that it proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whether another loop ties with the best.
    pub tied: bool,
    /// Whether a loop that is not listed ties with the last that is.
    pub tie_at_cut: bool,
    /// For each edge, whether it is on a best loop.
    pub critical: Mask,
}

/// Checks that these are the best loops in the one order, and, where `exhausted`, all that there are.
///
/// # Errors
/// The first [`Fault`] found.
pub fn loops(
    problem: &RatioProblem<'_>,
    certificate: &RatioCertificate,
    listed: &[RankedLoop],
    exhausted: bool,
) -> Result<Verified, Fault> {
    if problem.numerator.len() != problem.graph.edge_count() {
        return Err(Fault::Shape);
    }
    positive(problem.graph, problem.denominator, &certificate.rho, &certificate.rank)?;
    let nodes = &certificate.nodes;
    if nodes.first().is_none_or(|root| root.lambda != certificate.lambda) {
        return Err(Fault::Ratio { node: 0 });
    }
    let placed = nodes.iter().enumerate().map(|(place, node)| Placed { place, node });
    let proofs = placed.map(|placed| proved(problem, placed)).collect::<Result<Vec<_>, _>>()?;
    let Some((last, before)) = listed.split_last() else { return Err(Fault::List) };
    if listed.windows(2).any(|pair| !precedes(&pair[0], &pair[1])) {
        return Err(Fault::List);
    }
    let branched = branched(problem, nodes, if exhausted { listed } else { before })?;
    if !listed.iter().all(|listed| nodes.iter().any(|node| is_best(node, listed))) {
        return Err(Fault::List);
    }
    let open = || nodes.iter().zip(&proofs).zip(&branched).filter(|(_, branched)| !**branched);
    if open().any(|((node, _), _)| exhausted || precedes(&ranked(node), last)) {
        return Err(Fault::List);
    }
    let ties = |node: &RatioNode, proof: &Proved| {
        node.lambda == last.ratio && (proof.tied || node.cycle != last.edges)
    };
    let tie_at_cut = open().any(|((node, proof), _)| ties(node, proof));
    let Some(root) = proofs.into_iter().next() else { return Err(Fault::Nodes) };
    Ok(Verified { tied: root.tied, tie_at_cut, critical: root.critical })
}

/// Checks that this is a loop whose denominator is not positive.
///
/// # Errors
/// [`Fault::Shape`], [`Fault::NotALoop`] or [`Fault::NotRefused`].
pub fn refused(problem: &RatioProblem<'_>, cycle: &[Edge]) -> Result<(), Fault> {
    let graph = problem.graph;
    if problem.denominator.len() != graph.edge_count() {
        return Err(Fault::Shape);
    }
    let start = cycle.first().filter(|edge| edge.index() < graph.edge_count()).map(|edge| graph.tail(*edge));
    if !start.is_some_and(|start| graph.is_simple(cycle, start, start)) {
        return Err(Fault::NotALoop { node: 0 });
    }
    if total(problem.denominator, cycle).is_positive() { Err(Fault::NotRefused) } else { Ok(()) }
}

fn is_best(node: &RatioNode, listed: &RankedLoop) -> bool {
    node.cycle == listed.edges && node.lambda == listed.ratio
}

fn ranked(node: &RatioNode) -> RankedLoop {
    RankedLoop { edges: node.cycle.clone(), ratio: node.lambda.clone() }
}

/// Whether one loop stands before another in the one order: the greater ratio; the lesser least edge; fewer
/// edges; the lesser list. Loops are written from their least edge on.
fn precedes(one: &RankedLoop, other: &RankedLoop) -> bool {
    if one.ratio != other.ratio {
        return one.ratio > other.ratio;
    }
    let key = |ranked: &RankedLoop| (ranked.edges.first().copied(), ranked.edges.len());
    if key(one) != key(other) {
        return key(one) < key(other);
    }
    one.edges < other.edges
}
