//! The outline of a file: what it declares, and where.

use gen_lsp_types::{DocumentSymbol, SymbolKind};

use super::view::View;
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::ast::{Ast, Item, ItemKind, Name, Text};

/// The outline of a file: declarations, those of a scenario inside it.
pub(super) fn of_document(view: &View<'_>) -> Option<Vec<DocumentSymbol>> {
    let tree = view.tree()?;
    Some(tree.items.iter().flat_map(|item| symbols(view, item)).collect())
}

fn symbols(view: &View<'_>, item: &Item) -> Vec<DocumentSymbol> {
    let named = named(&item.kind).into_iter();
    let symbol = |(span, kind, detail): (Span, SymbolKind, Option<String>)| {
        let label = label(&item.kind).map(|label| syntax::unquoted(view.said(label.span)));
        let children = match &item.kind {
            ItemKind::Scenario(scenario) => {
                scenario.items.iter().flat_map(|item| symbols(view, item)).collect()
            }
            _ => Vec::new(),
        };
        DocumentSymbol {
            name: shown(view.said(span)),
            detail: detail.or(label),
            kind,
            range: view.range(item.span),
            selection_range: view.range(span),
            children: (!children.is_empty()).then_some(children),
            tags: None,
            #[allow(deprecated, reason = "the type has it")]
            deprecated: None,
        }
    };
    named.map(symbol).collect()
}

/// A name as an outline shows it: never empty, and on one line.
fn shown(written: &str) -> String {
    let unquoted = if written.starts_with('\'') {
        syntax::unquoted_name(written).into_owned()
    } else {
        syntax::unquoted(written)
    };
    let name = unquoted.replace(['\n', '\r'], " ");
    if name.trim().is_empty() { "…".to_owned() } else { name }
}

/// What a declaration declares: where it is named, what it is, and what to say beside it.
fn named(kind: &ItemKind) -> Vec<(Span, SymbolKind, Option<String>)> {
    let one = |name: Name, kind: SymbolKind| vec![(name.span, kind, None)];
    let told = |span: Span, kind: SymbolKind, detail: &str| vec![(span, kind, Some(detail.to_owned()))];
    match kind {
        ItemKind::Model { title } => vec![(title.span, SymbolKind::Module, None)],
        ItemKind::Currency { name, .. } | ItemKind::DerivedUnit { name, .. } => {
            one(*name, SymbolKind::Struct)
        }
        ItemKind::Units { names } => names.iter().map(|name| (name.span, SymbolKind::Struct, None)).collect(),
        ItemKind::Medium { name, .. } | ItemKind::Role { name, .. } => one(*name, SymbolKind::Enum),
        ItemKind::Measure { name, .. } => one(*name, SymbolKind::Property),
        ItemKind::Param(param) => one(param.name, SymbolKind::Variable),
        ItemKind::Participant(participant) => one(participant.name, SymbolKind::Class),
        ItemKind::Flow(flow) => one(flow.name, SymbolKind::Event),
        ItemKind::Analysis(analysis) => told(analysis.name.span, SymbolKind::Function, analysis.word.name()),
        ItemKind::Expect { claim } => told(claim.span, SymbolKind::Boolean, "expect"),
        ItemKind::Use { path } => told(path.span, SymbolKind::File, "use"),
        ItemKind::Import(import) => told(import.path.span, SymbolKind::File, "import"),
        ItemKind::Scenario(scenario) => one(scenario.name, SymbolKind::Namespace),
        ItemKind::Set { name, .. } => told(name.span, SymbolKind::Key, "set"),
        ItemKind::Change { name, .. } => told(name.span, SymbolKind::Key, "change"),
        ItemKind::Remove { names } => {
            names.iter().map(|name| (name.span, SymbolKind::Key, Some("remove".to_owned()))).collect()
        }
        ItemKind::Later { .. } => Vec::new(),
    }
}

const fn label(kind: &ItemKind) -> Option<Text> {
    match kind {
        ItemKind::Medium { label, .. } | ItemKind::Role { label, .. } => *label,
        ItemKind::Participant(participant) => participant.label,
        ItemKind::Flow(flow) => flow.label,
        ItemKind::Analysis(analysis) => analysis.label,
        ItemKind::Scenario(scenario) => scenario.label,
        _ => None,
    }
}

/// What a text declares: each name, what it is, and where it stands.
pub(super) fn declared(tree: &Ast, source: &SourceFile) -> Vec<(String, SymbolKind, Span)> {
    let inner = |item: &Item| match &item.kind {
        ItemKind::Scenario(scenario) => scenario.items.clone(),
        _ => Vec::new(),
    };
    let items = tree.items.iter().flat_map(|item| std::iter::once(item.clone()).chain(inner(item)));
    let is_declared = |kind: &ItemKind| {
        !matches!(
            kind,
            ItemKind::Expect { .. }
                | ItemKind::Use { .. }
                | ItemKind::Set { .. }
                | ItemKind::Change { .. }
                | ItemKind::Remove { .. }
        )
    };
    let text = |span: Span| shown(source.text.get(span.range()).unwrap_or(""));
    items
        .filter(|item| is_declared(&item.kind))
        .flat_map(|item| named(&item.kind))
        .map(|(span, kind, _)| (text(span), kind, span))
        .collect()
}
