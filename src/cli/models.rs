//! The models that a command is asked about: files that are named, and all below folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Refusal;
use super::members::Models;
use super::project::Showing;
use crate::pipeline::Compilation;

pub(super) struct Asked {
    named: Vec<PathBuf>,
    found: Vec<PathBuf>,
}

impl Asked {
    /// Those of the command line, else of the project: see [`Models::of`].
    pub fn of(paths: &[PathBuf], showing: Showing<'_>) -> Result<Self, Refusal> {
        let Models { mut named, mut found } = Models::of(paths, showing)?;
        // One file may be named in several ways.
        let mut known = BTreeSet::new();
        named.retain(|path| known.insert(canonical(path)));
        if named.is_empty() && found.is_empty() {
            return Err(Refusal::new("there is no `.loop` file here"));
        }
        found.sort();
        found.dedup();
        found.retain(|path| known.insert(canonical(path)));
        Ok(Self { named, found })
    }

    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.named.iter().chain(&self.found)
    }

    /// Those that stand for themselves: a file of a folder that another file uses is looked at as a part of that one.
    pub fn alone<T>(&self, compiled: Vec<(T, Vec<Compilation>)>) -> Vec<(T, Vec<Compilation>)>
    where
        T: AsRef<Path>,
    {
        let parts = parts(compiled.iter().flat_map(|(_, states)| states.first()));
        compiled.into_iter().filter(|(path, _)| self.is_alone(path.as_ref(), &parts)).collect()
    }

    /// The same of one model, where these files are parts of others.
    pub fn is_alone(&self, path: &Path, parts: &BTreeSet<PathBuf>) -> bool {
        self.named.iter().any(|named| named == path) || !parts.contains(&canonical(path))
    }
}

/// All files that models use.
pub(super) fn parts<'a>(models: impl Iterator<Item = &'a Compilation>) -> BTreeSet<PathBuf> {
    models.flat_map(used).collect()
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn used(compilation: &Compilation) -> Vec<PathBuf> {
    compilation.sources.iter().skip(1).map(|(_, file)| canonical(Path::new(&file.path))).collect()
}
