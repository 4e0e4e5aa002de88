//! The compact directed multigraph.

use std::sync::OnceLock;

use super::{Components, Subgraph};

/// A participant's place in a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vertex(pub u32);

/// A flow's place in a graph: its order of declaration, which is the order that breaks ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge(pub u32);

impl Vertex {
    /// The vertex at a place; places beyond `u32` saturate.
    #[must_use]
    #[inline]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Edge {
    /// The edge at a place; places beyond `u32` saturate.
    #[must_use]
    #[inline]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    #[must_use]
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A directed multigraph in compressed rows, by tail and by head.
///
/// Invariant: edges keep the order in which they were given, in the graph and in each row. Every end of an
/// edge is a vertex of the graph.
#[derive(Clone, Debug)]
pub struct Digraph {
    tails: Vec<Vertex>,
    heads: Vec<Vertex>,
    outgoing: Rows,
    incoming: Rows,
    components: OnceLock<Components>,
}

#[derive(Clone, Debug)]
struct Rows {
    starts: Vec<u32>,
    edges: Vec<Edge>,
}

impl Digraph {
    /// A graph with at least so many vertices, and with all that the edges name.
    #[must_use]
    pub fn new(vertices: usize, edges: &[(Vertex, Vertex)]) -> Self {
        let named = edges.iter().map(|(tail, head)| tail.index().max(head.index()) + 1).max();
        let vertices = vertices.max(named.unwrap_or(0));
        let tails: Vec<Vertex> = edges.iter().map(|(tail, _)| *tail).collect();
        let heads: Vec<Vertex> = edges.iter().map(|(_, head)| *head).collect();
        let outgoing = Rows::by(vertices, &tails);
        let incoming = Rows::by(vertices, &heads);
        Self { tails, heads, outgoing, incoming, components: OnceLock::new() }
    }

    /// Its strongly connected components; they are looked for once.
    #[must_use]
    pub fn components(&self) -> &Components {
        self.components.get_or_init(|| Components::strong(Subgraph::whole(self)))
    }

    #[must_use]
    pub fn vertex_count(&self) -> usize {
        self.outgoing.starts.len() - 1
    }

    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.tails.len()
    }

    #[must_use]
    #[inline]
    pub fn tail(&self, edge: Edge) -> Vertex {
        self.tails[edge.index()]
    }

    #[must_use]
    #[inline]
    pub fn head(&self, edge: Edge) -> Vertex {
        self.heads[edge.index()]
    }

    /// The edges that leave a vertex, earliest first.
    #[must_use]
    #[inline]
    pub fn outgoing(&self, vertex: Vertex) -> &[Edge] {
        self.outgoing.of(vertex)
    }

    /// The edges that enter a vertex, earliest first.
    #[must_use]
    #[inline]
    pub fn incoming(&self, vertex: Vertex) -> &[Edge] {
        self.incoming.of(vertex)
    }

    pub fn vertices(&self) -> impl DoubleEndedIterator<Item = Vertex> + use<> {
        (0..self.vertex_count()).map(Vertex::at)
    }

    pub fn edges(&self) -> impl DoubleEndedIterator<Item = Edge> + use<> {
        (0..self.edge_count()).map(Edge::at)
    }

    /// Whether these edges follow one another from one vertex to another and meet no vertex twice on the way.
    /// A loop starts and ends at one vertex.
    #[must_use]
    pub fn is_simple(&self, walk: &[Edge], from: Vertex, to: Vertex) -> bool {
        if walk.iter().any(|edge| edge.index() >= self.edge_count()) {
            return false;
        }
        let mut at = from;
        let follows = walk.iter().all(|&edge| {
            let joined = self.tail(edge) == at;
            at = self.head(edge);
            joined
        });
        let mut entered: Vec<Vertex> = walk.iter().map(|&edge| self.head(edge)).collect();
        if from != to {
            entered.push(from);
        }
        entered.sort_unstable();
        follows && at == to && entered.windows(2).all(|pair| pair[0] != pair[1])
    }
}

impl Rows {
    /// Edges sorted by one of their ends, by counting, so that their order within a row is kept.
    fn by(vertices: usize, ends: &[Vertex]) -> Self {
        let mut starts = vec![0u32; vertices + 1];
        for end in ends {
            starts[end.index() + 1] += 1;
        }
        for vertex in 0..vertices {
            starts[vertex + 1] += starts[vertex];
        }
        let mut next = starts.clone();
        let mut edges = vec![Edge(0); ends.len()];
        for (place, end) in ends.iter().enumerate() {
            let slot = &mut next[end.index()];
            edges[*slot as usize] = Edge::at(place);
            *slot += 1;
        }
        Self { starts, edges }
    }

    #[inline]
    fn of(&self, vertex: Vertex) -> &[Edge] {
        let start = self.starts[vertex.index()] as usize;
        let end = self.starts[vertex.index() + 1] as usize;
        &self.edges[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Digraph {
        let edge = |tail, head| (Vertex(tail), Vertex(head));
        Digraph::new(3, &[edge(0, 1), edge(1, 0), edge(0, 1), edge(1, 1), edge(1, 4)])
    }

    #[test]
    fn rows_keep_the_order_of_declaration() {
        let graph = graph();
        assert_eq!(graph.vertex_count(), 5);
        assert_eq!(graph.outgoing(Vertex(0)), [Edge(0), Edge(2)]);
        assert_eq!(graph.outgoing(Vertex(1)), [Edge(1), Edge(3), Edge(4)]);
        assert_eq!(graph.incoming(Vertex(1)), [Edge(0), Edge(2), Edge(3)]);
        assert_eq!(graph.incoming(Vertex(3)), []);
        assert_eq!((graph.tail(Edge(4)), graph.head(Edge(4))), (Vertex(1), Vertex(4)));
    }

    #[test]
    fn simple_walks() {
        let graph = graph();
        assert!(graph.is_simple(&[Edge(0), Edge(1)], Vertex(0), Vertex(0)));
        assert!(graph.is_simple(&[Edge(3)], Vertex(1), Vertex(1)));
        assert!(graph.is_simple(&[Edge(2), Edge(4)], Vertex(0), Vertex(4)));
        assert!(graph.is_simple(&[], Vertex(2), Vertex(2)));
        assert!(!graph.is_simple(&[Edge(0), Edge(3), Edge(1)], Vertex(0), Vertex(0)));
        assert!(!graph.is_simple(&[Edge(0), Edge(1), Edge(2)], Vertex(0), Vertex(1)));
        assert!(!graph.is_simple(&[Edge(0), Edge(2)], Vertex(0), Vertex(1)));
        assert!(!graph.is_simple(&[Edge(9)], Vertex(0), Vertex(0)));
    }
}
