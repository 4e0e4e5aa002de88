//! Reading a file and all that it uses, as far as memory is allowed for them, and compiling what was read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::lints::sorted;
use super::memory::{self, Beside, Fenced, Stage, Texts};
use super::{Compilation, Laid, Options};
use crate::check::check;
use crate::diagnostic::Diagnostic;
use crate::report::MOST_LOOPS;
use crate::resolve::{self, Loaded, Remembered};
use crate::source::{FileId, Files, SourceFile, Sources};
use crate::stop::Phase;
use crate::syntax::{self, Allowance};

/// All files of a model, read and parsed: what the model and each of its scenarios are made of.
pub(super) struct Read {
    pub loaded: Loaded,
    pub sources: Sources,
    options: Options,
    texts: Texts,
    diagnostics: Vec<Diagnostic>,
    /// Why nothing is made of it.
    refused: Option<Diagnostic>,
    allowances: Vec<Allowance>,
    /// The faults of spelling of each file.
    pub spelling: Vec<(FileId, Vec<Diagnostic>)>,
}

impl Read {
    /// Reads a file and all that it uses, as far as memory is allowed for them.
    pub fn new(main: (PathBuf, SourceFile), options: Options, files: &dyn Files) -> Self {
        Self::after(main, options, (files, Remembered::default()))
    }

    /// The same, where it is remembered what files were before.
    pub fn after(
        main: (PathBuf, SourceFile),
        options: Options,
        (files, remembered): (&dyn Files, Remembered),
    ) -> Self {
        options.stop.progress().begin(Phase::Loading, 0);
        let mut sources = Sources::default();
        let fence = (options.settings.as_slice(), options.allow_outside);
        let name = format!("`{}`", main.1.path);
        let fenced = Fenced::new(files, options.memory, main.1.text.len() as u64);
        let (mut loaded, mut diagnostics) = resolve::load(main, fence, &mut sources, (&fenced, remembered));
        let spelling =
            loaded.spelling.iter().map(|(file, range)| (*file, diagnostics[range.clone()].to_vec()));
        let spelling = spelling.collect();
        let tables: BTreeSet<FileId> = loaded.tables.values().copied().collect();
        let texts = memory::texts(&sources, &|file| tables.contains(&file));
        let refused = fenced.refused();
        let refused =
            refused.or_else(|| options.memory.refuses(Stage::Compiling, (&name, texts.compiling())));
        if refused.is_some() {
            loaded = Loaded::default();
        }
        let mut allowances = Vec::new();
        for tree in &loaded.trees {
            let source = sources.file(tree.file);
            allowances.extend(syntax::allowances(tree, source));
            diagnostics.extend(syntax::stray_docs(tree));
        }
        let allowances = sorted(allowances);
        Self { loaded, sources, options, texts, diagnostics, refused, allowances, spelling }
    }

    /// Nothing of a main file that is not read, and why.
    pub fn nothing((path, shown): (&Path, String), options: Options, refused: Diagnostic) -> Self {
        let main = (path.to_path_buf(), SourceFile::from_text(shown, String::new()));
        Self { refused: Some(refused), ..Self::new(main, options, &Nowhere) }
    }

    /// What keeps a state from being made beside so many others, if `--max-memory` does.
    pub fn too_many(&self, beside: Beside) -> Option<Diagnostic> {
        let main = self.sources.iter().next().map_or("", |(_, file)| file.path.as_str());
        let what = format!("`{main}` in {} states", beside.states + 1);
        let fits = beside.states == 0 || self.refused.is_some();
        let need = self.texts.compiling_beside(beside);
        self.options.memory.refuses(Stage::Compiling, (&what, need)).filter(|_| !fits)
    }

    /// The model without any scenario, or why there are too many beside it.
    pub fn base(mut self, too_many: Option<Diagnostic>) -> Compilation {
        let mut loaded = std::mem::take(&mut self.loaded);
        if too_many.is_some() {
            loaded = Loaded::default();
        }
        self.compiled((loaded, too_many), None, Vec::new())
    }

    /// What is made of trees, or why it is not; `laid`: the scenario that was laid over them, with its faults.
    pub fn compiled(
        &self,
        (loaded, too_many): (Loaded, Option<Diagnostic>),
        laid: Option<Laid>,
        mut found: Vec<Diagnostic>,
    ) -> Compilation {
        let progress = self.options.stop.progress();
        progress.begin(Phase::Tables, self.texts.tables);
        let mut diagnostics = self.diagnostics.clone();
        diagnostics.append(&mut found);
        // Where something could not be read, it may have declared what nobody else does: no other name is certainly meant.
        let torn = diagnostics.iter().any(|one| one.is_error() && one.mend.is_none());
        let (model, mut found, trees) =
            resolve::resolve(loaded, &self.sources, (self.options.most_bad_rows, progress));
        if torn {
            found.iter_mut().for_each(|fault| fault.mend = None);
        }
        diagnostics.append(&mut found);
        progress.begin(Phase::Checking, 0);
        let (checked, mut found) = check(model);
        diagnostics.append(&mut found);
        if let Some(refused) = self.refused.as_ref().or(too_many.as_ref()) {
            // What was not read, and so is not declared, is no fault of its own.
            diagnostics = vec![refused.clone()];
        }
        Compilation {
            sources: self.sources.clone(),
            checked,
            diagnostics,
            allowances: self.allowances.clone(),
            settings: self.options.settings.clone(),
            allowed: (self.options.most_bad_rows, self.options.allow_outside),
            solver: self.options.solver,
            engine: self.options.engine,
            levels: self.options.levels.clone(),
            loops: Some(MOST_LOOPS),
            stop: self.options.stop.clone(),
            trees: if laid.is_none() { trees } else { Vec::new() },
            laid,
            memory: self.options.memory,
            texts: self.texts,
            beside: Beside::default(),
        }
    }
}

/// No file at all.
struct Nowhere;

impl Files for Nowhere {
    fn read(&self, _path: &Path) -> std::io::Result<Vec<u8>> {
        Err(std::io::ErrorKind::NotFound.into())
    }

    fn canonical(&self, _path: &Path) -> std::io::Result<PathBuf> {
        Err(std::io::ErrorKind::NotFound.into())
    }
}
