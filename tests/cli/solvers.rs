//! `--solver`: the same report from all, and errors for those that are not there.

use std::path::Path;
use std::process::Output;

use super::{ends, error, loopc, run};

/// The report of a model under one solver, with this search path.
fn solved_by(solver: &str, path: &str, temporary: &Path) -> Output {
    let mut command = loopc(&["solve", "models/neighbourhood.loop", "--format", "json", "--solver", solver]);
    command.env("PATH", path).env("TMPDIR", temporary).output().unwrap()
}

#[test]
fn solvers_are_chosen_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let usual = std::env::var("PATH").unwrap_or_default();
    let right = solved_by("auto", &usual, folder.path());
    ends(&right, 0);
    for solver in ["microlp", "clarabel", "highs", "cbc", "glpk", "gurobi", "cplex"] {
        let told = solved_by(solver, &usual, folder.path());
        match error(&told) {
            text if text.contains("L0702") => assert_eq!(solver, "highs"),
            text if text.contains("L0703") => assert!(!["microlp", "clarabel", "highs"].contains(&solver)),
            _ => assert!(told.stdout == right.stdout && told.status.success(), "{solver}: {}", error(&told)),
        }
    }
    let unknown = run(&["solve", "models/neighbourhood.loop", "--solver", "simplex"]);
    ends(&unknown, 2);
    assert!(
        error(&unknown)
            .contains("[possible values: auto, microlp, clarabel, highs, cbc, glpk, gurobi, cplex]")
    );
}

#[test]
fn solvers_that_are_not_there_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for solver in ["cbc", "glpk", "gurobi", "cplex"] {
        let told = solved_by(solver, "", folder.path());
        ends(&told, 1);
        assert!(error(&told).contains("L0703"), "{}", error(&told));
    }
    #[cfg(not(feature = "highs"))]
    {
        let told = solved_by("highs", "", folder.path());
        ends(&told, 1);
        assert!(error(&told).contains("L0702"), "{}", error(&told));
    }
}

/// Programs that pass for `glpsol` and do what no solver should: the report stays the same, and nothing is left.
#[cfg(unix)]
#[test]
fn bad_programs_cost_time_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let right = solved_by("auto", "", temporary.path());
    let scripts = [
        "exit 1",
        "kill -9 $$",
        "echo nonsense; exit 0",
        "echo 's bas 1 1 f f nan' > \"$4\"; echo 'j 1 u nan 0' >> \"$4\"",
        "while :; do echo so much to say about so little that it never ends; done",
        "head -c 100000000 /dev/zero > \"$4\"",
        "mkdir \"$4\"; echo > extra.txt",
    ];
    let program = folder.path().join("glpsol");
    for script in scripts {
        std::fs::write(&program, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let told = solved_by("glpk", folder.path().to_str().unwrap(), temporary.path());
        ends(&told, 0);
        assert!(told.stdout == right.stdout, "{script}");
        assert_eq!(std::fs::read_dir(temporary.path()).unwrap().count(), 0, "{script}");
    }
}
