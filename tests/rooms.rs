//! The house holds: a room imports only rooms above it, and each outside package has one door.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

/// The rooms, each of which may import those before it.
const ROOMS: [&str; 25] = [
    "stop",
    "source",
    "exact",
    "diagnostic",
    "units",
    "syntax",
    "format",
    "table",
    "model",
    "resolve",
    "check",
    "network",
    "program",
    "simplex",
    "min_cost_flow",
    "certify",
    "solve",
    "analysis",
    "report",
    "verify",
    "pipeline",
    "project",
    "lsp",
    "cli",
    "main",
];

/// What poses programs to good_lp, and the one file of each solver behind it.
const SOLVERS: [&str; 9] = [
    "src/solve/lp.rs",
    "src/solve/microlp.rs",
    "src/solve/clarabel.rs",
    "src/solve/highs.rs",
    "src/solve/external.rs",
    "src/solve/cbc.rs",
    "src/solve/glpk.rs",
    "src/solve/gurobi.rs",
    "src/solve/cplex.rs",
];

/// Packages that only some files may name.
const DOORS: [(&str, &[&str]); 28] = [
    ("miette", &["src/diagnostic/"]),
    ("foldhash", &["src/resolve/index.rs"]),
    ("hashbrown", &["src/resolve/index.rs"]),
    ("pest", &["src/syntax/"]),
    ("memchr", &["src/source/", "src/syntax/", "src/lsp/"]),
    ("petgraph", &["src/network/"]),
    ("good_lp", &SOLVERS),
    ("lp_solvers", &SOLVERS),
    ("clap", &["src/cli/"]),
    ("ctrlc", &["src/cli/interrupt.rs"]),
    ("lsp_server", &["src/lsp/", "src/cli/lsp.rs"]),
    ("gen_lsp_types", &["src/lsp/"]),
    ("console", &["src/cli/narrow.rs"]),
    ("indicatif", &["src/cli/progress.rs", "src/cli/narrow.rs", "src/cli/interrupt.rs"]),
    ("similar", &["src/cli/diff.rs", "src/cli/snapshot.rs"]),
    ("quick_junit", &["src/cli/test/junit.rs"]),
    ("clap_complete", &["src/cli/completions.rs", "src/cli/arguments/shell.rs"]),
    ("clap_mangen", &["src/cli/man.rs"]),
    ("notify", &["src/cli/watch/"]),
    ("csv", &["src/table/"]),
    ("csv_core", &["src/table/"]),
    ("smallvec", &["src/units/powers.rs"]),
    ("quick_xml", &["src/table/workbook/"]),
    ("zip", &["src/table/workbook/"]),
    ("snap", &["src/table/parquet/"]),
    ("flate2", &["src/table/parquet/"]),
    ("toml", &["src/project/"]),
    ("dashu_int", &["src/exact/", "src/certify/"]),
];

/// Rooms that never meet, whatever their order.
const NEVER: [(&str, &str); 11] = [
    ("model", "syntax"),
    ("format", "units"),
    ("format", "exact"),
    ("check", "syntax"),
    ("certify", "solve"),
    ("solve", "check"),
    ("network", "syntax"),
    ("program", "solve"),
    ("simplex", "network"),
    ("certify", "simplex"),
    ("report", "network"),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    files(&root.join("src"), &mut found);
    found.sort();
    let shown = |path: &PathBuf| path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (shown(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn room(path: &str) -> &str {
    let inner = path.trim_start_matches("src/");
    inner.split('/').next().unwrap().trim_end_matches(".rs")
}

/// What a file imports, tests and comments aside.
fn imported(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let uses = lines.flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let word =
        |rest: String| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    uses.map(word).filter(|word| !word.is_empty()).collect()
}

#[test]
fn rooms_import_only_what_stands_above_them() {
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = room(&path);
        if own == "lib" {
            continue;
        }
        let here = place(own).unwrap_or_else(|| panic!("{path} is in no room"));
        for other in imported(&text) {
            match place(&other) {
                Some(there) if there <= here => {}
                _ => wrong.push(format!("{path} imports `{other}`")),
            }
            if NEVER.contains(&(own, other.as_str())) {
                wrong.push(format!("{path}: `{own}` never meets `{other}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packages_have_one_door() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (package, doors) in DOORS {
            let named = text.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("{package}::")) || line.contains(&format!("use {package}")))
            });
            if named && !doors.iter().any(|door| path.starts_with(door)) {
                wrong.push(format!("{path} names {package}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.split("#[cfg(test)]").next().unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
