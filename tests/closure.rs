//! Closures of random networks, against what reachability says, and the least mends against enumeration.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::network::{Closure, Digraph, Edge, Vertex, closure};
use networks::SplitMix64;

fn random_graph(seed: u64) -> Digraph {
    let mut random = SplitMix64(seed);
    let vertices = random.between(1, 8);
    let edges = random.between(0, 9);
    let ends: Vec<_> = (0..edges)
        .map(|_| {
            let mut end = || Vertex(random.between(0, vertices - 1) as u32);
            (end(), end())
        })
        .collect();
    Digraph::new(vertices as usize, &ends)
}

/// For each pair of vertices, whether the one leads to the other.
fn reachability(vertices: usize, edges: &[(Vertex, Vertex)]) -> Vec<Vec<bool>> {
    let mut reaches: Vec<Vec<bool>> =
        (0..vertices).map(|one| (0..vertices).map(|other| one == other).collect()).collect();
    for (tail, head) in edges {
        reaches[tail.index()][head.index()] = true;
    }
    for middle in 0..vertices {
        for one in 0..vertices {
            for other in 0..vertices {
                reaches[one][other] |= reaches[one][middle] && reaches[middle][other];
            }
        }
    }
    reaches
}

fn ends(graph: &Digraph) -> Vec<(Vertex, Vertex)> {
    graph.edges().map(|edge| (graph.tail(edge), graph.head(edge))).collect()
}

fn all_tied(reaches: &[Vec<bool>], vertices: &[Vertex]) -> bool {
    vertices.iter().all(|one| vertices.iter().all(|other| reaches[one.index()][other.index()]))
}

fn assert_edges(graph: &Digraph, found: &Closure, seed: u64) {
    let reaches = reachability(graph.vertex_count(), &ends(graph));
    let open: Vec<Edge> = found.open.iter().map(|open| open.edge).collect();
    let on_no_loop = |edge: &Edge| !reaches[graph.head(*edge).index()][graph.tail(*edge).index()];
    assert_eq!(open, graph.edges().filter(on_no_loop).collect::<Vec<_>>(), "seed {seed}");
    for open in &found.open {
        let (begun, stuck) = (open.begun_at.index(), open.stuck_at.index());
        let back = |one: usize, other: usize| reaches[one][other];
        assert!(reaches[begun][graph.tail(open.edge).index()], "seed {seed}");
        assert!(reaches[graph.head(open.edge).index()][stuck], "seed {seed}");
        for vertex in 0..graph.vertex_count() {
            assert!(!back(stuck, vertex) || back(vertex, stuck) && vertex >= stuck, "seed {seed}");
            assert!(!back(vertex, begun) || back(begun, vertex) && vertex >= begun, "seed {seed}");
        }
    }
    let everything: Vec<Vertex> = graph.vertices().collect();
    assert_eq!(found.connected, all_tied(&reaches, &everything), "seed {seed}");
}

#[test]
fn closures_are_what_reachability_says() {
    for seed in 0..4_000 {
        let graph = random_graph(seed);
        let found = closure(&graph);
        assert_edges(&graph, &found, seed);
        let mut covered: Vec<Vertex> =
            found.pieces.iter().flat_map(|piece| piece.vertices.iter().copied()).collect();
        covered.sort_unstable();
        assert_eq!(covered, graph.vertices().collect::<Vec<_>>(), "seed {seed}");
        for piece in &found.pieces {
            let within = |edge: Edge| piece.vertices.contains(&graph.tail(edge));
            assert_eq!(piece.closed, !found.open.iter().any(|open| within(open.edge)), "seed {seed}");
            let mended = reachability(graph.vertex_count(), &[ends(&graph), piece.mend.clone()].concat());
            assert!(all_tied(&mended, &piece.vertices), "seed {seed}");
            assert_eq!(piece.mend.len(), piece.sources.len().max(piece.sinks.len()), "seed {seed}");
        }
    }
}

/// Whether so many edges more can tie these vertices together.
fn can_mend(graph: &Digraph, vertices: &[Vertex], chosen: &mut Vec<(Vertex, Vertex)>, more: usize) -> bool {
    if all_tied(&reachability(graph.vertex_count(), &[ends(graph), chosen.clone()].concat()), vertices) {
        return true;
    }
    if more == 0 {
        return false;
    }
    vertices.iter().any(|tail| {
        vertices.iter().any(|head| {
            chosen.push((*tail, *head));
            let mended = tail != head && can_mend(graph, vertices, chosen, more - 1);
            chosen.pop();
            mended
        })
    })
}

#[test]
fn no_fewer_edges_would_mend() {
    let mut tried = 0;
    for seed in 0..1_500 {
        let graph = random_graph(seed);
        for piece in closure(&graph).pieces {
            let small = piece.vertices.len() <= 5 && piece.mend.len() <= 3;
            if small && !piece.mend.is_empty() {
                let fewer = piece.mend.len() - 1;
                assert!(!can_mend(&graph, &piece.vertices, &mut Vec::new(), fewer), "seed {seed}");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried}");
}

/// Random trees of many shapes: many sources, many sinks, few pairs.
#[test]
fn larger_mends_work() {
    for seed in 0..300 {
        let mut random = SplitMix64(seed);
        let vertices = random.between(2, 40);
        let mut edges = Vec::new();
        for vertex in 1..vertices {
            let other = Vertex(random.between((vertex - 8).max(0), vertex - 1) as u32);
            let vertex = Vertex(vertex as u32);
            edges.push(if random.between(0, 1) == 0 { (vertex, other) } else { (other, vertex) });
        }
        let graph = Digraph::new(vertices as usize, &edges);
        let found = closure(&graph);
        let piece = &found.pieces[0];
        assert_eq!(piece.mend.len(), piece.sources.len().max(piece.sinks.len()), "seed {seed}");
        let mended = reachability(graph.vertex_count(), &[edges, piece.mend.clone()].concat());
        assert!(all_tied(&mended, &piece.vertices), "seed {seed}");
    }
}
