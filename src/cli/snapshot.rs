//! Snapshots: what a model's reports were when somebody took them for right, beside the model, in insta's format.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use crate::pipeline::{Compilation, Solution};
use crate::report::{self, Paint};

/// The folder of snapshots, beside the model.
const FOLDER: &str = "snapshots";

/// What stands above what a model says, at the end of a snapshot.
const DECLARED: &str = "what is declared";

/// Lines that did not change, before and behind those that did.
const CONTEXT: usize = 2;

/// So many lines of a difference are shown; the rest stands in the files.
const MOST_LINES: usize = 60;

/// Where the snapshot of a model stands.
pub(super) fn path_of(model: &Path) -> PathBuf {
    let name = model.file_name().unwrap_or_default().to_string_lossy();
    model.with_file_name(FOLDER).join(format!("{name}.snap"))
}

/// Where a snapshot waits that nobody has taken for right yet.
pub(super) fn pending(snapshot: &Path) -> PathBuf {
    snapshot.with_extension("snap.new")
}

/// Snapshots beside some models that belong to none of these.
pub(super) fn unreferenced(models: &[PathBuf]) -> Vec<PathBuf> {
    let folders: BTreeSet<PathBuf> = models.iter().map(|model| model.with_file_name(FOLDER)).collect();
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| !has_model(path)).collect();
    found.sort();
    found
}

/// Whether a file is no snapshot of a model, or the model is there.
fn has_model(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let of = name.strip_suffix(".snap").filter(|model| model.ends_with(".loop"));
    let folder = path.parent().and_then(Path::parent);
    of.is_none_or(|model| folder.is_some_and(|folder| folder.join(model).is_file()))
}

/// The snapshot of a model whose states were solved: the report of each, then what it declares.
pub(super) fn taken(model: &Path, states: &[(&Compilation, &Solution)]) -> String {
    let name = model.file_name().unwrap_or_default().to_string_lossy();
    let mut out = format!("---\nsource: {name}\n---\n");
    for (state, solution) in states {
        let mut written = state.written(solution, &[]);
        // Where a model stands is no part of what it says.
        if let Some(main) = written.files.first_mut() {
            main.path = name.to_string();
        }
        out.push_str(&report::text(&written, Paint { unicode: true, color: false }));
        out.push('\n');
    }
    // Of a scenario, what the model does not declare.
    let mut known = BTreeSet::new();
    for (state, _) in states {
        let said = report::declared(&state.checked, &state.sources);
        let laid = state
            .laid
            .as_ref()
            .map_or_else(String::new, |laid| format!(" in the scenario {}", laid.scenario.name));
        out.push_str(&format!("{DECLARED}{laid}\n"));
        let new = said.iter().filter(|line| !known.contains(*line));
        new.for_each(|line| out.push_str(&format!("  {line}\n")));
        if state.laid.is_none() {
            known.extend(said);
        }
    }
    out
}

/// What a snapshot holds behind its head.
pub(super) fn contents(snapshot: &str) -> &str {
    let behind = snapshot.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    behind.map_or(snapshot, |(_, contents)| contents).trim_end()
}

/// Why a report differs: what is declared otherwise, then how the report changed.
pub(super) fn difference(before: &str, after: &str) -> String {
    let part = |text: &str| {
        let at = text.find(&format!("\n{DECLARED}\n")).map_or(text.len(), |at| at + 1);
        (text[..at].to_owned(), text[at..].to_owned())
    };
    let ((report, declared), (new_report, new_declared)) = (part(before), part(after));
    let mut out = String::new();
    for (heading, one, other) in [("declared", &declared, &new_declared), ("reported", &report, &new_report)]
    {
        let lines = changed(one, other, if heading == "declared" { 0 } else { CONTEXT });
        if !lines.is_empty() {
            let shown: Vec<&str> = lines.lines().take(MOST_LINES).collect();
            out.push_str(&format!("  {heading} otherwise\n{}\n", shown.join("\n")));
            match lines.lines().count() - shown.len() {
                0 => {}
                more => out.push_str(&format!("    … and {more} lines more\n")),
            }
        }
    }
    out
}

/// The lines that differ, with some around them.
fn changed(before: &str, after: &str, context: usize) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut out = String::new();
    for (place, group) in diff.grouped_ops(context).iter().enumerate() {
        if place > 0 && context > 0 {
            out.push_str("    …\n");
        }
        for change in group.iter().flat_map(|part| diff.iter_changes(part)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            out.push_str(format!("  {sign} {}", change.value().trim_end_matches('\n')).trim_end());
            out.push('\n');
        }
    }
    out
}
