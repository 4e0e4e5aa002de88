//! Loading the tables that imports name: texts as they are, and sheets of workbooks as texts.

use std::path::Path;

use super::attributes::value_span;
use super::faults;
use super::files::Loader;
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
        let kind = kind_of(&named);
        if let (Kind::Text, Some(sheet)) = (kind, &asked.sheet) {
            return Err(faults::sheet_of_text(&named, sheet.key));
        }
        if let (Kind::Workbook, Some(delimiter)) = (kind, asked.delimiter) {
            return Err(faults::delimiter_of_workbook(&named, delimiter));
        }
        let wanted = match &asked.sheet {
            Some(Sheet { name: None, value, .. }) => {
                return Err(faults::other_value("sheet", "the name of a sheet in quotes", *value));
            }
            Some(sheet) => sheet.name.clone(),
            None => None,
        };
        let key = (canonical, wanted);
        if let Some(known) = self.known_tables.get(&key) {
            return Ok(*known);
        }
        let source = match kind {
            Kind::Text => SourceFile::from_bytes(path, bytes),
            Kind::Workbook => workbook(path, bytes, (key.1.as_deref(), asked))?,
            Kind::Unread(what) => return Err(faults::table_not_read(&named, what, span)),
        };
        let id = self.sources.add(source);
        self.known_tables.insert(key, id);
        Ok(id)
    }
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

/// Without the feature a workbook is a format that is not read.
#[cfg(not(feature = "xlsx"))]
fn workbook(path: String, _: Vec<u8>, (_, asked): (Option<&str>, &Asked)) -> Result<SourceFile, Diagnostic> {
    Err(faults::table_not_read(
        &path,
        "a workbook, and this loopc is built without the feature `xlsx`",
        asked.path,
    ))
}
