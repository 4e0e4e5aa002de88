//! Diagnostics for machines: every form holds what it promises, and every mend mends.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

#[path = "machine/fix.rs"]
mod fix;
#[path = "machine/forms.rs"]
mod forms;
#[path = "machine/mends.rs"]
mod mends;
#[path = "machine/streams.rs"]
mod streams;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, run in a folder.
fn loopc(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    loopc(folder, arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", out(output), error(output));
}

/// The models of the corpus of faults, relative to the repository: files, and folders with a `main.loop`.
fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = common::files(&["tests/ui"]).into_iter();
    let mut cases: Vec<String> = files
        .filter(|path| {
            let folder = path.parent().unwrap();
            !folder.join("main.loop").exists() || path.ends_with("main.loop")
        })
        .map(|path| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"))
        .collect();
    cases.sort();
    assert!(cases.len() > 100, "only {} cases", cases.len());
    cases
}
