//! Rows of Parquet files, which have numbers and columns, and no lines.

use std::ops::Range;

use super::SourceFile;

/// Why a column of a Parquet file is not among those of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No import of this text names it.
    NotAsked,
    /// A group of columns.
    Nested,
    /// It has many values in a row.
    Repeated,
    /// Its values are of a kind that no cell has, by its name.
    Kind(String),
    /// Its values are packed in a way that is not read, by its name.
    Packed(String),
}

/// A column that a text does not have, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub name: String,
    pub why: Unread,
}

/// What a text was made of, where it is not what the bytes of its file say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A sheet of a workbook, by its name.
    Sheet(String),
    /// Columns of a Parquet file, whose rows begin on line 2.
    Columns(Vec<LeftOut>),
}

impl SourceFile {
    /// Columns of a Parquet file: its bytes, the rows as a text, and the columns that this does not have.
    #[must_use]
    pub fn of_columns(path: String, bytes: Vec<u8>, (text, left_out): (String, Vec<LeftOut>)) -> Self {
        Self { origin: Some(Origin::Columns(left_out)), bytes, ..Self::from_text(path, text) }
    }

    /// Whether lines are rows that are counted from the first below the names of columns.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        matches!(self.origin, Some(Origin::Columns(_)))
    }

    /// A line, from 0, as the number that people know it by, from 1.
    #[must_use]
    pub fn numbered(&self, line: usize) -> usize {
        if self.has_rows() { line.max(1) } else { line + 1 }
    }

    /// `row 14, column fee`; without the column, where a range has more than a cell.
    pub(super) fn row_at(&self, range: Range<usize>) -> Option<String> {
        let line = self.lines.line_of(range.start);
        let before = self.text.get(self.lines.start(line)..range.start)?;
        let (inside, names) = (self.text.get(range)?, self.text.lines().next()?);
        let row = if line == 0 { String::new() } else { format!("row {line}") };
        let (place, more) = (cells(before).len() - 1, cells(inside).len() > 1);
        Some(match cells(names).get(place).filter(|_| !more) {
            Some(name) => {
                let inner = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
                let name = inner.map_or_else(|| (*name).to_owned(), |inner| inner.replace("\"\"", "\""));
                format!("{row}{}column {name}", if line == 0 { "" } else { ", " })
            }
            None if line == 0 => "names of columns".to_owned(),
            None => row,
        })
    }
}

/// The cells of a line; one that holds a comma stands in quotes.
fn cells(line: &str) -> Vec<&str> {
    let mut quoted = false;
    line.split(|letter| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn rows_have_numbers_and_columns_names() {
        let text = "id,\"net, \"\"a\"\"\",fee\nx,1,2\n\"a,b\",3,4\n";
        let of =
            |text: &str| SourceFile::of_columns("t.parquet".to_owned(), vec![1], (text.to_owned(), vec![]));
        let file = of(text);
        let at = |part: &str| {
            let start = text.find(part).unwrap();
            file.cell_at(start..start + part.len()).unwrap()
        };
        assert_eq!(at("id"), "column id");
        assert_eq!(at("2"), "row 1, column fee");
        assert_eq!(at("\"a,b\""), "row 2, column id");
        assert_eq!(at("3"), "row 2, column net, \"a\"");
        assert_eq!(at("x,1,2"), "row 1");
        assert_eq!(file.position(text.find("4").unwrap()).line, 2);
        assert_eq!(file.bytes(), [1]);
    }
}
