//! The declarations of a file in the order in which a model is told: what is counted, who, what flows, what is asked.
//!
//! Declaration order breaks ties, so what may be weighed against each other keeps its order: rows of a table stand
//! among the declarations that they are like.

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::offered;
use crate::diagnostic::Diagnostic;
use crate::lsp::view::View;
use crate::source::SourceFile;
use crate::syntax::ast::{Ast, Comment, ImportKind, Item, ItemKind};
use crate::syntax::{allowances, parse};

/// Offered where a file has no fault of syntax and is not in order.
pub(super) fn whole(view: &View<'_>) -> Option<CodeAction> {
    let source = view.model.source(view.file);
    if !view.may_change(view.file) {
        return None;
    }
    let text = grouped(view.tree()?, source)?;
    let whole = view.span(0..source.text.len());
    offered(view, ("group the declarations".to_owned(), CodeActionKind::Source), vec![(whole, text)])
}

/// A declaration with its comments.
struct Piece<'a> {
    group: u8,
    text: &'a str,
    /// Where it stood.
    place: usize,
    /// Whether an empty line was above it.
    apart: bool,
}

fn grouped(tree: &Ast, source: &SourceFile) -> Option<String> {
    let in_order = tree.items.windows(2).all(|pair| group(&pair[0].kind) <= group(&pair[1].kind));
    let (_, faults) = parse(tree.file, source);
    if in_order || faults.iter().any(Diagnostic::is_error) {
        return None;
    }
    let text = source.text.as_str();
    let head = head(tree, source);
    let mut at = head;
    let mut pieces = Vec::with_capacity(tree.items.len());
    for (place, item) in tree.items.iter().enumerate() {
        let start = first_comment(tree, item, head).map_or(item.span.start, |one| one.span.start) as usize;
        let end = end(tree, source, item);
        // Something between two declarations that belongs to neither would be lost.
        let between = text.get(at..start)?;
        if !between.trim_start_matches('\u{feff}').trim().is_empty() {
            return None;
        }
        let apart = between.matches('\n').count() > 1;
        pieces.push(Piece { group: group(&item.kind), text: text.get(start..end)?, place, apart });
        at = end;
    }
    let tail = text.get(at..)?.trim();
    pieces.sort_by_key(|piece| piece.group);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let new = joined(text.get(..head)?, &pieces, (tail, line_end));
    says_the_same(tree, source, &new).then_some(new)
}

/// Lines in their order, with an empty one between groups.
fn joined(head: &str, pieces: &[Piece<'_>], (tail, line_end): (&str, &str)) -> String {
    let mut out = head.trim_end().to_owned();
    let mut before: Option<&Piece<'_>> = None;
    for piece in pieces {
        let follows = before.is_some_and(|before| before.place + 1 == piece.place);
        let tall = |piece: &Piece<'_>| piece.text.contains('\n');
        let gap = match before {
            None => !out.trim_start_matches('\u{feff}').is_empty(),
            Some(before) if before.group != piece.group => true,
            Some(_) if follows => piece.apart,
            Some(before) => tall(before) || tall(piece),
        };
        if !out.trim_start_matches('\u{feff}').is_empty() {
            out.push_str(line_end);
        }
        if gap {
            out.push_str(line_end);
        }
        out.push_str(piece.text);
        before = Some(piece);
    }
    if !tail.is_empty() {
        out.push_str(&format!("{line_end}{line_end}{tail}"));
    }
    out.push_str(line_end);
    out
}

const fn group(kind: &ItemKind) -> u8 {
    match kind {
        ItemKind::Model { .. } => 0,
        ItemKind::Use { .. } => 1,
        ItemKind::Currency { .. }
        | ItemKind::Units { .. }
        | ItemKind::DerivedUnit { .. }
        | ItemKind::Medium { .. }
        | ItemKind::Role { .. }
        | ItemKind::Measure { .. } => 2,
        ItemKind::Participant(_) => 3,
        ItemKind::Param(_) => 4,
        ItemKind::Flow(_) => 5,
        ItemKind::Import(import) => match import.kind {
            ImportKind::Participants => 3,
            ImportKind::Params => 4,
            ImportKind::Flows => 5,
        },
        ItemKind::Analysis(_) | ItemKind::Later { .. } => 6,
        ItemKind::Expect { .. } => 7,
        ItemKind::Scenario(_) | ItemKind::Set { .. } | ItemKind::Change { .. } | ItemKind::Remove { .. } => 8,
    }
}

/// Where the comment that tells of the whole file ends: at its beginning, with an empty line below.
fn head(tree: &Ast, source: &SourceFile) -> usize {
    let text = source.text.as_str();
    let Some(first) = tree.items.first() else { return 0 };
    let allowed = |comment: &Comment| {
        allowances(tree, source)
            .iter()
            .any(|one| one.codes.iter().any(|(_, span)| comment.span.contains(*span)))
    };
    // A byte order mark stays where it is.
    let mut head = text.len() - text.trim_start_matches('\u{feff}').len();
    for (place, comment) in tree.comments.iter().enumerate() {
        let end = comment.span.end as usize;
        if comment.span.start >= first.span.start || comment.doc || allowed(comment) {
            break;
        }
        let next = tree.comments.get(place + 1).map_or(first.span.start, |next| next.span.start);
        let next = next.min(first.span.start) as usize;
        if text.get(end..next).is_some_and(|between| between.matches('\n').count() > 1) {
            head = end;
            break;
        }
    }
    head
}

/// The first of the comments that travel with a declaration.
fn first_comment<'a>(tree: &'a Ast, item: &Item, head: usize) -> Option<&'a Comment> {
    let above = tree.comments.get(item.above.clone())?;
    above.iter().find(|comment| comment.span.start as usize >= head)
}

/// Where a declaration ends, with the comment behind it on its line.
fn end(tree: &Ast, source: &SourceFile, item: &Item) -> usize {
    let end = item.span.end as usize;
    let next = tree.comments.partition_point(|comment| comment.span.start < item.span.end);
    let behind = tree.comments.get(next).filter(|comment| !comment.alone);
    let between = |comment: &&Comment| {
        source.text.get(end..comment.span.start as usize).is_some_and(|between| between.trim().is_empty())
    };
    let end = behind.filter(between).map_or(end, |comment| comment.span.end as usize);
    source.text.get(..end).map_or(end, |text| text.trim_end().len())
}

/// Whether a text has the same declarations, those of a group in the same order.
fn says_the_same(tree: &Ast, source: &SourceFile, new: &str) -> bool {
    let again = SourceFile::from_text(source.path.clone(), new.to_owned());
    let (after, faults) = parse(tree.file, &again);
    let declared = |tree: &Ast, source: &SourceFile| {
        let said =
            |item: &Item| (group(&item.kind), source.text.get(item.span.range()).unwrap_or("").to_owned());
        tree.items.iter().map(said).collect::<Vec<_>>()
    };
    let (mut before, after_all) = (declared(tree, source), declared(&after, &again));
    before.sort_by_key(|(group, ..)| *group);
    let same = before.iter().zip(&after_all).all(|(old, new)| (old.0, &old.1) == (new.0, &new.1));
    let comments = tree.comments.len() == after.comments.len();
    !faults.iter().any(Diagnostic::is_error) && before.len() == after_all.len() && same && comments
}
