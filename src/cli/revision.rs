//! Files as they were: what `git` keeps of a repository at one revision, read without touching the work tree.
//!
//! A revision is turned into the name of its commit first, and only such names, and paths behind `--`, are handed on:
//! nothing that is spelled on a command line or in a model can be taken for an option of git's.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use super::Refusal;
use crate::source::{Files, MOST_BYTES, PROJECT_FILE, SourceFile};

/// A repository as it was.
///
/// Invariant: paths of its files are the revision as it is spelled, then the path inside the repository.
pub(super) struct Revision {
    /// `HEAD~1:`
    prefix: String,
    commit: String,
    /// Where git runs: the top of the repository.
    top: PathBuf,
}

/// A revision and a path, as in `HEAD~1:models/wanda.loop`. Braces of a revision may hold a colon.
pub(super) fn split(spelled: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (place, letter) in spelled.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some((&spelled[..place], &spelled[place + 1..])),
            _ => {}
        }
    }
    None
}

impl Revision {
    /// A file as it was, with all that stands beside it.
    pub fn open(spelled: &str) -> Result<(Self, (PathBuf, SourceFile)), Refusal> {
        let refused = |why: &str| Refusal::new(format!("cannot read {spelled}: {why}"));
        let Some((revision, path)) = split(spelled) else { return Err(refused("it names no revision")) };
        if revision.is_empty() || revision.starts_with('-') {
            return Err(refused("a revision is written like `HEAD~1:models/shop.loop`"));
        }
        let here = Path::new(".");
        let top = told(here, &["rev-parse", "--show-toplevel"]).map_err(|why| refused(&why))?;
        let top = PathBuf::from(top);
        let commit = told(&top, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]);
        let commit = commit.ok().filter(|name| is_name(name));
        let Some(commit) = commit else { return Err(refused(&format!("there is no revision `{revision}`"))) };
        // As git has it: from the top, unless the path says that it begins here.
        let path = if path.starts_with("./") || path.starts_with("../") {
            let below = told(here, &["rev-parse", "--show-prefix"]).map_err(|why| refused(&why))?;
            Path::new(&below).join(path)
        } else {
            PathBuf::from(path)
        };
        let Some(path) = inside(&path) else { return Err(refused("it lies outside the repository")) };
        let opened = Self { prefix: format!("{revision}:"), commit, top };
        let place = Path::new(&opened.prefix).join(&path);
        let bytes = opened.read(&place).map_err(|fault| match fault.kind() {
            io::ErrorKind::NotFound => refused("the revision has no such file"),
            _ => refused(&fault.to_string()),
        })?;
        let file = SourceFile::from_bytes(crate::source::shown(&place), bytes);
        Ok((opened, (place, file)))
    }

    /// What the revision keeps by a path that begins with its name.
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let outside = || io::Error::from(io::ErrorKind::NotFound);
        let inner = path.strip_prefix(&self.prefix).map_err(|_| outside())?;
        let inner = inside(inner).ok_or_else(outside)?;
        if inner.as_os_str().is_empty() {
            return Ok(Entry { kind: Kind::Folder, object: String::new(), bytes: 0 });
        }
        let arguments = ["ls-tree", "-z", "-l", "--full-tree", &self.commit, "--"];
        let mut arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let inner = crate::source::shown(&inner);
        arguments.push(OsStr::new(&inner));
        let listed = output(&self.top, &arguments).map_err(io::Error::other)?;
        let listed = String::from_utf8_lossy(&listed);
        let line =
            listed.split('\0').find(|line| line.split_once('\t').is_some_and(|(_, name)| name == inner));
        line.and_then(Entry::read).ok_or_else(outside)
    }
}

impl Files for Revision {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let entry = self.entry(path)?;
        match entry.kind {
            Kind::File => {}
            Kind::Folder => return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
            Kind::Other => return Err(io::Error::other("it is a link or a repository of its own")),
        }
        if entry.bytes > MOST_BYTES as u64 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is larger than 1 GiB"));
        }
        let arguments = ["cat-file", "blob", &entry.object].map(OsStr::new);
        output(&self.top, &arguments).map_err(io::Error::other)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        self.entry(path)?;
        let inner = path.strip_prefix(&self.prefix).ok().and_then(inside);
        inner.map(|inner| Path::new(&self.prefix).join(inner)).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn is_plain(&self, path: &Path) -> bool {
        self.entry(path).is_ok_and(|entry| entry.kind != Kind::Other)
    }

    fn size(&self, path: &Path) -> Option<u64> {
        self.entry(path).ok().filter(|entry| entry.kind == Kind::File).map(|entry| entry.bytes)
    }

    fn is_project(&self, folder: &Path) -> bool {
        self.entry(&folder.join(PROJECT_FILE)).is_ok_and(|entry| entry.kind == Kind::File)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// Links would lead past the fence.
    Other,
}

/// What a tree has by one name.
struct Entry {
    kind: Kind,
    object: String,
    bytes: u64,
}

impl Entry {
    /// `100644 blob 1f0c…    1234<tab>models/wanda.loop`
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_once('\t')?.0.split_ascii_whitespace();
        let (mode, kind, object, bytes) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let kind = match (mode, kind) {
            ("100644" | "100755" | "100664", "blob") => Kind::File,
            (_, "tree") => Kind::Folder,
            _ => Kind::Other,
        };
        let object = object.to_owned();
        is_name(&object).then_some(Self { kind, object, bytes: bytes.parse().unwrap_or(0) })
    }
}

/// Whether a word is the full name of an object.
fn is_name(word: &str) -> bool {
    word.len() >= 40 && word.bytes().all(|letter| letter.is_ascii_hexdigit())
}

/// A path without `.` and `..`; nothing where it climbs out, or begins at the root of the machine.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => tidied.push(name),
            Component::CurDir => {}
            Component::ParentDir => drop(tidied.pop().then_some(())?),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(tidied)
}

/// The one line that git answers.
fn told(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    let bytes = output(folder, &arguments)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned())
}

/// What git answers, or why not. It asks nobody, changes nothing, and fetches nothing.
fn output(folder: &Path, arguments: &[&OsStr]) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.args(["--no-optional-locks", "--literal-pathspecs", "--no-pager"]).args(arguments);
    command.current_dir(folder).env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
    let output = command.stdin(Stdio::null()).output().map_err(|fault| match fault.kind() {
        io::ErrorKind::NotFound => "git is not installed".to_owned(),
        _ => format!("git does not start: {fault}"),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let first = told.lines().next().unwrap_or("git has no answer").trim();
    Err(first.trim_start_matches("fatal: ").replace(crate::source::is_control, " "))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{inside, split};

    #[test]
    fn revisions_and_paths_are_told_apart() {
        assert_eq!(split("HEAD~1:models/a.loop"), Some(("HEAD~1", "models/a.loop")));
        assert_eq!(split("HEAD^{/fix: it}:a.loop"), Some(("HEAD^{/fix: it}", "a.loop")));
        assert_eq!(split("main:a:b.loop"), Some(("main", "a:b.loop")));
        assert_eq!(split("a.loop"), None);
    }

    #[test]
    fn nothing_climbs_out_of_a_repository() {
        assert_eq!(inside(Path::new("a/../b/./c")), Some(PathBuf::from("b/c")));
        for path in ["..", "a/../../b", "/etc/passwd"] {
            assert_eq!(inside(Path::new(path)), None, "{path}");
        }
    }
}
