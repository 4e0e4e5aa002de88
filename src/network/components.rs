//! Components: which vertices are tied to each other, both ways or at all.

use super::{Edge, Subgraph, Vertex};

/// The strongly connected components of a graph.
///
/// Invariant: in reverse topological order, so an edge between two components leads to the one listed earlier.
/// An edge is on a loop exactly when both its ends are in one component (mathematics §5).
#[derive(Clone, Debug)]
pub struct Components {
    of: Vec<u32>,
    starts: Vec<u32>,
    members: Vec<Vertex>,
}

impl Components {
    /// Linear time; the search keeps its own stack, so a million vertices in a row are no danger.
    #[must_use]
    pub fn strong(scope: Subgraph<'_>) -> Self {
        super::strong::components(scope)
    }

    /// Components whose vertices are given one component after the other.
    pub(super) const fn new(of: Vec<u32>, starts: Vec<u32>, members: Vec<Vertex>) -> Self {
        Self { of, starts, members }
    }

    #[must_use]
    pub const fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The component that a vertex is in.
    #[must_use]
    pub fn of(&self, vertex: Vertex) -> usize {
        self.of[vertex.index()] as usize
    }

    /// The vertices of a component.
    #[must_use]
    pub fn members(&self, component: usize) -> &[Vertex] {
        &self.members[self.starts[component] as usize..self.starts[component + 1] as usize]
    }

    /// Whether both ends of the edge are in one component.
    #[must_use]
    pub fn joins(&self, scope: Subgraph<'_>, edge: Edge) -> bool {
        self.count() == 1 || self.of(scope.graph().tail(edge)) == self.of(scope.graph().head(edge))
    }

    /// For each edge, whether it is left in the subgraph and on a loop there.
    #[must_use]
    pub fn on_loops(&self, scope: Subgraph<'_>) -> Vec<bool> {
        scope.graph().edges().map(|edge| scope.holds(edge) && self.joins(scope, edge)).collect()
    }
}

/// For each vertex its weakly connected component, numbered by their least vertices.
#[must_use]
pub fn weak_components(scope: Subgraph<'_>) -> Vec<u32> {
    let graph = scope.graph();
    let mut of = vec![u32::MAX; graph.vertex_count()];
    let mut count = 0;
    for root in graph.vertices() {
        if of[root.index()] != u32::MAX {
            continue;
        }
        let mut stack = vec![root];
        of[root.index()] = count;
        while let Some(vertex) = stack.pop() {
            let next = scope.outgoing(vertex).map(|edge| graph.head(edge));
            for other in next.chain(scope.incoming(vertex).map(|edge| graph.tail(edge))) {
                if of[other.index()] == u32::MAX {
                    of[other.index()] = count;
                    stack.push(other);
                }
            }
        }
        count += 1;
    }
    of
}

/// For each vertex the number of edges on the longest walk that leaves it, or nothing where there is a loop.
///
/// Along every edge the number falls: it is the topological rank that proves that there is no loop.
#[must_use]
pub fn longest_walks(scope: Subgraph<'_>) -> Option<Vec<u32>> {
    let graph = scope.graph();
    let mut ranks = vec![0u32; graph.vertex_count()];
    let mut waiting: Vec<usize> = graph.vertices().map(|vertex| scope.outgoing(vertex).count()).collect();
    let mut ready: Vec<Vertex> = graph.vertices().filter(|vertex| waiting[vertex.index()] == 0).collect();
    let mut ranked = 0;
    while let Some(vertex) = ready.pop() {
        ranked += 1;
        for edge in scope.incoming(vertex) {
            let tail = graph.tail(edge);
            ranks[tail.index()] = ranks[tail.index()].max(ranks[vertex.index()] + 1);
            waiting[tail.index()] -= 1;
            if waiting[tail.index()] == 0 {
                ready.push(tail);
            }
        }
    }
    (ranked == graph.vertex_count()).then_some(ranks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Digraph;

    fn graph(vertices: usize, edges: &[(u32, u32)]) -> Digraph {
        let edges: Vec<_> = edges.iter().map(|(tail, head)| (Vertex(*tail), Vertex(*head))).collect();
        Digraph::new(vertices, &edges)
    }

    #[test]
    fn components_come_sinks_first() {
        let graph = graph(5, &[(0, 1), (1, 2), (2, 1), (2, 3), (3, 3)]);
        let components = Components::strong(Subgraph::whole(&graph));
        assert_eq!(components.count(), 4);
        assert_eq!(components.of(Vertex(1)), components.of(Vertex(2)));
        for edge in graph.edges() {
            assert!(components.of(graph.tail(edge)) >= components.of(graph.head(edge)));
        }
        let loops = components.on_loops(Subgraph::whole(&graph));
        assert_eq!(loops, [false, true, true, false, true]);
    }

    #[test]
    fn masks_remove_edges() {
        let graph = graph(2, &[(0, 1), (1, 0), (0, 0)]);
        let alive = [true, false, false];
        let scope = Subgraph::masked(&graph, &alive);
        assert_eq!(Components::strong(scope).count(), 2);
        assert_eq!(longest_walks(scope), Some(vec![1, 0]));
        assert_eq!(longest_walks(Subgraph::whole(&graph)), None);
    }

    #[test]
    fn weak_components_are_numbered_by_least_vertex() {
        let graph = graph(6, &[(5, 1), (3, 1), (2, 4)]);
        assert_eq!(weak_components(Subgraph::whole(&graph)), [0, 1, 2, 1, 2, 1]);
    }

    #[test]
    fn a_million_in_a_row() {
        let count = 1_000_000;
        let edges: Vec<_> = (0..count - 1).map(|place| (place, place + 1)).collect();
        let graph = graph(count as usize, &edges);
        let ranks = longest_walks(Subgraph::whole(&graph)).expect("no loop");
        assert_eq!(ranks[0], count - 1);
        assert_eq!(Components::strong(Subgraph::whole(&graph)).count(), count as usize);
    }
}
