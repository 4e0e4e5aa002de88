//! Every fault under `tests/ui`, one a file: its codes are those that its first line expects, and its
//! rendering is a snapshot.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::{codes, plain, rendered, run};

/// The models of a folder of faults: files, and folders that hold a `main.loop`.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| match path.is_dir() {
            true => Some(path.join("main.loop")).filter(|main| main.exists()),
            false => path.extension().is_some_and(|ending| ending == "loop").then_some(path),
        })
        .collect();
    found.sort();
    found
}

/// The codes that the first line of a file expects.
fn expected(path: &Path) -> BTreeSet<String> {
    let bytes = std::fs::read(path).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let line = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().trim_end();
    let codes =
        line.strip_prefix("// expect:").unwrap_or_else(|| panic!("{}: no `// expect:`", path.display()));
    codes.split(',').map(|code| code.trim().to_owned()).filter(|code| !code.is_empty()).collect()
}

fn check_folder(phase: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(phase);
    let cases = cases(&folder);
    assert!(cases.len() > 10, "{phase}: only {} cases", cases.len());
    let mut wrong = Vec::new();
    for path in &cases {
        let shown =
            path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_string_lossy().replace('\\', "/");
        let outcome = run(&shown);
        let (found, wanted) = (codes(&outcome.diagnostics), expected(path));
        if found != wanted {
            wrong.push(format!(
                "{shown}: expected {wanted:?}, found {found:?}\n{}",
                rendered(&outcome, plain(80))
            ));
            continue;
        }
        if wanted.is_empty() {
            continue;
        }
        let source = std::fs::read(path).unwrap();
        let drawn = rendered(&outcome, plain(80));
        let name = shown.trim_start_matches("tests/ui/").trim_end_matches(".loop").replace('/', "__");
        let source = if source.len() > 4_000 {
            "(long)".into()
        } else {
            String::from_utf8_lossy(&source).replace('\0', "␀")
        };
        insta::with_settings!({ snapshot_path => "snapshots/ui", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{source}\n{drawn}"));
        });
    }
    assert!(wrong.is_empty(), "{} of {} cases are wrong:\n\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

macro_rules! phases {
    ($($phase:ident)*) => { $(#[test] fn $phase() { check_folder(stringify!($phase)); })* };
}

phases! { syntax names units meaning solve lints tables clean }
