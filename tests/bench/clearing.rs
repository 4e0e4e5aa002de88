//! How long the largest set-off of a trade-credit network takes, from the table to the proved report, how much memory,
//! and how both grow.
//!
//! `LOOPC_BENCH_LARGEST` set, the largest network is measured as well, without its report. `LOOPC_BENCH_TABLE=DIR` writes what
//! peers read into a folder instead: for every size its table, its model, and its arcs as integers.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

mod obligations;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../meaning/random.rs"]
mod random;

use std::path::Path;
use std::time::Instant;

use loopc::pipeline::compile;
use loopc::source::{Disk, SourceFile};
use peak_alloc::PeakAlloc;

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

/// Obligations and firms.
const SIZES: [(usize, usize); 4] = [(1_000, 150), (5_000, 600), (30_000, 4_000), LARGEST];
const LARGEST: (usize, usize) = (300_000, 40_000);

/// The question alone: every invoice is a debt of its own.
const MODEL: &str = "currency EUR
import flows from \"obligations.csv\" {
    medium: cash, from: debtor, to: creditor, role: business, where: state == \"lodged\"
    amount: 1 EUR, capacity: owed * EUR
}
plan set_off { maximize: volume }
";

fn write(folder: &Path, (count, firms): (usize, usize)) {
    std::fs::create_dir_all(folder).unwrap();
    let table = obligations::table(&obligations::obligations(count, firms));
    std::fs::write(folder.join("obligations.csv"), table).unwrap();
    std::fs::write(folder.join("network.loop"), MODEL).unwrap();
}

/// The lodged obligations as integers, an arc a line: tail, head, capacity in cents, and a gain of 1.
fn arcs((count, firms): (usize, usize)) -> String {
    let all = obligations::obligations(count, firms);
    let lodged = all.iter().filter(|one| one.lodged);
    lodged.map(|one| format!("{} {} {} 1\n", one.debtor, one.creditor, one.cents)).collect()
}

/// Seconds of each phase, bytes of the report, and the most bytes that were held.
struct Run {
    compile: f64,
    solve: f64,
    report: f64,
    json: usize,
    peak: usize,
}

impl Run {
    fn all(&self) -> f64 {
        self.compile + self.solve + self.report
    }
}

/// Without the report where it is too large to write: it lists the loops of a plan, which are long in large networks.
fn run(model: &Path, written: bool) -> Run {
    HELD.reset_peak_usage();
    let before = HELD.current_usage();
    let start = Instant::now();
    let source = SourceFile::from_bytes(model.to_string_lossy().into_owned(), std::fs::read(model).unwrap());
    let mut compiled = compile((model.to_path_buf(), source), &[], &Disk);
    let compile = start.elapsed().as_secs_f64();
    let solution = compiled.solve(&[]).unwrap();
    assert!(solution.findings[0].verdict.is_answer(), "no proved plan");
    let solve = start.elapsed().as_secs_f64() - compile;
    let json = if written { loopc::report::json(&compiled.written(&solution, &[])) } else { String::new() };
    let report = start.elapsed().as_secs_f64() - compile - solve;
    Run { compile, solve, report, json: json.len(), peak: HELD.peak_usage().saturating_sub(before) }
}

fn main() {
    if let Some(folder) = std::env::var_os("LOOPC_BENCH_TABLE") {
        for size in SIZES {
            let folder = Path::new(&folder).join(size.0.to_string());
            write(&folder, size);
            std::fs::write(folder.join("arcs.txt"), arcs(size)).unwrap();
        }
        return;
    }
    let headings = ["compile s", "solve s", "report s", "all s", "× first", "JSON MB", "bytes/obl."];
    println!("{:>11} {:>7}{}", "obligations", "firms", headings.map(|word| format!("{word:>11}")).join(""));
    let mut first: Option<f64> = None;
    for (count, firms) in SIZES {
        if (count, firms) == LARGEST && std::env::var_os("LOOPC_BENCH_LARGEST").is_none() {
            println!("{count:>11} {firms:>7}  where LOOPC_BENCH_LARGEST is set");
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), (count, firms));
        let runs = (0..if count > 10_000 { 1 } else { 3 })
            .map(|_| run(&folder.path().join("network.loop"), (count, firms) != LARGEST));
        let best = runs.min_by(|one, other| one.all().total_cmp(&other.all())).unwrap();
        let each = best.all() / count as f64;
        println!(
            "{count:>11} {firms:>7}{:>11.3}{:>11.3}{:>11.3}{:>11.3}{:>11.2}{:>11.1}{:>11}",
            best.compile,
            best.solve,
            best.report,
            best.all(),
            each / *first.get_or_insert(each),
            best.json as f64 / 1e6,
            best.peak / count,
        );
    }
    println!("`× first` is the time for each obligation against that of the first row: 1 is linear.");
}
