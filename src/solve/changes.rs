//! The loop engine at its fastest: from loop to better loop, looking only at what changed.
//!
//! The first loop is the best of those that close where every vertex takes the edge that weighs most under the ratio of all
//! edges together. From there on the exact search's own method goes on in doubles (`network/heights.rs`).
//!
//! Source: mathematics §2, engine *cycle*; Dasdan 2004.

use super::doubles::{Doubles, Near, exceeds};
use super::howard::Told;
use crate::network::{Digraph, Edge, Heights, Settled, Step, Subgraph, Vertex, Weighed, loops_of, step};
use crate::stop::Stop;

/// How many better loops it goes through before it leaves the rest to rounds over all vertices.
const MOST_LOOPS: usize = 100;

/// How many edges a search may look at beside a sweep, for each edge that there is, before it leaves the rest to rounds.
const LOOKS: usize = 8;

/// A graph with two doubles for each edge.
pub(super) struct Figures<'a> {
    pub graph: &'a Digraph,
    pub above: &'a Doubles<'a>,
    pub below: &'a Doubles<'a>,
}

/// Figures weighed under a ratio.
struct Under<'f> {
    figures: &'f Figures<'f>,
    ratio: f64,
}

impl Weighed for Under<'_> {
    type Weight = Near;

    fn all(&self) -> impl Iterator<Item = Step<Near>> {
        let scope = Subgraph::whole(self.figures.graph);
        scope.edges().map(move |edge| step(self, scope, edge))
    }

    fn entering(&self, vertex: Vertex) -> impl Iterator<Item = Step<Near>> {
        let scope = Subgraph::whole(self.figures.graph);
        scope.incoming(vertex).map(move |edge| step(self, scope, edge))
    }

    #[inline]
    fn weight(&self, edge: Edge) -> Near {
        let [above, below] = self.figures.of(edge);
        Near(above - self.ratio * below)
    }
}

impl Figures<'_> {
    /// Both numbers of an edge.
    #[inline]
    pub fn of(&self, edge: Edge) -> [f64; 2] {
        [self.above.at(edge.index()), self.below.at(edge.index())]
    }

    /// The edge by which a good loop or walk leaves each vertex; nothing where there is more to do than this is good for.
    pub fn by_changes(&self, (stop, better): (&Stop, Told<'_>)) -> Option<Vec<Option<Edge>>> {
        let scope = Subgraph::whole(self.graph);
        let (mut best, mut ratio) = self.best(loops_of(scope, &self.greedy()), None)?;
        better(&best);
        let mut heights: Heights<Near> = Heights::new(self.graph.vertices().map(|_| None));
        let mut looks = self.graph.edge_count().saturating_mul(LOOKS);
        for _ in 0..MOST_LOOPS {
            let loops = match heights.settle(&Under { figures: self, ratio }, (&mut looks, stop)) {
                Settled::Loops(loops) => loops,
                Settled::Unsettled => return None,
                Settled::Heaviest | Settled::Stopped => return Some(self.closed(&heights, &best)),
            };
            // A loop that is no better is one by rounding alone.
            let Some(found) = self.best(loops, Some(ratio)) else {
                return Some(self.closed(&heights, &best));
            };
            (best, ratio) = found;
            better(&best);
        }
        None
    }

    /// The walks known, and the best loop closed among them.
    fn closed(&self, heights: &Heights<Near>, best: &[Edge]) -> Vec<Option<Edge>> {
        let mut policy: Vec<Option<Edge>> = heights.policy().map(|next| next.map(|(edge, _)| edge)).collect();
        best.iter().for_each(|edge| policy[self.graph.tail(*edge).index()] = Some(*edge));
        policy
    }

    /// For each vertex the edge on a loop that weighs most under the ratio of all of them together.
    fn greedy(&self) -> Vec<Option<Edge>> {
        let components = self.graph.components();
        let scope = Subgraph::whole(self.graph);
        let inside = || self.graph.edges().filter(|edge| components.joins(scope, *edge));
        let (mut above, mut below) = (0.0, 0.0);
        for edge in inside() {
            above += self.above.at(edge.index());
            below += self.below.at(edge.index());
        }
        let ratio = above / below;
        let under = Under { figures: self, ratio: if ratio.is_finite() { ratio } else { 0.0 } };
        let mut most = vec![f64::NEG_INFINITY; self.graph.vertex_count()];
        let mut policy = vec![None; self.graph.vertex_count()];
        for edge in inside() {
            let (Near(weight), tail) = (under.weight(edge), self.graph.tail(edge).index());
            if weight > most[tail] {
                (most[tail], policy[tail]) = (weight, Some(edge));
            }
        }
        policy
    }

    /// The loop with the best ratio, and that, where it is better than another.
    fn best(&self, loops: Vec<Vec<Edge>>, than: Option<f64>) -> Option<(Vec<Edge>, f64)> {
        let mut best: Option<(Vec<Edge>, f64)> = None;
        for edges in loops {
            let sum = |doubles: &Doubles<'_>| edges.iter().map(|edge| doubles.at(edge.index())).sum::<f64>();
            let ratio = sum(self.above) / sum(self.below);
            let known = best.as_ref().map(|(_, ratio)| *ratio).or(than);
            if ratio.is_finite() && known.is_none_or(|known| exceeds(ratio, known)) {
                best = Some((edges, ratio));
            }
        }
        best
    }
}
