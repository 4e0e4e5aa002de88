//! What came of every test, as JUnit's XML.

use std::path::Path;

use quick_junit::{Report, TestCase, TestCaseStatus};

use super::{MODEL, accepted, loopc};

/// The tests of a folder, as they are read back, and the text.
fn tests(folder: &Path, arguments: &[&str]) -> (Report, String) {
    let output = loopc(folder, &[&["test", "--junit", "tests.xml"], arguments].concat());
    let text = std::fs::read_to_string(folder.join("tests.xml"));
    let text = text.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (Report::deserialize_from_str(&text).unwrap(), text)
}

/// Each test with what came of it: nothing, or whether it failed and why.
fn verdicts(report: &Report) -> Vec<(&str, &str, String)> {
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let verdict = |case: &TestCase| match &case.status {
        TestCaseStatus::Success { .. } => String::new(),
        TestCaseStatus::NonSuccess { message, .. } => {
            format!("failed: {}", message.as_ref().unwrap().as_str())
        }
        TestCaseStatus::Skipped { message, .. } => format!("not run: {}", message.as_ref().unwrap().as_str()),
    };
    cases.map(|case| (case.classname.as_ref().unwrap().as_str(), case.name.as_str(), verdict(case))).collect()
}

fn text_of<'a>(report: &'a Report, name: &str) -> &'a str {
    let mut cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let case = cases.find(|case| case.name.as_str() == name).unwrap();
    match &case.status {
        TestCaseStatus::NonSuccess { description, .. } => description.as_ref().unwrap().as_str(),
        _ => panic!("{name} did not fail"),
    }
}

#[test]
fn every_state_expectation_and_report_is_a_test() {
    let folder = accepted();
    let (report, text) = tests(folder.path(), &["--ci"]);
    let well = String::new;
    let wanted = [
        ("shop.loop", "model", well()),
        ("shop.loop", "expect trade.ratio >= 2", well()),
        ("shop.loop", "scenario cheap", well()),
        ("shop.loop", "cheap: expect trade.ratio == 5", well()),
        ("shop.loop", "report", well()),
    ];
    assert_eq!(verdicts(&report), wanted);
    assert_eq!((report.tests, report.failures, report.skipped), (5, 0, 0));
    assert_eq!(report.test_suites[0].name.as_str(), "shop.loop");
    // Nothing in it is of a moment or a machine.
    assert!(!text.contains("time") && !text.contains("hostname"), "{text}");
    let again = tests(folder.path(), &["--ci", "--engine", "lp"]).1;
    assert_eq!(again, text);
}

#[test]
fn what_fails_says_why() {
    let folder = accepted();
    std::fs::write(folder.path().join("shop.loop"), MODEL.replace("revenue: 5 CNY", "revenue: 3 CNY"))
        .unwrap();
    let (report, _) = tests(folder.path(), &["--ci"]);
    let told = verdicts(&report);
    // By hand: the big order brings 7 for 2 + 2 by its own cost; in the scenario 3 for 1 is the best.
    assert_eq!(told[1], ("shop.loop", "expect trade.ratio >= 2", "failed: trade.ratio = 1.75".to_owned()));
    assert_eq!(told[3].2, "failed: trade.ratio = 3");
    assert_eq!(told[4].2, "failed: report changed");
    assert_eq!((&*told[0].2, &*told[2].2, report.failures), ("", "", 3));
    let place = text_of(&report, "expect trade.ratio >= 2");
    assert!(place.contains("L0421") && place.contains("shop.loop:10:1"), "{place}");
    assert!(!place.contains("== 5") && !place.contains('\u{1b}'), "{place}");
    assert!(text_of(&report, "report").contains("+   cash flow order: shoppers -> platform, revenue 3 CNY"));
}

#[test]
fn a_model_with_errors_leaves_its_expectations_untested() {
    let folder = accepted();
    std::fs::write(folder.path().join("shop.loop"), MODEL.replace("revenue: 5 CNY", "revenue: 5 CNYX"))
        .unwrap();
    let (report, _) = tests(folder.path(), &["--ci"]);
    let told = verdicts(&report);
    assert!(told[0].1 == "model" && told[0].2.starts_with("failed: L0"), "{told:?}");
    assert_eq!(report.failures, 1, "{told:?}");
    let untested: Vec<&str> =
        told.iter().filter(|one| one.2 == "not run: the model has errors").map(|one| one.1).collect();
    let wanted = ["expect trade.ratio >= 2", "scenario cheap", "cheap: expect trade.ratio == 5", "report"];
    assert_eq!(untested, wanted);
}

#[test]
fn missing_and_stale_snapshots_fail_where_nothing_is_written() {
    let folder = accepted();
    std::fs::write(folder.path().join("snapshots/gone.loop.snap"), "---\nsource: gone.loop\n---\n").unwrap();
    std::fs::write(folder.path().join("other.loop"), MODEL).unwrap();
    let (report, _) = tests(folder.path(), &["--ci"]);
    let failed: Vec<_> = verdicts(&report).into_iter().filter(|one| !one.2.is_empty()).collect();
    let wanted = [
        ("other.loop", "report", "failed: report without a snapshot".to_owned()),
        ("snapshots", "snapshots/gone.loop.snap", "failed: snapshot of no model".to_owned()),
    ];
    assert_eq!(failed, wanted);
    // Where it is no fault, a stale snapshot is no test.
    let (report, _) = tests(folder.path(), &[]);
    assert!(report.test_suites.iter().all(|suite| suite.name.as_str() != "snapshots"));
    let (report, _) = tests(folder.path(), &["--accept"]);
    assert_eq!(report.failures, 0);
}

#[test]
fn the_same_expectation_twice_is_two_tests() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("shop.loop"), format!("{MODEL}expect trade.ratio >=\n    2\n"))
        .unwrap();
    let (report, _) = tests(folder.path(), &["--accept"]);
    let names: Vec<&str> = verdicts(&report).iter().map(|one| one.1).collect();
    assert_eq!(names[1..3], ["expect trade.ratio >= 2", "expect trade.ratio >= 2 (2)"]);
}

#[test]
fn a_model_is_not_overwritten_and_a_file_is_whole() {
    let folder = accepted();
    let refused = loopc(folder.path(), &["test", "--junit", "shop.loop"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("shop.loop")).unwrap(), MODEL);
    let refused = loopc(folder.path(), &["test", "--junit", "no/such/folder.xml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(loopc(folder.path(), &["test", "--junit", "tests.xml"]).status.success());
    let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["shop.loop", "snapshots", "tests.xml"]);
}
