//! Any bytes compile or are refused; small models are solved, and all that is found is rendered in every form.

#![no_main]

#[path = "../../common/invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::compiles(bytes));
