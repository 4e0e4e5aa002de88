//! Folders that are watched for what happens to their files: editors replace a file by another, so files themselves are not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Event;
use crate::cli::Refusal;

pub(super) struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Folders {
    pub fn new(sender: Sender<Event>) -> Result<Self, Refusal> {
        let tell = move |told: notify::Result<notify::Event>| {
            // Who does not listen any more has ended.
            told.map_or(Some(Event::Missed), event).map_or((), |event| drop(sender.send(event)))
        };
        let watcher = notify::recommended_watcher(tell);
        let watcher =
            watcher.map_err(|fault| Refusal::new(format!("cannot watch files: {}", why(&fault))))?;
        Ok(Self { watcher, watched: BTreeSet::new() })
    }

    /// Watches these folders and no others. Whether some are new.
    pub fn follow(&mut self, wanted: BTreeSet<PathBuf>) -> Result<bool, Refusal> {
        let old: Vec<PathBuf> = self.watched.difference(&wanted).cloned().collect();
        for folder in old {
            self.unwatch(&folder);
        }
        let mut any = false;
        for folder in wanted {
            if self.watched.contains(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => any |= self.watched.insert(folder),
                // It went away meanwhile: what is above it tells so.
                Err(_) if !folder.is_dir() => {}
                Err(fault) => {
                    let why = format!("cannot watch {}: {}", folder.display(), why(&fault));
                    return Err(Refusal::new(why));
                }
            }
        }
        Ok(any)
    }

    /// Folders that went away, or with them those above, are watched no more: what stands there now is another one.
    /// Whether there are any.
    pub fn forget(&mut self, paths: &[PathBuf]) -> bool {
        let gone = |folder: &&PathBuf| paths.iter().any(|path| folder.starts_with(path));
        let gone: Vec<PathBuf> = self.watched.iter().filter(gone).cloned().collect();
        gone.iter().for_each(|folder| self.unwatch(folder));
        !gone.is_empty()
    }

    fn unwatch(&mut self, folder: &Path) {
        // Where the folder is gone, nothing is left to be undone.
        drop(self.watcher.unwatch(folder));
        self.watched.remove(folder);
    }
}

/// What somebody did, unless it was only looked at.
fn event(told: notify::Event) -> Option<Event> {
    if told.need_rescan() {
        return Some(Event::Missed);
    }
    let gone = match told.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return None,
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => true,
        _ => false,
    };
    Some(Event::Touched { paths: told.paths, gone })
}

fn why(fault: &notify::Error) -> String {
    match &fault.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system lets no more folders be watched (on Linux: fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(fault) => fault.to_string(),
        _ => fault.to_string(),
    }
}
