//! The command line, run as a program: exit codes, streams, files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[path = "cli/export.rs"]
mod export;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/interrupt.rs"]
mod interrupt;
#[path = "cli/memory.rs"]
mod memory;
#[path = "cli/progress.rs"]
mod progress;
#[path = "cli/shell.rs"]
mod shell;
#[path = "cli/solvers.rs"]
mod solvers;
#[path = "cli/tables.rs"]
mod tables;

fn loopc(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loopc"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    loopc(arguments).output().unwrap()
}

fn fed(arguments: &[&str], input: &str) -> Output {
    let mut child =
        loopc(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}{}", out(output), error(output));
}

const GOOD: &str = "currency CNY
participant a: platform
participant b: consumer
information flow there: a -> b { cost: 1 CNY }
cash flow back: b -> a { revenue: 2 CNY }
loop best
";

#[test]
fn models_solve_and_reports_verify() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let report = report.to_str().unwrap();
    let solved = run(&["solve", "models/neighbourhood.loop"]);
    ends(&solved, 0);
    assert!(out(&solved).contains("92/29") && error(&solved).is_empty());
    let written = run(&["solve", "models/neighbourhood.loop", "--format", "json", "-o", report]);
    ends(&written, 0);
    assert!(out(&written).is_empty());
    let verified = run(&["verify", report]);
    ends(&verified, 0);
    assert!(out(&verified).contains("verified 5 analyses"));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "a temporary file was left");
}

#[test]
fn a_changed_source_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (model, report) = (folder.path().join("m.loop"), folder.path().join("r.json"));
    std::fs::write(&model, GOOD).unwrap();
    let (model, report) = (model.to_str().unwrap(), report.to_str().unwrap());
    ends(&run(&["solve", model, "--format", "json", "-o", report]), 0);
    ends(&run(&["verify", report, "--model", model]), 0);
    std::fs::write(model, GOOD.replace("2 CNY", "3 CNY")).unwrap();
    let verified = run(&["verify", report, "--model", model, "--message-format", "short"]);
    ends(&verified, 1);
    assert!(error(&verified).contains("L0802"), "{}", error(&verified));
}

#[test]
fn reports_that_are_none_are_told() {
    for text in [
        "",
        "[]",
        "{}",
        "{\"format\":\"loopc-report\",\"version\":2}",
        "{\"format\":\"loopc-report\",\"version\":1}",
    ] {
        let verified = fed(&["verify", "-", "--message-format", "short"], text);
        ends(&verified, 1);
        assert!(error(&verified).contains("L0801"), "{text}: {}", error(&verified));
    }
}

#[test]
fn certificates_that_do_not_hold_are_told() {
    let report = out(&run(&["solve", "models/neighbourhood.loop", "--format", "json"]));
    for (from, to, code) in [
        ("\"lambda\": \"92/29\"", "\"lambda\": \"93/29\"", "L0803"),
        ("\"exact\": \"189/10\"", "\"exact\": \"199/10\"", "L0804"),
    ] {
        assert!(report.contains(from), "{from}");
        let verified = fed(&["verify", "-", "--message-format", "short"], &report.replacen(from, to, 1));
        ends(&verified, 1);
        assert!(error(&verified).contains(code), "{}", error(&verified));
    }
}

#[test]
fn exit_codes_say_whose_fault_it_is() {
    ends(&fed(&["check", "-"], GOOD), 0);
    ends(&fed(&["check", "-"], &GOOD.replace("2 CNY", "2 CNYX")), 1);
    ends(&fed(&["solve", "-"], &format!("{GOOD}expect best.ratio > 2\n")), 1);
    ends(&fed(&["solve", "-", "--analysis", "bets"], GOOD), 2);
    ends(&run(&["solve", "no/such/file.loop"]), 2);
    ends(&run(&["solve", "models"]), 2);
    ends(&run(&["solve"]), 2);
    ends(&run(&["explain", "L9999"]), 2);
    ends(&run(&["solve", "models/wanda.loop", "--set", "take"]), 2);
    ends(&run(&["solve", "models/wanda.loop", "-o", "no/such/folder/report.txt"]), 2);
    ends(&run(&["check", "docs/errors"]), 2);
}

#[test]
fn settings_are_checked_like_source() {
    let solved = run(&[
        "solve",
        "models/neighbourhood.loop",
        "--analysis",
        "trade",
        "--set",
        "take = 4%",
        "--format",
        "json",
    ]);
    assert!(out(&solved).contains("\"take\": \"4%\""), "{}", out(&solved));
    for (setting, code) in
        [("tkae=4%", "L0215"), ("take=4 CNY", "L0301"), ("take=40%", "L0311"), ("take=4 %%", "L0101")]
    {
        let solved =
            run(&["solve", "models/neighbourhood.loop", "--set", setting, "--message-format", "short"]);
        ends(&solved, 1);
        assert!(error(&solved).contains(code), "{setting}: {}", error(&solved));
    }
}

#[test]
fn messages_have_three_forms() {
    let bad = GOOD.replace("cost: 1 CNY", "cost: 1 CNY/year");
    let short = fed(&["check", "-", "--message-format", "short"], &bad);
    assert_eq!(error(&short), "-:4:40: error[L0302]: `cost` takes a value in `CNY`, found `CNY/year`\n");
    let json = fed(&["check", "-", "--message-format", "json"], &bad);
    let lines: Vec<serde_json::Value> =
        out(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["code"], "L0302");
    assert_eq!(lines[0]["labels"][0]["start"]["line"], 4);
    let human = fed(&["check", "-"], &bad);
    assert!(error(&human).contains("╭─[-:4:40]"), "{}", error(&human));
    let ascii = fed(&["check", "-", "--ascii"], &bad);
    assert!(error(&ascii).is_ascii(), "{}", error(&ascii));
    let colored = fed(&["check", "-", "--color", "always"], &bad);
    assert!(error(&colored).contains('\u{1b}'));
}

#[test]
fn warnings_can_be_denied() {
    let unused = format!("{GOOD}param spare = 3\n");
    let allowed = fed(&["check", "-"], &unused);
    ends(&allowed, 0);
    assert!(error(&allowed).contains("L0502"));
    let denied = fed(&["check", "-", "--deny", "warnings"], &unused);
    ends(&denied, 1);
    assert!(error(&denied).contains("error[L0502]"));
}

#[test]
fn a_first_model_solves() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("shop");
    let created = run(&["new", new.to_str().unwrap()]);
    ends(&created, 0);
    let model = new.join("model.loop");
    ends(&run(&["check", "--deny", "warnings", model.to_str().unwrap()]), 0);
    ends(&run(&["solve", model.to_str().unwrap()]), 0);
    std::fs::write(&model, "mine").unwrap();
    ends(&run(&["new", new.to_str().unwrap()]), 2);
    assert_eq!(std::fs::read_to_string(&model).unwrap(), "mine");
}

#[test]
fn graphs_are_drawn_and_escaped() {
    let odd = GOOD.replace("participant a: platform", "participant a: platform \"A & \\\"B\\\" <c> | d\"");
    let dot = fed(&["graph", "-", "--format", "dot", "--analysis", "best"], &odd);
    ends(&dot, 0);
    assert!(
        out(&dot).starts_with("digraph") && out(&dot).contains("\\\"B\\\"") && out(&dot).contains("penwidth")
    );
    let mermaid = fed(&["graph", "-", "--format", "mermaid"], &odd);
    ends(&mermaid, 0);
    assert!(out(&mermaid).contains("A &amp; &quot;B&quot; &lt;c&gt; &#124; d"), "{}", out(&mermaid));
}

#[test]
fn the_fence_holds_however_the_model_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("project");
    std::fs::create_dir(&project).unwrap();
    std::fs::write(folder.path().join("outside.loop"), GOOD).unwrap();
    let model = "use \"../outside.loop\"\n";
    std::fs::write(project.join("main.loop"), model).unwrap();
    let refused = |command: &mut Command| {
        let ended = command.output().unwrap();
        ends(&ended, 1);
        assert!(error(&ended).contains("L0210"), "{}", error(&ended));
    };
    refused(loopc(&["check", "main.loop", "--message-format", "short"]).current_dir(&project));
    refused(loopc(&["check", "./main.loop", "--message-format", "short"]).current_dir(&project));
    refused(loopc(&["check", "project/main.loop", "--message-format", "short"]).current_dir(folder.path()));
    let input = std::fs::File::open(project.join("main.loop")).unwrap();
    refused(loopc(&["check", "-", "--message-format", "short"]).current_dir(&project).stdin(input));
}

#[cfg(unix)]
#[test]
fn reports_replace_nothing_that_they_should_not() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("m.loop"), GOOD).unwrap();
    let solve =
        |output: &str| loopc(&["solve", "m.loop", "-o", output]).current_dir(folder.path()).output().unwrap();
    ends(&solve("m.loop"), 2);
    assert_eq!(std::fs::read_to_string(at("m.loop")).unwrap(), GOOD);
    std::fs::write(at("real.txt"), "old").unwrap();
    std::os::unix::fs::symlink("real.txt", at("link.txt")).unwrap();
    ends(&solve("link.txt"), 0);
    assert!(std::fs::symlink_metadata(at("link.txt")).unwrap().is_symlink());
    assert!(std::fs::read_to_string(at("real.txt")).unwrap().contains("proved optimal"));
    ends(&solve("."), 2);
    ends(&solve("/dev/null"), 0);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = loopc(&["explain"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert!(error(&ended).is_empty());
}

#[test]
fn folders_are_checked_with_what_their_files_use_once() {
    let folder = tempfile::tempdir().unwrap();
    let part = "currency CNY\nparticipant a: platform\nparticipant b: consumer\ninformation flow there: a -> b { cost: 1 CNY }\n";
    std::fs::write(folder.path().join("part.loop"), part).unwrap();
    let whole = "use \"part.loop\"\ncash flow back: b -> a { revenue: 2 CNY }\nloop best\n";
    std::fs::write(folder.path().join("whole.loop"), whole).unwrap();
    let checked = run(&["check", folder.path().to_str().unwrap()]);
    ends(&checked, 0);
    assert_eq!(error(&checked), "checked 1 model: no errors, no warnings\n");
}

#[test]
fn the_examples_of_the_help_work() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("models")).unwrap();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("models")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        std::fs::copy(&path, folder.path().join("models").join(path.file_name().unwrap())).unwrap();
    }
    let mut ran = 0;
    for command in
        ["", "new", "check", "fix", "solve", "explain", "verify", "graph", "export", "completions", "man"]
    {
        let help = if command.is_empty() { run(&["--help"]) } else { run(&[command, "--help"]) };
        ends(&help, 0);
        let examples = out(&help).split("Examples:").nth(1).unwrap_or_default().to_owned();
        // One folder for all: later examples use what earlier ones wrote.
        for line in examples.lines().map(str::trim).filter(|line| line.starts_with("loopc ")) {
            let line = line.split("   ").next().unwrap();
            let script = line.replacen("loopc", &format!("'{}'", env!("CARGO_BIN_EXE_loopc")), 1);
            if line.starts_with("loopc new") && folder.path().join("shop").exists() {
                continue;
            }
            let ended = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
            // Another value for a param may well break what the model expects.
            let fine = ended.status.success() || line.contains("--set") && ended.status.code() == Some(1);
            assert!(fine, "{line}\n{}{}", out(&ended), error(&ended));
            ran += 1;
        }
    }
    assert!(ran >= 12, "only {ran} examples");
}

#[test]
fn flows_are_written_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("flows.csv");
    let written = run(&["solve", "models/wanda.loop", "--format", "csv", "-o", table.to_str().unwrap()]);
    ends(&written, 0);
    assert!(out(&written).is_empty() && error(&written).is_empty());
    let text = std::fs::read_to_string(&table).unwrap();
    let printed = run(&["solve", "models/wanda.loop", "--format", "csv"]);
    assert_eq!(out(&printed), text);
    for name in ["\ncapital,loop,", "\nissue,plan,", "\nvoice,"] {
        assert!(text.contains(name), "{name}");
    }
    // A model with errors has no table, and no file that looks as if it had.
    let broken = folder.path().join("broken.csv");
    let refused = fed(&["solve", "-", "--format", "csv", "-o", broken.to_str().unwrap()], "loop best {");
    ends(&refused, 1);
    assert!(out(&refused).is_empty() && !broken.exists());
}

#[test]
fn a_report_lists_as_many_loops_as_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let written = |loops: &[&str]| {
        let report = folder.path().join("report.json");
        let report = report.to_str().unwrap();
        let solve = ["solve", "models/clearing.loop", "--format", "json", "-o", report];
        ends(&run(&[&solve[..], loops].concat()), 0);
        ends(&run(&["verify", report]), 0);
        std::fs::read_to_string(report).unwrap()
    };
    let (few, usual, all) = (written(&["--loops", "1"]), written(&[]), written(&["--loops", "all"]));
    assert!(few.contains("more_loops") && few.len() < all.len());
    assert_eq!(usual, all);
    ends(&run(&["solve", "models/clearing.loop", "--loops", "some"]), 2);
}
