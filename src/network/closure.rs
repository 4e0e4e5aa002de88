//! Closure: which edges are on a loop, what keeps the others from it, and the fewest edges that would mend it.
//!
//! Source: mathematics §5; Eswaran, Tarjan 1976, "Augmentation problems"; Raghavan 2005, "A note on Eswaran and
//! Tarjan's algorithm for the strong connectivity augmentation problem".

use super::{Components, Digraph, Edge, Subgraph, Vertex, longest_walks, weak_components};

/// How far a graph is closed. An open one is an answer, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// Whether every vertex leads to every other.
    pub connected: bool,
    /// The weakly connected pieces, by their least vertices.
    pub pieces: Vec<Piece>,
    /// The edges on no loop, in order.
    pub open: Vec<OpenEdge>,
}

/// A weakly connected piece of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub vertices: Vec<Vertex>,
    /// Whether every edge is on a loop. A vertex alone is closed.
    pub closed: bool,
    /// Components that nothing leads to from outside, each by all its vertices; empty where closed.
    pub sources: Vec<Vec<Vertex>>,
    /// Components that nothing leads on from; empty where closed.
    pub sinks: Vec<Vec<Vertex>>,
    /// The fewest edges, tail and head, that make the piece strongly connected: as many as the greater of
    /// the numbers of sources and sinks.
    pub mend: Vec<(Vertex, Vertex)>,
}

/// An edge on no loop, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenEdge {
    pub edge: Edge,
    /// The least vertex of a sink that the edge leads into: nothing leads on from there.
    pub stuck_at: Vertex,
    /// The least vertex of a source that leads to the edge: nothing leads to it.
    pub begun_at: Vertex,
}

/// The closure of a graph, all of whose vertices are in scope. Linear time but for sorting.
#[must_use]
pub fn closure(graph: &Digraph) -> Closure {
    let scope = Subgraph::whole(graph);
    let condensed = Condensed::of(scope);
    let pieces = pieces(scope, &condensed);
    let open = condensed.open_edges(graph);
    Closure { connected: condensed.groups.len() <= 1, pieces, open }
}

/// The strongly connected components as vertices of a graph of their own, by their least members.
struct Condensed {
    /// Each component's vertices, ascending.
    groups: Vec<Vec<Vertex>>,
    /// The component of each vertex.
    of: Vec<Vertex>,
    dag: Digraph,
}

impl Condensed {
    fn of(scope: Subgraph<'_>) -> Self {
        let graph = scope.graph();
        let components = Components::strong(scope);
        let mut names: Vec<Option<Vertex>> = vec![None; components.count()];
        let mut groups: Vec<Vec<Vertex>> = Vec::with_capacity(components.count());
        let mut of = Vec::with_capacity(graph.vertex_count());
        for vertex in graph.vertices() {
            let name = *names[components.of(vertex)].get_or_insert_with(|| {
                groups.push(Vec::new());
                Vertex::at(groups.len() - 1)
            });
            groups[name.index()].push(vertex);
            of.push(name);
        }
        let ends = |edge| (of[graph.tail(edge).index()], of[graph.head(edge).index()]);
        let crossing: Vec<_> = graph.edges().map(ends).filter(|(tail, head)| tail != head).collect();
        let dag = Digraph::new(groups.len(), &crossing);
        Self { groups, of, dag }
    }

    /// The vertex that stands for a component: its least.
    fn least(&self, group: Vertex) -> Vertex {
        self.groups[group.index()].first().copied().unwrap_or(group)
    }

    fn open_edges(&self, graph: &Digraph) -> Vec<OpenEdge> {
        let (ends, starts) = self.extremes();
        let described = |edge: Edge| {
            let (tail, head) = (self.of[graph.tail(edge).index()], self.of[graph.head(edge).index()]);
            (tail != head).then(|| OpenEdge {
                edge,
                stuck_at: self.least(ends[head.index()]),
                begun_at: self.least(starts[tail.index()]),
            })
        };
        graph.edges().filter_map(described).collect()
    }

    /// For each component the least sink that it reaches, and the least source that reaches it.
    fn extremes(&self) -> (Vec<Vertex>, Vec<Vertex>) {
        let dag = &self.dag;
        let ranks = longest_walks(Subgraph::whole(dag)).unwrap_or_default();
        let mut upwards: Vec<Vertex> = dag.vertices().collect();
        upwards.sort_by_key(|group| ranks.get(group.index()).copied());
        let mut ends: Vec<Vertex> = dag.vertices().collect();
        let mut starts = ends.clone();
        for group in &upwards {
            let reached = dag.outgoing(*group).iter().map(|edge| ends[dag.head(*edge).index()]).min();
            ends[group.index()] = reached.unwrap_or(*group);
        }
        for group in upwards.iter().rev() {
            let reaching = dag.incoming(*group).iter().map(|edge| starts[dag.tail(*edge).index()]).min();
            starts[group.index()] = reaching.unwrap_or(*group);
        }
        (ends, starts)
    }
}

fn pieces(scope: Subgraph<'_>, condensed: &Condensed) -> Vec<Piece> {
    let weak = weak_components(scope);
    let count = weak.iter().max().map_or(0, |most| *most as usize + 1);
    let mut vertices: Vec<Vec<Vertex>> = vec![Vec::new(); count];
    for (vertex, piece) in scope.graph().vertices().zip(&weak) {
        vertices[*piece as usize].push(vertex);
    }
    let mut searched = vec![false; condensed.groups.len()];
    vertices.into_iter().map(|vertices| piece(vertices, condensed, &mut searched)).collect()
}

fn piece(vertices: Vec<Vertex>, condensed: &Condensed, searched: &mut [bool]) -> Piece {
    let mut groups: Vec<Vertex> = vertices.iter().map(|vertex| condensed.of[vertex.index()]).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() == 1 {
        return Piece { vertices, closed: true, sources: vec![], sinks: vec![], mend: vec![] };
    }
    let dag = &condensed.dag;
    let at = |ends: &[Vertex]| ends.iter().map(|group| condensed.groups[group.index()].clone()).collect();
    let sources: Vec<_> = groups.iter().copied().filter(|group| dag.incoming(*group).is_empty()).collect();
    let sinks: Vec<_> = groups.iter().copied().filter(|group| dag.outgoing(*group).is_empty()).collect();
    let mend = mend(dag, (&sources, &sinks), searched);
    let mend = mend.into_iter().map(|(tail, head)| (condensed.least(tail), condensed.least(head))).collect();
    Piece { vertices, closed: false, sources: at(&sources), sinks: at(&sinks), mend }
}

/// The fewest edges that make a weakly connected acyclic graph of two or more vertices strongly connected.
///
/// Sources v and sinks w are paired by disjoint searches. One great loop runs v₁⇝w₁→v₂⇝w₂→…⇝wₚ and on through
/// whatever one side has more of, back to v₁. What is left of both sides is joined one to one, wᵢ→vᵢ: each
/// such v reaches a paired sink, and each such w is reached from a paired source.
fn mend(dag: &Digraph, ends: (&[Vertex], &[Vertex]), searched: &mut [bool]) -> Vec<(Vertex, Vertex)> {
    let (sources, sinks) = ends;
    let mut pairs = Vec::new();
    let mut free_sources = Vec::new();
    for &source in sources {
        match partner(dag, source, searched) {
            Some(sink) => pairs.push((source, sink)),
            None => free_sources.push(source),
        }
    }
    let mut paired: Vec<Vertex> = pairs.iter().map(|(_, sink)| *sink).collect();
    paired.sort_unstable();
    let free_sinks: Vec<Vertex> =
        sinks.iter().copied().filter(|sink| paired.binary_search(sink).is_err()).collect();
    let both = free_sources.len().min(free_sinks.len());
    let extras = free_sources[both..].iter().chain(&free_sinks[both..]);
    let mut edges: Vec<(Vertex, Vertex)> =
        pairs.windows(2).map(|window| (window[0].1, window[1].0)).collect();
    edges.extend(free_sinks.iter().copied().zip(free_sources.iter().copied()));
    let mut last = pairs.last().map(|pair| pair.1);
    for next in extras.chain(pairs.first().map(|pair| &pair.0)) {
        edges.extend(last.map(|last| (last, *next)));
        last = Some(*next);
    }
    edges
}

/// Searches depth first for a sink that no search has met; stops at once when it meets one.
///
/// That it stops at once is what makes the pairing right (and where the algorithm of 1976 was corrected): a
/// vertex searched but not exhausted lies on the walk to the partner found. So every vertex searched reaches
/// a paired sink; and a sink never met hangs on such a vertex, so on a paired source.
fn partner(dag: &Digraph, source: Vertex, searched: &mut [bool]) -> Option<Vertex> {
    let mut stack = vec![source];
    while let Some(group) = stack.pop() {
        if std::mem::replace(&mut searched[group.index()], true) {
            continue;
        }
        if dag.outgoing(group).is_empty() {
            return Some(group);
        }
        stack.extend(dag.outgoing(group).iter().rev().map(|edge| dag.head(*edge)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(vertices: usize, edges: &[(u32, u32)]) -> Closure {
        let edges: Vec<_> = edges.iter().map(|(tail, head)| (Vertex(*tail), Vertex(*head))).collect();
        closure(&Digraph::new(vertices, &edges))
    }

    #[test]
    fn a_ring_is_closed_and_connected() {
        let ring = closed(3, &[(0, 1), (1, 2), (2, 0)]);
        assert!(ring.connected && ring.pieces[0].closed && ring.open.is_empty());
    }

    #[test]
    fn a_vertex_alone_has_nothing_to_close() {
        let alone = closed(3, &[(0, 1), (1, 0)]);
        assert!(!alone.connected);
        assert!(alone.pieces.iter().all(|piece| piece.closed && piece.mend.is_empty()));
    }

    #[test]
    fn an_open_edge_names_where_it_is_stuck() {
        let open = closed(5, &[(1, 2), (2, 1), (2, 3), (3, 4), (4, 3), (0, 1)]);
        let edge = |edge, stuck_at, begun_at| OpenEdge {
            edge: Edge(edge),
            stuck_at: Vertex(stuck_at),
            begun_at: Vertex(begun_at),
        };
        assert_eq!(open.open, [edge(2, 3, 0), edge(5, 3, 0)]);
        assert_eq!(open.pieces[0].mend, [(Vertex(3), Vertex(0))]);
        assert_eq!(open.pieces[0].sinks, [[Vertex(3), Vertex(4)]]);
        assert_eq!(open.pieces[0].sources, [[Vertex(0)]]);
    }

    #[test]
    fn uneven_sides_are_chained() {
        let fan = closed(4, &[(0, 1), (0, 2), (0, 3)]);
        let pair = |tail, head| (Vertex(tail), Vertex(head));
        assert_eq!(fan.pieces[0].mend, [pair(1, 2), pair(2, 3), pair(3, 0)]);
        let funnel = closed(4, &[(0, 3), (1, 3), (2, 3)]);
        assert_eq!(funnel.pieces[0].mend, [pair(3, 1), pair(1, 2), pair(2, 0)]);
    }
}
