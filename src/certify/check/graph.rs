//! The checker's own view of graphs: what is left of one, its components, and the earliest loop.

use std::collections::VecDeque;

use crate::network::{Digraph, Edge, Vertex};

/// For each edge, whether it is left.
pub type Mask = Vec<bool>;

/// Strongly connected components by Tarjan's algorithm of 1972, with a stack of its own.
struct Tarjan<'a> {
    graph: &'a Digraph,
    mask: &'a [bool],
    index: Vec<u32>,
    low: Vec<u32>,
    of: Vec<u32>,
    stack: Vec<Vertex>,
    /// Vertices being visited, each with the place of its next edge.
    frames: Vec<(Vertex, usize)>,
    count: u32,
}

const UNSEEN: u32 = u32::MAX;

/// For each vertex the number of its component among the edges left.
pub fn components(graph: &Digraph, mask: &[bool]) -> Vec<u32> {
    let fresh = vec![UNSEEN; graph.vertex_count()];
    let mut tarjan = Tarjan {
        graph,
        mask,
        index: fresh.clone(),
        low: fresh.clone(),
        of: fresh,
        stack: Vec::new(),
        frames: Vec::new(),
        count: 0,
    };
    let mut next = 0;
    for root in graph.vertices() {
        if tarjan.index[root.index()] == UNSEEN {
            tarjan.visit(root, &mut next);
        }
    }
    tarjan.of
}

impl Tarjan<'_> {
    fn visit(&mut self, root: Vertex, next: &mut u32) {
        self.open(root, next);
        while let Some((vertex, place)) = self.frames.last_mut() {
            let vertex = *vertex;
            let Some(&edge) = self.graph.outgoing(vertex).get(*place) else {
                self.close(vertex);
                continue;
            };
            *place += 1;
            let head = self.graph.head(edge);
            if !self.mask[edge.index()] {
                continue;
            }
            if self.index[head.index()] == UNSEEN {
                self.open(head, next);
            } else if self.of[head.index()] == UNSEEN {
                self.low[vertex.index()] = self.low[vertex.index()].min(self.index[head.index()]);
            }
        }
    }

    fn open(&mut self, vertex: Vertex, next: &mut u32) {
        self.index[vertex.index()] = *next;
        self.low[vertex.index()] = *next;
        *next += 1;
        self.stack.push(vertex);
        self.frames.push((vertex, 0));
    }

    fn close(&mut self, vertex: Vertex) {
        self.frames.pop();
        let low = self.low[vertex.index()];
        if let Some((parent, _)) = self.frames.last() {
            self.low[parent.index()] = self.low[parent.index()].min(low);
        }
        if low == self.index[vertex.index()] {
            while let Some(member) = self.stack.pop() {
                self.of[member.index()] = self.count;
                if member == vertex {
                    break;
                }
            }
            self.count += 1;
        }
    }
}

/// For each edge, whether it is left and on a loop of edges left.
pub fn on_loops(graph: &Digraph, mask: &[bool]) -> Mask {
    let of = components(graph, mask);
    let same = |edge: Edge| of[graph.tail(edge).index()] == of[graph.head(edge).index()];
    graph.edges().map(|edge| mask[edge.index()] && same(edge)).collect()
}

/// The loop of the earliest edge left, closed by the fewest edges left, earliest first.
///
/// Every edge left must be on a loop of edges left.
pub fn earliest(graph: &Digraph, mask: &[bool]) -> Option<Vec<Edge>> {
    let first = graph.edges().find(|edge| mask[edge.index()])?;
    let rest = shortest(graph, mask, (graph.head(first), graph.tail(first)))?;
    let mut edges = vec![first];
    edges.extend(rest);
    Some(edges)
}

/// The walk of fewest edges left from one vertex to another; of those, the least list of edges.
///
/// The distances to the end say which edges lead on; from the start, the earliest of those is taken each time.
pub fn shortest(graph: &Digraph, mask: &[bool], (from, to): (Vertex, Vertex)) -> Option<Vec<Edge>> {
    let mut distance = vec![UNSEEN; graph.vertex_count()];
    distance[to.index()] = 0;
    let mut queue = VecDeque::from([to]);
    while let Some(vertex) = queue.pop_front() {
        for edge in graph.incoming(vertex).iter().filter(|edge| mask[edge.index()]) {
            let tail = graph.tail(*edge).index();
            if distance[tail] == UNSEEN {
                distance[tail] = distance[vertex.index()] + 1;
                queue.push_back(graph.tail(*edge));
            }
        }
    }
    let mut at = from;
    let mut walk = Vec::new();
    while at != to {
        let left = distance[at.index()];
        let leads_on = |edge: &Edge| mask[edge.index()] && distance[graph.head(*edge).index()] == left - 1;
        let edge = *graph.outgoing(at).iter().find(|edge| left != UNSEEN && leads_on(edge))?;
        walk.push(edge);
        at = graph.head(edge);
    }
    Some(walk)
}

/// For each vertex, whether edges left lead from it to one of these.
pub fn leading_to(graph: &Digraph, mask: &[bool], ends: impl Iterator<Item = Vertex>) -> Vec<bool> {
    let mut leads = vec![false; graph.vertex_count()];
    let mut stack: Vec<Vertex> = ends.collect();
    for vertex in &stack {
        leads[vertex.index()] = true;
    }
    while let Some(vertex) = stack.pop() {
        for edge in graph.incoming(vertex).iter().filter(|edge| mask[edge.index()]) {
            let tail = graph.tail(*edge);
            if !std::mem::replace(&mut leads[tail.index()], true) {
                stack.push(tail);
            }
        }
    }
    leads
}
