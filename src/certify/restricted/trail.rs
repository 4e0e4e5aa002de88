//! The walk that a search stands on: what it has visited, what it has met, what it weighs, what may follow.

use super::Task;
use super::assignment::Duals;
use super::layers::{Layers, Rest, Root};
use crate::certify::number::Exact;
use crate::network::{Edge, Vertex};

/// Up to so many edges for each vertex a search looks whether all that must be met can still be reached; in
/// denser graphs it nearly always can.
const MOST_DENSE: usize = 8;

/// A simple walk from a root.
pub struct Trail<'a, W> {
    task: &'a Task<'a, W>,
    pub root: Root,
    pub edges: Vec<Edge>,
    /// What the edges weigh, one entry more than there are edges.
    weights: Vec<W>,
    visited: Vec<bool>,
    /// How often each item is met.
    met: Vec<u32>,
    unmet: usize,
    /// What visiting the vertices that are left can add at most.
    free: W,
    /// Vertices seen from here, and those that see the end: marks of the last look.
    seen: [Vec<bool>; 2],
}

/// An edge that may be next, and the most that a walk which takes it weighs.
#[derive(Clone, Debug)]
pub struct Step<W> {
    pub edge: Edge,
    pub bound: W,
    /// The fewest edges of a walk that takes it.
    pub length: usize,
}

impl<'a, W: Exact> Trail<'a, W> {
    pub fn new(task: &'a Task<'a, W>, root: Root, duals: &Duals<W>) -> Self {
        let vertices = task.problem.graph.vertex_count();
        let items = task.reduced.items.len();
        let mut trail = Self {
            task,
            root,
            edges: Vec::new(),
            weights: vec![W::zero()],
            visited: vec![false; vertices],
            met: vec![0; items],
            unmet: items,
            free: duals.total(),
            seen: [vec![false; vertices], vec![false; vertices]],
        };
        trail.visit(root.from, duals);
        trail.visit(root.to, duals);
        trail
    }

    /// The vertex it stands at.
    pub fn at(&self) -> Vertex {
        self.edges.last().map_or(self.root.from, |edge| self.task.problem.graph.head(*edge))
    }

    fn visit(&mut self, vertex: Vertex, duals: &Duals<W>) {
        if !std::mem::replace(&mut self.visited[vertex.index()], true) {
            self.free = self.free.minus(&duals.gains[vertex.index()]);
        }
    }

    /// Takes an edge to a vertex that is not visited, or the first edge of a loop.
    pub fn forward(&mut self, edge: Edge, weight: &W, duals: &Duals<W>) {
        let task = self.task;
        self.visit(task.problem.graph.head(edge), duals);
        self.weights.push(self.weight().plus(weight));
        self.edges.push(edge);
        for item in &task.reduced.items_of[edge.index()] {
            let met = &mut self.met[*item as usize];
            *met += 1;
            self.unmet -= usize::from(*met == 1);
        }
    }

    /// Gives the last edge back.
    pub fn back(&mut self, duals: &Duals<W>) {
        let Some(edge) = self.edges.pop() else { return };
        let task = self.task;
        let head = task.problem.graph.head(edge);
        self.weights.pop();
        if head != self.root.from && head != self.root.to {
            self.visited[head.index()] = false;
            self.free = self.free.plus(&duals.gains[head.index()]);
        }
        for item in &task.reduced.items_of[edge.index()] {
            let met = &mut self.met[*item as usize];
            *met -= 1;
            self.unmet += usize::from(*met == 0);
        }
    }

    fn weight(&self) -> W {
        self.weights.last().cloned().unwrap_or_else(W::zero)
    }

    /// How many items an edge would be the first to meet.
    fn meets(&self, edge: Edge) -> usize {
        let items = &self.task.reduced.items_of[edge.index()];
        items.iter().filter(|item| self.met[**item as usize] == 0).count()
    }

    /// Whether the walk with this edge, which leads to the end, is admitted.
    pub fn closes(&self, edge: Edge) -> bool {
        let length = self.edges.len() + 1;
        let reduced = self.task.reduced;
        (reduced.shortest..=reduced.longest).contains(&length) && self.meets(edge) == self.unmet
    }

    /// The edges that may be next but for one that leads to the end, unbounded ones left out.
    pub fn steps(&self, weights: &[W], duals: &Duals<W>, layers: &Layers<W>) -> Vec<Step<W>> {
        let graph = self.task.problem.graph;
        let possible =
            |edge: &&Edge| self.root.allows(self.task, **edge) && !self.visited[graph.head(**edge).index()];
        let edges = graph.outgoing(self.at()).iter().filter(possible);
        edges.filter_map(|edge| self.step(*edge, weights, (duals, layers))).collect()
    }

    fn step(&self, edge: Edge, weights: &[W], (duals, layers): (&Duals<W>, &Layers<W>)) -> Option<Step<W>> {
        let reduced = self.task.reduced;
        let head = self.task.problem.graph.head(edge);
        let taken = self.edges.len() + 1;
        let left = self.unmet - self.meets(edge);
        let least = layers.hops[head.index()]?.max(left.div_ceil(reduced.most_met));
        if taken + least > reduced.longest {
            return None;
        }
        let of_edge = &reduced.items_of[edge.index()];
        let met = |item: usize| self.met[item] > 0 || of_edge.iter().any(|own| *own as usize == item);
        let by_duals = duals.tails[head.index()]
            .plus(&duals.heads[self.root.to.index()])
            .plus(&self.free)
            .minus(&duals.gains[head.index()]);
        let rest = match layers.rest(head, reduced.longest - taken, met) {
            Rest::Never => return None,
            Rest::AtMost(rest) => rest.min(by_duals),
            Rest::Unknown => by_duals,
        };
        let bound = self.weight().plus(&weights[edge.index()]).plus(&rest);
        Some(Step { edge, bound, length: (taken + least).max(reduced.shortest) })
    }

    /// Whether a walk that goes on from here could use an edge before this one, or this one where `itself`.
    pub fn could_use_before(&self, edge: Edge, itself: bool) -> bool {
        let graph = self.task.problem.graph;
        let until = edge.index() + usize::from(itself);
        let usable = |edge: &Edge| {
            let (tail, head) = (graph.tail(*edge), graph.head(*edge));
            let (left, met) = (!self.visited[tail.index()], !self.visited[head.index()]);
            self.root.allows(self.task, *edge) && (left || tail == self.at()) && (met || head == self.root.to)
        };
        graph.edges().take(until).any(|edge| usable(&edge))
    }

    /// Whether the end, and an edge of each item that is not met, can be reached over vertices not visited; and
    /// how many edges were looked at to know.
    pub fn can_end(&mut self) -> (bool, usize) {
        let reduced = self.task.reduced;
        if reduced.edges > MOST_DENSE * reduced.vertices {
            return (true, 0);
        }
        let (at, to) = (self.at(), self.root.to);
        let work = self.look(at, true) + self.look(to, false);
        let graph = self.task.problem.graph;
        let [after, before] = &self.seen;
        let usable = |edge: &Edge| {
            self.root.allows(self.task, *edge)
                && after[graph.tail(*edge).index()]
                && before[graph.head(*edge).index()]
        };
        let unmet = self.met.iter().zip(&reduced.items).filter(|(met, _)| **met == 0);
        let mut items = unmet.map(|(_, item)| item);
        let ends = self.edges.is_empty() || after[to.index()];
        (ends && items.all(|item| item.iter().any(usable)), work)
    }

    /// Marks what is seen from a vertex, or what sees it, over vertices that are not visited.
    fn look(&mut self, from: Vertex, forward: bool) -> usize {
        let graph = self.task.problem.graph;
        let mut seen = std::mem::take(&mut self.seen[usize::from(!forward)]);
        seen.fill(false);
        seen[from.index()] = true;
        let (mut stack, mut work) = (vec![from], seen.len() / 8);
        while let Some(vertex) = stack.pop() {
            let edges = if forward { graph.outgoing(vertex) } else { graph.incoming(vertex) };
            work += edges.len();
            for edge in edges.iter().filter(|edge| self.root.allows(self.task, **edge)) {
                let end = if forward { graph.head(*edge) } else { graph.tail(*edge) };
                let place = end.index();
                let stop = if forward { self.root.to } else { self.at() };
                if self.visited[place] {
                    seen[place] |= end == stop;
                } else if !std::mem::replace(&mut seen[place], true) {
                    stack.push(end);
                }
            }
        }
        self.seen[usize::from(!forward)] = seen;
        work
    }
}
