//! Howard's policy iteration in doubles, over a network laid out for the machine.
//!
//! Each place remembers the edge by which its best walk goes on. A round values all walks along their trees, from
//! the ends back, and lets every place take a better edge in the same order, so that news travels far. A loop that
//! appears among the chosen edges has a better ratio than the one that the edges were weighed with.
//!
//! Source: mathematics §2, engine *cycle*; Howard 1960; Cochet-Terrasson et al. 1998; Dasdan 2004.

use std::ops::Range;

use super::doubles::exceeds;
use crate::network::{Components, Digraph, Edge, Vertex};
use crate::stop::Stop;

/// No edge: the walk ends.
const END: u32 = u32::MAX;

/// A graph whose vertices stand by component, the one that an edge leads to before the one that it leaves, and whose
/// edges stand by their tails: what one round reads lies side by side.
pub(super) struct Layout {
    /// By place: the vertex, and where its edges begin.
    vertices: Vec<Vertex>,
    starts: Vec<u32>,
    /// By slot: the place of an edge's head, its numbers, and the edge.
    heads: Vec<u32>,
    above: Vec<f64>,
    below: Vec<f64>,
    edges: Vec<Edge>,
    /// The places of each component.
    components: Vec<Range<usize>>,
}

impl Layout {
    /// A graph with two numbers for each edge.
    pub fn of(graph: &Digraph, components: &Components, (above, below): (&[f64], &[f64])) -> Self {
        let count = graph.edge_count();
        let mut layout = Self {
            vertices: Vec::with_capacity(graph.vertex_count()),
            starts: Vec::with_capacity(graph.vertex_count() + 1),
            heads: Vec::with_capacity(count),
            above: Vec::with_capacity(count),
            below: Vec::with_capacity(count),
            edges: Vec::with_capacity(count),
            components: Vec::with_capacity(components.count()),
        };
        for component in 0..components.count() {
            let first = layout.vertices.len();
            layout.vertices.extend(components.members(component));
            layout.components.push(first..layout.vertices.len());
        }
        let mut places = vec![0; graph.vertex_count()];
        for (place, vertex) in (0..).zip(&layout.vertices) {
            places[vertex.index()] = place;
        }
        for vertex in &layout.vertices {
            layout.starts.push(Edge::at(layout.edges.len()).0);
            for edge in graph.outgoing(*vertex) {
                layout.heads.push(places[graph.head(*edge).index()]);
                layout.above.push(above[edge.index()]);
                layout.below.push(below[edge.index()]);
                layout.edges.push(*edge);
            }
        }
        layout.starts.push(Edge::at(layout.edges.len()).0);
        layout
    }

    fn slots(&self, place: usize) -> Range<usize> {
        self.starts[place] as usize..self.starts[place + 1] as usize
    }
}

/// A loop's slots and its ratio.
struct Found {
    slots: Vec<u32>,
    ratio: f64,
}

/// Who is told of a loop.
pub(super) type Told<'a> = &'a dyn Fn(&[Edge]);

/// A search for the loop with the greatest ratio.
pub(super) struct Howard<'a> {
    layout: &'a Layout,
    best: Option<Found>,
    values: Vec<f64>,
    /// The slot by which each place's walk goes on.
    policy: Vec<u32>,
    /// When a place was last seen, and where on the path.
    marks: Vec<u32>,
    depths: Vec<u32>,
    stamp: u32,
    path: Vec<u32>,
    order: Vec<u32>,
    rounds: usize,
    stop: &'a Stop,
    /// Told of every loop that is better than those before.
    better: Told<'a>,
}

impl<'a> Howard<'a> {
    /// A search that takes so many rounds at most, and none once somebody asks to stop.
    pub fn new(layout: &'a Layout, rounds: usize, (stop, better): (&'a Stop, Told<'a>)) -> Self {
        let places = layout.vertices.len();
        Self {
            layout,
            best: None,
            values: vec![0.0; places],
            policy: vec![END; places],
            marks: vec![0; places],
            depths: vec![0; places],
            stamp: 0,
            path: Vec::new(),
            order: Vec::new(),
            rounds,
            stop,
            better,
        }
    }

    /// The edge by which a best walk leaves each vertex, and which close the best loop.
    pub fn run(mut self, vertices: usize) -> Vec<Option<Edge>> {
        for component in &self.layout.components {
            self.greedy(component);
            while self.settle(component, true) {}
        }
        // All ratios are known; now walks may leave their components.
        for component in &self.layout.components {
            while self.settle(component, false) {}
        }
        for slot in self.best.iter().flat_map(|best| &best.slots) {
            let place = self.layout.starts.partition_point(|start| start <= slot) - 1;
            self.policy[place] = *slot;
        }
        let mut policy = vec![None; vertices];
        for (vertex, slot) in self.layout.vertices.iter().zip(&self.policy) {
            policy[vertex.index()] = self.layout.edges.get(*slot as usize).copied();
        }
        policy
    }

    fn weight(&self, slot: usize, ratio: f64) -> f64 {
        self.layout.above[slot] - ratio * self.layout.below[slot]
    }

    /// Lets every place of a component take the edge that weighs most under the best ratio so far; at first, under
    /// that of all the component's edges together.
    fn greedy(&mut self, component: &Range<usize>) {
        let layout = self.layout;
        let ratio = self.best.as_ref().map_or_else(
            || {
                let slots = layout.slots(component.start).start..layout.starts[component.end] as usize;
                let (above, below) = (&layout.above[slots.clone()], &layout.below[slots]);
                let ratio = above.iter().sum::<f64>() / below.iter().sum::<f64>();
                if ratio.is_finite() { ratio } else { 0.0 }
            },
            |best| best.ratio,
        );
        for place in component.clone() {
            let mut most = f64::NEG_INFINITY;
            for slot in layout.slots(place).filter(|slot| component.contains(&(layout.heads[*slot] as usize)))
            {
                let weight = self.weight(slot, ratio);
                if weight > most {
                    (most, self.policy[place]) = (weight, Edge::at(slot).0);
                }
            }
        }
    }

    /// Rounds until a better loop is found, which is whether there is one, or no walk gets better.
    fn settle(&mut self, component: &Range<usize>, inside: bool) -> bool {
        while let Some(left) = self.rounds.checked_sub(1).filter(|_| !self.stop.is_asked()) {
            self.rounds = left;
            self.stop.progress().step();
            if let Some(found) = self.evaluate(component) {
                let edges: Vec<Edge> =
                    found.slots.iter().map(|slot| self.layout.edges[*slot as usize]).collect();
                (self.better)(&edges);
                self.best = Some(found);
                return true;
            }
            if !self.improve(component, inside) {
                break;
            }
        }
        false
    }

    /// Values the policy; its loops are cut open, and the best that has a better ratio is returned.
    fn evaluate(&mut self, component: &Range<usize>) -> Option<Found> {
        self.stamp += 1;
        self.order.clear();
        let mut found: Option<Found> = None;
        for start in component.clone() {
            if self.marks[start] != self.stamp
                && let Some(closed) = self.descend(start, component)
            {
                let sum = |numbers: &[f64]| closed.iter().map(|slot| numbers[*slot as usize]).sum::<f64>();
                let ratio = sum(&self.layout.above) / sum(&self.layout.below);
                let known = found.as_ref().or(self.best.as_ref()).map(|known| known.ratio);
                if ratio.is_finite() && known.is_none_or(|known| exceeds(ratio, known)) {
                    found = Some(Found { slots: closed, ratio });
                }
            }
            self.unwind();
        }
        found
    }

    /// Follows the policy to what is valued already; a loop met on the way is cut at its end and returned.
    fn descend(&mut self, start: usize, component: &Range<usize>) -> Option<Vec<u32>> {
        let mut at = start;
        loop {
            self.marks[at] = self.stamp;
            self.depths[at] = Vertex::at(self.path.len()).0;
            self.path.push(Vertex::at(at).0);
            let next = *self.layout.heads.get(self.policy[at] as usize)? as usize;
            if !component.contains(&next) {
                return None;
            }
            if self.marks[next] == self.stamp {
                let depth = self.depths[next] as usize;
                if self.path.get(depth).is_none_or(|place| *place as usize != next) {
                    return None;
                }
                let closed = self.path[depth..].iter().map(|place| self.policy[*place as usize]).collect();
                self.policy[at] = END;
                return Some(closed);
            }
            at = next;
        }
    }

    /// Values the path just followed, from its end back. A walk that is worth less than nothing ends at once.
    fn unwind(&mut self) {
        let ratio = self.best.as_ref().map_or(0.0, |best| best.ratio);
        while let Some(place) = self.path.pop() {
            let (at, slot) = (place as usize, self.policy[place as usize]);
            let next = self.layout.heads.get(slot as usize);
            let value =
                next.map_or(0.0, |next| self.weight(slot as usize, ratio) + self.values[*next as usize]);
            if value < 0.0 {
                self.policy[at] = END;
            }
            self.values[at] = value.max(0.0);
            self.order.push(place);
        }
    }

    /// Lets every place take a better edge; whether any did.
    fn improve(&mut self, component: &Range<usize>, inside: bool) -> bool {
        let ratio = self.best.as_ref().map_or(0.0, |best| best.ratio);
        let layout = self.layout;
        let mut improved = false;
        for place in &self.order {
            let at = *place as usize;
            for slot in layout.slots(at) {
                let next = layout.heads[slot] as usize;
                if inside && !component.contains(&next) {
                    continue;
                }
                let value = layout.above[slot] - ratio * layout.below[slot] + self.values[next];
                if exceeds(value, self.values[at]) {
                    (self.values[at], self.policy[at]) = (value, Edge::at(slot).0);
                    improved = true;
                }
            }
        }
        improved
    }
}
