//! Ctrl-C while a search goes on. Linux tells whether a program listens for it.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{ends, error, loopc, out};

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
    let mut solving = loopc(&["solve", "--message-format", "short"]);
    let solving = solving.arg(&model).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !listens(solving.id()) {
        std::thread::sleep(Duration::from_millis(20));
    }
    // Longer than any solver may take for the first guess.
    std::thread::sleep(Duration::from_secs(6));
    let told = Command::new("kill").args(["-INT", &solving.id().to_string()]).status().unwrap();
    assert!(told.success(), "it was still searching");
    let output = solving.wait_with_output().unwrap();
    ends(&output, 1);
    assert!(out(&output).contains("best found, not proved"), "{}{}", out(&output), error(&output));
    assert!(out(&output).contains("no plan can exceed"), "{}", out(&output));
    assert!(error(&output).contains("L0720") && error(&output).contains("stopping"), "{}", error(&output));
}
