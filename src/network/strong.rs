//! Strongly connected components, the largest first.
//!
//! Networks tend to have one component that holds nearly everything. What can be reached from a busy vertex, and
//! leads back to it, is its component: two searches that go far at each step, and wait for no vertex before they
//! look at the next. What is left is taken apart by Tarjan's algorithm, which looks at one vertex after another.
//!
//! Source: Fleischer, Hendrickson, Pınar 2000 (forward and backward search); Tarjan 1972.

use super::{Components, Subgraph, Vertex};

/// No component yet, or no place in Tarjan's order.
const NONE: u32 = u32::MAX;

/// The strongly connected components, in reverse topological order.
pub(super) fn components(scope: Subgraph<'_>) -> Components {
    let mut found = Found::new(scope.graph().vertex_count());
    let Some(pivot) = busiest(scope) else {
        found.apart(scope, scope.graph().vertices());
        return found.finished();
    };
    let (after, _) = reached(scope, pivot, Way::Forward, &|_| true);
    // In the order in which the way back leads to them: whoever values walks in this order has most heads before tails.
    let (both, members) = reached(scope, pivot, Way::Backward, &|vertex| after[vertex.index()]);
    if members.len() == both.len() {
        let (of, starts) = (vec![0; both.len()], vec![0, Vertex::at(both.len()).0]);
        return Components::new(of, starts, members);
    }
    let vertices = || scope.graph().vertices();
    // What the large one leads to comes before it; what is left is behind it, or has nothing to do with it.
    found.large = both;
    found.apart(scope, vertices().filter(|vertex| after[vertex.index()]));
    found.close_large(&members);
    found.apart(scope, vertices().filter(|vertex| !after[vertex.index()]));
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
    /// For each vertex, whether it is in the large component; empty where none was looked for.
    large: Vec<bool>,
    /// When Tarjan's search met each vertex, and the earliest that it leads back to.
    index: Vec<u32>,
    low: Vec<u32>,
    next: u32,
    stack: Vec<Vertex>,
    /// Vertices being visited, each with the place of its next edge.
    frames: Vec<(Vertex, u32)>,
}

impl Found {
    fn new(vertices: usize) -> Self {
        Self {
            of: vec![NONE; vertices],
            starts: vec![0],
            members: Vec::with_capacity(vertices),
            large: Vec::new(),
            index: Vec::new(),
            low: Vec::new(),
            next: 0,
            stack: Vec::new(),
            frames: Vec::new(),
        }
    }

    fn is_large(&self, vertex: Vertex) -> bool {
        self.large.get(vertex.index()).copied().unwrap_or(false)
    }

    /// Takes some vertices apart; all that they lead to besides each other is in a component already, or large.
    fn apart(&mut self, scope: Subgraph<'_>, roots: impl Iterator<Item = Vertex>) {
        if self.index.is_empty() {
            self.index = vec![NONE; self.of.len()];
            self.low = vec![NONE; self.of.len()];
        }
        for root in roots {
            if self.index[root.index()] == NONE && !self.is_large(root) {
                self.visit(scope, root);
            }
        }
    }

    fn visit(&mut self, scope: Subgraph<'_>, root: Vertex) {
        let graph = scope.graph();
        self.open(root);
        while let Some((vertex, place)) = self.frames.last_mut() {
            let vertex = *vertex;
            let Some(&edge) = graph.outgoing(vertex).get(*place as usize) else {
                self.close(vertex);
                continue;
            };
            *place += 1;
            let head = graph.head(edge);
            if self.of[head.index()] != NONE || !scope.holds(edge) || self.is_large(head) {
                continue;
            }
            if self.index[head.index()] == NONE {
                self.open(head);
            } else {
                self.low[vertex.index()] = self.low[vertex.index()].min(self.index[head.index()]);
            }
        }
    }

    fn open(&mut self, vertex: Vertex) {
        self.index[vertex.index()] = self.next;
        self.low[vertex.index()] = self.next;
        self.next += 1;
        self.stack.push(vertex);
        self.frames.push((vertex, 0));
    }

    fn close(&mut self, vertex: Vertex) {
        self.frames.pop();
        let low = self.low[vertex.index()];
        if let Some((parent, _)) = self.frames.last() {
            self.low[parent.index()] = self.low[parent.index()].min(low);
        }
        if low != self.index[vertex.index()] {
            return;
        }
        let component = Vertex::at(self.starts.len() - 1).0;
        while let Some(member) = self.stack.pop() {
            self.of[member.index()] = component;
            self.members.push(member);
            if member == vertex {
                break;
            }
        }
        self.starts.push(Vertex::at(self.members.len()).0);
    }

    /// Makes the large component one of those that are found.
    fn close_large(&mut self, members: &[Vertex]) {
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
    use petgraph::algo::kosaraju_scc;
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
