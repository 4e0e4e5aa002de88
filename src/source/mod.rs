//! Source text: files, spans, lines, and loading with the fence around the project's folder.
//!
//! Spans are byte ranges of one file. No phase of the compiler lives here, and no wording.

mod columns;
mod editor;
mod lines;
mod load;
mod sheet;

use std::ops::Range;
use std::sync::Arc;

pub use columns::{LeftOut, Origin, Unread};
pub use editor::{EditorLines, Encoding};
pub use lines::{LineIndex, Position};
pub(crate) use load::shown;
pub use load::{Disk, Files, LoadFault, PROJECT_FILE, Project};

/// The most bytes that one source file may have.
pub const MOST_BYTES: usize = 1 << 30;

/// A source file of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of a byte range. Invariant: files have at most [`MOST_BYTES`] bytes.
    #[must_use]
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: narrow(range.start), end: narrow(range.end) }
    }

    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of this span to the end of the other, in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }

    /// The empty span behind this one: where something is missing.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }

    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// One source file.
///
/// Invariant: `text` is what the bytes say, or the rows of a sheet, with row 14 on line 14, or of a Parquet file; where they were not UTF-8, `broken` holds the first bad offset.
#[derive(Debug)]
pub struct SourceFile {
    /// The path as the user gave it, with `/`; a used file's is joined to its user's.
    pub path: String,
    pub text: String,
    pub broken: Option<usize>,
    /// Whether this is no file, but a value of the command line.
    pub setting: bool,
    /// What `text` was made of, row by row, where it is not what the bytes say.
    pub origin: Option<Origin>,
    bytes: Vec<u8>,
    lines: LineIndex,
    /// The text with spaces for control characters, where it has any.
    cleaned: Option<String>,
}

/// Whether a character has no business in a text, and could steer a terminal.
#[must_use]
pub fn is_control(letter: char) -> bool {
    letter.is_ascii_control() && !matches!(letter, '\n' | '\r' | '\t')
}

/// The text with spaces for control characters; nothing where it has none.
fn cleaned(text: &str) -> Option<String> {
    // Whole blocks first: hardly any text has one, and each is looked through with each key in an editor.
    let has = |block: &[u8]| block.iter().fold(false, |has, byte| has | is_control(char::from(*byte)));
    text.as_bytes().chunks(4_096).any(has).then(|| text.replace(is_control, " "))
}

impl SourceFile {
    #[must_use]
    pub fn from_bytes(path: String, bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::from_text(path, text),
            Err(fault) => {
                let broken = Some(fault.utf8_error().valid_up_to());
                let bytes = fault.into_bytes();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let (lines, cleaned) = (LineIndex::new(&text), cleaned(&text));
                Self { path, text, broken, setting: false, origin: None, bytes, lines, cleaned }
            }
        }
    }

    #[must_use]
    pub fn from_text(path: String, text: String) -> Self {
        let (lines, cleaned) = (LineIndex::new(&text), cleaned(&text));
        Self { path, text, broken: None, setting: false, origin: None, bytes: Vec::new(), lines, cleaned }
    }

    /// A sheet of a workbook: its bytes, the sheet's name, and the rows as a text.
    #[must_use]
    pub fn of_sheet(path: String, bytes: Vec<u8>, (sheet, text): (String, String)) -> Self {
        Self { origin: Some(Origin::Sheet(sheet)), bytes, ..Self::from_text(path, text) }
    }

    /// A value that the command line gives a param, as a little source of its own.
    #[must_use]
    pub fn of_setting(name: &str, value: &str) -> Self {
        Self { setting: true, ..Self::from_text(format!("--set {name}"), value.to_owned()) }
    }

    /// The text to read and to draw: spaces stand for control characters, so that places stay the same.
    #[must_use]
    pub fn clean(&self) -> &str {
        self.cleaned.as_deref().unwrap_or(&self.text)
    }

    /// Where the first control character stands, if there is one.
    #[must_use]
    pub fn first_control(&self) -> Option<usize> {
        self.cleaned.as_ref()?;
        self.text.find(is_control)
    }

    /// The bytes as they were read, for their digest.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        if self.broken.is_some() || self.origin.is_some() { &self.bytes } else { self.text.as_bytes() }
    }

    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let at = self.lines.position(&self.text, offset);
        Position { line: self.numbered(at.line - 1), ..at }
    }

    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }
}

/// All source files of one run, in declaration order: used files before their users, depth first. A copy shares
/// them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<SourceFile>>,
}

impl Sources {
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(Arc::new(file));
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// A file, to be kept longer than the others.
    #[must_use]
    pub fn shared(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.files[id.0 as usize])
    }

    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(self.files.iter().map(|file| &**file))
    }

    /// The text of a span; empty where the span is not on character borders.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }
}
