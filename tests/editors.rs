//! What editors are given agrees with the language: its words, its snippets, its version; and what the grammar of
//! tree-sitter is held against in `grammar/check.sh`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

#[path = "editors/outline.rs"]
mod outline;

use std::collections::BTreeSet;
use std::path::Path;

use loopc::source::{FileId, SourceFile};
use loopc::syntax::{parse, words};
use serde_json::Value;

use outline::Outline;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn source(name: &str, text: &str) -> SourceFile {
    SourceFile::from_text(name.to_owned(), text.to_owned())
}

/// What stands between pairs of a sign.
fn between(text: &str, sign: char) -> BTreeSet<String> {
    text.split(sign).skip(1).step_by(2).map(str::to_owned).collect()
}

/// The words that the reference lists as reserved, but for those that are reserved among values alone.
fn reserved() -> BTreeSet<String> {
    let page = read("docs/language.md");
    let from = page.find("**Reserved words**").unwrap();
    let list = &page[from..from + page[from..].find("- time units").unwrap()];
    between(list, '`')
}

#[test]
fn the_reference_lists_the_reserved_words() {
    let listed = reserved();
    assert!(listed.iter().all(|word| words::is_reserved(word)), "{listed:?}");
    assert!(words::declarations().all(|word| listed.contains(word)), "{listed:?}");
}

#[test]
fn the_scanner_of_tree_sitter_has_the_reserved_words() {
    let scanner = read("grammar/tree-sitter-loop/src/scanner.c");
    let from = scanner.find("RESERVED[] = {").unwrap();
    let list = &scanner[from..from + scanner[from..].find("};").unwrap()];
    assert_eq!(between(list, '"'), reserved());
}

#[test]
fn every_reserved_word_has_a_color() {
    let listed = reserved();
    let queries = between(&read("grammar/tree-sitter-loop/queries/highlights.scm"), '"');
    // `to` is reserved, and stands nowhere but as the name of an attribute.
    let missing: Vec<&String> =
        listed.iter().filter(|word| *word != "to" && !queries.contains(*word)).collect();
    assert!(missing.is_empty(), "highlights.scm lacks {missing:?}");
    let textmate = read("grammar/vscode/syntaxes/loop.tmLanguage.json");
    let found: BTreeSet<&str> = textmate.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    // `\b` before a word is read as a part of it.
    let has = |word: &str| found.contains(word) || found.contains(format!("b{word}").as_str());
    let missing: Vec<&String> = listed.iter().filter(|word| !has(word)).collect();
    assert!(missing.is_empty(), "loop.tmLanguage.json lacks {missing:?}");
}

/// The text of a snippet as an editor first puts it in: of each place to fill in what it proposes.
fn filled(body: &str) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(inner) = rest.strip_prefix('{') else {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            continue;
        };
        let end = inner.find('}').unwrap();
        let place = inner[..end].trim_start_matches(|c: char| c.is_ascii_digit());
        let choice = place.strip_prefix('|').map(|list| list.split([',', '|']).next().unwrap());
        text.push_str(choice.unwrap_or_else(|| place.strip_prefix(':').unwrap()));
        rest = &inner[end + 1..];
    }
    text + rest
}

#[test]
fn snippets_are_in_the_language() {
    let snippets = json("grammar/vscode/snippets/loop.json");
    let mut first_words = BTreeSet::new();
    for (name, snippet) in snippets.as_object().unwrap() {
        let lines: Vec<&str> =
            snippet["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        let text = filled(&lines.join("\n"));
        let file = source("snippet.loop", &text);
        let (tree, faults) = parse(FileId(0), &file);
        assert!(faults.is_empty(), "{name}: {faults:?}\n{text}");
        assert!(tree.items.len() <= 1, "{name}");
        let styled = loopc::format::formatted(FileId(0), &file).unwrap();
        assert_eq!(styled.trim_end(), text.trim_end(), "{name}: as `loopc fmt` writes it");
        first_words.extend(text.split_whitespace().next().map(str::to_owned));
    }
    for word in words::declarations().filter(|word| !matches!(*word, "flow" | "sweep" | "risk")) {
        assert!(first_words.contains(word), "no snippet begins with {word}");
    }
    for medium in ["cash", "information", "goods", "service"] {
        assert!(first_words.contains(medium), "no snippet begins with {medium}");
    }
}

#[test]
fn versions_are_those_of_loopc() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(json("grammar/vscode/package.json")["version"], version);
    assert_eq!(json("grammar/tree-sitter-loop/package.json")["version"], version);
    assert_eq!(json("grammar/tree-sitter-loop/tree-sitter.json")["metadata"]["version"], version);
    for file in ["grammar/zed/extension.toml", "grammar/zed/Cargo.toml"] {
        assert!(read(file).contains(&format!("\nversion = \"{version}\"\n")), "{file}");
    }
}

/// The shape of every text of the repository that has no fault of syntax, written where `grammar/check.sh` finds it.
#[test]
fn outlines_of_all_that_is_in_the_language() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editors");
    std::fs::create_dir_all(&folder).unwrap();
    let mut texts: Vec<(String, String)> = Vec::new();
    for path in common::files(&["models", "src", "tests"]) {
        let bytes = std::fs::read(&path).unwrap();
        // The command that holds the two together tells columns of texts that begin with their first sign.
        let text = String::from_utf8(bytes).unwrap_or_default();
        if !text.starts_with('\u{feff}') {
            texts.push((path.to_string_lossy().into_owned(), text));
        }
    }
    let documented = outline::blocks_of_pages();
    assert!(documented.len() > 200, "{}", documented.len());
    for (name, text) in documented {
        let path = folder.join(name);
        std::fs::write(&path, &text).unwrap();
        texts.push((path.to_string_lossy().into_owned(), text));
    }
    let mut found = Outline::default();
    for (path, text) in &texts {
        found.add(path, &source(path, text));
    }
    assert!(found.files.len() > 500, "{}", found.files.len());
    let kinds: BTreeSet<&str> = found.lines.iter().map(|line| line.kind).collect();
    for kind in outline::KINDS {
        assert!(kinds.contains(kind), "nothing is held against the tree of `{kind}`");
    }
    found.write(&folder);
}
