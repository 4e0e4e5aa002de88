//! Families of networks that are hard for one engine or another: whatever suggests, the answer is the same, proved,
//! and on small ones the best of all loops.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::certify::check;
use loopc::certify::ratio::{RatioOutcome, best_loops};
use loopc::exact::Rational;
use loopc::network::{Digraph, Edge, Vertex};
use loopc::program::RatioProblem;
use loopc::solve::{Microlp, hint_with, suggest_cycle};
use networks::{Network, SplitMix64, all_loops, exact, sum};

/// Edges with a numerator and a denominator.
type Edges = Vec<(u32, u32, Rational, Rational)>;

fn network(vertices: u32, edges: Edges) -> Network {
    let ends: Vec<_> = edges.iter().map(|(tail, head, ..)| (Vertex(*tail), Vertex(*head))).collect();
    let (numerator, denominator) = edges.into_iter().map(|(_, _, above, below)| (above, below)).unzip();
    Network { graph: Digraph::new(vertices as usize, &ends), numerator, denominator }
}

fn whole(number: i64) -> Rational {
    Rational::from(number)
}

/// A way down with a loop at every step, each better than the one before by less and less: policy iteration that
/// looks at what is near finds one after the other.
fn staircase(size: u32, random: &mut SplitMix64) -> Network {
    let mut edges = Edges::new();
    for step in 0..size {
        let height = i64::from(step);
        edges.push((step, step, whole(height * 1_000 - height * height), whole(1_000)));
        if step + 1 < size {
            edges.push((step, step + 1, whole(-random.between(1, 1_000_000)), whole(1)));
            edges.push((step + 1, step, whole(-random.between(1, 1_000_000)), whole(1)));
        }
    }
    network(size, edges)
}

/// Every vertex leads to all earlier ones, with weights that double: values change again and again.
fn doubling(size: u32, random: &mut SplitMix64) -> Network {
    let mut edges = Edges::new();
    for tail in 0..size {
        for head in 0..tail {
            let weight = (1_i64 << (2 * (tail - head)).min(40)) + random.between(0, 3);
            edges.push((tail, head, whole(-weight), whole(1)));
        }
        edges.push((tail, (tail + 1) % size, whole(i64::from(tail)), whole(1)));
    }
    network(size, edges)
}

/// Rings of their own whose ratios are equal, or differ in the last of twelve digits.
fn far_apart(size: u32, random: &mut SplitMix64) -> Network {
    let mut edges = Edges::new();
    for ring in 0..size / 3 {
        let least = random.between(0, 1);
        for place in 0..3 {
            let last = if place == 0 { least } else { 0 };
            let edge = (3 * ring + place, 3 * ring + (place + 1) % 3);
            edges.push((edge.0, edge.1, whole(100_000_000_000 + last), whole(300_000_000_000)));
        }
        if ring > 0 && random.between(0, 2) == 0 {
            edges.push((3 * ring, 3 * ring - 1, whole(999_999_999_999), whole(1)));
        }
    }
    network(size / 3 * 3, edges)
}

/// Numbers that no double tells apart.
fn beyond_doubles(size: u32, random: &mut SplitMix64) -> Network {
    let mut edges = Edges::new();
    for _ in 0..4 * size {
        let (tail, head) =
            (random.between(0, i64::from(size) - 1) as u32, random.between(0, i64::from(size) - 1) as u32);
        let above = whole(900_000_000_000_000_000 + random.between(0, 9));
        edges.push((tail, head, above, whole(700_000_000_000_000_000 + random.between(0, 1))));
    }
    network(size, edges)
}

/// Numbers whose sums just fit machine integers, or just do not.
fn at_the_edge(size: u32, random: &mut SplitMix64) -> Network {
    let bits = 50 + random.between(0, 14) as usize;
    let vast = exact(&(1_u128 << bits).to_string());
    let mut edges = Edges::new();
    for _ in 0..3 * size {
        let (tail, head) =
            (random.between(0, i64::from(size) - 1) as u32, random.between(0, i64::from(size) - 1) as u32);
        let (above, below) = (random.between(-9, 9), random.between(0, 9));
        edges.push((tail, head, &vast - &whole(above), &vast - &whole(below)));
    }
    network(size, edges)
}

/// Costs of nothing on the way, decimals of all lengths, and edges that no loop takes.
fn mixed(size: u32, random: &mut SplitMix64) -> Network {
    let mut edges = Edges::new();
    for place in 0..size {
        edges.push((place, (place + 1) % size, whole(random.between(-5, 5)), whole(1)));
    }
    for _ in 0..3 * size {
        let tail = random.between(0, i64::from(size) - 1) as u32;
        let head = random.between(0, i64::from(size) + 2) as u32;
        let scale = exact(&10_u64.pow(random.between(0, 12) as u32).to_string());
        let above = whole(random.between(-999, 999)).checked_div(&scale).expect("not zero");
        edges.push((tail, head, above, whole(random.between(0, 2))));
    }
    network(size + 3, edges)
}

type Family = fn(u32, &mut SplitMix64) -> Network;

const FAMILIES: [Family; 6] = [staircase, doubling, far_apart, beyond_doubles, at_the_edge, mixed];

fn same_whoever_suggests(network: &Network, what: &str) -> RatioOutcome {
    let words = network.words();
    let problem = words.problem();
    let alone = best_loops(&problem, 2, &|_| Vec::new());
    let solver = |problem: &RatioProblem<'_>| hint_with(&Microlp, problem);
    assert_eq!(best_loops(&problem, 2, &suggest_cycle), alone, "{what}: cycle");
    assert_eq!(best_loops(&problem, 2, &solver), alone, "{what}: lp");
    if let RatioOutcome::Optimal(answer) = &alone {
        let proved = check::loops(&problem, &answer.certificate, &answer.loops, answer.exhausted);
        assert!(proved.is_ok(), "{what}: {proved:?}");
    }
    alone
}

#[test]
fn hard_families_have_one_answer() {
    for (place, family) in FAMILIES.iter().enumerate() {
        for (seed, size) in (0..).zip([10, 17, 30, 45, 60]) {
            let network = family(size, &mut SplitMix64(seed));
            same_whoever_suggests(&network, &format!("family {place}, seed {seed}"));
        }
    }
}

#[test]
fn small_ones_are_the_best_of_all_loops() {
    let mut optimal = [0; FAMILIES.len()];
    for (place, family) in FAMILIES.iter().enumerate() {
        for seed in 0..60 {
            let network = family(3 + (seed % 4) as u32, &mut SplitMix64(seed));
            let what = format!("family {place}, seed {seed}");
            let RatioOutcome::Optimal(answer) = same_whoever_suggests(&network, &what) else { continue };
            let ratio = |edges: &Vec<Edge>| {
                sum(&network.numerator, edges).checked_div(&sum(&network.denominator, edges))
            };
            let best = all_loops(&network.graph).iter().filter_map(ratio).max();
            assert_eq!(best, Some(answer.certificate.lambda.clone()), "{what}");
            optimal[place] += 1;
        }
    }
    assert!(optimal.iter().all(|count| *count > 20), "{optimal:?}");
}

/// On long staircases and many rings the engine alone finds the best loop: the exact search confirms it.
#[test]
fn the_loop_engine_suggests_the_best_loop_of_large_ones() {
    let mut optimal = 0;
    for family in [staircase as Family, doubling, far_apart, mixed] {
        let network = family(300, &mut SplitMix64(7));
        let words = network.words();
        let problem = words.problem();
        let RatioOutcome::Optimal(answer) = best_loops(&problem, 1, &suggest_cycle) else { continue };
        let policy = suggest_cycle(&problem);
        let loops = loopc::network::loops_of(loopc::network::Subgraph::whole(&network.graph), &policy);
        let ratio =
            |edges: &Vec<Edge>| sum(&network.numerator, edges).checked_div(&sum(&network.denominator, edges));
        assert_eq!(loops.iter().filter_map(ratio).max(), Some(answer.certificate.lambda.clone()));
        optimal += 1;
    }
    assert!(optimal >= 3, "{optimal}");
}
