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

/// Between more lines the fewest that differ are not looked for: that would take their square in time.
const MOST_COMPARED: usize = 4_000;

/// So many lines of a difference are shown; the rest stands in the files.
pub(super) const MOST_LINES: usize = 60;

/// Where the snapshot of a model stands.
pub(super) fn path_of(model: &Path) -> PathBuf {
    let name = model.file_name().unwrap_or_default().to_string_lossy();
    model.with_file_name(FOLDER).join(format!("{name}.snap"))
}

/// Where a snapshot waits that nobody has taken for right yet.
pub(super) fn pending(snapshot: &Path) -> PathBuf {
    snapshot.with_extension("snap.new")
}

/// A snapshot as it was written. Where files are checked out with other line ends, or an editor put its mark in front, it
/// is the same still; one that is no text differs from every report, and can be accepted anew.
pub(super) fn kept(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
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
    // One that waits to be accepted is of a model as well.
    let name = name.strip_suffix(".new").unwrap_or(&name);
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

/// The lines that only one of two texts has, one of the first and one of the second in turn.
fn lacking(old: &[&str], new: &[&str]) -> String {
    let (in_old, in_new): (BTreeSet<&str>, BTreeSet<&str>) =
        (old.iter().copied().collect(), new.iter().copied().collect());
    let mut gone = old.iter().filter(|line| !in_new.contains(*line)).map(|line| ('-', line));
    let mut come = new.iter().filter(|line| !in_old.contains(*line)).map(|line| ('+', line));
    let mut out = String::new();
    loop {
        let pair = [gone.next(), come.next()];
        if pair.iter().all(Option::is_none) {
            return out;
        }
        pair.iter().flatten().for_each(|(sign, line)| out.push_str(&format!("  {sign} {line}\n")));
    }
}

/// What a snapshot holds behind its head.
pub(super) fn contents(snapshot: &str) -> &str {
    let behind = snapshot.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    behind.map_or(snapshot, |(_, contents)| contents).trim_end()
}

/// Why a report differs: what is declared otherwise, then how the report changed; of each so many lines at the most.
pub(super) fn difference(before: &str, after: &str, most: usize) -> String {
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
            let shown: Vec<&str> = lines.lines().take(most).collect();
            out.push_str(&format!("  {heading} otherwise\n{}\n", shown.join("\n")));
            match lines.lines().count() - shown.len() {
                0 => {}
                more => out.push_str(&format!("    … and {more} lines more\n")),
            }
        }
    }
    out
}

/// The lines that differ, with some around them; of very many, those that the other text lacks.
fn changed(before: &str, after: &str, context: usize) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let begin = old.iter().zip(&new).take_while(same).count();
    let (old, new) = (&old[begin..], &new[begin..]);
    let end = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    if old.len() + new.len() > MOST_COMPARED {
        return lacking(old, new);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_changes_are_told_in_pairs() {
        let text = |word: &str| (0..MOST_COMPARED).map(|line| format!("{line} {word}\n")).collect::<String>();
        let (before, after) =
            (format!("head\n{}foot\n", text("old")), format!("head\n{}foot\n", text("new")));
        let told = changed(&before, &after, 0);
        assert!(told.starts_with("  - 0 old\n  + 0 new\n  - 1 old\n"), "{}", &told[..60]);
        assert_eq!(told.lines().count(), 2 * MOST_COMPARED);
        // Few changes among many lines are found as such.
        let after = before.replace("\n77 old\n", "\n77 new\n");
        assert_eq!(changed(&before, &after, 0), "  - 77 old\n  + 77 new\n");
    }
}
