//! What a model was made of: every file that was read or looked for, and what it held.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::path::{Path, PathBuf};

use crate::source::{Disk, Files};

/// What a path held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    Nothing,
    File {
        bytes: usize,
        hash: u64,
    },
    /// A folder, a pipe, or what may not be read.
    Other,
}

impl Held {
    fn now(path: &Path) -> Self {
        match std::fs::metadata(path) {
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => Self::Nothing,
            Ok(about) if about.is_file() => Disk.read(path).map_or(Self::Other, |bytes| Self::of(&bytes)),
            _ => Self::Other,
        }
    }

    fn of(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self::File { bytes: bytes.len(), hash: hasher.finish() }
    }
}

/// The files of this machine; what is read or looked for is kept in mind.
#[derive(Debug, Default)]
pub(super) struct Recording(RefCell<BTreeMap<PathBuf, Held>>);

impl Recording {
    fn saw(&self, path: &Path, held: Held) {
        self.0.borrow_mut().insert(path.to_path_buf(), held);
    }

    /// Keeps in mind what a path holds, without reading it.
    pub fn looked_at(&self, path: &Path) {
        self.saw(path, Held::now(path));
    }

    pub fn inputs(self) -> Inputs {
        Inputs(self.0.into_inner())
    }
}

impl Files for Recording {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let read = Disk.read(path);
        self.saw(path, read.as_ref().map_or_else(|_| Held::now(path), |bytes| Held::of(bytes)));
        read
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let found = Disk.canonical(path);
        if found.is_err() {
            self.looked_at(path);
        }
        found
    }

    fn is_plain(&self, path: &Path) -> bool {
        Disk.is_plain(path)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        Disk.size(path)
    }

    fn is_project(&self, folder: &Path) -> bool {
        self.looked_at(&folder.join("loop.toml"));
        Disk.is_project(folder)
    }
}

/// What a model was made of.
#[derive(Debug, Default)]
pub(super) struct Inputs(BTreeMap<PathBuf, Held>);

impl Inputs {
    /// The files that hold something else by now.
    pub fn changed(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter(|(path, held)| Held::now(path) != **held).map(|(path, _)| path.as_path())
    }

    /// The files that were there, by their true paths.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let there = self.0.iter().filter(|(_, held)| matches!(held, Held::File { .. }));
        there.filter_map(|(path, _)| path.canonicalize().ok())
    }

    /// Where something happens when one of the files changes, or appears.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        // All folders up to the root are asked whether they are a project's: most are not, and will not be.
        let wanted =
            self.0.iter().filter(|(path, held)| **held != Held::Nothing || !path.ends_with("loop.toml"));
        wanted
            .flat_map(|(path, _)| [watchable(path), path.canonicalize().ok().and_then(folder)])
            .flatten()
            .collect()
    }

    /// By which names the system tells of the files.
    fn names(&self) -> impl Iterator<Item = PathBuf> {
        self.0.keys().flat_map(|path| names_of(path))
    }
}

/// By which names the system tells of a file.
fn names_of(path: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    [Some(named(path)), path.canonicalize().ok()].into_iter().flatten()
}

fn folder(path: PathBuf) -> Option<PathBuf> {
    path.parent().map(Path::to_path_buf)
}

/// The folder of a path, or the nearest one above that is there, by its true path.
pub(super) fn watchable(path: &Path) -> Option<PathBuf> {
    absolute(path).ancestors().skip(1).find_map(|above| above.canonicalize().ok())
}

/// A path, as far as it is there by its true folders.
pub(super) fn named(path: &Path) -> PathBuf {
    let path = absolute(path);
    let true_folder = path.ancestors().skip(1).find_map(|above| Some((above, above.canonicalize().ok()?)));
    let name = true_folder.and_then(|(above, found)| Some(found.join(path.strip_prefix(above).ok()?)));
    name.unwrap_or(path)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Which paths matter: files that models are made of, and models that appear below folders.
#[derive(Debug, Default)]
pub(super) struct Interest {
    names: BTreeSet<PathBuf>,
    roots: Vec<PathBuf>,
}

impl Interest {
    /// `models`: also those of which nothing is known yet.
    pub fn new<'a>(
        inputs: impl Iterator<Item = &'a Inputs>,
        models: &[PathBuf],
        roots: Vec<PathBuf>,
    ) -> Self {
        let models = models.iter().flat_map(|path| names_of(path));
        let names = inputs.flat_map(Inputs::names).chain(models).chain(roots.iter().cloned()).collect();
        Self { names, roots }
    }

    pub fn matters(&self, paths: &[PathBuf]) -> bool {
        paths.iter().any(|path| self.names(path) || self.may_be_a_model(path))
    }

    /// Whether it is one of the files, or a folder above one.
    fn names(&self, path: &Path) -> bool {
        // Paths are ordered by their parts: what lies below one follows it.
        let next = self.names.range(path.to_path_buf()..).next();
        next.is_some_and(|name| name.starts_with(path))
    }

    fn may_be_a_model(&self, path: &Path) -> bool {
        let below = self.roots.iter().any(|root| path.starts_with(root));
        below && (path.extension().is_some_and(|ending| ending == "loop") || path.is_dir())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_folders_above_and_new_models_matter() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let recording = Recording::default();
        std::fs::write(root.join("a.loop"), "one").unwrap();
        assert!(recording.read(&root.join("a.loop")).is_ok());
        assert!(recording.canonical(&root.join("parts/b.loop")).is_err());
        let inputs = recording.inputs();
        let matters = |roots: &[PathBuf], path: &str| {
            let models = [root.join("m.loop")];
            Interest::new(std::iter::once(&inputs), &models, roots.to_vec()).matters(&[root.join(path)])
        };
        for (path, alone, below) in [
            ("a.loop", true, true),
            ("m.loop", true, true),
            ("parts", true, true),
            ("parts/b.loop", true, true),
            ("parts/c.loop", false, true),
            ("a.loop.swp", false, false),
            ("a", false, false),
            ("", true, true),
        ] {
            assert_eq!(
                (matters(&[], path), matters(std::slice::from_ref(&root), path)),
                (alone, below),
                "{path}"
            );
        }
    }

    #[test]
    fn what_a_file_holds_counts_and_not_when_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let (there, missing) = (folder.path().join("a"), folder.path().join("deep/er/b"));
        std::fs::write(&there, "one").unwrap();
        let recording = Recording::default();
        drop(recording.read(&there));
        drop(recording.read(&missing));
        let inputs = recording.inputs();
        let changed = || inputs.changed().map(Path::to_path_buf).collect::<Vec<_>>();
        std::fs::write(&there, "one").unwrap();
        assert!(changed().is_empty());
        std::fs::write(&there, "two").unwrap();
        assert_eq!(changed(), std::slice::from_ref(&there));
        std::fs::create_dir_all(missing.parent().unwrap()).unwrap();
        std::fs::write(&missing, "").unwrap();
        std::fs::remove_file(&there).unwrap();
        assert_eq!(changed(), [there, missing]);
    }

    #[test]
    fn the_nearest_folder_that_is_there_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let recording = Recording::default();
        drop(recording.read(&root.join("deep/er/b.loop")));
        let known = recording.is_project(&root);
        let inputs = recording.inputs();
        assert!(!known);
        assert_eq!(inputs.folders(), BTreeSet::from([root.clone()]));
        std::fs::create_dir(root.join("deep")).unwrap();
        assert_eq!(inputs.folders(), BTreeSet::from([root.join("deep")]));
    }
}
