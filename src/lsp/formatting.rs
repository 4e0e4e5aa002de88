//! The one style: of a whole file, of the declarations that a range touches, of the one that was just closed.

use gen_lsp_types::{Position, Range, TextEdit};

use super::view::View;
use crate::format;

/// Edits that bring a file into its style; none where it has a fault of syntax, which is told as a diagnostic.
pub(super) fn whole(view: &View<'_>) -> Option<Vec<TextEdit>> {
    edits(view, None)
}

pub(super) fn range(view: &View<'_>, range: Range) -> Option<Vec<TextEdit>> {
    edits(view, Some(view.offset(range.start)..view.offset(range.end)))
}

/// Behind a brace that closes the block of a declaration in column one.
pub(super) fn typed(view: &View<'_>, place: Position) -> Option<Vec<TextEdit>> {
    let offset = view.offset(place);
    let closes = view.tree()?.items.iter().any(|item| item.span.end as usize == offset);
    if closes { edits(view, Some(offset.saturating_sub(1)..offset)) } else { None }
}

fn edits(view: &View<'_>, within: Option<std::ops::Range<usize>>) -> Option<Vec<TextEdit>> {
    let edits = format::edits(view.file, view.model.source(view.file), within.as_ref()).ok()?;
    Some(edits.iter().map(|edit| view.text_edit(edit)).collect())
}
