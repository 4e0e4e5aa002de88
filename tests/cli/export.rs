//! `loopc export`: names, exact numbers, and what has no program.

use std::path::Path;

use super::{ends, error, fed, out, run};

const FOREIGN: &str = "currency CNY
participant 顾客: consumer
participant shop: business
cash flow pay: 顾客 -> shop { revenue: 10 CNY, cost: 3 CNY }
cash flow NAME_back: shop -> 顾客 { cost: 1 CNY / 3 }
loop trade { over: cash, maximize: revenue / cost }
loop thrift { over: cash, minimize: cost / revenue }
closure whole { over: cash }
";

#[test]
fn programs_are_exported() {
    let text = FOREIGN.replace("NAME", "zurück");
    let export = |arguments: &[&str]| fed(&[&["export", "-", "--format"], arguments].concat(), &text);
    let lp = export(&["lp", "--analysis", "trade"]);
    ends(&lp, 0);
    let lines: Vec<String> = out(&lp).lines().map(|line| line.trim().to_owned()).collect();
    let has = |line: &str| assert!(lines.iter().any(|known| known == line), "{line}\n{}", lines.join("\n"));
    has("objective: + 10 pay");
    has("\\ balance_1 is `balance_顾客`");
    has("balance_1: + pay - zur_ck_back_2 = 0");
    has("\\ zur_ck_back_2 is `zurück_back`");
    // One third has no decimal: its row is multiplied by three.
    has("\\ multiplied by 3, to be exact in decimals");
    has("normal: + 9 pay + zur_ck_back_2 = 30000");
    has("\\ -:4");
    let mps = export(&["mps", "--analysis", "thrift"]);
    ends(&mps, 0);
    assert!(out(&mps).contains("* the numerator is negated: the optimum is -10000 times the least ratio"));
    // The objective is negated for the loop, and again for MPS; a third makes all of it three times as large.
    assert!(out(&mps).contains("\n    pay objective 9\n"), "{}", out(&mps));
}

#[test]
fn programs_that_are_not_there_are_told() {
    let refused = |arguments: &[&str], text: &str, why: &str| {
        let told = fed(&[&["export", "-", "--format", "lp"], arguments].concat(), text);
        ends(&told, 2);
        assert!(error(&told).contains(why), "{}", error(&told));
    };
    let text = FOREIGN.replace("NAME_", "");
    refused(&[], &text, "`trade`, `thrift` have programs: name one with --analysis");
    refused(&["--analysis", "trad"], &text, "no analysis `trad`: did you mean `trade`?");
    refused(&["--analysis", "whole"], &text, "the closure `whole` has no linear program");
    let closure: String =
        text.lines().filter(|line| !line.starts_with("loop")).map(|line| format!("{line}\n")).collect();
    refused(&[], &closure, "no analysis of the model has a linear program");
    let folder = tempfile::tempdir().unwrap();
    let (model, file) = (folder.path().join("model.loop"), folder.path().join("trade.lp"));
    std::fs::write(&model, &text).unwrap();
    let to = |file: &Path| {
        run(&[
            "export",
            model.to_str().unwrap(),
            "--analysis",
            "trade",
            "--format",
            "lp",
            "-o",
            file.to_str().unwrap(),
        ])
    };
    ends(&to(&file), 0);
    assert!(std::fs::read_to_string(&file).unwrap().ends_with("End\n"));
    ends(&to(&model), 2);
    assert_eq!(std::fs::read_to_string(&model).unwrap(), text);
}
