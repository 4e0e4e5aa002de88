//! Random small networks, and what brute force says about them.

#![allow(dead_code, reason = "each test binary uses its own part")]

use loopc::exact::literal::parse_exact;
use loopc::exact::{Numbers, Rational};
use loopc::network::{Digraph, Edge, Vertex};
use loopc::program::RatioProblem;

/// Steele, Lea, Flood 2014: a sequence that depends on its seed alone.
pub struct SplitMix64(pub u64);

impl SplitMix64 {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }
}

/// A network with two numbers on each edge.
#[derive(Clone, Debug)]
pub struct Network {
    pub graph: Digraph,
    pub numerator: Vec<Rational>,
    pub denominator: Vec<Rational>,
}

/// A network with its numbers as engines take them.
#[derive(Debug)]
pub struct Words<'a> {
    pub graph: &'a Digraph,
    pub numerator: Numbers,
    pub denominator: Numbers,
}

impl Words<'_> {
    pub fn problem(&self) -> RatioProblem<'_> {
        RatioProblem { graph: self.graph, numerator: &self.numerator, denominator: &self.denominator }
    }
}

impl Network {
    /// The same with its numbers as engines take them.
    pub fn words(&self) -> Words<'_> {
        Words {
            graph: &self.graph,
            numerator: self.numerator.iter().cloned().collect(),
            denominator: self.denominator.iter().cloned().collect(),
        }
    }

    /// A network from `(tail, head, numerator, denominator)`, exact numbers as text.
    pub fn of(vertices: usize, edges: &[(u32, u32, &str, &str)]) -> Self {
        let ends: Vec<_> = edges.iter().map(|(tail, head, ..)| (Vertex(*tail), Vertex(*head))).collect();
        Self {
            graph: Digraph::new(vertices, &ends),
            numerator: edges.iter().map(|edge| exact(edge.2)).collect(),
            denominator: edges.iter().map(|edge| exact(edge.3)).collect(),
        }
    }
}

pub fn exact(text: &str) -> Rational {
    match text.split_once('.') {
        None => parse_exact(text).expect("an exact number"),
        Some((whole, places)) => {
            let digits = parse_exact(&format!("{whole}{places}")).expect("digits");
            digits.checked_div(&exact(&format!("1{}", "0".repeat(places.len())))).expect("not zero")
        }
    }
}

/// A small random network; the seed decides its shape and its kind of numbers.
pub fn random_network(seed: u64) -> Network {
    let mut random = SplitMix64(seed);
    let vertices = random.between(1, 9);
    let most = if random.between(0, 3) == 0 { 20 } else { 14 };
    let edges = random.between(0, most);
    let blocks = random.between(1, 3);
    let place = |random: &mut SplitMix64, block: i64| {
        let (low, high) = (vertices * block / blocks, (vertices * (block + 1) / blocks - 1).max(0));
        random.between(low.min(high), high) as u32
    };
    let ends: Vec<(Vertex, Vertex)> = (0..edges)
        .map(|_| {
            let from = random.between(0, blocks - 1);
            let to = if random.between(0, 4) == 0 { random.between(0, blocks - 1) } else { from };
            (Vertex(place(&mut random, from)), Vertex(place(&mut random, to)))
        })
        .collect();
    // Numbers of many digits are slow, so they are the kind of every twenty-eighth network only.
    let kind = match random.between(0, 27) {
        27 => 7,
        kind => kind % 7,
    };
    let numbers = (0..edges).map(|_| numbers(&mut random, kind));
    let (numerator, denominator) = numbers.unzip();
    Network { graph: Digraph::new(vertices as usize, &ends), numerator, denominator }
}

fn numbers(random: &mut SplitMix64, kind: i64) -> (Rational, Rational) {
    let whole = |random: &mut SplitMix64, low, high| Rational::from(random.between(low, high));
    let part = |random: &mut SplitMix64, low, high, most| {
        whole(random, low, high).checked_div(&whole(random, 1, most)).expect("not zero")
    };
    match kind {
        // Everything ties.
        0 => (Rational::ONE, Rational::ONE),
        1 => (whole(random, 0, 1), Rational::ONE),
        2 => (whole(random, -1, 2), whole(random, 1, 2)),
        // Zero and negative costs.
        3 => (whole(random, -2, 2), whole(random, 0, 2)),
        4 => (whole(random, -3, 3), whole(random, -1, 6)),
        5 => (part(random, -20, 20, 6), part(random, 1, 20, 6)),
        // Beyond machine integers.
        6 => {
            let vast = exact(&format!("1{}", "0".repeat(30)));
            (&whole(random, -3, 3) * &vast, &whole(random, 1, 3) * &vast)
        }
        // Beyond common denominators.
        _ => {
            let odd = |random: &mut SplitMix64| {
                let digits: String = (0..17).map(|_| (random.next() | 1 << 63).to_string()).collect();
                whole(random, 1, 4).checked_div(&exact(&format!("{digits}1"))).expect("not zero")
            };
            (odd(random), odd(random))
        }
    }
}

/// All simple loops, each from its least edge on.
pub fn all_loops(graph: &Digraph) -> Vec<Vec<Edge>> {
    let mut loops = Vec::new();
    for first in graph.edges() {
        extend(graph, &mut vec![first], &mut loops, |edge| edge > first);
    }
    loops
}

fn extend(
    graph: &Digraph,
    walk: &mut Vec<Edge>,
    found: &mut Vec<Vec<Edge>>,
    may: impl Fn(Edge) -> bool + Copy,
) {
    let at = graph.head(*walk.last().expect("a walk"));
    if at == graph.tail(walk[0]) {
        found.push(walk.clone());
        return;
    }
    for &edge in graph.outgoing(at) {
        let met = walk.iter().any(|taken| graph.head(*taken) == graph.head(edge));
        if may(edge) && !met {
            walk.push(edge);
            extend(graph, walk, found, may);
            walk.pop();
        }
    }
}

/// All simple paths between two different vertices.
pub fn all_paths(graph: &Digraph, from: Vertex, to: Vertex) -> Vec<Vec<Edge>> {
    let mut paths = Vec::new();
    let mut walks: Vec<Vec<Edge>> = graph.outgoing(from).iter().map(|edge| vec![*edge]).collect();
    while let Some(walk) = walks.pop() {
        let at = graph.head(*walk.last().expect("a walk"));
        if !graph.is_simple(&walk, from, at) || at == from {
            continue;
        }
        if at == to {
            paths.push(walk);
            continue;
        }
        walks.extend(graph.outgoing(at).iter().map(|edge| [walk.clone(), vec![*edge]].concat()));
    }
    paths
}

pub fn sum(numbers: &[Rational], edges: &[Edge]) -> Rational {
    edges.iter().map(|edge| &numbers[edge.index()]).sum()
}
