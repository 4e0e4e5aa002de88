//! Where the cells of one row stand. Only faults ask, so that reading need not keep it.

use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

/// Where each cell of a row begins and ends, quotes included.
fn places(row: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
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
pub(super) fn place(row: &str, delimiter: u8, column: usize) -> Option<Range<usize>> {
    let place = places(row, delimiter).into_iter().nth(column)?;
    let text = row.get(place.clone())?;
    let begun = text.len() - text.trim_start().len();
    let width = text.trim().len();
    // An empty cell is a place between two separators.
    let start = if width == 0 { place.start } else { place.start + begun };
    Some(start..start + width)
}

/// Where a quote stands that opens the last cell of a row and is not closed.
pub(super) fn unclosed(row: &str, delimiter: u8) -> Option<usize> {
    let place = places(row, delimiter).pop()?;
    let text = row.get(place.clone())?;
    let quotes = text.bytes().filter(|byte| *byte == b'"').count();
    (text.starts_with('"') && quotes % 2 == 1).then_some(place.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(row: &str) -> Vec<String> {
        let count = places(row, b',').len();
        (0..count).map(|column| row[place(row, b',', column).unwrap()].to_owned()).collect()
    }

    #[test]
    fn cells_stand_where_they_are_written() {
        assert_eq!(texts("a,bc,d"), ["a", "bc", "d"]);
        assert_eq!(texts("a, b ,"), ["a", "b", ""]);
        assert_eq!(texts(",,"), ["", "", ""]);
        assert_eq!(texts("\"a,\"\"b\",c"), ["\"a,\"\"b\"", "c"]);
        assert_eq!(texts("ä,\"x\ny\",ö"), ["ä", "\"x\ny\"", "ö"]);
        assert_eq!(texts("alone"), ["alone"]);
        assert_eq!(place("a,b", b',', 2), None);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_found() {
        assert_eq!(unclosed("a,\"b", b','), Some(2));
        assert_eq!(unclosed("a,\"b\"\"", b','), Some(2));
        assert_eq!(unclosed("a,\"b\"", b','), None);
        assert_eq!(unclosed("a,5\" pipe", b','), None);
    }
}
