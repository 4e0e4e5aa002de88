//! The exact simplex method: every answer is accepted by the checker, is the same from every crash, and is what
//! trying every vertex finds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(dead_code, reason = "shared with other tests")]

#[path = "simplex/by_hand.rs"]
mod by_hand;
#[path = "simplex/conflicts.rs"]
mod conflicts;
#[path = "simplex/oracle.rs"]
mod oracle;
#[path = "simplex/prices.rs"]
mod prices;
#[path = "simplex/programs.rs"]
mod programs;
#[path = "meaning/random.rs"]
mod random;
#[path = "simplex/whole.rs"]
mod whole_points;

use loopc::certify::linear::{check_infeasible, check_optimal, check_unbounded};
use loopc::exact::Rational;
use loopc::program::Program;
use loopc::simplex::{Budget, Crash, LexicographicEnd, Optimum, Simplex, lexicographic};

use programs::{crash, general, level, network, whole};
use random::Random;

const SEEDS: u64 = 3_000;

fn budget() -> Budget {
    Budget::of(10_000)
}

/// The objective, the least total, the least weighted total.
fn levels(program: &Program) -> Vec<Vec<Rational>> {
    let count = program.columns().len();
    let weighted = (0..count).map(|place| whole(-i64::try_from(place).unwrap())).collect();
    vec![level(program), vec![whole(-1); count], weighted]
}

/// All levels that the optimum was made by: those stated, and the columns minimised.
fn all_levels(stated: &[Vec<Rational>], optimum: &Optimum) -> Vec<Vec<Rational>> {
    let unit = |place: usize| {
        let mut level = vec![Rational::ZERO; optimum.values.len()];
        level[place] = whole(-1);
        level
    };
    let minimized = optimum.minimized.iter().map(|column| unit(column.index()));
    stated.iter().cloned().chain(minimized).collect()
}

fn solve(program: &Program, levels: &[Vec<Rational>], crash: &Crash) -> (Simplex, LexicographicEnd) {
    let mut simplex = Simplex::new(program, crash);
    let end = lexicographic(&mut simplex, levels, &mut budget()).expect("enough pivots");
    (simplex, end)
}

/// Checks the end, whatever it is.
fn check(program: &Program, levels: &[Vec<Rational>], (simplex, end): &(Simplex, LexicographicEnd)) {
    match end {
        LexicographicEnd::Optimal(optimum) => {
            let levels = all_levels(levels, optimum);
            assert_eq!(check_optimal(program, &levels, &optimum.values, &optimum.duals), Ok(()));
            let first = &optimum.duals[..1];
            assert_eq!(check_optimal(program, &levels[..1], &simplex.values(), first), Ok(()));
        }
        LexicographicEnd::Unbounded { level, ray } => {
            let point = simplex.values();
            assert_eq!(check_unbounded(program, &levels[*level], &point, ray), Ok(()));
            for before in &levels[..*level] {
                let gain: Rational = before.iter().zip(ray).map(|(cost, step)| cost * step).sum();
                assert!(gain.is_zero());
            }
        }
        LexicographicEnd::Infeasible { farkas } => assert_eq!(check_infeasible(program, farkas), Ok(())),
    }
}

fn program(seed: u64) -> (Program, Random) {
    let mut random = Random::new(seed);
    let program = if seed.is_multiple_of(2) { network(&mut random) } else { general(&mut random) };
    (program, random)
}

#[test]
fn every_answer_is_proved_and_the_same_from_every_crash() {
    let mut seen = [0; 3];
    for seed in 0..SEEDS {
        let (program, mut random) = program(seed);
        let levels = levels(&program);
        let first = solve(&program, &levels, &Crash::default());
        check(&program, &levels, &first);
        for _ in 0..3 {
            let other = solve(&program, &levels, &crash(&mut random, &program));
            check(&program, &levels, &other);
            match (&first.1, &other.1) {
                (LexicographicEnd::Optimal(one), LexicographicEnd::Optimal(other)) => {
                    assert_eq!(one.values, other.values, "seed {seed}");
                    assert_eq!(one.unique, other.unique, "seed {seed}");
                }
                (
                    LexicographicEnd::Unbounded { level: one, .. },
                    LexicographicEnd::Unbounded { level: other, .. },
                ) => assert_eq!(one, other, "seed {seed}"),
                (LexicographicEnd::Infeasible { .. }, LexicographicEnd::Infeasible { .. }) => {}
                (one, other) => panic!("seed {seed}: {one:?} and {other:?}"),
            }
        }
        seen[match first.1 {
            LexicographicEnd::Optimal(_) => 0,
            LexicographicEnd::Unbounded { .. } => 1,
            LexicographicEnd::Infeasible { .. } => 2,
        }] += 1;
    }
    assert!(seen.iter().all(|count| *count > SEEDS / 20), "{seen:?}");
}

#[test]
fn the_best_vertex_is_found() {
    let mut compared = 0;
    for seed in 0..SEEDS {
        let (program, _) = program(seed);
        let pointed = program.columns().iter().all(|column| column.lower.is_some());
        if !pointed || program.columns().len() > 4 || program.rows().len() > 5 {
            continue;
        }
        let levels = levels(&program);
        let best = oracle::best(&program, &levels);
        match solve(&program, &levels, &Crash::default()).1 {
            LexicographicEnd::Optimal(optimum) => {
                let all = all_levels(&levels, &optimum);
                let (_, point) = oracle::best(&program, &all).expect("a vertex");
                assert_eq!(point, optimum.values, "seed {seed}");
                compared += 1;
            }
            LexicographicEnd::Unbounded { .. } => assert!(best.is_some(), "seed {seed}"),
            LexicographicEnd::Infeasible { .. } => {
                assert!(best.is_none(), "seed {seed}");
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

/// Whether prices prove the first level's optimum: the bound that they give is the value itself.
fn is_tight(program: &Program, values: &[Rational], prices: &[Rational]) -> bool {
    let mut bound = Rational::ZERO;
    let mut add = |factor: &Rational, lower: &Option<Rational>, upper: &Option<Rational>| {
        let end = if factor.is_positive() { upper } else { lower };
        let end = if factor.is_zero() { Some(Rational::ZERO) } else { end.clone() };
        end.map(|end| bound += &(factor * &end)).is_some()
    };
    let mut reduced = level(program);
    for (row, price) in program.rows().iter().zip(prices) {
        row.terms.iter().for_each(|(column, factor)| reduced[column.index()] -= &(price * factor));
    }
    let finite = program.columns().iter().zip(&reduced).all(|(one, cost)| add(cost, &one.lower, &one.upper))
        && program.rows().iter().zip(prices).all(|(one, price)| add(price, &one.lower, &one.upper));
    let value: Rational = level(program).iter().zip(values).map(|(cost, value)| cost * value).sum();
    finite && bound == value
}

#[test]
fn altered_certificates_are_refused_or_true() {
    let (mut refused, mut true_by_chance) = (0, 0);
    for seed in 0..SEEDS {
        let (program, mut random) = program(seed);
        let stated = levels(&program);
        let by = [whole(1), whole(-1), programs::ratio(1, 1_000_000_007)];
        match solve(&program, &stated, &Crash::default()).1 {
            LexicographicEnd::Optimal(optimum) => {
                let all = all_levels(&stated, &optimum);
                for place in 0..optimum.values.len() {
                    let mut values = optimum.values.clone();
                    values[place] += &random.pick(&by);
                    assert!(check_optimal(&program, &all, &values, &optimum.duals).is_err(), "seed {seed}");
                }
                for row in 0..program.rows().len() {
                    let mut dual = optimum.duals[0].clone();
                    dual[row] += &random.pick(&by);
                    let holds = is_tight(&program, &optimum.values, &dual);
                    let checked = check_optimal(&program, &stated[..1], &optimum.values, &[dual]);
                    assert_eq!(checked.is_ok(), holds, "seed {seed}");
                    *(if holds { &mut true_by_chance } else { &mut refused }) += 1;
                }
            }
            LexicographicEnd::Unbounded { level, ray } => {
                let still = vec![Rational::ZERO; ray.len()];
                let point = solve(&program, std::slice::from_ref(&still), &Crash::default()).0.values();
                assert!(check_unbounded(&program, &stated[level], &point, &still).is_err());
                let back: Vec<Rational> = ray.iter().map(|step| -step).collect();
                assert!(check_unbounded(&program, &stated[level], &point, &back).is_err());
            }
            LexicographicEnd::Infeasible { farkas } => {
                let crossed = farkas.iter().all(Rational::is_zero);
                let none = vec![Rational::ZERO; farkas.len()];
                assert_eq!(check_infeasible(&program, &none).is_ok(), crossed, "seed {seed}");
                let turned: Vec<Rational> = farkas.iter().map(|factor| -factor).collect();
                assert_eq!(check_infeasible(&program, &turned).is_ok(), crossed, "seed {seed}");
            }
        }
    }
    assert!(refused > 1_000 && true_by_chance > 10, "{refused} refused, {true_by_chance} true");
}
