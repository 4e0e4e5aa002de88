//! The models that are open: compiled when somebody needs to know, solved when it is quiet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::background;
use super::desk::Desk;
use super::found::Earlier;
use super::view::{Model, View};
use super::workspace::Workspace;
use crate::pipeline::{Opened, Options, Solved};
use crate::project::{self, Manifest};
use crate::source::{Encoding, Files as _, SourceFile};
use crate::stop::Stop;

/// One model, by its first file.
#[derive(Debug, Default)]
struct Entry {
    /// Nothing before it is asked for the first time.
    model: Option<Model>,
    /// What was found of it before it was compiled: that stays, whatever becomes of compiling.
    earlier: Earlier,
    /// Whether a file changed since it was compiled.
    stale: bool,
    /// Which of all compilations it is: what was solved of an earlier one is of no use.
    generation: u64,
    /// Whether it is being solved.
    solving: bool,
    /// Whether what is to be said of it was said.
    told: bool,
}

/// All models that have a file open.
#[derive(Debug, Default)]
pub(super) struct Models {
    entries: BTreeMap<PathBuf, Entry>,
    pub workspace: Workspace,
    /// Open files that the model they should be a part of does not have: a fence, or a fault, stands between.
    alone: BTreeSet<PathBuf>,
    /// How many compilations there were.
    compiled: u64,
    /// What the client wants of compilations: it wins over the projects' files.
    wanted: Manifest,
}

impl Models {
    /// The models that the open files belong to are kept, others go; what came or went is told by [`Models::paths`].
    pub fn follow(&mut self, desk: &Desk) {
        let wanted: BTreeSet<PathBuf> = desk.paths().map(|path| self.main_of(path)).collect();
        self.alone.retain(|path| desk.get(path).is_some());
        self.entries.retain(|path, entry| {
            let stays = wanted.contains(path);
            if let Some(model) = entry.model.as_ref().filter(|_| !stays) {
                model.opened.stop();
            }
            stays
        });
        for path in wanted {
            self.entries.entry(path).or_default();
        }
    }

    /// The first file of the model that a file is looked at in.
    fn main_of(&self, path: &Path) -> PathBuf {
        if self.alone.contains(path) { path.to_path_buf() } else { self.workspace.model_of(path) }
    }

    /// Takes note of open files that their compiled models do not have; whether these are others than before.
    pub fn part(&mut self, desk: &Desk) -> bool {
        let lacks = |path: &&PathBuf| {
            let main = self.workspace.model_of(path);
            let model = self.entries.get(&main).and_then(|entry| entry.model.as_ref());
            // A model that nobody has open is not compiled again to ask it.
            main != **path && model.map_or(self.alone.contains(*path), |model| model.file(path).is_none())
        };
        let alone: BTreeSet<PathBuf> = desk.paths().filter(lacks).cloned().collect();
        let others = alone != self.alone;
        self.alone = alone;
        others
    }

    /// Files came or went: what stood between a part and its model may stand there no more.
    pub fn ask_again(&mut self) {
        self.alone.clear();
    }

    pub fn paths(&self) -> Vec<PathBuf> {
        self.entries.keys().cloned().collect()
    }

    /// A file changed: the models that have it are compiled anew, and what solves them stops.
    pub fn changed(&mut self, path: &Path) {
        for entry in self.entries.values_mut() {
            // What could not be found may be there now, and what a model lacks is not among its files.
            let touches = entry.model.as_ref().is_none_or(|model| {
                path.ends_with("loop.toml")
                    || model.paths.iter().any(|known| known == path)
                    || model.opened.states.iter().any(|one| one.has_errors())
            });
            if touches {
                entry.stale = true;
                if let Some(model) = &entry.model {
                    model.opened.stop();
                }
            }
        }
    }

    /// Takes note of what the client wants of compilations; what was compiled otherwise is compiled anew.
    pub fn ask_otherwise(&mut self, wanted: &Manifest) {
        if self.wanted != *wanted {
            self.wanted = wanted.clone();
            for entry in self.entries.values_mut() {
                entry.stale = true;
            }
            self.stop();
        }
    }

    /// The model that a file belongs to, compiled, and the file in it.
    pub fn view<'a>(&'a mut self, path: &Path, desk: &'a Desk, encoding: Encoding) -> Option<View<'a>> {
        let mut main = self.main_of(path);
        self.compile(&main, desk);
        // A model may have lost a part: then the part stands for itself.
        if self.entries.get(&main)?.model.as_ref()?.file(path).is_none() {
            self.alone.insert(path.to_path_buf());
            main = path.to_path_buf();
            self.entries.entry(main.clone()).or_default();
            self.compile(&main, desk);
        }
        let model = self.entries.get(&main)?.model.as_ref()?;
        let file = model.file(path)?;
        Some(View { model, desk, encoding, file, workspace: Some(&self.workspace) })
    }

    /// The model of a first file, as it was compiled last.
    pub fn model(&self, main: &Path) -> Option<&Model> {
        self.entries.get(main)?.model.as_ref()
    }

    /// Compiles a model if that is not done; whether it was not.
    pub fn compile(&mut self, main: &Path, desk: &Desk) -> bool {
        let Some(entry) = self.entries.get_mut(main) else { return false };
        if entry.model.is_some() && !entry.stale {
            return false;
        }
        let shown = crate::source::shown(main);
        let file = match desk.read(main) {
            Ok(bytes) => SourceFile::from_bytes(shown, bytes),
            Err(_) => SourceFile::from_text(shown, String::new()),
        };
        let project = project::of_model(main, desk);
        let project = project.map(|path| project::read(&path, crate::source::shown(&path), desk));
        let of_project = project.as_ref().map_or_else(Manifest::default, |read| read.manifest.clone());
        let wanted = self.wanted.or(&of_project);
        // A wish to stop is of one compilation.
        let options = Options { stop: Stop::default(), ..wanted.options() };
        let mut before = entry.model.take();
        if let Some(model) = &before {
            entry.earlier = model.to_remember();
        }
        let remembered =
            before.as_mut().map_or_else(BTreeMap::new, |model| Opened::remembered(&mut model.opened));
        let opened = Opened::new((main.to_path_buf(), file), options, (desk, remembered));
        let mut model = Model::new(opened, project, wanted.digits.unwrap_or_default());
        model.earlier = entry.earlier.clone();
        entry.model = Some(model);
        // What it was takes as long to take apart as a good part of compiling does.
        background::forget(before);
        entry.stale = false;
        self.compiled += 1;
        entry.generation = self.compiled;
        (entry.solving, entry.told) = (false, false);
        true
    }

    /// Whether there is something to say of a model that was not said; from now on it was.
    pub fn has_news(&mut self, main: &Path) -> bool {
        self.entries.get_mut(main).is_some_and(|entry| !std::mem::replace(&mut entry.told, true))
    }

    /// Asks whatever goes on in any of them to stop.
    pub fn stop(&self) {
        self.entries.values().filter_map(|entry| entry.model.as_ref()).for_each(|model| model.opened.stop());
    }

    /// The models that are compiled and neither solved nor being solved, each with its generation.
    pub fn unsolved(&mut self) -> Vec<(PathBuf, u64, Arc<Opened>)> {
        let mut found = Vec::new();
        for (path, entry) in &mut self.entries {
            let Some(model) = entry.model.as_ref().filter(|model| model.solved.is_none()) else { continue };
            if !entry.stale && !entry.solving {
                entry.solving = true;
                found.push((path.clone(), entry.generation, Arc::clone(&model.opened)));
            }
        }
        found
    }

    /// Takes note that somebody solves a model, as of which generation; nothing, where it is being solved.
    pub fn begin(&mut self, main: &Path) -> Option<u64> {
        let entry = self.entries.get_mut(main).filter(|entry| !entry.solving && !entry.stale)?;
        entry.solving = true;
        Some(entry.generation)
    }

    /// Whether there is any of those.
    pub fn has_unsolved(&self) -> bool {
        self.entries.values().any(|entry| {
            !entry.solving && !entry.stale && entry.model.as_ref().is_some_and(|model| model.solved.is_none())
        })
    }

    /// Takes note of what solving found; whether it was still wanted.
    pub fn take(&mut self, main: &Path, generation: u64, solved: Arc<Solved>) -> bool {
        match self.entries.get_mut(main) {
            Some(entry) if entry.generation == generation && !entry.stale => {
                (entry.solving, entry.told) = (false, false);
                if let Some(model) = &mut entry.model {
                    model.solved = Some(solved);
                }
                true
            }
            _ => false,
        }
    }
}
