//! `loopc fix`: all that can be mended for certain, in models and in the files of their project that they use.

use std::path::{Path, PathBuf};

use super::arguments::{Fix, MessageFormat};
use super::changes::Changes;
use super::check::{Shown, counted};
use super::models::Asked;
use super::output::{Screen, near, too_large, unknown_scenario};
use super::progress::Line;
use super::project::{Flags, Projects, Showing};
use super::{Exit, Refusal};
use crate::diagnostic::Severity;
use crate::pipeline::{Compilation, States, compile_each};
use crate::source::{Disk, Files as _, Project, SourceFile};
use crate::stop::Stop;

/// How often a model is mended at the most: each time shows what the mends before uncovered.
const MOST_PASSES: usize = 64;

pub(super) fn run(arguments: &Fix, screen: &Screen) -> Result<Exit, Refusal> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        return Err(Refusal::new("standard input is no file that could be mended"));
    }
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let asked = Asked::of(&arguments.paths, showing)?;
    let stop = Stop::default();
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let projects = Projects::of(asked.paths(), showing)?;
    let line = Line::of(&stop, screen);
    let said = (flags, projects);
    let mut mending = Mending { dry_run: arguments.dry_run, said, changes: Changes::default(), mends: 0 };
    let mut compiled = Vec::new();
    for path in asked.paths() {
        compiled.push((path, mending.compiled(path)?));
    }
    let alone = mending.all(asked.alone(compiled))?;
    drop(line);
    if arguments.dry_run {
        screen.print(&mending.changes.diff())?;
    } else {
        mending.changes.write()?;
    }
    let shown = Shown::of(alone);
    screen.error(&screen.told(&shown.told(), arguments.messages.message_format));
    if arguments.messages.message_format == MessageFormat::Human {
        screen.error(&mending.summary(&shown));
    }
    Ok(if shown.count(Severity::Error) > 0 { Exit::Model } else { Exit::Well })
}

struct Mending<'a> {
    dry_run: bool,
    /// What the command line and the projects say.
    said: (Flags<'a>, Projects),
    changes: Changes,
    /// How many mends were made.
    mends: usize,
}

impl Mending<'_> {
    /// The states of a model: what mends one may uncover a fault of another.
    fn compiled(&self, path: &Path) -> Result<Vec<Compilation>, Refusal> {
        let (flags, projects) = &self.said;
        let options = flags.options(&projects.manifest(path));
        if let Some(unread) = too_large(path, &self.changes, &options) {
            return Ok(vec![unread]);
        }
        let path = near(path);
        let refused = |fault| Refusal::new(format!("cannot read {}: {fault}", path.display()));
        let bytes = self.changes.read(&path).map_err(refused)?;
        let main = SourceFile::from_bytes(crate::source::shown(&path), bytes);
        let states = compile_each((path, main), (options, &States::All), &self.changes);
        let mut states = states.map_err(|unknown| unknown_scenario(&unknown))?;
        states.iter_mut().for_each(Compilation::examine);
        Ok(states)
    }

    /// Mends each model until nothing is left to mend, and gives all of them back as they are then.
    fn all<'a>(
        &mut self,
        compiled: Vec<(&'a PathBuf, Vec<Compilation>)>,
    ) -> Result<Vec<(&'a PathBuf, Vec<Compilation>)>, Refusal> {
        let mut mended = Vec::new();
        for (path, compilation) in compiled {
            // What was mended before may be a part of this one as well.
            let compilation = if self.changes.age == 0 { compilation } else { self.compiled(path)? };
            let compilation = self.one(path, compilation)?;
            mended.push((path, self.changes.age, compilation));
        }
        let now = self.changes.age;
        let again = mended.into_iter().map(|(path, age, compilation)| {
            Ok((path, if age == now { compilation } else { self.compiled(path)? }))
        });
        again.collect()
    }

    /// Mends one model and what it uses.
    fn one(&mut self, path: &Path, mut states: Vec<Compilation>) -> Result<Vec<Compilation>, Refusal> {
        let project = Project::of(&near(path), &Disk);
        let inside =
            |file: &SourceFile| Disk.canonical(Path::new(&file.path)).is_ok_and(|path| project.holds(&path));
        for _ in 0..MOST_PASSES {
            let mended = states.iter().map(|state| (state, state.mended(&inside)));
            let Some((state, mended)) = mended.into_iter().find(|(_, mended)| mended.mends > 0) else {
                break;
            };
            self.mends += mended.mends;
            for (file, text) in mended.files {
                let file = state.sources.file(file);
                let refused = |fault| Refusal::new(format!("cannot find {}: {fault}", file.path));
                self.changes.put(&file.path, &file.text, text).map_err(refused)?;
            }
            states = self.compiled(path)?;
        }
        Ok(states)
    }

    fn summary(&self, shown: &Shown) -> String {
        let left = shown.count(Severity::Error) + shown.count(Severity::Warning);
        let left = match left {
            0 => "none is left".to_owned(),
            1 => "1 fault is left".to_owned(),
            more => format!("{more} faults are left"),
        };
        let fixed = if self.dry_run { "would fix" } else { "fixed" };
        match self.mends {
            0 => format!("nothing to fix; {left}\n"),
            mends => {
                let (faults, files) = (counted(mends, "fault"), counted(self.changes.count(), "file"));
                format!("{fixed} {faults} in {files}; {left}\n")
            }
        }
    }
}
