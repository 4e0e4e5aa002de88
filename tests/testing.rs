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
    std::fs::write(snapshots.join("gone.loop.snap.new"), "---\nsource: gone.loop\n---\n").unwrap();
    std::fs::write(snapshots.join("another_tool.snap"), "kept").unwrap();
    assert!(loopc(folder.path(), &["test"]).status.success());
    assert_eq!(loopc(folder.path(), &["test", "--ci"]).status.code(), Some(1));
    assert!(loopc(folder.path(), &["test", "--accept", "--filter", "shop"]).status.success());
    assert!(snapshots.join("gone.loop.snap").exists(), "a part of the models says nothing of the rest");
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    assert!(!snapshots.join("gone.loop.snap").exists() && snapshots.join("another_tool.snap").exists());
    assert!(!snapshots.join("gone.loop.snap.new").exists(), "what waited goes with its model");
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

/// A checkout may turn the line ends of all texts into those of Windows.
#[test]
fn other_line_ends_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut turned) = (vec![root.join("models")], 0);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let copy = folder.path().join(path.strip_prefix(root).unwrap());
            std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
            match std::fs::read_to_string(&path) {
                Ok(text) => {
                    std::fs::write(copy, text.replace('\n', "\r\n")).unwrap();
                    turned += 1;
                }
                Err(_) => drop(std::fs::copy(&path, copy).unwrap()),
            }
        }
    }
    assert!(turned > 20, "only {turned} files");
    let output = loopc(folder.path(), &["test", "--ci"]);
    assert!(output.status.success(), "{}", said(&output));
    // What did change is shown without those that did not.
    let model = folder.path().join("models/neighbourhood.loop");
    let text = std::fs::read_to_string(&model).unwrap();
    std::fs::write(&model, text.replacen("participant", "param spare = 1\r\nparticipant", 1)).unwrap();
    let changed = said(&loopc(folder.path(), &["test", "models/neighbourhood.loop", "--ci"]));
    let lines = changed.lines().filter(|line| line.starts_with("  +") || line.starts_with("  -"));
    assert_eq!(lines.collect::<Vec<_>>(), ["  +   param spare = 1"], "{changed}");
}

/// What a folder of snapshots holds: names, and bytes.
fn snapshots(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder.join("snapshots")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<(String, Vec<u8>)> = entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

#[test]
fn a_model_has_one_snapshot_however_it_is_named() {
    let folder = accepted();
    let kept = snapshots(folder.path());
    let absolute = folder.path().join("shop.loop");
    let absolute = absolute.to_str().unwrap();
    let around = format!("../{}/shop.loop", folder.path().file_name().unwrap().to_str().unwrap());
    for name in ["shop.loop", "./shop.loop", "./", absolute, &around] {
        assert!(loopc(folder.path(), &["test", "--ci", name]).status.success(), "{name}");
        std::fs::remove_dir_all(folder.path().join("snapshots")).unwrap();
        assert!(loopc(folder.path(), &["test", "--accept", name]).status.success(), "{name}");
        assert_eq!(snapshots(folder.path()), kept, "{name}");
    }
    // Named in several ways it is tested once.
    let output = loopc(folder.path(), &["test", "--ci", "shop.loop", "./shop.loop", absolute, &around, "."]);
    assert!(said(&output).contains("ok. 1 passed; 0 failed"), "{}", said(&output));
}

#[test]
fn names_and_line_ends_of_files_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["shop 12.loop", "o'brien.loop", "商户.loop", "-dash.loop", "x.loop.loop", "é;$(x).loop"];
    let write =
        |text: &str| names.iter().for_each(|name| std::fs::write(folder.path().join(name), text).unwrap());
    write(MODEL);
    let output = loopc(folder.path(), &["test", "--accept"]);
    assert!(said(&output).contains("6 accepted"), "{}", said(&output));
    let kept = snapshots(folder.path());
    assert!(
        names.iter().all(|name| kept.iter().any(|(kept, _)| *kept == format!("{name}.snap"))),
        "{kept:?}"
    );
    write(&MODEL.replace('\n', "\r\n"));
    let output = loopc(folder.path(), &["test", "--ci"]);
    assert!(output.status.success(), "{}", said(&output));
    // Snapshots that were checked out with other line ends, too; and they are not written anew for it.
    for (name, bytes) in &kept {
        let text = String::from_utf8(bytes.clone()).unwrap().replace('\n', "\r\n");
        std::fs::write(folder.path().join("snapshots").join(name), format!("\u{feff}{text}")).unwrap();
    }
    let before = snapshots(folder.path());
    let output = loopc(folder.path(), &["test", "--accept"]);
    assert!(said(&output).contains("ok. 6 passed; 0 failed\n"), "{}", said(&output));
    assert_eq!(snapshots(folder.path()), before);
}

#[cfg(unix)]
#[test]
fn a_name_of_a_file_is_no_line_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("two\nok      all.loop"), MODEL).unwrap();
    let text = said(&loopc(folder.path(), &["test"]));
    assert!(text.starts_with("FAILED  two\u{fffd}ok      all.loop: "), "{text}");
}

#[test]
fn two_models_that_share_a_file_have_a_snapshot_each() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::write(root.join("loop.toml"), "").unwrap();
    std::fs::create_dir(root.join("part")).unwrap();
    let (shared, rest) = MODEL.split_once("loop trade").unwrap();
    std::fs::write(root.join("shared.loop"), shared).unwrap();
    std::fs::write(root.join("one.loop"), format!("use \"shared.loop\"\nloop trade{rest}")).unwrap();
    std::fs::write(root.join("part/two.loop"), format!("use \"../shared.loop\"\nloop trade{rest}")).unwrap();
    let output = loopc(root, &["test", "--accept"]);
    assert!(said(&output).contains("2 passed; 0 failed; 2 accepted"), "{}", said(&output));
    let of = |folder: &Path, name: &str| {
        let text =
            std::fs::read_to_string(folder.join("snapshots").join(format!("{name}.loop.snap"))).unwrap();
        text.replace(&format!("{name}.loop"), "it.loop")
    };
    assert_eq!(of(root, "one"), of(&root.join("part"), "two"));
    // From elsewhere they are the same.
    let output = loopc(&root.join("part"), &["test", "--ci", "two.loop", "../one.loop"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn snapshots_that_are_no_text_or_no_files_are_told() {
    let folder = accepted();
    let path = folder.path().join("snapshots/shop.loop.snap");
    for bytes in [&b"\xff\xfe\0bad"[..], b"", b"---\n", b"---\nsource: x\n---"] {
        std::fs::write(&path, bytes).unwrap();
        let output = loopc(folder.path(), &["test", "--ci"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("report changed"), "{}", said(&output));
    }
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    assert!(loopc(folder.path(), &["test", "--ci"]).status.success());
    // A file where the folder should be, and a folder where the snapshot should be.
    let refused = |what: &str| {
        let output = loopc(folder.path(), &["test", "--accept"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{what}: {error}");
        assert!(error.contains("snapshots/shop.loop.snap: "), "{what}: {error}");
    };
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    refused("a folder");
    std::fs::remove_dir_all(folder.path().join("snapshots")).unwrap();
    std::fs::write(folder.path().join("snapshots"), "").unwrap();
    refused("a file");
}

#[cfg(unix)]
#[test]
fn a_snapshot_that_may_only_be_read_is_replaced_and_stays_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = accepted();
    let path = folder.path().join("snapshots/shop.loop.snap");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    std::fs::write(folder.path().join("shop.loop"), MODEL.replace("7 CNY", "8 CNY")).unwrap();
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o444);
    assert!(loopc(folder.path(), &["test", "--ci"]).status.success());
}
