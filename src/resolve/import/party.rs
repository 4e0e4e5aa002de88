//! The participants of a row: known, or to be declared once it is certain that the row is kept.

use std::borrow::Cow;

use super::make::Made;
use super::read::Reading;
use super::words::WordCell;
use crate::model::{ParticipantId, ParticipantRow, RoleId};
use crate::resolve::names::Thing;
use crate::resolve::{Resolver, faults, normalized};
use crate::source::Span;
use crate::table::Row;

/// A participant of a row.
pub(super) enum Party<'r> {
    /// The row names none.
    None,
    Known(ParticipantId),
    /// It is to be declared: its name, its cell, its role.
    New(Cow<'r, str>, Span, RoleId),
}

impl Resolver<'_> {
    /// Whether both ends of a row are the same participant.
    pub(super) fn is_same(&self, reading: &Reading<'_>, row: &Row) -> bool {
        let same = |cell: Option<WordCell<ParticipantId>>| match cell {
            Some(WordCell::Fixed(id)) => Some(Cow::Borrowed(self.model.participant(id).name)),
            Some(WordCell::Column(column)) => row.cell(column).map(normalized),
            None => None,
        };
        let (from, to) = (same(reading.plan.from), same(reading.plan.to));
        from == to && from.is_some_and(|name| !name.is_empty())
    }

    /// The participant of a cell; one that is new, where none has the name and there is a role for it.
    pub(super) fn party<'r>(
        &self,
        cell: WordCell<ParticipantId>,
        (reading, row): (&Reading<'_>, &'r Row),
        role: Option<RoleId>,
    ) -> Made<Party<'r>> {
        let column = match cell {
            WordCell::Column(column) => column,
            WordCell::Fixed(id) => return Ok(Party::Known(id)),
        };
        let name = reading.name_in(column, row)?;
        let place = || reading.table.place(reading.source, row, column);
        match (self.names.thing(&name), role) {
            (Some(Thing::Participant(id)), _) => Ok(Party::Known(id)),
            // Its declaration has a fault of its own.
            (Some(Thing::Lost), _) => Ok(Party::Known(ParticipantId::at(0))),
            (Some(thing), _) => {
                Err(Box::new(faults::other_kind(&name, thing.word(), "a participant", place())))
            }
            (None, Some(role)) => Ok(Party::New(name, place(), role)),
            (None, None) => {
                let known = self.like(|thing| matches!(thing, Thing::Participant(_)));
                Err(Box::new(faults::unknown_participant_in_cell(&name, place(), known)))
            }
        }
    }

    /// Declares a participant that is new, unless the same row did so just before.
    pub(super) fn declare_party(&mut self, party: Party<'_>, reading: &Reading<'_>) -> Option<ParticipantId> {
        let (name, place, role) = match party {
            Party::None => return None,
            Party::Known(id) => return Some(id),
            Party::New(name, place, role) => (name, place, role),
        };
        if let Some(Thing::Participant(id)) = self.names.things.get(&name) {
            return Some(id);
        }
        let id = ParticipantId::at(self.model.participants.len());
        self.names.things.insert(&name, Thing::Participant(id));
        let row = ParticipantRow { name: &name, label: None, span: place, role };
        self.model.participants.push_row((None, reading.item), &row);
        Some(id)
    }
}

impl Reading<'_> {
    /// What a cell says and where it stands, for a fault.
    pub fn cell_of(&self, cell: Option<WordCell<ParticipantId>>, row: &Row) -> (String, Span) {
        match cell {
            Some(WordCell::Column(column)) => {
                let text = row.cell(column).unwrap_or("").to_owned();
                (text, self.table.place(self.source, row, column))
            }
            _ => (String::new(), self.place(row)),
        }
    }
}
