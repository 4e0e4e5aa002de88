//! Runners-up: the next best loops, by best-first search over sets of removed edges.
//!
//! A node is a subgraph with its best loop. Any other loop of the node lacks some edge of that one: let i be
//! the first it lacks. So when a node's loop is listed, the node branches by i: edge i is removed, and edges
//! 1 … i−1 are kept by force, by removing whatever else leaves their tails or enters their heads. Loops lost
//! by that force lack an earlier edge, so they are another branch's. What is on no loop that can hold the
//! forced edges is removed as well. Loops with every forced edge lie in exactly one open node, so the best
//! loop of all open nodes is the next in the one order.
//!
//! Source: mathematics §2, `top: k`; Lawler 1972, "A procedure for computing the K best solutions".

use std::collections::BTreeSet;

use super::number::{Exact, Scaled};
use super::optimum::{Ended, Optimum, optimum_until};
use super::ratio::{RankedLoop, RatioNode};
use crate::network::{Components, Digraph, Edge, Figures, Subgraph};
use crate::program::Waiting;
use crate::stop::Stop;

/// The most nodes that a search may have; counted, not timed, so that every machine stops at the same loop.
pub const MOST_NODES: usize = 10_000;

/// The most work that a search may do, as branches looked at times vertices and edges.
pub const MOST_WORK: usize = 30_000_000;

/// How many loops of other nodes a branch is tried on, for a start.
const MOST_KNOWN: usize = 100;

/// A search for the best loops of a problem.
pub struct Runners<'a, F> {
    problem: &'a Scaled<'a, F>,
    stop: &'a Stop,
    /// For each edge, whether it is on a loop of the whole graph.
    on_loops: &'a [bool],
    nodes: Vec<Node>,
    /// Nodes that have not branched.
    open: BTreeSet<(RankedLoop, usize)>,
    listed: Vec<RankedLoop>,
    /// How many nodes the listed loops need for their proof.
    proved: usize,
    branches: usize,
}

struct Node {
    proof: RatioNode,
    /// The edges kept by force.
    forced: Vec<Edge>,
    /// Whether another loop of the subgraph ties with its best.
    tied: bool,
    /// Where its own branches begin to search.
    policy: Vec<Option<Edge>>,
}

/// A subgraph to look at.
struct Branch {
    removed: Vec<Edge>,
    forced: Vec<Edge>,
}

impl<'a, F: Figures<Number: Exact>> Runners<'a, F> {
    /// A search whose first node is the whole graph.
    pub fn new(
        (problem, stop): (&'a Scaled<'a, F>, &'a Stop),
        on_loops: &'a [bool],
        best: Optimum<'_, F>,
    ) -> Self {
        let mut search = Self {
            problem,
            stop,
            on_loops,
            nodes: Vec::new(),
            open: BTreeSet::new(),
            listed: Vec::new(),
            proved: 0,
            branches: 0,
        };
        search.add(Branch { removed: Vec::new(), forced: Vec::new() }, best);
        search
    }

    /// Lists the best loops: whether these are all that there are, and whether the search came to its end.
    pub fn search(&mut self, top: usize) -> (bool, bool) {
        while let Some((best, node)) = self.open.pop_first() {
            if self.listed.last() != Some(&best) {
                self.listed.push(best);
                self.proved = self.nodes.len();
                if self.listed.len() == top {
                    return (false, true);
                }
            }
            if !self.branch(node) {
                return (false, false);
            }
        }
        self.proved = self.nodes.len();
        (true, true)
    }

    /// Whether a loop that is not listed ties with the last that is.
    ///
    /// A node that has not branched holds no listed loop but perhaps the last: its own best is not before it.
    pub fn ties_at_cut(&self) -> bool {
        let Some(last) = self.listed.last() else { return false };
        self.nodes.iter().take(self.proved).any(|node| {
            let best = node.ranked();
            let unlisted = best > *last || node.tied && best == *last;
            unlisted && best.ratio == last.ratio
        })
    }

    /// The loops listed, and the nodes that prove them.
    pub fn finished(mut self) -> (Vec<RankedLoop>, Vec<RatioNode>) {
        self.nodes.truncate(self.proved);
        (self.listed, self.nodes.into_iter().map(|node| node.proof).collect())
    }

    /// Adds the branches of a node; false where that passes a limit, or somebody asked to stop.
    fn branch(&mut self, node: usize) -> bool {
        let graph = self.problem.graph;
        let size = graph.vertex_count() + graph.edge_count() + 1;
        let policy = std::mem::take(&mut self.nodes[node].policy);
        for branch in branches(graph, self.on_loops, &self.nodes[node]) {
            self.branches += 1;
            let limited = self.nodes.len() >= MOST_NODES || self.branches.saturating_mul(size) > MOST_WORK;
            if limited || self.stop.is_asked() {
                return false;
            }
            let Some(branch) = branch else { continue };
            let mut alive = vec![true; graph.edge_count()];
            remove(&mut alive, &branch.removed);
            let scope = Subgraph::masked(graph, &alive);
            let components = Components::strong(scope);
            let hint = self.hinted(scope, &policy);
            match optimum_until(self.problem, (scope, &components), &hint, &Waiting::silently(self.stop)) {
                Ended::Proved(best) => self.add(branch, *best),
                Ended::NoLoop => {}
                Ended::Stopped(_) => return false,
            }
        }
        true
    }

    /// Where a branch begins to search: its node's policy, and the best loop known that is left in it.
    fn hinted(&self, scope: Subgraph<'_>, policy: &[Option<Edge>]) -> Vec<Option<Edge>> {
        let mut hint = policy.to_vec();
        let left = |edges: &&Vec<Edge>| edges.iter().all(|edge| scope.holds(*edge));
        let known = self.open.iter().take(MOST_KNOWN).map(|(ranked, _)| &ranked.edges).find(left);
        for edge in known.into_iter().flatten() {
            hint[scope.graph().tail(*edge).index()] = Some(*edge);
        }
        hint
    }

    fn add(&mut self, branch: Branch, best: Optimum<'_, F>) {
        let node = Node {
            tied: best.is_tied(),
            policy: best.maximum.heaviest.policy(),
            proof: RatioNode {
                removed: branch.removed,
                pi: best.potentials(),
                cycle: best.edges,
                lambda: best.lambda,
            },
            forced: branch.forced,
        };
        self.open.insert((node.ranked(), self.nodes.len()));
        self.nodes.push(node);
    }
}

impl Node {
    fn ranked(&self) -> RankedLoop {
        RankedLoop { edges: self.proof.cycle.clone(), ratio: self.proof.lambda.clone() }
    }
}

/// The branches of a node, by the first edge of its loop that they lack; none where no loop is left in one.
fn branches<'a>(
    graph: &'a Digraph,
    on_loops: &'a [bool],
    node: &Node,
) -> impl Iterator<Item = Option<Branch>> + use<'a> {
    let mut alive = vec![true; graph.edge_count()];
    remove(&mut alive, &node.proof.removed);
    let mut forced = node.forced.clone();
    // Loops of this node hold its forced edges, so none of them lacks one.
    let free: Vec<bool> = node.proof.cycle.iter().map(|edge| !forced.contains(edge)).collect();
    node.proof.cycle.clone().into_iter().zip(free).map(move |(edge, free)| {
        let branch = free.then(|| lacking(graph, (&mut alive, on_loops), &forced, edge)).flatten();
        force(graph, &mut alive, edge);
        if free {
            forced.push(edge);
        }
        branch
    })
}

/// The branch whose loops lack one edge and hold the forced ones; nothing where there is no such loop.
fn lacking(
    graph: &Digraph,
    (alive, on_loops): (&mut [bool], &[bool]),
    forced: &[Edge],
    edge: Edge,
) -> Option<Branch> {
    let before = std::mem::replace(&mut alive[edge.index()], false);
    let live = live(graph, alive, forced);
    alive[edge.index()] = before;
    let live = live?;
    let removed = graph.edges().filter(|edge| on_loops[edge.index()] && !live[edge.index()]).collect();
    Some(Branch { removed, forced: forced.to_vec() })
}

fn remove(alive: &mut [bool], edges: &[Edge]) {
    for edge in edges {
        alive[edge.index()] = false;
    }
}

/// Removes what a loop with this edge cannot hold: what else leaves its tail or enters its head.
fn force(graph: &Digraph, alive: &mut [bool], edge: Edge) {
    let beside = graph.outgoing(graph.tail(edge)).iter().chain(graph.incoming(graph.head(edge)));
    for other in beside.filter(|other| **other != edge) {
        alive[other.index()] = false;
    }
}

/// For each edge, whether it is on a loop that may hold all forced edges; nothing where there is no such loop.
fn live(graph: &Digraph, alive: &[bool], forced: &[Edge]) -> Option<Vec<bool>> {
    let scope = Subgraph::masked(graph, alive);
    let components = Components::strong(scope);
    let mut live = components.on_loops(scope);
    if let Some(first) = forced.first() {
        let component = components.of(graph.tail(*first));
        let within = |edge: Edge| components.of(graph.tail(edge)) == component;
        if !forced.iter().all(|edge| live[edge.index()] && within(*edge)) {
            return None;
        }
        for edge in graph.edges().filter(|edge| !within(*edge)) {
            live[edge.index()] = false;
        }
    }
    live.contains(&true).then_some(live)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certify::number::words;
    use crate::certify::optimum::optimum;
    use crate::exact::{Numbers, Rational};
    use crate::network::Vertex;
    use crate::program::RatioProblem;

    #[test]
    fn a_list_that_is_stopped_ends_with_what_is_proved() {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        let graph = Digraph::new(2, &[edge(0, 1), edge(1, 0), edge(1, 0), edge(0, 1)]);
        let numbers = |numbers: [i64; 4]| -> Numbers { numbers.map(Rational::from).into_iter().collect() };
        let (numerator, denominator) = (numbers([1, 2, 3, 4]), numbers([1, 1, 1, 1]));
        let problem = RatioProblem { graph: &graph, numerator: &numerator, denominator: &denominator };
        let scaled = words(&problem, 0).expect("small numbers");
        let scope = Subgraph::whole(&graph);
        let components = Components::strong(scope);
        let listed = |asked: bool| {
            let best = optimum(&scaled, scope, &components, &[]).expect("a loop");
            let (stop, on_loops) = (Stop::default(), components.on_loops(scope));
            let mut runners = Runners::new((&scaled, &stop), &on_loops, best);
            if asked {
                stop.ask();
            }
            let ended = runners.search(9);
            (ended, runners.finished().0.len())
        };
        assert_eq!(listed(false), ((true, true), 4));
        assert_eq!(listed(true), ((false, false), 1));
    }
}
