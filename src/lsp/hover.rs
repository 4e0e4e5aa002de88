//! What is known of what stands at a place: a name, a key, or a word of the language.

use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Position};

use super::tree::{around, attributes_at, expressions, holds, parts_at, word};
use super::view::View;
use super::{describe, navigation, reference};
use crate::model::Symbol;
use crate::pipeline::Compilation;
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, ItemKind};
use crate::syntax::words;

pub(super) fn hover(view: &View<'_>, place: Position) -> Option<Hover> {
    if let Some((span, told)) = property(view, view.offset(place)) {
        return Some(shown(view, span, told));
    }
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

/// What of an analysis the word at a byte asks for, and what that came to.
fn property(view: &View<'_>, offset: usize) -> Option<(Span, String)> {
    let found = around(view.tree()?, offset)?;
    let parts = expressions(&found.item.kind).into_iter().flat_map(|whole| parts_at(whole, offset));
    let asks = |part: &&Expr| {
        let ExprKind::Reference(reference) = &part.kind else { return false };
        reference.member.is_some_and(|member| holds(member.span, offset))
    };
    let part = parts.into_iter().find(asks)?;
    let ExprKind::Reference(reference) = &part.kind else { return None };
    let member = reference.member?;
    let one = view.model.index.at(view.file, reference.name.span.start as usize)?;
    if !matches!(one.symbol, Symbol::Analysis(_)) {
        return None;
    }
    let written = view.said(part.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![format!("**`{written}`** · {}", reference::property(view.said(member.span))?)];
    // The expectation may be one of a scenario.
    let scenario = found.scenario.and_then(|item| match &item.kind {
        ItemKind::Scenario(scenario) => Some(navigation::name(view, scenario.name.span)),
        _ => None,
    });
    let states = &view.model.opened.states;
    let is_it =
        |state: &Compilation| state.laid.as_ref().map(|laid| &laid.scenario.name) == scenario.as_ref();
    let found = states.iter().position(is_it).and_then(|place| view.model.found(place));
    if let Some((value, found)) = found.and_then(|found| Some((found.part(&written)?, found))) {
        let when = found.age.words().map_or_else(String::new, |when| format!(" · {when}"));
        lines.push(format!("= **{value}**{when}"));
    }
    Some((member.span, lines.join("\n\n")))
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
