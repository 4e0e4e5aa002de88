//! Duals of an assignment: what any loop, or the rest of any simple walk, can weigh at most.
//!
//! A loop gives every vertex that it visits one that follows it, and no two the same. Let every other vertex
//! follow itself, at no weight, unless all answers visit it: then the heaviest assignment of followers weighs
//! no less than the heaviest loop. It is found with duals r and c, w ≤ r(tail) + c(head) for every edge and
//! 0 ≤ r + c for every vertex that may be left out, so that along a walk what is still to come can weigh no more
//! than the duals of the vertices that are left: no further search is needed for that.
//!
//! Source: Kuhn 1955; Jonker, Volgenant 1987 (shortest augmenting paths); Carpaneto, Toth 1980 (as a bound on tours).

use super::Task;
use crate::certify::number::Exact;
use crate::network::{Edge, Vertex};

/// The most vertices for which an assignment is found; it takes time with their cube.
pub const MOST_VERTICES: usize = 400;

/// Duals of an assignment, whether or not they are the least.
#[derive(Clone, Debug)]
pub struct Duals<W> {
    pub tails: Vec<W>,
    pub heads: Vec<W>,
    /// What visiting a vertex can add at most; not negative for a vertex that may be left out.
    pub gains: Vec<W>,
    /// The edges of the assignment, where it was found.
    pub edges: Option<Vec<Edge>>,
    pub work: usize,
}

impl<W: Exact> Duals<W> {
    /// Duals of the heaviest assignment, or, where there are too many vertices, what each vertex' heaviest edge
    /// weighs. Nothing where there is no assignment at all: then nothing is admitted.
    pub fn of(task: &Task<'_, W>, weights: &[W]) -> Option<Self> {
        if task.reduced.vertices > MOST_VERTICES {
            return Some(Self::plain(task, weights));
        }
        let mut matching = Matching::new(task, weights);
        for row in 0..matching.vertices.len() {
            if !matching.augment(row) {
                return None;
            }
        }
        Some(matching.duals(task))
    }

    fn plain(task: &Task<'_, W>, weights: &[W]) -> Self {
        let graph = task.problem.graph;
        let alive = |edge: &&Edge| task.reduced.alive[edge.index()];
        let most = |vertex: Vertex| {
            let weights = graph.outgoing(vertex).iter().filter(alive).map(|edge| &weights[edge.index()]);
            let most = weights.max().cloned().unwrap_or_else(W::zero);
            if task.reduced.required[vertex.index()] { most } else { most.max(W::zero()) }
        };
        let tails: Vec<W> = graph.vertices().map(most).collect();
        let heads = vec![W::zero(); tails.len()];
        Self { gains: tails.clone(), tails, heads, edges: None, work: graph.edge_count() }
    }

    /// What nothing admitted exceeds, loops of one edge aside.
    pub fn total(&self) -> W {
        W::total(&self.gains)
    }
}

/// What a column lacks of being tight, and the column from whose row that is seen.
type Slack<W> = Option<(W, Option<usize>)>;

/// The growing assignment, over the vertices that edges alive touch.
struct Matching<W> {
    vertices: Vec<Vertex>,
    /// For each pair of places the heaviest edge from the one to the other, and its weight.
    entries: Vec<Option<(W, Option<Edge>)>>,
    rows: Vec<W>,
    columns: Vec<W>,
    /// For each column the row that it follows.
    row_of: Vec<Option<usize>>,
    work: usize,
}

impl<W: Exact> Matching<W> {
    fn new(task: &Task<'_, W>, weights: &[W]) -> Self {
        let graph = task.problem.graph;
        let alive = |edge: &Edge| task.reduced.alive[edge.index()] && graph.tail(*edge) != graph.head(*edge);
        let mut places: Vec<Option<usize>> = vec![None; graph.vertex_count()];
        let mut vertices: Vec<Vertex> =
            graph.edges().filter(alive).flat_map(|edge| [graph.tail(edge), graph.head(edge)]).collect();
        vertices.sort_unstable();
        vertices.dedup();
        vertices.iter().enumerate().for_each(|(place, vertex)| places[vertex.index()] = Some(place));
        let count = vertices.len();
        let mut entries: Vec<Option<(W, Option<Edge>)>> = vec![None; count * count];
        for (place, vertex) in vertices.iter().enumerate() {
            if !task.reduced.required[vertex.index()] {
                entries[place * count + place] = Some((W::zero(), None));
            }
        }
        for edge in graph.edges().filter(alive) {
            let ends = places[graph.tail(edge).index()].zip(places[graph.head(edge).index()]);
            let Some((tail, head)) = ends else { continue };
            let entry = &mut entries[tail * count + head];
            if entry.as_ref().is_none_or(|(weight, _)| weights[edge.index()] > *weight) {
                *entry = Some((weights[edge.index()].clone(), Some(edge)));
            }
        }
        if let Some((from, to)) = task.problem.ends
            && let (Some(from), Some(to)) = (places[from.index()], places[to.index()])
        {
            entries[to * count + from] = Some((W::zero(), None));
        }
        let zeros = vec![W::zero(); count];
        Self { vertices, entries, rows: zeros.clone(), columns: zeros, row_of: vec![None; count], work: 0 }
    }

    /// Gives one more row a column, by a shortest augmenting path; false where that cannot be.
    fn augment(&mut self, row: usize) -> bool {
        let count = self.vertices.len();
        let mut slack: Vec<Slack<W>> = vec![None; count];
        let mut used: Vec<usize> = Vec::new();
        let mut done = vec![false; count];
        let mut at: Option<usize> = None;
        let free = loop {
            let from = match at {
                None => row,
                Some(column) => match self.row_of[column] {
                    Some(other) => other,
                    None => break column,
                },
            };
            self.work += 3 * count;
            self.relax(from, at, (&mut slack, &done));
            let open = slack.iter().enumerate().filter(|(column, _)| !done[*column]);
            let nearest = open.filter_map(|(column, entry)| Some((&entry.as_ref()?.0, column))).min();
            let Some((by, next)) = nearest.map(|(by, column)| (by.clone(), column)) else { return false };
            self.shift(row, &used, &by);
            for (column, entry) in slack.iter_mut().enumerate() {
                if let Some((slack, _)) = entry.as_mut().filter(|_| !done[column]) {
                    *slack = slack.minus(&by);
                }
            }
            done[next] = true;
            used.push(next);
            at = Some(next);
        };
        self.turn(free, row, &slack);
        true
    }

    /// Looks at all columns from a row.
    fn relax(&self, row: usize, via: Option<usize>, (slack, done): (&mut [Slack<W>], &[bool])) {
        let count = self.vertices.len();
        for column in (0..count).filter(|column| !done[*column]) {
            let Some((weight, _)) = &self.entries[row * count + column] else { continue };
            let left = self.rows[row].plus(&self.columns[column]).minus(weight);
            if slack[column].as_ref().is_none_or(|(known, _)| left < *known) {
                slack[column] = Some((left, via));
            }
        }
    }

    /// Lowers the rows of the tree, and raises its columns.
    fn shift(&mut self, row: usize, used: &[usize], by: &W) {
        self.rows[row] = self.rows[row].minus(by);
        for &column in used {
            if let Some(other) = self.row_of[column] {
                self.rows[other] = self.rows[other].minus(by);
                self.columns[column] = self.columns[column].plus(by);
            }
        }
    }

    /// Turns the augmenting path that ends at a free column.
    fn turn(&mut self, free: usize, row: usize, slack: &[Slack<W>]) {
        let mut column = free;
        while let Some(before) = slack[column].as_ref().and_then(|(_, via)| *via) {
            self.row_of[column] = self.row_of[before];
            column = before;
        }
        self.row_of[column] = Some(row);
    }

    fn duals(self, task: &Task<'_, W>) -> Duals<W> {
        let all = task.problem.graph.vertex_count();
        let count = self.vertices.len();
        let (mut tails, mut heads) = (vec![W::zero(); all], vec![W::zero(); all]);
        for (place, vertex) in self.vertices.iter().enumerate() {
            tails[vertex.index()] = self.rows[place].clone();
            heads[vertex.index()] = self.columns[place].clone();
        }
        let pair = |(column, row): (usize, &Option<usize>)| {
            self.entries[(*row)? * count + column].as_ref().and_then(|(_, edge)| *edge)
        };
        Duals {
            gains: tails.iter().zip(&heads).map(|(tail, head)| tail.plus(head)).collect(),
            edges: Some(self.row_of.iter().enumerate().filter_map(pair).collect()),
            tails,
            heads,
            work: self.work,
        }
    }
}
