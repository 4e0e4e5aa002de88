//! Which form goes where, and what `check` tells of several models at once.

use std::path::Path;

use serde_json::Value;

use super::{ends, error, out, run_in};

const BAD: &str = "tests/machine/faults/main.loop";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn what_check_tells_machines_is_its_result() {
    for form in ["json", "sarif", "github"] {
        let checked = run_in(root(), &["check", BAD, "--message-format", form]);
        ends(&checked, 1);
        assert!(error(&checked).is_empty() && out(&checked).contains("L0202"), "{form}: {}", error(&checked));
        assert_eq!(out(&checked), out(&run_in(root(), &["check", BAD, "--message-format", form])), "{form}");
        assert!(!out(&checked).contains(env!("CARGO_MANIFEST_DIR")), "{form}: an absolute path");
        let solved = run_in(root(), &["solve", BAD, "--message-format", form]);
        ends(&solved, 1);
        assert!(out(&solved).is_empty() && error(&solved).contains("L0202"), "{form}");
    }
    for form in ["short", "human"] {
        let checked = run_in(root(), &["check", BAD, "--message-format", form]);
        ends(&checked, 1);
        assert!(out(&checked).is_empty() && error(&checked).contains("L0202"), "{form}");
    }
}

#[test]
fn one_line_each_is_what_editors_read() {
    let checked = run_in(root(), &["check", BAD, "--message-format", "short"]);
    for line in error(&checked).lines() {
        let mut parts = line.splitn(4, ':');
        let (path, line, column) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        assert!(root().join(path).is_file(), "{path}");
        assert!(line.parse::<usize>().is_ok() && column.parse::<usize>().is_ok());
        let rest = parts.next().unwrap();
        assert!(rest.starts_with(" error[L") || rest.starts_with(" warning[L"), "{rest}");
    }
}

#[test]
fn absolute_paths_are_shown_relative_with_what_they_use() {
    let path = root().join(BAD);
    let relative = run_in(root(), &["check", BAD, "--message-format", "json"]);
    let absolute = run_in(root(), &["check", path.to_str().unwrap(), "--message-format", "json"]);
    assert!(out(&relative).contains("tests/machine/faults/part.loop"), "{}", out(&relative));
    assert_eq!(out(&relative), out(&absolute));
}

#[test]
fn a_run_is_one_log_with_or_without_faults() {
    let several = run_in(root(), &["check", "models", BAD, "--message-format", "sarif"]);
    ends(&several, 1);
    let log: Value = serde_json::from_str(&out(&several)).unwrap();
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty());
    let none = run_in(root(), &["check", "models/o2o.loop", "--message-format", "sarif"]);
    ends(&none, 0);
    let log: Value = serde_json::from_str(&out(&none)).unwrap();
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    for form in ["json", "github"] {
        let none = run_in(root(), &["check", "models/o2o.loop", "--message-format", form]);
        ends(&none, 0);
        assert!(out(&none).is_empty() && error(&none).is_empty(), "{form}");
    }
    // A refusal of the memory that it would take comes in the same log as all else.
    for command in ["solve", "export", "check"] {
        let mut arguments =
            vec![command, "models/wanda.loop", "--max-memory", "1kB", "--message-format", "sarif"];
        if command == "export" {
            arguments.extend(["--format", "lp"]);
        }
        let refused = run_in(root(), &arguments);
        ends(&refused, 1);
        let log: Value = serde_json::from_str(&(out(&refused) + &error(&refused))).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["ruleId"], "L0730");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "models/wanda.loop");
        assert_eq!(place["region"]["startLine"], 1);
    }
}

#[test]
fn denied_warnings_are_errors_in_every_form() {
    let model = "tests/ui/lints/percentage_without_its_point.loop";
    for (form, warning, denied) in [
        ("json", "\"severity\":\"warning\"", "\"severity\":\"error\""),
        ("github", "::warning file=", "::error file="),
        ("sarif", "\"level\": \"warning\"", "\"level\": \"error\""),
    ] {
        let allowed = run_in(root(), &["check", model, "--message-format", form]);
        let refused = run_in(root(), &["check", model, "--message-format", form, "--deny", "warnings"]);
        ends(&allowed, 0);
        ends(&refused, 1);
        assert!(
            out(&allowed).contains(warning) && !out(&allowed).contains(denied),
            "{form}: {}",
            out(&allowed)
        );
        assert!(out(&refused).contains(denied), "{form}: {}", out(&refused));
    }
}
