//! The method for networks against the general one: the same optimum, proved; the same uniqueness; the same prices.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(dead_code, reason = "shared with other tests")]

#[path = "min_cost_flow/circulations.rs"]
mod circulations;
#[path = "min_cost_flow/programs.rs"]
mod programs;
#[path = "meaning/random.rs"]
mod random;

use loopc::certify::linear::check_optimal;
use loopc::exact::Rational;
use loopc::min_cost_flow::{Method, Network, NetworkEnd, Pricer, Question};
use loopc::program::{ColumnId, Program, RowId};
use loopc::simplex::{
    Budget, Crash, Direction, Ends, LexicographicEnd, Optimum, Price, Side, Simplex, Variable, lexicographic,
};

use programs::{Family, whole};
use random::Random;

const SEEDS: u64 = 4_000;

fn budget() -> Budget {
    Budget::of(1_000_000)
}

/// The objective, the fewest turns, earlier columns, and weights that scatter.
fn levels(program: &Program, random: &mut Random) -> Vec<Vec<Rational>> {
    let count = program.columns().len();
    let objective = program.columns().iter().map(|column| column.objective.clone()).collect();
    let earlier = (1..).take(count).map(|place| whole(-place)).collect();
    let scattered = (0..count).map(|_| whole(-i64::try_from(random.below(1 << 40)).unwrap())).collect();
    vec![objective, vec![whole(-1); count], earlier, scattered]
}

fn general(program: &Program, levels: &[Vec<Rational>]) -> (Simplex, LexicographicEnd) {
    let mut simplex = Simplex::new(program, &Crash::default());
    let end = lexicographic(&mut simplex, levels, &mut budget()).expect("enough pivots");
    (simplex, end)
}

#[test]
fn the_optimum_is_that_of_the_general_method_and_proved() {
    let mut seen = [0; 5];
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        let program = programs::network(&mut random, Family::of(seed));
        let levels = levels(&program, &mut random);
        let network = Network::of(&program).expect("a network");
        let own = network.lexicographic(&levels, &mut budget());
        let (_, end) = general(&program, &levels);
        match (own, end) {
            (NetworkEnd::Optimal { optimum: own, only: true }, LexicographicEnd::Optimal(other)) => {
                assert_eq!((&own.values, own.unique), (&other.values, other.unique), "seed {seed}");
                let checked = check_optimal(&program, &levels, &own.values, &own.duals);
                assert_eq!(checked, Ok(()), "seed {seed}");
                seen[usize::from(own.unique)] += 1;
            }
            (NetworkEnd::Optimal { only: false, .. }, LexicographicEnd::Optimal(other)) => {
                assert!(!other.minimized.is_empty(), "seed {seed}: no choice was left");
                seen[2] += 1;
            }
            (NetworkEnd::Unbounded, LexicographicEnd::Unbounded { .. }) => seen[3] += 1,
            (NetworkEnd::Infeasible | NetworkEnd::Unbounded, LexicographicEnd::Infeasible { .. }) => {
                seen[4] += 1
            }
            (own, end) => panic!("seed {seed}: {own:?} beside {end:?}"),
        }
    }
    let [tied, unique, _, unbounded, infeasible] = seen;
    assert!([tied, unique, unbounded, infeasible].iter().all(|count| *count > 100), "{seen:?}");
}

/// What a flow is worth by each level.
fn counted(levels: &[Vec<Rational>], values: &[Rational]) -> Vec<Rational> {
    let count = |level: &Vec<Rational>| level.iter().zip(values).map(|(a, b)| a * b).sum();
    levels.iter().map(count).collect()
}

/// Cost scaling beside the network simplex method, and the general one where that does not take too long.
///
/// Where cost scaling says nothing, there is no best flow, or the numbers are too long for it.
fn agree(program: &Program, levels: &[Vec<Rational>], is_small: bool, name: &str) -> usize {
    let network = Network::of(program).expect("a network");
    let [scaled, simplex] = [Method::Scaling, Method::Simplex]
        .map(|method| network.lexicographic_by(method, levels, &mut budget()));
    let general = is_small.then(|| general(program, levels).1);
    match (scaled, simplex, general) {
        (
            NetworkEnd::Optimal { optimum: own, only },
            NetworkEnd::Optimal { optimum: other, only: other_only },
            general,
        ) => {
            assert_eq!((only, own.unique), (other_only, other.unique), "{name}");
            assert_eq!(counted(levels, &own.values), counted(levels, &other.values), "{name}");
            let checked = check_optimal(program, levels, &own.values, &own.duals);
            assert_eq!(checked, Ok(()), "{name}");
            if only {
                assert_eq!((&own.values, &own.duals), (&other.values, &other.duals), "{name}");
            }
            match general {
                Some(LexicographicEnd::Optimal(general)) if only => {
                    assert_eq!((own.values, own.unique), (general.values, general.unique), "{name}");
                }
                Some(LexicographicEnd::Optimal(general)) => {
                    assert_eq!(counted(levels, &own.values), counted(levels, &general.values), "{name}");
                }
                Some(end) => panic!("{name}: {end:?}"),
                None => {}
            }
            usize::from(only)
        }
        (NetworkEnd::Infeasible, NetworkEnd::Infeasible | NetworkEnd::Unbounded, general) => {
            assert!(general.is_none_or(|end| matches!(end, LexicographicEnd::Infeasible { .. })), "{name}");
            2
        }
        (NetworkEnd::Unfit, NetworkEnd::Unbounded, _) => 3,
        (NetworkEnd::Unfit, NetworkEnd::Optimal { .. } | NetworkEnd::Infeasible, _) => 4,
        (own, other, _) => panic!("{name}: {own:?} beside {other:?}"),
    }
}

#[test]
fn cost_scaling_finds_what_the_network_simplex_method_finds() {
    let mut seen = [0; 5];
    for seed in 0..SEEDS / 2 {
        let mut random = Random::new(seed);
        let program = programs::network(&mut random, Family::of(seed));
        let levels = levels(&program, &mut random);
        let few = 1 + random.below(levels.len());
        seen[agree(&program, &levels[..few], true, &format!("seed {seed}, {few} levels"))] += 1;
    }
    // Numbers that are too long for words are the exception.
    assert!(seen[..4].iter().all(|count| *count > 40) && seen[4] < 500, "{seen:?}");
}

/// Larger networks: ties, arcs without capacity, parallel and opposite arcs, parts that do not meet, and numbers that words
/// of 64 and of 128 bits just hold, or do not.
#[test]
fn cost_scaling_agrees_on_larger_networks() {
    for (place, kind) in circulations::KINDS.into_iter().enumerate() {
        let mut seen = [0; 5];
        for seed in 0..60 {
            let mut random = Random::new(1_000 * place as u64 + seed);
            let is_small = seed % 4 == 0;
            let program = circulations::circulation(&mut random, kind, is_small);
            let levels = levels(&program, &mut random);
            let few = if seed % 3 == 0 { 1 + random.below(2) } else { levels.len() };
            let name = format!("{kind:?}, seed {seed}, {few} levels");
            seen[agree(&program, &levels[..few], is_small, &name)] += 1;
        }
        assert!(seen[1] + seen[0] > 15, "{kind:?}: {seen:?}");
        assert!(kind.is_long() || seen[4] == 0, "{kind:?}: {seen:?}");
    }
}

/// Few levels, some of which weigh nothing: then any flow is best, and still it has to be one.
#[test]
fn levels_that_weigh_nothing_ask_for_a_flow_all_the_same() {
    let mut seen = [0; 3];
    for seed in 0..SEEDS {
        let mut random = Random::new(seed);
        let program = programs::network(&mut random, Family::of(seed));
        let network = Network::of(&program).expect("a network");
        let objective = levels(&program, &mut random).swap_remove(0);
        let zero = vec![Rational::ZERO; objective.len()];
        for levels in [
            vec![zero.clone()],
            vec![objective.clone()],
            vec![zero.clone(), objective.clone()],
            vec![objective.clone(), zero.clone()],
            vec![objective.clone(), objective.clone()],
        ] {
            let own = network.lexicographic(&levels, &mut budget());
            let (_, end) = general(&program, &levels);
            match (own, end) {
                (NetworkEnd::Optimal { optimum: own, .. }, LexicographicEnd::Optimal(other)) => {
                    assert_eq!(counted(&levels, &own.values), counted(&levels, &other.values), "seed {seed}");
                    let checked = check_optimal(&program, &levels, &own.values, &own.duals);
                    assert_eq!(checked, Ok(()), "seed {seed}");
                    seen[0] += 1;
                }
                (NetworkEnd::Unbounded, LexicographicEnd::Unbounded { .. }) => seen[1] += 1,
                (NetworkEnd::Infeasible | NetworkEnd::Unbounded, LexicographicEnd::Infeasible { .. }) => {
                    seen[2] += 1;
                }
                (own, end) => panic!("seed {seed}: {own:?} beside {end:?}"),
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 500), "{seen:?}");
}

#[test]
fn what_is_not_a_network_is_told_from_one() {
    let mut random = Random::new(1);
    for seed in 0..200 {
        let program = programs::network(&mut Random::new(seed), Family::of(seed));
        assert!(Network::of(&program).is_some());
        if let Some(other) = programs::spoiled(&program, &mut random) {
            assert!(Network::of(&other).is_none(), "seed {seed}: {other:?}");
        }
    }
}

fn is_equation(program: &Program, variable: Variable) -> bool {
    let (lower, upper) = match variable {
        Variable::Column(id) => (&program.columns()[id.index()].lower, &program.columns()[id.index()].upper),
        Variable::Row(id) => (&program.rows()[id.index()].lower, &program.rows()[id.index()].upper),
    };
    lower.is_some() && lower == upper
}

fn questions(program: &Program) -> Vec<Question> {
    let columns = (0..).take(program.columns().len()).map(|place| Variable::Column(ColumnId(place)));
    let rows = program.rows().iter().enumerate().filter(|(_, row)| row.name == "bound");
    let rows = rows.map(|(place, _)| Variable::Row(RowId::at(place)));
    let mut questions = Vec::new();
    for variable in columns.chain(rows) {
        let ends = [Ends::One(Side::Lower), Ends::One(Side::Upper), Ends::Both];
        let ends = ends.into_iter().filter(|ends| *ends != Ends::Both || is_equation(program, variable));
        questions.extend(ends.flat_map(|ends| {
            [Direction::More, Direction::Less].map(|direction| (variable, ends, direction))
        }));
    }
    questions
}

/// Prices of the optimum of the first level, at whatever plan the further levels choose.
#[test]
fn prices_are_those_of_the_general_method() {
    let mut seen = [0; 4];
    for seed in 0..SEEDS / 2 {
        let mut random = Random::new(seed);
        let program = programs::network(&mut random, Family::of(seed));
        let levels = levels(&program, &mut random);
        let network = Network::of(&program).expect("a network");
        let end = network.lexicographic(&levels, &mut budget());
        let NetworkEnd::Optimal { optimum: Optimum { values, duals, .. }, .. } = end else { continue };
        let pricer = Pricer::new(&network, &levels[0], (&values, &duals[0])).expect("its own numbers");
        let questions = questions(&program);
        let own = pricer.prices(&questions, &mut budget());
        let (mut simplex, _) = general(&program, &levels);
        let sensitivity = simplex.sensitivity(&levels[0]);
        for (question, own) in questions.iter().zip(own) {
            let other = sensitivity.price(question.0, (question.1, question.2), &mut budget());
            assert_eq!(own, other, "seed {seed}: {question:?}");
            seen[match own.expect("enough budget") {
                Price::Infeasible => 0,
                Price::Holds { rate, .. } if rate.is_zero() => 1,
                Price::Holds { until: None, .. } => 2,
                Price::Holds { .. } => 3,
            }] += 1;
        }
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
}

#[test]
fn an_exhausted_budget_is_said() {
    let (mut exhausted, mut feasible, mut unpriced) = (0, 0, 0);
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let program = programs::network(&mut random, Family::of(seed));
        let levels = levels(&program, &mut random);
        let network = Network::of(&program).expect("a network");
        if let NetworkEnd::Cut { values } = network.lexicographic(&levels, &mut Budget::of(2)) {
            exhausted += 1;
            assert!(values.as_ref().is_none_or(|values| program.is_feasible(values)), "seed {seed}");
            feasible += usize::from(values.is_some());
        }
        let end = network.lexicographic(&levels, &mut budget());
        let NetworkEnd::Optimal { optimum: Optimum { values, duals, .. }, .. } = end else { continue };
        let pricer = Pricer::new(&network, &levels[0], (&values, &duals[0])).expect("its own numbers");
        let [all, few] =
            [budget(), Budget::of(3)].map(|mut budget| pricer.prices(&questions(&program), &mut budget));
        // What is known with little is what is known with enough.
        assert!(few.iter().zip(&all).all(|(few, all)| few.is_err() || few == all), "seed {seed}");
        unpriced += few.iter().filter(|price| price.is_err()).count();
    }
    assert!(exhausted > 50 && feasible > 10 && unpriced > 100, "{exhausted} {feasible} {unpriced}");
}
