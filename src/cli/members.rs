//! The models that a project names as its own, where a command names none.

use std::path::{Path, PathBuf};

use super::Refusal;
use super::find::{gather, is_passed_over};
use super::output::from_here;
use super::project::{self, Showing};
use crate::diagnostic::Diagnostic;
use crate::project::{Member, Part, no_member};

/// Files that were named one by one, and those that were found below folders.
#[derive(Default)]
pub(super) struct Models {
    pub named: Vec<PathBuf>,
    pub found: Vec<PathBuf>,
}

/// What is watched where paths are named, or none are: a project's members as they are now, else the folder where loopc
/// runs.
pub(super) fn watched(paths: &[PathBuf], showing: Showing<'_>) -> Result<Vec<PathBuf>, Refusal> {
    if !paths.is_empty() {
        return Ok(paths.to_vec());
    }
    let members = project::here(showing)?.is_some_and(|(_, read)| !read.manifest.members.is_empty());
    if !members {
        return Ok(vec![PathBuf::from(".")]);
    }
    let Models { mut named, mut found } = Models::of(paths, showing)?;
    named.append(&mut found);
    Ok(named)
}

impl Models {
    /// The files and folders of the command line; where it names none, the members of the project in whose folder
    /// loopc runs; where there are none either, all below the folder where loopc runs.
    ///
    /// Errors: faults of the project file, L0225 among them.
    pub fn of(paths: &[PathBuf], showing: Showing<'_>) -> Result<Self, Refusal> {
        let mut models = Self::default();
        if !paths.is_empty() {
            paths.iter().try_for_each(|path| models.add(path))?;
            return Ok(models);
        }
        let Some((folder, read)) = project::here(showing)? else {
            models.add(Path::new("."))?;
            return Ok(models);
        };
        if read.manifest.members.is_empty() {
            models.add(Path::new("."))?;
            return Ok(models);
        }
        let mut faults: Vec<Diagnostic> = Vec::new();
        for member in &read.manifest.members {
            if !models.add_member(&folder, member)? {
                faults.push(no_member(&member.text, member.span));
            }
        }
        project::refuse_members(&read, faults, showing)?;
        Ok(models)
    }

    fn add(&mut self, path: &Path) -> Result<(), Refusal> {
        if path.is_dir() {
            gather(path, &mut self.found)?;
        } else if !self.named.iter().any(|named| named == path) {
            self.named.push(path.to_path_buf());
        }
        Ok(())
    }

    /// Whether any model is found by a member.
    fn add_member(&mut self, folder: &Path, member: &Member) -> Result<bool, Refusal> {
        let mut places = vec![folder.to_path_buf()];
        for part in &member.parts {
            let mut next = Vec::new();
            for place in places {
                next.append(&mut within(&place, part)?);
            }
            places = next;
        }
        let mut any = false;
        let one_by_one = member.parts.iter().all(|part| matches!(part, Part::Name(_)));
        for place in places {
            let mut below = Vec::new();
            if place.is_dir() {
                gather(&place, &mut below)?;
            } else if place.is_file() && one_by_one {
                any = true;
                self.add(&from_here(&place, folder))?;
            } else if place.is_file() && place.extension().is_some_and(|ending| ending == "loop") {
                below.push(place);
            }
            any |= !below.is_empty();
            self.found.extend(below.iter().map(|path| from_here(path, folder)));
        }
        Ok(any)
    }
}

/// What a folder has by a name or pattern, in the order of names.
fn within(folder: &Path, part: &Part) -> Result<Vec<PathBuf>, Refusal> {
    if let Part::Name(name) = part {
        return Ok(vec![folder.join(name)]);
    }
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let refused = |fault: std::io::Error| Refusal::new(format!("cannot read {}: {fault}", folder.display()));
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let name = entry.map_err(refused)?.file_name();
        let fits = name.to_str().is_some_and(|name| part.is(name) && !is_passed_over(name));
        found.extend(fits.then(|| folder.join(name)));
    }
    found.sort();
    Ok(found)
}
