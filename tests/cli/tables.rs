//! Tables on the command line: what may be left out, and what must not be waited for.

use std::path::Path;
use std::process::Command;

use super::{ends, error, out, run};

const MODEL: &str = "currency EUR
participant a: business
participant b: business
import flows from \"t.csv\" { medium: cash, name: id, from: payer, to: payee, cost: fee * EUR, revenue: 1 EUR }
loop best
";

fn written(folder: &Path, table: &str) -> String {
    std::fs::write(folder.join("t.csv"), table).unwrap();
    let model = folder.join("m.loop");
    std::fs::write(&model, MODEL).unwrap();
    model.to_str().unwrap().to_owned()
}

#[test]
fn bad_rows_are_left_out_where_that_is_allowed_and_the_report_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let model = written(folder.path(), "id,payer,payee,fee\nout,a,b,1\nbad,a,b,x\nback,b,a,2\n");
    let refused = run(&["check", &model]);
    ends(&refused, 1);
    assert!(error(&refused).contains("L0906"), "{}", error(&refused));
    let report = folder.path().join("r.json");
    let report = report.to_str().unwrap();
    let solved = run(&["solve", &model, "--max-bad-rows", "1", "--format", "json", "-o", report]);
    ends(&solved, 0);
    assert!(error(&solved).contains("L0912"), "{}", error(&solved));
    ends(&run(&["solve", &model, "--max-bad-rows", "1", "--deny", "warnings"]), 1);
    let verified = run(&["verify", report]);
    ends(&verified, 0);
    assert!(out(&verified).contains("best: optimal, proof checked"), "{}", out(&verified));
}

#[test]
fn a_table_outside_the_project_is_read_only_where_that_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    std::fs::create_dir(&inside).unwrap();
    let model = written(&inside, "");
    std::fs::write(folder.path().join("t.csv"), "id,payer,payee,fee\nout,a,b,1\nback,b,a,2\n").unwrap();
    std::fs::write(&model, MODEL.replace("t.csv", "../t.csv")).unwrap();
    let refused = run(&["check", &model]);
    ends(&refused, 1);
    assert!(error(&refused).contains("L0210"), "{}", error(&refused));
    let report = inside.join("r.json");
    let report = report.to_str().unwrap();
    ends(&run(&["solve", &model, "--allow-outside", "--format", "json", "-o", report]), 0);
    ends(&run(&["verify", report]), 2);
    ends(&run(&["verify", report, "--allow-outside"]), 0);
}

/// A pipe would be waited for without end.
#[cfg(unix)]
#[test]
fn a_table_that_is_a_pipe_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let model = written(folder.path(), "");
    std::fs::remove_file(folder.path().join("t.csv")).unwrap();
    let made = Command::new("mkfifo").arg(folder.path().join("t.csv")).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let refused = run(&["check", &model]);
    ends(&refused, 1);
    assert!(error(&refused).contains("L0208"), "{}", error(&refused));
}
