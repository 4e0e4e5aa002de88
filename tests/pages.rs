//! The pages of the errors: each wrong example gives exactly its code, each right one nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{Outcome, codes, plain, rendered, run_source};
use loopc::diagnostic::{Code, short};
use loopc::source::{Disk, SourceFile};

/// Codes that no single model shows: the page describes them, and other tests cause them.
const DESCRIBED: [Code; 24] = [
    Code::L0220,
    Code::L0110,
    Code::L0112,
    Code::L0114,
    Code::L0117,
    Code::L0118,
    Code::L0121,
    Code::L0213,
    Code::L0215,
    Code::L0225,
    Code::L0701,
    Code::L0710,
    Code::L0720,
    Code::L0721,
    Code::L0730,
    Code::L0702,
    Code::L0703,
    Code::L0801,
    Code::L0802,
    Code::L0803,
    Code::L0804,
    Code::L0911,
    Code::L0912,
    Code::L0915,
];

/// The fenced blocks of a section: the words behind `loop`, and the text.
fn blocks(page: &str, section: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let (mut inside, mut open) = (false, None::<(String, String)>);
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, Some("toml")) if inside => open = Some(("toml".to_owned(), String::new())),
            (None, Some(info)) if inside && (info.starts_with("loop") || info.starts_with("csv")) => {
                let info = info.trim_start_matches("loop").trim_start_matches("csv").trim();
                open = Some((info.to_owned(), String::new()));
            }
            (None, Some(_)) => open = None,
            (None, None) if line.starts_with("## ") => inside = line == format!("## {section}"),
            (None, None) => {}
        }
    }
    found
}

/// What the example of a section gives: the project file that it shows, or else the model.
fn shown(code: Code, section: &str) -> Option<(BTreeSet<String>, String)> {
    let blocks = blocks(code.page(), section);
    if let Some((_, text)) = blocks.iter().find(|(info, _)| info == "toml") {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loop.toml");
        std::fs::write(&path, text).unwrap();
        let read = loopc::project::read(&path, "loop.toml".to_owned(), &Disk);
        let drawn = read.faults.iter().map(|fault| short(fault, &read.sources)).collect();
        return Some((codes(&read.faults), drawn));
    }
    let outcome = run_section(code, section)?;
    Some((codes(&outcome.diagnostics), rendered(&outcome, plain(80))))
}

/// Runs the model of a section, with the further files that the section shows beside it.
fn run_section(code: Code, section: &str) -> Option<Outcome> {
    let blocks = blocks(code.page(), section);
    let main = blocks.iter().find(|(info, _)| info.is_empty())?;
    let folder = std::env::temp_dir().join(format!("loopc-pages-{}-{code}-{section}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (info, text) in &blocks {
        if let Some(name) = info.strip_prefix("file=") {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let path = folder.join("model.loop");
    std::fs::write(&path, &main.1).unwrap();
    let shown = path.to_string_lossy().into_owned();
    let outcome = run_source(&shown, SourceFile::from_text(shown.clone(), main.1.clone()), &[]);
    std::fs::remove_dir_all(&folder).unwrap();
    Some(outcome)
}

#[test]
fn every_page_shows_its_code() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied() {
        let page = code.page();
        let title = format!("# {code}: {}", code.title());
        if page.lines().next() != Some(&title) {
            wrong.push(format!("{code}: the page must begin `{title}`"));
        }
        let described = DESCRIBED.contains(&code);
        for (section, wanted) in [("Wrong", Some(code)), ("Right", None)] {
            let wanted: BTreeSet<String> = wanted.iter().map(|code| code.name().to_owned()).collect();
            match shown(code, section) {
                // What only the folders around a project file show is there in no text.
                _ if code == Code::L0225 => {}
                None if described => {}
                None => wrong.push(format!("{code}: no example under `{section}`")),
                Some((found, drawn)) if found != wanted => {
                    wrong.push(format!("{code} {section}: expected {wanted:?}, found {found:?}\n{drawn}"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{} pages are wrong:\n\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_page_is_of_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let known = name.strip_suffix(".md").and_then(Code::named).is_some();
        assert!(known || name == "README.md", "{name} is a page of no code");
    }
}
