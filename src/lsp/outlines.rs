//! What the files of the workspace declare: looked for by name, and kept, so that only files that changed are read again.
//! They are read beside the conversation before anybody asks; who asks earlier waits for the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
#[allow(
    clippy::disallowed_types,
    reason = "whether a file is another than before; no answer depends on when"
)]
use std::time::SystemTime;

use gen_lsp_types::{
    BaseSymbolInformation, Location, Position, Range, SymbolKind, WorkspaceSymbol, WorkspaceSymbolLocation,
};

use super::desk::Desk;
use super::server::Server;
use super::symbols;
use crate::source::{EditorLines, Encoding, FileId, Files as _, SourceFile};
use crate::syntax;

/// So many answers are as many as anybody looks through.
const MOST: usize = 1_000;

/// So many names are kept, some tens of megabytes; files beyond that are read again each time.
const MOST_NAMES: usize = 250_000;

/// A name that a file declares.
#[derive(Clone, Debug)]
struct Declared {
    name: Box<str>,
    kind: SymbolKind,
    range: Range,
}

/// By what a text is known to be the same.
#[allow(clippy::disallowed_types, reason = "whether it is another; no answer depends on when")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stamp {
    /// An open text, by which of all texts that were open it is.
    Open(u64),
    Disk(SystemTime, u64),
}

impl Stamp {
    /// Nothing, where it cannot be told.
    fn of(path: &Path, desk: &Desk) -> Option<Self> {
        if let Some(document) = desk.get(path) {
            return Some(Self::Open(document.edition));
        }
        let about = std::fs::metadata(path).ok()?;
        Some(Self::Disk(about.modified().ok()?, about.len()))
    }
}

/// What a file on the disk declares.
#[derive(Debug)]
pub(super) struct Outline {
    path: PathBuf,
    stamp: Stamp,
    declared: Vec<Declared>,
}

/// Reads files in their order, as long as there is room for what they declare, and passes on what each declares.
pub(super) fn read(paths: &[PathBuf], encoding: Encoding, each: &mut dyn FnMut(Outline) -> bool) {
    let (desk, mut names) = (Desk::default(), 0);
    for path in paths {
        let Some(stamp) = Stamp::of(path, &desk) else { continue };
        let declared = declared(path, (&desk, encoding));
        names += declared.len();
        if names > MOST_NAMES || !each(Outline { path: path.clone(), stamp, declared }) {
            return;
        }
    }
}

/// What is kept, by file.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    known: BTreeMap<PathBuf, (Stamp, Vec<Declared>)>,
    names: usize,
    /// Files that changed since they began to be read beside the conversation.
    changed: BTreeSet<PathBuf>,
}

impl Outlines {
    /// A file changed on the disk, perhaps within one tick of its clock.
    pub fn forget(&mut self, path: &Path) {
        self.changed.insert(path.to_path_buf());
        self.drop(path);
    }

    /// All files begin to be read anew.
    pub fn begin(&mut self) {
        self.changed.clear();
    }

    pub fn knows(&self, path: &Path) -> bool {
        self.known.contains_key(path)
    }

    /// Takes what was read beside the conversation of a file that was not read otherwise.
    pub fn learn(&mut self, outline: Outline) {
        let Outline { path, stamp, declared } = outline;
        if !self.changed.contains(&path) && !self.knows(&path) {
            self.keep(&path, stamp, declared);
        }
    }

    fn keep(&mut self, path: &Path, stamp: Stamp, declared: Vec<Declared>) {
        if self.names + declared.len() <= MOST_NAMES {
            self.names += declared.len();
            self.known.insert(path.to_path_buf(), (stamp, declared));
        }
    }

    fn drop(&mut self, path: &Path) {
        if let Some((_, declared)) = self.known.remove(path) {
            self.names -= declared.len();
        }
    }

    /// Forgets files that are there no more.
    fn only(&mut self, paths: &BTreeSet<&PathBuf>) {
        self.known.retain(|path, _| paths.contains(path));
        self.names = self.known.values().map(|(_, declared)| declared.len()).sum();
    }

    /// Shows `each` what a file declares.
    fn visit(&mut self, path: &Path, (desk, encoding): (&Desk, Encoding), each: &mut dyn FnMut(&Declared)) {
        let stamp = Stamp::of(path, desk);
        if let Some((_, declared)) = self.known.get(path).filter(|(known, _)| Some(*known) == stamp) {
            return declared.iter().for_each(each);
        }
        self.drop(path);
        let declared = declared(path, (desk, encoding));
        declared.iter().for_each(each);
        if let Some(stamp) = stamp {
            self.keep(path, stamp, declared);
        }
    }
}

fn declared(path: &Path, (desk, encoding): (&Desk, Encoding)) -> Vec<Declared> {
    let Ok(bytes) = desk.read(path) else { return Vec::new() };
    let source = SourceFile::from_bytes(crate::source::shown(path), bytes);
    let (tree, _) = syntax::parse(FileId(0), &source);
    let lines = EditorLines::new(&source.text);
    let at = |offset: u32| {
        let (line, character) = lines.place(&source.text, offset as usize, encoding);
        Position { line, character }
    };
    let all = symbols::declared(&tree, &source).into_iter();
    all.map(|(name, kind, span)| Declared {
        name: name.into_boxed_str(),
        kind,
        range: Range { start: at(span.start), end: at(span.end) },
    })
    .collect()
}

/// Declarations whose names have the letters of a query in their order, in all models of the workspace; those come
/// first that begin with it.
pub(super) fn of_workspace(server: &mut Server, query: &str) -> Vec<WorkspaceSymbol> {
    let Server { desk, models, outlines, client, .. } = server;
    let open = desk.paths().filter(|path| super::workspace::is_model(path));
    let paths: BTreeSet<&PathBuf> = models.workspace.files().chain(open).collect();
    outlines.only(&paths);
    let query = query.trim().to_lowercase();
    let mut found: Vec<(u8, PathBuf, Declared)> = Vec::new();
    for path in paths {
        outlines.visit(path, (desk, client.encoding), &mut |one| {
            if let Some(rank) = rank(&one.name, &query) {
                found.push((rank, path.clone(), one.clone()));
            }
        });
    }
    found.sort_by_key(|(rank, ..)| *rank);
    found.truncate(MOST);
    found.into_iter().filter_map(|(_, path, one)| symbol(&path, one, desk)).collect()
}

fn symbol(path: &Path, one: Declared, desk: &Desk) -> Option<WorkspaceSymbol> {
    let location = Location { uri: desk.uri_of(path)?, range: one.range };
    let container_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Some(WorkspaceSymbol {
        location: WorkspaceSymbolLocation::Location(location),
        data: None,
        base_symbol_information: BaseSymbolInformation {
            name: one.name.into_string(),
            kind: one.kind,
            tags: None,
            container_name,
        },
    })
}

/// How well a name answers a query in lower case: 0 is best; nothing where it does not.
fn rank(name: &str, query: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name.starts_with(query) {
        return Some(0);
    }
    if name.contains(query) {
        return Some(1);
    }
    let mut letters = name.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(outlines: &mut Outlines, path: &Path) -> Vec<String> {
        let mut names = Vec::new();
        outlines.visit(path, (&Desk::default(), Encoding::Utf8), &mut |one| names.push(one.name.to_string()));
        names
    }

    #[test]
    fn a_file_is_read_again_when_it_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.loop");
        std::fs::write(&path, "param a = 1\nparam b = 2\n").unwrap();
        let mut outlines = Outlines::default();
        assert_eq!(names(&mut outlines, &path), ["a", "b"]);
        // What is kept is what is shown: the file has nothing to do with it while it looks the same.
        let (_, declared) = outlines.known.get_mut(&path).unwrap();
        declared[0].name = "kept".into();
        assert_eq!(names(&mut outlines, &path), ["kept", "b"]);
        std::fs::write(&path, "param longer = 1\n").unwrap();
        assert_eq!(names(&mut outlines, &path), ["longer"]);
        assert_eq!(outlines.names, 1);
        outlines.forget(&path);
        assert_eq!((outlines.names, outlines.known.len()), (0, 0));
    }

    #[test]
    fn what_was_read_beside_is_taken_where_nothing_else_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a", "b", "c", "d"].map(|name| folder.path().join(format!("{name}.loop")));
        for path in &paths[..3] {
            std::fs::write(path, "param old = 1\n").unwrap();
        }
        let mut read_ones = Vec::new();
        read(&paths, Encoding::Utf8, &mut |outline| {
            read_ones.push(outline);
            true
        });
        assert_eq!(read_ones.len(), 3);
        let mut outlines = Outlines::default();
        outlines.begin();
        // One was asked for already, one changed without looking otherwise.
        std::fs::write(&paths[0], "param asked = 1\n").unwrap();
        assert_eq!(names(&mut outlines, &paths[0]), ["asked"]);
        outlines.forget(&paths[1]);
        read_ones.into_iter().for_each(|outline| outlines.learn(outline));
        assert_eq!(outlines.known.keys().collect::<Vec<_>>(), [&paths[0], &paths[2]]);
        assert_eq!((names(&mut outlines, &paths[0]), outlines.names), (vec!["asked".to_owned()], 2));
        let mut first = 0;
        read(&paths, Encoding::Utf8, &mut |_| {
            first += 1;
            false
        });
        assert_eq!(first, 1);
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.loop");
        std::fs::write(&path, "param a = 1\n").unwrap();
        let mut outlines = Outlines { names: MOST_NAMES, ..Outlines::default() };
        assert_eq!(names(&mut outlines, &path), ["a"]);
        assert!(outlines.known.is_empty());
        outlines.only(&BTreeSet::new());
        assert_eq!(names(&mut outlines, &path), ["a"]);
        assert_eq!((outlines.names, outlines.known.len()), (1, 1));
    }
}
