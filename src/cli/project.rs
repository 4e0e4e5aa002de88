//! The projects of a run: what their files say, under what the command line says.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Refusal;
use super::arguments::{FileArguments, MessageArguments, MessageFormat, SolverArguments};
use super::output::{Screen, from_here};
use crate::diagnostic::{Diagnostic, Told};
use crate::pipeline::Options;
use crate::project::{self, Manifest, Read};
use crate::source::{Disk, Files};
use crate::stop::Stop;

/// What the flags of a command say, which wins over what a project says.
#[derive(Clone)]
pub(super) struct Flags<'a> {
    manifest: Manifest,
    allow_outside: bool,
    settings: Cow<'a, [(String, String)]>,
    stop: Stop,
}

impl<'a> Flags<'a> {
    pub fn new(files: &FileArguments, stop: &Stop) -> Self {
        let (most_bad_rows, most_memory) = (files.max_bad_rows, files.max_memory);
        let manifest = Manifest { most_bad_rows, most_memory, ..Manifest::default() };
        Self {
            manifest,
            allow_outside: files.allow_outside,
            settings: Cow::Borrowed(&[]),
            stop: stop.clone(),
        }
    }

    /// Errors: a lint that is given two levels.
    pub fn with_levels(mut self, messages: &MessageArguments) -> Result<Self, Refusal> {
        self.manifest.levels = messages.levels()?;
        Ok(self)
    }

    pub const fn with_solver(mut self, solver: &SolverArguments) -> Self {
        (self.manifest.solver, self.manifest.engine) = (solver.solver, solver.engine);
        self
    }

    pub fn with_settings(mut self, settings: &'a [(String, String)]) -> Self {
        self.settings = Cow::Borrowed(settings);
        self
    }

    /// The same, for as long as anybody wants it.
    pub fn owned(self) -> Flags<'static> {
        let settings = Cow::Owned(self.settings.into_owned());
        Flags { manifest: self.manifest, allow_outside: self.allow_outside, settings, stop: self.stop }
    }

    /// What is asked of a compilation of a model of this project.
    pub fn options(&self, project: &Manifest) -> Options {
        Options {
            settings: self.settings.to_vec(),
            allow_outside: self.allow_outside,
            stop: self.stop.clone(),
            ..self.manifest.or(project).options()
        }
    }
}

/// How faults of project files are shown.
#[derive(Clone, Copy)]
pub(super) struct Showing<'a> {
    pub screen: &'a Screen,
    pub format: MessageFormat,
    /// Whether machines read them where results go.
    pub as_result: bool,
}

impl Showing<'_> {
    /// Errors: what is wrong with project files, if anything is.
    fn sound(self, read: &[Read]) -> Result<(), Refusal> {
        let faulty = read.iter().filter(|one| !one.faults.is_empty());
        let told: Vec<Told<'_>> =
            faulty.map(|one| Told { sources: &one.sources, diagnostics: &one.faults }).collect();
        if told.is_empty() {
            return Ok(());
        }
        let for_people = matches!(self.format, MessageFormat::Human | MessageFormat::Short);
        Err(Refusal::of_project(self.screen.told(&told, self.format), self.as_result && !for_people))
    }
}

/// What the projects of some models say, each file read once.
pub(super) struct Projects(BTreeMap<PathBuf, Manifest>);

impl Projects {
    pub fn of<'m>(
        models: impl IntoIterator<Item = &'m PathBuf>,
        showing: Showing<'_>,
    ) -> Result<Self, Refusal> {
        let mut files: Vec<PathBuf> =
            models.into_iter().filter_map(|model| project::of_model(model, &Disk)).collect();
        files.sort();
        files.dedup();
        let read: Vec<Read> = files.iter().map(|path| read(path, &Disk)).collect();
        showing.sound(&read)?;
        Ok(Self(files.into_iter().zip(read.into_iter().map(|one| one.manifest)).collect()))
    }

    /// What the project of a model says.
    pub fn manifest(&self, model: &Path) -> Manifest {
        let found = project::of_model(model, &Disk).and_then(|path| self.0.get(&path));
        found.cloned().unwrap_or_default()
    }
}

/// What the project of one model says.
pub(super) fn manifest(model: &Path, files: &dyn Files, showing: Showing<'_>) -> Result<Manifest, Refusal> {
    let Some(path) = project::of_model(model, files) else { return Ok(Manifest::default()) };
    let read = read(&path, files);
    showing.sound(std::slice::from_ref(&read))?;
    Ok(read.manifest)
}

fn read(path: &Path, files: &dyn Files) -> Read {
    project::read(path, crate::source::shown(&from_here(path, folder_of(path))), files)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// The project of the folder where loopc runs: where its file stands, and what it says.
pub(super) fn here(showing: Showing<'_>) -> Result<Option<(PathBuf, Read)>, Refusal> {
    let Some(path) = project::of_model(Path::new("-"), &Disk) else { return Ok(None) };
    let read = read(&path, &Disk);
    showing.sound(std::slice::from_ref(&read))?;
    Ok(Some((folder_of(&path).to_path_buf(), read)))
}

/// Shows members that are not there.
pub(super) fn refuse_members(
    read: &Read,
    faults: Vec<Diagnostic>,
    showing: Showing<'_>,
) -> Result<(), Refusal> {
    let read = Read { sources: read.sources.clone(), manifest: Manifest::default(), faults };
    showing.sound(std::slice::from_ref(&read))
}
