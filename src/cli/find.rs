//! Which files a folder holds.

use std::path::{Path, PathBuf};

use super::Refusal;

/// Folders of other programs, which hold no models of the user's own.
const PASSED_OVER: [&str; 2] = ["target", "node_modules"];

/// The `.loop` files below a folder, in the order of their names; hidden files and folders, `target` and
/// `node_modules` are passed over.
pub(super) fn gather(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    for (path, is_folder) in entries(folder)? {
        if is_folder {
            gather(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "loop") {
            found.push(path);
        }
    }
    Ok(())
}

/// The folders below a folder in which [`gather`] looks.
pub(super) fn folders_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    for (path, is_folder) in entries(folder)? {
        if is_folder {
            folders_below(&path, found)?;
            found.push(path);
        }
    }
    Ok(())
}

/// What a folder holds, in the order of the names, and whether that is a folder.
fn entries(folder: &Path) -> Result<Vec<(PathBuf, bool)>, Refusal> {
    let refused = |fault: std::io::Error| Refusal::new(format!("cannot read {}: {fault}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let passed = name.starts_with('.') || is_passed_over(&name);
        // Links are not followed: they may lead around in a ring.
        let kind = entry.file_type().map_err(refused)?;
        entries.extend((!passed).then_some((entry.path(), kind.is_dir())));
    }
    entries.sort();
    Ok(entries)
}

/// Whether a folder of this name belongs to another program.
pub(super) fn is_passed_over(name: &str) -> bool {
    PASSED_OVER.contains(&name)
}
