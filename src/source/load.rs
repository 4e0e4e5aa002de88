//! Loading: reading files through a trait, inside the fence of the project's folder.

use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};

use super::{MOST_BYTES, SourceFile};

/// What stands in the folder of a project.
pub const PROJECT_FILE: &str = "loop.toml";

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

    /// Whether reading a path ends: a pipe in a project's folder would be waited for without end.
    fn is_plain(&self, _path: &Path) -> bool {
        true
    }

    /// How many bytes a file has, where that is known before it is read.
    fn size(&self, _path: &Path) -> Option<u64> {
        None
    }

    /// Whether a folder is that of a project: whether a [`PROJECT_FILE`] stands in it.
    fn is_project(&self, folder: &Path) -> bool {
        folder.join(PROJECT_FILE).is_file()
    }
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
        // What is no regular file has no length: it is read up to the limit, and no further.
        let limit = MOST_BYTES as u64 + 1;
        let mut bytes = Vec::new();
        bytes.try_reserve(usize::try_from(about.len().saturating_add(1).min(limit)).unwrap_or(0))?;
        std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        bytes.shrink_to_fit();
        if bytes.len() > MOST_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is larger than 1 GiB"));
        }
        Ok(bytes)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn is_plain(&self, path: &Path) -> bool {
        std::fs::metadata(path).is_ok_and(|about| about.is_file() || about.is_dir())
    }

    fn size(&self, path: &Path) -> Option<u64> {
        std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|about| about.len())
    }
}

/// Why a used file is not there.
#[derive(Debug)]
pub enum LoadFault {
    Outside,
    Unreadable(io::Error),
}

/// The project's folder: that of the nearest `loop.toml` above a file, else the file's own.
#[derive(Clone, Debug)]
pub struct Project {
    /// Nothing, where no fence stands.
    folder: Option<PathBuf>,
}

impl Project {
    #[must_use]
    pub fn of(file: &Path, files: &dyn Files) -> Self {
        let own = folder_of(file);
        let start = files.canonical(own).unwrap_or_else(|_| own.to_path_buf());
        let above = start.ancestors().find(|folder| files.is_project(folder));
        Self { folder: Some(above.map_or(start.clone(), Path::to_path_buf)) }
    }

    /// The project's file, if one stands in its folder.
    #[must_use]
    pub fn file(&self, files: &dyn Files) -> Option<PathBuf> {
        self.folder.as_ref().filter(|folder| files.is_project(folder)).map(|folder| folder.join(PROJECT_FILE))
    }

    /// No fence: any file of the machine may be named.
    #[must_use]
    pub const fn everywhere() -> Self {
        Self { folder: None }
    }

    /// Whether a file, by its one true path, lies inside.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        self.folder.as_ref().is_none_or(|folder| path.starts_with(folder))
    }

    /// The path of a file that `user` names, and the file as a text.
    ///
    /// # Errors
    /// [`LoadFault`], where it lies outside the project's folder or cannot be read.
    pub fn load(
        &self,
        files: &dyn Files,
        user: &Path,
        named: &str,
    ) -> Result<(PathBuf, SourceFile), LoadFault> {
        let (canonical, path, bytes) = self.bytes(files, user, named)?;
        Ok((canonical, SourceFile::from_bytes(path, bytes)))
    }

    /// The path of a file that `user` names, as it is shown as well, and what stands in the file.
    ///
    /// # Errors
    /// [`LoadFault`], where it lies outside the project's folder or cannot be read.
    pub fn bytes(
        &self,
        files: &dyn Files,
        user: &Path,
        named: &str,
    ) -> Result<(PathBuf, String, Vec<u8>), LoadFault> {
        let joined = tidy(&user.parent().unwrap_or(Path::new("")).join(named));
        let near = files.canonical(folder_of(user)).ok().map(|folder| tidy(&folder.join(named)));
        // By its words alone, so that nothing outside is even looked for; links are followed after.
        let absolute = Path::new(named).is_absolute() && self.folder.is_some();
        if absolute || near.is_none_or(|near| !self.holds(&near)) {
            return Err(LoadFault::Outside);
        }
        let canonical = files.canonical(&joined).map_err(LoadFault::Unreadable)?;
        if !self.holds(&canonical) {
            return Err(LoadFault::Outside);
        }
        if !files.is_plain(&joined) {
            let fault = io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file");
            return Err(LoadFault::Unreadable(fault));
        }
        let bytes = files.read(&joined).map_err(LoadFault::Unreadable)?;
        Ok((canonical, shown(&joined), bytes))
    }
}

/// The folder of a file; a bare file name, and standard input, stand where loopc runs.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|own| !own.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path with `/` on every machine; elsewhere than on Windows `\` is a letter like any other.
#[must_use]
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
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
