//! The models that a command is asked about: files that are named, and all below folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Refusal;
use super::find::gather;
use crate::pipeline::Compilation;

pub(super) struct Asked {
    named: Vec<PathBuf>,
    found: Vec<PathBuf>,
}

impl Asked {
    pub fn of(paths: &[PathBuf]) -> Result<Self, Refusal> {
        let (mut named, mut found) = (Vec::new(), Vec::new());
        // One file may be named in several ways.
        let mut known = BTreeSet::new();
        for path in paths {
            if path.is_dir() {
                gather(path, &mut found)?;
            } else if known.insert(canonical(path)) {
                named.push(path.clone());
            }
        }
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
