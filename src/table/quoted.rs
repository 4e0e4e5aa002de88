//! Cells of other formats as cells of a text with commas.

/// Puts a cell behind a text, in quotes where it needs them. A line of the text is one row, so that breaks in a cell
/// are spaces.
pub(super) fn push_quoted(text: &mut String, cell: &str) {
    let quotes = cell.contains([',', '"']);
    if quotes {
        text.push('"');
    }
    let mut broken = false;
    for letter in cell.chars() {
        let breaks = matches!(letter, '\n' | '\r');
        match letter {
            '"' => text.push_str("\"\""),
            _ if breaks && broken => {}
            _ if breaks => text.push(' '),
            _ => text.push(letter),
        }
        broken = breaks;
    }
    if quotes {
        text.push('"');
    }
}
