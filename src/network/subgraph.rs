//! Part of a graph: all vertices, some of the edges.

use super::{Digraph, Edge, Vertex};

/// A graph seen without some of its edges.
///
/// Invariant: the mask, where there is one, has one entry for each edge.
#[derive(Clone, Copy, Debug)]
pub struct Subgraph<'g> {
    graph: &'g Digraph,
    alive: Option<&'g [bool]>,
}

impl<'g> Subgraph<'g> {
    #[must_use]
    pub const fn whole(graph: &'g Digraph) -> Self {
        Self { graph, alive: None }
    }

    /// The edges whose entry is true.
    #[must_use]
    pub const fn masked(graph: &'g Digraph, alive: &'g [bool]) -> Self {
        Self { graph, alive: Some(alive) }
    }

    #[must_use]
    #[inline]
    pub const fn graph(&self) -> &'g Digraph {
        self.graph
    }

    /// Whether it has all edges of its graph.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.alive.is_none()
    }

    #[must_use]
    #[inline]
    pub fn holds(&self, edge: Edge) -> bool {
        self.alive.is_none_or(|alive| alive[edge.index()])
    }

    /// The edges left that leave a vertex, earliest first.
    pub fn outgoing(self, vertex: Vertex) -> impl DoubleEndedIterator<Item = Edge> + use<'g> {
        self.graph.outgoing(vertex).iter().copied().filter(move |edge| self.holds(*edge))
    }

    /// The edges left that enter a vertex, earliest first.
    pub fn incoming(self, vertex: Vertex) -> impl DoubleEndedIterator<Item = Edge> + use<'g> {
        self.graph.incoming(vertex).iter().copied().filter(move |edge| self.holds(*edge))
    }

    /// The edges left, earliest first.
    pub fn edges(self) -> impl Iterator<Item = Edge> + use<'g> {
        self.graph.edges().filter(move |edge| self.holds(*edge))
    }
}
