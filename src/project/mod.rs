//! The project file: what a `loop.toml` says about all models of its folder.
//!
//! Where it stands, what its keys are, and what they ask of a compilation: the same for the command line and for
//! editors. No model is read here, and no folder is listed.

mod faults;
mod manifest;
mod member;
mod values;

use std::io;
use std::path::{Path, PathBuf};

pub use faults::no_member;
pub use manifest::{KEYS, Manifest};
pub use member::{Member, Part};

use crate::diagnostic::Diagnostic;
use crate::source::{Files, Project, SourceFile, Sources};

/// What a person wrote into a project file has fewer bytes.
const MOST_BYTES: u64 = 1 << 20;

/// The project file of a model: that of the nearest folder above it in which one stands.
#[must_use]
pub fn of_model(model: &Path, files: &dyn Files) -> Option<PathBuf> {
    Project::of(model, files).file(files)
}

/// A project file that was read.
#[derive(Debug)]
pub struct Read {
    /// The file alone.
    pub sources: Sources,
    pub manifest: Manifest,
    /// Sorted; with one of them, the project says nothing that could be relied on.
    pub faults: Vec<Diagnostic>,
}

/// Reads a project file; `shown` is the path by which it is told of.
///
/// Errors: L0221–L0224.
#[must_use]
pub fn read(path: &Path, shown: String, files: &dyn Files) -> Read {
    let bytes = if files.size(path).is_some_and(|bytes| bytes > MOST_BYTES) {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"))
    } else {
        files.read(path)
    };
    let mut sources = Sources::default();
    match bytes {
        Ok(bytes) => {
            let file = sources.add(SourceFile::from_bytes(shown, bytes));
            let (manifest, faults) = manifest::read(file, sources.file(file));
            Read { sources, manifest, faults }
        }
        Err(fault) => {
            let fault = faults::unreadable(&shown, &fault);
            Read { sources, manifest: Manifest::default(), faults: vec![fault] }
        }
    }
}
