//! What a row becomes: a participant, a flow, or a param.

use std::borrow::Cow;
use std::sync::Arc;

use super::Rows;
use super::party::Party;
use super::read::Reading;
use super::words::{TextCell, WordCell};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Declared, FlowId, FlowRow, MediumId, Param, ParticipantId, ParticipantRow, RoleId, TagId, Value, ValueId,
    ValueKind,
};
use crate::resolve::declare::unknown;
use crate::resolve::names::{Thing, Unnamed};
use crate::resolve::{Resolver, faults, normalized};
use crate::source::{Origin, Span};
use crate::syntax;
use crate::table::Row;

/// A tag of a row.
enum TagWord {
    Known(TagId),
    Named(String),
}

/// The fault of a row, apart: most rows have none.
pub(super) type Made<T> = Result<T, Box<Diagnostic>>;

impl Reading<'_> {
    /// A name in a cell: not empty, and without letters that steer a terminal.
    pub fn name_in<'r>(&self, column: usize, row: &'r Row) -> Made<Cow<'r, str>> {
        let text = row.cell(column).unwrap_or("");
        let heading = self.table.columns.get(column).map_or("", String::as_str);
        let place = || self.table.place(self.source, row, column);
        if text.is_empty() {
            return Err(Box::new(faults::empty_name(heading, place())));
        }
        if matches!(self.source.origin, Some(Origin::Sheet(_))) && crate::table::is_no_value(text) {
            return Err(Box::new(faults::no_value_for_name(text, heading, place())));
        }
        if has_control(text) {
            return Err(Box::new(faults::control_in_name(heading, place())));
        }
        Ok(normalized(text))
    }

    /// The name that a row gives, or the one that it has by its place.
    fn name<'r>(&self, row: &'r Row) -> Made<Cow<'r, str>> {
        match &self.plan.name {
            Some(TextCell::Column(column)) => self.name_in(*column, row),
            _ => Ok(Cow::Owned(format!("{}:{}", self.stem, row.line()))),
        }
    }

    /// What a row is called in reports, if it says so.
    fn label(&self, row: &Row) -> Made<Option<String>> {
        match &self.plan.label {
            None => Ok(None),
            Some(TextCell::Literal(text)) => Ok(Some(text.clone())),
            Some(TextCell::Column(column)) if row.cell(*column).is_none_or(str::is_empty) => Ok(None),
            Some(TextCell::Column(column)) => {
                self.name_in(*column, row).map(|label| Some(label.into_owned()))
            }
        }
    }

    fn tag_words(&self, row: &Row) -> Made<Vec<TagWord>> {
        let mut words = Vec::with_capacity(self.plan.tags.len());
        for cell in &self.plan.tags {
            match cell {
                WordCell::Fixed(tag) => words.push(TagWord::Known(*tag)),
                WordCell::Column(column) if row.cell(*column).is_none_or(str::is_empty) => {}
                WordCell::Column(column) => {
                    words.push(TagWord::Named(self.name_in(*column, row)?.into_owned()))
                }
            }
        }
        Ok(words)
    }

    fn declared(&self, name: String, row: &Row) -> Made<Declared> {
        Ok(Declared { name, label: self.label(row)?, span: Some(self.place(row)) })
    }
}

impl Resolver<'_> {
    /// A name of the second namespace that is still free.
    fn free(&self, name: &str, row: Span) -> Made<()> {
        match self.names.declared(name) {
            Some(first) => Err(Box::new(faults::twice(name, row, self.span_of(first)))),
            None => Ok(()),
        }
    }

    pub(super) fn make_participant(
        &mut self,
        reading: &Reading<'_>,
        row: &Row,
        made: &mut Rows,
    ) -> Made<bool> {
        let name = reading.name(row)?;
        let place = reading.place(row);
        self.free(&name, place)?;
        let role = self.role_of(reading, row)?.unwrap_or(RoleId::at(0));
        let next = ParticipantId::at(self.model.participants.len());
        let label = reading.label(row)?;
        self.names.things.insert(&name, Thing::Participant(next));
        let row = ParticipantRow { name: &name, label: label.as_deref(), span: place, role };
        self.model.participants.push_row((Some(reading.id), reading.item), &row);
        made.participants += 1;
        Ok(true)
    }

    pub(super) fn make_flow(&mut self, reading: &Reading<'_>, row: &Row, made: &mut Rows) -> Made<bool> {
        let plan = reading.plan;
        let place = reading.place(row);
        // By its line it has a name that no other row has.
        let name = plan.name.as_ref().map(|_| reading.name(row)).transpose()?;
        if let Some(name) = &name {
            self.free(name, place)?;
        }
        let medium = match plan.medium {
            Some(WordCell::Fixed(medium)) => medium,
            Some(WordCell::Column(column)) => {
                self.word_of("medium", column, (reading, row), |names, word| names.media.get(word).copied())?
            }
            None => MediumId::at(0),
        };
        let role = self.role_of(reading, row)?;
        if self.is_same(reading, row) {
            let (from, to) = (reading.cell_of(plan.from, row), reading.cell_of(plan.to, row));
            return if plan.skips_itself {
                Ok(false)
            } else {
                Err(Box::new(faults::row_to_itself(from.0, from.1, to.1)))
            };
        }
        let label = reading.label(row)?;
        let tags = reading.tag_words(row)?;
        // Nothing is declared before it is known that the row is kept.
        let mut parties = [
            Party::Known(ParticipantId::at(0)),
            Party::Known(ParticipantId::at(0)),
            Party::None,
            Party::None,
        ];
        for (party, cell) in parties.iter_mut().zip([plan.from, plan.to, plan.payer, plan.earner]) {
            if let Some(cell) = cell {
                *party = self.party(cell, (reading, row), role)?;
            }
        }
        for party in &parties {
            if let (Party::New(new, cell, _), Some(name)) = (party, &name)
                && new == name
            {
                return Err(Box::new(faults::twice(name, place, Some(*cell))));
            }
        }
        let [tail, head, payer, earner] = parties.map(|party| self.declare_party(party, reading));
        let (tail, head) = (tail.unwrap_or(ParticipantId::at(0)), head.unwrap_or(ParticipantId::at(0)));
        let tags = self.tags_of(&tags, place);
        if let Some(name) = &name {
            self.names.things.insert(name, Thing::Row(place));
        }
        let flow = FlowRow {
            name: name.as_deref().unwrap_or(""),
            line: row.line(),
            span: place,
            label,
            medium,
            tail,
            head,
            payer,
            earner,
            tags,
        };
        if let Some(flows) = &mut made.flows {
            flows.push(flow);
        }
        Ok(true)
    }

    pub(super) fn make_param(&mut self, reading: &Reading<'_>, row: &Row, made: &mut Rows) -> Made<bool> {
        let name = reading.name(row)?;
        let place = reading.place(row);
        if syntax::words::is_reserved(&name) {
            return Err(Box::new(faults::reserved_in_table(&name, place)));
        }
        if let Some(first) = self.names.values.get(&*name) {
            return Err(Box::new(faults::twice(&name, place, self.model.value(*first).declared.span)));
        }
        let id = ValueId::at(self.model.values.len());
        let declared = reading.declared(name.to_string(), row)?;
        self.names.values.insert(name.into_owned(), id);
        let param = Param { value: Arc::new(unknown(place)), row: None, range: None, distribution: None };
        self.model.values.push(Value { declared, kind: ValueKind::Param(Box::new(param)) });
        made.params.push(id);
        Ok(true)
    }

    fn role_of(&self, reading: &Reading<'_>, row: &Row) -> Made<Option<RoleId>> {
        Ok(match reading.plan.role {
            None => None,
            Some(WordCell::Fixed(role)) => Some(role),
            Some(WordCell::Column(column)) => Some(self.word_of(
                "role",
                column,
                (reading, row),
                |names, word| names.roles.get(word).copied(),
            )?),
        })
    }

    /// A declared word in a cell.
    fn word_of<T>(
        &self,
        kind: &str,
        column: usize,
        (reading, row): (&Reading<'_>, &Row),
        known: impl Fn(&crate::resolve::names::Names, &str) -> Option<T>,
    ) -> Made<T> {
        let name = reading.name_in(column, row)?;
        known(&self.names, &name).ok_or_else(|| {
            let words = if kind == "role" { &self.model.roles } else { &self.model.media };
            let names = words.iter().map(|word| word.name.as_str());
            let place = reading.table.place(reading.source, row, column);
            // A table is somebody else's: a name in it is not mended without asking.
            Box::new(faults::unknown_word(kind, &name, place, names.take(self.patience())).without_mend())
        })
    }

    fn tags_of(&mut self, words: &[TagWord], place: Span) -> Vec<TagId> {
        let mut tags = Vec::with_capacity(words.len());
        for word in words {
            let tag = match word {
                TagWord::Known(tag) => *tag,
                TagWord::Named(name) => self.tag(name, place),
            };
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }
}

impl Resolver<'_> {
    /// Takes the flows of an import into the model, where it stands among the declarations.
    pub(in crate::resolve) fn declare_flows_of(&mut self, path: Span) {
        let Some(flows) = self.tables.read.get_mut(&path).and_then(|read| read.flows.take()) else { return };
        let first = FlowId::at(self.model.flows.len());
        match flows.by_line() {
            Some((stem, lines)) => {
                let unnamed = Unnamed { stem: stem.to_owned(), lines: lines.to_vec(), first };
                self.names.unnamed.push(unnamed);
            }
            None => {
                for place in 0..flows.len() {
                    let id = FlowId::at(first.index() + place);
                    self.names.things.insert(&flows.get(place).name.to_string(), Thing::Flow(id));
                }
            }
        }
        self.model.flows.append(flows);
    }
}

/// Whether a text has letters that could steer a terminal.
fn has_control(text: &str) -> bool {
    if text.is_ascii() {
        text.bytes().any(|byte| byte.is_ascii_control())
    } else {
        text.contains(char::is_control)
    }
}
