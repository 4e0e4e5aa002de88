//! Running models that are nowhere on the disk, and counting what they turn out to be.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use loopc::analysis::{Decided, Finding};
use loopc::pipeline::{Compilation, compile};
use loopc::source::{Files, SourceFile};

use super::judge::Verdict;

pub struct Outcome {
    pub compilation: Compilation,
    pub findings: Option<Vec<Finding>>,
    pub claims: Vec<Decided>,
}

/// Files in memory, all in one folder.
struct Folder<'a>(&'a [(String, String)]);

impl Folder<'_> {
    fn text(&self, path: &Path) -> io::Result<&str> {
        let named =
            |(name, _): &&(String, String)| path.file_name().is_some_and(|file| file == name.as_str());
        let found = self.0.iter().find(named).map(|(_, text)| text.as_str());
        found.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Files for Folder<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.text(path).map(|text| text.as_bytes().to_vec())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        // The folder itself is there too, though it has no text.
        if path == Path::new("/no-such-folder") {
            return Ok(path.to_path_buf());
        }
        self.text(path).map(|_| path.to_path_buf())
    }
}

/// Compiles and solves a model; its last file is the main one.
pub fn run(files: &[(String, String)]) -> Outcome {
    let (name, text) = &files[files.len() - 1];
    let path = PathBuf::from("/no-such-folder").join(name);
    let source = SourceFile::from_text(path.to_string_lossy().into_owned(), text.clone());
    let mut compilation = compile((path, source), &[], &Folder(files));
    let (findings, claims) = match compilation.solve(&[]) {
        Some(solution) => (Some(solution.findings), solution.claims),
        None => (None, Vec::new()),
    };
    Outcome { compilation, findings, claims }
}

/// The errors of a model: codes and messages.
pub fn faults(compilation: &Compilation) -> Vec<String> {
    let errors = compilation.diagnostics.iter().filter(|one| one.is_error());
    errors.map(|one| format!("{} {}", one.code.name(), one.message)).collect()
}

/// How often each verdict came up: a test whose models are all refused would show nothing.
#[derive(Debug, Default)]
pub struct Tally(pub BTreeMap<&'static str, usize>);

impl Tally {
    pub fn count(&mut self, verdict: &Verdict) {
        let word = match verdict {
            Verdict::Empty => "empty",
            Verdict::Leaking(_) => "leaking",
            Verdict::NoLoop => "no loop",
            Verdict::Refused(_) => "refused",
            Verdict::Loops(found) if found.tied => "tied loops",
            Verdict::Loops(_) => "loops",
            Verdict::NoPath(_) => "no path",
            Verdict::Kept(found) if found.best[0].stops.len() > found.best[0].flows.len() => {
                "restricted paths"
            }
            Verdict::Kept(found) if found.tied => "tied restricted loops",
            Verdict::Kept(_) => "restricted loops",
            Verdict::Unmet => "nothing meets the restrictions",
            Verdict::Path(_, true) => "tied paths",
            Verdict::Path(..) => "path",
            Verdict::Closing(found) if found.open.is_empty() => "closed",
            Verdict::Closing(_) => "open",
        };
        *self.0.entry(word).or_default() += 1;
    }
}
