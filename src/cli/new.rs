//! `loopc new`: a project with a first model, its test, and a workflow that checks every change.

use std::path::{Path, PathBuf};

use super::arguments::New;
use super::output::{Screen, write};
use super::{Exit, Refusal, snapshot};
use crate::pipeline::{Compilation, Options, Solution, States, compile_each};
use crate::source::{Disk, PROJECT_FILE, SourceFile};

const MODEL: &str = "model.loop";

const FIRST_MODEL: &str = include_str!("first.loop");

/// A file of a new project.
struct Made {
    path: &'static str,
    text: String,
    /// What it is for, in a few words.
    about: &'static str,
}

pub(super) fn run(arguments: &New, screen: &Screen) -> Result<Exit, Refusal> {
    let folder = &arguments.folder;
    let refused =
        |fault: std::io::Error| Refusal::new(format!("cannot create {}: {fault}", folder.display()));
    if folder.exists()
        && std::fs::read_dir(folder).map_err(refused)?.any(|entry| !is_git(entry.as_ref().ok()))
    {
        return Err(Refusal::new(format!("{} exists and is not empty", folder.display())));
    }
    let made = files(&folder.join(MODEL))?;
    let mut begun = Begun::default();
    for one in &made {
        begun.put(&folder.join(one.path), &one.text)?;
    }
    begun.keep();
    let width = made.iter().map(|one| one.path.len()).max().unwrap_or(0);
    let lines: String = made.iter().map(|one| format!("  {:<width$}  {}\n", one.path, one.about)).collect();
    let (model, shown) = (folder.join(MODEL), folder.display());
    screen.print(&format!(
        "wrote a project, {shown}\n{lines}\nnext: loopc solve {}\nthen: change the model, and see what loopc test says of it in {shown}\n",
        model.display()
    ))?;
    Ok(Exit::Well)
}

/// Whether an entry is what git keeps in a folder that is a repository already.
fn is_git(entry: Option<&std::fs::DirEntry>) -> bool {
    entry.is_some_and(|entry| entry.file_name() == ".git")
}

/// What a new project is made of, as it is told.
fn files(model: &Path) -> Result<Vec<Made>, Refusal> {
    let file = |path, text: &str, about| Made { path, text: text.to_owned(), about };
    Ok(vec![
        file(MODEL, FIRST_MODEL, "a first model, with what it expects"),
        file("snapshots/model.loop.snap", &report(model)?, "its report, which loopc test holds it against"),
        file(PROJECT_FILE, include_str!("new/loop.toml"), "what is looked at, and how strictly"),
        file(
            ".github/workflows/loopc.yml",
            include_str!("new/workflow.yml"),
            "checks and tests every change",
        ),
        file(".gitattributes", include_str!("new/gitattributes"), "the same line ends on every machine"),
        file(".gitignore", include_str!("new/gitignore"), "leaves out reports that wait to be accepted"),
    ])
}

/// The snapshot of the first model, as `loopc test --accept` takes it.
fn report(model: &Path) -> Result<String, Refusal> {
    let source = SourceFile::from_text(crate::source::shown(model), FIRST_MODEL.to_owned());
    let main = (model.to_path_buf(), source);
    let unsolved = || Refusal::new("the first model has no report");
    let mut states = compile_each(main, (Options::default(), &States::All), &Disk).map_err(|_| unsolved())?;
    let solutions: Vec<Option<Solution>> = states.iter_mut().map(|state| state.solve(&[])).collect();
    let solved = states.iter().zip(&solutions).map(|(state, solution)| Some((state, solution.as_ref()?)));
    let solved: Vec<(&Compilation, &Solution)> = solved.collect::<Option<_>>().ok_or_else(unsolved)?;
    Ok(snapshot::taken(model, &solved))
}

/// Files and folders of a project that is not whole yet: unless it becomes so, they go again.
#[derive(Default)]
struct Begun {
    /// In the order in which they were made.
    made: Vec<PathBuf>,
    whole: bool,
}

impl Begun {
    /// Writes a file, and makes the folders that it needs.
    fn put(&mut self, path: &Path, text: &str) -> Result<(), Refusal> {
        let missing: Vec<&Path> = path
            .ancestors()
            .skip(1)
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            let refused =
                |fault: std::io::Error| Refusal::new(format!("cannot create {}: {fault}", folder.display()));
            std::fs::create_dir(folder).map_err(refused)?;
            self.made.push(folder.to_path_buf());
        }
        write(path, text)?;
        self.made.push(path.to_path_buf());
        Ok(())
    }

    fn keep(&mut self) {
        self.whole = true;
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if self.whole {
            return;
        }
        // What somebody else put into a folder meanwhile keeps it.
        for path in self.made.iter().rev() {
            drop(if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) });
        }
    }
}
