//! Trees that are moved: the same declarations, at other places.

use super::ast::{Attribute, Expr, ExprKind, Item, ItemKind, Key, Name, Reference, Term, Text, Value};
use crate::source::{FileId, Span};

/// Where something goes: into a file, so many bytes ahead or back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Move {
    pub file: FileId,
    pub by: i64,
}

impl Move {
    fn span(self, span: &mut Span) {
        let to = |at: u32| u32::try_from(i64::from(at) + self.by).unwrap_or(u32::MAX);
        *span = Span { file: self.file, start: to(span.start), end: to(span.end) };
    }

    fn name(self, name: &mut Name) {
        self.span(&mut name.span);
    }

    fn names(self, names: &mut [Name]) {
        names.iter_mut().for_each(|name| self.name(name));
    }

    fn maybe_name(self, name: &mut Option<Name>) {
        name.iter_mut().for_each(|name| self.name(name));
    }

    fn label(self, label: &mut Option<Text>) {
        label.iter_mut().for_each(|text| self.span(&mut text.span));
    }

    /// Moves a declaration; which comments stand above it is found anew.
    pub fn item(self, item: &mut Item) {
        self.span(&mut item.span);
        match &mut item.kind {
            ItemKind::Model { title } => self.span(&mut title.span),
            ItemKind::Currency { name, worth } => {
                self.name(name);
                worth.iter_mut().for_each(|worth| self.expr(worth));
            }
            ItemKind::Units { names } | ItemKind::Remove { names } => self.names(names),
            ItemKind::DerivedUnit { name, worth: value }
            | ItemKind::Measure { name, unit: value }
            | ItemKind::Set { name, value } => {
                self.name(name);
                self.expr(value);
            }
            ItemKind::Medium { name, label } | ItemKind::Role { name, label } => {
                self.name(name);
                self.label(label);
            }
            ItemKind::Param(param) => {
                self.name(&mut param.name);
                self.expr(&mut param.value);
                if let Some((low, high)) = &mut param.range {
                    self.expr(low);
                    self.expr(high);
                }
                if let Some(distribution) = &mut param.distribution {
                    self.name(&mut distribution.name);
                    self.exprs(&mut distribution.arguments);
                }
            }
            ItemKind::Participant(one) => {
                self.name(&mut one.name);
                self.name(&mut one.role);
                self.label(&mut one.label);
                self.maybe_name(&mut one.company);
                self.attributes(&mut one.attributes);
            }
            ItemKind::Flow(flow) => {
                self.name(&mut flow.medium);
                self.name(&mut flow.name);
                self.names(&mut flow.stops);
                self.names(&mut flow.via);
                self.label(&mut flow.label);
                self.attributes(&mut flow.attributes);
            }
            ItemKind::Analysis(analysis) => {
                self.name(&mut analysis.name);
                self.label(&mut analysis.label);
                self.attributes(&mut analysis.attributes);
            }
            ItemKind::Expect { claim } => self.expr(claim),
            ItemKind::Use { path } => self.span(&mut path.span),
            ItemKind::Import(import) => {
                self.span(&mut import.path.span);
                self.attributes(&mut import.attributes);
            }
            ItemKind::Scenario(scenario) => {
                self.name(&mut scenario.name);
                self.label(&mut scenario.label);
                self.maybe_name(&mut scenario.from);
                scenario.items.iter_mut().for_each(|item| self.item(item));
            }
            ItemKind::Change { name, attributes } => {
                self.name(name);
                self.attributes(attributes);
            }
            ItemKind::Later { word, name } => {
                self.span(word);
                self.maybe_name(name);
            }
        }
    }

    fn attributes(self, attributes: &mut [Attribute]) {
        for attribute in attributes {
            let Attribute { key: Key { span, hop: _ }, value, span: whole } = attribute;
            self.span(span);
            self.span(whole);
            match value {
                Value::Block(inner) => self.attributes(inner),
                Value::Terms(terms) => terms.iter_mut().for_each(|term| self.term(term)),
            }
        }
    }

    fn term(self, term: &mut Term) {
        self.span(&mut term.span);
        self.expr(&mut term.value);
        term.to.iter_mut().for_each(|to| self.expr(to));
        self.maybe_name(&mut term.otherwise);
    }

    fn exprs(self, all: &mut [Expr]) {
        all.iter_mut().for_each(|one| self.expr(one));
    }

    fn expr(self, expr: &mut Expr) {
        self.span(&mut expr.span);
        match &mut expr.kind {
            ExprKind::Broken | ExprKind::Number(_) | ExprKind::Text => {}
            ExprKind::Counted(value, unit) => {
                self.expr(value);
                self.name(unit);
            }
            ExprKind::Reference(reference) => self.reference(reference),
            ExprKind::Negative(one) | ExprKind::Not(one) => self.expr(one),
            ExprKind::Sum(parts) | ExprKind::Product(parts) => {
                parts.iter_mut().for_each(|(_, part)| self.expr(part));
            }
            ExprKind::Power(one, other) | ExprKind::In(one, other) => {
                self.expr(one);
                self.expr(other);
            }
            ExprKind::Comparison(first, rest) => {
                self.expr(first);
                rest.iter_mut().for_each(|(_, part)| self.expr(part));
            }
            ExprKind::And(parts) | ExprKind::Or(parts) => self.exprs(parts),
        }
    }

    fn reference(self, reference: &mut Reference) {
        self.name(&mut reference.name);
        self.maybe_name(&mut reference.member);
        reference.arguments.iter_mut().for_each(|arguments| self.exprs(arguments));
    }
}
