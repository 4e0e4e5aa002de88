//! Which format a table has, by the ending of its file.

/// The formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rows as text, whatever the ending.
    Text,
    /// A workbook, `.xlsx` or `.xlsm`.
    Workbook,
    /// Columns, `.parquet`.
    Parquet,
    /// A format that is not read, with its name and what to save instead.
    Unread(&'static str),
}

/// The format of a file.
#[must_use]
pub fn kind_of(path: &str) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    match ending.as_str() {
        "xlsx" | "xlsm" => Kind::Workbook,
        "xls" => Kind::Unread("a workbook of before 2007"),
        "xlsb" => Kind::Unread("a binary workbook"),
        "ods" => Kind::Unread("an OpenDocument sheet"),
        "numbers" => Kind::Unread("a Numbers sheet"),
        "parquet" => Kind::Parquet,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of};

    #[test]
    fn endings_tell_formats() {
        assert_eq!(kind_of("data.v2/fees.XLSX"), Kind::Workbook);
        assert_eq!(kind_of("data.xlsx/fees"), Kind::Text);
        assert_eq!(kind_of("fees.txt"), Kind::Text);
        assert_eq!(kind_of("fees.Parquet"), Kind::Parquet);
        assert!(matches!(kind_of("fees.ods"), Kind::Unread(_)));
    }
}
