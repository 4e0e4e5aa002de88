//! The names that an import may mean columns by, before its table is read: others need not be.

use std::collections::BTreeSet;

use crate::resolve::normalized;
use crate::source::Sources;
use crate::syntax;
use crate::syntax::ast::{Attribute, Expr, ExprKind, Import, Value};

/// All names in the values of an import; that some are words of the model shows later.
pub(in crate::resolve) fn names_of(import: &Import, sources: &Sources) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    import.attributes.iter().for_each(|attribute| of_attribute(attribute, sources, &mut names));
    names
}

fn of_attribute(attribute: &Attribute, sources: &Sources, names: &mut BTreeSet<String>) {
    match &attribute.value {
        Value::Block(attributes) => {
            attributes.iter().for_each(|attribute| of_attribute(attribute, sources, names));
        }
        Value::Terms(terms) => {
            for term in terms {
                of_expression(&term.value, sources, names);
                term.to.iter().for_each(|to| of_expression(to, sources, names));
            }
        }
    }
}

/// Expressions nest no deeper than [`syntax::DEEPEST`].
fn of_expression(expression: &Expr, sources: &Sources, names: &mut BTreeSet<String>) {
    let mut all = |parts: &mut dyn Iterator<Item = &Expr>| {
        parts.for_each(|part| of_expression(part, sources, names));
    };
    match &expression.kind {
        ExprKind::Reference(reference) => {
            all(&mut reference.arguments.iter().flatten());
            let written = syntax::unquoted_name(sources.text(reference.name.span));
            names.insert(normalized(&written).into_owned());
        }
        ExprKind::Counted(inner, _) | ExprKind::Negative(inner) | ExprKind::Not(inner) => {
            all(&mut std::iter::once(&**inner));
        }
        ExprKind::Sum(parts) | ExprKind::Product(parts) => all(&mut parts.iter().map(|(_, part)| part)),
        ExprKind::And(parts) | ExprKind::Or(parts) => all(&mut parts.iter()),
        ExprKind::Power(left, right) | ExprKind::In(left, right) => all(&mut [&**left, &**right].into_iter()),
        ExprKind::Comparison(first, rest) => {
            all(&mut std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part)));
        }
        ExprKind::Broken | ExprKind::Number(_) | ExprKind::Text => {}
    }
}
