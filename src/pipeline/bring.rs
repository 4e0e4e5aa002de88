//! Reading a file and all that it uses, as far as memory is allowed for them.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Options;
use super::memory::{self, Fenced, Stage, Texts};
use crate::diagnostic::Diagnostic;
use crate::resolve::{self, Loaded};
use crate::source::{FileId, Files, SourceFile, Sources};

/// What was read, before anything is made of it.
pub(super) struct Brought {
    pub loaded: Loaded,
    pub texts: Texts,
    pub diagnostics: Vec<Diagnostic>,
    /// Why nothing is made of it.
    pub refused: Option<Diagnostic>,
}

/// Reads a file and all that it uses, as far as memory is allowed for them.
pub(super) fn brought(
    main: (PathBuf, SourceFile),
    options: &Options,
    (sources, files): (&mut Sources, &dyn Files),
) -> Brought {
    let fence = (options.settings.as_slice(), options.allow_outside);
    let name = format!("`{}`", main.1.path);
    let fenced = Fenced::new(files, options.memory, main.1.text.len() as u64);
    let (mut loaded, diagnostics) = resolve::load(main, fence, sources, &fenced);
    let tables: BTreeSet<FileId> = loaded.tables.values().copied().collect();
    let texts = memory::texts(sources, &|file| tables.contains(&file));
    let refused = fenced.refused();
    let refused = refused.or_else(|| options.memory.refuses(Stage::Compiling, (&name, texts.compiling())));
    if refused.is_some() {
        loaded = Loaded::default();
    }
    Brought { loaded, texts, diagnostics, refused }
}
