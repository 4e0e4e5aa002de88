//! Ctrl-C while a search goes on: the first ends the search and keeps what it found, the second ends the command.

use std::io::{IsTerminal as _, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use crate::stop::Stop;

/// After so long a person wants to know that something goes on.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the shell is told of a command that was ended by Ctrl-C.
const ENDED: i32 = 130;

/// Watches over a search until it is dropped.
pub(super) struct Watch {
    over: Option<mpsc::Sender<()>>,
}

impl Watch {
    /// From now on Ctrl-C asks to stop, and a terminal is told of it once a search takes long.
    pub fn over(stop: &Stop) -> Self {
        let asked = stop.clone();
        // Where the system lets nobody listen, Ctrl-C ends the command as it always does.
        let heard = ctrlc::set_handler(move || {
            if asked.is_asked() {
                std::process::exit(ENDED);
            }
            asked.ask();
            say("stopping: what was found follows; once more ends the command");
        });
        if heard.is_err() || !std::io::stderr().is_terminal() {
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
        drop(self.over.take());
    }
}

/// A line for the person before the terminal.
fn say(line: &str) {
    drop(std::io::stderr().lock().write_all(format!("loopc: {line}\n").as_bytes()));
}
