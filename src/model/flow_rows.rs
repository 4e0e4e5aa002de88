//! The flows of a table: columns, not objects. A network has a million of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::runs::Counted;
use super::{Column, Flow, Given, ImportId, MediumId, Name, ParticipantId, Row, TagId, Texts};
use crate::source::{FileId, Span};

/// The flows that the rows of one import are, in the order of the rows.
///
/// Invariant: every column has a value for each row.
#[derive(Debug)]
pub struct FlowRows {
    import: ImportId,
    /// The table.
    file: FileId,
    /// The whole declaration of the import.
    item: Span,
    /// Shared by all rows.
    pub given: Arc<[Given]>,
    /// Where `integral: yes` stands.
    pub integral: Option<Span>,
    /// What rows are called by with their lines; nothing where they have names of their own.
    stem: Option<String>,
    lines: Vec<u32>,
    names: Texts,
    /// Where each row stands in the table.
    starts: Vec<u32>,
    ends: Vec<u32>,
    labels: Column<u32>,
    tags: Column<u32>,
    medium: Column<MediumId>,
    tail: Column<ParticipantId>,
    head: Column<ParticipantId>,
    payer: Column<Option<ParticipantId>>,
    earner: Column<Option<ParticipantId>>,
    /// Labels and lists of tags, each once. Invariant: the first label is none, and so is the first list.
    all_labels: Texts,
    all_tags: Vec<Vec<TagId>>,
    known_labels: BTreeMap<String, u32>,
    known_tags: BTreeMap<Vec<TagId>, u32>,
}

/// What a row says of its flow.
#[derive(Debug)]
pub struct FlowRow<'a> {
    /// Its name, where rows have names of their own.
    pub name: &'a str,
    pub line: usize,
    /// Where it stands in the table.
    pub span: Span,
    pub label: Option<String>,
    pub medium: MediumId,
    pub tail: ParticipantId,
    pub head: ParticipantId,
    pub payer: Option<ParticipantId>,
    pub earner: Option<ParticipantId>,
    pub tags: Vec<TagId>,
}

impl Counted for FlowRows {
    fn count(&self) -> usize {
        self.len()
    }
}

impl FlowRows {
    /// No flow yet. With a stem, rows are called by it and their lines.
    #[must_use]
    pub fn new(import: ImportId, (file, item): (FileId, Span), stem: Option<String>) -> Self {
        let mut all_labels = Texts::default();
        all_labels.push("");
        Self {
            import,
            file,
            item,
            given: Arc::from([]),
            integral: None,
            stem,
            lines: Vec::new(),
            names: Texts::default(),
            starts: Vec::new(),
            ends: Vec::new(),
            labels: Column::default(),
            tags: Column::default(),
            medium: Column::default(),
            tail: Column::default(),
            head: Column::default(),
            payer: Column::default(),
            earner: Column::default(),
            all_labels,
            all_tags: vec![Vec::new()],
            known_labels: BTreeMap::new(),
            known_tags: BTreeMap::new(),
        }
    }

    #[must_use]
    pub const fn import(&self) -> ImportId {
        self.import
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// What rows are called by with their lines, and those lines, in order; nothing where they have names.
    #[must_use]
    pub fn by_line(&self) -> Option<(&str, &[u32])> {
        self.stem.as_deref().map(|stem| (stem, self.lines.as_slice()))
    }

    pub fn push(&mut self, row: FlowRow<'_>) {
        let place = self.len();
        if self.stem.is_some() {
            self.lines.push(u32::try_from(row.line).unwrap_or(u32::MAX));
        } else {
            self.names.push(row.name);
        }
        self.starts.push(row.span.start);
        self.ends.push(row.span.end);
        self.medium.push(place, row.medium);
        self.tail.push(place, row.tail);
        self.head.push(place, row.head);
        self.payer.push(place, row.payer);
        self.earner.push(place, row.earner);
        let label = row.label.map_or(0, |label| self.label(label));
        self.labels.push(place, label);
        let tags = if row.tags.is_empty() { 0 } else { self.tag_list(row.tags) };
        self.tags.push(place, tags);
    }

    fn label(&mut self, label: String) -> u32 {
        let all = &mut self.all_labels;
        *self.known_labels.entry(label).or_insert_with_key(|label| {
            all.push(label);
            u32::try_from(all.len() - 1).unwrap_or(0)
        })
    }

    fn tag_list(&mut self, tags: Vec<TagId>) -> u32 {
        let all = &mut self.all_tags;
        *self.known_tags.entry(tags).or_insert_with_key(|tags| {
            all.push(tags.clone());
            u32::try_from(all.len() - 1).unwrap_or(0)
        })
    }

    /// Gives back the memory that only growing needs.
    pub fn finish(&mut self) {
        (self.known_labels, self.known_tags) = (BTreeMap::new(), BTreeMap::new());
        for list in [&mut self.lines, &mut self.starts, &mut self.ends] {
            list.shrink_to_fit();
        }
        self.names.shrink_to_fit();
        self.tail.shrink_to_fit();
        self.head.shrink_to_fit();
    }

    /// The flow of a row. Invariant asked of the caller: there is such a row.
    #[must_use]
    #[inline]
    pub fn get(&self, place: usize) -> Flow<'_> {
        let name = match &self.stem {
            Some(stem) => Name::Line(stem, self.lines[place]),
            None => Name::Own(self.names.get(place)),
        };
        let label = self.labels.get(place).filter(|label| *label > 0);
        let tags = self.tags.get(place).unwrap_or(0) as usize;
        Flow {
            name,
            label: label.map(|label| self.all_labels.get(label as usize)),
            span: Some(Span { file: self.file, start: self.starts[place], end: self.ends[place] }),
            item: self.item,
            doc: None,
            medium: self.medium.get(place).unwrap_or(MediumId(0)),
            tail: self.tail.get(place).unwrap_or(ParticipantId(0)),
            head: self.head.get(place).unwrap_or(ParticipantId(0)),
            via: &[],
            given: &self.given,
            payer: self.payer.get(place).flatten(),
            earner: self.earner.get(place).flatten(),
            rest: None,
            rides: None,
            tags: self.all_tags.get(tags).map_or(&[], Vec::as_slice),
            integral: self.integral,
            chain: None,
            row: Some(Row { import: self.import, place: u32::try_from(place).unwrap_or(u32::MAX) }),
        }
    }
}
