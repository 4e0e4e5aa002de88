//! Ctrl-C while a search goes on. Linux tells whether a program listens for it.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::{ends, error, loopc, out, run};

/// A choice among many whole flows under several budgets: no search closes it soon.
pub(super) fn knapsack(flows: u64, budgets: u64) -> String {
    let mut state = 17_u64;
    let mut draw = |low: u64, high: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (state >> 33) % (high - low)
    };
    let weights: Vec<Vec<u64>> = (0..budgets).map(|_| (0..flows).map(|_| draw(100, 999)).collect()).collect();
    let mut text = "currency CNY\nparticipant a: business\nparticipant b: consumer\n".to_owned();
    for flow in 0..flows as usize {
        let mean = weights.iter().map(|budget| budget[flow]).sum::<u64>() / budgets;
        let revenue = mean + draw(0, 60) - 30;
        let _ = writeln!(
            text,
            "cash flow item_{flow}: a -> b {{ revenue: {revenue} CNY, integral: yes, capacity: 1 turn/day }}"
        );
    }
    text.push_str(
        "goods flow back: b -> a { cost: 0.01 CNY }\nplan best {\n    period: day\n    maximize: profit\n",
    );
    for budget in &weights {
        let terms = budget.iter().enumerate().map(|(flow, weight)| format!("{weight} * volume(item_{flow})"));
        let most = budget.iter().sum::<u64>() / 2;
        let _ = writeln!(text, "    require: {} <= {most} turn/day", terms.collect::<Vec<_>>().join(" + "));
    }
    text + "}\n"
}

/// Flows whose revenues differ in what no double tells, with denominators of many digits: the exact search for their
/// best loop goes on for long.
pub(super) fn hairs(participants: u64, flows: u64) -> String {
    let mut state = 17_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = "currency EUR\n".to_owned();
    for one in 0..participants {
        let _ = writeln!(text, "participant p{one}: business");
    }
    for flow in 0..flows {
        let from = flow % participants;
        let further = if flow < participants { 1 } else { 1 + draw(participants - 1) };
        let below = 10_000_000_000_001 + 2 * (flow * 7_919 % 700);
        let _ = writeln!(
            text,
            "cash flow f{flow}: p{from} -> p{} {{ cost: 1 EUR, revenue: 1 EUR * {} / {below} }}",
            (from + further) % participants,
            below + draw(9)
        );
    }
    text + "loop best\n"
}

/// Whether a process has a handler for SIGINT.
fn listens(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << 1) != 0
}

#[test]
fn ctrl_c_shows_the_best_that_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("choice.loop");
    std::fs::write(&model, knapsack(40, 5)).unwrap();
    // Longer than any solver may take for the first guess.
    let output = interrupted(loopc(&["solve", "--message-format", "short"]).arg(&model), 6);
    ends(&output, 1);
    assert!(out(&output).contains("best found, not proved"), "{}{}", out(&output), error(&output));
    assert!(out(&output).contains("no plan can exceed"), "{}", out(&output));
    assert!(error(&output).contains("L0720") && error(&output).contains("stopping"), "{}", error(&output));
}

/// What a command says that is interrupted so many seconds after it began to search.
fn interrupted(command: &mut Command, seconds: u64) -> Output {
    let searching = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !listens(searching.id()) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(seconds));
    let told = Command::new("kill").args(["-INT", &searching.id().to_string()]).status().unwrap();
    assert!(told.success(), "it was still searching");
    searching.wait_with_output().unwrap()
}

#[test]
fn ctrl_c_shows_the_best_loop_that_was_found() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("hairs.loop");
    let report = folder.path().join("report.json");
    std::fs::write(&model, hairs(800, 4_000) + "expect best.value > 1 / 2\nexpect best.value < 2\n").unwrap();
    let arguments =
        ["solve", "--message-format", "short", "--format", "json", "-o", report.to_str().unwrap()];
    let output = interrupted(loopc(&arguments).arg(&model), 6);
    ends(&output, 1);
    assert!(error(&output).contains("L0720") && error(&output).contains("stopping"), "{}", error(&output));
    // What was found settles one expectation, and nothing the other.
    assert_eq!(error(&output).matches("L0421").count(), 1, "{}", error(&output));
    let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
    let found = &written["analyses"][0];
    assert_eq!(found["status"], "found");
    assert_eq!(found["proof"], serde_json::json!({ "kind": "bound", "bound": null }));
    assert_eq!(found["loops"][0]["value"]["exact"], found["objective"]["value"]["exact"]);
    let verified = run(&["verify", report.to_str().unwrap()]);
    ends(&verified, 0);
    assert!(
        out(&verified).contains("best: found, checked, and not proved to be the best"),
        "{}",
        out(&verified)
    );
}
