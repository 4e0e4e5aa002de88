//! How fast and how lean the front end is, and whether it is linear: MB/s, ratios between sizes, bytes a byte.

#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a bench measures and prints"
)]

mod models;

use std::path::PathBuf;
use std::time::Instant;

use loopc::pipeline::compile;
use loopc::source::{Disk, FileId, SourceFile};
use loopc::syntax::parse;
use peak_alloc::PeakAlloc;

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

/// The best of a few runs, in seconds, and the peak of memory above what was there before, in bytes.
fn measured(runs: usize, run: impl Fn()) -> (f64, usize) {
    let (mut best, mut peak) = (f64::INFINITY, 0);
    for _ in 0..runs {
        HELD.reset_peak_usage();
        let before = HELD.current_usage();
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
        peak = peak.max(HELD.peak_usage().saturating_sub(before));
    }
    (best, peak)
}

fn main() {
    println!(
        "{:>8} {:>7}  {:>12} {:>8} {:>7}  {:>12} {:>8} {:>7}",
        "flows", "MB", "parse MB/s", "× first", "B/B", "compile MB/s", "× first", "B/B"
    );
    let mut first: Option<(f64, f64)> = None;
    for flows in [1_000, 10_000, 200_000] {
        let text = models::model(flows);
        let bytes = text.len() as f64;
        let runs = if flows > 100_000 { 2 } else { 5 };
        let source = SourceFile::from_text("model.loop".to_owned(), text.clone());
        let (parsing, parse_peak) = measured(runs, || {
            let (tree, faults) = parse(FileId(0), &source);
            assert!(!tree.items.is_empty() && faults.is_empty(), "{:?}", faults.first());
        });
        // The text itself is part of what a compilation holds.
        let (compiling, compile_peak) = measured(runs, || {
            let source = SourceFile::from_text("model.loop".to_owned(), text.clone());
            let compiled = compile((PathBuf::from("model.loop"), source), &[], &Disk);
            assert!(!compiled.has_errors(), "{:?}", compiled.diagnostics.first());
        });
        let (parse_each, compile_each) = (parsing / bytes, compiling / bytes);
        let (parse_first, compile_first) = *first.get_or_insert((parse_each, compile_each));
        println!(
            "{flows:>8} {:>7.2}  {:>12.1} {:>8.2} {:>7.1}  {:>12.1} {:>8.2} {:>7.1}",
            bytes / 1e6,
            bytes / 1e6 / parsing,
            parse_each / parse_first,
            parse_peak as f64 / bytes,
            bytes / 1e6 / compiling,
            compile_each / compile_first,
            compile_peak as f64 / bytes,
        );
    }
    println!("`× first` is the time for each byte against that of the first row: 1 is linear.");
}
