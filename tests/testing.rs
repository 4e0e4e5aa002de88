//! `loopc test`: reports against snapshots, in any folder, locale and time zone, with any solver.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;
use std::process::{Command, Output};

#[path = "testing/junit.rs"]
mod junit;
#[path = "testing/review.rs"]
mod review;

const MODEL: &str = "currency CNY
participant platform: platform
participant shoppers: consumer
param fee = 2 CNY
information flow advert: platform -> shoppers { cost: fee }
cash flow order: shoppers -> platform { revenue: 5 CNY }
cash flow big_order: shoppers -> platform { revenue: 7 CNY, cost: 2 CNY }
loop trade { top: 2 }
plan year1 { period: year, maximize: profit, require: cost <= 100 CNY/year }
expect trade.ratio >= 2
scenario cheap { set fee = 1 CNY
    expect trade.ratio == 5 }
";

fn loopc(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loopc")).current_dir(folder).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with a model whose report is accepted.
fn accepted() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.loop"), MODEL).unwrap();
    let output = loopc(folder.path(), &["test", "--accept"]);
    assert!(output.status.success(), "{}", said(&output));
    folder
}

#[test]
fn a_new_report_waits_and_is_accepted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.loop"), MODEL).unwrap();
    let (kept, new) =
        (folder.path().join("snapshots/shop.loop.snap"), folder.path().join("snapshots/shop.loop.snap.new"));
    let ci = loopc(folder.path(), &["test", "--ci"]);
    assert_eq!(ci.status.code(), Some(1));
    assert!(!folder.path().join("snapshots").exists(), "--ci writes nothing");
    assert_eq!(loopc(folder.path(), &["test"]).status.code(), Some(1));
    assert!(new.exists() && !kept.exists());
    let output = loopc(folder.path(), &["test", "--accept"]);
    assert!(said(&output).contains("test result: ok. 1 passed; 0 failed; 1 accepted"), "{}", said(&output));
    assert!(kept.exists() && !new.exists());
    // insta reads it, and finds the reports of the model and its scenario.
    let snapshot = insta::Snapshot::from_file(&kept).unwrap();
    assert_eq!(snapshot.metadata().source(), Some("shop.loop"));
    let text = std::fs::read_to_string(&kept).unwrap();
    assert!(
        text.contains("scenario cheap") && text.contains("  param fee = 2 CNY\n") && text.contains("= 5")
    );
    assert!(loopc(folder.path(), &["test", "--ci"]).status.success());
}

#[test]
fn a_changed_cost_names_its_flow() {
    let folder = accepted();
    let path = folder.path().join("shop.loop");
    std::fs::write(&path, MODEL.replace("cost: 2 CNY }", "cost: 1 CNY } // dearer")).unwrap();
    let output = loopc(folder.path(), &["test", "--ci"]);
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    assert!(text.contains("declared otherwise"), "{text}");
    for sign in [
        "-   cash flow big_order: shoppers -> platform, cost 2 CNY",
        "+   cash flow big_order: shoppers -> platform, cost 1 CNY",
    ] {
        assert!(text.contains(sign), "{text}");
    }
    assert!(!text.contains("cash flow order"), "what did not change is not shown\n{text}");
    assert!(text.contains("reported otherwise"), "{text}");
    assert!(!folder.path().join("snapshots/shop.loop.snap.new").exists(), "--ci writes nothing");
    // What is only written otherwise is the same.
    let other = MODEL
        .replace("param fee = 2 CNY", "// a fee\nparam fee   = 4 CNY / 2")
        .replace("cost: fee }", "\n    cost:  fee // it\n}");
    std::fs::write(&path, other).unwrap();
    assert!(loopc(folder.path(), &["test", "--ci"]).status.success());
}

#[test]
fn an_expectation_that_fails_is_not_accepted() {
    let folder = accepted();
    std::fs::write(folder.path().join("shop.loop"), MODEL.replace("revenue: 5 CNY", "revenue: 1 CNY"))
        .unwrap();
    let before = std::fs::read(folder.path().join("snapshots/shop.loop.snap")).unwrap();
    let output = loopc(folder.path(), &["test", "--accept"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(String::from_utf8(output.stderr).unwrap().contains("L0421"));
    assert_eq!(std::fs::read(folder.path().join("snapshots/shop.loop.snap")).unwrap(), before);
}

#[test]
fn snapshots_of_no_model_are_told_and_removed_when_asked() {
    let folder = accepted();
    let snapshots = folder.path().join("snapshots");
    std::fs::write(snapshots.join("gone.loop.snap"), "---\nsource: gone.loop\n---\n").unwrap();
    std::fs::write(snapshots.join("another_tool.snap"), "kept").unwrap();
    assert!(loopc(folder.path(), &["test"]).status.success());
    assert_eq!(loopc(folder.path(), &["test", "--ci"]).status.code(), Some(1));
    assert!(loopc(folder.path(), &["test", "--accept", "--filter", "shop"]).status.success());
    assert!(snapshots.join("gone.loop.snap").exists(), "a part of the models says nothing of the rest");
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    assert!(!snapshots.join("gone.loop.snap").exists() && snapshots.join("another_tool.snap").exists());
    assert!(loopc(folder.path(), &["test", "--ci"]).status.success());
}

#[test]
fn the_same_in_every_folder_locale_and_time_zone_with_every_solver() {
    let folder = accepted();
    let shop = folder.path().join("shop.loop");
    for (here, path) in [(folder.path(), "shop.loop"), (Path::new("/"), shop.to_str().unwrap())] {
        for arguments in [
            &[][..],
            &["--solver", "clarabel"],
            &["--solver", "microlp", "--engine", "lp"],
            &["--engine", "cycle"],
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
            command.current_dir(here).args(["test", path, "--ci"]).args(arguments);
            command.env("LC_ALL", "de_DE.UTF-8").env("LANG", "zh_CN.GB18030").env("TZ", "Asia/Shanghai");
            let output = command.output().unwrap();
            assert!(
                output.status.success(),
                "{arguments:?}\n{}{}",
                said(&output),
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
}

/// Killed at any moment, a snapshot is the old one or the new one.
#[test]
fn a_killed_run_leaves_whole_files() {
    let folder = accepted();
    let (model, kept) = (folder.path().join("shop.loop"), folder.path().join("snapshots/shop.loop.snap"));
    let one = std::fs::read(&kept).unwrap();
    std::fs::write(&model, MODEL.replace("revenue: 7 CNY", "revenue: 9 CNY")).unwrap();
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    let other = std::fs::read(&kept).unwrap();
    assert_ne!(one, other);
    let mut killed = 0;
    for round in 0..100_u64 {
        let text =
            if round % 2 == 0 { MODEL.to_owned() } else { MODEL.replace("revenue: 7 CNY", "revenue: 9 CNY") };
        std::fs::write(&model, text).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_loopc"));
        child.current_dir(folder.path()).args(["test", "--accept"]).stdout(std::process::Stdio::null());
        let mut child = child.spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(300 * (round % 50)));
        killed += usize::from(child.kill().is_ok());
        child.wait().unwrap();
        let found = std::fs::read(&kept).unwrap();
        assert!(found == one || found == other, "round {round}");
    }
    assert!(killed > 0);
}

#[test]
fn faults_of_many_models_are_one_document() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.loop", "two.loop"] {
        std::fs::write(folder.path().join(name), MODEL.replace(">= 2", ">= 200")).unwrap();
    }
    let output = loopc(folder.path(), &["test", "--ci", "--message-format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 2, "{log}");
}
