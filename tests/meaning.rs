//! Random models as text, and what loopc finds in them beside an oracle that knows only the mathematics.
//!
//! Each case draws a description, writes it down as a model, and works out by brute force what every analysis
//! must find. A failing case prints the model and each difference; its seed is all that it takes to repeat it.

#[cfg(test)]
mod meaning {
    pub mod ask;
    pub mod cases;
    pub mod claims;
    pub mod closing;
    pub mod compare;
    pub mod describe;
    pub mod draw;
    pub mod graph;
    pub mod invariance;
    pub mod judge;
    pub mod layout;
    pub mod money;
    pub mod random;
    pub mod restricted;
    pub mod run;
    pub mod spell;
    pub mod write;
}

use meaning::cases::differences;
use meaning::invariance::{of_currency, of_layout};
use meaning::run::Tally;

/// Models for each half of the comparison with the oracle, seven analyses each.
const MODELS: u64 = 2_000;
/// Models that are laid out twice, and models that are counted in two currencies.
const PAIRS: u64 = 750;

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
    // Every verdict comes up, so nothing agrees for want of a case.
    assert!(tally.0.len() == 15 && tally.0.values().all(|count| *count >= 10), "{tally:?}");
}

#[test]
fn half_of_the_models_mean_what_the_oracle_says() {
    oracle(0);
}

#[test]
fn the_other_half_does_too() {
    oracle(1);
}

#[test]
fn layout_and_spelling_do_not_matter() {
    show(PAIRS, (0..PAIRS).filter_map(|seed| of_layout(seed).map(|text| (seed, text))).collect());
}

#[test]
fn the_currency_does_not_matter() {
    show(PAIRS, (0..PAIRS).filter_map(|seed| of_currency(seed).map(|text| (seed, text))).collect());
}
