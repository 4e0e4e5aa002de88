//! Do the nodes hold every loop that is not listed?
//!
//! The tree is walked again: where a listed loop is a node's best, the node must branch by the first edge of
//! that loop which another loop lacks. A branch has that edge removed, and beside the edges before it, which
//! its loops hold, whatever leaves the same tails or enters the same heads; what is then on no loop with the
//! edges held is removed too. The nodes must be exactly these branches, in this order.
//!
//! Source: mathematics §2, `top: k`.

use super::Fault;
use super::graph::{Mask, components, on_loops};
use super::node::left;
use crate::certify::ratio::{RankedLoop, RatioNode};
use crate::network::{Digraph, Edge};
use crate::program::RatioProblem;

/// The nodes that the listed loops call for, as far as they have been met.
struct Tree<'a> {
    problem: &'a RatioProblem<'a>,
    nodes: &'a [RatioNode],
    /// For each edge, whether it is on a loop of the whole graph.
    whole: Mask,
    /// For each node met, the edges that its loops hold.
    held: Vec<Vec<Edge>>,
}

/// Checks that the nodes are those that these loops call for; for each node, whether it branched.
pub fn branched(
    problem: &RatioProblem<'_>,
    nodes: &[RatioNode],
    loops: &[RankedLoop],
) -> Result<Vec<bool>, Fault> {
    if !nodes.first().is_some_and(|root| root.removed.is_empty()) {
        return Err(Fault::Branch { node: 0 });
    }
    let whole = on_loops(problem.graph, &vec![true; problem.graph.edge_count()]);
    let mut tree = Tree { problem, nodes, whole, held: vec![Vec::new()] };
    let mut branched = vec![false; nodes.len()];
    for listed in loops {
        for place in 0..tree.held.len() {
            if nodes[place].cycle == listed.edges && !branched[place] {
                branched[place] = true;
                tree.branch(place)?;
            }
        }
    }
    if tree.held.len() == nodes.len() { Ok(branched) } else { Err(Fault::Nodes) }
}

impl Tree<'_> {
    /// Meets the branches of a node.
    fn branch(&mut self, place: usize) -> Result<(), Fault> {
        let graph = self.problem.graph;
        let node = &self.nodes[place];
        let mut mask = left(self.problem, node)?;
        let mut held = self.held[place].clone();
        for &edge in &node.cycle {
            if !held.contains(&edge) {
                let mut without = mask.clone();
                without[edge.index()] = false;
                self.meet(&without, &held)?;
                held.push(edge);
            }
            for other in beside(graph, edge) {
                mask[other.index()] = false;
            }
        }
        Ok(())
    }

    /// The next node must be this branch, if a loop is left in it.
    fn meet(&mut self, mask: &[bool], held: &[Edge]) -> Result<(), Fault> {
        let Some(kept) = kept(self.problem.graph, mask, held) else { return Ok(()) };
        let place = self.held.len();
        let node = self.nodes.get(place).ok_or(Fault::Nodes)?;
        let gone = |edge: &Edge| self.whole[edge.index()] && !kept[edge.index()];
        if !self.problem.graph.edges().filter(gone).eq(node.removed.iter().copied()) {
            return Err(Fault::Branch { node: place });
        }
        self.held.push(held.to_vec());
        Ok(())
    }
}

/// The edges on loops of the component that has all edges held; nothing where none has.
fn kept(graph: &Digraph, mask: &[bool], held: &[Edge]) -> Option<Mask> {
    let of = components(graph, mask);
    let home = |edge: Edge| {
        let (tail, head) = (of[graph.tail(edge).index()], of[graph.head(edge).index()]);
        (mask[edge.index()] && tail == head).then_some(tail)
    };
    let required = held.first().map(|edge| home(*edge));
    if required.is_some_and(|required| required.is_none() || held.iter().any(|edge| home(*edge) != required))
    {
        return None;
    }
    let stays = |edge: Edge| home(edge).is_some_and(|own| required.is_none_or(|home| home == Some(own)));
    let kept: Mask = graph.edges().map(stays).collect();
    kept.contains(&true).then_some(kept)
}

/// What a loop cannot hold together with an edge.
fn beside(graph: &Digraph, edge: Edge) -> Vec<Edge> {
    let mut beside = graph.outgoing(graph.tail(edge)).to_vec();
    beside.extend(graph.incoming(graph.head(edge)));
    beside.retain(|other| *other != edge);
    beside
}
