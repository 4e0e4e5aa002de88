//! Plans of whole turns and fixed costs: what is said where there is none, and where others are as good.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::PathBuf;

use loopc::pipeline::{Compilation, compile};
use loopc::source::{Disk, SourceFile};
use serde_json::{Value, json};

fn compiled(text: &str) -> Compilation {
    let file = SourceFile::from_bytes("plan.loop".to_owned(), text.as_bytes().to_vec());
    compile((PathBuf::from("plan.loop"), file), &[], &Disk)
}

fn report(text: &str) -> Value {
    let mut compilation = compiled(text);
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{:?}", compilation.diagnostics));
    serde_json::from_str(&loopc::report::json(&compilation.written(&solution, &[]))).unwrap()
}

fn verifies(text: &str, report: &Value) -> bool {
    compiled(text).verify(report).faults.is_empty()
}

/// The first analysis of a shop that sells by two lines, a and b, and is paid for both; its report verifies.
fn analysis(flows: &str, plan: &str) -> Value {
    let text = shop(flows, plan);
    let report = report(&text);
    assert!(verifies(&text, &report), "{text}");
    report["analyses"][0].clone()
}

fn shop(flows: &str, plan: &str) -> String {
    format!(
        "currency EUR\nparticipant shop: business\nparticipant house: consumer\n{flows}\nplan best {{\n{plan}\n}}\n"
    )
}

fn members(found: &Value) -> Vec<String> {
    let one = |one: &Value| {
        let of = one["of"].as_str().or(one["text"].as_str()).unwrap_or_default();
        format!("{} {of}", one["kind"].as_str().unwrap_or_default())
    };
    found["conflict"].as_array().unwrap().iter().map(one).collect()
}

const PAY: &str = "cash flow pay: house -> shop { revenue: 5 EUR, capacity: 20 turn }";

#[test]
fn a_condition_that_makes_turns_whole_is_part_of_the_conflict() {
    // Only because a is whole and both come to 7 can b not be a half.
    let flows = format!(
        "goods flow a: shop -> house {{ cost: 1 EUR, integral: yes, capacity: 10 turn }}
goods flow b: shop -> house {{ cost: 1 EUR, capacity: 10 turn }}
{PAY}"
    );
    let window = "require: volume(b) >= 0.4 turn, require: volume(b) <= 0.6 turn";
    let all =
        analysis(&flows, &format!("maximize: profit, require: volume(a) + volume(b) == 7 turn, {window}"));
    assert_eq!(all["status"], "infeasible");
    assert_eq!(
        members(&all),
        [
            "require volume(a) + volume(b) == 7 turn",
            "require volume(b) >= 0.4 turn",
            "require volume(b) <= 0.6 turn"
        ]
    );
    assert_eq!(analysis(&flows, &format!("maximize: profit, {window}"))["status"], "optimal");
    // The same with a volume that is given.
    let flows = flows.replace(
        "goods flow b: shop -> house { cost: 1 EUR, capacity: 10 turn }",
        "goods flow b: shop -> house { cost: 1 EUR, volume: 3 turn }",
    );
    let narrow = "require: volume(pay) >= 4.4 turn, require: volume(pay) <= 4.6 turn";
    let found = analysis(&flows, &format!("maximize: profit, {narrow}"));
    assert_eq!(found["status"], "infeasible");
    assert!(members(&found).contains(&"volume b".to_owned()), "{found}");
}

#[test]
fn the_capacity_of_a_flow_with_a_fixed_cost_is_part_of_the_conflict() {
    let flows =
        format!("goods flow a: shop -> house {{ cost: 1 EUR, capacity: 5 turn, fixed: 2 EUR }}\n{PAY}");
    let found = analysis(&flows, "maximize: profit, require: volume(a) >= 7 turn");
    assert_eq!(members(&found), ["require volume(a) >= 7 turn", "capacity a"]);
    let mends: Vec<&Value> =
        found["conflict"].as_array().unwrap().iter().map(|one| &one["mend"]["exact"]).collect();
    assert_eq!(mends, ["5", "7"]);
    // With so much capacity there is a plan.
    let flows = flows.replace("capacity: 5 turn", "capacity: 7 turn");
    assert_eq!(analysis(&flows, "maximize: profit, require: volume(a) >= 7 turn")["status"], "optimal");
    // Here it is the fixed cost that is too much; no capacity is enough.
    let plan = "maximize: profit, require: volume(a) >= 1 turn, require: cost <= 2 EUR";
    let found = analysis(&flows, plan);
    assert_eq!(members(&found), ["require volume(a) >= 1 turn", "require cost <= 2 EUR", "capacity a"]);
    assert_eq!(found["conflict"][2]["mend"], Value::Null);
}

#[test]
fn what_is_paid_for_in_vain_makes_no_other_plan() {
    let flows = "goods flow a: shop -> house { cost: 1 EUR, capacity: 5 turn }
goods flow b: shop -> house { cost: 1 EUR, capacity: 5 turn, fixed: 2 EUR }
cash flow pay: house -> shop { revenue: 5 EUR, capacity: 5 turn }";
    let found = analysis(flows, "maximize: revenue, require: volume(b) <= 0 turn");
    assert_eq!(found["plan"]["unique"], true);
    // Without that requirement b is as good.
    assert_eq!(analysis(flows, "maximize: revenue")["plan"]["unique"], false);
}

#[test]
fn who_stops_after_the_proof_gets_what_is_proved() {
    let whole =
        format!("goods flow a: shop -> house {{ cost: 1 EUR, integral: yes, capacity: 5 turn }}\n{PAY}");
    let linear = whole.replace("integral: yes, ", "");
    for flows in [whole, linear] {
        let text = shop(&flows, "maximize: profit");
        let mut report = report(&text);
        let plan = &mut report["analyses"][0]["plan"];
        plan["stopped"] = json!(true);
        if flows.contains("integral") {
            plan["unique"] = Value::Null;
        }
        plan["conditions"].as_array_mut().unwrap().iter_mut().for_each(|one| one["price"] = Value::Null);
        plan["flows"].as_array_mut().unwrap().iter_mut().for_each(|one| one["gap"] = Value::Null);
        assert!(verifies(&text, &report), "{text}");
        // It is no way to say something else.
        report["analyses"][0]["plan"]["unique"] = json!(!flows.contains("integral"));
        assert_eq!(verifies(&text, &report), !flows.contains("integral"));
        report["analyses"][0]["plan"]["cost"]["exact"] = json!("4");
        assert!(!verifies(&text, &report));
    }
}

#[test]
fn who_stops_before_anything_is_known_gets_no_plan() {
    let flows =
        format!("goods flow a: shop -> house {{ cost: 1 EUR, integral: yes, capacity: 5 turn }}\n{PAY}");
    let text = shop(&flows, "maximize: profit");
    let mut compilation = compiled(&text);
    compilation.stop.ask();
    let solution = compilation.solve(&[]).unwrap();
    let codes: Vec<&str> = compilation.diagnostics.iter().map(|one| one.code.name()).collect();
    assert_eq!(codes, ["L0721"]);
    let report: Value =
        serde_json::from_str(&loopc::report::json(&compilation.written(&solution, &[]))).unwrap();
    assert_eq!(report["analyses"][0]["status"], "failed");
    assert!(verifies(&text, &report));
}

#[test]
fn a_value_that_is_proved_is_said_to_be() {
    // The best ratio is reached by very many plans, more than can be told apart within the limit.
    let mut flows = String::new();
    for place in 0..40 {
        flows += &format!(
            "goods flow a{place}: shop -> house {{ cost: 1 EUR, capacity: 1 turn, integral: yes }}\n"
        );
    }
    let sum: Vec<String> = (0..40).map(|place| format!("2 * volume(a{place})")).collect();
    let plan = format!("maximize: revenue / cost, require: {} <= 41 turn", sum.join(" + "));
    let text = shop(&format!("{flows}{PAY}").replace("capacity: 20 turn }", "capacity: 50 turn }"), &plan);
    let report = report(&text);
    let found = &report["analyses"][0];
    assert_eq!(found["objective"]["value"]["exact"], "5");
    let proof = &found["proof"];
    assert!(proof["kind"] == "exact" || proof["bound"]["exact"] == "5", "{}", proof["bound"]);
    assert!(verifies(&text, &report));
}
