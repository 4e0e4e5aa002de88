//! How long a network from a table takes, from the file to the proved loop, how much memory, and how both grow.
//!
//! `LOOPC_BENCH_SIZE=5000000x1000000` measures one network of so many flows and participants instead, and beside the whole
//! of it the search alone, in memory: what the engine takes to suggest the best loop, and all of it, to the proof.
//!
//! `LOOPC_BENCH_TABLE=DIR` writes instead what peers read into a folder: the table of the largest network and its model; a
//! plan over a table, in `plan/`; and a plan with every flow declared, in `declared/`. With a size, that network
//! alone.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
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
use loopc::certify::ratio::{RatioOutcome, best_loops};
use loopc::exact::{Numbers, Rational};
use loopc::network::{Digraph, Vertex};
use loopc::pipeline::compile;
use loopc::program::RatioProblem;
use loopc::solve::suggest_cycle;
use loopc::source::{Disk, SourceFile};
use networks::{MODEL, flows, table, table_among};
use peak_alloc::PeakAlloc;

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

const LARGEST: usize = 1_000_000;

/// The flows of a plan over a table, and of one with every flow declared.
const PLANNED: usize = 100_000;
const DECLARED: usize = 200_000;

/// Flows and participants, where a size is asked for.
fn size() -> Option<(usize, usize)> {
    let asked = std::env::var("LOOPC_BENCH_SIZE").ok()?;
    let (flows, participants) = asked.split_once('x').expect("as in 5000000x1000000");
    Some((flows.parse().unwrap(), participants.parse().unwrap()))
}

/// Seconds of the processor that this process took so far, in all its threads, by hundredths.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = told.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

/// The search alone, over a graph and numbers in memory: the least of three.
fn in_memory((count, participants): (usize, usize)) {
    let ends: Vec<(Vertex, Vertex)> =
        flows(count, participants).map(|(from, to, ..)| (Vertex::at(from), Vertex::at(to))).collect();
    let cents = |number: usize| Rational::from(i64::try_from(number).unwrap());
    let numerator: Numbers = flows(count, participants).map(|(.., revenue)| cents(revenue)).collect();
    let denominator: Numbers = flows(count, participants).map(|(_, _, cost, _)| cents(cost)).collect();
    let (mut engine, mut whole) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..3 {
        // A graph remembers its components: each search has a new one.
        let graph = Digraph::new(participants, &ends);
        let problem = RatioProblem { graph: &graph, numerator: &numerator, denominator: &denominator };
        let start = processor();
        std::hint::black_box(suggest_cycle(&problem));
        engine = engine.min(processor() - start);
        let graph = Digraph::new(participants, &ends);
        let problem = RatioProblem { graph: &graph, ..problem };
        let start = processor();
        let RatioOutcome::Optimal(answer) = best_loops(&problem, 1, &suggest_cycle) else {
            panic!("no loop")
        };
        whole = whole.min(processor() - start);
        std::hint::black_box(answer);
    }
    println!(
        "in memory, {count} flows, {participants} participants: engine {engine:.2} s, proved {whole:.2} s"
    );
}

fn for_peers(folder: &Path) {
    let write = |place: &str, file: &str, text: &str| {
        std::fs::create_dir_all(folder.join(place)).unwrap();
        std::fs::write(folder.join(place).join(file), text).unwrap();
    };
    let (count, participants) = size().unwrap_or((LARGEST, LARGEST / 5));
    write("", "flows.csv", &table_among(count, participants));
    write("", "network.loop", MODEL);
    if size().is_some() {
        return;
    }
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
    if let Some(size) = size() {
        in_memory(size);
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("network.loop");
        std::fs::write(folder.path().join("flows.csv"), table_among(size.0, size.1)).unwrap();
        std::fs::write(&model, MODEL).unwrap();
        let ([compiling, solving, writing], peak) = run(&model);
        println!(
            "compile {compiling:.2} s, solve {solving:.2} s, report {writing:.2} s; {} bytes a flow",
            peak / size.0
        );
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
