//! Joining files: what `use` names is loaded once each, depth first, inside the project's folder.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::faults;
use super::load_table::{Asked, Part};
use super::overlay::Change;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Files, LoadFault, Project, SourceFile, Sources, Span};
use crate::syntax::ast::{Ast, Expr, ItemKind};
use crate::syntax::{Earlier, parse_after, parse_value};

/// The longest chain of files that use each other.
pub const DEEPEST_USE: usize = 64;

/// `--set name=value`, as an expression of its own little source file; or what a scenario sets.
#[derive(Clone, Debug)]
pub struct Setting {
    pub name: String,
    pub value: Expr,
    /// The whole of `value`'s source; in a scenario, the name.
    pub span: Span,
}

/// All files of a model, parsed.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// In declaration order: used files first, each once, depth first.
    pub trees: Vec<Ast>,
    pub settings: Vec<Setting>,
    /// The tables that imports name, by where they name them.
    pub tables: BTreeMap<Span, FileId>,
    /// Whether a file that is used could not be had: names that nobody declares may be its.
    pub incomplete: bool,
    pub overlay: Overlay,
    /// Whether uses of names are to be noted.
    pub indexed: bool,
    /// The faults of spelling of each file, as a range of all that loading found.
    pub spelling: Vec<(FileId, Range<usize>)>,
}

/// What the scenario that is laid over the files has changed and taken away.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// Whether there is one.
    pub laid: bool,
    pub changes: Vec<Change>,
    /// Where it names something that it changes, sets or removes, and where that is declared.
    pub named: Vec<(Span, Span)>,
    /// By name, where it is removed.
    pub removed: BTreeMap<String, Span>,
}

/// What files were before, by their paths, as far as anybody remembers.
pub type Remembered = BTreeMap<String, Earlier>;

/// Parses a file and all that it uses.
///
/// Errors: L0101–L0119, L0208–L0210, L0213, L0403, L0902, L0914, L0915.
pub fn load<'a>(
    main: (PathBuf, SourceFile),
    (settings, allow_outside): (&[(String, String)], bool),
    sources: &'a mut Sources,
    (files, remembered): (&'a dyn Files, Remembered),
) -> (Loaded, Vec<Diagnostic>) {
    let project = if allow_outside { Project::everywhere() } else { Project::of(&main.0, files) };
    let canonical = files.canonical(&main.0).unwrap_or_else(|_| main.0.clone());
    let mut loader = Loader {
        project,
        sources,
        files,
        remembered,
        known: BTreeMap::new(),
        known_tables: BTreeMap::new(),
        open: Vec::new(),
        loaded: Loaded::default(),
        faults: Vec::new(),
    };
    let id = loader.sources.add(main.1);
    loader.known.insert(canonical, id);
    loader.follow(id);
    for (name, text) in settings {
        loader.setting(name, text);
    }
    (loader.loaded, loader.faults)
}

/// A file whose uses are being followed.
struct Open {
    tree: Ast,
    /// The next item to look at.
    next: usize,
}

pub(super) struct Loader<'a> {
    pub(super) project: Project,
    pub(super) sources: &'a mut Sources,
    pub(super) files: &'a dyn Files,
    remembered: Remembered,
    known: BTreeMap<PathBuf, FileId>,
    /// The tables that are read, each sheet of a workbook for itself, and all columns of a Parquet file that are asked
    /// for together.
    pub(super) known_tables: BTreeMap<(PathBuf, Part), FileId>,
    open: Vec<Open>,
    pub(super) loaded: Loaded,
    pub(super) faults: Vec<Diagnostic>,
}

impl Loader<'_> {
    /// Depth first with a stack of its own: a chain of files must not exhaust the machine's.
    fn follow(&mut self, main: FileId) {
        self.open_file(main);
        while let Some(top) = self.open.last_mut() {
            let Some(item) = top.tree.items.get(top.next) else {
                if let Some(done) = self.open.pop() {
                    self.loaded.trees.push(done.tree);
                }
                continue;
            };
            top.next += 1;
            match &item.kind {
                ItemKind::Use { path } => {
                    let span = path.span;
                    self.use_file(span);
                }
                ItemKind::Import(import) => {
                    let asked = Asked::of(import, self.sources);
                    self.table(&asked);
                }
                ItemKind::Scenario(scenario) => {
                    let imports = scenario.items.iter().filter_map(|item| match &item.kind {
                        ItemKind::Import(import) => Some(Asked::of(import, self.sources)),
                        _ => None,
                    });
                    imports.collect::<Vec<_>>().iter().for_each(|asked| self.table(asked));
                }
                _ => {}
            }
        }
    }

    fn open_file(&mut self, id: FileId) {
        let source = self.sources.file(id);
        let (tree, mut faults) = parse_after(id, source, self.remembered.remove(&source.path));
        let first = self.faults.len();
        self.faults.append(&mut faults);
        self.loaded.spelling.push((id, first..self.faults.len()));
        self.open.push(Open { tree, next: 0 });
    }

    fn use_file(&mut self, span: Span) {
        let named = crate::syntax::unquoted(self.sources.text(span));
        let user = self.sources.file(span.file).path.clone();
        if self.open.len() > DEEPEST_USE {
            self.faults.push(faults::use_too_deep(span));
            return;
        }
        match self.project.load(self.files, Path::new(&user), &named) {
            Ok((canonical, file)) => match self.known.get(&canonical) {
                Some(known) => self.again(*known, span),
                None => {
                    let id = self.sources.add(file);
                    self.known.insert(canonical, id);
                    self.open_file(id);
                }
            },
            Err(fault) => {
                self.loaded.incomplete = true;
                self.faults.push(match fault {
                    LoadFault::Outside => faults::use_outside(&named, span),
                    LoadFault::Unreadable(fault) => faults::use_unreadable(&named, &fault, span),
                });
            }
        }
    }

    /// A file that is used again is joined once; one that is still being read uses itself.
    fn again(&mut self, known: FileId, span: Span) {
        let Some(first) = self.open.iter().position(|open| open.tree.file == known) else { return };
        let ring = self.open[first..].iter().filter_map(|open| {
            let using = open.tree.items.get(open.next.checked_sub(1)?)?;
            match &using.kind {
                ItemKind::Use { path } => Some(path.span),
                _ => None,
            }
        });
        let places: Vec<Span> = ring.filter(|place| *place != span).collect();
        let names: Vec<String> =
            self.open[first..].iter().map(|open| self.sources.file(open.tree.file).path.clone()).collect();
        self.faults.push(faults::use_ring(&names, span, &places));
    }

    fn setting(&mut self, name: &str, text: &str) {
        let id = self.sources.add(SourceFile::of_setting(name, text));
        let (value, mut faults) = parse_value(id, self.sources.file(id));
        self.faults.append(&mut faults);
        let span = Span::new(id, 0..text.len());
        self.loaded.settings.extend(value.map(|value| Setting { name: name.to_owned(), value, span }));
    }
}
