//! Any bytes are formatted or left alone; what is formatted says the same, and is not changed by formatting it again.

#![no_main]

#[path = "../../common/style.rs"]
mod style;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| style::formats(bytes));
