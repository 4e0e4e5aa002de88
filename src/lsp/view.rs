//! A model as questions are asked about it: compiled, with its names followed, and with places as an editor counts them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use gen_lsp_types::{Location, Position, Range, TextEdit, Uri};

use super::desk::Desk;
use super::found::Earlier;
use super::index::Index;
use super::workspace::Workspace;
use crate::diagnostic::Edit;
use crate::pipeline::{Mended, Opened, Solved};
use crate::project;
use crate::report::Digits;
use crate::source::{EditorLines, Encoding, FileId, SourceFile, Span};
use crate::syntax::ast::Ast;

/// A compiled model.
#[derive(Debug)]
pub(super) struct Model {
    pub opened: Arc<Opened>,
    pub index: Index,
    /// What solving found, once it did.
    pub solved: Option<Arc<Solved>>,
    /// What was found of it as it was before.
    pub earlier: Earlier,
    /// How many significant digits rounded numbers have.
    pub digits: Digits,
    mended: OnceLock<Mended>,
    /// The project file that it stands under.
    pub project: Option<project::Read>,
    lines: Vec<OnceLock<EditorLines>>,
    /// By file: its one true path.
    pub paths: Vec<PathBuf>,
}

impl Model {
    pub fn new(opened: Opened, project: Option<project::Read>, digits: Digits) -> Self {
        // Names are followed while the graph is looked at: neither needs the other.
        let (index, found) = std::thread::scope(|scope| {
            let follows = std::thread::Builder::new().spawn_scoped(scope, || Index::of(&opened));
            let found = opened.examine();
            let index = follows.ok().and_then(|follows| follows.join().ok());
            (index.unwrap_or_else(|| Index::of(&opened)), found)
        });
        let opened = opened.examined(found);
        let paths: Vec<PathBuf> = opened
            .sources()
            .iter()
            .map(|(_, file)| {
                Path::new(&file.path).canonicalize().unwrap_or_else(|_| PathBuf::from(&file.path))
            })
            .collect();
        let lines = paths.iter().map(|_| OnceLock::new()).collect();
        let (opened, earlier, mended) = (Arc::new(opened), Earlier::default(), OnceLock::new());
        Self { opened, index, solved: None, earlier, digits, mended, project, lines, paths }
    }

    pub fn source(&self, file: FileId) -> &SourceFile {
        self.opened.sources().file(file)
    }

    pub fn lines(&self, file: FileId) -> &EditorLines {
        self.lines[file.0 as usize].get_or_init(|| EditorLines::new(&self.source(file).text))
    }

    /// All mends that go together: looked for when somebody asks for the first time.
    pub fn mended(&self) -> &Mended {
        self.mended.get_or_init(|| self.opened.base().mended(&|_| true))
    }

    /// The file of a path, if this model has it.
    pub fn file(&self, path: &Path) -> Option<FileId> {
        let place = self.paths.iter().position(|known| known == path)?;
        Some(FileId(u32::try_from(place).ok()?))
    }
}

/// A file of a model, in the eyes of an editor.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub model: &'a Model,
    pub desk: &'a Desk,
    pub encoding: Encoding,
    pub file: FileId,
    /// Which files use which, where that is known.
    pub workspace: Option<&'a Workspace>,
}

impl<'a> View<'a> {
    pub fn text(&self) -> &'a str {
        &self.model.source(self.file).text
    }

    pub fn lines(&self) -> &'a EditorLines {
        self.model.lines(self.file)
    }

    pub fn tree(&self) -> Option<&'a Ast> {
        self.model.opened.tree(self.file)
    }

    pub fn said(&self, span: Span) -> &'a str {
        self.model.opened.sources().text(span)
    }

    pub fn offset(&self, at: Position) -> usize {
        self.lines().offset(self.text(), (at.line, at.character), self.encoding)
    }

    pub fn position(&self, offset: usize) -> Position {
        let (line, character) = self.lines().place(self.text(), offset, self.encoding);
        Position { line, character }
    }

    /// The range of a span in whatever file it lies.
    pub fn range(&self, span: Span) -> Range {
        let (lines, text) = (self.model.lines(span.file), &self.model.source(span.file).text);
        let at = |offset: u32| {
            let (line, character) = lines.place(text, offset as usize, self.encoding);
            Position { line, character }
        };
        Range { start: at(span.start), end: at(span.end) }
    }

    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    pub fn uri(&self, file: FileId) -> Option<Uri> {
        let source = self.model.source(file);
        // A row of a workbook has no place in its file, and a value of the command line no file.
        if source.setting || source.origin.is_some() {
            return None;
        }
        self.desk.uri_of(self.model.paths.get(file.0 as usize)?)
    }

    pub fn location(&self, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(span.file)?, range: self.range(span) })
    }

    pub fn text_edit(&self, edit: &Edit) -> TextEdit {
        TextEdit { range: self.range(edit.span), new_text: edit.replacement.clone() }
    }

    /// Whether a file may be changed: one that is text, and no table.
    pub fn may_change(&self, file: FileId) -> bool {
        self.model.opened.tree(file).is_some() && self.model.source(file).broken.is_none()
    }
}
