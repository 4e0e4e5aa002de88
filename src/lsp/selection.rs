//! A selection that grows: from a name through its expression, attribute and declaration to the whole file.

use gen_lsp_types::{Position, SelectionRange};

use super::tree::{around, attributes_at, expressions, parts_at};
use super::view::View;
use crate::source::Span;
use crate::syntax::ast::Value;

pub(super) fn ranges(view: &View<'_>, places: &[Position]) -> Option<Vec<SelectionRange>> {
    Some(places.iter().map(|place| grown(view, *place)).collect())
}

fn grown(view: &View<'_>, place: Position) -> SelectionRange {
    let offset = view.offset(place);
    let mut spans = vec![view.span(0..view.text().len())];
    if let Some(found) = view.tree().and_then(|tree| around(tree, offset)) {
        spans.extend(found.scenario.map(|scenario| scenario.span));
        spans.push(found.item.span);
        let attributes = attributes_at(found.item, offset);
        spans.extend(attributes.iter().map(|attribute| attribute.span));
        if let Some(Value::Terms(terms)) = attributes.last().map(|attribute| &attribute.value) {
            for term in terms {
                spans.extend(parts_at(&term.value, offset).iter().map(|part| part.span));
                spans.extend(term.to.iter().flat_map(|to| parts_at(to, offset)).map(|part| part.span));
            }
        }
        spans.extend(
            expressions(&found.item.kind)
                .into_iter()
                .flat_map(|one| parts_at(one, offset))
                .map(|part| part.span),
        );
    }
    spans.extend(view.model.index.at(view.file, offset).map(|one| one.span));
    nested(view, spans)
}

/// Ranges one in the other; a span that does not lie in the one before is left out.
fn nested(view: &View<'_>, spans: Vec<Span>) -> SelectionRange {
    let mut outer: Option<(Span, SelectionRange)> = None;
    for span in spans {
        let fits = outer.as_ref().is_none_or(|(around, _)| around.contains(span) && *around != span);
        if fits {
            let parent = outer.take().map(|(_, range)| Box::new(range));
            outer = Some((span, SelectionRange { range: view.range(span), parent }));
        }
    }
    outer.map_or_else(SelectionRange::default, |(_, range)| range)
}
