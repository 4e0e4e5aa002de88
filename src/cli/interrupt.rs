//! Ctrl-C while a search goes on: the first ends the search and keeps what it found, the second ends the command.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use indicatif::ProgressBar;

use super::progress::Line;
use crate::stop::Stop;

/// After so long a person wants to know that something goes on.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the shell is told of a command that was ended by Ctrl-C.
const ENDED: i32 = 130;

/// Whether a search goes on that would end with what it found.
static SEARCHING: AtomicBool = AtomicBool::new(false);

/// What is drawn on the terminal.
static DRAWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// A file that is being written, and is not whole yet.
static BEGUN: Mutex<Option<PathBuf>> = Mutex::new(None);

/// A file that goes with the command if Ctrl-C ends it, until this is dropped.
pub(super) struct Begun;

impl Begun {
    pub fn file(path: &Path) -> Self {
        if let Ok(mut begun) = BEGUN.lock() {
            *begun = Some(path.to_path_buf());
        }
        Self
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if let Ok(mut begun) = BEGUN.lock() {
            *begun = None;
        }
    }
}

/// Watches over a search until it is dropped.
pub(super) struct Watch {
    over: Option<mpsc::Sender<()>>,
}

/// From now on Ctrl-C erases what is drawn; it asks a search to stop, and ends anything else.
///
/// Whether it does: where the system lets nobody listen, Ctrl-C ends the command as it always does. A
/// command listens once; what is drawn may change.
pub(super) fn listen(stop: &Stop, drawn: Option<ProgressBar>) -> bool {
    if let Ok(mut last) = DRAWN.lock() {
        *last = drawn;
    }
    let asked = stop.clone();
    let handler = move || {
        let ends = asked.is_asked() || !SEARCHING.load(Ordering::Relaxed);
        asked.ask();
        if let Ok(Some(drawn)) = DRAWN.lock().as_deref() {
            drawn.finish_and_clear();
        }
        if ends {
            if let Ok(Some(begun)) = BEGUN.lock().as_deref() {
                drop(std::fs::remove_file(begun));
            }
            std::process::exit(ENDED);
        }
        say("stopping: what was found follows; once more ends the command");
    };
    ctrlc::set_handler(handler).is_ok()
}

/// From now on the first Ctrl-C asks to end, and the second ends the command.
pub(super) fn end(ask: impl Fn() + Send + 'static) {
    let asked = AtomicBool::new(false);
    let handler = move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(ENDED);
        }
        ask();
    };
    // Where the system lets nobody listen, Ctrl-C ends the command as it always does.
    drop(ctrlc::set_handler(handler));
}

impl Watch {
    /// From now on Ctrl-C asks to stop, and a terminal without a line for it is told so once a search takes long.
    pub fn over(stop: &Stop, line: &Line) -> Self {
        SEARCHING.store(true, Ordering::Relaxed);
        if line.is_shown() || !listen(stop, None) || !std::io::stderr().is_terminal() {
            return Self { over: None };
        }
        let (over, ended) = mpsc::channel();
        let asked = stop.clone();
        #[allow(clippy::disallowed_methods, reason = "it speaks to a terminal, and touches no report")]
        std::thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) && !asked.is_asked() {
                say("searching; Ctrl-C ends the search and shows the best that it found");
            }
        });
        Self { over: Some(over) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        SEARCHING.store(false, Ordering::Relaxed);
        drop(self.over.take());
    }
}

/// A line for the person before the terminal.
fn say(line: &str) {
    drop(std::io::stderr().lock().write_all(format!("loopc: {line}\n").as_bytes()));
}
