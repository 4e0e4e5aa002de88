//! `loopc check`: every model named, or found below a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::{Check, MessageFormat};
use super::find::gather;
use super::output::{Screen, read_source};
use super::progress::Line;
use super::{Exit, Refusal};
use crate::diagnostic::Severity;
use crate::pipeline::{Compilation, compile_with};
use crate::source::Disk;
use crate::stop::Stop;

pub(super) fn run(arguments: &Check, screen: &Screen) -> Result<Exit, Refusal> {
    let (mut named, mut found) = (Vec::new(), Vec::new());
    for path in &arguments.paths {
        if path.is_dir() {
            gather(path, &mut found)?;
        } else if !named.contains(path) {
            named.push(path.clone());
        }
    }
    if named.is_empty() && found.is_empty() {
        return Err(Refusal::new("there is no `.loop` file here"));
    }
    found.sort();
    found.dedup();
    found.retain(|path| !named.iter().any(|named| canonical(named) == canonical(path)));
    let stop = Stop::default();
    let line = Line::of(&stop, screen);
    let mut compiled = Vec::new();
    for path in named.iter().chain(&found) {
        let mut compilation = compile_with(read_source(path)?, arguments.files.options(&[], &stop), &Disk);
        compilation.examine();
        compiled.push((path, compilation));
    }
    drop(line);
    // A file of a folder that another file uses is checked as a part of that one.
    let used: BTreeSet<PathBuf> = compiled.iter().flat_map(|(_, compilation)| used(compilation)).collect();
    let alone = |path: &Path| named.iter().any(|named| named == path) || !used.contains(&canonical(path));
    let (mut files, mut errors, mut warnings) = (0, 0, 0);
    for (_, compilation) in compiled.iter().filter(|(path, _)| alone(path)) {
        let (_, shown) = screen.report(compilation, &arguments.messages);
        files += 1;
        errors += shown.iter().filter(|one| one.severity == Severity::Error).count();
        warnings += shown.iter().filter(|one| one.severity == Severity::Warning).count();
    }
    if arguments.messages.message_format == MessageFormat::Human {
        screen.error(&summary(files, errors, warnings));
    }
    Ok(if errors > 0 { Exit::Model } else { Exit::Well })
}

fn summary(files: usize, errors: usize, warnings: usize) -> String {
    let count = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let models = count(files, "model");
    match (errors, warnings) {
        (0, 0) => format!("checked {models}: no errors, no warnings\n"),
        _ => format!("checked {models}: {}, {}\n", count(errors, "error"), count(warnings, "warning")),
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn used(compilation: &Compilation) -> Vec<PathBuf> {
    compilation.sources.iter().skip(1).map(|(_, file)| canonical(Path::new(&file.path))).collect()
}
