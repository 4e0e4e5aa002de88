//! What an import asks of each row, read from its attributes once.

use std::collections::BTreeMap;

use super::group::Total;
use super::row::RowCondition;
use super::words::{TextCell, WordCell};
use crate::model::{MediumId, ParticipantId, RoleId, TagId};
use crate::resolve::attributes::value_span;
use crate::resolve::keys::FLOW;
use crate::resolve::{Resolver, faults};
use crate::source::Span;
use crate::syntax::ast::{self, Attribute, Import, ImportKind, Value};
use crate::table::Table;

/// What is asked of each row.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub name: Option<TextCell>,
    pub label: Option<TextCell>,
    pub role: Option<WordCell<RoleId>>,
    pub medium: Option<WordCell<MediumId>>,
    pub from: Option<WordCell<ParticipantId>>,
    pub to: Option<WordCell<ParticipantId>>,
    pub payer: Option<WordCell<ParticipantId>>,
    pub earner: Option<WordCell<ParticipantId>>,
    pub tags: Vec<WordCell<TagId>>,
    /// Whether rows from a participant to itself are left out; else they are bad.
    pub skips_itself: bool,
    pub condition: Option<RowCondition>,
    /// Where the condition stands.
    pub asks: Option<Span>,
    /// The columns whose cells are alike in a group.
    pub group: Option<Vec<usize>>,
    /// What values name, in the order of the columns that are kept.
    pub asked: Vec<Asked>,
}

/// A number that is kept of each row, or of each group.
#[derive(Debug)]
pub(super) struct Asked {
    /// Where a value names it first.
    pub span: Span,
    pub what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Column(usize),
    /// Of a group; `span` of [`Asked`] is the call's.
    Total(Total),
}

/// Attributes of rows that all imports take.
const ROWS: [&str; 4] = ["where", "group", "delimiter", "sheet"];
const PARTICIPANTS: &[&str] = &["name", "role", "label", "cost", "revenue", "source", "sink"];
const FLOWS: &[&str] = &[
    "medium", "name", "label", "from", "to", "role", "self", "payer", "earner", "tags", "integral", "amount",
    "cost", "revenue", "capacity", "minimum", "volume", "share", "fixed",
];
const PARAMS: &[&str] = &["name", "value"];

/// The attributes whose values are numbers, which the model computes; measures are others.
pub(super) const NUMBERS: [&str; 11] = [
    "amount", "cost", "revenue", "capacity", "minimum", "volume", "share", "fixed", "source", "sink", "value",
];

/// What an import is, in words.
const fn kind_of(import: &Import) -> &'static str {
    match import.kind {
        ImportKind::Participants => "an import of participants",
        ImportKind::Flows => "an import of flows",
        ImportKind::Params => "an import of params",
    }
}

impl Resolver<'_> {
    /// The attributes that may stand in this import, with their names: known, for the first time, and of its kind.
    pub(super) fn import_keys<'b>(&mut self, import: &'b Import) -> Vec<(String, &'b Attribute)> {
        let kind = kind_of(import);
        let own = match import.kind {
            ImportKind::Participants => PARTICIPANTS,
            ImportKind::Flows => FLOWS,
            ImportKind::Params => PARAMS,
        };
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut kept = Vec::new();
        for attribute in &import.attributes {
            let (key, span) = (self.normal(attribute.key.span).into_owned(), attribute.key.span);
            if let Some(first) = seen.insert(key.clone(), span) {
                self.fault(faults::attribute_twice(&key, span, first));
                continue;
            }
            let measure = import.kind != ImportKind::Params && self.measure(&key).is_some();
            if own.contains(&key.as_str()) || ROWS.contains(&key.as_str()) || measure {
                kept.push((key, attribute));
            } else if self.names.lost.contains(&key) {
                // A measure with a fault.
            } else if import.kind == ImportKind::Flows && FLOW.contains(&key.as_str()) {
                self.fault(faults::not_from_tables(&key, span));
            } else {
                let known = own.iter().chain(&ROWS).copied();
                self.fault(faults::unknown_attribute(&key, kind, span, known));
            }
        }
        kept
    }

    /// The plan of an import; nothing where a fault was found.
    pub(super) fn plan(&mut self, import: &Import, item: Span, table: &Table) -> Option<Plan> {
        let before = self.faults.len();
        let mut plan = Plan::default();
        let keys = self.import_keys(import);
        // What groups are decides what a name may stand for.
        if let Some((_, attribute)) = keys.iter().find(|(key, _)| key == "group") {
            plan.group = Some(self.group_columns(attribute, table));
        }
        for (key, attribute) in &keys {
            self.plan_attribute(&mut plan, key, attribute, table);
        }
        let wanted: &[&str] = match import.kind {
            ImportKind::Participants => &["name", "role"],
            ImportKind::Flows => &["medium", "from", "to"],
            ImportKind::Params => &["name", "value"],
        };
        for missing in wanted.iter().filter(|wanted| !keys.iter().any(|(key, _)| key == *wanted)) {
            self.fault(faults::missing_in_import(kind_of(import), missing, item));
        }
        (self.faults.len() == before).then_some(plan)
    }

    fn plan_attribute(&mut self, plan: &mut Plan, key: &str, attribute: &Attribute, table: &Table) {
        let group = plan.group.clone();
        let cells = (table, group.as_deref());
        match key {
            "name" => plan.name = self.text_cell(attribute, cells),
            "label" => plan.label = self.text_cell(attribute, cells),
            "role" => plan.role = self.role_cell(attribute, cells),
            "medium" => plan.medium = self.medium_cell(attribute, cells),
            "from" => plan.from = self.participant_cell(attribute, cells),
            "to" => plan.to = self.participant_cell(attribute, cells),
            "payer" => plan.payer = self.participant_cell(attribute, cells),
            "earner" => plan.earner = self.participant_cell(attribute, cells),
            "tags" => plan.tags = self.tag_cells(attribute, cells),
            "self" => plan.skips_itself = self.skips(attribute),
            "where" => {
                plan.condition = self.row_condition(attribute, table);
                plan.asks = Some(value_span(attribute));
            }
            "group" | "delimiter" | "sheet" | "integral" => {}
            _ => self.ask(plan, attribute, table),
        }
    }

    fn skips(&mut self, attribute: &Attribute) -> bool {
        let skips = self.is_word(attribute, "skip");
        if !skips && !self.is_word(attribute, "error") {
            self.fault(faults::other_value("self", "`skip` or `error`", value_span(attribute)));
        }
        skips
    }

    /// The columns and totals that a value names.
    fn ask(&mut self, plan: &mut Plan, attribute: &Attribute, table: &Table) {
        let key = self.normal(attribute.key.span);
        if let Value::Terms(terms) = &attribute.value
            && let [term] = terms.as_slice()
            && !(matches!(&*key, "source" | "sink") && self.is_word(attribute, "unlimited"))
        {
            self.ask_expression(plan, &term.value, table);
        }
        // What else it may be is a fault, found when the value is read.
    }

    fn ask_expression(&mut self, plan: &mut Plan, value: &ast::Expr, table: &Table) {
        use ast::ExprKind as Written;
        match &value.kind {
            Written::Reference(reference) => match &reference.arguments {
                None if reference.member.is_none() => self.ask_column(plan, reference, table),
                None => {}
                Some(arguments) => {
                    let word = self.spelled(reference.name);
                    if self.is_total(&word, arguments) {
                        self.ask_total(plan, &word, (value.span, arguments), table);
                    } else {
                        arguments.iter().for_each(|part| self.ask_expression(plan, part, table));
                    }
                }
            },
            Written::Counted(inner, _) | Written::Negative(inner) | Written::Not(inner) => {
                self.ask_expression(plan, inner, table);
            }
            Written::Sum(parts) | Written::Product(parts) => {
                parts.iter().for_each(|(_, part)| self.ask_expression(plan, part, table));
            }
            Written::Power(base, exponent) => {
                self.ask_expression(plan, base, table);
                self.ask_expression(plan, exponent, table);
            }
            // Conditions are no values, which is said where the value is read.
            _ => {}
        }
    }

    /// Whether a call adds up a group: `min` and `max` of several values are functions.
    fn is_total(&self, word: &str, arguments: &[ast::Expr]) -> bool {
        Total::WORDS.contains(&word) && (!matches!(word, "min" | "max") || arguments.len() == 1)
    }

    fn ask_column(&mut self, plan: &mut Plan, reference: &ast::Reference, table: &Table) {
        let Some(column) = self.column(reference.name, table) else { return };
        let span = reference.name.span;
        if plan.group.as_ref().is_some_and(|group| !group.contains(&column)) {
            let name = table.columns.get(column).map_or("", String::as_str);
            return self.fault(faults::column_of_group(name, span));
        }
        let known = |asked: &Asked| matches!(asked.what, What::Column(other) if other == column);
        if !plan.asked.iter().any(known) {
            plan.asked.push(Asked { span, what: What::Column(column) });
        }
    }

    fn ask_total(
        &mut self,
        plan: &mut Plan,
        word: &str,
        (span, arguments): (Span, &[ast::Expr]),
        table: &Table,
    ) {
        if plan.group.is_none() {
            return self.fault(faults::total_without_group(word, span));
        }
        let total = match (word, arguments) {
            ("count", []) => Some(Total::Count),
            ("count", _) | (_, [] | [_, _, ..]) => {
                return self.fault(faults::arguments_of_total(word, span));
            }
            (_, [of]) => self.row_number(of, table).and_then(|of| Total::named(word, of)),
        };
        plan.asked.extend(total.map(|total| Asked { span, what: What::Total(total) }));
    }
}
