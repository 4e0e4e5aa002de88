//! What is known of what stands at a place: a name, a key, or a word of the language.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use super::tree::{around, attributes_at, word};
use super::view::View;
use super::{describe, navigation, reference};
use crate::source::Span;
use crate::syntax::words;

pub(super) fn hover(view: &View<'_>, place: Position) -> Option<Hover> {
    if let Some(one) = navigation::at(view, place) {
        return Some(shown(view, one.span, describe::symbol(view, one)));
    }
    let offset = view.offset(place);
    if let Some((span, told)) = key(view, offset) {
        return Some(shown(view, span, told));
    }
    let span = word_at(view, offset)?;
    let said = view.said(span);
    let told = if words::FUNCTIONS.contains(&said) { reference::function(said) } else { None };
    let told = told.or_else(|| if words::is_reserved(said) { reference::keyword(said) } else { None })?;
    Some(shown(view, span, told))
}

fn shown(view: &View<'_>, span: Span, value: String) -> Hover {
    Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(view.range(span)),
    }
}

/// What the page says of the key at a byte.
fn key(view: &View<'_>, offset: usize) -> Option<(Span, String)> {
    let found = around(view.tree()?, offset)?;
    let attribute = attributes_at(found.item, offset).pop()?;
    let span = attribute.key.span;
    if offset > span.end as usize || attribute.key.hop.is_some() {
        return None;
    }
    let (kind, said) = (word(&found.item.kind), view.said(span));
    // What a scenario changes may be of any kind.
    let kinds =
        if kind == "change" { vec!["flow", "participant", "plan", "loop", "path"] } else { vec![kind] };
    let told = kinds.into_iter().find_map(|kind| reference::key(kind, said))?;
    Some((span, told))
}

/// The word around a byte.
fn word_at(view: &View<'_>, offset: usize) -> Option<Span> {
    let text = view.text();
    let is_of_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let before: usize = text.get(..offset)?.chars().rev().take_while(is_of_word).map(char::len_utf8).sum();
    let behind: usize = text.get(offset..)?.chars().take_while(is_of_word).map(char::len_utf8).sum();
    let comment = text[..offset].rsplit('\n').next().is_some_and(|line| line.contains("//"));
    (before + behind > 0 && !comment).then(|| view.span(offset - before..offset + behind))
}
