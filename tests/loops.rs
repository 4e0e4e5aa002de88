//! The best loops of random networks, against enumeration of all loops; their certificates, and every
//! corruption of them; and hints that mean no good.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::certify::Gap;
use loopc::certify::check::{self, Verified};
use loopc::certify::ratio::{RankedLoop, RatioAnswer, RatioCertificate, RatioOutcome, best_loops, obstacle};
use loopc::exact::Rational;
use loopc::network::{Edge, Vertex};
use loopc::program::{Program, RatioProblem};
use loopc::solve::{SolveFault, Solver, Suggestion, hint_with, hinted, suggest_cycle};
use networks::{Network, SplitMix64, all_loops, random_network, sum};

const NETWORKS: u64 = 2_400;

/// What answers for a hint.
type Hint<'a> = &'a dyn Fn(&RatioProblem<'_>) -> Vec<Option<Edge>>;

fn no_hint(_: &RatioProblem<'_>) -> Vec<Option<Edge>> {
    Vec::new()
}

/// All loops of a network in the one order; nothing where a denominator is not positive.
fn ranked(network: &Network, loops: &[Vec<Edge>]) -> Option<Vec<RankedLoop>> {
    let mut ranked = Vec::new();
    for edges in loops {
        let denominator = sum(&network.denominator, edges);
        if !denominator.is_positive() {
            return None;
        }
        let ratio = sum(&network.numerator, edges).checked_div(&denominator)?;
        ranked.push(RankedLoop { edges: edges.clone(), ratio });
    }
    // Written out once more, so that the order of the crate is tested too.
    ranked.sort_by(|one, other| {
        let key = |ranked: &RankedLoop| (ranked.edges[0], ranked.edges.len(), ranked.edges.clone());
        other.ratio.cmp(&one.ratio).then(key(one).cmp(&key(other)))
    });
    Some(ranked)
}

/// The loop that a refusal must show: the least denominator per edge, then the one order.
fn worst(network: &Network, loops: &[Vec<Edge>]) -> Vec<Edge> {
    let mean = |edges: &Vec<Edge>| {
        sum(&network.denominator, edges).checked_div(&Rational::from(edges.len() as i64)).expect("not empty")
    };
    let key = |edges: &Vec<Edge>| (mean(edges), edges[0], edges.len(), edges.clone());
    loops.iter().min_by_key(|edges| key(edges)).expect("a loop").clone()
}

/// The gap of an edge; nothing where it is on no loop.
fn gap(network: &Network, loops: &[Vec<Edge>], edge: Edge, lambda: &Rational) -> Option<Rational> {
    let loss =
        |edges: &Vec<Edge>| &(lambda * &sum(&network.denominator, edges)) - &sum(&network.numerator, edges);
    loops.iter().filter(|edges| edges.contains(&edge)).map(loss).min()
}

fn assert_answer(network: &Network, answer: &RatioAnswer, top: usize, seed: u64) {
    let loops = all_loops(&network.graph);
    let ranked = ranked(network, &loops).expect("positive denominators");
    let shown = top.min(ranked.len());
    assert_eq!(answer.loops, ranked[..shown], "seed {seed}");
    assert!(answer.complete, "seed {seed}");
    if answer.exhausted || shown < top {
        assert_eq!(shown, ranked.len(), "seed {seed}");
        assert_eq!(answer.exhausted, shown < top, "seed {seed}");
    }
    let lambda = &ranked[0].ratio;
    assert_eq!(answer.tied, ranked.get(1).is_some_and(|next| next.ratio == *lambda), "seed {seed}");
    let at_cut = ranked.get(shown).is_some_and(|next| next.ratio == ranked[shown - 1].ratio);
    assert_eq!(answer.tie_at_cut, at_cut, "seed {seed}");
    for edge in network.graph.edges() {
        let best = |ranked: &&RankedLoop| ranked.ratio == *lambda && ranked.edges.contains(&edge);
        assert_eq!(answer.critical[edge.index()], ranked.iter().find(best).is_some(), "seed {seed} {edge:?}");
        let least = gap(network, &loops, edge, lambda);
        let wanted = least.as_ref().map_or(Gap::OnNoLoop, Gap::Exactly);
        assert_eq!(answer.gaps.of(edge), wanted, "seed {seed} {edge:?}");
    }
    let verified =
        Verified { tied: answer.tied, tie_at_cut: answer.tie_at_cut, critical: answer.critical.clone() };
    assert_eq!(verify(network, answer, &answer.certificate), Ok(verified), "seed {seed}");
    let gaps = check::gaps(&network.words().problem(), &answer.certificate.nodes[0]);
    assert_eq!(gaps, answer.gaps, "seed {seed}");
}

fn verify(
    network: &Network,
    answer: &RatioAnswer,
    proof: &RatioCertificate,
) -> Result<Verified, check::Fault> {
    check::loops(&network.words().problem(), proof, &answer.loops, answer.exhausted)
}

#[test]
fn outcomes_are_those_of_enumeration() {
    let (mut none, mut refused, mut optimal) = (0, 0, 0);
    for seed in 0..NETWORKS {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        let loops = all_loops(&network.graph);
        let top = 1 + (seed % 6) as usize;
        let outcome = best_loops(&problem, top, &no_hint);
        let solved = matches!(outcome, RatioOutcome::Optimal(_));
        assert_eq!(obstacle(&problem), (!solved).then(|| outcome.clone()), "seed {seed}");
        match outcome {
            RatioOutcome::NoLoop { ranks } => {
                assert!(loops.is_empty(), "seed {seed}");
                assert_eq!(check::no_loop(&network.graph, &ranks), Ok(()), "seed {seed}");
                for place in 0..ranks.len() {
                    let mut wrong = ranks.clone();
                    wrong[place] += 1;
                    assert!(check::no_loop(&network.graph, &wrong).is_err(), "seed {seed}");
                }
                none += 1;
            }
            RatioOutcome::Refused { cycle } => {
                assert!(ranked(&network, &loops).is_none(), "seed {seed}");
                assert_eq!(cycle, worst(&network, &loops), "seed {seed}");
                assert_eq!(check::refused(&problem, &cycle), Ok(()), "seed {seed}");
                refused += 1;
            }
            RatioOutcome::Stopped { .. } => panic!("seed {seed}: nobody asks to stop"),
            RatioOutcome::Optimal(answer) => {
                assert_answer(&network, &answer, top, seed);
                optimal += 1;
            }
        }
    }
    assert!(none > 100 && refused > 100 && optimal > 1_000, "{none} {refused} {optimal}");
}

/// Numbers near a number, none of which is it.
fn perturbed(number: &Rational) -> Vec<Rational> {
    let small = Rational::ONE.checked_div(&Rational::from(1_000_003)).expect("not zero");
    let mut near = vec![number + &Rational::ONE, number - &Rational::ONE, number + &small, number - &small];
    near.extend([-number, number * &Rational::from(2)].into_iter().filter(|other| other != number));
    near
}

/// Every way to change one number of a certificate.
fn wrong_numbers(right: &RatioCertificate) -> Vec<RatioCertificate> {
    let mut wrong = Vec::new();
    let mut add = |change: &dyn Fn(&mut RatioCertificate)| {
        let mut changed = right.clone();
        change(&mut changed);
        wrong.push(changed);
    };
    for near in perturbed(&right.lambda) {
        add(&|proof| proof.lambda = near.clone());
    }
    for place in 0..right.rho.len() {
        for near in perturbed(&right.rho[place]) {
            add(&|proof| proof.rho[place] = near.clone());
        }
        add(&|proof| proof.rank[place] += 1);
        add(&|proof| proof.rank[place] = proof.rank[place].wrapping_sub(1));
    }
    for node in 0..right.nodes.len() {
        for near in perturbed(&right.nodes[node].lambda) {
            add(&|proof| proof.nodes[node].lambda = near.clone());
        }
        for place in 0..right.rho.len() {
            for near in perturbed(&right.nodes[node].pi[place]) {
                add(&|proof| proof.nodes[node].pi[place] = near.clone());
            }
        }
    }
    wrong
}

/// Every way to change one entry of a list of edges, to drop one, or to add one.
fn wrong_lists(right: &[Edge], edges: usize) -> Vec<Vec<Edge>> {
    let mut wrong = Vec::new();
    for place in 0..right.len() {
        for edge in 0..=edges {
            let mut list = right.to_vec();
            list[place] = Edge(edge as u32);
            wrong.push(list);
        }
        let mut list = right.to_vec();
        list.remove(place);
        wrong.push(list);
        let mut list = right.to_vec();
        list.rotate_left(place);
        wrong.push(list);
    }
    for edge in 0..=edges {
        wrong.push([right, &[Edge(edge as u32)]].concat());
    }
    wrong.retain(|list| list != right);
    wrong
}

fn wrong_shapes(right: &RatioCertificate, edges: usize) -> Vec<RatioCertificate> {
    let mut wrong = Vec::new();
    let mut add = |change: &dyn Fn(&mut RatioCertificate)| {
        let mut changed = right.clone();
        change(&mut changed);
        wrong.push(changed);
    };
    add(&|proof| drop(proof.rho.pop()));
    add(&|proof| proof.rank.truncate(proof.rank.len() - 1));
    for node in 0..right.nodes.len() {
        for list in wrong_lists(&right.nodes[node].cycle, edges) {
            add(&|proof| proof.nodes[node].cycle = list.clone());
        }
        for list in wrong_lists(&right.nodes[node].removed, edges) {
            add(&|proof| proof.nodes[node].removed = list.clone());
        }
        add(&|proof| drop(proof.nodes[node].pi.pop()));
        add(&|proof| drop(proof.nodes.remove(node)));
        add(&|proof| proof.nodes.push(right.nodes[node].clone()));
        if node > 0 {
            add(&|proof| proof.nodes.swap(node - 1, node));
        }
    }
    wrong
}

#[test]
fn every_corrupted_certificate_is_refused() {
    let mut corruptions = 0;
    for seed in (0..NETWORKS).step_by(11) {
        let network = random_network(seed);
        let top = 1 + (seed % 4) as usize;
        let RatioOutcome::Optimal(answer) = best_loops(&network.words().problem(), top, &no_hint) else {
            continue;
        };
        let edges = network.graph.edge_count();
        let mut wrong = wrong_shapes(&answer.certificate, edges);
        wrong.extend(wrong_numbers(&answer.certificate));
        // Long searches have more corruptions than time; every so many of them, then.
        let step = 1 + wrong.len() / 400;
        for proof in wrong.iter().skip(seed as usize % step).step_by(step) {
            corruptions += 1;
            assert!(verify(&network, &answer, proof).is_err(), "seed {seed}: {proof:?}");
        }
    }
    assert!(corruptions > 20_000, "{corruptions}");
}

#[test]
fn every_corrupted_list_is_refused() {
    for seed in (0..NETWORKS).step_by(7) {
        let network = random_network(seed);
        let RatioOutcome::Optimal(answer) = best_loops(&network.words().problem(), 3, &no_hint) else {
            continue;
        };
        let all = all_loops(&network.graph).len();
        let refused = |loops: &[RankedLoop], exhausted: bool| {
            let verified = check::loops(&network.words().problem(), &answer.certificate, loops, exhausted);
            assert!(verified.is_err(), "seed {seed}: {loops:?}");
        };
        refused(&[], answer.exhausted);
        if answer.loops.len() < all {
            refused(&answer.loops, true);
        }
        for place in 0..answer.loops.len() {
            let mut loops = answer.loops.clone();
            loops[place].ratio = &loops[place].ratio + &Rational::ONE;
            refused(&loops, answer.exhausted);
            let mut loops = answer.loops.clone();
            loops[place].edges.rotate_left(1);
            if loops != answer.loops {
                refused(&loops, answer.exhausted);
            }
            let mut loops = answer.loops.clone();
            loops.push(loops[place].clone());
            refused(&loops, answer.exhausted);
            let mut loops = answer.loops.clone();
            loops.swap(0, place);
            if loops != answer.loops {
                refused(&loops, answer.exhausted);
            }
            if place + 1 < answer.loops.len() {
                let mut loops = answer.loops.clone();
                loops.remove(place);
                refused(&loops, answer.exhausted);
            }
        }
    }
}

/// A potential raised along a tight walk, and the rank to match: consistent with its neighbours, and wrong.
#[test]
fn numbers_that_are_wrong_together_are_refused() {
    let network = Network::of(2, &[(0, 1, "0", "1"), (1, 1, "1", "1")]);
    let RatioOutcome::Optimal(answer) = best_loops(&network.words().problem(), 1, &no_hint) else {
        panic!("there is a loop");
    };
    assert_eq!((&answer.certificate.rho, &answer.certificate.rank), (&vec![Rational::ZERO; 2], &vec![0; 2]));
    let mut wrong = answer.certificate.clone();
    wrong.rho[0] = Rational::ONE;
    wrong.rank[0] = 1;
    assert_eq!(verify(&network, &answer, &wrong), Err(check::Fault::LeastDenominator(Vertex(0))));
    // Both ends of the tight loop's walk raised alike: every edge is still at or below π.
    let mut wrong = answer.certificate.clone();
    wrong.nodes[0].pi = vec![Rational::ZERO, Rational::ONE];
    assert_eq!(
        verify(&network, &answer, &wrong),
        Err(check::Fault::Potential { node: 0, vertex: Vertex(1) })
    );
}

/// A solver that answers what a test tells it to.
struct Told(Vec<f64>);

impl Solver for Told {
    fn name(&self) -> &'static str {
        "told"
    }

    fn suggest(&self, _: &Program, _: &loopc::stop::Stop) -> Result<Suggestion, SolveFault> {
        Ok(Suggestion { values: self.0.clone() })
    }
}

struct Panics;

impl Solver for Panics {
    fn name(&self) -> &'static str {
        "panics"
    }

    fn suggest(&self, _: &Program, _: &loopc::stop::Stop) -> Result<Suggestion, SolveFault> {
        panic!("as numerical code does")
    }
}

#[test]
fn bad_hints_change_nothing() {
    for seed in (0..NETWORKS).step_by(3) {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        let top = 1 + (seed % 3) as usize;
        let right = best_loops(&problem, top, &no_hint);
        let mut random = SplitMix64(seed);
        let edges = network.graph.edge_count();
        let garbage: Vec<Option<Edge>> = (0..network.graph.vertex_count() + 2)
            .map(|_| Some(Edge(random.between(0, edges as i64 + 1) as u32)))
            .collect();
        let wrong: Vec<Option<Edge>> = network
            .graph
            .vertices()
            .map(|vertex| {
                let choices = network.graph.outgoing(vertex);
                choices.get(random.between(0, choices.len() as i64) as usize).copied()
            })
            .collect();
        let worst = |problem: &RatioProblem<'_>| {
            let numerator = problem.numerator.iter().map(|number| -number).collect();
            suggest_cycle(&RatioProblem { numerator: &numerator, ..*problem })
        };
        let noise = Told((0..edges).map(|_| random.between(-5, 5) as f64).collect());
        let none = Told(vec![f64::NAN; edges + 3]);
        let all = Told(vec![f64::INFINITY; edges / 2]);
        let hints: [Hint<'_>; 7] = [
            &|_| garbage.clone(),
            &|_| wrong.clone(),
            &worst,
            &suggest_cycle,
            &|problem| hint_with(&noise, problem),
            &|problem| hint_with(&none, problem),
            &|problem| hint_with(&all, problem),
        ];
        for hint in hints {
            assert_eq!(best_loops(&problem, top, hint), right, "seed {seed}");
        }
    }
}

#[test]
fn engines_and_their_panics_change_nothing() {
    for seed in (0..NETWORKS).step_by(40) {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        let right = best_loops(&problem, 2, &no_hint);
        assert_eq!(best_loops(&problem, 2, &hinted), right, "seed {seed}");
        if seed % 400 == 0 {
            assert_eq!(best_loops(&problem, 2, &|problem| hint_with(&Panics, problem)), right, "seed {seed}");
        }
    }
}

/// Twelve places in a ring of double flows: 4,096 loops, in thirteen groups of ties.
#[test]
fn a_long_list() {
    let ends = (0..24u32).map(|place| (place / 2, (place / 2 + 1) % 12, "0", "1"));
    let mut edges: Vec<(u32, u32, &str, &str)> = ends.collect();
    for edge in edges.iter_mut().step_by(2) {
        edge.2 = "1";
    }
    let network = Network::of(12, &edges);
    let RatioOutcome::Optimal(all) = best_loops(&network.words().problem(), usize::MAX, &no_hint) else {
        panic!("there are loops");
    };
    assert_eq!(all.loops.len(), 4_096);
    assert!(all.exhausted && all.complete && all.certificate.nodes.len() == 4_096);
    let RatioOutcome::Optimal(some) = best_loops(&network.words().problem(), 40, &no_hint) else {
        panic!("there are loops");
    };
    assert_eq!(some.loops, all.loops[..40]);
    assert!(some.tie_at_cut && !some.tied);
    assert!(verify(&network, &some, &some.certificate).is_ok());
}

/// All pairs of eight places have 16,064 loops: the search stops at its limit and says so, and what it lists
/// are the best loops still.
#[test]
fn a_search_cut_short_says_so() {
    let mut random = SplitMix64(8);
    let numbers: Vec<String> = (0..56).map(|_| random.between(1, 99).to_string()).collect();
    let pairs = (0..64u32).map(|pair| (pair / 8, pair % 8)).filter(|(tail, head)| tail != head);
    let edges: Vec<_> =
        pairs.zip(&numbers).map(|((tail, head), number)| (tail, head, number.as_str(), "3")).collect();
    let network = Network::of(8, &edges);
    let RatioOutcome::Optimal(answer) = best_loops(&network.words().problem(), usize::MAX, &no_hint) else {
        panic!("there are loops");
    };
    assert!(!answer.complete && !answer.exhausted);
    let ranked = ranked(&network, &all_loops(&network.graph)).expect("positive denominators");
    assert!((1_000..ranked.len()).contains(&answer.loops.len()));
    assert_eq!(answer.loops, ranked[..answer.loops.len()]);
    assert!(verify(&network, &answer, &answer.certificate).is_ok());
}
