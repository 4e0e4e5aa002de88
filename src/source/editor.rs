//! Places as editors count them: lines that any line break ends, and columns in units of an encoding. The only place
//! that knows of UTF-16.

/// In what an editor counts columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: what every editor can.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    fn width(self, letter: char) -> usize {
        match self {
            Self::Utf8 => letter.len_utf8(),
            Self::Utf16 => letter.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin: behind `\n`, `\r\n` and a `\r` that stands alone.
#[derive(Clone, Debug)]
pub struct EditorLines {
    starts: Vec<u32>,
}

impl EditorLines {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = |place: usize| {
            let breaks = bytes[place] == b'\n' || bytes.get(place + 1) != Some(&b'\n');
            breaks.then(|| u32::try_from(place + 1).unwrap_or(u32::MAX))
        };
        let starts = memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(ends);
        Self { starts: std::iter::once(0).chain(starts).collect() }
    }

    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 0, on which a byte stands.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The text of a line, from 0, without its break; empty behind the last.
    #[must_use]
    pub fn line<'t>(&self, text: &'t str, line: usize) -> &'t str {
        let start = self.starts.get(line).map_or(text.len(), |start| *start as usize);
        let end = self.starts.get(line + 1).map_or(text.len(), |start| *start as usize);
        text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }

    /// Where a byte stands: line and column, from 0. What is behind the end of the text stands at its end.
    #[must_use]
    pub fn place(&self, text: &str, offset: usize, encoding: Encoding) -> (u32, u32) {
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let line = self.line_of(offset);
        let start = self.starts.get(line).map_or(0, |start| *start as usize);
        let before = text.get(start..offset).unwrap_or("");
        let column: usize = match encoding {
            Encoding::Utf8 => before.len(),
            _ if before.is_ascii() => before.len(),
            _ => before.chars().map(|letter| encoding.width(letter)).sum(),
        };
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        (narrow(line), narrow(column))
    }

    /// The byte at a place. A column behind the end of its line is that end; one inside a character is its begin.
    #[must_use]
    pub fn offset(&self, text: &str, (line, column): (u32, u32), encoding: Encoding) -> usize {
        let Some(start) = self.starts.get(line as usize) else { return text.len() };
        let start = *start as usize;
        let (mut at, mut left) = (start, column as usize);
        for letter in self.line(text, line as usize).chars() {
            let width = encoding.width(letter);
            if left < width {
                break;
            }
            left -= width;
            at += letter.len_utf8();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::{EditorLines, Encoding};

    const TEXT: &str = "a商𝄞b\r\nzwei\rdrei\n\nend";

    #[test]
    fn every_byte_that_begins_a_character_is_found_again() {
        let lines = EditorLines::new(TEXT);
        assert_eq!(lines.count(), 5);
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (offset, letter) in TEXT.char_indices().filter(|(_, letter)| !letter.is_control()) {
                let place = lines.place(TEXT, offset, encoding);
                assert_eq!(lines.offset(TEXT, place, encoding), offset, "{letter} {encoding:?}");
            }
        }
        let at_b = TEXT.find('b').unwrap();
        let column = |encoding| lines.place(TEXT, at_b, encoding).1;
        assert_eq!((column(Encoding::Utf8), column(Encoding::Utf16), column(Encoding::Utf32)), (8, 4, 3));
        assert_eq!(lines.place(TEXT, TEXT.len() + 9, Encoding::Utf16), (4, 3));
    }

    #[test]
    fn places_that_are_nowhere_are_moved_to_where_something_is() {
        let lines = EditorLines::new(TEXT);
        let offset = |line, column| lines.offset(TEXT, (line, column), Encoding::Utf16);
        // Between the two halves of a pair, behind the end of a line, behind the end of the text.
        assert_eq!(offset(0, 3), 4);
        assert_eq!(offset(0, 99), TEXT.find('\r').unwrap());
        assert_eq!(offset(2, 99), TEXT.find("\n\nend").unwrap());
        assert_eq!(offset(99, 0), TEXT.len());
        assert_eq!(offset(4, u32::MAX), TEXT.len());
        assert_eq!(lines.line(TEXT, 0), "a商𝄞b");
        assert_eq!(lines.line(TEXT, 7), "");
    }
}
