//! The files that a model names, as links.

use std::path::Path;

use gen_lsp_types::{DocumentLink, Uri};

use super::view::View;
use crate::source::Span;
use crate::syntax::ast::{Item, ItemKind};
use crate::syntax::unquoted;

pub(super) fn links(view: &View<'_>) -> Option<Vec<DocumentLink>> {
    let tree = view.tree()?;
    let inner = |item: &Item| match &item.kind {
        ItemKind::Scenario(scenario) => scenario.items.iter().filter_map(path).collect(),
        _ => Vec::new(),
    };
    let paths = tree.items.iter().flat_map(|item| path(item).into_iter().chain(inner(item)));
    let link = |span: Span| {
        let target = target(view, span)?;
        // Without the quotes.
        let inside = Span { start: span.start + 1, end: (span.end - 1).max(span.start + 1), ..span };
        Some(DocumentLink { range: view.range(inside), target: Some(target), ..DocumentLink::default() })
    };
    Some(paths.filter_map(link).collect())
}

fn path(item: &Item) -> Option<Span> {
    match &item.kind {
        ItemKind::Use { path } => Some(path.span),
        ItemKind::Import(import) => Some(import.path.span),
        _ => None,
    }
}

/// The file that a text in quotes names, if there is one.
pub(super) fn target(view: &View<'_>, span: Span) -> Option<Uri> {
    let named = unquoted(view.said(span));
    let own = view.model.paths.get(span.file.0 as usize)?;
    let path = own.parent().unwrap_or(Path::new("")).join(named).canonicalize().ok()?;
    path.is_file().then(|| view.desk.uri_of(&path)).flatten()
}
