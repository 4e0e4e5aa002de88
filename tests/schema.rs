//! The JSON report is what `docs/report.schema.json` says.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{models, report, run, run_text};
use serde_json::Value;

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn faults(document: &Value) -> Vec<String> {
    validator().iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

#[test]
fn reports_of_models_are_valid() {
    for path in models() {
        let document: Value = serde_json::from_str(&report(&path)).unwrap();
        assert_eq!(faults(&document), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn reports_that_list_some_loops_of_a_plan_are_valid() {
    let mut outcome = run("models/clearing.loop");
    outcome.compilation.loops = Some(1);
    let solution = outcome.solution.as_ref().unwrap();
    let json = loopc::report::json(&outcome.compilation.written(solution, &outcome.diagnostics));
    assert!(json.contains("\"more_loops\""), "{json}");
    assert_eq!(faults(&serde_json::from_str(&json).unwrap()), Vec::<String>::new());
}

#[test]
fn reports_with_faults_are_valid() {
    for path in ["tests/ui/meaning/loop_without_cost.loop", "tests/ui/syntax/chinese_input_method.loop"] {
        let outcome = run(path);
        assert!(!outcome.diagnostics.is_empty(), "{path}");
        // A model with errors has no solution; its report has the diagnostics alone.
        let nothing = loopc::pipeline::Solution { findings: Vec::new(), claims: Vec::new() };
        let solution = outcome.solution.as_ref().unwrap_or(&nothing);
        let json = loopc::report::json(&outcome.compilation.written(solution, &outcome.diagnostics));
        assert_eq!(faults(&serde_json::from_str(&json).unwrap()), Vec::<String>::new(), "{path}");
    }
    let outcome = run_text(
        "currency CNY\nparticipant a: platform\nparticipant b: consumer\ncash flow f: a -> b { cost: 1 CNY }\nloop l\npath p { from: b, to: a, minimize: cost }\nexpect l.ratio > 1\n",
    );
    let solution = outcome.solution.as_ref().unwrap();
    let json = loopc::report::json(&outcome.compilation.written(solution, &outcome.diagnostics));
    assert_eq!(faults(&serde_json::from_str(&json).unwrap()), Vec::<String>::new());
}

#[test]
fn other_documents_are_not_valid() {
    let good: Value = serde_json::from_str(&report("models/neighbourhood.loop")).unwrap();
    for place in
        ["/format", "/version", "/model/participants", "/analyses/0/status", "/analyses/0/proof/kind"]
    {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = Value::from("something else");
        assert!(!faults(&bad).is_empty(), "{place}");
    }
    let mut bad = good;
    bad.as_object_mut().unwrap().insert("more".to_owned(), Value::Null);
    assert!(!faults(&bad).is_empty());
}
