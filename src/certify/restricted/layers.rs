//! Walks back to the end, by how many edges are left: what the rest of a simple walk can weigh at most.
//!
//! A rest of at most l edges is an edge and a rest of at most l − 1. Where items must still be used, the same is
//! asked of rests that use an edge of one of them. Walks may visit a vertex twice, simple rests may not: so
//! these are bounds.
//!
//! Source: Bellman 1958; Moore 1959.

use super::Task;
use crate::certify::number::Exact;
use crate::network::{Edge, Vertex};

/// The most rows of one table; longer rests have no bound here, unless the rows have settled before.
const MOST_ROWS: usize = 256;

/// The most entries of one table.
const MOST_ENTRIES: usize = 500_000;

/// The most items that have tables of their own; none has where a table of one row is large already.
const MOST_ITEMS: usize = 6;

/// What is known of rests.
pub enum Rest<W> {
    /// There is none.
    Never,
    AtMost(W),
    Unknown,
}

/// Where rests lead, and which edges they may use: those alive, and later than the first where that is the least.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The first edge of a loop; nothing for a path.
    pub first: Option<Edge>,
    /// Whether the first edge is the least of its loop.
    pub least: bool,
    /// The first edge's head, or where a path begins.
    pub from: Vertex,
    pub to: Vertex,
}

impl Root {
    pub fn allows<W>(&self, task: &Task<'_, W>, edge: Edge) -> bool {
        let graph = task.problem.graph;
        task.reduced.alive[edge.index()]
            && self.first.is_none_or(|first| !self.least || edge > first)
            && graph.tail(edge) != self.to
            && (graph.head(edge) != self.from || self.from == self.to)
    }
}

type Row<W> = Vec<Option<W>>;

/// One table: for each number of edges and each vertex the heaviest rest.
struct Table<W> {
    rows: Vec<Row<W>>,
    /// Whether further rows would repeat the last.
    settled: bool,
}

impl<W: Exact> Table<W> {
    fn row(&self, left: usize) -> Option<&Row<W>> {
        self.rows.get(left).or_else(|| self.rows.last().filter(|_| self.settled))
    }
}

/// The tables of one root.
pub struct Layers<W> {
    any: Table<W>,
    /// For some items the rests that use them.
    items: Vec<Table<W>>,
    /// For each vertex the fewest edges of a rest; nothing where none leads to the end.
    pub hops: Vec<Option<usize>>,
    /// How many edges were looked at.
    pub work: usize,
}

impl<W: Exact> Layers<W> {
    /// How few edges are left, and nothing of weights.
    pub fn without_weights(task: &Task<'_, W>, root: Root) -> Self {
        let any = Table { rows: Vec::new(), settled: false };
        Self { any, items: Vec::new(), hops: hops(task, root), work: 2 * task.problem.graph.edge_count() }
    }

    /// Whether rests of any length have a bound here.
    pub fn bounds_all(&self, task: &Task<'_, W>) -> bool {
        self.any.settled || self.any.rows.len() >= task.reduced.longest
    }

    pub fn of(task: &Task<'_, W>, weights: &[W], root: Root) -> Self {
        let graph = task.problem.graph;
        let edges: Vec<Edge> = graph.edges().filter(|edge| root.allows(task, *edge)).collect();
        let hops = hops(task, root);
        let mut maker = Maker { task, weights, edges: &edges, to: root.to, work: 2 * graph.edge_count() };
        let mut any = maker.table(None);
        let own = if graph.vertex_count() > MOST_ENTRIES / MOST_ROWS { 0 } else { MOST_ITEMS };
        let own = 0..task.reduced.items.len().min(own);
        let mut items: Vec<Table<W>> = own.map(|item| maker.table(Some((item, &any)))).collect();
        maker.window(&mut any);
        items.iter_mut().for_each(|table| maker.window(table));
        Self { any, items, hops, work: maker.work }
    }

    /// The most that a rest from a vertex weighs which has at most so many edges (and no fewer than the problem
    /// asks for) and uses the items that are not met.
    pub fn rest(&self, vertex: Vertex, left: usize, met: impl Fn(usize) -> bool) -> Rest<W> {
        let unmet = self.items.iter().enumerate().filter(|(item, _)| !met(*item)).map(|(_, table)| table);
        let mut least: Option<&W> = None;
        for table in std::iter::once(&self.any).chain(unmet) {
            let Some(row) = table.row(left) else { continue };
            match &row[vertex.index()] {
                None => return Rest::Never,
                Some(weight) if least.is_none_or(|least| weight < least) => least = Some(weight),
                Some(_) => {}
            }
        }
        least.map_or(Rest::Unknown, |least| Rest::AtMost(least.clone()))
    }
}

/// For each vertex the fewest edges of a rest.
fn hops<W: Exact>(task: &Task<'_, W>, root: Root) -> Vec<Option<usize>> {
    let graph = task.problem.graph;
    let mut hops = vec![None; graph.vertex_count()];
    hops[root.to.index()] = Some(0);
    let mut queue = std::collections::VecDeque::from([(root.to, 0)]);
    while let Some((vertex, count)) = queue.pop_front() {
        for edge in graph.incoming(vertex).iter().filter(|edge| root.allows(task, **edge)) {
            let tail = graph.tail(*edge);
            if hops[tail.index()].is_none() {
                hops[tail.index()] = Some(count + 1);
                queue.push_back((tail, count + 1));
            }
        }
    }
    hops
}

struct Maker<'a, W> {
    task: &'a Task<'a, W>,
    weights: &'a [W],
    edges: &'a [Edge],
    to: Vertex,
    work: usize,
}

impl<W: Exact> Maker<'_, W> {
    /// Whether rests may be shorter than asked for: then a row is for at most so many edges, else for exactly so
    /// many. Loops have two edges or more in any case.
    fn at_most(&self) -> bool {
        self.task.reduced.shortest <= 2
    }

    /// The rows of all rests, or of those that use an item.
    fn table(&mut self, item: Option<(usize, &Table<W>)>) -> Table<W> {
        let vertices = self.task.problem.graph.vertex_count();
        let mut first: Row<W> = vec![None; vertices];
        if item.is_none() {
            first[self.to.index()] = Some(W::zero());
        }
        let mut table = Table { rows: vec![first], settled: false };
        let most = self.task.reduced.longest.min(MOST_ROWS).min(MOST_ENTRIES / vertices.max(1));
        while table.rows.len() <= most {
            let Some(row) = self.next(&table, item) else { break };
            let of_all = item.is_none_or(|(_, any)| any.settled && table.rows.len() >= any.rows.len());
            if self.at_most() && of_all && table.rows.last() == Some(&row) {
                table.settled = true;
                break;
            }
            table.rows.push(row);
        }
        table
    }

    fn next(&mut self, table: &Table<W>, item: Option<(usize, &Table<W>)>) -> Option<Row<W>> {
        let graph = self.task.problem.graph;
        let before = table.rows.last()?;
        let (which, done) = match item {
            Some((which, any)) => (Some(which), any.row(table.rows.len() - 1)?),
            None => (None, before),
        };
        let mut row: Row<W> = vec![None; before.len()];
        if self.at_most() {
            row[self.to.index()].clone_from(&before[self.to.index()]);
        }
        self.work = self.work.saturating_add(self.edges.len() + row.len());
        for &edge in self.edges {
            let items = &self.task.reduced.items_of[edge.index()];
            let uses = which.is_none_or(|which| items.iter().any(|item| *item as usize == which));
            let behind = if uses { done } else { before };
            let Some(behind) = &behind[graph.head(edge).index()] else { continue };
            let weight = self.weights[edge.index()].plus(behind);
            let best = &mut row[graph.tail(edge).index()];
            if best.as_ref().is_none_or(|best| weight > *best) {
                *best = Some(weight);
            }
        }
        Some(row)
    }

    /// Rows for exactly so many edges become rows for as many as the problem leaves open.
    fn window(&mut self, table: &mut Table<W>) {
        if self.at_most() {
            return;
        }
        let open = self.task.reduced.longest - self.task.reduced.shortest;
        let rows = std::mem::take(&mut table.rows);
        for last in 0..rows.len() {
            let from = last.saturating_sub(open);
            // Until the window is full, a row has all that the row before has.
            let (mut row, from) = match table.rows.last() {
                Some(before) if from == 0 => (before.clone(), last),
                _ => (rows[from].clone(), from + 1),
            };
            for exact in &rows[from.min(last)..=last] {
                self.work = self.work.saturating_add(row.len());
                for (best, weight) in row.iter_mut().zip(exact) {
                    if weight > best {
                        best.clone_from(weight);
                    }
                }
            }
            table.rows.push(row);
        }
    }
}
