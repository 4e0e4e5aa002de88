//! Places in sheets of workbooks, as spreadsheets call them.

use std::ops::Range;

use super::{Origin, SourceFile};

impl SourceFile {
    /// The cell that stands at a range: `Fees!C14`, or `row 14, column fee`; nothing, where this is a text.
    #[must_use]
    pub fn cell_at(&self, range: Range<usize>) -> Option<String> {
        match self.origin.as_ref()? {
            Origin::Sheet(sheet) => self.cell_of(sheet, range.start),
            Origin::Columns(_) => self.row_at(range),
        }
    }

    /// The file with the cell that stands at a range, as a message names them: `fees.xlsx:Fees!C14`, where `:` stands
    /// between, and `fees.parquet: row 14, column fee`.
    #[must_use]
    pub fn place_at(&self, range: Range<usize>, between: char) -> Option<String> {
        let cell = self.cell_at(range)?;
        let between = if self.has_rows() { ": ".to_owned() } else { between.to_string() };
        Some(format!("{}{between}{cell}", self.path))
    }

    fn cell_of(&self, sheet: &str, offset: usize) -> Option<String> {
        let line = self.lines.line_of(offset);
        let before = self.text.get(self.lines.start(line)..offset)?;
        // Cells are those of a text with commas; one that holds a comma stands in quotes.
        let (mut column, mut quoted) = (0_usize, false);
        for byte in before.bytes() {
            quoted ^= byte == b'"';
            column += usize::from(byte == b',' && !quoted);
        }
        Some(format!("{}!{}{}", named(sheet), letters(column), line + 1))
    }
}

fn named(sheet: &str) -> String {
    let plain = sheet.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) }
}

/// The letters of a column, from 0: `A` to `Z`, then `AA`.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(place) = rest {
        letters.push(char::from(b'A' + u8::try_from(place % 26).unwrap_or(0)));
        rest = (place / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn cells_have_their_names() {
        let text = "\na,\"b,\"\"c\",d\n";
        let sheet =
            SourceFile::of_sheet("t.xlsx".to_owned(), Vec::new(), ("My fees".to_owned(), text.to_owned()));
        assert_eq!(sheet.cell_at(1..1).as_deref(), Some("'My fees'!A2"));
        assert_eq!(sheet.cell_at(3..3).as_deref(), Some("'My fees'!B2"));
        assert_eq!(sheet.cell_at(11..11).as_deref(), Some("'My fees'!C2"));
        assert_eq!(super::letters(25), "Z");
        assert_eq!(super::letters(26), "AA");
        assert_eq!(super::letters(16_383), "XFD");
        assert_eq!(SourceFile::from_text("t.csv".to_owned(), text.to_owned()).cell_at(3..3), None);
    }
}
