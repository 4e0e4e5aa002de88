//! Strongly connected components, the largest first.
//!
//! Networks tend to have one component that holds nearly everything. What can be reached from a busy vertex, and
//! leads back to it, is its component: two searches that go far at each step, and wait for no vertex before they
//! look at the next. What is left is taken apart by petgraph, which looks at one vertex after another.
//!
//! Source: Fleischer, Hendrickson, Pınar 2000 (forward and backward search); Sharir 1981 (Kosaraju's algorithm).

use petgraph::algo::kosaraju_scc;
use petgraph::visit::NodeFiltered;

use super::{Components, Subgraph, Vertex};

/// The strongly connected components, in reverse topological order.
pub(super) fn components(scope: Subgraph<'_>) -> Components {
    let mut found = Found::new(scope.graph().vertex_count());
    let Some(pivot) = busiest(scope) else {
        found.apart(scope, &|_| true);
        return found.finished();
    };
    let (after, _) = reached(scope, pivot, Way::Forward, &|_| true);
    // In the order in which the way back leads to them: whoever values walks in this order has most heads before tails.
    let (both, members) = reached(scope, pivot, Way::Backward, &|vertex| after[vertex.index()]);
    if members.len() == both.len() {
        found.close(&members);
        return found.finished();
    }
    // What the large one leads to comes before it; what is left is behind it, or has nothing to do with it.
    let is_in = |some: &[bool], vertex: Vertex| some[vertex.index()];
    found.apart(scope, &|vertex| is_in(&after, vertex) && !is_in(&both, vertex));
    found.close(&members);
    found.apart(scope, &|vertex| !is_in(&after, vertex));
    found.finished()
}

/// The vertex that the most edges enter or, if those are fewer, leave; nothing where none has both.
fn busiest(scope: Subgraph<'_>) -> Option<Vertex> {
    let graph = scope.graph();
    let busy = |vertex: Vertex| graph.outgoing(vertex).len().min(graph.incoming(vertex).len());
    let mut most = None;
    for vertex in graph.vertices() {
        let busy = busy(vertex);
        if busy > most.map_or(0, |(most, _)| most) {
            most = Some((busy, vertex));
        }
    }
    most.map(|(_, vertex)| vertex)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

/// For each vertex, whether it can be reached among those that are admitted; and those that can, the nearest first.
fn reached(
    scope: Subgraph<'_>,
    from: Vertex,
    way: Way,
    admits: &dyn Fn(Vertex) -> bool,
) -> (Vec<bool>, Vec<Vertex>) {
    let graph = scope.graph();
    let mut reached = vec![false; graph.vertex_count()];
    let mut queue = Vec::with_capacity(graph.vertex_count());
    reached[from.index()] = true;
    queue.push(from);
    let mut next = 0;
    while let Some(&vertex) = queue.get(next) {
        next += 1;
        let edges = if way == Way::Forward { graph.outgoing(vertex) } else { graph.incoming(vertex) };
        for &edge in edges {
            let end = if way == Way::Forward { graph.head(edge) } else { graph.tail(edge) };
            if !reached[end.index()] && scope.holds(edge) && admits(end) {
                reached[end.index()] = true;
                queue.push(end);
            }
        }
    }
    (reached, queue)
}

/// Components found so far.
struct Found {
    of: Vec<u32>,
    starts: Vec<u32>,
    members: Vec<Vertex>,
}

impl Found {
    fn new(vertices: usize) -> Self {
        Self { of: vec![0; vertices], starts: vec![0], members: Vec::with_capacity(vertices) }
    }

    /// Takes the vertices that are admitted apart.
    fn apart(&mut self, scope: Subgraph<'_>, admits: &dyn Fn(Vertex) -> bool) {
        let part = NodeFiltered::from_fn(scope, admits);
        kosaraju_scc(&part).iter().for_each(|members| self.close(members));
    }

    /// Makes some vertices the next component.
    fn close(&mut self, members: &[Vertex]) {
        let component = Vertex::at(self.starts.len() - 1).0;
        members.iter().for_each(|vertex| self.of[vertex.index()] = component);
        self.members.extend(members);
        self.starts.push(Vertex::at(self.members.len()).0);
    }

    fn finished(self) -> Components {
        Components::new(self.of, self.starts, self.members)
    }
}

#[cfg(test)]
mod tests {
    use petgraph::graph::DiGraph;

    use super::*;
    use crate::network::{Digraph, Edge};

    /// The edges left as another library's graph.
    fn same(scope: Subgraph<'_>) -> DiGraph<(), ()> {
        let mut graph = DiGraph::new();
        let nodes: Vec<_> = scope.graph().vertices().map(|_| graph.add_node(())).collect();
        for edge in scope.edges() {
            let (tail, head) = (scope.graph().tail(edge), scope.graph().head(edge));
            graph.add_edge(nodes[tail.index()], nodes[head.index()], ());
        }
        graph
    }

    /// The same components as another library's, in an order that is reverse topological.
    fn agrees(scope: Subgraph<'_>) {
        let graph = scope.graph();
        let components = components(scope);
        let mut own: Vec<Vec<Vertex>> =
            (0..components.count()).map(|component| components.members(component).to_vec()).collect();
        for (place, members) in own.iter().enumerate() {
            assert!(members.iter().all(|vertex| components.of(*vertex) == place));
        }
        let mut theirs: Vec<Vec<Vertex>> = kosaraju_scc(&same(scope))
            .iter()
            .map(|members| members.iter().map(|node| Vertex::at(node.index())).collect())
            .collect();
        for list in [&mut own, &mut theirs] {
            list.iter_mut().for_each(|members| members.sort_unstable());
            list.sort_unstable();
        }
        assert_eq!(own, theirs);
        for edge in scope.edges() {
            assert!(components.of(graph.tail(edge)) >= components.of(graph.head(edge)));
        }
    }

    #[test]
    fn random_networks_have_the_components_that_another_library_finds() {
        let mut state = 11_u64;
        let mut below = |end: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % end
        };
        for round in 0..2_000 {
            let vertices = 1 + below(12);
            let edges: Vec<_> = (0..below(30))
                .map(|_| (Vertex(below(vertices) as u32), Vertex(below(vertices) as u32)))
                .collect();
            let graph = Digraph::new(vertices as usize, &edges);
            agrees(Subgraph::whole(&graph));
            let alive: Vec<bool> = graph.edges().map(|Edge(place)| (place + round) % 3 != 0).collect();
            agrees(Subgraph::masked(&graph, &alive));
        }
    }
}
