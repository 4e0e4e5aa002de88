//! How long a plan takes, phase by phase, from its text to its verified report, beside the bare solver.

#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

mod plan_models;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../meaning/random.rs"]
mod random;

use std::path::PathBuf;
use std::time::Instant;

use loopc::exact::Rational;
use loopc::model::AnalysisId;
use loopc::pipeline::compile;
use loopc::simplex::{Budget, Simplex};
use loopc::solve::{Choice, crashed, suggest};
use loopc::source::{Disk, SourceFile};
use loopc::stop::Stop;

use plan_models::{Leaks, plan};

/// Seconds of each phase.
#[derive(Clone, Copy, Default)]
struct Times {
    compile: f64,
    /// The solver alone, with the program made for it.
    solver: f64,
    /// From its values to an exact optimum.
    exact: f64,
    /// The whole analysis: besides those two, the one plan among the best, its proof, prices, loops and accounts.
    analysis: f64,
    report: f64,
    verify: f64,
}

fn timed<T>(seconds: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *seconds = start.elapsed().as_secs_f64();
    done
}

fn run(text: &str) -> Times {
    let mut times = Times::default();
    let source = SourceFile::from_text("plan.loop".to_owned(), text.to_owned());
    let main = (PathBuf::from("plan.loop"), source);
    let mut compiled = timed(&mut times.compile, || compile(main, &[], &Disk));
    let program = compiled.program(AnalysisId::at(0)).expect("a plan has a program");
    timed(&mut times.solver, || drop(suggest((Choice::Auto, &Stop::default()), &program)));
    let crash = crashed((Choice::Auto, &Stop::default()), &program);
    let objective: Vec<Rational> = program.columns().iter().map(|column| column.objective.clone()).collect();
    timed(&mut times.exact, || {
        Simplex::new(&program, &crash).maximize(&objective, &mut Budget::of(1_000_000))
    })
    .expect("enough pivots");
    let solution = timed(&mut times.analysis, || compiled.solve(&[])).expect("no faults");
    let json = timed(&mut times.report, || loopc::report::json(&compiled.written(&solution, &[])));
    let document = serde_json::from_str(&json).expect("JSON");
    let verified = timed(&mut times.verify, || compiled.verify(&document));
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    times
}

fn main() {
    let heading = ["compile", "solver", "exact", "the rest", "report", "all ms", "÷ solver", "verify ms"];
    println!("{:>6} {:>6}  {}", "flows", "leaks", heading.map(|word| format!("{word:>10}")).join(""));
    for (flows, leaks) in [(50, 10), (500, 10), (5_000, 0), (5_000, 10), (5_000, 50)] {
        let text = plan(flows, Leaks(leaks));
        let runs = (0..2).map(|_| run(&text));
        let all = |times: &Times| times.compile + times.analysis + times.report;
        let best = runs.min_by(|one, other| all(one).total_cmp(&all(other))).unwrap_or_default();
        let whole = all(&best);
        let rest = best.analysis - best.solver - best.exact;
        let shares = [best.compile, best.solver, best.exact, rest, best.report];
        let shares = shares.map(|part| format!("{:>9.0}%", 100.0 * part / whole)).join("");
        let ratio = whole / best.solver;
        println!(
            "{flows:>6} {leaks:>5}%  {shares}{:>10.1}{ratio:>10.1}{:>10.1}",
            whole * 1e3,
            best.verify * 1e3
        );
    }
    println!(
        "Shares are of `all`: from the text to the JSON report. `÷ solver` is `all` by the time of the bare solver."
    );
}
