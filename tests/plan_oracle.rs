//! Random models with a plan as text, and what loopc finds beside an oracle that knows only the mathematics.
//!
//! Each case draws a description, writes it down as a model, and formulates and solves its linear program once
//! more, with nothing of loopc's but its numbers. A failing case prints the model and each difference; its seed
//! is all that it takes to repeat it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "tests")]

#[cfg(test)]
mod plan_oracle {
    pub mod books;
    pub mod cases;
    pub mod compare;
    pub mod conflict;
    pub mod describe;
    pub mod draw;
    pub mod formulate;
    pub mod glpk;
    pub mod goals;
    pub mod judge;
    pub mod plan;
    pub mod prices;
    pub mod program;
    #[path = "../meaning/random.rs"]
    pub mod random;
    #[allow(dead_code, reason = "shared with other tests")]
    #[path = "../exports/read.rs"]
    pub mod read;
    pub mod said;
    pub mod solve;
    pub mod whole;
    pub mod write;
    pub mod write_plan;
}

use std::collections::BTreeMap;

use plan_oracle::cases::{Tally, differences};
use plan_oracle::glpk::{Asked, asked};
use plan_oracle::whole::whole_differences;

/// Models for each half of the comparison.
const MODELS: u64 = 4_000;
/// Models of which GLPK is asked those that are sums.
const FILES: u64 = 600;

/// Each comes up at least so often in each half, so nothing agrees for want of a case.
const LEAST: [(&str, usize); 20] = [
    ("any scale", 30),
    ("approached", 35),
    ("best", 300),
    ("best of several", 100),
    ("gaps", 1000),
    ("gaps of nothing", 300),
    ("infeasible", 800),
    ("infeasible prices", 1000),
    ("largest", 400),
    ("mends", 1000),
    ("nothing moves", 500),
    ("nothing to divide by", 200),
    ("prices", 1000),
    ("prices of nothing", 1000),
    ("prices of two sides", 1000),
    ("refused", 200),
    ("smallest", 10),
    ("unbounded", 150),
    ("without mend", 100),
    ("several conflicts", 250),
];

/// Shows the shortest of the failing cases.
fn show(cases: u64, mut wrong: Vec<(u64, String)>) {
    wrong.sort_by_key(|(_, text)| text.len());
    let shown: String = wrong.iter().take(3).map(|(seed, text)| format!("case {seed}\n{text}\n\n")).collect();
    assert!(wrong.is_empty(), "{} of {cases} cases are wrong:\n\n{shown}", wrong.len());
}

fn oracle(half: u64) {
    let mut tally = Tally::default();
    let seeds = (0..MODELS).map(|case| case * 2 + half);
    let wrong = seeds.filter_map(|seed| differences(seed, &mut tally).map(|text| (seed, text)));
    show(MODELS, wrong.collect());
    let seldom = |(word, least): &&(&str, usize)| tally.0.get(word).is_none_or(|count| count < least);
    let seldom: Vec<_> = LEAST.iter().filter(seldom).collect();
    assert!(seldom.is_empty(), "too seldom: {seldom:?} of {tally:?}");
}

#[test]
fn half_of_the_plans_are_as_the_oracle_says() {
    oracle(0);
}

#[test]
fn the_other_half_is_too() {
    oracle(1);
}

/// Models with whole turns and fixed costs, each solved for every whole number.
const WHOLE: u64 = 1_600;

const WHOLE_LEAST: [(&str, usize); 9] = [
    ("infeasible", 200),
    ("unbounded", 5),
    ("refused", 100),
    ("best", 400),
    ("ratio", 150),
    ("without limit", 8),
    ("only", 200),
    ("others", 100),
    ("split", 200),
];

#[test]
fn plans_of_whole_numbers_are_the_best_of_all() {
    let mut tally = Tally::default();
    let wrong = (0..WHOLE).filter_map(|seed| whole_differences(seed, &mut tally).map(|text| (seed, text)));
    show(WHOLE, wrong.collect());
    let seldom = |(word, least): &&(&str, usize)| tally.0.get(word).is_none_or(|count| count < least);
    let seldom: Vec<_> = WHOLE_LEAST.iter().filter(seldom).collect();
    assert!(seldom.is_empty(), "too seldom: {seldom:?} of {tally:?}");
}

#[test]
fn glpk_agrees_with_the_oracle() {
    let folder = tempfile::tempdir().unwrap();
    let (mut told, mut wrong) = (BTreeMap::new(), Vec::new());
    for seed in 0..FILES {
        match asked(seed, folder.path()) {
            Asked::NotInstalled => return,
            Asked::Skipped => {}
            Asked::Told(word, difference) => {
                *told.entry(word).or_insert(0) += 1;
                wrong.extend(difference.map(|text| (seed, text)));
            }
        }
    }
    show(FILES, wrong);
    assert!(told.len() == 3 && told.values().all(|count| *count >= 15), "{told:?}");
}
