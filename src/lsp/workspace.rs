//! The models of the folders that an editor has open: which files there are, and which of them use which.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::source::Files;

/// After so many files the rest of a folder is not looked at.
const MOST_FILES: usize = 20_000;

/// A larger file is no part of others that anybody would wait for.
const MOST_BYTES: u64 = 64 << 20;

/// Folders in which nobody keeps models.
const LEFT_OUT: [&str; 2] = ["target", "node_modules"];

/// Which files use which.
#[derive(Clone, Debug, Default)]
pub(super) struct Workspace {
    uses: BTreeMap<PathBuf, Vec<PathBuf>>,
    /// The same from the other end.
    users: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

impl Workspace {
    /// Looks through folders, as far as [`MOST_FILES`].
    pub fn of(folders: &[PathBuf], files: &dyn Files) -> Self {
        let mut workspace = Self::default();
        let mut left: VecDeque<PathBuf> = folders.iter().cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(folder) = left.pop_front() {
            let Ok(folder) = folder.canonicalize() else { continue };
            if !seen.insert(folder.clone()) || seen.len() + workspace.uses.len() > MOST_FILES {
                continue;
            }
            let Ok(entries) = std::fs::read_dir(&folder) else { continue };
            let mut inside: Vec<std::fs::DirEntry> = entries.filter_map(Result::ok).collect();
            inside.sort_by_key(std::fs::DirEntry::path);
            for entry in inside {
                let path = entry.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
                // Links to folders may lead anywhere, and back.
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    if !name.starts_with('.') && !LEFT_OUT.contains(&name) {
                        left.push_back(path);
                    }
                } else if is_model(&path) && workspace.uses.len() < MOST_FILES {
                    workspace.look_at(&path, files);
                }
            }
        }
        workspace
    }

    /// Looks at a file again; one that is gone, or is no regular file of a size to be read, uses nothing.
    pub fn look_at(&mut self, path: &Path, files: &dyn Files) {
        for used in self.uses.remove(path).unwrap_or_default() {
            if let Some(users) = self.users.get_mut(&used) {
                users.remove(path);
            }
        }
        let fits = files.is_plain(path) && files.size(path).is_none_or(|bytes| bytes <= MOST_BYTES);
        if let Some(bytes) = fits.then(|| files.read(path).ok()).flatten() {
            let used = used(&String::from_utf8_lossy(&bytes), path, files);
            for used in &used {
                self.users.entry(used.clone()).or_default().insert(path.to_path_buf());
            }
            self.uses.insert(path.to_path_buf(), used);
        }
    }

    /// The models that a file is a part of: those that use it and are used by nobody.
    pub fn models_of(&self, path: &Path) -> BTreeSet<PathBuf> {
        let (mut seen, mut left, mut tops) = (BTreeSet::new(), vec![path], BTreeSet::new());
        while let Some(at) = left.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.users.get(at).filter(|users| !users.is_empty()) {
                Some(users) => left.extend(users.iter().map(PathBuf::as_path)),
                None => drop(tops.insert(at.to_path_buf())),
            }
        }
        tops
    }

    /// The first of them; a file that nobody uses, or that is of a ring, stands for itself.
    pub fn model_of(&self, path: &Path) -> PathBuf {
        self.models_of(path).pop_first().unwrap_or_else(|| path.to_path_buf())
    }

    /// All files, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &PathBuf> {
        self.uses.keys()
    }
}

pub(super) fn is_model(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "loop")
}

/// The files that a text uses, by their one true paths, without parsing it.
fn used(text: &str, path: &Path, files: &dyn Files) -> Vec<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = memchr::memmem::find_iter(text.as_bytes(), "use").filter_map(|at| {
        let (before, rest) = (text.get(..at)?, text.get(at + 3..)?);
        let line = rest.lines().next().filter(|_| before.is_empty() || before.ends_with('\n'))?;
        line.trim_start().strip_prefix('"')?.split('"').next()
    });
    named.filter_map(|named| files.canonical(&folder.join(named)).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(uses: &[(&str, &[&str])]) -> Workspace {
        let path = |name: &&str| PathBuf::from(name);
        let mut all = Workspace::default();
        for (user, used) in uses {
            all.uses.insert(path(user), used.iter().map(path).collect());
            for used in *used {
                all.users.entry(path(used)).or_default().insert(path(user));
            }
        }
        all
    }

    #[test]
    fn a_part_belongs_to_the_first_model_above_it() {
        let all = workspace(&[("b", &["part"]), ("a", &["mid"]), ("mid", &["part"]), ("alone", &[])]);
        let model_of = |name: &str| all.model_of(Path::new(name)).to_string_lossy().into_owned();
        assert_eq!(
            ["part", "mid", "a", "b", "alone", "new"].map(model_of),
            ["a", "a", "a", "b", "alone", "new"]
        );
    }

    #[test]
    fn files_that_use_each_other_stand_for_themselves() {
        let ring = workspace(&[("a", &["b"]), ("b", &["a"])]);
        assert_eq!(ring.model_of(Path::new("b")), PathBuf::from("b"));
    }
}
