//! Any bytes parse to a tree whose places lie inside the file.

#![no_main]

#[path = "../../common/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::parses(bytes));
