//! The models of the folders that an editor has open: which files there are, and which of them use which.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::source::Files;

/// After so many files the rest of a folder is not looked at.
const MOST_FILES: usize = 20_000;

/// Folders in which nobody keeps models.
const LEFT_OUT: [&str; 2] = ["target", "node_modules"];

/// Which files use which.
#[derive(Clone, Debug, Default)]
pub(super) struct Workspace {
    uses: BTreeMap<PathBuf, Vec<PathBuf>>,
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
            let mut inside: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
            inside.sort();
            for path in inside {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
                if path.is_dir() {
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

    /// Looks at a file again; one that is gone uses nothing.
    pub fn look_at(&mut self, path: &Path, files: &dyn Files) {
        match files.read(path) {
            Ok(bytes) => {
                let used = used(&String::from_utf8_lossy(&bytes), path, files);
                self.uses.insert(path.to_path_buf(), used);
            }
            Err(_) => drop(self.uses.remove(path)),
        }
    }

    /// The model that a file is a part of: of all that use it and are used by nobody, the first; else itself.
    pub fn model_of(&self, path: &Path) -> PathBuf {
        let mut users: BTreeMap<&Path, Vec<&Path>> = BTreeMap::new();
        for (user, used) in &self.uses {
            used.iter().for_each(|used| users.entry(used.as_path()).or_default().push(user.as_path()));
        }
        let (mut seen, mut left, mut tops) = (BTreeSet::new(), vec![path], BTreeSet::new());
        while let Some(at) = left.pop() {
            if !seen.insert(at) {
                continue;
            }
            match users.get(at) {
                Some(users) => left.extend(users.iter().copied()),
                None => drop(tops.insert(at)),
            }
        }
        tops.first().map_or_else(|| path.to_path_buf(), |top| top.to_path_buf())
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
    let named = text.lines().filter_map(|line| {
        let rest = line.strip_prefix("use")?.trim_start();
        rest.strip_prefix('"')?.split('"').next()
    });
    named.filter_map(|named| files.canonical(&folder.join(named)).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(uses: &[(&str, &[&str])]) -> Workspace {
        let path = |name: &&str| PathBuf::from(name);
        Workspace {
            uses: uses.iter().map(|(user, used)| (path(user), used.iter().map(path).collect())).collect(),
        }
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
