//! The exact search: depth first over simple walks, from each edge that may be the least of a loop; or, in larger
//! graphs, from a vertex that every loop visits, where there is one: then one table of rests serves all.
//!
//! A beginning of a walk is left out where what it can come to, at most, does not reach the list: by weight, or,
//! where it could tie with the last walk listed, by the one order. So that ties at the cut are known, beginnings
//! that could tie are looked at until one did.

use std::cmp::Ordering;

use super::layers::{Layers, Rest, Root};
use super::list::{Candidate, List};
use super::trail::{Step, Trail};
use super::weighing::Weighing;
use super::{Searched, Task};
use crate::certify::number::Exact;
use crate::network::{Edge, Vertex};
use crate::stop::Stop;

/// The most beginnings of walks that a search looks at; counted, not timed.
pub const MOST_NODES: usize = 1_000_000;

/// The most edges that it looks at, in units of a machine's addition.
pub const MOST_WORK: usize = 60_000_000;

/// The most roots that go without a table after one whose table did not bound all.
const MOST_PAUSE: usize = 64;

/// So many nodes are looked at before edges are weighed anew for a better last walk.
const PATIENCE: usize = 500;

/// Up to so many edges loops begin with their least: a table for each is soon made.
const MOST_ROOTS: usize = 200;

/// Where loops begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// Where it suits the size.
    Suited,
    /// With their least edge.
    Least,
    /// At a vertex that all visit, if there is one.
    Required,
}

pub struct Search<'a, W> {
    task: &'a Task<'a, W>,
    list: List<'a, W>,
    begin: Begin,
    stop: &'a Stop,
    nodes: usize,
    work: usize,
}

/// The tables of rests that roots share, and how often tables were made in vain.
struct Tables<W> {
    shared: Option<Layers<W>>,
    /// How many roots go without, after one whose table did not bound all; doubled each time.
    pause: usize,
    left: usize,
}

impl<W> Tables<W> {
    const NONE: Self = Self { shared: None, pause: 1, left: 0 };
}

/// How the search of a root ended.
enum End {
    Done,
    /// Other weights would bound more closely.
    Stale,
    /// A limit was reached.
    Cut,
}

impl<'a, W: Exact> Search<'a, W> {
    pub fn new(task: &'a Task<'a, W>, list: List<'a, W>, (begin, stop): (Begin, &'a Stop)) -> Self {
        Self { task, list, begin, stop, nodes: 0, work: 0 }
    }

    pub fn run(mut self) -> Searched {
        let closed = self.all();
        let walks = self.list.ranked();
        Searched { walks, closed, tie_at_cut: self.list.tie_at_cut, nodes: self.nodes }
    }

    fn spend(&mut self, work: usize) {
        self.work = self.work.saturating_add(work.saturating_mul(self.task.price));
    }

    /// Looks at everything; whether the limits allowed it.
    fn all(&mut self) -> bool {
        self.alone();
        let Some(mut weighing) = Weighing::of(self.task, &self.list) else { return true };
        self.spend(weighing.duals.work + weighing.weights.len());
        let mut tables = Tables::NONE;
        for root in self.roots() {
            loop {
                if weighing.is_stale(self.task, &self.list) {
                    let Some(fresh) = Weighing::of(self.task, &self.list) else { return true };
                    weighing = fresh;
                    tables.shared = None;
                    self.spend(weighing.duals.work + weighing.weights.len());
                }
                match self.root(root, &weighing, &mut tables) {
                    End::Done => break,
                    End::Stale => {}
                    End::Cut => return false,
                }
            }
        }
        true
    }

    /// Loops of one edge.
    fn alone(&mut self) {
        let (problem, reduced) = (self.task.problem, self.task.reduced);
        let alone = |edge: &Edge| {
            reduced.alive[edge.index()] && problem.graph.tail(*edge) == problem.graph.head(*edge)
        };
        for edge in problem.graph.edges().filter(alone).filter(|edge| problem.admits(&[*edge])) {
            self.list.offer(Candidate::of(self.task, &[edge]));
        }
    }

    /// Where walks begin: loops with each edge that may be their least one, paths with none.
    fn roots(&self) -> Vec<Root> {
        let (problem, reduced) = (self.task.problem, self.task.reduced);
        let graph = problem.graph;
        if let Some((from, to)) = problem.ends {
            return vec![Root { first: None, least: false, from, to }];
        }
        let root =
            |edge, least| Root { first: Some(edge), least, from: graph.head(edge), to: graph.tail(edge) };
        if let Some(vertex) = self.station() {
            let alive = graph.outgoing(vertex).iter().filter(|edge| reduced.alive[edge.index()]);
            let away = alive.filter(|edge| graph.head(**edge) != vertex);
            return away.map(|edge| root(*edge, false)).collect();
        }
        let begins = |edge: &Edge| {
            let latest = |item: &Vec<Edge>| item.last().is_some_and(|last| last >= edge);
            reduced.alive[edge.index()]
                && graph.tail(*edge) != graph.head(*edge)
                && reduced.items.iter().all(latest)
        };
        graph.edges().filter(begins).map(|edge| root(edge, true)).collect()
    }

    /// The vertex at which all loops begin, if they do: of those required, one that the fewest edges leave.
    fn station(&self) -> Option<Vertex> {
        let (graph, reduced) = (self.task.problem.graph, self.task.reduced);
        let wanted = match self.begin {
            Begin::Suited => reduced.edges > MOST_ROOTS,
            Begin::Least => false,
            Begin::Required => true,
        };
        let leaving = |vertex: &Vertex| {
            let alive = graph.outgoing(*vertex).iter().filter(|edge| reduced.alive[edge.index()]);
            (alive.count(), *vertex)
        };
        let required = graph.vertices().filter(|vertex| wanted && reduced.required[vertex.index()]);
        required.min_by_key(leaving)
    }

    /// The table of a root: its own, or that of all loops that begin at one vertex.
    fn layers<'t>(
        &mut self,
        root: Root,
        weighing: &Weighing<W>,
        tables: &'t mut Tables<W>,
        own: &'t mut Option<Layers<W>>,
    ) -> &'t Layers<W> {
        let task = self.task;
        if root.first.is_some() && !root.least {
            let shared = Root { first: None, least: false, from: root.to, to: root.to };
            return tables.shared.get_or_insert_with(|| {
                let made = Layers::of(task, &weighing.weights, shared);
                self.spend(made.work);
                made
            });
        }
        let made = if tables.left > 0 {
            tables.left -= 1;
            Layers::without_weights(task, root)
        } else {
            let made = Layers::of(task, &weighing.weights, root);
            tables.pause = if made.bounds_all(task) { 1 } else { (2 * tables.pause).min(MOST_PAUSE) };
            tables.left = tables.pause - 1;
            made
        };
        self.spend(made.work);
        own.insert(made)
    }

    fn root(&mut self, root: Root, weighing: &Weighing<W>, tables: &mut Tables<W>) -> End {
        let (task, duals) = (self.task, &weighing.duals);
        if self.work >= MOST_WORK || self.stop.is_asked() {
            return End::Cut;
        }
        if !self.may_begin(root, weighing) {
            return End::Done;
        }
        let mut own = None;
        let layers = self.layers(root, weighing, tables, &mut own);
        let mut trail = Trail::new(task, root, duals);
        if let Some(first) = root.first {
            let first_step = self.first_step(first, (&trail, weighing, layers));
            if first_step.is_none_or(|step| self.is_hopeless(&step, &trail, weighing)) {
                return End::Done;
            }
            trail.forward(first, &weighing.weights[first.index()], duals);
        }
        self.descend(&mut trail, weighing, layers)
    }

    /// Whether the duals leave a loop hope that begins with an edge.
    fn may_begin(&self, root: Root, weighing: &Weighing<W>) -> bool {
        let Some(first) = root.first else { return true };
        let duals = &weighing.duals;
        let pair = duals.tails[root.to.index()].plus(&duals.heads[root.from.index()]);
        let bound = duals.total().minus(&pair).plus(&weighing.weights[first.index()]);
        let ties = !root.least || !self.list.tie_at_cut || self.list.may_precede(&[], first, 1);
        match weighing.promise(self.task, &self.list, &bound) {
            Ordering::Less => false,
            Ordering::Equal => ties,
            Ordering::Greater => true,
        }
    }

    /// The first edge of a loop as a step, by what rests from its head weigh.
    fn first_step(
        &self,
        first: Edge,
        (trail, weighing, layers): (&Trail<'_, W>, &Weighing<W>, &Layers<W>),
    ) -> Option<Step<W>> {
        let reduced = self.task.reduced;
        let from = trail.root.from;
        let hops = layers.hops[from.index()]?;
        let items = &reduced.items_of[first.index()];
        let met = |item: usize| items.iter().any(|own| *own as usize == item);
        let rest = match layers.rest(from, reduced.longest.checked_sub(1)?, met) {
            Rest::Never => return None,
            Rest::AtMost(rest) => rest,
            // The duals have been asked before.
            Rest::Unknown => weighing.duals.total().minus(&weighing.weights[first.index()]),
        };
        let bound = weighing.weights[first.index()].plus(&rest);
        Some(Step { edge: first, bound, length: (1 + hops).max(reduced.shortest) })
    }

    fn descend(&mut self, trail: &mut Trail<'_, W>, weighing: &Weighing<W>, layers: &Layers<W>) -> End {
        let begun = self.nodes;
        let (weights, duals) = (&weighing.weights, &weighing.duals);
        let mut open = vec![self.opened(trail, weighing, layers)];
        while let Some(steps) = open.last_mut() {
            let impatient = self.nodes - begun >= PATIENCE && weighing.is_stale(self.task, &self.list);
            if impatient || weighing.is_blind(self.task, &self.list) {
                return End::Stale;
            }
            let Some(step) = steps.pop() else {
                open.pop();
                trail.back(duals);
                continue;
            };
            if self.is_hopeless(&step, trail, weighing) {
                continue;
            }
            if self.nodes >= MOST_NODES || self.work >= MOST_WORK || self.stop.is_asked() {
                return End::Cut;
            }
            trail.forward(step.edge, &weights[step.edge.index()], duals);
            let steps = self.opened(trail, weighing, layers);
            open.push(steps);
        }
        End::Done
    }

    /// Looks at a beginning: offers the walks that it closes, and gives the steps that go on, the best last.
    fn opened(
        &mut self,
        trail: &mut Trail<'_, W>,
        weighing: &Weighing<W>,
        layers: &Layers<W>,
    ) -> Vec<Step<W>> {
        self.nodes += 1;
        self.stop.progress().step();
        let (task, graph) = (self.task, self.task.problem.graph);
        let outgoing = graph.outgoing(trail.at());
        self.spend(outgoing.len() * (2 + task.reduced.items.len().min(8)));
        for edge in outgoing {
            let ends = trail.root.allows(task, *edge) && graph.head(*edge) == trail.root.to;
            if ends && trail.closes(*edge) {
                let edges: Vec<Edge> = trail.edges.iter().copied().chain(std::iter::once(*edge)).collect();
                self.list.offer(Candidate::of(task, &edges));
            }
        }
        let (can_end, work) = trail.can_end();
        self.spend(work);
        if !can_end {
            return Vec::new();
        }
        let mut steps = trail.steps(&weighing.weights, &weighing.duals, layers);
        steps.retain(|step| !self.is_hopeless(step, trail, weighing));
        steps.sort_by(|one, other| one.bound.cmp(&other.bound).then(other.edge.cmp(&one.edge)));
        steps
    }

    /// Whether nothing that begins with a step can enter the list, or show a tie at its cut.
    fn is_hopeless(&self, step: &Step<W>, trail: &Trail<'_, W>, weighing: &Weighing<W>) -> bool {
        match weighing.promise(self.task, &self.list, &step.bound) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal if !self.list.tie_at_cut => false,
            Ordering::Equal if trail.root.first.is_none() || trail.root.least => {
                !self.list.may_precede(&trail.edges, step.edge, step.length)
            }
            Ordering::Equal => {
                let before = |edge, itself| trail.could_use_before(edge, itself);
                !self.list.may_precede_turned(&trail.edges, step.edge, step.length, before)
            }
        }
    }
}
