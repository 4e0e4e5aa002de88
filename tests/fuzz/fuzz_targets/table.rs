//! A table of any bytes is imported or refused, and all that is said of it can be drawn.

#![no_main]

#[path = "../../common/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::imports(bytes));
