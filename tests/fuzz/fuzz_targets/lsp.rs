//! Any bytes are a conversation with the language server: no fault of it shows, and what it finds in the end is what is
//! found in the same texts afresh.

#![no_main]

#[path = "../../common/dialogue.rs"]
mod dialogue;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dialogue::holds(bytes));
