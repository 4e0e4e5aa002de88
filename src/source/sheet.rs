//! Places in sheets of workbooks, as spreadsheets call them.

use super::SourceFile;

impl SourceFile {
    /// The cell that stands at a byte: `Fees!C14`; nothing, where this is no sheet.
    #[must_use]
    pub fn cell_at(&self, offset: usize) -> Option<String> {
        let sheet = self.sheet.as_ref()?;
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
        assert_eq!(sheet.cell_at(1).as_deref(), Some("'My fees'!A2"));
        assert_eq!(sheet.cell_at(3).as_deref(), Some("'My fees'!B2"));
        assert_eq!(sheet.cell_at(11).as_deref(), Some("'My fees'!C2"));
        assert_eq!(super::letters(25), "Z");
        assert_eq!(super::letters(26), "AA");
        assert_eq!(super::letters(16_383), "XFD");
        assert_eq!(SourceFile::from_text("t.csv".to_owned(), text.to_owned()).cell_at(3), None);
    }
}
