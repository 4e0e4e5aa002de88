//! Analyses that somebody stops: what was met until then is shown with its exact value, and nothing is said to be proved.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;
mod networks;

use std::cell::RefCell;

use common::{Outcome, codes, run_text};
use loopc::certify::check;
use loopc::certify::path::{PathOutcome, PathProblem, best_path, best_path_until};
use loopc::certify::ratio::{RatioOutcome, best_loops, best_loops_until};
use loopc::exact::Rational;
use loopc::network::{Edge, Vertex};
use loopc::pipeline::compile;
use loopc::program::{RatioProblem, RestrictedProblem, Waiting};
use loopc::report::{Paint, json, text};
use loopc::solve::{suggest_cycle, suggest_cycle_until};
use loopc::source::{Disk, SourceFile};
use loopc::stop::Stop;
use loopc::verify::verify;
use networks::{Network, random_network, sum};
use serde_json::Value;

const NETWORKS: u64 = 1_500;

fn ratio(network: &Network, edges: &[Edge]) -> Option<Rational> {
    sum(&network.numerator, edges).checked_div(&sum(&network.denominator, edges))
}

/// The answer that a search comes to where nobody stops it.
fn optimum(problem: &RatioProblem<'_>) -> Option<Rational> {
    match best_loops(problem, 1, &|_| Vec::new()) {
        RatioOutcome::Optimal(answer) => Some(answer.certificate.lambda.clone()),
        _ => None,
    }
}

#[test]
fn a_search_that_is_stopped_shows_a_loop_and_its_ratio() {
    let mut met = 0;
    for seed in 0..NETWORKS {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        let Some(best) = optimum(&problem) else { continue };
        let stop = Stop::default();
        // The hint is the last that is asked for before the exact search begins.
        let hint = |problem: &RatioProblem<'_>| {
            stop.ask();
            suggest_cycle(problem)
        };
        let outcome = best_loops_until(&problem, 3, &hint, &Waiting::silently(&stop));
        let RatioOutcome::Stopped { found: Some(found) } = outcome else {
            panic!("seed {seed}: {outcome:?}")
        };
        let unrestricted = RestrictedProblem {
            graph: &network.graph,
            numerator: &network.numerator,
            denominator: Some(&network.denominator),
            ends: None,
            through: &[],
            length: (1, network.graph.vertex_count()),
        };
        assert_eq!(check::restricted(&unrestricted, &found.edges), Ok(()), "seed {seed}");
        assert_eq!(found.edges.first(), found.edges.iter().min(), "seed {seed}");
        assert_eq!(ratio(&network, &found.edges), Some(found.ratio.clone()), "seed {seed}");
        assert!(found.ratio <= best, "seed {seed}");
        met += 1;
    }
    assert!(met > 500, "{met}");
}

#[test]
fn a_search_that_is_stopped_before_it_begins_met_nothing() {
    let stop = Stop::default();
    stop.ask();
    let mut asked = 0;
    for seed in 0..NETWORKS {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        match best_loops_until(&problem, 1, &|_| panic!("nobody is asked"), &Waiting::silently(&stop)) {
            RatioOutcome::NoLoop { .. } => assert_eq!(optimum(&problem), None, "seed {seed}"),
            outcome => {
                assert_eq!(outcome, RatioOutcome::Stopped { found: None }, "seed {seed}");
                asked += 1;
            }
        }
    }
    assert!(asked > 500, "{asked}");
    assert_eq!(stop.progress().seen().steps, 0);
}

/// Whoever waits is told of better and better ratios, the last of which is the best.
#[test]
fn better_ratios_are_told_as_they_are_met() {
    let (mut rises, mut found) = (0, 0);
    for seed in 0..NETWORKS {
        let network = random_network(seed);
        let words = network.words();
        let problem = words.problem();
        let told = RefCell::new(Vec::new());
        let (stop, better) = (Stop::default(), |ratio: &Rational| told.borrow_mut().push(ratio.clone()));
        let waiting = Waiting { stop: &stop, better: &better };
        let RatioOutcome::Optimal(answer) = best_loops_until(&problem, 1, &|_| Vec::new(), &waiting) else {
            continue;
        };
        assert_eq!(told.borrow().last(), Some(&answer.certificate.lambda), "seed {seed}");
        assert!(told.borrow().windows(2).all(|pair| pair[0] < pair[1]), "seed {seed}: {told:?}");
        rises += usize::from(told.borrow().len() > 1);
        told.borrow_mut().clear();
        let policy = suggest_cycle_until(&problem, &waiting);
        assert_eq!(policy, suggest_cycle(&problem), "seed {seed}");
        let best = Some(&answer.certificate.lambda);
        assert!(told.borrow().iter().max() <= best, "seed {seed}: the engine");
        found += usize::from(told.borrow().last() == best);
        assert!(stop.progress().seen().steps > 0);
    }
    assert!(rises > 100 && found > 500, "{rises} {found}");
}

#[test]
fn a_path_that_is_stopped_leads_from_end_to_end() {
    let stop = Stop::default();
    stop.ask();
    let mut met = 0;
    for seed in 0..NETWORKS {
        let network = random_network(seed);
        let (from, to) = (Vertex(0), Vertex::at(network.graph.vertex_count() - 1));
        if from == to {
            continue;
        }
        let problem = PathProblem { graph: &network.graph, weights: &network.numerator, from, to };
        match (best_path_until(&problem, &stop), best_path(&problem)) {
            (PathOutcome::Stopped { edges, value }, proved) => {
                assert!(network.graph.is_simple(&edges, from, to), "seed {seed}");
                assert_eq!(sum(&network.numerator, &edges), value, "seed {seed}");
                if let PathOutcome::Optimal(best) = proved {
                    assert!(value <= best.value, "seed {seed}");
                }
                met += 1;
            }
            (stopped, proved) => assert_eq!(stopped, proved, "seed {seed}"),
        }
    }
    assert!(met > 300, "{met}");
}

const MODEL: &str = "currency CNY
participant a: business
participant b: consumer
participant c: platform
cash flow pay: a -> b { cost: 3 CNY, revenue: 7 CNY }
cash flow back: b -> a { cost: 2 CNY, revenue: 1 CNY }
cash flow far: b -> c { cost: 1 CNY, revenue: 4 CNY }
cash flow home: c -> a { cost: 5 CNY, revenue: 6 CNY }
loop best { top: 3 }
path cheapest { from: a, to: c, minimize: cost }
closure all
expect best.value >= 1
expect cheapest.value <= 100 CNY
";

/// The model, solved by somebody who has asked to stop.
fn stopped(text: &str) -> Outcome {
    let source = SourceFile::from_text("model.loop".to_owned(), text.to_owned());
    let mut compilation = compile(("model.loop".into(), source), &[], &Disk);
    compilation.stop.ask();
    let solution = compilation.solve(&[]);
    let diagnostics = compilation.report();
    Outcome { compilation, solution, diagnostics, scenarios: Vec::new() }
}

fn document(outcome: &Outcome) -> Value {
    let solution = outcome.solution.as_ref().unwrap();
    serde_json::from_str(&json(&outcome.compilation.written(solution, &[]))).unwrap()
}

fn holds(document: &Value, outcome: &Outcome) -> bool {
    verify(document, &outcome.compilation.checked, &outcome.compilation.sources).faults.is_empty()
}

#[test]
fn reports_of_what_was_stopped_verify_and_claim_no_more() {
    let outcome = stopped(MODEL);
    let found = document(&outcome);
    let schema: Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    let faults: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&found)
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let status: Vec<&str> =
        found["analyses"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["failed", "found", "closed"]);
    assert_eq!(found["analyses"][1]["path"]["flows"], serde_json::json!(["pay", "far"]));
    assert_eq!(found["analyses"][1]["proof"], serde_json::json!({ "kind": "bound", "bound": null }));
    // That the path costs no more than it does is known; of the loop nothing is.
    assert_ne!(found["expectations"][0]["holds"], Value::Bool(true));
    assert_eq!(found["expectations"][1]["holds"], Value::Bool(true));
    assert!(holds(&found, &outcome));
    let told = codes(&outcome.diagnostics);
    assert!(["L0421", "L0720", "L0721"].iter().all(|code| told.contains(*code)), "{told:?}");
    let paint = Paint { unicode: true, color: false };
    let shown = text(&outcome.compilation.written(outcome.solution.as_ref().unwrap(), &[]), paint);
    assert!(shown.contains("nothing found among loops of 4 flows"), "{shown}");
    assert!(shown.contains("best found, not proved, among paths of 2 flows"), "{shown}");
    let refused = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = found.clone();
        change(&mut bad["analyses"]);
        assert!(!holds(&bad, &outcome), "{what}");
    };
    let bound = serde_json::json!({ "exact": "1", "decimal": "1", "unit": "1" });
    refused("a bound of loops", &|bad| bad[0]["proof"]["bound"] = bound.clone());
    refused("a bound that is none", &|bad| bad[1]["proof"]["bound"] = bound.clone());
    refused("a proof that is none", &|bad| bad[1]["status"] = "optimal".into());
    refused("another value", &|bad| bad[1]["objective"]["value"]["exact"] = "3".into());
    refused("another path", &|bad| bad[1]["path"]["flows"] = serde_json::json!(["pay", "home"]));
}

/// A loop that was met and is not proved, put in a report of the model's: it verifies, and its numbers must be its own.
#[test]
fn a_loop_that_was_met_verifies_with_its_numbers() {
    let (whole, short) = (run_text(MODEL), stopped(MODEL));
    let (proved, mut found) = (document(&whole), document(&short));
    let listed = proved["analyses"][0]["loops"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    for one in listed {
        let mut one = one.clone();
        one["rank"] = 1.into();
        let analysis = &mut found["analyses"][0];
        analysis["status"] = "found".into();
        analysis["objective"]["value"] = one["value"].clone();
        analysis["objective"]["value"]["unit"] = "1".into();
        analysis["loops"] = Value::Array(vec![one]);
        // An expectation that the loop settles is settled.
        found["expectations"][0]["holds"] = Value::Bool(true);
        let value = found["analyses"][0]["objective"]["value"]["decimal"].as_str().unwrap();
        found["expectations"][0]["actual"] = serde_json::json!([format!("best.value = {value}")]);
        let problems = verify(&found, &whole.compilation.checked, &whole.compilation.sources).faults;
        let analyses: Vec<_> =
            problems.iter().filter(|fault| !fault.message.contains("expectations")).collect();
        assert!(analyses.is_empty(), "{analyses:?}");
        let mut bad = found.clone();
        bad["analyses"][0]["loops"][0]["cost"]["exact"] = "1".into();
        assert!(!holds(&bad, &whole));
    }
}
