//! `loopc check`: every model named, or found below a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::arguments::{Check, MessageFormat};
use super::output::{Screen, compile_states};
use super::progress::Line;
use super::{Exit, Refusal};
use crate::diagnostic::Severity;
use crate::pipeline::{Compilation, States};
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
        let mut states = compile_states(path, arguments.files.options(&[], &stop), &States::All)?;
        states.iter_mut().for_each(Compilation::examine);
        compiled.push((path, states));
    }
    drop(line);
    // A file of a folder that another file uses is checked as a part of that one.
    let used: BTreeSet<PathBuf> =
        compiled.iter().flat_map(|(_, states)| states.first()).flat_map(used).collect();
    let alone = |path: &Path| named.iter().any(|named| named == path) || !used.contains(&canonical(path));
    let (mut files, mut errors, mut warnings) = (0, 0, 0);
    for (_, states) in compiled.iter().filter(|(path, _)| alone(path)) {
        files += 1;
        for shown in screen.report_states(states, &arguments.messages).iter().flatten() {
            *(if shown.severity == Severity::Error { &mut errors } else { &mut warnings }) += 1;
        }
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

pub(super) fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

pub(super) fn used(compilation: &Compilation) -> Vec<PathBuf> {
    compilation.sources.iter().skip(1).map(|(_, file)| canonical(Path::new(&file.path))).collect()
}

/// The `.loop` files below a folder, in the order of their names; hidden folders and `target` are passed over.
pub(super) fn gather(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    let refused = |fault: std::io::Error| Refusal::new(format!("cannot read {}: {fault}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.') || entry.file_name() == "target";
        // Links are not followed: they may lead around in a ring.
        let kind = entry.file_type().map_err(refused)?;
        entries.extend((!hidden).then_some((entry.path(), kind)));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        if kind.is_dir() {
            gather(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "loop") {
            found.push(path);
        }
    }
    Ok(())
}
