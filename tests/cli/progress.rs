//! What a terminal is shown of a long command, by a pseudo-terminal of util-linux where there is one.

#![cfg(target_os = "linux")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::interrupt::{hairs, knapsack};
use super::{ends, error, loopc, out};

/// Rows enough that reading them goes on long after half a second, on any machine.
const LONG: usize = 1_200_000;

/// Rows for what is shown of no run, however long.
const SHORT: usize = 200_000;

/// A ring through a table.
fn ring(folder: &Path, rows: usize) -> std::path::PathBuf {
    let mut table = "payer,payee,cost\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(table, "p{row},p{},{}.25", (row + 1) % rows, row % 89);
    }
    std::fs::write(folder.join("t.csv"), table).unwrap();
    let model = folder.join("m.loop");
    let text = "currency EUR\nimport flows from \"t.csv\" { medium: cash, from: payer, to: payee, role: business\n    cost: cost * EUR, revenue: 90 EUR }\nclosure all\n";
    std::fs::write(&model, text).unwrap();
    model
}

/// What a terminal of 60 columns receives of a command, with variables set; nothing where there is no `script`.
fn on_terminal(command: &str, variables: &[(&str, &str)]) -> Option<String> {
    let mut script = Command::new("script");
    script.args(["-qec", &format!("stty cols 60 rows 20; {command}"), "/dev/null"]);
    script
        .env_remove("CI")
        .env("SHELL", "/bin/sh")
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    variables.iter().for_each(|(name, value)| {
        script.env(name, value);
    });
    let output = script.output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What is left on a terminal: of each line that was erased, what was written behind.
fn left(received: &str) -> String {
    let lines = received.split('\n').map(|line| {
        let line = line.trim_end_matches('\r');
        line.rsplit(['\r']).next().unwrap_or("").rsplit("\u{1b}[2K").next().unwrap_or("").trim_end()
    });
    lines.filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_terminal_is_shown_how_far_a_long_command_is() {
    let folder = tempfile::tempdir().unwrap();
    let model = ring(folder.path(), LONG);
    let command = format!("{} check {}", env!("CARGO_BIN_EXE_loopc"), model.display());
    let Some(received) = on_terminal(&command, &[]) else { return };
    let drawn: Vec<&str> =
        received.split(['\r', '\n']).filter(|line| line.contains("reading tables")).collect();
    assert!(!drawn.is_empty() && drawn.iter().all(|line| line.contains('%')), "{received:?}");
    let widest = received.split(['\r', '\n']).map(|line| line.replace("\u{1b}[2K", "").chars().count()).max();
    // There is room for the `^C` that a terminal writes.
    assert!(widest <= Some(57), "{widest:?} {received:?}");
    assert_eq!(left(&received), "checked 1 model: no errors, no warnings\n", "{received:?}");
    let ascii = on_terminal(&format!("{command} --ascii"), &[]).unwrap();
    assert!(ascii.contains("reading tables  #") && ascii.is_ascii(), "{ascii:?}");
    for quiet in [
        on_terminal(&format!("{command} --progress never"), &[]),
        on_terminal(&command, &[("CI", "true")]),
        on_terminal(&command, &[("TERM", "dumb")]),
        on_terminal(&format!("{command} 2>&1 | cat"), &[]),
    ] {
        assert_eq!(quiet.unwrap().replace('\r', ""), "checked 1 model: no errors, no warnings\n");
    }
}

#[test]
fn a_pipe_is_shown_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = loopc(&["solve", ring(folder.path(), SHORT).to_str().unwrap()]).output().unwrap();
    ends(&output, 0);
    assert!(error(&output).is_empty() && !out(&output).contains("reading"), "{}", error(&output));
}

/// The line is gone when Ctrl-C answers, and when the report follows.
#[test]
fn ctrl_c_erases_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("choice.loop");
    std::fs::write(&model, knapsack(40, 5)).unwrap();
    let solve = format!("{} solve --color never {}", env!("CARGO_BIN_EXE_loopc"), model.display());
    let command = format!("timeout --foreground -s INT 7 {solve}");
    let Some(received) = on_terminal(&command, &[]) else { return };
    assert!(received.contains("solving 1 of 1: ") && received.contains(" steps, "), "{received:?}");
    let left = left(&received);
    assert!(left.starts_with("loopc: stopping: what was found follows"), "{left}");
    assert!(left.contains("best found, not proved") && !left.contains("solving 1 of 1"), "{left}");
}

/// The line shows what the best loop met so far is worth, and that Ctrl-C ends the search for a better one.
#[test]
fn a_terminal_is_shown_the_best_ratio_so_far() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("hairs.loop");
    std::fs::write(&model, hairs(800, 4_000)).unwrap();
    let solve = format!("{} solve --color never {}", env!("CARGO_BIN_EXE_loopc"), model.display());
    let Some(received) = on_terminal(&format!("timeout --foreground -s INT 6 {solve}"), &[]) else { return };
    assert!(received.contains("solving 1 of 1: best 1.00000, "), "{received:?}");
    let left = left(&received);
    assert!(left.contains("best found, not proved") && !left.contains("solving 1 of 1"), "{left}");
}
