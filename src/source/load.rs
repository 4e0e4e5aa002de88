//! Loading: reading files through a trait, inside the fence of the project's folder.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::{MOST_BYTES, SourceFile};

/// Where source comes from. The command line reads the disk; tests and editors bring their own.
pub trait Files {
    /// The whole content of a file.
    ///
    /// # Errors
    /// What the operating system says; `FileTooLarge` above [`MOST_BYTES`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The one true path of a file, links resolved.
    ///
    /// # Errors
    /// What the operating system says.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
}

/// The files of this machine.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let about = std::fs::metadata(path)?;
        if about.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        if about.len() > MOST_BYTES as u64 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is larger than 1 GiB"));
        }
        std::fs::read(path)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }
}

/// Why a used file is not there.
#[derive(Debug)]
pub enum LoadFault {
    Outside { folder: PathBuf },
    Unreadable(io::Error),
}

/// The project's folder: that of the nearest `loop.toml` above a file, else the file's own.
#[derive(Clone, Debug)]
pub struct Project {
    folder: PathBuf,
}

impl Project {
    #[must_use]
    pub fn of(file: &Path) -> Self {
        let own = file.parent().map(Path::to_path_buf).unwrap_or_default();
        let start = own.canonicalize().unwrap_or_else(|_| own.clone());
        let above = start.ancestors().find(|folder| folder.join("loop.toml").is_file());
        Self { folder: above.map_or(start.clone(), Path::to_path_buf) }
    }

    /// The path of a file that `user` names, and the file.
    ///
    /// # Errors
    /// [`LoadFault`], where it lies outside the project's folder or cannot be read.
    pub fn load(
        &self,
        files: &dyn Files,
        user: &Path,
        named: &str,
    ) -> Result<(PathBuf, SourceFile), LoadFault> {
        let joined = tidy(&user.parent().unwrap_or(Path::new("")).join(named));
        let outside = || LoadFault::Outside { folder: self.folder.clone() };
        let near =
            files.canonical(user).ok().and_then(|user| user.parent().map(|folder| tidy(&folder.join(named))));
        // By its words alone, so that nothing outside is even looked for; links are followed after.
        if Path::new(named).is_absolute() || near.is_some_and(|near| !near.starts_with(&self.folder)) {
            return Err(outside());
        }
        let canonical = files.canonical(&joined).map_err(LoadFault::Unreadable)?;
        if !canonical.starts_with(&self.folder) {
            return Err(outside());
        }
        let bytes = files.read(&joined).map_err(LoadFault::Unreadable)?;
        Ok((canonical, SourceFile::from_bytes(shown(&joined), bytes)))
    }
}

/// The path with `/` on every machine.
#[must_use]
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path without `.` and, where that is certain, without `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        let climbs = part == Component::ParentDir
            && matches!(tidied.components().next_back(), Some(Component::Normal(_)));
        if climbs {
            tidied.pop();
        } else if part != Component::CurDir {
            tidied.push(part);
        }
    }
    tidied
}
