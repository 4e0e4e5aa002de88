//! What no answer can use is left out before anything is searched.

use crate::network::{Components, Edge, Subgraph, Vertex};
use crate::program::RestrictedProblem;

/// Rounds of leaving out; each is linear in the graph and the items, and a further one is only stronger.
const MOST_ROUNDS: usize = 20;

/// What is left of a problem.
///
/// Invariant: whatever the problem admits uses edges alive only, and all vertices required.
pub struct Reduced {
    pub alive: Vec<bool>,
    /// For each edge the items that it is of.
    pub items_of: Vec<Vec<u32>>,
    /// For each item its edges alive, ascending; there is at least one.
    pub items: Vec<Vec<Edge>>,
    /// For each vertex, whether every answer visits it.
    pub required: Vec<bool>,
    /// The fewest and the most edges that an answer may have; the first is at most the second.
    pub shortest: usize,
    pub longest: usize,
    /// The most items that one edge is of, at least one.
    pub most_met: usize,
    /// How many edges are alive.
    pub edges: usize,
    /// How many vertices edges alive touch.
    pub vertices: usize,
}

/// What is left; nothing where it is plain that nothing is admitted.
pub fn reduce(problem: &RestrictedProblem<'_>) -> Option<Reduced> {
    let graph = problem.graph;
    let mut alive = vec![true; graph.edge_count()];
    let mut items: Vec<Vec<Edge>> = problem.through.to_vec();
    for item in &mut items {
        item.retain(|edge| edge.index() < graph.edge_count());
        item.sort_unstable();
        item.dedup();
    }
    for _ in 0..MOST_ROUNDS {
        let before = count(&alive);
        match problem.ends {
            Some(ends) => keep_between(problem, &mut alive, ends),
            None => keep_on_loops(problem, &mut alive, &items)?,
        }
        for item in &mut items {
            item.retain(|edge| alive[edge.index()]);
            force(problem, &mut alive, item);
        }
        if count(&alive) == before {
            break;
        }
    }
    items.iter_mut().for_each(|item| item.retain(|edge| alive[edge.index()]));
    measured(problem, alive, items)
}

fn count(alive: &[bool]) -> usize {
    alive.iter().filter(|alive| **alive).count()
}

fn measured(problem: &RestrictedProblem<'_>, alive: Vec<bool>, items: Vec<Vec<Edge>>) -> Option<Reduced> {
    let graph = problem.graph;
    let mut items_of = vec![Vec::new(); graph.edge_count()];
    let mut required = vec![false; graph.vertex_count()];
    for (place, item) in (0u32..).zip(&items) {
        let first = item.first()?;
        let (tail, head) = (graph.tail(*first), graph.head(*first));
        required[tail.index()] |= item.iter().all(|edge| graph.tail(*edge) == tail);
        required[head.index()] |= item.iter().all(|edge| graph.head(*edge) == head);
        item.iter().for_each(|edge| items_of[edge.index()].push(place));
    }
    for end in problem.ends.iter().flat_map(|ends| [ends.0, ends.1]) {
        required[end.index()] = true;
    }
    let mut touched = vec![false; graph.vertex_count()];
    for edge in graph.edges().filter(|edge| alive[edge.index()]) {
        touched[graph.tail(edge).index()] = true;
        touched[graph.head(edge).index()] = true;
    }
    let (edges, vertices) = (count(&alive), count(&touched));
    let possible = if problem.ends.is_some() { vertices.saturating_sub(1) } else { vertices };
    let (shortest, longest) = (problem.length.0.max(1), problem.length.1.min(possible));
    let most_met = items_of.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (shortest <= longest && edges > 0).then_some(Reduced {
        alive,
        items_of,
        items,
        required,
        shortest,
        longest,
        most_met,
        edges,
        vertices,
    })
}

/// Edges on loops of components that have an edge of every item; nothing where no component has.
fn keep_on_loops(problem: &RestrictedProblem<'_>, alive: &mut Vec<bool>, items: &[Vec<Edge>]) -> Option<()> {
    let graph = problem.graph;
    let (kept, components) = {
        let scope = Subgraph::masked(graph, alive);
        let components = Components::strong(scope);
        (components.on_loops(scope), components)
    };
    let mut met = vec![0usize; components.count()];
    for (place, item) in items.iter().enumerate() {
        for edge in item.iter().filter(|edge| kept[edge.index()]) {
            let component = components.of(graph.tail(*edge));
            if met[component] == place {
                met[component] = place + 1;
            }
        }
    }
    let full = |edge: Edge| kept[edge.index()] && met[components.of(graph.tail(edge))] == items.len();
    *alive = graph.edges().map(full).collect();
    alive.contains(&true).then_some(())
}

/// Edges that the first end reaches and that reach the second.
fn keep_between(problem: &RestrictedProblem<'_>, alive: &mut [bool], (from, to): (Vertex, Vertex)) {
    let graph = problem.graph;
    let reached = |start: Vertex, forward: bool, alive: &[bool]| {
        let mut seen = vec![false; graph.vertex_count()];
        let mut stack = vec![start];
        seen[start.index()] = true;
        while let Some(vertex) = stack.pop() {
            let edges = if forward { graph.outgoing(vertex) } else { graph.incoming(vertex) };
            for edge in edges.iter().filter(|edge| alive[edge.index()]) {
                let end = if forward { graph.head(*edge) } else { graph.tail(*edge) };
                if !std::mem::replace(&mut seen[end.index()], true) {
                    stack.push(end);
                }
            }
        }
        seen
    };
    let (after, before) = (reached(from, true, alive), reached(to, false, alive));
    for edge in graph.edges() {
        let (tail, head) = (graph.tail(edge), graph.head(edge));
        alive[edge.index()] &= after[tail.index()] && before[head.index()] && tail != head;
    }
}

/// Where all edges of an item leave one vertex, or all enter one, no answer uses another edge there.
fn force(problem: &RestrictedProblem<'_>, alive: &mut [bool], item: &[Edge]) {
    let graph = problem.graph;
    let Some(first) = item.first() else { return };
    let (tail, head) = (graph.tail(*first), graph.head(*first));
    if item.iter().all(|edge| graph.tail(*edge) == tail) {
        keep_only(alive, graph.outgoing(tail), item);
    }
    if item.iter().all(|edge| graph.head(*edge) == head) {
        keep_only(alive, graph.incoming(head), item);
    }
}

fn keep_only(alive: &mut [bool], edges: &[Edge], item: &[Edge]) {
    for edge in edges.iter().filter(|edge| item.binary_search(edge).is_err()) {
        alive[edge.index()] = false;
    }
}
