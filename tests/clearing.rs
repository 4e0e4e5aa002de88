//! The tables of `models/clearing-network/` are what their generator writes.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "bench/obligations.rs"]
#[allow(dead_code, reason = "shared with a bench")]
mod obligations;
#[path = "meaning/random.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod random;

use std::path::PathBuf;

use obligations::{COMMITTED, firms, obligations, table};

/// Where `LOOPC_WRITE_TABLES` is set they are written first.
#[test]
fn tables_are_what_the_generator_writes() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("models/clearing-network");
    let (count, many) = COMMITTED;
    for (file, text) in [("obligations.csv", table(&obligations(count, many))), ("firms.csv", firms(many))] {
        let path = folder.join(file);
        if std::env::var_os("LOOPC_WRITE_TABLES").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert!(std::fs::read_to_string(&path).unwrap() == text, "{file} is not what the generator writes");
    }
}
