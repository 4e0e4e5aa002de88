//! Attributes of an import that take a word or a column: names, ends, roles, media and tags.

use crate::model::{MediumId, ParticipantId, RoleId, Symbol, TagId, ValueKind};
use crate::resolve::names::Thing;
use crate::resolve::{Resolver, faults};
use crate::syntax;
use crate::syntax::ast::{Attribute, ExprKind, Name, Reference, Term, Value};
use crate::table::Table;

/// A text: the same for all rows, or a column's.
#[derive(Debug)]
pub(super) enum TextCell {
    Literal(String),
    Column(usize),
}

/// A declared word: the same for all rows, or whatever a column names.
#[derive(Clone, Copy, Debug)]
pub(super) enum WordCell<T> {
    Fixed(T),
    Column(usize),
}

/// A table, and the columns whose cells are alike in a group.
type Cells<'t> = (&'t Table, Option<&'t [usize]>);

impl Resolver<'_> {
    /// The column that a name stands for; a fault, where it could be a value of the model as well.
    ///
    /// In quotes it is a column or nothing.
    pub(super) fn column(&mut self, name: Name, table: &Table) -> Option<usize> {
        let spelled = self.spelled(name);
        let first = self.one_column(&spelled, name, table)?;
        let quoted = self.sources.text(name.span).starts_with('\'');
        if !quoted && let Some(kind) = self.kind_of_value(&spelled) {
            self.fault(faults::column_or_value(&spelled, kind, name.span));
            return None;
        }
        Some(first)
    }

    /// The first column of a name, if there is one; a second one is a fault.
    fn one_column(&mut self, spelled: &str, name: Name, table: &Table) -> Option<usize> {
        let places: Vec<usize> = table.named(spelled).collect();
        if places.len() > 1 {
            let source = self.sources.file(table.file);
            let headings = places.iter().map(|column| table.heading(source, *column)).collect();
            self.fault(faults::column_twice(spelled, name.span, headings));
        }
        places.first().copied()
    }

    /// What a value of the model is that an expression may name; a measure is none.
    fn kind_of_value(&self, name: &str) -> Option<&'static str> {
        match self.model.value(*self.names.values.get(name)?).kind {
            ValueKind::BuiltIn | ValueKind::Unit | ValueKind::DerivedUnit { .. } => Some("a unit"),
            ValueKind::Currency { .. } => Some("a currency"),
            ValueKind::Param(_) => Some("a param"),
            ValueKind::Measure { .. } => None,
        }
    }

    /// The same, where only a column can be meant.
    pub(super) fn only_column(&mut self, name: Name, (table, group): Cells<'_>) -> Option<usize> {
        let spelled = self.spelled(name);
        let found = self.one_column(&spelled, name, table);
        match found {
            None => self.fault(match table.unread(&spelled) {
                Some(why) => faults::column_not_read(&spelled, why, name.span),
                None => faults::unknown_column(&spelled, name.span, &table.names()),
            }),
            Some(column) if group.is_some_and(|group| !group.contains(&column)) => {
                self.fault(faults::column_of_group(&spelled, name.span));
            }
            Some(_) => {}
        }
        found
    }

    /// The one name that an attribute gives; `first(x)` of a group is `x`.
    fn cell_name<'b>(
        &mut self,
        attribute: &'b Attribute,
        wanted: &str,
        group: bool,
    ) -> Option<(&'b Name, bool)> {
        let term = self.one_term(attribute, wanted)?;
        if let ExprKind::Reference(reference) = &term.value.kind {
            match reference.arguments.as_deref() {
                None if reference.member.is_none() => return Some((&reference.name, false)),
                Some([of]) if group && self.spelled(reference.name) == "first" => {
                    if let ExprKind::Reference(inner) = &of.kind
                        && inner.arguments.is_none()
                        && inner.member.is_none()
                    {
                        return Some((&inner.name, true));
                    }
                }
                _ => {}
            }
        }
        let key = self.normal(attribute.key.span);
        self.fault(faults::other_value(&key, wanted, term.span));
        None
    }

    pub(super) fn text_cell(&mut self, attribute: &Attribute, cells: Cells<'_>) -> Option<TextCell> {
        if let Value::Terms(terms) = &attribute.value
            && let [Term { value, to: None, otherwise: None, .. }] = terms.as_slice()
            && matches!(value.kind, ExprKind::Text)
            && self.normal(attribute.key.span) == "label"
        {
            return Some(TextCell::Literal(syntax::unquoted(self.sources.text(value.span))));
        }
        let (name, first) = self.cell_name(attribute, "a column", cells.1.is_some())?;
        let cells = if first { (cells.0, None) } else { cells };
        self.only_column(*name, cells).map(TextCell::Column)
    }

    /// A word that is declared, or else a column.
    fn word_cell<T, K: Fn(&Self, &str) -> Option<T>>(
        &mut self,
        attribute: &Attribute,
        (wanted, known, symbol): (&str, K, fn(&T) -> Symbol),
        cells: Cells<'_>,
    ) -> Option<WordCell<T>> {
        let (name, first) = self.cell_name(attribute, wanted, cells.1.is_some())?;
        let spelled = self.spelled(*name);
        let quoted = self.sources.text(name.span).starts_with('\'');
        let is_column = cells.0.named(&spelled).next().is_some();
        match known(self, &spelled).filter(|_| !(first || quoted && is_column)) {
            Some(word) => {
                self.used(*name, symbol(&word));
                Some(WordCell::Fixed(word))
            }
            None => {
                let cells = if first { (cells.0, None) } else { cells };
                self.only_column(*name, cells).map(WordCell::Column)
            }
        }
    }

    pub(super) fn role_cell(&mut self, attribute: &Attribute, cells: Cells<'_>) -> Option<WordCell<RoleId>> {
        let known = |resolver: &Self, name: &str| resolver.names.roles.get(name).copied();
        self.word_cell(attribute, ("a role, or a column of roles", known, |id| Symbol::Role(*id)), cells)
    }

    pub(super) fn medium_cell(
        &mut self,
        attribute: &Attribute,
        cells: Cells<'_>,
    ) -> Option<WordCell<MediumId>> {
        let known = |resolver: &Self, name: &str| resolver.names.media.get(name).copied();
        self.word_cell(attribute, ("a medium, or a column of media", known, |id| Symbol::Medium(*id)), cells)
    }

    /// A column of participants' names, or else a participant: a table's columns come first.
    pub(super) fn participant_cell(
        &mut self,
        attribute: &Attribute,
        cells: Cells<'_>,
    ) -> Option<WordCell<ParticipantId>> {
        let known = |resolver: &Self, name: &str| match resolver.names.thing(name) {
            Some(Thing::Participant(id)) if cells.0.named(name).next().is_none() => Some(id),
            _ => None,
        };
        self.word_cell(attribute, ("a column, or a participant", known, |id| Symbol::Participant(*id)), cells)
    }

    /// Tags need no declaration: what is no column is a tag.
    pub(super) fn tag_cells(&mut self, attribute: &Attribute, cells: Cells<'_>) -> Vec<WordCell<TagId>> {
        let mut tags = Vec::new();
        let names: Vec<Name> = self
            .references(attribute, "names and columns")
            .into_iter()
            .filter(|reference: &&Reference| reference.member.is_none())
            .map(|reference| reference.name)
            .collect();
        for name in names {
            let spelled = self.spelled(name);
            if cells.0.named(&spelled).next().is_some() {
                tags.extend(self.only_column(name, cells).map(WordCell::Column));
            } else {
                let tag = self.tag(&spelled, name.span);
                self.used(name, Symbol::Tag(tag));
                tags.push(WordCell::Fixed(tag));
            }
        }
        tags
    }

    /// The columns of `group`.
    pub(super) fn group_columns(&mut self, attribute: &Attribute, table: &Table) -> Vec<usize> {
        let names: Vec<Name> =
            self.references(attribute, "columns").into_iter().map(|reference| reference.name).collect();
        names.into_iter().filter_map(|name| self.only_column(name, (table, None))).collect()
    }
}
