//! The one order for ties: walks with the fewest edges, and among those the list of edges that comes first.

use std::collections::VecDeque;

use super::{Components, Digraph, Edge, Subgraph, Vertex};

/// The walk with the fewest edges, and among those the least list of edges; nothing where none leads there.
///
/// A queue that takes the earliest edges first meets vertices in the order of their least walks, so the walk
/// by which a vertex is met first is its least one. Linear time.
#[must_use]
pub fn first_walk(scope: Subgraph<'_>, from: Vertex, to: Vertex) -> Option<Vec<Edge>> {
    let graph = scope.graph();
    let mut entered: Vec<Option<Edge>> = vec![None; graph.vertex_count()];
    let mut queue = VecDeque::from([from]);
    while let Some(vertex) = queue.pop_front() {
        if vertex == to {
            return Some(traced(scope, &entered, (from, to)));
        }
        for edge in scope.outgoing(vertex) {
            let head = graph.head(edge);
            if head != from && entered[head.index()].is_none() {
                entered[head.index()] = Some(edge);
                queue.push_back(head);
            }
        }
    }
    None
}

fn traced(scope: Subgraph<'_>, entered: &[Option<Edge>], (from, to): (Vertex, Vertex)) -> Vec<Edge> {
    let mut walk = Vec::new();
    let mut at = to;
    while at != from {
        let Some(edge) = entered[at.index()] else { break };
        walk.push(edge);
        at = scope.graph().tail(edge);
    }
    walk.reverse();
    walk
}

/// Whether another simple walk leads where this one does; the walk is simple and in scope itself.
///
/// Another walk leaves this one somewhere and comes back to it further on, over vertices beside it. One search
/// from each vertex of the walk, in order and over unseen vertices only, finds that. Linear time.
#[must_use]
pub fn has_other_walk(scope: Subgraph<'_>, walk: &[Edge]) -> bool {
    let graph = scope.graph();
    let mut places: Vec<Option<usize>> = vec![None; graph.vertex_count()];
    for (place, edge) in walk.iter().enumerate() {
        places[graph.tail(*edge).index()] = Some(place);
        places[graph.head(*edge).index()] = Some(place + 1);
    }
    let mut seen = vec![false; graph.vertex_count()];
    for (place, own) in walk.iter().enumerate() {
        let mut stack = vec![graph.tail(*own)];
        while let Some(vertex) = stack.pop() {
            for edge in scope.outgoing(vertex).filter(|edge| edge != own) {
                let head = graph.head(edge);
                match places[head.index()] {
                    Some(met) if met > place => return true,
                    Some(_) => {}
                    None if std::mem::replace(&mut seen[head.index()], true) => {}
                    None => stack.push(head),
                }
            }
        }
    }
    false
}

/// The first loop in the one order, starting with its least edge; nothing where there is no loop.
///
/// Source: mathematics §2, "one order for ties": the least edge; then the fewest; then the list from it on.
#[must_use]
pub fn earliest_loop(scope: Subgraph<'_>, on_loops: &[bool]) -> Option<Vec<Edge>> {
    let graph = scope.graph();
    let first = graph.edges().find(|edge| on_loops[edge.index()])?;
    let rest = first_walk(scope, graph.head(first), graph.tail(first))?;
    Some(std::iter::once(first).chain(rest).collect())
}

/// For each edge, whether it is left in the subgraph and on a loop there.
#[must_use]
pub fn edges_on_loops(scope: Subgraph<'_>) -> Vec<bool> {
    if scope.is_whole() {
        scope.graph().components().on_loops(scope)
    } else {
        Components::strong(scope).on_loops(scope)
    }
}

/// Those of some edges that are on a loop of them, in their order. Linear in their number, but for one word for each
/// vertex of the graph.
#[must_use]
pub fn on_loops_among(graph: &Digraph, edges: &[Edge]) -> Vec<Edge> {
    let part = part(graph, edges);
    let scope = Subgraph::whole(&part);
    let components = Components::strong(scope);
    let on_loop = |place: &Edge| components.joins(scope, *place);
    part.edges().filter(on_loop).map(|place| edges[place.index()]).collect()
}

/// The first loop of some edges in the one order, starting with the least of them; each is on a loop of them, and they
/// are given in order. Nothing where there are none.
#[must_use]
pub fn earliest_loop_among(graph: &Digraph, edges: &[Edge]) -> Option<Vec<Edge>> {
    let part = part(graph, edges);
    let first = part.edges().next()?;
    let ends = (part.head(first), part.tail(first));
    let rest = first_walk(Subgraph::whole(&part), ends.0, ends.1)?;
    Some(std::iter::once(first).chain(rest).map(|place| edges[place.index()]).collect())
}

/// Some edges of a graph, and their ends, as a graph of its own: its edges are places in the list, and its vertices are
/// numbered as the list names them.
fn part(graph: &Digraph, edges: &[Edge]) -> Digraph {
    let mut places = vec![u32::MAX; graph.vertex_count()];
    let mut count = 0;
    let mut place = |vertex: Vertex| {
        let place = &mut places[vertex.index()];
        if *place == u32::MAX {
            *place = count;
            count += 1;
        }
        Vertex(*place)
    };
    let ends: Vec<(Vertex, Vertex)> =
        edges.iter().map(|edge| (place(graph.tail(*edge)), place(graph.head(*edge)))).collect();
    Digraph::new(0, &ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewest_edges_then_the_least_list() {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        let graph = Digraph::new(
            5,
            &[edge(0, 2), edge(2, 1), edge(1, 4), edge(0, 1), edge(2, 3), edge(3, 4), edge(2, 4), edge(4, 0)],
        );
        let whole = Subgraph::whole(&graph);
        assert_eq!(first_walk(whole, Vertex(0), Vertex(4)), Some(vec![Edge(0), Edge(6)]));
        assert_eq!(first_walk(whole, Vertex(0), Vertex(0)), Some(vec![]));
        let on_loops = edges_on_loops(whole);
        assert_eq!(earliest_loop(whole, &on_loops), Some(vec![Edge(0), Edge(6), Edge(7)]));
        let some = [Edge(1), Edge(2), Edge(3), Edge(4), Edge(7)];
        let on_loops = on_loops_among(&graph, &some);
        assert_eq!(on_loops, [Edge(2), Edge(3), Edge(7)]);
        assert_eq!(earliest_loop_among(&graph, &on_loops), Some(vec![Edge(2), Edge(7), Edge(3)]));
        assert_eq!(earliest_loop_among(&graph, &on_loops_among(&graph, &some[..3])), None);
        let alive = [true, true, true, true, true, true, true, false];
        let cut = Subgraph::masked(&graph, &alive);
        assert_eq!(first_walk(cut, Vertex(4), Vertex(0)), None);
        assert_eq!(earliest_loop(cut, &edges_on_loops(cut)), None);
    }
}
