//! Lines and columns.

/// A place as people count it, from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    /// In characters.
    pub column: usize,
}

/// Where each line of a text begins.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes: columns of wide lines stay cheap.
    characters: Vec<u32>,
}

const BLOCK: usize = 1_024;

/// How many characters begin among these bytes of UTF-8.
fn characters(bytes: &[u8]) -> u32 {
    let begins = bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count();
    u32::try_from(begins).unwrap_or(u32::MAX)
}

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = breaks.map(|place| u32::try_from(place + 1).unwrap_or(u32::MAX));
        let starts = std::iter::once(0).chain(starts).collect();
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            let first = *before;
            *before += characters(block);
            Some(first)
        });
        Self { starts, characters: blocks.collect() }
    }

    /// How many characters begin before a byte.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or(&[]);
        (self.characters.get(block).copied().unwrap_or(0) + characters(rest)) as usize
    }

    /// The line, from zero, on which a byte stands.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// Where a line, from zero, begins.
    #[must_use]
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(u32::MAX) as usize
    }

    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.line_of(offset);
        let (start, offset) = (self.start(line).min(text.len()), offset.min(text.len()));
        let byte_order_mark = usize::from(line == 0 && offset >= 3 && text.starts_with('\u{feff}'));
        let before = self.characters_before(text, offset) - self.characters_before(text, start);
        Position { line: line + 1, column: before + 1 - byte_order_mark }
    }
}
