//! Second pass: the values of an import, now that all names are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Read;
use super::plan::{Plan, What};
use crate::model::{ExprKind, Given, Numeric, Row, ValueKind};
use crate::resolve::expressions::Place;
use crate::resolve::{Resolver, faults};
use crate::source::{LeftOut, Span};
use crate::syntax::ast::{Import, ImportKind, Reference};
use crate::table::Table;

/// What the names of an import's values stand for besides those of the model.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Scope {
    /// Columns that are kept, by name.
    columns: BTreeMap<String, u32>,
    /// Totals of groups, by where they are called.
    totals: BTreeMap<Span, u32>,
    /// All columns of the table, for suggestions.
    header: Vec<String>,
    /// Those that the text of the table does not have.
    left_out: Vec<LeftOut>,
}

impl Scope {
    pub(super) fn of(plan: &Plan, table: &Table) -> Self {
        let mut scope = Self { header: table.names(), left_out: table.left_out.clone(), ..Self::default() };
        for (place, asked) in (0..).zip(&plan.asked) {
            match asked.what {
                What::Column(column) => {
                    scope.columns.extend(table.columns.get(column).map(|name| (name.clone(), place)));
                }
                What::Total(_) => drop(scope.totals.insert(asked.span, place)),
            }
        }
        scope
    }
}

impl Resolver<'_> {
    /// The column that a name stands for, or the total that a call is, in the values of an import.
    pub(in crate::resolve) fn column_of(&mut self, reference: &Reference, span: Span) -> Option<ExprKind> {
        let scope = self.scope.as_ref()?;
        if let Some(place) = scope.totals.get(&span) {
            return Some(ExprKind::Column(*place));
        }
        if reference.arguments.is_some() || reference.member.is_some() {
            return None;
        }
        let spelled = self.spelled(reference.name);
        if let Some(place) = scope.columns.get(&*spelled) {
            return Some(ExprKind::Column(*place));
        }
        let known = self.names.values.contains_key(&*spelled) || spelled == "amount";
        if known || self.names.lost.contains(&*spelled) {
            return None;
        }
        let span = reference.name.span;
        let fault = match scope.left_out.iter().find(|column| column.name == spelled) {
            Some(column) => faults::column_not_read(&spelled, &column.why, span),
            None => faults::unknown_column(&spelled, span, &scope.header),
        };
        self.fault(fault);
        Some(ExprKind::Unknown)
    }

    pub(in crate::resolve) fn fill_import(&mut self, import: &Import) {
        let Some(read) = self.tables.read.remove(&import.path.span) else { return };
        self.scope = Some(read.scope);
        let read = Read { scope: Scope::default(), ..read };
        match import.kind {
            ImportKind::Params => self.fill_params(import, &read),
            ImportKind::Participants | ImportKind::Flows => self.fill_rows(import, &read),
        }
        self.scope = None;
    }

    fn fill_rows(&mut self, import: &Import, read: &Read) {
        let mut all: Vec<Given> = Vec::new();
        for attribute in &import.attributes {
            let key = self.normal(attribute.key.span);
            match &*key {
                "integral" => {
                    let integral = self.integral(attribute);
                    self.model
                        .flows
                        .of_import(read.id)
                        .into_iter()
                        .for_each(|flows| flows.integral = integral);
                }
                "source" | "sink" if self.is_word(attribute, "unlimited") => {
                    let numeric = if key == "source" { Numeric::Source } else { Numeric::Sink };
                    if let Some(rows) = self.model.participants.of_import(read.id) {
                        rows.unlimited.push((numeric, attribute.span));
                    }
                }
                _ if super::plan::NUMBERS.contains(&&*key) || self.measure(&key).is_some() => {
                    all.extend(self.number(&key, attribute));
                }
                _ => {}
            }
        }
        let all: Arc<[Given]> = Arc::from(all);
        let participants = self.model.participants.of_import(read.id).into_iter();
        participants.for_each(|rows| rows.given = Arc::clone(&all));
        self.model.flows.of_import(read.id).into_iter().for_each(|flows| flows.given = Arc::clone(&all));
        self.model.imports[read.id.index()].given = all;
    }

    fn fill_params(&mut self, import: &Import, read: &Read) {
        let attribute = import.attributes.iter().find(|one| self.normal(one.key.span) == "value");
        let Some(attribute) = attribute else { return };
        let Some(term) = self.one_term(attribute, "a value") else { return };
        let shared = Arc::new(self.expression(&term.value, Place::Value));
        let settings = self.settings;
        self.scope = None;
        for (place, id) in (0..).zip(&read.params) {
            let name = &self.model.value(*id).declared.name;
            let set = settings.iter().rev().find(|setting| setting.name == *name);
            let (value, row) = match set {
                Some(setting) => (Arc::new(self.expression(&setting.value, Place::Value)), None),
                None => (Arc::clone(&shared), Some(Row { import: read.id, place })),
            };
            if let ValueKind::Param(param) = &mut self.model.values[id.index()].kind {
                (param.value, param.row) = (value, row);
            }
        }
    }
}
