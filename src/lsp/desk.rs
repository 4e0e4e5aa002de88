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
    pub text: String,
}

/// All texts that are open, by the one true path of each, and the disk behind them.
#[derive(Debug, Default)]
pub(super) struct Desk {
    open: BTreeMap<PathBuf, Document>,
}

/// The path that an address names; what is no file has its whole address for a path.
pub(super) fn path_of(uri: &Uri) -> PathBuf {
    let path = uri.to_file_path().unwrap_or_else(|()| PathBuf::from(uri.as_str()));
    path.canonicalize().unwrap_or(path)
}

impl Desk {
    pub fn open(&mut self, document: Document) -> PathBuf {
        let path = path_of(&document.uri);
        self.open.insert(path.clone(), document);
        path
    }

    pub fn close(&mut self, path: &Path) {
        self.open.remove(path);
    }

    pub fn get(&self, path: &Path) -> Option<&Document> {
        self.open.get(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.open.keys()
    }

    /// Makes changes to an open text, in their order.
    pub fn change(&mut self, path: &Path, version: i32, changes: Vec<Change>, encoding: Encoding) {
        let Some(document) = self.open.get_mut(path) else { return };
        document.version = version;
        for change in changes {
            match change {
                Change::TextDocumentContentChangeWholeDocument(whole) => document.text = whole.text,
                Change::TextDocumentContentChangePartial(part) => {
                    let lines = EditorLines::new(&document.text);
                    let at = |place: gen_lsp_types::Position| {
                        lines.offset(&document.text, (place.line, place.character), encoding)
                    };
                    let (start, end) = (at(part.range.start), at(part.range.end));
                    document.text.replace_range(start.min(end)..end.max(start), &part.text);
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
