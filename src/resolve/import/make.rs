//! What a row becomes: a participant, a flow, or a param.

use std::sync::Arc;

use super::Rows;
use super::read::Reading;
use super::words::{TextCell, WordCell};
use crate::diagnostic::Diagnostic;
use crate::model::{
    Declared, Flow, FlowId, MediumId, Param, Participant, ParticipantId, RoleId, TagId, Value, ValueId,
    ValueKind,
};
use crate::resolve::declare::unknown;
use crate::resolve::names::Thing;
use crate::resolve::{Resolver, faults, normalized};
use crate::source::Span;
use crate::syntax;
use crate::table::Row;

/// The fault of a row, apart: most rows have none.
type Made<T> = Result<T, Box<Diagnostic>>;

impl Reading<'_> {
    /// A cell's text; the same for all rows, where it is no column's.
    fn text(&self, cell: &TextCell, row: &Row) -> String {
        match cell {
            TextCell::Literal(text) => text.clone(),
            TextCell::Column(column) => row.cell(*column).unwrap_or("").to_owned(),
        }
    }

    /// A name in a cell: not empty, and without letters that steer a terminal.
    fn name_in(&self, column: usize, row: &Row) -> Made<String> {
        let text = row.cell(column).unwrap_or("");
        let heading = self.table.columns.get(column).map_or("", String::as_str);
        let place = || self.table.place(self.source, row, column);
        if text.is_empty() {
            return Err(Box::new(faults::empty_name(heading, place())));
        }
        if text.contains(char::is_control) {
            return Err(Box::new(faults::control_in_name(heading, place())));
        }
        Ok(normalized(text))
    }

    /// The name that a row gives, or the one that it has by its place.
    fn name(&self, row: &Row) -> Made<String> {
        match &self.plan.name {
            Some(TextCell::Column(column)) => self.name_in(*column, row),
            _ => {
                let line = self.source.position(row.range().start).line;
                Ok(format!("{}:{line}", self.stem))
            }
        }
    }

    fn declared(&self, name: String, row: &Row) -> Declared {
        let label = self.plan.label.as_ref().map(|label| self.text(label, row));
        Declared { name, label: label.filter(|label| !label.is_empty()), span: Some(self.place(row)) }
    }

    /// The place of a row among those that are kept.
    fn row(&self, place: usize) -> crate::model::Row {
        crate::model::Row { import: self.id, place: u32::try_from(place).unwrap_or(u32::MAX) }
    }
}

impl Resolver<'_> {
    /// A name of the second namespace that is still free.
    fn free(&self, name: &str, row: Span) -> Made<()> {
        match self.names.things.get(name) {
            Some(first) => Err(Box::new(faults::twice(name, row, self.span_of(*first)))),
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
        self.names.things.insert(name.clone(), Thing::Participant(next));
        let row_of = reading.row(made.participants.len());
        let one = blank(reading.declared(name, row), (reading.item, role), Some(row_of));
        self.model.participants.push(one);
        made.participants.push(next);
        Ok(true)
    }

    pub(super) fn make_flow(&mut self, reading: &Reading<'_>, row: &Row, made: &mut Rows) -> Made<bool> {
        let plan = reading.plan;
        let name = reading.name(row)?;
        self.free(&name, reading.place(row))?;
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
        let tail = self.party(plan.from, (reading, row), role)?;
        let head = self.party(plan.to, (reading, row), role)?;
        let payer = plan.payer.map(|cell| self.party(Some(cell), (reading, row), role)).transpose()?;
        let earner = plan.earner.map(|cell| self.party(Some(cell), (reading, row), role)).transpose()?;
        let tags = self.tags_of(reading, row);
        self.names.things.insert(name.clone(), Thing::Row(reading.place(row)));
        made.flows.push(Flow {
            declared: reading.declared(name, row),
            item: reading.item,
            doc: None,
            medium,
            tail,
            head,
            via: Vec::new(),
            given: Arc::from([]),
            payer,
            earner,
            rest: None,
            rides: None,
            tags,
            integral: None,
            chain: None,
            row: Some(reading.row(made.flows.len())),
        });
        Ok(true)
    }

    pub(super) fn make_param(&mut self, reading: &Reading<'_>, row: &Row, made: &mut Rows) -> Made<bool> {
        let name = reading.name(row)?;
        let place = reading.place(row);
        if syntax::words::is_reserved(&name) {
            return Err(Box::new(faults::reserved_in_table(&name, place)));
        }
        if let Some(first) = self.names.values.get(&name) {
            return Err(Box::new(faults::twice(&name, place, self.model.value(*first).declared.span)));
        }
        let id = ValueId::at(self.model.values.len());
        self.names.values.insert(name.clone(), id);
        let param = Param { value: Arc::new(unknown(place)), row: None, range: None, distribution: None };
        let declared = reading.declared(name, row);
        self.model.values.push(Value { declared, kind: ValueKind::Param(Box::new(param)) });
        made.params.push(id);
        Ok(true)
    }

    /// Whether both ends of a row are the same participant.
    fn is_same(&self, reading: &Reading<'_>, row: &Row) -> bool {
        let same = |cell: Option<WordCell<ParticipantId>>| match cell {
            Some(WordCell::Fixed(id)) => Some(self.model.participant(id).declared.name.clone()),
            Some(WordCell::Column(column)) => row.cell(column).map(normalized),
            None => None,
        };
        let (from, to) = (same(reading.plan.from), same(reading.plan.to));
        from == to && from.is_some_and(|name| !name.is_empty())
    }

    /// The participant of a cell; a new one of this role, where none has the name and there is a role.
    fn party(
        &mut self,
        cell: Option<WordCell<ParticipantId>>,
        (reading, row): (&Reading<'_>, &Row),
        role: Option<RoleId>,
    ) -> Made<ParticipantId> {
        let column = match cell {
            Some(WordCell::Column(column)) => column,
            Some(WordCell::Fixed(id)) => return Ok(id),
            None => return Ok(ParticipantId::at(0)),
        };
        let name = reading.name_in(column, row)?;
        let place = || reading.table.place(reading.source, row, column);
        match (self.names.thing(&name), role) {
            (Some(Thing::Participant(id)), _) => Ok(id),
            // Its declaration has a fault of its own.
            (Some(Thing::Lost), _) => Ok(ParticipantId::at(0)),
            (Some(thing), _) => {
                Err(Box::new(faults::other_kind(&name, thing.word(), "a participant", place())))
            }
            (None, Some(role)) => {
                let id = ParticipantId::at(self.model.participants.len());
                let declared = Declared { name: name.clone(), label: None, span: Some(place()) };
                self.names.things.insert(name, Thing::Participant(id));
                self.model.participants.push(blank(declared, (reading.item, role), None));
                Ok(id)
            }
            (None, None) => {
                let known = self.names.like(|thing| matches!(thing, Thing::Participant(_)));
                let known = known.take(self.patience());
                Err(Box::new(faults::unknown_participant_in_cell(&name, place(), known)))
            }
        }
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
            Box::new(faults::unknown_word(kind, &name, place, names.take(self.patience())))
        })
    }

    fn tags_of(&mut self, reading: &Reading<'_>, row: &Row) -> Vec<TagId> {
        let mut tags = Vec::with_capacity(reading.plan.tags.len());
        for cell in &reading.plan.tags {
            match cell {
                WordCell::Fixed(tag) => tags.push(*tag),
                WordCell::Column(column) => {
                    let text = row.cell(*column).unwrap_or("");
                    if !text.is_empty() {
                        let place = reading.place(row);
                        tags.push(self.tag(&normalized(text), place));
                    }
                }
            }
        }
        tags.dedup();
        tags
    }
}

impl Reading<'_> {
    /// What a cell says and where it stands, for a fault.
    fn cell_of(&self, cell: Option<WordCell<ParticipantId>>, row: &Row) -> (String, Span) {
        match cell {
            Some(WordCell::Column(column)) => {
                let text = row.cell(column).unwrap_or("").to_owned();
                (text, self.table.place(self.source, row, column))
            }
            _ => (String::new(), self.place(row)),
        }
    }
}

/// A participant of which nothing more is known.
fn blank(declared: Declared, (item, role): (Span, RoleId), row: Option<crate::model::Row>) -> Participant {
    Participant {
        declared,
        item,
        doc: None,
        role,
        company: None,
        given: Arc::from([]),
        unlimited: Vec::new(),
        row,
    }
}

impl Resolver<'_> {
    /// Takes the flows of an import into the model, where it stands among the declarations.
    pub(in crate::resolve) fn declare_flows_of(&mut self, path: Span) {
        let Some(read) = self.tables.read.get_mut(&path) else { return };
        let mut flows = std::mem::take(&mut read.flows);
        read.first = self.model.flows.len();
        for (place, flow) in flows.iter().enumerate() {
            if let Some(thing) = self.names.things.get_mut(&flow.declared.name) {
                *thing = Thing::Flow(FlowId::at(read.first + place));
            }
        }
        self.model.flows.append(&mut flows);
    }
}
