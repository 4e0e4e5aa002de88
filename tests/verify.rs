//! Verification: every report of every model is proved again, and a report in which anything was changed is not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Outcome, models, report, run, run_text};
use loopc::verify::verify;
use serde_json::Value;

/// All places of a document that hold a text, number or truth value.
fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(inner) => {
            inner.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found))
        }
        Value::Array(inner) => {
            inner
                .iter()
                .enumerate()
                .for_each(|(place, value)| leaves(value, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

/// Something else of the same kind.
fn altered(leaf: &Value) -> Value {
    match leaf {
        Value::String(text) => match loopc::exact::literal::parse_exact(text) {
            Some(number) => Value::from((&number + &loopc::exact::Rational::ONE).to_string()),
            None => Value::from(format!("{text}x")),
        },
        Value::Number(number) => Value::from(number.as_u64().unwrap_or(0) + 1),
        Value::Bool(truth) => Value::from(!truth),
        Value::Null => Value::from("0"),
        other => panic!("no leaf: {other}"),
    }
}

fn holds(document: &Value, outcome: &Outcome) -> bool {
    verify(document, &outcome.compilation.checked, &outcome.compilation.sources).faults.is_empty()
}

fn every_change_is_refused(document: &Value, outcome: &Outcome, step: usize) {
    assert!(holds(document, outcome));
    let mut places = Vec::new();
    for part in ["analyses", "expectations"] {
        leaves(&document[part], &format!("/{part}"), &mut places);
    }
    for place in places.iter().step_by(step) {
        let mut changed = document.clone();
        let leaf = changed.pointer_mut(place).unwrap();
        *leaf = altered(leaf);
        assert!(!holds(&changed, outcome), "{place} was changed, and nobody noticed");
    }
}

#[test]
fn scenarios_are_proved_again_and_are_not_the_model() {
    let mut seen = 0;
    for path in models() {
        let outcome = run(&path);
        let base: Value = serde_json::from_str(&report(&path)).unwrap();
        for (state, solution) in &outcome.scenarios {
            let text = loopc::report::json(&state.written(solution.as_ref().unwrap(), &[]));
            let document: Value = serde_json::from_str(&text).unwrap();
            let faults = |document| verify(document, &state.checked, &state.sources).faults;
            assert!(faults(&document).is_empty(), "{path}: {:?}", faults(&document));
            assert_ne!(document["analyses"], base["analyses"], "{path}: the scenario changes nothing");
            assert!(
                !faults(&base).is_empty() && !holds(&document, &outcome),
                "{path}: one passes for the other"
            );
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn every_model_is_proved_again() {
    for path in models() {
        let outcome = run(&path);
        assert!(holds(&document(&outcome), &outcome), "{path}");
    }
}

#[test]
fn no_number_can_be_changed() {
    for (path, step) in
        [("models/neighbourhood.loop", 1), ("models/tramp-steamer.loop", 1), ("models/wanda.loop", 17)]
    {
        let document: Value = serde_json::from_str(&report(path)).unwrap();
        every_change_is_refused(&document, &run(path), step);
    }
}

#[test]
fn verdicts_without_an_answer_are_proved_too() {
    let model = "currency CNY
participant a: platform
participant b: consumer
participant c: business
cash flow there: a -> b { cost: 1 CNY }
cash flow back: b -> a { revenue: 2 CNY }
information flow on: b -> c { cost: 1 CNY }
loop none { over: information }
loop refused { maximize: cost / revenue, only: there, on }
path nowhere { from: c, to: a, minimize: cost }
path about { from: a, to: c, maximize: revenue }
closure all
";
    let outcome = run_text(model);
    let solution = outcome.solution.as_ref().unwrap();
    let document: Value =
        serde_json::from_str(&loopc::report::json(&outcome.compilation.written(solution, &[]))).unwrap();
    let statuses: Vec<&str> =
        document["analyses"].as_array().unwrap().iter().map(|one| one["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["none", "none", "none", "optimal", "open"]);
    every_change_is_refused(&document, &outcome, 1);
}

/// A report of a model as a document.
fn document(outcome: &Outcome) -> Value {
    let solution = outcome.solution.as_ref().unwrap();
    serde_json::from_str(&loopc::report::json(&outcome.compilation.written(solution, &[]))).unwrap()
}

#[test]
fn forgeries_beside_the_numbers_are_refused() {
    let outcome = run("models/neighbourhood.loop");
    let good = document(&outcome);
    let refused = |what: &str, change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(!holds(&bad, &outcome), "{what}");
    };
    refused("another title", &|bad| bad["model"]["title"] = Value::from("Audited"));
    refused("another currency", &|bad| bad["model"]["money"] = Value::from("USD"));
    refused("more participants", &|bad| bad["model"]["participants"] = Value::from(99));
    refused("a further key", &|bad| bad["audited"] = Value::from(true));
    refused("an analysis twice", &|bad| {
        let first = bad["analyses"][0].clone();
        bad["analyses"].as_array_mut().unwrap().push(first);
    });
    refused("no analysis", &|bad| {
        bad["analyses"] = Value::Array(Vec::new());
        bad["expectations"] = Value::Array(Vec::new());
    });
    refused("a loop less than was asked for", &|bad| {
        drop(bad["analyses"][0]["loops"].as_array_mut().unwrap().pop())
    });
    refused("loops in another order", &|bad| bad["analyses"][0]["loops"].as_array_mut().unwrap().swap(0, 1));
    refused("an expectation less", &|bad| drop(bad["expectations"].as_array_mut().unwrap().pop()));
    refused("a node less", &|bad| {
        let nodes = &mut bad["analyses"][0]["proof"]["certificate"]["nodes"];
        drop(nodes.as_array_mut().unwrap().pop());
    });
}

#[test]
fn a_part_of_a_report_says_what_is_missing() {
    let outcome = run("models/neighbourhood.loop");
    let mut part = document(&outcome);
    part["analyses"] = Value::Array(vec![part["analyses"][4].clone()]);
    part["expectations"] = Value::Array(vec![part["expectations"][8].clone()]);
    let verified = verify(&part, &outcome.compilation.checked, &outcome.compilation.sources);
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    assert_eq!(verified.missing, ["trade", "shop_books", "buy", "year1"]);
}

#[test]
fn an_optimum_where_turns_leak_is_refused() {
    let model = |otherwise: &str| {
        run_text(&format!(
            "currency CNY\nparticipant a: platform\nparticipant b: consumer\nparticipant c: business
cash flow f: a -> b {{ cost: 1 CNY, yield: 50% else {otherwise} }}
cash flow g: b -> a {{ revenue: 3 CNY }}
cash flow h: c -> a {{ cost: 1 CNY }}
loop t {{ only: f, g }}
closure all\n"
        ))
    };
    let (sound, leaking) = (model("a"), model("c"));
    let forged = document(&sound);
    assert!(holds(&forged, &sound) && !holds(&forged, &leaking));
}

#[test]
fn a_proof_of_another_model_proves_nothing() {
    let document: Value = serde_json::from_str(&report("models/neighbourhood.loop")).unwrap();
    let text = std::fs::read_to_string("models/neighbourhood.loop").unwrap();
    let dearer = run_text(&text.replace("param dispatch = 6.50 CNY", "param dispatch = 6.60 CNY"));
    assert!(!holds(&document, &dearer));
}

/// A plan of so many loops, each of another profit, in no order.
fn star(flows: usize) -> Outcome {
    let mut text = "currency CNY\nparticipant hub: platform\nparticipant far: consumer\n".to_owned();
    for flow in 0..flows {
        let (revenue, capacity) = (2 + flow * 7 % flows, 1 + flow % 3);
        text.push_str(&format!(
            "cash flow f{flow}: hub -> far {{ revenue: {revenue} CNY, cost: 1 CNY, capacity: {capacity} turn/day }}\n"
        ));
    }
    run_text(&(text + "cash flow back: far -> hub\nplan all {\n    period: day\n    maximize: profit\n}\n"))
}

#[test]
fn of_many_loops_those_that_bring_most_are_listed_and_the_rest_is_summed_up() {
    let mut outcome = star(20);
    let exact = |value: &Value| loopc::exact::literal::parse_exact(value["exact"].as_str().unwrap()).unwrap();
    let profits = |document: &Value| -> Vec<loopc::exact::Rational> {
        let loops = document["analyses"][0]["plan"]["loops"].as_array().unwrap();
        loops.iter().map(|one| exact(&one["profit"])).collect()
    };
    let all = profits(&document(&outcome));
    assert_eq!(all.len(), 20);
    assert!(document(&outcome)["analyses"][0]["plan"].get("more_loops").is_none());
    for most in [0, 1, 7, 19, 20, 21] {
        outcome.compilation.loops = Some(most);
        let document = document(&outcome);
        let (listed, more) = (profits(&document), &document["analyses"][0]["plan"]["more_loops"]);
        let mut greatest = all.clone();
        greatest.sort_by(|one, other| other.cmp(one));
        let mut sorted = listed.clone();
        sorted.sort_by(|one, other| other.cmp(one));
        assert_eq!(sorted, greatest[..most.min(20)], "{most}");
        let rest: loopc::exact::Rational = greatest[most.min(20)..].iter().sum();
        match 20_usize.checked_sub(most) {
            Some(count @ 1..) => {
                assert_eq!((more["count"].as_u64().unwrap(), exact(&more["profit"])), (count as u64, rest));
            }
            _ => assert!(more.is_null(), "{most}"),
        }
        // They stand in the order of the plan, whichever they are.
        let kept: Vec<_> = all.iter().filter(|profit| listed.contains(profit)).cloned().collect();
        assert_eq!(listed, kept, "{most}");
        every_change_is_refused(&document, &outcome, 1);
    }
}

#[test]
fn loops_cannot_be_left_out_of_a_report_unsaid() {
    let mut outcome = star(9);
    outcome.compilation.loops = Some(4);
    let good = document(&outcome);
    let mut fewer = good.clone();
    drop(fewer["analyses"][0]["plan"]["loops"].as_array_mut().unwrap().pop());
    assert!(!holds(&fewer, &outcome), "one less is listed, and the sums are those of before");
    let mut silent = good;
    drop(silent["analyses"][0]["plan"].as_object_mut().unwrap().remove("more_loops"));
    assert!(!holds(&silent, &outcome), "nothing says that there are more");
}

#[test]
fn a_way_without_limit_is_shortened_as_a_plan_is() {
    let mut outcome = run_text(
        "currency CNY\nparticipant a: platform\nparticipant b: consumer
cash flow there: a -> b { revenue: 2 CNY }\ncash flow back: b -> a { cost: 1 CNY }
plan all {\n    period: day\n    maximize: profit\n}\n",
    );
    outcome.compilation.loops = Some(0);
    let document = document(&outcome);
    assert_eq!(document["analyses"][0]["along"], Value::Array(Vec::new()));
    assert_eq!(document["analyses"][0]["more_along"]["count"], 1);
    every_change_is_refused(&document, &outcome, 1);
}
