//! How long `loopc test --ci` takes over a workspace of many models as people write them.
//!
//! `LOOPC_BENCH_WORKSPACE=DIR` writes the largest workspace into a folder instead, with its snapshots.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

#[allow(dead_code, reason = "shared with tests")]
#[path = "../meaning/random.rs"]
mod random;
mod workspaces;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const FLOWS: usize = 50;
const MODELS: [usize; 3] = [50, 150, LARGEST];
const LARGEST: usize = 500;

/// Models in one folder.
const TOGETHER: usize = 50;

const RUNS: usize = 5;

/// Writes so many models, fifty in a folder, and accepts their reports.
fn write(folder: &Path, models: usize) {
    for seed in 0..models {
        let place = folder.join(format!("part{:02}", seed / TOGETHER));
        std::fs::create_dir_all(&place).unwrap();
        let text = workspaces::model(seed as u64, FLOWS);
        std::fs::write(place.join(format!("m{seed:03}.loop")), text).unwrap();
    }
    test(folder, "--accept");
}

/// Runs `loopc test`, which must pass.
fn test(folder: &Path, option: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    let status = command.arg("test").arg(option).arg(folder).stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{option}: {status}");
}

/// Seconds of processor time of all children that have ended, where the system tells: user, and system.
fn spent() -> Option<[f64; 2]> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything: the state is the first, and so on; a tick is 10 ms.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let mut next = || Some(fields.next()?.parse::<f64>().ok()? / 100.0);
    Some([next()?, next()?])
}

fn main() {
    if let Some(folder) = std::env::var_os("LOOPC_BENCH_WORKSPACE") {
        write(Path::new(&folder), LARGEST);
        return;
    }
    println!("{:>7} {:>8} {:>8} {:>10} {:>9}", "models", "flows", "s", "user s / 2", "system s");
    for models in MODELS {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), models);
        let run = || {
            let (before, start) = (spent(), Instant::now());
            test(folder.path(), "--ci");
            let seconds = start.elapsed().as_secs_f64();
            let spent =
                before.zip(spent()).map(|(before, after)| [after[0] - before[0], after[1] - before[1]]);
            (seconds, spent)
        };
        let runs = (0..RUNS).map(|_| run());
        let (seconds, spent) = runs.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
        let told = |number: Option<f64>| number.map_or("-".to_owned(), |number| format!("{number:.2}"));
        println!(
            "{models:>7} {:>8} {seconds:>8.2} {:>10} {:>9}",
            models * FLOWS,
            told(spent.map(|spent| spent[0] / 2.0)),
            told(spent.map(|spent| spent[1])),
        );
    }
    println!(
        "the least of {RUNS} runs; on two threads `user s / 2` is what a machine that does nothing else would take"
    );
}
