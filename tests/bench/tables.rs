//! How long a network from a table takes, from the file to the proved loop, how much memory, and how both grow.
//!
//! `LOOPC_BENCH_TABLE=DIR` writes instead what peers read into a folder: the table of the largest network and its model; a
//! plan over a table, in `plan/`; and a plan with every flow declared, in `declared/`.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

mod declared;
mod networks;

use std::path::Path;
use std::time::Instant;

use loopc::analysis::Verdict;
use loopc::pipeline::compile;
use loopc::source::{Disk, SourceFile};
use networks::{MODEL, table};
use peak_alloc::PeakAlloc;

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

const LARGEST: usize = 1_000_000;

/// The flows of a plan over a table, and of one with every flow declared.
const PLANNED: usize = 100_000;
const DECLARED: usize = 200_000;

fn for_peers(folder: &Path) {
    let write = |place: &str, file: &str, text: &str| {
        std::fs::create_dir_all(folder.join(place)).unwrap();
        std::fs::write(folder.join(place).join(file), text).unwrap();
    };
    write("", "flows.csv", &table(LARGEST));
    write("", "network.loop", MODEL);
    let planned = table(PLANNED);
    write("plan", "flows.csv", &planned);
    write("plan", "network.loop", declared::PLAN);
    write("plan", "arcs.txt", &declared::arcs(&planned));
    let all = table(DECLARED);
    write("declared", "network.loop", &declared::source(&all));
    write("declared", "network.mod", &declared::mathprog(&all));
}

/// Seconds to compile, to solve with the proof, and to write the report; and the most bytes that were held.
fn run(model: &Path) -> ([f64; 3], usize) {
    HELD.reset_peak_usage();
    let before = HELD.current_usage();
    let start = Instant::now();
    let source = SourceFile::from_bytes(model.to_string_lossy().into_owned(), std::fs::read(model).unwrap());
    let mut compiled = compile((model.to_path_buf(), source), &[], &Disk);
    let compiling = start.elapsed().as_secs_f64();
    let solution = compiled.solve(&[]).unwrap();
    assert!(matches!(solution.findings[0].verdict, Verdict::Loops(_)), "no loop");
    let solving = start.elapsed().as_secs_f64() - compiling;
    let report = loopc::report::json(&compiled.written(&solution, &[]));
    assert!(report.contains("\"optimal\""));
    let writing = start.elapsed().as_secs_f64() - compiling - solving;
    ([compiling, solving, writing], HELD.peak_usage().saturating_sub(before))
}

fn main() {
    if let Some(folder) = std::env::var_os("LOOPC_BENCH_TABLE") {
        for_peers(Path::new(&folder));
        return;
    }
    println!(
        "{:>8} {:>6} {:>10} {:>8} {:>8} {:>7} {:>8} {:>10}",
        "flows", "MB", "compile s", "solve s", "report s", "all s", "× first", "bytes/flow"
    );
    let mut first: Option<f64> = None;
    for flows in [1_000, 10_000, 100_000, LARGEST] {
        let folder = tempfile::tempdir().unwrap();
        let text = table(flows);
        let model = folder.path().join("network.loop");
        std::fs::write(folder.path().join("flows.csv"), &text).unwrap();
        std::fs::write(&model, MODEL).unwrap();
        let bytes = text.len();
        drop(text);
        let runs = (0..if flows == LARGEST { 1 } else { 3 }).map(|_| run(&model));
        let (parts, peak) =
            runs.min_by(|one, other| one.0.iter().sum::<f64>().total_cmp(&other.0.iter().sum())).unwrap();
        let all: f64 = parts.iter().sum();
        let each = all / flows as f64;
        println!(
            "{flows:>8} {:>6.1} {:>10.3} {:>8.3} {:>8.3} {:>7.3} {:>8.2} {:>10}",
            bytes as f64 / 1e6,
            parts[0],
            parts[1],
            parts[2],
            all,
            each / *first.get_or_insert(each),
            peak / flows,
        );
    }
    println!("`× first` is the time for each flow against that of the first row: 1 is linear.");
}
