//! The corpus of the fuzz targets, every model and every fault of the repository, and thousands of mutations of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "replay/mutate.rs"]
mod mutate;

mod common;

#[path = "common/invariants.rs"]
mod invariants;
#[path = "common/style.rs"]
mod style;

use mutate::Mutator;

/// How many mutations are tried: enough for each file to be broken in several ways, few enough to be quick.
const MUTATIONS: u64 = 6_000;

/// Larger files would take most of the time.
const MOST_BYTES: usize = 6_000;

fn corpus() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut paths = Vec::new();
    for target in ["parse", "check", "format"] {
        paths.extend(std::fs::read_dir(folder.join(target)).unwrap().map(|entry| entry.unwrap().path()));
    }
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn models() -> Vec<Vec<u8>> {
    common::files(&["models", "tests/ui"]).iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Runs all targets of models; says which bytes they were, if one fails.
fn replay(bytes: &[u8], what: &str) {
    let tried = std::panic::catch_unwind(|| {
        invariants::parses(bytes);
        style::formats(bytes);
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

/// The tables of the repository.
fn tables() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> =
        common::tables(&["models", "tests/ui"]).iter().map(|path| std::fs::read(path).unwrap()).collect();
    // And one with the columns that the target names.
    found.push(
        b"a,b,c,d,x,y\np,q,r,s,1,2\nq,p,r2,s2,3.5,4\n\"p \"\"2\",q,\"a\nb\",t,-1,0\np,p,r3,u,1e3,7\n"
            .to_vec(),
    );
    found
}

#[test]
fn tables_and_mutations_of_them() {
    let mut seeds = tables();
    assert!(seeds.len() > 20, "{}", seeds.len());
    seeds.retain(|bytes| bytes.len() <= MOST_BYTES);
    let last = seeds.last().cloned().unwrap();
    for seed in 0..MUTATIONS / 4 {
        // The one with the right columns half of the time: others end at their header.
        let mut mutator = Mutator::new(seed);
        let one = [last.clone()];
        let mutated = mutator.mutate(if seed % 2 == 0 { &one } else { &seeds });
        let tried = std::panic::catch_unwind(|| invariants::imports(&mutated));
        assert!(tried.is_ok(), "mutation {seed}:\n{}", String::from_utf8_lossy(&mutated));
    }
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
