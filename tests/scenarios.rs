//! Scenarios: what is laid over a model means what the same text would mean if it were written out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Outcome, models, rendered, run_text};
use loopc::report::{Asked, Report, json};
use serde_json::Value;

const BASE: &str = "currency CNY
participant platform: platform { cost: 0.10 CNY }
participant shoppers: consumer
participant shops: business
participant bank: payment of shops
param fee = 2 CNY
param take = 5%
information flow advert: platform -> shoppers { cost: fee, yield: 50% else platform }
cash flow checkout: shoppers -> shops via bank { revenue: 12 CNY, amount: 40 CNY }
goods flow parcels: shops -> shoppers { rides: checkout, cost: 3 CNY }
cash flow commission: shops -> platform { amount: take * 40 CNY, cost: 0.2 CNY, capacity: 4000 turn/year }
information flow consult: shoppers -> shops -> platform { each hop: { cost: 0.5 CNY }, hop 2: { revenue: 1 CNY } }
loop trade { top: 3 }
plan year1 { period: year, maximize: profit, require: cost <= 9000 CNY/year }
";

/// A scenario, and the model that it means: what is added to the text above, and what is replaced in it.
type Case = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (
        "scenario s { set fee = 3 CNY\n set take = fee / 50 CNY }",
        "",
        &[("fee = 2 CNY", "fee = 3 CNY"), ("take = 5%", "take = fee / 50 CNY")],
    ),
    ("scenario s { change advert { cost: 1 CNY } }", "", &[("cost: fee, yield", "cost: 1 CNY, yield")]),
    (
        "scenario s { change platform { cost: 4 CNY, revenue: 1 CNY } }",
        "",
        &[("{ cost: 0.10 CNY }", "{ cost: 4 CNY, revenue: 1 CNY }")],
    ),
    (
        "scenario s { change year1 { maximize: revenue\n require: volume(checkout) <= 50 turn/year } }",
        "",
        &[(
            "maximize: profit, require: cost <= 9000 CNY/year",
            "maximize: revenue, require: cost <= 9000 CNY/year, require: volume(checkout) <= 50 turn/year",
        )],
    ),
    (
        "scenario s { change consult { hop 2: { revenue: 9 CNY }, hop 1: { cost: 2 CNY } } }",
        "",
        &[("hop 2: { revenue: 1 CNY }", "hop 2: { revenue: 9 CNY }, hop 1: { cost: 2 CNY }")],
    ),
    (
        "scenario s { remove parcels, year1 }",
        "",
        &[
            ("goods flow parcels: shops -> shoppers { rides: checkout, cost: 3 CNY }\n", ""),
            ("plan year1 { period: year, maximize: profit, require: cost <= 9000 CNY/year }\n", ""),
        ],
    ),
    (
        "scenario s { participant card: payment\n cash flow pay: shoppers -> shops via card { revenue: 14 CNY }\n loop all { over: cash, information } }",
        "participant card: payment\ncash flow pay: shoppers -> shops via card { revenue: 14 CNY }\nloop all { over: cash, information }\n",
        &[],
    ),
    (
        "scenario t { set fee = 9 CNY\n remove consult\n cash flow tip: shops -> platform { revenue: 2 CNY } }\nscenario s from t { set fee = 1 CNY\n change tip { revenue: 5 CNY }\n remove parcels }",
        "cash flow tip: shops -> platform { revenue: 5 CNY }\n",
        &[
            ("fee = 2 CNY", "fee = 1 CNY"),
            (
                "information flow consult: shoppers -> shops -> platform { each hop: { cost: 0.5 CNY }, hop 2: { revenue: 1 CNY } }\n",
                "",
            ),
            ("goods flow parcels: shops -> shoppers { rides: checkout, cost: 3 CNY }\n", ""),
        ],
    ),
    (
        "scenario s { change checkout { revenue: 2 CNY } }\nscenario other { remove trade, commission }",
        "",
        &[("revenue: 12 CNY", "revenue: 2 CNY")],
    ),
    (
        "scenario s { remove bank\n participant bank: payment { cost: 7 CNY }\n change commission { capacity: 1 turn/year } }",
        "participant bank: payment { cost: 7 CNY }\n",
        &[("participant bank: payment of shops\n", ""), ("4000 turn/year", "1 turn/year")],
    ),
];

/// The analyses and claims of a state, without what says from where they are.
fn found(report: &Report) -> (Value, Value) {
    let bare = Report { asked: Asked::default(), ..report.clone() };
    let document: Value = serde_json::from_str(&json(&bare)).unwrap();
    (document["analyses"].clone(), document["expectations"].clone())
}

fn state(outcome: &Outcome, name: &str) -> (Value, Value) {
    let all = outcome.scenarios.iter();
    let mut found_all = all.filter(|(state, _)| state.laid.as_ref().unwrap().scenario.name == name);
    let (state, solution) = found_all.next().unwrap();
    let solution = solution.as_ref().unwrap_or_else(|| panic!("{}", rendered(outcome, common::plain(80))));
    found(&state.written(solution, &[]))
}

fn base(outcome: &Outcome) -> (Value, Value) {
    let solution =
        outcome.solution.as_ref().unwrap_or_else(|| panic!("{}", rendered(outcome, common::plain(80))));
    found(&outcome.compilation.written(solution, &[]))
}

#[test]
fn a_scenario_is_the_model_written_out() {
    for (scenario, added, changes) in CASES {
        let laid = run_text(&format!("{BASE}{scenario}\n"));
        let mut text = BASE.to_owned();
        for (from, to) in *changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        let written = run_text(&format!("{text}{added}"));
        assert_eq!(state(&laid, "s"), base(&written), "{scenario}");
        // And the model beside it is what it was.
        assert_eq!(base(&laid), base(&run_text(BASE)), "{scenario}");
        assert_ne!(state(&laid, "s"), base(&laid), "{scenario}: nothing changed");
    }
}

/// Every param of every model, set in a scenario and written out.
#[test]
fn what_is_set_is_what_is_written() {
    let mut compared = 0;
    for path in models().into_iter().filter(|path| !path.contains('/') || path.matches('/').count() == 1) {
        let text =
            std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        // Claims on the model are none on what is changed.
        let body: String = text
            .lines()
            .filter(|line| !line.starts_with("expect "))
            .map(|line| format!("{line}\n"))
            .collect();
        let Some(body) = body.split("\nscenario ").next() else { continue };
        for line in body.lines().filter(|line| line.starts_with("param ")) {
            let (head, value) = line.split_once('=').unwrap();
            let value = value
                .split(" in ")
                .next()
                .unwrap()
                .split('~')
                .next()
                .unwrap()
                .split("//")
                .next()
                .unwrap()
                .trim();
            let name = head.trim_start_matches("param ").trim();
            let other = format!("({value}) * 9 / 10");
            let laid = run_text(&format!("{body}\nscenario other {{ set {name} = {other} }}\n"));
            let written = run_text(&body.replace(line, &line.replacen(value, &other, 1)));
            let (Some(_), Some((_, Some(_)))) = (&written.solution, laid.scenarios.first()) else { continue };
            assert_eq!(state(&laid, "other"), base(&written), "{path}: {line}");
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn a_claim_belongs_to_where_it_is_written() {
    let text = format!(
        "{BASE}expect trade.ratio > 0\nscenario t {{ set fee = 1 CNY\n expect trade.ratio > 1\n expect trade.ratio > 2 }}\nscenario s from t {{ expect trade.length > 0 }}\n"
    );
    let outcome = run_text(&text);
    let count = |claims: &Value| claims.as_array().unwrap().len();
    assert_eq!(count(&base(&outcome).1), 1);
    assert_eq!(count(&state(&outcome, "t").1), 2);
    assert_eq!(count(&state(&outcome, "s").1), 1);
}

#[test]
fn what_only_a_scenario_uses_is_used_and_its_faults_are_told_once() {
    let text = format!(
        "{BASE}param spare = 3 CNY\nscenario t {{ set fee = spare }}\nscenario s from t {{ change advert {{ cost: 1 turn }} }}\nscenario r from s {{ set take = 1% }}\n"
    );
    let outcome = run_text(&text);
    let codes: Vec<String> = outcome.diagnostics.iter().map(|one| one.code.to_string()).collect();
    assert_eq!(codes, ["L0302"], "{}", rendered(&outcome, common::plain(80)));
}

#[test]
fn lints_of_scenarios_are_of_their_own_text_and_are_allowed_there() {
    let idle = "scenario s {\n    // loopc: allow L0502\n    participant nobody: business\n    participant somebody: business\n}\n";
    let outcome = run_text(&format!("{BASE}{idle}"));
    let said: Vec<&str> = outcome.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        said,
        ["the participant `somebody` is never used"],
        "{}",
        rendered(&outcome, common::plain(80))
    );
}
