//! Part of a graph: all vertices, some of the edges. The one place where a graph meets petgraph's traits.

use petgraph::visit::{
    GraphBase, GraphRef, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, VisitMap, Visitable,
};
use petgraph::{Direction, Incoming};

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

/// The vertices one edge away, one for each edge.
#[derive(Debug)]
pub struct Neighbours<'g> {
    subgraph: Subgraph<'g>,
    direction: Direction,
    edges: std::slice::Iter<'g, Edge>,
}

impl Iterator for Neighbours<'_> {
    type Item = Vertex;

    fn next(&mut self) -> Option<Vertex> {
        let edge = *self.edges.find(|edge| self.subgraph.holds(**edge))?;
        let graph = self.subgraph.graph;
        Some(if self.direction == Incoming { graph.tail(edge) } else { graph.head(edge) })
    }
}

/// Which vertices a search has seen.
#[derive(Debug)]
pub struct Seen(Vec<bool>);

impl VisitMap<Vertex> for Seen {
    fn visit(&mut self, vertex: Vertex) -> bool {
        !std::mem::replace(&mut self.0[vertex.index()], true)
    }

    fn is_visited(&self, vertex: &Vertex) -> bool {
        self.0[vertex.index()]
    }

    fn unvisit(&mut self, vertex: Vertex) -> bool {
        std::mem::replace(&mut self.0[vertex.index()], false)
    }
}

impl GraphBase for Subgraph<'_> {
    type NodeId = Vertex;
    type EdgeId = Edge;
}

impl GraphRef for Subgraph<'_> {}

impl Visitable for Subgraph<'_> {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        Seen(vec![false; self.graph.vertex_count()])
    }

    fn reset_map(&self, map: &mut Seen) {
        map.0.fill(false);
    }
}

impl<'g> IntoNeighbors for Subgraph<'g> {
    type Neighbors = Neighbours<'g>;

    fn neighbors(self, vertex: Vertex) -> Neighbours<'g> {
        self.neighbors_directed(vertex, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for Subgraph<'g> {
    type NeighborsDirected = Neighbours<'g>;

    fn neighbors_directed(self, vertex: Vertex, direction: Direction) -> Neighbours<'g> {
        let edges = match direction {
            Direction::Outgoing => self.graph.outgoing(vertex),
            Direction::Incoming => self.graph.incoming(vertex),
        };
        Neighbours { subgraph: self, direction, edges: edges.iter() }
    }
}

impl IntoNodeIdentifiers for Subgraph<'_> {
    type NodeIdentifiers = std::iter::Map<std::ops::Range<usize>, fn(usize) -> Vertex>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.graph.vertex_count()).map(Vertex::at as fn(usize) -> Vertex)
    }
}
