//! Restricted loops and paths of random networks, against enumeration; and searches that cannot close.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod networks;

use loopc::certify::restricted::{Begin, RankedWalk, best, ceiling, proved, search, search_from};
use loopc::exact::Rational;
use loopc::network::{Digraph, Edge, Vertex};
use loopc::program::{RestrictedProblem, Waiting};
use loopc::stop::Stop;
use networks::{Network, SplitMix64, all_loops, all_paths, random_network, sum};

/// A network with restrictions.
struct Case {
    network: Network,
    denominator: Option<Vec<Rational>>,
    ends: Option<(Vertex, Vertex)>,
    through: Vec<Vec<Edge>>,
    length: (usize, usize),
    top: usize,
}

impl Case {
    fn problem(&self) -> RestrictedProblem<'_> {
        RestrictedProblem {
            graph: &self.network.graph,
            numerator: &self.network.numerator,
            denominator: self.denominator.as_deref(),
            ends: self.ends,
            through: &self.through,
            length: self.length,
        }
    }

    /// All loops, or paths, of the network.
    fn walks(&self) -> Vec<Vec<Edge>> {
        match self.ends {
            Some((from, to)) => all_paths(&self.network.graph, from, to),
            None => all_loops(&self.network.graph),
        }
    }

    /// All that meet the restrictions, in the one order.
    fn ranked(&self) -> Vec<RankedWalk> {
        let meets = |edges: &Vec<Edge>| {
            (self.length.0..=self.length.1).contains(&edges.len())
                && self.through.iter().all(|item| item.iter().any(|edge| edges.contains(edge)))
        };
        let value = |edges: &[Edge]| {
            let above = sum(&self.network.numerator, edges);
            self.denominator.as_ref().map_or(above.clone(), |below| {
                above.checked_div(&sum(below, edges)).expect("a positive denominator")
            })
        };
        let mut ranked: Vec<RankedWalk> = self
            .walks()
            .into_iter()
            .filter(meets)
            .map(|edges| RankedWalk { value: value(&edges), edges })
            .collect();
        let key = |walk: &RankedWalk| {
            let least = if self.ends.is_none() { Some(walk.edges[0]) } else { None };
            (least, walk.edges.len(), walk.edges.clone())
        };
        ranked.sort_by(|one, other| other.value.cmp(&one.value).then(key(one).cmp(&key(other))));
        ranked
    }
}

/// A path's network has no edge that leaves its end or enters its beginning.
fn without_ends(network: &Network, (from, to): (Vertex, Vertex)) -> Network {
    let graph = &network.graph;
    let kept: Vec<Edge> =
        graph.edges().filter(|edge| graph.tail(*edge) != to && graph.head(*edge) != from).collect();
    let ends: Vec<(Vertex, Vertex)> =
        kept.iter().map(|edge| (graph.tail(*edge), graph.head(*edge))).collect();
    let pick = |numbers: &[Rational]| kept.iter().map(|edge| numbers[edge.index()].clone()).collect();
    Network {
        graph: Digraph::new(graph.vertex_count(), &ends),
        numerator: pick(&network.numerator),
        denominator: pick(&network.denominator),
    }
}

fn case(seed: u64) -> Option<Case> {
    let mut random = SplitMix64(seed ^ 0x5EED_0F1E);
    let mut network = random_network(seed);
    let most = network.graph.vertex_count() as i64 - 1;
    let mut ends = None;
    if most >= 1 && random.between(0, 2) == 0 {
        let from = random.between(0, most);
        let to = (from + random.between(1, most)) % (most + 1);
        let pair = (Vertex(from as u32), Vertex(to as u32));
        network = without_ends(&network, pair);
        ends = Some(pair);
    }
    let edges = network.graph.edge_count() as i64;
    let items = if edges == 0 { 0 } else { random.between(0, 3) };
    let through = (0..items).map(|_| {
        let size = [1, 1, 2, 3, 5][random.between(0, 4) as usize];
        // Mostly the edges that enter a vertex, as a participant is.
        if random.between(0, 1) == 0 {
            return network.graph.incoming(Vertex(random.between(0, most) as u32)).to_vec();
        }
        (0..size).map(|_| Edge(random.between(0, edges - 1) as u32)).collect()
    });
    let through: Vec<Vec<Edge>> = through.collect();
    let length = match random.between(0, 3) {
        0 => (1, usize::MAX),
        1 => (1, random.between(1, 6) as usize),
        2 => (random.between(1, 5) as usize, usize::MAX),
        _ => {
            let low = random.between(1, 5);
            (low as usize, (low + random.between(0, 2)) as usize)
        }
    };
    let ratio = random.between(0, 1) == 0;
    let denominator = ratio.then(|| network.denominator.clone());
    let top = [1, 1, 2, 3, 50][random.between(0, 4) as usize];
    let case = Case { network, denominator, ends, through, length, top };
    let positive = |edges: &Vec<Edge>| sum(&case.network.denominator, edges).is_positive();
    let sound =
        !ratio || case.walks().iter().all(positive) && all_loops(&case.network.graph).iter().all(positive);
    sound.then_some(case)
}

#[test]
fn the_search_agrees_with_enumeration() {
    let (mut looked, mut ratios, mut paths, mut none, mut tied) = (0, 0, 0, 0, 0);
    for seed in 0..30_000 {
        let Some(case) = case(seed) else { continue };
        let all = case.ranked();
        let problem = case.problem();
        let answer = best(&problem, (case.top, &Waiting::silently(&Stop::default())), &|_, _| {
            panic!("seed {seed}: small searches close")
        });
        let wanted = &all[..all.len().min(case.top)];
        assert_eq!(answer.walks, wanted, "seed {seed}");
        assert!(answer.proved && answer.complete, "seed {seed}");
        let ties = |place: usize| all.get(place).is_some_and(|next| next.value == all[place - 1].value);
        assert_eq!(answer.tied, !all.is_empty() && ties(1), "seed {seed}");
        assert_eq!(answer.tie_at_cut, all.len() > case.top && ties(case.top), "seed {seed}");
        assert_eq!(answer.exhausted(case.top), all.len() < case.top, "seed {seed}");
        for begin in [Begin::Least, Begin::Required] {
            let found = search_from(&problem, (case.top, begin), &[]);
            assert_eq!((found.walks.as_slice(), found.closed), (wanted, true), "seed {seed}: {begin:?}");
            assert_eq!(found.tie_at_cut, answer.tie_at_cut, "seed {seed}: {begin:?}");
        }
        if let (Some(best), Some(ceiling)) = (all.first(), ceiling(&problem)) {
            assert!(ceiling >= best.value, "seed {seed}: {ceiling} is no bound on {}", best.value);
        }
        looked += 1;
        ratios += usize::from(case.denominator.is_some());
        paths += usize::from(case.ends.is_some());
        none += usize::from(all.is_empty());
        tied += usize::from(answer.tied);
    }
    // The networks are of every kind.
    for (count, what) in
        [(looked, "cases"), (ratios, "ratios"), (paths, "paths"), (none, "without any"), (tied, "tied")]
    {
        assert!(count > 1_000, "{count} {what}");
    }
}

#[test]
fn what_is_known_changes_nothing() {
    for seed in 0..4_000 {
        let Some(case) = case(seed) else { continue };
        let (all, problem) = (case.ranked(), case.problem());
        let plain = search(&problem, case.top, &[]);
        for known in all.iter().step_by(1 + all.len() / 5) {
            let told = search(&problem, case.top, std::slice::from_ref(&known.edges));
            assert_eq!((&told.walks, told.closed, told.tie_at_cut), (&plain.walks, true, plain.tie_at_cut));
        }
        // A list that is not the best proves nothing.
        let listed: Vec<Vec<Edge>> = all.iter().take(case.top).map(|walk| walk.edges.clone()).collect();
        assert!(proved(&problem, (case.top, case.top), &listed).is_some(), "seed {seed}");
        for place in 0..listed.len() {
            let mut wrong = listed.clone();
            wrong.remove(place);
            assert!(proved(&problem, (case.top, case.top), &wrong).is_none(), "seed {seed}");
        }
        if all.len() > case.top {
            let mut wrong = listed;
            wrong[case.top - 1].clone_from(&all[case.top].edges);
            assert!(proved(&problem, (case.top, case.top), &wrong).is_none(), "seed {seed}");
        }
    }
}

/// Every pair of vertices joined both ways, with random numbers.
fn complete(vertices: u32, seed: u64) -> Network {
    let mut random = SplitMix64(seed);
    let pairs = (0..vertices).flat_map(|tail| (0..vertices).map(move |head| (tail, head)));
    let ends: Vec<(Vertex, Vertex)> =
        pairs.filter(|(tail, head)| tail != head).map(|(tail, head)| (Vertex(tail), Vertex(head))).collect();
    let mut numbers = |low, high| ends.iter().map(|_| Rational::from(random.between(low, high))).collect();
    let (numerator, denominator) = (numbers(-50, 100), numbers(1, 100));
    Network { graph: Digraph::new(vertices as usize, &ends), numerator, denominator }
}

fn hostile(ratio: bool, through: u32, length: (usize, usize)) -> Case {
    let network = complete(30, 7);
    let denominator = ratio.then(|| network.denominator.clone());
    let through = (0..through).map(|vertex| network.graph.incoming(Vertex(vertex)).to_vec()).collect();
    Case { network, denominator, ends: None, through, length, top: 1 }
}

#[test]
fn hostile_searches_end_with_a_true_bound() {
    let whole = (1, usize::MAX);
    // The objective, how many participants must be visited, the length; and whether the search closes.
    let cases = [
        (false, 0, whole, false),
        (true, 0, whole, true),
        (false, 20, whole, false),
        (true, 20, whole, false),
        (false, 0, (1, 1), true),
        (true, 3, (2, 4), true),
        (false, 0, (30, 30), false),
        (true, 0, (25, usize::MAX), false),
        (false, 2, (usize::MAX, usize::MAX), true),
        (true, 30, whole, false),
    ];
    for (place, (ratio, through, length, closes)) in cases.into_iter().enumerate() {
        let case = hostile(ratio, through, length);
        let problem = case.problem();
        let answer = best(&problem, (1, &Waiting::silently(&Stop::default())), &|_, _| None);
        let found = answer.walks.first();
        assert!(found.is_none_or(|walk| problem.admits(&walk.edges)), "case {place}");
        assert_eq!(answer.proved, closes, "case {place}");
        if !closes {
            let (found, ceiling) = (found.expect("some loop"), answer.ceiling.expect("a bound"));
            assert!(found.value <= ceiling, "case {place}: {} above {ceiling}", found.value);
        }
    }
}
