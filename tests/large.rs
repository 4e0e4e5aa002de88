//! Large networks: bounded by counted rounds and nodes, not by seconds; they simply run in the suite.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::certify::check;
use loopc::certify::ratio::{RatioAnswer, RatioOutcome, best_loops};
use loopc::certify::{Gap, path};
use loopc::exact::Rational;
use loopc::network::{Digraph, Vertex, closure};
use loopc::solve::hinted;
use networks::{Network, SplitMix64};

fn random_large(edges: usize, seed: u64) -> Network {
    let mut random = SplitMix64(seed);
    let vertices = edges as i64 / 5;
    let ends: Vec<_> = (0..edges)
        .map(|_| {
            let mut end = || Vertex(random.between(0, vertices - 1) as u32);
            (end(), end())
        })
        .collect();
    let mut numbers = |low, high| (0..edges).map(|_| Rational::from(random.between(low, high))).collect();
    let numerator = numbers(-100, 100);
    Network { graph: Digraph::new(vertices as usize, &ends), numerator, denominator: numbers(1, 100) }
}

fn solved(network: &Network, top: usize) -> RatioAnswer {
    let RatioOutcome::Optimal(answer) = best_loops(&network.words().problem(), top, &hinted) else {
        panic!("there are loops, with positive denominators");
    };
    let proved =
        check::loops(&network.words().problem(), &answer.certificate, &answer.loops, answer.exhausted);
    assert!(proved.is_ok(), "{proved:?}");
    if network.graph.edge_count() > 2_000 {
        assert_eq!(check::gaps(&network.words().problem(), &answer.certificate.nodes[0]), answer.gaps);
    }
    *answer
}

#[test]
fn twenty_thousand_flows() {
    let network = random_large(20_000, 1);
    let answer = solved(&network, 2);
    assert_eq!(answer.loops.len(), 2);
    assert!(answer.complete);
    assert_eq!(
        answer,
        *match best_loops(&network.words().problem(), 2, &|_| Vec::new()) {
            RatioOutcome::Optimal(unhinted) => unhinted,
            other => panic!("{other:?}"),
        }
    );
    for (edge, critical) in network.graph.edges().zip(&answer.critical) {
        let gap = answer.gaps.of(edge);
        assert!(!critical || matches!(gap, Gap::Exactly(gap) if gap.is_zero()) || gap == Gap::NotComputed);
    }
}

#[test]
fn gaps_everywhere_agree_with_gaps_around_the_loop() {
    let network = random_large(2_000, 5);
    let answer = solved(&network, 1);
    // The same network beside so many idle places that only the loop's surroundings are looked at.
    let ends: Vec<_> =
        network.graph.edges().map(|edge| (network.graph.tail(edge), network.graph.head(edge))).collect();
    let vast = Network { graph: Digraph::new(10_000, &ends), ..network.clone() };
    let around = solved(&vast, 1);
    let mut compared = 0;
    for edge in network.graph.edges() {
        let (here, there) = (answer.gaps.of(edge), around.gaps.of(edge));
        if there != Gap::NotComputed {
            assert_eq!(here, there);
            compared += 1;
        }
    }
    assert!(compared > answer.loops[0].edges.len());
}

/// One loop through every place, with a way out and back everywhere: no recursion would survive it.
#[test]
fn a_ring_of_a_hundred_thousand() {
    let count = 100_000u32;
    let mut ends: Vec<_> = (0..count).map(|place| (Vertex(place), Vertex((place + 1) % count))).collect();
    ends.push((Vertex(count), Vertex(0)));
    let graph = Digraph::new(0, &ends);
    let ones = vec![Rational::ONE; ends.len()];
    let network = Network { graph, numerator: ones.clone(), denominator: ones };
    let answer = solved(&network, 1);
    assert_eq!(answer.loops[0].edges.len(), count as usize);
    assert_eq!(answer.loops[0].ratio, Rational::ONE);
    let closure = closure(&network.graph);
    assert_eq!(closure.open.len(), 1);
    assert_eq!(closure.pieces[0].mend, [(Vertex(0), Vertex(count))]);
    let weights: Vec<Rational> = network.numerator.iter().map(|number| -number).collect();
    let problem = path::PathProblem {
        graph: &network.graph,
        weights: &weights,
        from: Vertex(count),
        to: Vertex(count - 1),
    };
    let path::PathOutcome::Optimal(answer) = path::best_path(&problem) else { panic!("there is a path") };
    assert_eq!(answer.value, Rational::from(-i64::from(count)));
    assert_eq!(check::path(&problem, &answer), Ok(()));
}
