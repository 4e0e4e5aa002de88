//! A mend takes its fault away and brings no other: on the whole corpus, and on the wrong example of every page.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use loopc::diagnostic::{Code, Diagnostic, Edit};
use loopc::pipeline::{Compilation, compile};
use loopc::source::{Disk, Files, SourceFile};

use super::corpus;

/// The disk, with other texts in some files.
#[derive(Default)]
struct Edited(BTreeMap<PathBuf, String>);

impl Files for Edited {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(path).map_or_else(|| Disk.read(path), |text| Ok(text.clone().into_bytes()))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.canonical(path)
    }
}

fn compiled(path: &str, text: Vec<u8>, files: &Edited) -> (Compilation, Vec<Diagnostic>) {
    let main = SourceFile::from_bytes(path.to_owned(), text);
    let mut compilation = compile((PathBuf::from(path), main), &[], files);
    compilation.solve(&[]);
    let shown = compilation.report();
    (compilation, shown)
}

/// The files as a mend leaves them, with its edits made from the last to the first.
fn edited(compilation: &Compilation, edits: &[Edit]) -> Edited {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut files = Edited::default();
    for edit in edits {
        let file = compilation.sources.file(edit.span.file);
        let text = files.0.entry(PathBuf::from(&file.path)).or_insert_with(|| file.text.clone());
        text.replace_range(edit.span.range(), &edit.replacement);
    }
    files
}

fn errors(shown: &[Diagnostic]) -> BTreeSet<Code> {
    shown.iter().filter(|one| one.is_error()).map(|one| one.code).collect()
}

/// Makes every mend of a model by itself; gives the codes that had one, and what is wrong.
fn tried(path: &str, text: &[u8]) -> (Vec<Code>, Vec<String>) {
    let (compilation, before) = compiled(path, text.to_vec(), &Edited::default());
    let (mut codes, mut wrong) = (Vec::new(), Vec::new());
    for fault in &before {
        let Some(mend) = fault.mend.as_deref().filter(|mend| mend.is_of_files(&compilation.sources)) else {
            continue;
        };
        codes.push(fault.code);
        let files = edited(&compilation, &mend.edits);
        let main =
            files.0.get(Path::new(path)).map_or_else(|| text.to_vec(), |text| text.clone().into_bytes());
        let (_, after) = compiled(path, main, &files);
        let same = |one: &&Diagnostic| one.code == fault.code && one.message == fault.message;
        let (had, has) = (before.iter().filter(same).count(), after.iter().filter(same).count());
        let new: Vec<Code> = errors(&after).difference(&errors(&before)).copied().collect();
        if has >= had || !new.is_empty() {
            wrong.push(format!(
                "{path}: {} `{}` → {new:?}, {had} → {has}: {:?}",
                fault.code, fault.message, mend
            ));
        }
    }
    (codes, wrong)
}

#[test]
fn every_mend_of_the_corpus_mends() {
    let (mut codes, mut wrong) = (BTreeSet::new(), Vec::new());
    for path in corpus() {
        let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap();
        let (found, mut bad) = tried(&path, &text);
        codes.extend(found);
        wrong.append(&mut bad);
    }
    assert!(wrong.is_empty(), "{} mends do not mend:\n{}", wrong.len(), wrong.join("\n"));
    let codes: Vec<&str> = codes.into_iter().map(Code::name).collect();
    let wanted = [
        "L0101", "L0104", "L0105", "L0106", "L0107", "L0108", "L0109", "L0115", "L0119", "L0201", "L0202",
        "L0203", "L0205", "L0216", "L0303", "L0401", "L0901",
    ];
    assert_eq!(codes, wanted);
}

/// The wrong example of a page: the first block of the language behind its heading.
fn wrong_example(page: &str) -> Option<String> {
    let wrong = page.split("\n## Wrong\n").nth(1)?.split("\n## ").next()?;
    Some(wrong.split("```loop\n").nth(1)?.split("```").next()?.to_owned())
}

#[test]
fn every_mend_of_a_page_mends() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for code in Code::ALL {
        let Some(example) = wrong_example(code.page()) else { continue };
        let (found, mut bad) = tried("model.loop", example.as_bytes());
        count += found.len();
        wrong.append(&mut bad);
    }
    assert!(wrong.is_empty(), "{} mends do not mend:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 12, "only {count} mends");
}
