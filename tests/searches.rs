//! Restricted loops and paths from source to report: what is proved verifies, what is only found says so, and
//! searches that cannot close end all the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod common;
mod networks;

use common::{Outcome, codes, run, run_text};
use loopc::report::{Paint, json, text};
use loopc::verify::verify;
use networks::SplitMix64;
use serde_json::Value;

fn document(outcome: &Outcome) -> Value {
    let solution = outcome.solution.as_ref().unwrap();
    serde_json::from_str(&json(&outcome.compilation.written(solution, &[]))).unwrap()
}

fn holds(document: &Value, outcome: &Outcome) -> bool {
    verify(document, &outcome.compilation.checked, &outcome.compilation.sources).faults.is_empty()
}

fn fits_the_schema(document: &Value) {
    let schema: Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    let faults: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(document)
        .map(|fault| fault.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// The parts of a document that hold a text, number or truth value, each changed, must not verify.
fn no_change_is_overlooked(document: &Value, outcome: &Outcome) {
    let mut open = vec![("/analyses".to_owned(), &document["analyses"])];
    let mut count = 0;
    while let Some((path, value)) = open.pop() {
        let altered = match value {
            Value::Object(inner) => {
                open.extend(inner.iter().map(|(key, value)| (format!("{path}/{key}"), value)));
                continue;
            }
            Value::Array(inner) => {
                open.extend(
                    inner.iter().enumerate().map(|(place, value)| (format!("{path}/{place}"), value)),
                );
                continue;
            }
            Value::Bool(truth) => Value::from(!truth),
            Value::Number(number) => Value::from(number.as_u64().unwrap() + 1),
            Value::String(text) => Value::from(format!("{text}1")),
            Value::Null => Value::from(1),
        };
        let mut changed = document.clone();
        *changed.pointer_mut(&path).unwrap() = altered;
        assert!(!holds(&changed, outcome), "{path} was changed, and nobody noticed");
        count += 1;
    }
    assert!(count > 10, "{count}");
}

#[test]
fn what_is_proved_verifies_and_nothing_else() {
    let outcome = run("tests/ui/clean/restricted.loop");
    let proved = document(&outcome);
    fits_the_schema(&proved);
    assert!(holds(&proved, &outcome));
    no_change_is_overlooked(&proved, &outcome);
    let refused = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = proved.clone();
        change(&mut bad);
        assert!(!holds(&bad, &outcome), "{what}");
    };
    let by_pay = |bad: &mut Value, change: &dyn Fn(&mut Vec<Value>)| {
        change(bad["analyses"][0]["loops"].as_array_mut().unwrap());
    };
    refused("a loop less", &|bad| by_pay(bad, &|loops| drop(loops.pop())));
    refused("the best left out", &|bad| by_pay(bad, &|loops| drop(loops.remove(0))));
    refused("loops in another order", &|bad| by_pay(bad, &|loops| loops.swap(0, 1)));
    refused("a bound for a proof", &|bad| {
        bad["analyses"][0]["proof"] = serde_json::json!({ "kind": "bound", "bound": null });
    });
}

#[test]
fn that_nothing_meets_the_restrictions_is_proved_too() {
    for path in ["through_stations_apart", "length_of_one", "path_through_nowhere"] {
        let outcome = run(&format!("tests/ui/meaning/{path}.loop"));
        let none = document(&outcome);
        assert_eq!(none["analyses"][0]["status"], "none", "{path}");
        fits_the_schema(&none);
        assert!(holds(&none, &outcome), "{path}");
        no_change_is_overlooked(&none, &outcome);
    }
}

/// So many participants, each of whom leads to every other, with random money.
fn complete(participants: i64, analyses: &str) -> Outcome {
    let mut random = SplitMix64(7);
    let mut model = "currency CNY\n".to_owned();
    (0..participants).for_each(|one| model.push_str(&format!("participant p{one}: business\n")));
    for (from, to) in (0..participants).flat_map(|from| (0..participants).map(move |to| (from, to))) {
        let (cost, revenue) = (random.between(1, 100), random.between(1, 150));
        if from != to {
            model.push_str(&format!(
                "cash flow f{from}_{to}: p{from} -> p{to} {{ cost: {cost} CNY, revenue: {revenue} CNY }}\n"
            ));
        }
    }
    model.push_str(analyses);
    run_text(&model)
}

fn stations(count: usize) -> String {
    (0..count).map(|one| format!("p{one}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_search_cut_short_says_what_is_left() {
    let outcome = complete(
        30,
        "loop most { maximize: profit }
expect most.proved
expect most.value >= 100 CNY
expect most.value > 100_000 CNY
expect most.value == 3000 CNY or most.length < 3
expect p0 in most\n",
    );
    let found: Vec<String> = codes(&outcome.diagnostics).into_iter().collect();
    assert_eq!(found, ["L0421", "L0720"]);
    let solution = outcome.solution.as_ref().unwrap();
    let decided: Vec<Option<bool>> = solution.claims.iter().map(|claim| claim.holds).collect();
    assert_eq!(decided, [Some(false), Some(true), Some(false), None, None]);
    let report = outcome.compilation.written(solution, &[]);
    let shown = text(&report, Paint { unicode: false, color: false });
    assert!(
        shown.contains("best found, not proved, among loops of 870 flows among 30 participants"),
        "{shown}"
    );
    assert!(shown.contains("the search was cut short; no loop can exceed "), "{shown}");
    let document = document(&outcome);
    fits_the_schema(&document);
    let (status, proof) = (&document["analyses"][0]["status"], &document["analyses"][0]["proof"]);
    assert_eq!((status, &proof["kind"]), (&Value::from("found"), &Value::from("bound")));
    assert!(holds(&document, &outcome));
    let refused = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = document.clone();
        change(&mut bad["analyses"][0]);
        assert!(!holds(&bad, &outcome), "{what}");
    };
    refused("another bound", &|bad| bad["proof"]["bound"]["exact"] = Value::from("3000"));
    refused("no bound", &|bad| bad["proof"]["bound"] = Value::Null);
    refused("a flow less", &|bad| drop(bad["loops"][0]["flows"].as_array_mut().unwrap().pop()));
    refused("called optimal", &|bad| {
        bad["status"] = Value::from("optimal");
        bad["proof"] = serde_json::json!({ "kind": "search", "nodes": 1 });
    });
}

#[test]
fn many_stations_and_absurd_lengths_end() {
    let outcome = complete(
        30,
        &format!(
            "loop many {{ through: {} }}
loop dear {{ minimize: cost, through: {} }}
loop brief {{ length: 2 .. 3, top: 100, maximize: profit }}
loop free {{ length: 1 .. 1e30 }}
path far {{ from: p0, to: p1, length: 28, maximize: revenue / cost }}\n",
            stations(20),
            stations(30)
        ),
    );
    let document = document(&outcome);
    fits_the_schema(&document);
    assert!(holds(&document, &outcome));
    let statuses: Vec<&str> =
        document["analyses"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["found", "found", "optimal", "optimal", "found"]);
    assert_eq!(document["analyses"][2]["loops"].as_array().unwrap().len(), 100);
    for (place, falls) in [(0, false), (1, true), (4, false)] {
        let one = &document["analyses"][place];
        let number =
            |value: &Value| loopc::exact::literal::parse_exact(value["exact"].as_str().unwrap()).unwrap();
        let (value, bound) = (number(&one["objective"]["value"]), number(&one["proof"]["bound"]));
        assert!(if falls { value >= bound } else { value <= bound }, "{place}: {value} beyond {bound}");
    }
    assert!(complete(4, "loop one { length: 1 }\n").diagnostics.iter().any(|one| one.code.name() == "L0423"));
    assert!(
        complete(4, "loop l { length: 5 .. 1e40 }\n")
            .diagnostics
            .iter()
            .any(|one| one.code.name() == "L0423")
    );
}

#[test]
fn where_runners_up_cannot_be_proved_the_best_alone_is_listed() {
    let outcome = complete(22, "loop most { maximize: profit, through: p3, top: 100 }\n");
    let document = document(&outcome);
    let one = &document["analyses"][0];
    let found: Vec<String> = codes(&outcome.diagnostics).into_iter().collect();
    assert_eq!((found, &one["status"]), (vec!["L0701".to_owned()], &Value::from("optimal")));
    assert_eq!((one["loops"].as_array().unwrap().len(), &one["complete"]), (1, &Value::from(false)));
    assert!(holds(&document, &outcome));
    let mut more = document.clone();
    more["analyses"][0]["complete"] = Value::from(true);
    assert!(!holds(&more, &outcome));
}

/// A sparse network of some size, as a person with many partners has it.
fn sparse(participants: i64, flows: i64, analyses: &str) -> Outcome {
    let mut random = SplitMix64(11);
    let mut model = "currency CNY\n".to_owned();
    (0..participants).for_each(|one| model.push_str(&format!("participant p{one}: business\n")));
    for flow in 0..flows {
        let from = random.between(0, participants - 1);
        let to = (from + random.between(1, participants - 1)) % participants;
        let (cost, revenue) = (random.between(1, 1_000), random.between(1, 1_500));
        model.push_str(&format!(
            "cash flow f{flow}: p{from} -> p{to} {{ cost: {cost} CNY, revenue: {revenue} CNY }}\n"
        ));
    }
    model.push_str(analyses);
    run_text(&model)
}

#[test]
fn searches_of_some_size_close() {
    let outcome = sparse(
        150,
        600,
        "loop by_one { through: p1, length: 2 .. 8 }
loop brief { length: 3 .. 6, top: 5 }
loop cheap { minimize: cost, top: 3 }
loop by_flow { minimize: cost, through: f450 }
loop earns { maximize: profit, length: 2 .. 5, through: p7 }
path reach { from: p0, to: p1, minimize: cost, through: p2 }\n",
    );
    let document = document(&outcome);
    for one in document["analyses"].as_array().unwrap() {
        assert_eq!(one["status"], "optimal", "{}", one["name"]);
    }
    assert!(holds(&document, &outcome));
}
