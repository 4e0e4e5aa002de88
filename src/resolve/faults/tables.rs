//! Faults of tables: files, columns, rows and cells.

use super::suggest;
use crate::diagnostic::{Code, Diagnostic};
use crate::exact::cell::CellError;
use crate::source::Span;

/// The most letters of a cell that a message quotes.
const QUOTED: usize = 40;

/// What a cell says, as a message quotes it.
pub(super) fn quoted(cell: &str) -> String {
    match cell.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", &cell[..end]),
        None => format!("`{cell}`"),
    }
}

fn listed(columns: &[String]) -> String {
    const MOST: usize = 12;
    let names: Vec<String> = columns.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    let more = if columns.len() > MOST { ", …" } else { "" };
    format!("the columns are {}{more}", names.join(", "))
}

/// L0901
pub(in crate::resolve) fn unknown_column(name: &str, span: Span, columns: &[String]) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0901, format!("the table has no column `{name}`"))
        .label(span, "no column and no value has this name");
    let known = columns.iter().map(String::as_str);
    suggest(fault, (name, span), known).help(listed(columns))
}

/// L0902
pub(in crate::resolve) fn no_header(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0902, format!("`{path}` is empty: a table begins with the names of its columns"))
        .label(span, "imported here")
}

/// L0902
pub(in crate::resolve) fn table_not_text(path: &str, offset: usize, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0902, format!("`{path}` is not UTF-8: byte {offset} begins no character"))
        .label(span, "imported here")
        .help("save the table as UTF-8; spreadsheets call it “CSV UTF-8”")
}

/// L0903
pub(in crate::resolve) fn column_twice(name: &str, span: Span, headings: Vec<Span>) -> Diagnostic {
    Diagnostic::new(Code::L0903, format!("the table has {} columns called `{name}`", headings.len()))
        .label(span, "which of them?")
        .labels(headings.into_iter().map(|heading| (heading, "one of them".to_owned())))
        .help("give them names of their own in the table's first row")
}

/// L0904
pub(in crate::resolve) fn quote_never_closed(quote: Span, import: Span) -> Diagnostic {
    Diagnostic::new(Code::L0904, "a quote in the table is never closed")
        .label(quote, "the cell that begins here goes on to the end of the file")
        .label(import, "imported here")
        .help("inside quotes a quote is written twice: `\"\"`")
}

/// L0913
pub(in crate::resolve) fn misquoted(cell: Span) -> Diagnostic {
    Diagnostic::new(Code::L0913, "the quotes of a cell do not enclose it")
        .label(cell, "quotes begin a cell and end it, or are no quotes")
        .help("no space stands before the first quote, and inside a quote is written twice: `\"\"`")
}

/// L0902
pub(in crate::resolve) fn bare_returns(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0902, format!("the lines of `{path}` end with a carriage return alone"))
        .label(span, "imported here")
        .help("save the table with line ends as they are on Unix or Windows")
}

/// L0905
pub(in crate::resolve) fn ragged_row(found: usize, wanted: usize, row: Span) -> Diagnostic {
    let cells = if found == 1 { "1 cell".to_owned() } else { format!("{found} cells") };
    Diagnostic::new(Code::L0905, format!("the row has {cells}, and the table {wanted} columns"))
        .label(row, if found < wanted { "cells are missing" } else { "cells too many" })
        .help("a cell that holds the separator stands in quotes")
}

/// L0906
pub(in crate::resolve) fn no_number_in_cell(
    cell: &str,
    column: &str,
    why: CellError,
    (place, expression): (Span, Span),
) -> Diagnostic {
    let what = match why {
        CellError::Empty => format!("the cell in column `{column}` is empty, and a number is expected"),
        CellError::TooLarge => format!("the number in column `{column}` has too many digits"),
        CellError::Malformed => format!("{} in column `{column}` is no number", quoted(cell)),
    };
    let help = match why {
        CellError::Empty => Some("leave such rows out with `where:`, or fill the cell".to_owned()),
        CellError::TooLarge => None,
        CellError::Malformed => Some(number_help(cell)),
    };
    Diagnostic::new(Code::L0906, what)
        .label(place, "this cell")
        .label(expression, "its number is asked for here")
        .maybe_help(help)
}

/// How a cell that a person takes for a number would have to be written.
fn number_help(cell: &str) -> String {
    if cell.contains(',') && cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return "a number has a point and no commas: `1234.50`".to_owned();
    }
    if cell.starts_with('=') {
        return "the workbook has no result of this formula: open it in a spreadsheet and save it".to_owned();
    }
    if crate::table::is_no_value(cell) {
        return "mend the formula in the workbook, or leave such rows out with `where:`".to_owned();
    }
    if matches!(cell, "NaN" | "inf" | "-inf") {
        return "leave such rows out with `where:`, or write a number".to_owned();
    }
    if cell.ends_with('%') {
        return "write the share as a number, or divide the column by 100 where it is used".to_owned();
    }
    if cell.chars().any(|letter| letter.is_numeric() && !letter.is_ascii()) {
        return "digits are `0` to `9`".to_owned();
    }
    "numbers are written `1234.50`, `-3` or `1.5e6`; their unit stands in the import".to_owned()
}

/// L0907
pub(in crate::resolve) fn nothing_imported(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0907, format!("nothing is imported from `{path}`"))
        .label(span, "the table has no rows, or none that is asked for")
}

/// L0908
pub(in crate::resolve) fn empty_name(column: &str, cell: Span) -> Diagnostic {
    Diagnostic::new(Code::L0908, format!("the name in column `{column}` is empty")).label(cell, "this cell")
}

/// L0908
pub(in crate::resolve) fn control_in_name(column: &str, cell: Span) -> Diagnostic {
    Diagnostic::new(Code::L0908, format!("the name in column `{column}` has a control character"))
        .label(cell, "a line break or another character that no name has")
}

/// L0908
pub(in crate::resolve) fn reserved_in_table(name: &str, row: Span) -> Diagnostic {
    Diagnostic::new(
        Code::L0908,
        format!("`{name}` is a word of the language, and no param can have this name"),
    )
    .label(row, "this row")
}

/// L0202
pub(in crate::resolve) fn unknown_participant_in_cell<'a>(
    name: &str,
    cell: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0202, format!("unknown participant {}", quoted(name)))
        .label(cell, "no participant has this name");
    suggest(fault, (name, cell), known)
        .without_mend()
        .help("`role:` in the import declares those that only the table names")
}

/// L0404
pub(in crate::resolve) fn row_to_itself(name: String, from: Span, to: Span) -> Diagnostic {
    Diagnostic::new(Code::L0404, format!("the row goes from {} to itself", quoted(&name)))
        .label(from, "from here")
        .label(to, "to here")
        .help("`self: skip` in the import leaves such rows out")
}

/// L0909
pub(in crate::resolve) fn column_of_group(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0909, format!("the column `{name}` differs within a group"))
        .label(span, "which row's cell?")
        .help(format!("take a total, as in `sum({name})` or `first({name})`, or add the column to `group:`"))
}

/// L0909
pub(in crate::resolve) fn total_without_group(word: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0909, format!("`{word}` adds up the rows of a group, and there is none"))
        .label(span, "each row stands for itself here")
        .help("say which rows belong together: `group: from_column, to_column`")
}

/// L0909
pub(in crate::resolve) fn arguments_of_total(word: &str, span: Span) -> Diagnostic {
    let usage = if word == "count" { "count()".to_owned() } else { format!("{word}(column)") };
    Diagnostic::new(Code::L0909, format!("`{word}` of a group is written `{usage}`"))
        .label(span, "other arguments than it takes")
}

/// L0910
pub(in crate::resolve) fn column_or_value(name: &str, kind: &str, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::L0910, format!("`{name}` is a column of the table and {kind}"))
        .label(span, "which of the two?")
        .help(format!("the column is written in quotes: `'{name}'`"));
    if kind == "a unit" || kind == "a currency" {
        fault.help(format!("the unit is written `1 {name}`"))
    } else {
        fault
    }
}

/// L0415
pub(in crate::resolve) fn unit_of_row(unit: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "cells are bare numbers, and so is what they are compared with")
        .label(span, "a number with a unit")
        .help(format!("leave `{unit}` out: units belong to the values of the import"))
}

/// L0415
pub(in crate::resolve) fn no_number_of_row(span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0415, "expected a number made of columns and numbers")
        .label(span, "something else")
        .help("columns, numbers, `+`, `-`, `*`, `/` and parentheses may stand here")
}

/// L0307
pub(in crate::resolve) fn row_divides_by_zero(expression: Span, row: Span) -> Diagnostic {
    Diagnostic::new(Code::L0307, "division by zero")
        .label(row, "in this row")
        .label(expression, "a divisor here is 0")
}

/// L0308
pub(in crate::resolve) fn row_too_large(expression: Span, row: Span) -> Diagnostic {
    Diagnostic::new(Code::L0308, "a number of this row has too many digits")
        .label(row, "in this row")
        .label(expression, "computed here")
}

/// L0418
pub(in crate::resolve) fn missing_in_import(kind: &str, key: &str, span: Span) -> Diagnostic {
    let example = match key {
        "role" => "role: business",
        "medium" => "medium: cash",
        "value" => "value: some_column * CNY",
        _ => "",
    };
    let help = if example.is_empty() {
        format!("say which column it is: `{key}: some_column`")
    } else {
        format!("for example `{example}`")
    };
    Diagnostic::new(Code::L0418, format!("{kind} needs a `{key}:`"))
        .label(span, format!("`{key}:` is missing"))
        .help(help)
}

/// L0403
pub(in crate::resolve) fn not_from_tables(key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::L0403, format!("flows of a table have no `{key}`"))
        .label(span, "not an attribute of an import")
        .help("declare such flows in the source; their participants may come from tables")
}

/// L0911
pub(in crate::resolve) fn bad_rows(
    path: &str,
    span: Span,
    (bad, rows, shown): (usize, usize, usize),
) -> Diagnostic {
    Diagnostic::new(Code::L0911, format!("{bad} of {rows} rows of `{path}` are bad"))
        .label(span, format!("the first {shown} are shown"))
        .help(format!("`--max-bad-rows {bad}` would leave them out, and say so"))
}

/// L0912
pub(in crate::resolve) fn rows_left_out(path: &str, span: Span, (bad, rows): (usize, usize)) -> Diagnostic {
    let them = if bad == 1 { "it is" } else { "they are" };
    Diagnostic::new(Code::L0912, format!("{bad} of {rows} rows of `{path}` left out"))
        .label(span, format!("{them} bad, and `--max-bad-rows` allows for it"))
}
