//! What would change in a file, as a unified diff.

use std::fmt::Write as _;
use std::ops::Range;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices, group_diff_ops};

use crate::diagnostic::Edit;
use crate::source::SourceFile;

/// How many unchanged lines are shown around a change.
const CONTEXT: usize = 3;

/// Of more lines the fewest that differ are not looked for: that would take their square in time.
const MOST_COMPARED: usize = 2_000;

/// A change of whole lines.
struct Change<'a> {
    old: Range<usize>,
    new: Vec<&'a str>,
}

/// The unified diff of a file and what edits make of it.
pub(super) fn unified(source: &SourceFile, edits: &[Edit], color: bool) -> String {
    let joined = joined(&source.text, edits);
    let old: Vec<&str> = source.text.split_inclusive('\n').collect();
    let changes = changes(source, &joined);
    let mut new = Vec::new();
    let mut ops = Vec::new();
    let mut at = 0;
    for change in &changes {
        keep(&old, at..change.old.start, &mut new, &mut ops);
        let from = new.len();
        new.extend(&change.new);
        compare(&old[change.old.clone()], &change.new, (change.old.start, from), &mut ops);
        at = change.old.end;
    }
    keep(&old, at..old.len(), &mut new, &mut ops);
    let mut text = paint(color, "1", &format!("--- {0}\n+++ {0}\n", source.path));
    for group in group_diff_ops(ops, CONTEXT) {
        hunk(&mut text, &group, (&old, &new), color);
    }
    text
}

/// The unified diff of two texts, by their names.
pub(super) fn texts((old_name, new_name): (&str, &str), before: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), now.split_inclusive('\n').collect());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let begin = old.iter().zip(&new).take_while(same).count();
    let end = old[begin..].iter().rev().zip(new[begin..].iter().rev()).take_while(same).count();
    let (mut ops, mut kept) = (Vec::new(), Vec::new());
    keep(&old, 0..begin, &mut kept, &mut ops);
    let (differs, comes) = (&old[begin..old.len() - end], &new[begin..new.len() - end]);
    if differs.len() == comes.len() && differs.len() + comes.len() > MOST_COMPARED {
        in_place(differs, comes, begin, &mut ops);
    } else {
        compare(differs, comes, (begin, begin), &mut ops);
    }
    if end > 0 {
        let (old_index, new_index) = (old.len() - end, new.len() - end);
        ops.push(DiffOp::Equal { old_index, new_index, len: end });
    }
    let mut text = format!("--- {old_name}\n+++ {new_name}\n");
    for group in group_diff_ops(ops, CONTEXT) {
        hunk(&mut text, &group, (&old, &new), false);
    }
    text
}

/// Of as many lines as before, each against the one that stood in its place: what is mended mostly stays in its line.
fn in_place(old: &[&str], new: &[&str], from: usize, ops: &mut Vec<DiffOp>) {
    let mut at = 0;
    while at < old.len() {
        let differs = old[at] != new[at];
        let len =
            old[at..].iter().zip(&new[at..]).take_while(|(one, other)| (one != other) == differs).count();
        let (old_index, new_index) = (from + at, from + at);
        ops.push(match differs {
            true => DiffOp::Replace { old_index, old_len: len, new_index, new_len: len },
            false => DiffOp::Equal { old_index, new_index, len },
        });
        at += len;
    }
}

/// Edits that meet within a line, as one.
fn joined(text: &str, edits: &[Edit]) -> Vec<(Range<usize>, String)> {
    let mut joined: Vec<(Range<usize>, String)> = Vec::new();
    for edit in edits {
        let range = edit.span.range();
        match joined.last_mut() {
            Some((last, replacement)) if last.end == range.start && !text[..range.start].ends_with('\n') => {
                last.end = range.end;
                replacement.push_str(&edit.replacement);
            }
            _ => joined.push((range, edit.replacement.clone())),
        }
    }
    joined
}

fn changes<'a>(source: &SourceFile, edits: &'a [(Range<usize>, String)]) -> Vec<Change<'a>> {
    let line = |offset: usize| source.lines().line_of(offset);
    let last = source.text.split_inclusive('\n').count();
    let until = |end: usize| if end >= source.text.len() { last } else { line(end) };
    let change = |(range, text): &'a (Range<usize>, String)| Change {
        old: line(range.start).min(last)..until(range.end),
        new: text.split_inclusive('\n').collect(),
    };
    edits.iter().map(change).collect()
}

fn keep<'a>(old: &[&'a str], kept: Range<usize>, new: &mut Vec<&'a str>, ops: &mut Vec<DiffOp>) {
    if !kept.is_empty() {
        ops.push(DiffOp::Equal { old_index: kept.start, new_index: new.len(), len: kept.len() });
        new.extend(&old[kept]);
    }
}

/// The fewest lines that differ, or, of very many lines, all.
fn compare(old: &[&str], new: &[&str], (old_from, new_from): (usize, usize), ops: &mut Vec<DiffOp>) {
    if old.len() + new.len() > MOST_COMPARED {
        let (old_len, new_len) = (old.len(), new.len());
        ops.push(DiffOp::Replace { old_index: old_from, old_len, new_index: new_from, new_len });
        return;
    }
    ops.extend(
        capture_diff_slices(Algorithm::Myers, old, new).into_iter().map(|op| moved(op, old_from, new_from)),
    );
}

const fn moved(op: DiffOp, old_by: usize, new_by: usize) -> DiffOp {
    match op {
        DiffOp::Equal { old_index, new_index, len } => {
            DiffOp::Equal { old_index: old_index + old_by, new_index: new_index + new_by, len }
        }
        DiffOp::Delete { old_index, old_len, new_index } => {
            DiffOp::Delete { old_index: old_index + old_by, old_len, new_index: new_index + new_by }
        }
        DiffOp::Insert { old_index, new_index, new_len } => {
            DiffOp::Insert { old_index: old_index + old_by, new_index: new_index + new_by, new_len }
        }
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            DiffOp::Replace { old_index: old_index + old_by, old_len, new_index: new_index + new_by, new_len }
        }
    }
}

fn hunk(text: &mut String, group: &[DiffOp], (old, new): (&[&str], &[&str]), color: bool) {
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
    let olds = first.old_range().start..last.old_range().end;
    let news = first.new_range().start..last.new_range().end;
    text.push_str(&paint(color, "36", &format!("@@ -{} +{} @@\n", counted(&olds), counted(&news))));
    for op in group {
        let (tag, olds, news) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            old[olds].iter().for_each(|line| push(text, ' ', line, None));
            continue;
        }
        old[olds].iter().for_each(|line| push(text, '-', line, color.then_some("31")));
        new[news].iter().for_each(|line| push(text, '+', line, color.then_some("32")));
    }
}

/// Where a hunk begins, from one, and how many lines it has.
fn counted(lines: &Range<usize>) -> String {
    let start = if lines.is_empty() { lines.start } else { lines.start + 1 };
    if lines.len() == 1 { start.to_string() } else { format!("{start},{}", lines.len()) }
}

fn push(text: &mut String, sign: char, line: &str, code: Option<&str>) {
    let (line, end) = line.strip_suffix('\n').map_or((line, false), |line| (line, true));
    match code {
        Some(code) => _ = writeln!(text, "\u{1b}[{code}m{sign}{line}\u{1b}[0m"),
        None => _ = writeln!(text, "{sign}{line}"),
    }
    if !end {
        text.push_str("\\ No newline at end of file\n");
    }
}

fn paint(color: bool, code: &str, text: &str) -> String {
    if color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_texts_differ_where_their_lines_do() {
        let wanted =
            "--- a\n+++ b\n@@ -1,3 +1,4 @@\n one\n-two\n+2\n+2.5\n three\n\\ No newline at end of file\n";
        assert_eq!(texts(("a", "b"), "one\ntwo\nthree", "one\n2\n2.5\nthree"), wanted);
        assert_eq!(texts(("a", "b"), "", "x\n"), "--- a\n+++ b\n@@ -0,0 +1 @@\n+x\n");
        assert_eq!(texts(("a", "b"), "x\n", "x\n"), "--- a\n+++ b\n");
    }

    #[test]
    fn a_long_text_that_is_mended_line_by_line_is_told_in_linear_time() {
        let text = |every: usize, word: &str| -> String {
            let line = |at: usize| {
                if at.is_multiple_of(every) { format!("{at} {word}\n") } else { format!("{at}\n") }
            };
            (0..200_000).map(line).collect()
        };
        let told = texts(("a", "b"), &text(100, "old"), &text(100, "new"));
        assert_eq!(told.matches("@@ -").count(), 2_000);
        assert!(told.contains("@@ -98,7 +98,7 @@\n 97\n 98\n 99\n-100 old\n+100 new\n 101\n"));
        // Where lines came and went everywhere, all are told.
        let other: String = text(100, "new")
            .lines()
            .filter(|line| line.ends_with("new"))
            .map(|line| format!("{line}\n"))
            .collect();
        let told = texts(("a", "b"), &text(100, "old"), &other);
        assert_eq!((told.matches("\n-").count(), told.matches("\n+").count()), (200_000, 2_000 + 1));
    }
}
