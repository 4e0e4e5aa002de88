//! Reading a table: each row that is kept becomes a participant, a flow or a param.

use std::sync::Arc;

use super::bad::{BadRows, row_fault};
use super::fill::Scope;
use super::group::Groups;
use super::plan::{Plan, What};
use super::row::{self, CellNumber, RowFault};
use super::{Read, Rows};
use crate::diagnostic::Diagnostic;
use crate::exact::{Numbers, Rational};
use crate::model::{FlowRows, ImportId};
use crate::resolve::attributes::value_span;
use crate::resolve::{Resolver, faults};
use crate::source::{SourceFile, Span};
use crate::syntax;
use crate::syntax::ast::{ExprKind, Import, ImportKind, Term, Value};
use crate::table::{Row, Table, TableFault};

/// An import while its table is read.
pub(super) struct Reading<'a> {
    pub import: &'a Import,
    pub item: Span,
    pub id: ImportId,
    pub plan: &'a Plan,
    pub table: &'a Table,
    pub source: &'a SourceFile,
    /// What names of rows begin with that are given none.
    pub stem: String,
}

impl Reading<'_> {
    /// Where a row stands.
    pub fn place(&self, row: &Row) -> Span {
        Span::new(self.table.file, row.range())
    }

    fn fault(&self, fault: RowFault, row: &Row, expression: Span) -> Diagnostic {
        row_fault(fault, (self.table, self.source), row, expression)
    }

    /// Whether a row is asked for.
    fn admits(&self, row: &Row) -> Result<bool, RowFault> {
        self.plan.condition.as_ref().map_or(Ok(true), |condition| condition.holds(row))
    }

    /// The numbers that are asked of a row, or of the rows of its group.
    fn numbers(
        &self,
        row: &Row,
        totals: Option<(&[Rational], usize)>,
    ) -> Result<Vec<CellNumber>, (RowFault, Span)> {
        let mut numbers = Vec::with_capacity(self.plan.asked.len());
        for (place, asked) in self.plan.asked.iter().enumerate() {
            numbers.push(match (&asked.what, totals) {
                (What::Column(column), _) => row::read(row, *column).map_err(|fault| (fault, asked.span))?,
                (What::Total(total), Some((totals, rows))) => {
                    CellNumber::Exact(total.ended(totals.get(place).cloned().unwrap_or_default(), rows))
                }
                // Totals are of groups: no plan without one asks for any.
                (What::Total(_), None) => CellNumber::Exact(Rational::ZERO),
            });
        }
        Ok(numbers)
    }
}

impl Resolver<'_> {
    /// Reads the table of an import; what it declares is declared, but for flows, which wait in [`super::Tables`].
    pub(in crate::resolve) fn read_import(&mut self, import: &Import, item: Span) {
        let before = self.faults.len();
        self.read_table(import, item);
        self.tables.incomplete |= self.faults[before..].iter().any(Diagnostic::is_error);
    }

    fn read_table(&mut self, import: &Import, item: Span) {
        let Some(file) = self.tables.files.get(&import.path.span).copied() else { return };
        let source = self.sources.file(file);
        let path = import.path.span;
        let table = match self.delimiter(import).and_then(|delimiter| {
            Table::of(file, source, delimiter).map_err(|fault| match fault {
                TableFault::NoHeader => faults::no_header(&source.path, path),
                TableFault::Unclosed(quote) => faults::quote_never_closed(quote, path),
                TableFault::BareReturns => faults::bare_returns(&source.path, path),
                TableFault::NotText(offset) => faults::table_not_text(&source.path, offset, path),
            })
        }) {
            Ok(table) => table,
            Err(fault) => return self.fault(fault),
        };
        let Some(plan) = self.plan(import, item, &table) else { return };
        let id = ImportId::at(self.model.imports.len());
        let columns = vec![Numbers::default(); plan.asked.len()];
        let blank = crate::model::Import { item, path, file, given: Arc::from([]), columns };
        self.model.imports.push(blank);
        let stem = self.tables.stems.get(&path).cloned().unwrap_or_default();
        let reading = Reading { import, item, id, plan: &plan, table: &table, source, stem };
        let before = self.faults.len();
        let rows = self.read_rows(&reading);
        let made = rows.participants + rows.flows.as_ref().map_or(0, FlowRows::len) + rows.params.len();
        if made == 0 && self.faults.len() == before {
            self.fault(faults::nothing_imported(&source.path, path));
        }
        self.model.imports[id.index()].columns = rows.columns;
        let scope = Scope::of(&plan, &table);
        self.tables.read.insert(path, Read { id, scope, flows: rows.flows, params: rows.params });
    }

    /// The delimiter that is given, if one is.
    fn delimiter(&mut self, import: &Import) -> Result<Option<u8>, Diagnostic> {
        let given = import.attributes.iter().find(|one| self.normal(one.key.span) == "delimiter");
        let Some(attribute) = given else { return Ok(None) };
        let wrong =
            || faults::other_value("delimiter", "one letter in quotes, as in `\";\"`", value_span(attribute));
        match &attribute.value {
            Value::Terms(terms) => match terms.as_slice() {
                [Term { value, to: None, otherwise: None, .. }] if matches!(value.kind, ExprKind::Text) => {
                    match syntax::unquoted(self.sources.text(value.span)).as_bytes() {
                        [b'\\', b't'] => Ok(Some(b'\t')),
                        [one] if !one.is_ascii_alphanumeric() && !matches!(one, b'"' | b'\n' | b'\r') => {
                            Ok(Some(*one))
                        }
                        _ => Err(wrong()),
                    }
                }
                _ => Err(wrong()),
            },
            Value::Block(_) => Err(wrong()),
        }
    }

    fn read_rows(&mut self, reading: &Reading<'_>) -> Rows {
        let mut made =
            Rows { columns: vec![Numbers::default(); reading.plan.asked.len()], ..Rows::default() };
        if reading.import.kind == ImportKind::Flows {
            let stem = reading.plan.name.is_none().then(|| reading.stem.clone());
            made.flows = Some(FlowRows::new(reading.id, (reading.table.file, reading.item), stem));
        }
        let mut bad = BadRows::default();
        let mut groups = Groups::default();
        let (mut rows, mut row, mut count) = (reading.table.rows(reading.source), Row::default(), 0);
        while rows.read(&mut row) {
            count += 1;
            self.tables.progress.advance(row.range().len() as u64 + 1);
            if let Some(quote) = reading.table.unclosed(reading.source, &row) {
                self.fault(faults::quote_never_closed(quote, reading.import.path.span));
                break;
            }
            if row.count() != reading.table.columns.len() {
                let (found, wanted) = (row.count(), reading.table.columns.len());
                bad.add(1, || faults::ragged_row(found, wanted, reading.place(&row)));
                continue;
            }
            if let Some(place) = reading.table.misquoted(reading.source, &row) {
                bad.add(1, || faults::misquoted(place));
                continue;
            }
            match reading.admits(&row) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(fault) => {
                    bad.add(1, || reading.fault(fault, &row, reading.plan.asks.unwrap_or(reading.item)));
                    continue;
                }
            }
            let taken = match &reading.plan.group {
                Some(_) => groups
                    .add(reading.plan, &row)
                    .map_err(|(fault, span)| Box::new(reading.fault(fault, &row, span))),
                None => self.take(reading, &row, None, &mut made),
            };
            if let Err(fault) = taken {
                bad.add(1, || *fault);
            }
        }
        for group in groups.all {
            let totals = Some((group.totals.as_slice(), group.rows));
            if let Err(fault) = self.take(reading, &group.first, totals, &mut made) {
                bad.add(group.rows, || *fault);
            }
        }
        made.columns.iter_mut().for_each(Numbers::shrink_to_fit);
        let path = (reading.source.path.as_str(), reading.import.path.span);
        let most = self.tables.most_bad;
        self.faults.extend(bad.told(path, count, most));
        made
    }

    /// Makes what a row, or the first row of a group, stands for; nothing where it is left out.
    fn take(
        &mut self,
        reading: &Reading<'_>,
        row: &Row,
        totals: Option<(&[Rational], usize)>,
        made: &mut Rows,
    ) -> Result<(), Box<Diagnostic>> {
        let numbers = reading
            .numbers(row, totals)
            .map_err(|(fault, span)| Box::new(reading.fault(fault, row, span)))?;
        let kept = match reading.import.kind {
            ImportKind::Participants => self.make_participant(reading, row, made)?,
            ImportKind::Flows => self.make_flow(reading, row, made)?,
            ImportKind::Params => self.make_param(reading, row, made)?,
        };
        if kept {
            for (column, one) in made.columns.iter_mut().zip(numbers) {
                match one {
                    CellNumber::Short(short) => column.push_short(short),
                    CellNumber::Exact(number) => column.push(number),
                }
            }
        }
        Ok(())
    }
}
