//! Files as a command would leave them: read through what it changed so far, shown as a diff, written in the end.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::Refusal;
use super::diff;
use super::output::write;
use crate::source::{Disk, Files};

/// What a command changed of the files of this machine, by their true paths.
#[derive(Debug, Default)]
pub(super) struct Changes {
    files: BTreeMap<PathBuf, Change>,
    /// How often something was changed.
    pub age: usize,
}

#[derive(Debug)]
struct Change {
    /// The path as it is shown.
    path: String,
    before: String,
    now: String,
}

impl Changes {
    /// Changes a file, whose text was `before` so far.
    pub fn put(&mut self, path: &str, before: &str, now: String) -> io::Result<()> {
        let change = || Change { path: path.to_owned(), before: before.to_owned(), now: String::new() };
        self.files.entry(Disk.canonical(Path::new(path))?).or_insert_with(change).now = now;
        self.age += 1;
        Ok(())
    }

    /// Those that are another text now, in the order of their paths.
    fn real(&self) -> impl Iterator<Item = (&PathBuf, &Change)> {
        self.files.iter().filter(|(_, change)| change.before != change.now)
    }

    pub fn count(&self) -> usize {
        self.real().count()
    }

    /// All changes as one unified diff, for `patch -p1` and `git apply`.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        for (_, Change { path, before, now }) in self.real() {
            let slash = if path.starts_with('/') { "" } else { "/" };
            let (old, new) = (format!("a{slash}{path}"), format!("b{slash}{path}"));
            out.push_str(&diff::texts((&old, &new), before, now));
        }
        out
    }

    /// Writes every file that changed, each whole or not at all.
    pub fn write(&self) -> Result<(), Refusal> {
        for (path, change) in self.real() {
            let refused = |why: &str| Refusal::new(format!("cannot write {}: {why}", change.path));
            if std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
                return Err(refused("it may only be read"));
            }
            // Somebody may be at work on it.
            if Disk.read(path).ok().as_deref() != Some(change.before.as_bytes()) {
                return Err(refused("it was changed meanwhile"));
            }
            write(path, &change.now)?;
        }
        Ok(())
    }
}

impl Files for Changes {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let changed = Disk.canonical(path).ok().and_then(|path| self.files.get(&path));
        changed.map_or_else(|| Disk.read(path), |change| Ok(change.now.clone().into_bytes()))
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.canonical(path)
    }

    fn is_plain(&self, path: &Path) -> bool {
        Disk.is_plain(path)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        Disk.size(path)
    }
}
