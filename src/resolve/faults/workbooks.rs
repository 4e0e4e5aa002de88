//! Faults of workbooks: formats, sheets, and cells without a value.

#[cfg(feature = "xlsx")]
use super::suggest;
use super::tables::quoted;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// L0914
pub(in crate::resolve) fn table_not_read(path: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0914, format!("`{path}` is {what}: tables of this format are not read"))
        .label(span, "imported here")
        .help("save the table as CSV in UTF-8, or as `.xlsx`")
}

/// L0914
#[cfg(not(all(feature = "xlsx", feature = "parquet")))]
pub(in crate::resolve) fn table_not_built(
    path: &str,
    (what, feature): (&str, &str),
    span: Span,
) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::L0914,
        format!("`{path}` is {what}, and this loopc is built without the feature `{feature}`"),
    );
    fault
        .label(span, "imported here")
        .help(format!("build loopc with it: `cargo install --path . --features {feature}`"))
        .help("or save the table as CSV in UTF-8")
}

/// L0902
#[cfg(feature = "xlsx")]
pub(in crate::resolve) fn no_workbook(
    path: &str,
    fault: &crate::table::WorkbookFault,
    span: Span,
) -> Diagnostic {
    use crate::table::WorkbookFault as Fault;
    let (what, help) = match fault {
        Fault::NoArchive => {
            ("is no workbook, or not a whole one", "a text of rows has a name that ends in `.csv`")
        }
        Fault::Locked => {
            ("is behind a password, or of before 2007", "save the workbook without a password, as `.xlsx`")
        }
        Fault::NoWorkbook => ("is an archive, and no workbook", "save the workbook as `.xlsx`"),
        Fault::Damaged => ("is damaged", "open the workbook in a spreadsheet and save it again"),
        Fault::TooLarge => ("unpacks to more than 1 GiB", "save the sheet as CSV, or divide it"),
        Fault::NoSheet(_) => ("has no sheet with cells", "a table stands in a sheet of cells"),
    };
    Diagnostic::new(Code::L0902, format!("`{path}` {what}")).label(span, "imported here").help(help)
}

/// L0915
#[cfg(feature = "xlsx")]
pub(in crate::resolve) fn unknown_sheet(name: &str, span: Span, known: &[String]) -> Diagnostic {
    const MOST: usize = 12;
    let fault = Diagnostic::new(Code::L0915, format!("the workbook has no sheet {}", quoted(name)))
        .label(span, "no sheet has this name");
    let names: Vec<String> = known.iter().take(MOST).map(|name| quoted(name)).collect();
    let more = if known.len() > MOST { ", …" } else { "" };
    let fault = suggest(fault, (name, span), known.iter().map(String::as_str)).without_mend();
    fault.help(format!("the sheets are {}{more}", names.join(", ")))
}

/// L0403
pub(in crate::resolve) fn no_sheets(path: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, format!("`{path}` has no sheets: it is {what}"))
        .label(span, "sheets are of workbooks, `.xlsx`")
}

/// L0403
pub(in crate::resolve) fn no_delimiter(path: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, format!("`{path}` has no delimiter: it is {what}"))
        .label(span, "delimiters are of texts")
}

/// L0908
pub(in crate::resolve) fn no_value_for_name(cell: &str, column: &str, place: Span) -> Diagnostic {
    let (what, help) = if cell.starts_with('=') {
        ("a formula without its result", "open the workbook in a spreadsheet and save it")
    } else {
        ("an error", "mend the formula, or leave such rows out with `where:`")
    };
    Diagnostic::new(Code::L0908, format!("{} in column `{column}` is {what}, and no name", quoted(cell)))
        .label(place, "this cell")
        .help(help)
}
