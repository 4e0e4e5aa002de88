//! Files that are nowhere but in memory.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use loopc::pipeline::{Compilation, Options, compile_with};
use loopc::source::{Files, SourceFile};

/// Files by their names.
struct Desk(BTreeMap<&'static str, Vec<u8>>);

impl Files for Desk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let name = path.file_name().unwrap().to_string_lossy();
        self.0.get(&*name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        // The folder of the project is where the tests run.
        let here = std::env::current_dir()?.canonicalize()?;
        Ok(if path == Path::new(".") { here } else { here.join(path) })
    }
}

/// A model and its tables.
pub fn compiled(text: &str, tables: &[(&'static str, &[u8])], most_bad_rows: usize) -> Compilation {
    let desk = Desk(tables.iter().map(|(name, bytes)| (*name, bytes.to_vec())).collect());
    let main = (PathBuf::from("m.loop"), SourceFile::from_text("m.loop".to_owned(), text.to_owned()));
    compile_with(main, Options { most_bad_rows, ..Options::default() }, &desk)
}
