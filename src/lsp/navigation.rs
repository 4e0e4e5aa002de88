//! From a name to where it is declared, and to all other places where it stands.

use gen_lsp_types::{DocumentHighlight, DocumentHighlightKind, Location, Position};

use super::index::Occurrence;
use super::view::View;
use crate::source::Span;
use crate::syntax::ast::ItemKind;

/// What stands at a place.
pub(super) fn at<'a>(view: &View<'a>, place: Position) -> Option<&'a Occurrence> {
    view.model.index.at(view.file, view.offset(place))
}

/// All places of what an occurrence means, in the order of the files.
pub(super) fn all<'a>(view: &View<'a>, one: &Occurrence) -> Vec<&'a Occurrence> {
    match one.declared {
        Some(declared) => view.model.index.of_declared(declared).collect(),
        None => view.model.index.of_built_in(one.symbol).collect(),
    }
}

/// Where what stands at a place is declared: a name, or the file that a `use` or an `import` names.
pub(super) fn definition(view: &View<'_>, place: Position) -> Option<Location> {
    if let Some(one) = at(view, place) {
        return view.location(one.declared?);
    }
    let offset = u32::try_from(view.offset(place)).ok()?;
    let item = view.tree()?.items.iter().find(|item| item.span.start <= offset && offset <= item.span.end)?;
    let path = match &item.kind {
        ItemKind::Use { path } => path.span,
        ItemKind::Import(import) => import.path.span,
        _ => return None,
    };
    let inside = path.start <= offset && offset <= path.end;
    let uri = super::links::target(view, path).filter(|_| inside)?;
    Some(Location { uri, range: gen_lsp_types::Range::default() })
}

/// All places where the name at a place stands.
pub(super) fn references(view: &View<'_>, place: Position, with_declaration: bool) -> Option<Vec<Location>> {
    let one = at(view, place)?;
    let wanted = all(view, one).into_iter().filter(|other| with_declaration || !other.declares());
    Some(wanted.filter_map(|other| view.location(other.span)).collect())
}

/// The same in this file alone, declarations told from uses.
pub(super) fn highlights(view: &View<'_>, place: Position) -> Option<Vec<DocumentHighlight>> {
    let one = at(view, place)?;
    let own = all(view, one).into_iter().filter(|other| other.span.file == view.file);
    let highlight = |other: &Occurrence| DocumentHighlight {
        range: view.range(other.span),
        kind: Some(if other.declares() { DocumentHighlightKind::Write } else { DocumentHighlightKind::Read }),
    };
    Some(own.map(highlight).collect())
}

/// The name that stands at a place, without its quotes, as names are compared.
pub(super) fn name(view: &View<'_>, span: Span) -> String {
    crate::resolve::normalized(&crate::syntax::unquoted_name(view.said(span))).into_owned()
}
