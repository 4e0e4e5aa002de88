//! Loading the tables that imports name: texts as they are, and sheets of workbooks and columns of Parquet files as texts.

use std::collections::BTreeSet;
use std::path::Path;

use super::attributes::value_span;
use super::faults;
use super::files::Loader;
use super::import::names_of;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, LoadFault, SourceFile, Sources, Span};
use crate::syntax::ast::{Attribute, ExprKind, Import, Value};
use crate::syntax::unquoted;
use crate::table::{Kind, kind_of};

/// What an import says of its table before its rows are read.
pub(super) struct Asked {
    path: Span,
    sheet: Option<Sheet>,
    delimiter: Option<Span>,
    /// What may be names of columns.
    names: BTreeSet<String>,
}

/// What is read of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    All,
    /// A sheet of this name; the first, where none is given.
    Sheet(Option<String>),
    /// The columns of these names.
    Columns(BTreeSet<String>),
}

/// `sheet: "Fees"`
struct Sheet {
    key: Span,
    value: Span,
    /// Nothing, where it is no text.
    name: Option<String>,
}

impl Asked {
    pub fn of(import: &Import, sources: &Sources) -> Self {
        let given = |key: &str| import.attributes.iter().find(|one| sources.text(one.key.span) == key);
        let sheet = |attribute: &Attribute| Sheet {
            key: attribute.key.span,
            value: value_span(attribute),
            name: text_of(attribute).map(|span| unquoted(sources.text(span))),
        };
        Self {
            path: import.path.span,
            sheet: given("sheet").map(sheet),
            delimiter: given("delimiter").map(|attribute| attribute.key.span),
            names: if is_parquet(import, sources) { names_of(import, sources) } else { BTreeSet::new() },
        }
    }
}

/// Where the one text in quotes stands that an attribute has.
fn text_of(attribute: &Attribute) -> Option<Span> {
    match &attribute.value {
        Value::Terms(terms) => match terms.as_slice() {
            [term] if term.to.is_none() && term.otherwise.is_none() => {
                matches!(term.value.kind, ExprKind::Text).then_some(term.value.span)
            }
            _ => None,
        },
        Value::Block(_) => None,
    }
}

impl Loader<'_> {
    /// A table is read once, however many imports name it; of a workbook so is each sheet.
    pub(super) fn table(&mut self, asked: &Asked) {
        match self.table_file(asked) {
            Ok(id) => drop(self.loaded.tables.insert(asked.path, id)),
            Err(fault) => {
                self.loaded.incomplete = true;
                self.faults.push(fault);
            }
        }
    }

    fn table_file(&mut self, asked: &Asked) -> Result<FileId, Diagnostic> {
        let span = asked.path;
        let named = unquoted(self.sources.text(span));
        let user = self.sources.file(span.file).path.clone();
        let (canonical, path, bytes) =
            self.project.bytes(self.files, Path::new(&user), &named).map_err(|fault| match fault {
                LoadFault::Outside => faults::use_outside(&named, span),
                LoadFault::Unreadable(fault) => faults::use_unreadable(&named, &fault, span),
            })?;
        let key = (canonical, asked.part(&named)?);
        if let Some(known) = self.known_tables.get(&key) {
            return Ok(*known);
        }
        let source = match (kind_of(&named), &key.1) {
            (Kind::Unread(what), _) => return Err(faults::table_not_read(&named, what, span)),
            (Kind::Workbook, Part::Sheet(wanted)) => workbook(path, bytes, (wanted.as_deref(), asked))?,
            (Kind::Parquet, Part::Columns(names)) => parquet(path, bytes, (names, span))?,
            _ => SourceFile::from_bytes(path, bytes),
        };
        let id = self.sources.add(source);
        self.known_tables.insert(key, id);
        Ok(id)
    }
}

impl Asked {
    /// What is read of a file; a fault, where more is said of it than there is in such a file.
    fn part(&self, named: &str) -> Result<Part, Diagnostic> {
        let kind = kind_of(named);
        let what = if kind == Kind::Parquet { "a Parquet file" } else { "a text of rows" };
        if let (Kind::Text | Kind::Parquet, Some(sheet)) = (kind, &self.sheet) {
            return Err(faults::no_sheets(named, what, sheet.key));
        }
        let what = if kind == Kind::Parquet { what } else { "a workbook" };
        if let (Kind::Workbook | Kind::Parquet, Some(delimiter)) = (kind, self.delimiter) {
            return Err(faults::no_delimiter(named, what, delimiter));
        }
        Ok(match (kind, &self.sheet) {
            (_, Some(Sheet { name: None, value, .. })) => {
                return Err(faults::other_value("sheet", "the name of a sheet in quotes", *value));
            }
            (Kind::Workbook, sheet) => Part::Sheet(sheet.as_ref().and_then(|sheet| sheet.name.clone())),
            (Kind::Parquet, _) => Part::Columns(self.names.clone()),
            (Kind::Text | Kind::Unread(_), _) => Part::All,
        })
    }
}

fn is_parquet(import: &Import, sources: &Sources) -> bool {
    kind_of(&unquoted(sources.text(import.path.span))) == Kind::Parquet
}

/// The sheet of a workbook that is asked for.
#[cfg(feature = "xlsx")]
fn workbook(
    path: String,
    bytes: Vec<u8>,
    (wanted, asked): (Option<&str>, &Asked),
) -> Result<SourceFile, Diagnostic> {
    use crate::table::WorkbookFault;
    let read = crate::table::sheet(&bytes, wanted).map_err(|fault| match (fault, &asked.sheet) {
        (WorkbookFault::NoSheet(known), Some(sheet)) => {
            faults::unknown_sheet(wanted.unwrap_or(""), sheet.value, &known)
        }
        (fault, _) => faults::no_workbook(&path, &fault, asked.path),
    })?;
    Ok(SourceFile::of_sheet(path, bytes, (read.name, read.text)))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(path: String, _: Vec<u8>, (_, asked): (Option<&str>, &Asked)) -> Result<SourceFile, Diagnostic> {
    Err(faults::table_not_built(&path, ("a workbook", "xlsx"), asked.path))
}

/// The columns of a Parquet file that are asked for.
#[cfg(feature = "parquet")]
fn parquet(
    path: String,
    bytes: Vec<u8>,
    (names, span): (&BTreeSet<String>, Span),
) -> Result<SourceFile, Diagnostic> {
    let read = crate::table::columns(&bytes, names);
    let read = read.map_err(|fault| faults::no_parquet(&path, &fault, span))?;
    Ok(SourceFile::of_columns(path, bytes, (read.text, read.left_out)))
}

#[cfg(not(feature = "parquet"))]
fn parquet(path: String, _: Vec<u8>, (_, span): (&BTreeSet<String>, Span)) -> Result<SourceFile, Diagnostic> {
    Err(faults::table_not_built(&path, ("a Parquet file", "parquet"), span))
}
