//! What of a tree lies around a byte.

use crate::source::Span;
use crate::syntax::ast::{Ast, Attribute, Expr, ExprKind, Item, ItemKind, Value};

/// The declaration around a byte, and outside it the scenario that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub scenario: Option<&'a Item>,
    pub item: &'a Item,
}

pub(super) fn holds(span: Span, offset: usize) -> bool {
    span.start as usize <= offset && offset <= span.end as usize
}

pub(super) fn around(tree: &Ast, offset: usize) -> Option<Around<'_>> {
    let item = tree.items.iter().rev().find(|item| holds(item.span, offset))?;
    if let ItemKind::Scenario(scenario) = &item.kind
        && let Some(inner) = scenario.items.iter().rev().find(|inner| holds(inner.span, offset))
    {
        return Some(Around { scenario: Some(item), item: inner });
    }
    Some(Around { scenario: None, item })
}

/// The attributes of a declaration.
pub(super) fn attributes(kind: &ItemKind) -> &[Attribute] {
    match kind {
        ItemKind::Participant(one) => &one.attributes,
        ItemKind::Flow(one) => &one.attributes,
        ItemKind::Analysis(one) => &one.attributes,
        ItemKind::Import(one) => &one.attributes,
        ItemKind::Change { attributes, .. } => attributes,
        _ => &[],
    }
}

/// The attributes around a byte, from the outside in.
pub(super) fn attributes_at(item: &Item, offset: usize) -> Vec<&Attribute> {
    let (mut found, mut inside) = (Vec::new(), attributes(&item.kind));
    while let Some(attribute) = inside.iter().find(|attribute| holds(attribute.span, offset)) {
        found.push(attribute);
        match &attribute.value {
            Value::Block(inner) => inside = inner,
            Value::Terms(_) => break,
        }
    }
    found
}

/// The expressions of a declaration's head: its value, its range, its claim.
pub(super) fn expressions(kind: &ItemKind) -> Vec<&Expr> {
    match kind {
        ItemKind::Currency { worth, .. } => worth.iter().collect(),
        ItemKind::DerivedUnit { worth, .. } => vec![worth],
        ItemKind::Measure { unit, .. } => vec![unit],
        ItemKind::Param(param) => {
            let mut all = vec![&param.value];
            all.extend(param.range.iter().flat_map(|(low, high)| [low, high]));
            all.extend(param.distribution.iter().flat_map(|one| &one.arguments));
            all
        }
        ItemKind::Expect { claim } => vec![claim],
        ItemKind::Set { value, .. } => vec![value],
        _ => Vec::new(),
    }
}

/// The parts of an expression around a byte, from the outside in.
pub(super) fn parts_at(whole: &Expr, offset: usize) -> Vec<&Expr> {
    let (mut found, mut next) = (Vec::new(), Some(whole).filter(|whole| holds(whole.span, offset)));
    while let Some(at) = next {
        found.push(at);
        next = inner(at).into_iter().find(|part| holds(part.span, offset));
    }
    found
}

/// The parts of an expression, one level down.
pub(super) fn inner(whole: &Expr) -> Vec<&Expr> {
    match &whole.kind {
        ExprKind::Broken | ExprKind::Number(_) | ExprKind::Text => Vec::new(),
        ExprKind::Counted(value, _) => vec![value],
        ExprKind::Reference(reference) => reference.arguments.iter().flatten().collect(),
        ExprKind::Negative(one) | ExprKind::Not(one) => vec![one],
        ExprKind::Sum(parts) | ExprKind::Product(parts) => parts.iter().map(|(_, part)| part).collect(),
        ExprKind::Power(one, other) | ExprKind::In(one, other) => vec![one, other],
        ExprKind::Comparison(first, rest) => {
            std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part)).collect()
        }
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().collect(),
    }
}

/// The word that tells what a declaration is.
pub(super) const fn word(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Model { .. } => "model",
        ItemKind::Currency { .. } => "currency",
        ItemKind::Units { .. } | ItemKind::DerivedUnit { .. } => "unit",
        ItemKind::Medium { .. } => "medium",
        ItemKind::Role { .. } => "role",
        ItemKind::Measure { .. } => "measure",
        ItemKind::Param(_) => "param",
        ItemKind::Participant(_) => "participant",
        ItemKind::Flow(_) => "flow",
        ItemKind::Analysis(analysis) => analysis.word.name(),
        ItemKind::Expect { .. } => "expect",
        ItemKind::Use { .. } => "use",
        ItemKind::Import(_) => "import",
        ItemKind::Scenario(_) => "scenario",
        ItemKind::Set { .. } => "set",
        ItemKind::Change { .. } => "change",
        ItemKind::Remove { .. } => "remove",
        ItemKind::Later { .. } => "later",
    }
}
