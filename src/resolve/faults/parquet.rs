//! Faults of Parquet files: what is no such file, and columns that are not read.

#[cfg(feature = "parquet")]
use super::tables::quoted;
use crate::diagnostic::{Code, Diagnostic};
#[cfg(feature = "parquet")]
use crate::source::Span;
use crate::source::Unread;

/// L0902, L0914
#[cfg(feature = "parquet")]
pub(in crate::resolve) fn no_parquet(
    path: &str,
    fault: &crate::table::ParquetFault,
    span: Span,
) -> Diagnostic {
    use crate::table::ParquetFault as Fault;
    let again = "write it again with the program that it is from";
    let (code, what, help) = match fault {
        Fault::NoParquet => (
            Code::L0902,
            "is no Parquet file, or not a whole one".to_owned(),
            "a text of rows has a name that ends in `.csv`",
        ),
        Fault::Locked => (Code::L0914, "is encrypted".to_owned(), "write the table without encryption"),
        Fault::Elsewhere => {
            (Code::L0914, "has its values in other files".to_owned(), "import the files that it names")
        }
        Fault::Damaged => (Code::L0902, "is damaged".to_owned(), again),
        Fault::TooLarge => (
            Code::L0902,
            "unpacks to more than 1 GiB".to_owned(),
            "divide the table, or leave columns out that the import need not name",
        ),
        Fault::Encoding(name) => (
            Code::L0914,
            format!("writes values as {name}: tables of this format are not read"),
            "write the table with plain values or a dictionary",
        ),
        Fault::NotText(row, column) => {
            let column = quoted(column);
            (Code::L0902, format!("is no text in row {row}, column {column}"), "text is UTF-8")
        }
        Fault::NoColumn(None) => (Code::L0902, "has no columns".to_owned(), again),
        Fault::NoColumn(Some((name, why))) => {
            let what = format!("has no column that is read: {} {}", quoted(name), form(why));
            (Code::L0914, what, mend(why))
        }
    };
    Diagnostic::new(code, format!("`{path}` {what}")).label(span, "imported here").help(help)
}

/// What a column is that is not read.
fn form(why: &Unread) -> String {
    match why {
        Unread::NotAsked => "is not asked for".to_owned(),
        Unread::Nested => "is a group of columns".to_owned(),
        Unread::Repeated => "has lists of values".to_owned(),
        Unread::Kind(name) => format!("has values of the type {name}"),
        Unread::Packed(name) => format!("is packed with {name}"),
    }
}

const fn mend(why: &Unread) -> &'static str {
    match why {
        Unread::Packed(_) => "write the table with Snappy or gzip, or unpacked",
        _ => "write what is needed of it as a column of its own, of numbers, texts or dates",
    }
}

/// L0914
pub(in crate::resolve) fn column_not_read(name: &str, why: &Unread, span: crate::source::Span) -> Diagnostic {
    Diagnostic::new(
        Code::L0914,
        format!("the column `{name}` {}: columns of this form are not read", form(why)),
    )
    .label(span, "named here")
    .help(mend(why))
}
