//! Pages of codes as files that an editor opens, written when they are first asked for: in a folder of the user's, the same
//! for all servers, so that nothing gathers, however they end; where there is none, in one that is gone with the server.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use tempfile::{NamedTempFile, TempDir};

use crate::diagnostic::Code;

#[derive(Debug, Default)]
pub(super) struct Pages {
    /// The user's, where there is one.
    kept: Option<PathBuf>,
    passing: Option<TempDir>,
    written: BTreeMap<Code, Option<Uri>>,
}

impl Pages {
    pub fn of(kept: Option<PathBuf>) -> Self {
        Self { kept, ..Self::default() }
    }

    /// The address of a code's page; nothing where no file can be written.
    pub fn uri(&mut self, code: Code) -> Option<Uri> {
        if let Some(known) = self.written.get(&code) {
            return known.clone();
        }
        let path = self.write(code);
        let uri = path.and_then(|path| Uri::from_file_path(path).ok());
        self.written.insert(code, uri.clone());
        uri
    }

    fn write(&mut self, code: Code) -> Option<PathBuf> {
        if let Some(folder) = &self.kept {
            let made = std::fs::create_dir_all(folder);
            match made.ok().and_then(|()| put(folder, code)) {
                Some(path) => return Some(path),
                None => self.kept = None,
            }
        }
        if self.passing.is_none() {
            self.passing = tempfile::Builder::new().prefix("loopc-pages-").tempdir().ok();
        }
        put(self.passing.as_ref()?.path(), code)
    }
}

/// Puts a page into a folder, whole or not at all: another server may do the same.
fn put(folder: &Path, code: Code) -> Option<PathBuf> {
    let path = folder.join(format!("{code}.md"));
    if std::fs::read(&path).is_ok_and(|known| known == code.page().as_bytes()) {
        return Some(path);
    }
    let mut file = NamedTempFile::new_in(folder).ok()?;
    file.write_all(code.page().as_bytes()).ok()?;
    file.persist(&path).ok()?;
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(uri: &Uri) -> PathBuf {
        uri.to_file_path().unwrap()
    }

    #[test]
    fn pages_are_the_same_for_all_servers_and_of_this_version() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("a/pages");
        let first = path(&Pages::of(Some(kept.clone())).uri(Code::L0302).unwrap());
        std::fs::write(&first, "of another version").unwrap();
        let second = path(&Pages::of(Some(kept.clone())).uri(Code::L0302).unwrap());
        assert_eq!(first, second);
        assert_eq!(std::fs::read_to_string(second).unwrap(), Code::L0302.page());
        assert_eq!(std::fs::read_dir(kept).unwrap().count(), 1);
    }

    #[test]
    fn where_none_can_be_kept_they_are_gone_with_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        for kept in [None, Some(file.join("below"))] {
            let mut pages = Pages::of(kept);
            let page = path(&pages.uri(Code::L0302).unwrap());
            assert_eq!(pages.uri(Code::L0302).map(|uri| path(&uri)), Some(page.clone()));
            assert!(page.exists());
            drop(pages);
            assert!(!page.exists());
        }
    }
}
