//! All participants of a model, in declaration order.

use std::sync::Arc;

use super::runs::{At, Counted, Runs};
use super::{Column, Declared, Given, ImportId, Numeric, ParticipantId, RoleId, Row, Texts};
use crate::source::{FileId, Span};

/// A participant that stands in the source.
#[derive(Debug)]
pub struct DeclaredParticipant {
    pub declared: Declared,
    /// The whole declaration.
    pub item: Span,
    pub doc: Option<String>,
    pub role: RoleId,
    /// The participant whose desk this is.
    pub company: Option<ParticipantId>,
    pub given: Vec<Given>,
    /// Where `source: unlimited` and `sink: unlimited` stand.
    pub unlimited: Vec<(Numeric, Span)>,
}

/// A participant as it is looked at, whether it stands in the source or in a table.
#[derive(Clone, Copy, Debug)]
pub struct Participant<'m> {
    pub name: &'m str,
    pub label: Option<&'m str>,
    /// Where its name stands, or its row; nowhere for the one that stands in for those of a model without any.
    pub span: Option<Span>,
    /// The whole declaration.
    pub item: Span,
    pub doc: Option<&'m str>,
    pub role: RoleId,
    /// The participant whose desk this is.
    pub company: Option<ParticipantId>,
    /// Shared by all rows of an import.
    pub given: &'m [Given],
    /// Where `source: unlimited` and `sink: unlimited` stand.
    pub unlimited: &'m [(Numeric, Span)],
    /// Where it is the row of a table of participants.
    pub row: Option<Row>,
}

/// The participants that one table declares, in the order of its rows.
///
/// Invariant: every column has a value for each of them.
#[derive(Debug)]
pub struct ParticipantRows {
    /// The import, where its rows are participants; nothing where they are flows that name them.
    import: Option<ImportId>,
    /// The table.
    file: FileId,
    /// The whole declaration of the import.
    item: Span,
    /// Shared by all.
    pub given: Arc<[Given]>,
    pub unlimited: Vec<(Numeric, Span)>,
    names: Texts,
    starts: Vec<u32>,
    ends: Vec<u32>,
    roles: Column<RoleId>,
    /// Those labels that there are, and the place behind each one's; 0 where there is none.
    labels: Column<u32>,
    all_labels: Texts,
}

/// What a row says of a participant.
#[derive(Debug)]
pub struct ParticipantRow<'a> {
    pub name: &'a str,
    pub label: Option<&'a str>,
    /// Where it stands in the table.
    pub span: Span,
    pub role: RoleId,
}

impl Counted for ParticipantRows {
    fn count(&self) -> usize {
        self.starts.len()
    }
}

impl ParticipantRows {
    fn new((import, item): (Option<ImportId>, Span), file: FileId) -> Self {
        Self {
            import,
            file,
            item,
            given: Arc::from([]),
            unlimited: Vec::new(),
            names: Texts::default(),
            starts: Vec::new(),
            ends: Vec::new(),
            roles: Column::default(),
            labels: Column::default(),
            all_labels: Texts::default(),
        }
    }

    fn push(&mut self, row: &ParticipantRow<'_>) {
        let place = self.count();
        self.names.push(row.name);
        self.starts.push(row.span.start);
        self.ends.push(row.span.end);
        self.roles.push(place, row.role);
        let label = row.label.map_or(0, |label| {
            self.all_labels.push(label);
            u32::try_from(self.all_labels.len()).unwrap_or(0)
        });
        self.labels.push(place, label);
    }

    fn get(&self, place: usize) -> Participant<'_> {
        let label = self.labels.get(place).and_then(|behind| behind.checked_sub(1));
        let row = |import| Row { import, place: u32::try_from(place).unwrap_or(u32::MAX) };
        Participant {
            name: self.names.get(place),
            label: label.map(|label| self.all_labels.get(label as usize)),
            span: Some(Span { file: self.file, start: self.starts[place], end: self.ends[place] }),
            item: self.item,
            doc: None,
            role: self.roles.get(place).unwrap_or(RoleId(0)),
            company: None,
            given: &self.given,
            unlimited: &self.unlimited,
            row: self.import.map(row),
        }
    }

    fn finish(&mut self) {
        self.names.shrink_to_fit();
        self.all_labels.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.roles.shrink_to_fit();
        self.labels.shrink_to_fit();
    }
}

/// The participants of a model: those of the source one by one, those of tables in columns.
#[derive(Debug, Default)]
pub struct Participants(Runs<DeclaredParticipant, ParticipantRows>);

fn shown(at: At<'_, DeclaredParticipant, ParticipantRows>) -> Participant<'_> {
    match at {
        At::Source(one) => Participant {
            name: &one.declared.name,
            label: one.declared.label.as_deref(),
            span: one.declared.span,
            item: one.item,
            doc: one.doc.as_deref(),
            role: one.role,
            company: one.company,
            given: &one.given,
            unlimited: &one.unlimited,
            row: None,
        },
        At::Row(rows, place) => rows.get(place),
    }
}

impl Participants {
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many stand in tables.
    #[must_use]
    pub fn in_tables(&self) -> usize {
        self.0.in_tables()
    }

    /// Adds a participant of the source.
    pub fn push(&mut self, one: DeclaredParticipant) {
        self.0.push(one);
    }

    /// Adds what a row declares; with an import, whose rows are participants.
    pub fn push_row(&mut self, (import, item): (Option<ImportId>, Span), row: &ParticipantRow<'_>) {
        let is_of = |rows: &ParticipantRows| (rows.import, rows.item) == (import, item);
        self.0.push_row(is_of, || ParticipantRows::new((import, item), row.span.file), |rows| rows.push(row));
    }

    /// Gives back the memory that only growing needs.
    pub fn finish(&mut self) {
        self.0.tables_mut().for_each(ParticipantRows::finish);
    }

    /// The participant of an id.
    #[must_use]
    #[inline]
    pub fn get(&self, id: ParticipantId) -> Participant<'_> {
        shown(self.0.at(id.index()))
    }

    pub fn iter(&self) -> impl Iterator<Item = Participant<'_>> {
        self.0.all().map(shown)
    }

    /// A participant of the source, to be filled.
    pub fn declared(&mut self, id: ParticipantId) -> Option<&mut DeclaredParticipant> {
        self.0.declared(id.index())
    }

    /// The participants that are the rows of an import, to be filled; nothing where it has none.
    pub fn of_import(&mut self, import: ImportId) -> Option<&mut ParticipantRows> {
        self.0.tables_mut().find(|rows| rows.import == Some(import))
    }
}
