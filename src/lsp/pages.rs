//! Pages of codes as files that an editor opens: written when they are first asked for, gone when the server ends.

use std::collections::BTreeMap;

use gen_lsp_types::Uri;
use tempfile::TempDir;

use crate::diagnostic::Code;

#[derive(Debug, Default)]
pub(super) struct Pages {
    folder: Option<TempDir>,
    written: BTreeMap<Code, Option<Uri>>,
}

impl Pages {
    /// The address of a code's page; nothing where no file can be written.
    pub fn uri(&mut self, code: Code) -> Option<Uri> {
        if let Some(known) = self.written.get(&code) {
            return known.clone();
        }
        let uri = self.write(code);
        self.written.insert(code, uri.clone());
        uri
    }

    fn write(&mut self, code: Code) -> Option<Uri> {
        if self.folder.is_none() {
            self.folder = tempfile::Builder::new().prefix("loopc-pages-").tempdir().ok();
        }
        let path = self.folder.as_ref()?.path().join(format!("{code}.md"));
        std::fs::write(&path, code.page()).ok()?;
        Uri::from_file_path(path).ok()
    }
}
