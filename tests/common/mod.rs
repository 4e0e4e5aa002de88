//! What the tests share: running the whole pipeline on a file of the repository.

#![allow(dead_code, reason = "each test binary uses a part of this")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use loopc::diagnostic::{Diagnostic, Format, Look, render};
use loopc::pipeline::{Compilation, Options, Solution, States, compile_each, reports};
use loopc::source::{Disk, SourceFile};

/// A model, solved as far as it goes.
pub struct Outcome {
    pub compilation: Compilation,
    pub solution: Option<Solution>,
    /// Those of the scenarios behind those of the model.
    pub diagnostics: Vec<Diagnostic>,
    pub scenarios: Vec<(Compilation, Option<Solution>)>,
}

/// Compiles and solves a file, named relative to the repository.
pub fn run(path: &str) -> Outcome {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    run_source(path, SourceFile::from_bytes(path.to_owned(), bytes), &[])
}

/// Compiles and solves a text, as if it were a file of the repository.
pub fn run_text(text: &str) -> Outcome {
    run_source("model.loop", SourceFile::from_text("model.loop".to_owned(), text.to_owned()), &[])
}

pub fn run_source(path: &str, source: SourceFile, settings: &[(String, String)]) -> Outcome {
    let options = Options { settings: settings.to_vec(), ..Options::default() };
    let main = (PathBuf::from(path), source);
    let mut states = compile_each(main, (options, &States::All), &Disk).unwrap();
    let solutions: Vec<Option<Solution>> = states.iter_mut().map(|state| state.solve(&[])).collect();
    let diagnostics = reports(&states).into_iter().flatten().collect();
    let mut solved = states.into_iter().zip(solutions);
    let (compilation, solution) = solved.next().unwrap();
    Outcome { compilation, solution, diagnostics, scenarios: solved.collect() }
}

pub fn codes(diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.name().to_owned()).collect()
}

pub fn plain(width: usize) -> Format {
    Format::Human(Look { width, unicode: true, color: false })
}

pub fn rendered(outcome: &Outcome, format: Format) -> String {
    let sources = &outcome.compilation.sources;
    outcome.diagnostics.iter().map(|diagnostic| render(diagnostic, sources, format)).collect()
}

/// All models below some folders of the repository, in order.
pub fn files(folders: &[&str]) -> Vec<PathBuf> {
    below(folders, "loop")
}

/// All snapshots of models below some folders of the repository, in order.
pub fn snapshots(folders: &[&str]) -> Vec<PathBuf> {
    below(folders, "snap")
}

/// All tables below some folders of the repository, in order.
pub fn tables(folders: &[&str]) -> Vec<PathBuf> {
    below(folders, "csv")
}

fn below(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> =
        folders.iter().map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).collect();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The JSON report of a model of the repository.
pub fn report(path: &str) -> String {
    let outcome = run(path);
    let solution = outcome.solution.as_ref().unwrap();
    loopc::report::json(&outcome.compilation.written(solution, &outcome.diagnostics))
}

/// The files of `models/`, relative to the repository.
pub fn models() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let below = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().file_name());
        entries.map(|name| format!("{folder}/{}", name.to_string_lossy())).collect()
    };
    // Models with tables have folders of their own.
    let (folders, mut names): (Vec<String>, Vec<String>) =
        below("models").into_iter().partition(|name| root.join(name).is_dir());
    names.extend(folders.iter().flat_map(|folder| below(folder)));
    names.retain(|name| name.ends_with(".loop"));
    names.sort();
    names
}
