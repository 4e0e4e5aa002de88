//! The parts of a network that are tied together by loops of what may still change, and prices that join them.
//!
//! Source: mathematics §4, *Networks*.

use std::collections::VecDeque;

use super::scaling::Offer;
use crate::network::{Components, Digraph, Edge, Subgraph, Vertex};

/// The strongly connected components of all steps that are open.
#[derive(Debug)]
pub struct Parts {
    /// An edge for each open step.
    graph: Digraph,
    /// Of each edge, the offer that it is a step of, and whether that rises.
    steps: Vec<(usize, bool)>,
    components: Components,
}

/// What the parts ask that have something to ask, as a network of their own.
#[derive(Debug)]
pub struct Asking {
    /// Which offers they are.
    pub places: Vec<usize>,
    pub offers: Vec<Offer>,
    /// Which vertices theirs are.
    pub vertices: Vec<usize>,
}

impl Parts {
    pub fn of(offers: &[Offer], vertices: usize) -> Self {
        let (mut ends, mut steps) = (Vec::new(), Vec::new());
        for (place, offer) in offers.iter().enumerate() {
            let (tail, head) = (Vertex(offer.tail), Vertex(offer.head));
            if offer.rise > 0 {
                ends.push((tail, head));
                steps.push((place, true));
            }
            if offer.fall > 0 {
                ends.push((head, tail));
                steps.push((place, false));
            }
        }
        let graph = Digraph::new(vertices, &ends);
        let components = Components::strong(Subgraph::whole(&graph));
        Self { graph, steps, components }
    }

    /// The arcs of all parts in which a step gains under these prices.
    pub fn asking(&self, offers: &[Offer], prices: &[i128]) -> Asking {
        let part = |offer: &Offer| {
            let own = self.components.of(Vertex(offer.tail));
            (own == self.components.of(Vertex(offer.head))).then_some(own)
        };
        let mut asks = vec![false; self.components.count()];
        for offer in offers {
            if let Some(part) = part(offer).filter(|part| !asks[*part]) {
                asks[part] = gain(offer, prices) > 0;
            }
        }
        let mut asking = Asking { places: Vec::new(), offers: Vec::new(), vertices: Vec::new() };
        let mut renamed = vec![0u32; prices.len()];
        for (vertex, name) in renamed.iter_mut().enumerate() {
            if asks[self.components.of(Vertex::at(vertex))] {
                *name = Vertex::at(asking.vertices.len()).0;
                asking.vertices.push(vertex);
            }
        }
        for (place, offer) in offers.iter().enumerate() {
            if part(offer).is_some_and(|part| asks[part]) {
                let (tail, head) = (renamed[offer.tail as usize], renamed[offer.head as usize]);
                asking.places.push(place);
                asking.offers.push(Offer { tail, head, ..*offer });
            }
        }
        asking
    }

    /// Lowers the prices of whole parts until no step from one to another gains. Within each, none does.
    pub fn join(&self, offers: &[Offer], prices: &mut [i128]) {
        let mut lowered = vec![0i128; self.components.count()];
        // A step leads to a part that is listed earlier.
        for part in (0..self.components.count()).rev() {
            for tail in self.components.members(part) {
                for edge in self.graph.outgoing(*tail) {
                    let head = self.graph.head(*edge);
                    let other = self.components.of(head);
                    if other != part {
                        let apart = prices[tail.index()] - prices[head.index()];
                        let most = lowered[part] + self.cost(offers, *edge) + apart;
                        lowered[other] = lowered[other].min(most);
                    }
                }
            }
        }
        for (vertex, price) in prices.iter_mut().enumerate() {
            *price += lowered[self.components.of(Vertex::at(vertex))];
        }
    }

    fn cost(&self, offers: &[Offer], edge: Edge) -> i128 {
        let (place, rises) = self.steps[edge.index()];
        if rises { offers[place].cost } else { -offers[place].cost }
    }
}

/// Prices under which every arc between its bounds costs nothing, as far as such arcs close no loops.
pub fn tied(offers: &[Offer], vertices: usize) -> Vec<i128> {
    let (mut prices, mut seen) = (vec![0i128; vertices], vec![false; vertices]);
    let between = || offers.iter().enumerate().filter(|(_, offer)| offer.rise > 0 && offer.fall > 0);
    let ends: Vec<(Vertex, Vertex)> =
        between().map(|(_, offer)| (Vertex(offer.tail), Vertex(offer.head))).collect();
    let places: Vec<usize> = between().map(|(place, _)| place).collect();
    let graph = Digraph::new(vertices, &ends);
    let mut queue = VecDeque::new();
    for first in graph.vertices() {
        if std::mem::replace(&mut seen[first.index()], true) {
            continue;
        }
        queue.push_back(first);
        while let Some(vertex) = queue.pop_front() {
            let own = prices[vertex.index()];
            let cost = |edge: &Edge| offers[places[edge.index()]].cost;
            let on = graph.outgoing(vertex).iter().map(|edge| (graph.head(*edge), own + cost(edge)));
            let back = graph.incoming(vertex).iter().map(|edge| (graph.tail(*edge), own - cost(edge)));
            for (next, price) in on.chain(back) {
                if !std::mem::replace(&mut seen[next.index()], true) {
                    prices[next.index()] = price;
                    queue.push_back(next);
                }
            }
        }
    }
    prices
}

/// The most that a step which is open gains.
pub fn violation(offers: &[Offer], prices: &[i128]) -> i128 {
    offers.iter().map(|offer| gain(offer, prices)).max().unwrap_or(0)
}

/// What the better of an arc's steps gains that are open; nothing where both lose.
fn gain(offer: &Offer, prices: &[i128]) -> i128 {
    let reduced = offer.cost + prices[offer.tail as usize] - prices[offer.head as usize];
    let rises = if offer.rise > 0 { -reduced } else { 0 };
    rises.max(if offer.fall > 0 { reduced } else { 0 }).max(0)
}
