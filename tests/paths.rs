//! The best paths of random networks, against enumeration of all paths; their certificates and corruptions.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::certify::check;
use loopc::certify::path::{PathAnswer, PathOutcome, PathProblem, best_path};
use loopc::exact::Rational;
use loopc::network::{Edge, Vertex};
use networks::{Network, SplitMix64, all_loops, all_paths, random_network, sum};

const NETWORKS: u64 = 4_000;

fn ends(network: &Network, seed: u64) -> (Vertex, Vertex) {
    let mut random = SplitMix64(seed ^ 0xABCD);
    let most = network.graph.vertex_count() as i64 - 1;
    (Vertex(random.between(0, most) as u32), Vertex(random.between(0, most) as u32))
}

/// All paths in the one order; the best are before the others.
fn ranked(network: &Network, from: Vertex, to: Vertex) -> Vec<(Rational, Vec<Edge>)> {
    let paths = if from == to { vec![vec![]] } else { all_paths(&network.graph, from, to) };
    let mut ranked: Vec<_> =
        paths.into_iter().map(|edges| (sum(&network.numerator, &edges), edges)).collect();
    ranked.sort_by(|one, other| {
        let key = |path: &(Rational, Vec<Edge>)| (path.1.len(), path.1.clone());
        other.0.cmp(&one.0).then(key(one).cmp(&key(other)))
    });
    ranked
}

/// The loop that an outcome must show: of those between the ends, the most per edge, then the one order.
fn improving(network: &Network, from: Vertex, to: Vertex) -> Option<Vec<Edge>> {
    let reaches = |from, to| from == to || !all_paths(&network.graph, from, to).is_empty();
    let between = |edges: &Vec<Edge>| {
        let at = network.graph.tail(edges[0]);
        reaches(from, at) && reaches(at, to)
    };
    let mean = |edges: &Vec<Edge>| {
        sum(&network.numerator, edges).checked_div(&Rational::from(edges.len() as i64)).expect("not empty")
    };
    let loops = all_loops(&network.graph).into_iter().filter(between);
    let improving = loops.filter(|edges| mean(edges).is_positive());
    improving.min_by_key(|edges| (-mean(edges), edges[0], edges.len(), edges.clone()))
}

fn assert_corruptions_refused(problem: &PathProblem<'_>, answer: &PathAnswer, seed: u64) {
    let refused = |change: &dyn Fn(&mut PathAnswer)| {
        let mut wrong = answer.clone();
        change(&mut wrong);
        assert!(check::path(problem, &wrong).is_err(), "seed {seed}: {wrong:?}");
    };
    let small = Rational::ONE.checked_div(&Rational::from(1_000_003)).expect("not zero");
    for by in [Rational::ONE, -Rational::ONE, small.clone(), -small] {
        refused(&|wrong| wrong.value += &by);
        for (place, pi) in answer.certificate.pi.iter().enumerate() {
            refused(&|wrong| {
                wrong.certificate.pi[place] = Some(pi.as_ref().map_or_else(|| by.clone(), |pi| pi + &by));
            });
            if pi.is_some() {
                refused(&|wrong| wrong.certificate.pi[place] = None);
            }
        }
    }
    refused(&|wrong| {
        wrong.certificate.pi.pop();
    });
    for place in 0..answer.edges.len() {
        for edge in problem.graph.edges().filter(|edge| *edge != answer.edges[place]) {
            refused(&|wrong| wrong.edges[place] = edge);
        }
        refused(&|wrong| {
            wrong.edges.remove(place);
        });
    }
    refused(&|wrong| wrong.edges.push(Edge(0)));
}

#[test]
fn outcomes_are_those_of_enumeration() {
    let (mut none, mut endless, mut best) = (0, 0, 0);
    for seed in 0..NETWORKS {
        let mut network = random_network(seed);
        if seed % 3 > 0 {
            // Least cost: fewer loops improve.
            network.numerator = network.denominator.iter().map(|number| -number).collect();
        }
        if network.graph.edge_count() == 0 {
            continue;
        }
        let (from, to) = ends(&network, seed);
        let problem = PathProblem { graph: &network.graph, weights: &network.numerator, from, to };
        let ranked = ranked(&network, from, to);
        match best_path(&problem) {
            PathOutcome::NoPath { reached } => {
                assert!(ranked.is_empty(), "seed {seed}");
                assert_eq!(check::no_path(&problem, &reached), Ok(()), "seed {seed}");
                assert!(check::no_path(&problem, &reached[1..]).is_err(), "seed {seed}");
                none += 1;
            }
            PathOutcome::Improving { cycle } => {
                assert_eq!(improving(&network, from, to), Some(cycle.clone()), "seed {seed}");
                assert_eq!(check::improving(&problem, &cycle), Ok(()), "seed {seed}");
                endless += 1;
            }
            PathOutcome::Stopped { .. } => panic!("seed {seed}: nobody asks to stop"),
            PathOutcome::Optimal(answer) => {
                assert_eq!(improving(&network, from, to), None, "seed {seed}");
                assert_eq!((&answer.value, &answer.edges), (&ranked[0].0, &ranked[0].1), "seed {seed}");
                let tied = ranked.get(1).is_some_and(|next| next.0 == ranked[0].0);
                assert_eq!(answer.tied, tied, "seed {seed}");
                assert_eq!(check::path(&problem, &answer), Ok(()), "seed {seed}");
                if seed % 5 == 0 {
                    assert_corruptions_refused(&problem, &answer, seed);
                }
                best += 1;
            }
        }
    }
    assert!(none > 100 && endless > 100 && best > 500, "{none} {endless} {best}");
}
