//! What an editor has open: its texts win over those on the disk.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use gen_lsp_types::{TextDocumentContentChangeEvent as Change, Uri};

use crate::source::{Disk, EditorLines, Encoding, Files};

/// A text that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// As the editor calls it.
    pub uri: Uri,
    pub version: i32,
    /// Which of all texts that ever were open it is: no two have one.
    pub edition: u64,
    pub text: String,
}

/// All texts that are open, by the one true path of each, and the disk behind them.
#[derive(Debug, Default)]
pub(super) struct Desk {
    open: BTreeMap<PathBuf, Document>,
    /// The path of each open text as it was when it was opened: what lies on the disk may go, or be another link then.
    names: BTreeMap<Uri, PathBuf>,
    editions: u64,
}

/// The path that an address names; what is no file has its whole address for a path.
pub(super) fn path_of(uri: &Uri) -> PathBuf {
    let path = uri.to_file_path().unwrap_or_else(|()| PathBuf::from(uri.as_str()));
    path.canonicalize().unwrap_or(path)
}

impl Desk {
    pub fn open(&mut self, mut document: Document) -> PathBuf {
        document.edition = self.edition();
        let mut path = path_of(&document.uri);
        if self.open.get(&path).is_some_and(|known| known.uri != document.uri) {
            // Two names of one file are two texts in an editor.
            path = document.uri.to_file_path().unwrap_or(path);
        }
        self.names.insert(document.uri.clone(), path.clone());
        self.open.insert(path.clone(), document);
        path
    }

    fn edition(&mut self) -> u64 {
        self.editions += 1;
        self.editions
    }

    pub fn close(&mut self, path: &Path) {
        if let Some(document) = self.open.remove(path) {
            self.names.remove(&document.uri);
        }
    }

    /// The path of an address: of an open text the one under which it was opened.
    pub fn path(&self, uri: &Uri) -> PathBuf {
        self.names.get(uri).cloned().unwrap_or_else(|| path_of(uri))
    }

    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.open.keys()
    }

    /// Makes changes to an open text, in their order.
    pub fn change(&mut self, path: &Path, version: i32, changes: Vec<Change>, encoding: Encoding) {
        let edition = self.edition();
        let Some(document) = self.open.get_mut(path) else { return };
        (document.version, document.edition) = (version, edition);
        // Lines before the last change are where they were: edits that come from the end need no new look at the text.
        let mut known: Option<(EditorLines, u32)> = None;
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => {
                    document.text = whole.text;
                    known = None;
                }
                Change::TextDocumentContentChangePartial(part) => {
                    let (from, to) = (part.range.start.line, part.range.start.line.max(part.range.end.line));
                    let lines = match known.take() {
                        Some((lines, changed)) if to < changed => lines,
                        _ => EditorLines::new(&document.text),
                    };
                    let at = |place: gen_lsp_types::Position| {
                        lines.offset(&document.text, (place.line, place.character), encoding)
                    };
                    let (start, end) = (at(part.range.start), at(part.range.end));
                    document.text.replace_range(start.min(end)..end.max(start), &part.text);
                    known = Some((lines, from.min(part.range.end.line)));
                }
            }
        }
    }

    /// How an editor calls a file.
    pub fn uri_of(&self, path: &Path) -> Option<Uri> {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        match self.open.get(&canonical) {
            Some(document) => Some(document.uri.clone()),
            None => Uri::from_file_path(canonical).ok(),
        }
    }
}

impl Files for Desk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.canonical(path).ok().and_then(|path| self.open.get(&path)) {
            Some(document) => Ok(document.text.clone().into_bytes()),
            None => Disk.read(path),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        match path.canonicalize() {
            Ok(path) => Ok(path),
            // What is open may be nowhere on the disk, or there no more.
            Err(_) if self.open.contains_key(path) => Ok(path.to_path_buf()),
            Err(fault) => Err(fault),
        }
    }

    fn is_plain(&self, path: &Path) -> bool {
        self.open.contains_key(path) || Disk.is_plain(path)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        match self.canonical(path).ok().and_then(|path| self.open.get(&path)) {
            Some(document) => Some(document.text.len() as u64),
            None => Disk.size(path),
        }
    }
}
