//! Where the cells of one row stand. Only faults ask, so that reading need not keep it.

use std::cell::RefCell;
use std::ops::Range;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

/// Finds cells. To build one takes much longer than to use it, so that it is kept; csv-core's readers are not to be
/// cloned: a clone of version 0.1.13 does not know its delimiter.
#[derive(Debug)]
pub(super) struct Locator {
    reader: RefCell<Reader>,
    delimiter: u8,
}

impl Locator {
    pub fn new(delimiter: u8) -> Self {
        Self { reader: RefCell::new(ReaderBuilder::new().delimiter(delimiter).build()), delimiter }
    }
}

/// Where each cell of a row begins and ends, quotes included.
fn places(row: &str, locator: &Locator) -> Vec<Range<usize>> {
    let (mut reader, delimiter) = (locator.reader.borrow_mut(), locator.delimiter);
    reader.reset();
    let (bytes, mut scratch) = (row.as_bytes(), vec![0_u8; row.len() + 1]);
    let (mut at, mut start) = (0, 0);
    let mut places = Vec::new();
    loop {
        let (result, read, _) = reader.read_field(&bytes[at..], &mut scratch);
        at += read;
        match result {
            // An empty read says that the text ends; after it there are fields or the end.
            ReadFieldResult::InputEmpty if read == 0 && at == bytes.len() => return places,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::Field { record_end } => {
                let separator = usize::from(bytes.get(at.wrapping_sub(1)) == Some(&delimiter) && !record_end);
                places.push(start..at - separator);
                start = at;
                if record_end {
                    return places;
                }
            }
            ReadFieldResult::End => return places,
        }
    }
}

/// Where a cell of a row stands, without white space around it.
pub(super) fn place(row: &str, locator: &Locator, column: usize) -> Option<Range<usize>> {
    let place = places(row, locator).into_iter().nth(column)?;
    let text = row.get(place.clone())?;
    let begun = text.len() - text.trim_start().len();
    let width = text.trim().len();
    // An empty cell is a place between two separators.
    let start = if width == 0 { place.start } else { place.start + begun };
    Some(start..start + width)
}

/// Where a quote stands that opens the last cell of a row and is not closed.
pub(super) fn unclosed(row: &str, locator: &Locator) -> Option<usize> {
    let place = places(row, locator).pop()?;
    let text = row.get(place.clone())?;
    let quotes = text.bytes().filter(|byte| *byte == b'"').count();
    (text.starts_with('"') && quotes % 2 == 1).then_some(place.start)
}

/// The first cell whose quotes do not enclose it, from its beginning to its end, each inner one written twice.
pub(super) fn misquoted(row: &str, locator: &Locator) -> Option<Range<usize>> {
    let encloses = |cell: &str| {
        let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
        inner.is_some_and(|inner| !inner.replace("\"\"", "").contains('"'))
    };
    places(row, locator).into_iter().find(|place| {
        let cell = row.get(place.clone()).unwrap_or("");
        cell.trim_start().starts_with('"') && !encloses(cell.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(row: &str) -> Vec<String> {
        let locator = Locator::new(b',');
        let count = places(row, &locator).len();
        (0..count).map(|column| row[place(row, &locator, column).unwrap()].to_owned()).collect()
    }

    #[test]
    fn cells_stand_where_they_are_written() {
        assert_eq!(texts("a,bc,d"), ["a", "bc", "d"]);
        assert_eq!(texts("a, b ,"), ["a", "b", ""]);
        assert_eq!(texts(",,"), ["", "", ""]);
        assert_eq!(texts("\"a,\"\"b\",c"), ["\"a,\"\"b\"", "c"]);
        assert_eq!(texts("ä,\"x\ny\",ö"), ["ä", "\"x\ny\"", "ö"]);
        assert_eq!(texts("alone"), ["alone"]);
        assert_eq!(place("a,b", &Locator::new(b','), 2), None);
    }

    #[test]
    fn quotes_enclose_their_cells() {
        let misquoted = |row: &str| misquoted(row, &Locator::new(b','));
        for row in ["a,\"b\"", "\"a\"\"b\",\"\"", "5\" pipe,b", "\"a,b\" ,c"] {
            assert_eq!(misquoted(row), None, "{row}");
        }
        assert_eq!(misquoted("g5,a,\"new\"er,1,1"), Some(5..12));
        assert_eq!(misquoted("\"out\",a,b,0.1,\"0.7\""), None);
        assert_eq!(misquoted("a,\"12\"34"), Some(2..8));
        assert_eq!(misquoted("a, \"b\",c"), Some(2..6));
        assert_eq!(misquoted("\"a\"b\"c\""), Some(0..7));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        assert_eq!(unclosed("a,\"b", &Locator::new(b',')), Some(2));
        assert_eq!(unclosed("a,\"b\"\"", &Locator::new(b',')), Some(2));
        assert_eq!(unclosed("a,\"b\"", &Locator::new(b',')), None);
        assert_eq!(unclosed("a,5\" pipe", &Locator::new(b',')), None);
    }
}
