//! The unit that a number lacks, or the one factor that turns a value's unit into the one that is expected.

use crate::diagnostic::{Code, Diagnostic};
use crate::lsp::tree::{around, attributes_at, expressions};
use crate::lsp::view::View;
use crate::source::Span;
use crate::syntax::ast::{Attribute, Expr, ExprKind, Value};

/// What the help of a clash says to write, as an edit of the value that it stands at.
pub(super) fn mended(view: &View<'_>, one: &Diagnostic) -> Option<(String, Vec<(Span, String)>)> {
    if !matches!(one.code, Code::L0301 | Code::L0302) {
        return None;
    }
    let place = one.place()?;
    let behind = one.help.iter().find_map(|help| behind(help))?;
    let written = view.said(place);
    let adds = |text: &str| {
        let grouped = text.starts_with(['*', '/']) && is_sum(view, place) && !is_group(written);
        if grouped { format!("({written}) {text}") } else { format!("{written} {text}") }
    };
    let new = adds(behind);
    Some((format!("write `{new}`"), vec![(place, new)]))
}

/// What is to be written behind a value: `CNY`, `* 1 year`, `/ year`.
fn behind(help: &str) -> Option<&str> {
    let quoted = |text: &'_ str| -> Option<usize> { text.strip_suffix('`').map(str::len) };
    if let Some(whole) = help.strip_prefix("write its unit: `") {
        // A number with very many decimals is told by fewer.
        let whole = whole.strip_prefix("about ").unwrap_or(whole);
        return whole.get(..quoted(whole)?)?.split_once(' ').map(|(_, unit)| unit);
    }
    let (told, factor) = help.split_once(": `")?;
    let factor = factor.get(..quoted(factor)?)?;
    let is_told = told.starts_with("multiply ") || told.starts_with("divide ");
    (is_told && factor.starts_with(['*', '/'])).then_some(factor)
}

/// Whether one pair of brackets is around a whole text.
fn is_group(text: &str) -> bool {
    let mut depth = 0_usize;
    let closes = text.char_indices().find(|(_, letter)| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    text.starts_with('(') && closes.is_some_and(|(at, _)| at + 1 == text.len())
}

/// Whether the expression at a place binds less tightly than a product.
fn is_sum(view: &View<'_>, place: Span) -> bool {
    let Some(tree) = view.model.opened.tree(place.file) else { return false };
    let Some(found) = around(tree, place.start as usize) else { return false };
    let mut all = expressions(&found.item.kind);
    if let Some(attribute) = attributes_at(found.item, place.start as usize).last() {
        all.extend(values(attribute));
    }
    let mut sum = false;
    all.into_iter().for_each(|whole| {
        visit(whole, &mut |part| {
            sum |= part.span == place && matches!(part.kind, ExprKind::Sum(_));
        })
    });
    sum
}

fn values(attribute: &Attribute) -> Vec<&Expr> {
    match &attribute.value {
        Value::Terms(terms) => {
            terms.iter().flat_map(|term| std::iter::once(&term.value).chain(&term.to)).collect()
        }
        Value::Block(_) => Vec::new(),
    }
}

/// An expression and all its parts. It nests no deeper than the parser lets it.
fn visit<'a>(whole: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    see(whole);
    crate::lsp::tree::inner(whole).into_iter().for_each(|part| visit(part, see));
}
