//! Conversations that nobody would hold, each from its seed: what the fuzz target of the server asserts.

#[path = "../common/dialogue.rs"]
pub mod dialogue;

use std::path::Path;

use super::chaos::Random;

/// Enough for each kind of step to follow each other kind.
const CONVERSATIONS: u64 = 300;

fn hold(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let mut random = Random(seed);
        let length = 40 + random.below(400);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(random.next() & 0xff).unwrap()).collect();
        let held = std::panic::catch_unwind(|| dialogue::holds(&bytes));
        assert!(held.is_ok(), "conversation {seed}");
    }
}

#[test]
fn the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/lsp");
    let paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!paths.is_empty());
    paths.iter().for_each(|path| dialogue::holds(&std::fs::read(path).unwrap()));
}

#[test]
fn after_any_conversation_the_diagnostics_are_those_of_a_fresh_look() {
    hold(0..CONVERSATIONS / 2);
}

#[test]
fn and_after_any_other() {
    hold(CONVERSATIONS / 2..CONVERSATIONS);
}
