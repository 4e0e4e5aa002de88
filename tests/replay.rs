//! The corpus of the fuzz targets, every model and every fault of the repository, and thousands of mutations of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "replay/mutate.rs"]
mod mutate;

mod common;

#[path = "common/invariants.rs"]
mod invariants;

use mutate::Mutator;

/// How many mutations are tried: enough for each file to be broken in several ways, few enough to be quick.
const MUTATIONS: u64 = 6_000;

/// Larger files would take most of the time.
const MOST_BYTES: usize = 6_000;

fn corpus() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut paths = Vec::new();
    for target in ["parse", "check"] {
        paths.extend(std::fs::read_dir(folder.join(target)).unwrap().map(|entry| entry.unwrap().path()));
    }
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn models() -> Vec<Vec<u8>> {
    common::files(&["models", "tests/ui"]).iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Runs both targets; says which bytes they were, if one fails.
fn replay(bytes: &[u8], what: &str) {
    let tried = std::panic::catch_unwind(|| {
        invariants::parses(bytes);
        invariants::compiles(bytes);
    });
    assert!(tried.is_ok(), "{what}:\n{}", String::from_utf8_lossy(bytes));
}

#[test]
fn the_corpus() {
    let corpus = corpus();
    assert!(!corpus.is_empty());
    corpus.iter().for_each(|bytes| replay(bytes, "of the corpus"));
}

#[test]
fn the_models() {
    models().iter().for_each(|bytes| replay(bytes, "of the repository"));
}

#[test]
fn mutations() {
    let mut seeds = models();
    seeds.extend(corpus());
    seeds.retain(|bytes| bytes.len() <= MOST_BYTES);
    for seed in 0..MUTATIONS {
        let mut mutator = Mutator::new(seed);
        let mutated = mutator.mutate(&seeds);
        replay(&mutated, &format!("mutation {seed}"));
    }
}
