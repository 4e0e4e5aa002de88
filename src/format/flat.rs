//! The tree of a declaration as a row of atoms without places: where the rows are the same, so are the trees.
//!
//! Numbers are no atoms: that they are written the same is seen from the tokens.

use crate::source::Span;
use crate::syntax::ast::{
    Attribute, Comparison, Distribution, Expr, ExprKind, Hop, Item, ItemKind, Name, Param, Reference,
    Scenario, Term, Text, Value,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Atom<'a> {
    /// Which form follows, and of how many parts it is.
    Form(&'static str, usize),
    /// A name or text, as it is written.
    Written(&'a str),
}

/// A walk over the tree of one declaration.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    text: &'a str,
    pub atoms: Vec<Atom<'a>>,
}

impl<'a> Flat<'a> {
    pub fn of(text: &'a str, item: &Item) -> Self {
        let mut flat = Self { text, atoms: Vec::new() };
        flat.item(&item.kind);
        flat
    }

    fn form(&mut self, form: &'static str, parts: usize) {
        self.atoms.push(Atom::Form(form, parts));
    }

    fn written(&mut self, span: Span) {
        self.atoms.push(Atom::Written(self.text.get(span.range()).unwrap_or("")));
    }

    fn names<'n>(&mut self, form: &'static str, names: impl ExactSizeIterator<Item = &'n Name>) {
        self.form(form, names.len());
        names.for_each(|name| self.written(name.span));
    }

    fn label(&mut self, label: Option<&Text>) {
        self.form("label", usize::from(label.is_some()));
        label.into_iter().for_each(|label| self.written(label.span));
    }

    fn exprs(&mut self, form: &'static str, exprs: &[Expr]) {
        self.form(form, exprs.len());
        exprs.iter().for_each(|expr| self.expr(expr));
    }

    fn item(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Model { title } => self.label(Some(title)),
            ItemKind::Currency { name, worth } => {
                self.names("currency", std::iter::once(name));
                self.exprs("worth", worth.as_slice());
            }
            ItemKind::Units { names } => self.names("units", names.iter()),
            ItemKind::DerivedUnit { name, worth } => {
                self.names("unit", std::iter::once(name));
                self.expr(worth);
            }
            ItemKind::Medium { name, label } => {
                self.names("medium", std::iter::once(name));
                self.label(label.as_ref());
            }
            ItemKind::Role { name, label } => {
                self.names("role", std::iter::once(name));
                self.label(label.as_ref());
            }
            ItemKind::Measure { name, unit } => {
                self.names("measure", std::iter::once(name));
                self.expr(unit);
            }
            ItemKind::Param(param) => self.param(param),
            ItemKind::Expect { claim } => self.exprs("expect", std::slice::from_ref(claim)),
            ItemKind::Use { path } => self.label(Some(path)),
            ItemKind::Later { word, name } => {
                self.written(*word);
                self.names("later", name.iter());
            }
            ItemKind::Set { name, value } => {
                self.names("set", std::iter::once(name));
                self.expr(value);
            }
            ItemKind::Remove { names } => self.names("remove", names.iter()),
            ItemKind::Scenario(scenario) => self.scenario(scenario),
            _ => self.with_block(kind),
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.names("scenario", std::iter::once(&scenario.name));
        self.label(scenario.label.as_ref());
        self.names("from", scenario.from.iter());
        self.form("items", scenario.items.len());
        for item in &scenario.items {
            self.form("above from", item.above.start);
            self.form("above to", item.above.end);
            self.item(&item.kind);
        }
    }

    fn with_block(&mut self, kind: &ItemKind) {
        match kind {
            ItemKind::Participant(participant) => {
                self.names("participant", [&participant.name, &participant.role].into_iter());
                self.names("of", participant.company.iter());
                self.label(participant.label.as_ref());
                self.block(&participant.attributes);
            }
            ItemKind::Flow(flow) => {
                self.names("flow", [&flow.medium, &flow.name].into_iter());
                self.names("stops", flow.stops.iter());
                self.names("via", flow.via.iter());
                self.label(flow.label.as_ref());
                self.block(&flow.attributes);
            }
            ItemKind::Analysis(analysis) => {
                self.form(analysis.word.name(), 1);
                self.written(analysis.name.span);
                self.label(analysis.label.as_ref());
                self.block(&analysis.attributes);
            }
            ItemKind::Change { name, attributes } => {
                self.names("change", std::iter::once(name));
                self.block(attributes);
            }
            ItemKind::Import(import) => {
                self.form("import", import.kind as usize);
                self.label(Some(&import.path));
                self.block(&import.attributes);
            }
            _ => {}
        }
    }

    fn param(&mut self, param: &Param) {
        self.names("param", std::iter::once(&param.name));
        self.expr(&param.value);
        self.form("range", usize::from(param.range.is_some()));
        if let Some((low, high)) = &param.range {
            self.expr(low);
            self.expr(high);
        }
        self.form("distribution", usize::from(param.distribution.is_some()));
        if let Some(Distribution { name, arguments, truncated }) = &param.distribution {
            self.written(name.span);
            self.exprs("arguments", arguments);
            self.form("truncated", usize::from(*truncated));
        }
    }

    fn block(&mut self, attributes: &[Attribute]) {
        self.form("block", attributes.len());
        for attribute in attributes {
            match attribute.key.hop {
                None => self.written(attribute.key.span),
                Some(Hop::Each) => self.form("each hop", 0),
                Some(Hop::Number(number)) => self.form("hop", number as usize),
            }
            match &attribute.value {
                Value::Block(inner) => self.block(inner),
                Value::Terms(terms) => {
                    self.form("terms", terms.len());
                    terms.iter().for_each(|term| self.term(term));
                }
            }
        }
    }

    fn term(&mut self, term: &Term) {
        self.expr(&term.value);
        self.exprs("to", term.to.as_slice());
        self.names("else", term.otherwise.iter());
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Broken => self.form("broken", 0),
            ExprKind::Number(_) => self.form("number", 0),
            ExprKind::Text => self.written(expr.span),
            ExprKind::Counted(value, unit) => {
                self.names("counted", std::iter::once(unit));
                self.expr(value);
            }
            ExprKind::Reference(reference) => self.reference(reference),
            ExprKind::Negative(inner) => self.exprs("negative", std::slice::from_ref(inner)),
            ExprKind::Not(inner) => self.exprs("not", std::slice::from_ref(inner)),
            ExprKind::Sum(terms) => self.signed("sum", terms),
            ExprKind::Product(factors) => self.signed("product", factors),
            ExprKind::Power(base, exponent) => self.pair("power", base, exponent),
            ExprKind::Comparison(first, rest) => {
                self.form("comparison", rest.len());
                self.expr(first);
                for (comparison, other) in rest {
                    self.form(sign(*comparison), 1);
                    self.expr(other);
                }
            }
            ExprKind::And(terms) => self.exprs("and", terms),
            ExprKind::Or(terms) => self.exprs("or", terms),
            ExprKind::In(left, right) => self.pair("in", left, right),
        }
    }

    fn pair(&mut self, form: &'static str, left: &Expr, right: &Expr) {
        self.form(form, 2);
        self.expr(left);
        self.expr(right);
    }

    fn signed(&mut self, form: &'static str, parts: &[(bool, Expr)]) {
        self.form(form, parts.len());
        for (inverse, part) in parts {
            self.form("inverse", usize::from(*inverse));
            self.expr(part);
        }
    }

    fn reference(&mut self, reference: &Reference) {
        self.names("reference", std::iter::once(&reference.name));
        self.names("member", reference.member.iter());
        if let Some(arguments) = &reference.arguments {
            self.exprs("call", arguments);
        }
    }
}

const fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtMost => "<=",
        Comparison::AtLeast => ">=",
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
        Comparison::Below => "<",
        Comparison::Above => ">",
    }
}
