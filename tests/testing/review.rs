//! `loopc test --review`: on a pseudo-terminal of util-linux where there is one, and refused where nobody can be asked.

use std::path::Path;

use super::{MODEL, loopc};

/// What a terminal of 80 columns and 24 lines receives of a review by somebody who types this, and the exit status;
/// nothing where there is no `script`.
#[cfg(target_os = "linux")]
fn reviewed(folder: &Path, typed: &str) -> Option<(String, Option<i32>)> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let command =
        format!("stty cols 80 rows 24; exec '{}' test --review --color never", env!("CARGO_BIN_EXE_loopc"));
    let mut script = Command::new("script");
    script
        .args(["-qec", &command, "/dev/null"])
        .current_dir(folder)
        .env("SHELL", "/bin/sh")
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm");
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut script = script.spawn().ok()?;
    script.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    Some((String::from_utf8_lossy(&output.stdout).replace('\r', ""), output.status.code()))
}

/// Three models, two of which were accepted and then changed.
fn three() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.loop"), MODEL).unwrap();
    std::fs::write(path("b.loop"), MODEL).unwrap();
    assert!(loopc(folder.path(), &["test", "--accept"]).status.success());
    std::fs::write(path("a.loop"), MODEL.replace("revenue: 7 CNY", "revenue: 8 CNY")).unwrap();
    std::fs::write(path("b.loop"), MODEL.replace("revenue: 7 CNY", "revenue: 9 CNY")).unwrap();
    std::fs::write(path("c.loop"), MODEL).unwrap();
    folder
}

fn has(folder: &Path, name: &str) -> bool {
    folder.join("snapshots").join(name).exists()
}

#[cfg(target_os = "linux")]
fn kept(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("snapshots").join(name)).unwrap_or_default()
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_accepted_is_kept_and_what_is_not_is_not() {
    let folder = three();
    let Some((received, code)) = reviewed(folder.path(), "a\nr\ns\n") else { return };
    assert_eq!(code, Some(1), "{received}");
    for words in [
        "review 1 of 3  a.loop: the report changed",
        "+   cash flow big_order: shoppers -> platform, cost 2 CNY, revenue 8 CNY",
        "review 2 of 3  b.loop: the report changed",
        "review 3 of 3  c.loop: a new report",
        "ok      a.loop: 2 expectations, report accepted",
        "FAILED  b.loop: 2 expectations, report rejected",
        "1 passed; 2 failed; 1 to be accepted with --accept; 1 accepted; 1 rejected",
    ] {
        assert!(received.contains(words), "{words}\n{received}");
    }
    let folder = folder.path();
    assert!(kept(folder, "a.loop.snap").contains("revenue 8 CNY"));
    assert!(kept(folder, "b.loop.snap").contains("revenue 7 CNY") && !has(folder, "b.loop.snap.new"));
    assert!(!has(folder, "c.loop.snap") && has(folder, "c.loop.snap.new"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_accepted_before_the_end_stays() {
    let folder = three();
    // More of a long report is asked for with Enter; the end of what is typed takes nothing for right.
    let Some((received, code)) = reviewed(folder.path(), "\n\n\na\n\u{4}") else { return };
    assert_eq!(code, Some(1), "{received}");
    assert!(received.contains(" more lines > "), "{received}");
    let folder = folder.path();
    assert!(kept(folder, "a.loop.snap").contains("revenue 8 CNY"), "{received}");
    assert!(has(folder, "b.loop.snap.new") && !has(folder, "c.loop.snap"));
    let (received, code) = reviewed(folder, "a\na\n").unwrap();
    assert_eq!(code, Some(0), "{received}");
    assert!(received.contains("3 passed; 0 failed; 2 accepted"), "{received}");
    assert!(loopc(folder, &["test", "--ci"]).status.success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_model_at_fault_is_not_asked_about() {
    let folder = three();
    let wrong = MODEL.replace("revenue: 7 CNY", "revenue: 8 CNY").replace(">= 2", ">= 200");
    std::fs::write(folder.path().join("a.loop"), wrong).unwrap();
    let Some((received, _)) = reviewed(folder.path(), "a\na\n") else { return };
    assert!(received.contains("review 2 of 2  c.loop") && received.contains("FAILED  a.loop"), "{received}");
    assert!(kept(folder.path(), "a.loop.snap").contains("revenue 7 CNY"));
}

#[test]
fn nobody_is_asked_without_a_terminal() {
    let folder = three();
    let output = loopc(folder.path(), &["test", "--review"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("a review needs a terminal"));
    assert!(!has(folder.path(), "a.loop.snap.new"), "nothing is tested");
    for other in ["--ci", "--accept"] {
        assert_eq!(loopc(folder.path(), &["test", "--review", other]).status.code(), Some(2));
    }
}
