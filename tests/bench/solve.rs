//! How long a whole run takes, from the text to the proof, and how that grows with the number of flows.

#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    reason = "a bench measures and prints"
)]

mod models;

use std::path::PathBuf;
use std::time::Instant;

use loopc::analysis::Verdict;
use loopc::pipeline::compile;
use loopc::source::{Disk, SourceFile};

/// Compiles and solves; the seconds that each of the two took.
fn run(text: &str) -> (f64, f64) {
    let start = Instant::now();
    let source = SourceFile::from_text("model.loop".to_owned(), text.to_owned());
    let mut compiled = compile((PathBuf::from("model.loop"), source), &[], &Disk);
    let compiling = start.elapsed().as_secs_f64();
    let solution = compiled.solve(&[]);
    let found = solution
        .iter()
        .flat_map(|solution| &solution.findings)
        .all(|one| matches!(one.verdict, Verdict::Loops(_)));
    assert!(solution.is_some() && found, "{:?}", compiled.report().first());
    (compiling, start.elapsed().as_secs_f64() - compiling)
}

fn main() {
    println!("{:>6} {:>12} {:>12} {:>12} {:>8}", "flows", "compile ms", "solve ms", "together ms", "× first");
    let mut first: Option<f64> = None;
    for flows in [50, 500, 2_000] {
        let text = models::model(flows);
        let runs = (0..3).map(|_| run(&text));
        let (compiling, solving) =
            runs.min_by(|left, right| (left.0 + left.1).total_cmp(&(right.0 + right.1))).unwrap_or_default();
        let together = compiling + solving;
        println!(
            "{flows:>6} {:>12.2} {:>12.2} {:>12.2} {:>8.1}",
            compiling * 1e3,
            solving * 1e3,
            together * 1e3,
            together / *first.get_or_insert(together)
        );
    }
    println!("`× first` is the time against that of the first row.");
}
