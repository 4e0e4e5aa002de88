//! Parsing a text that was another before gives what parsing it anew gives: after random edits of every text of the
//! repository, faulty ones among them, edit upon edit.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use loopc::source::{FileId, SourceFile};
use loopc::syntax::{Earlier, parse, parse_after};

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "loop") {
            found.push(path);
        }
    }
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count.max(1)
    }
}

const PIECES: [&str; 22] = [
    "",
    "",
    "",
    "",
    " ",
    "\n",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "'",
    "// ",
    "/// ",
    "cost: 5 CNY",
    "\nparam x = 1\n",
    "\ncash flow nn: a -> b\n",
    "5",
    "商",
    "\r\n",
    "\nscenario q { set take = 1% }\n",
    "\u{7}",
];

#[test]
fn what_is_taken_over_is_what_would_be_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["models", "tests/ui", "tests/format", "tests/fuzz/corpus"] {
        texts(&root.join(folder), &mut paths);
    }
    paths.sort();
    assert!(paths.len() > 200, "only {} texts", paths.len());
    let mut random = Random(2026);
    for path in paths {
        let Ok(mut text) = std::fs::read_to_string(&path) else { continue };
        if text.len() > 40_000 {
            continue;
        }
        let source = |text: &str| Arc::new(SourceFile::from_text("m.loop".to_owned(), text.to_owned()));
        let mut before = source(&text);
        let (mut tree, mut faults) = parse(FileId(3), &before);
        for round in 0..12 {
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let from = random.below(starts.len());
            let to = (from + random.below(if round % 4 == 0 { 60 } else { 3 })).min(starts.len() - 1);
            text.replace_range(starts[from]..starts[to], PIECES[random.below(PIECES.len())]);
            let now = source(&text);
            let earlier = Earlier { source: before, tree, faults };
            let (again, told) = parse_after(FileId(0), &now, Some(earlier));
            let (anew, wanted) = parse(FileId(0), &now);
            assert_eq!(format!("{told:?}"), format!("{wanted:?}"), "{} {round}:\n{text}", path.display());
            assert_eq!(format!("{again:?}"), format!("{anew:?}"), "{} {round}:\n{text}", path.display());
            (before, tree, faults) = (now, again, told);
        }
    }
}
