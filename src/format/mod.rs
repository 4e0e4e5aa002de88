//! The formatter: one style, and nothing to choose.
//!
//! What lives here: where the parts of a file come to stand. A file is cut into tokens, the tree says which of them
//! begin declarations, attributes and cells, and each comes out once, in its order, with other white space between.
//! What has been laid out is parsed again and held against the source before anybody sees it. Names are not looked up
//! and values not computed here; nothing is read or written.

mod block;
mod columns;
mod faults;
mod flat;
mod layout;
mod line;
mod paper;
mod phrase;
mod same;
mod token;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{FileId, SourceFile, Span};
use crate::syntax::ast::{Ast, Item};
use crate::syntax::parse;
use phrase::Phrases;
use same::{Side, difference};
use token::Tokens;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file in its style: its byte order mark and its line ends as they are, the same declarations and comments.
///
/// # Errors
/// The faults of syntax of a file that has any; L0121, where the formatter is at fault itself.
pub fn formatted(file: FileId, source: &SourceFile) -> Result<String, Vec<Diagnostic>> {
    rewritten(file, source).map(|(text, _)| text)
}

/// What [`formatted`] changes, declaration by declaration; only of those that touch a part of the text, if one is given.
///
/// # Errors
/// Those of [`formatted`].
pub fn edits(
    file: FileId,
    source: &SourceFile,
    within: Option<&Range<usize>>,
) -> Result<Vec<Edit>, Vec<Diagnostic>> {
    let (text, trees) = rewritten(file, source)?;
    let (before, after) = (regions(&trees.before, source.text.len()), regions(&trees.after, text.len()));
    let touches = |region: &Range<usize>| {
        within.is_none_or(|within| region.start <= within.end && within.start < region.end)
    };
    let mut edits = Vec::new();
    for (old, new) in before.into_iter().zip(after).filter(|(old, _)| touches(old)) {
        let (written, wanted) = (source.text.get(old.clone()), text.get(new));
        if let Some(replacement) = wanted.filter(|wanted| Some(*wanted) != written) {
            edits.push(Edit { span: Span::new(file, old), replacement: replacement.to_owned() });
        }
    }
    Ok(edits)
}

/// The trees of a file, and of the file in its style.
struct Trees {
    before: Ast,
    after: Ast,
}

fn rewritten(file: FileId, source: &SourceFile) -> Result<(String, Trees), Vec<Diagnostic>> {
    let (before, faults) = parse(file, source);
    if faults.iter().any(Diagnostic::is_error) {
        return Err(faults);
    }
    let text = in_style(&source.text, &before);
    let again = SourceFile::from_text(source.path.clone(), text);
    let (after, faults) = parse(file, &again);
    let tokens = (Tokens::of(&source.text), Tokens::of(&again.text));
    let left = Side { text: &source.text, tree: &before, tokens: &tokens.0 };
    let right = Side { text: &again.text, tree: &after, tokens: &tokens.1 };
    if let Some(place) = difference(left, right) {
        return Err(vec![faults::says_other(place)]);
    }
    let stays = faults.is_empty() && in_style(&again.text, &after) == again.text;
    drop(tokens);
    if !stays {
        return Err(vec![faults::does_not_stay(Span::new(file, 0..source.text.len()))]);
    }
    Ok((again.text, Trees { before, after }))
}

fn in_style(text: &str, tree: &Ast) -> String {
    let laid_out = layout::lay_out(tree, &Phrases::new(text, tree));
    let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
    let first = text.split_once('\n').map_or("", |(line, _)| line);
    match (mark, first.ends_with('\r')) {
        ("", false) => laid_out,
        (mark, false) => format!("{mark}{laid_out}"),
        (mark, true) => format!("{mark}{}", laid_out.replace('\n', "\r\n")),
    }
}

/// A text cut before each declaration and the comments that belong to it.
fn regions(tree: &Ast, length: usize) -> Vec<Range<usize>> {
    let comment = |item: &Item| tree.comments.get(item.above.clone()).and_then(<[_]>::first);
    let begins = |item: &Item| comment(item).map_or(item.span, |comment| comment.span).start as usize;
    let cuts: Vec<usize> = tree.items.iter().map(begins).collect();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(length));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}
