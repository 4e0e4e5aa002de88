//! `loopc watch`: models checked and solved again whenever they are saved.
//!
//! What happens comes in through one channel: files that somebody touched, solutions that are done, Ctrl-C. Touches only
//! say that it is time to look; whether a model is solved again depends on what its files hold (`inputs.rs`). Models are
//! solved on a thread of their own, one after the other in their order, so that a new save can end a search, and Ctrl-C
//! everything. When to look is a matter of a clock; no answer is.

mod board;
mod folders;
mod inputs;
mod round;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;
#[allow(clippy::disallowed_types, reason = "when to look at files again; no report sees it")]
use std::time::Instant;

use super::arguments::Watch;
use super::output::Screen;
use super::project::Showing;
use super::{Exit, Refusal, interrupt};
use crate::stop::Stop;
use board::Board;
use folders::Folders;
use inputs::Interest;
use round::{Asked, Round};

/// Saves are waited for until none came for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(80);

/// Where saves do not end, they are looked at after so long.
const PATIENCE: Duration = Duration::from_secs(1);

/// After so long a person wants to know that something goes on; as long a search has to end when everything does.
const BUSY: Duration = Duration::from_millis(500);

/// Nothing is waited for.
const EVER: Duration = Duration::from_secs(1 << 20);

/// What happens.
enum Event {
    Touched {
        paths: Vec<PathBuf>,
        /// Whether they went away.
        gone: bool,
    },
    /// Files were touched, and nobody knows which.
    Missed,
    Ended,
    Done(std::thread::Result<Vec<Round>>),
}

pub(super) fn run(arguments: &Watch, screen: &Screen) -> Result<Exit, Refusal> {
    if let Some(missing) = arguments.paths.iter().find(|path| !path.exists()) {
        let why = match missing == Path::new("-") {
            true => "standard input is no file that could be saved".to_owned(),
            false => format!("cannot watch {}: there is no such file", missing.display()),
        };
        return Err(Refusal::new(why));
    }
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let asked = Asked::of(arguments, showing)?;
    let (sender, events) = mpsc::channel();
    let folders = Folders::new(sender.clone())?;
    let ended = sender.clone();
    interrupt::end(move || drop(ended.send(Event::Ended)));
    let mut watching = Watching {
        asked,
        folders,
        interest: Interest::default(),
        board: Board::new(arguments, screen),
        sender,
        running: None,
        dirty: None,
    };
    watching.look()?;
    watching.until_ended(&events)
}

#[allow(clippy::disallowed_types, reason = "when to look at files again; no report sees it")]
struct Watching<'a> {
    asked: Asked,
    folders: Folders,
    /// Which paths matter.
    interest: Interest,
    board: Board<'a>,
    sender: Sender<Event>,
    /// How what is being solved is ended.
    running: Option<Stop>,
    /// Since when there is something to look at.
    dirty: Option<Instant>,
}

impl Watching<'_> {
    fn until_ended(&mut self, events: &Receiver<Event>) -> Result<Exit, Refusal> {
        while !self.board.is_unseen() {
            match self.next(events) {
                Some(Event::Ended) => {
                    self.end(events);
                    break;
                }
                Some(Event::Touched { paths, gone }) => self.touched(&paths, gone),
                Some(Event::Missed) => self.touch(),
                Some(Event::Done(rounds)) => self.done(rounds)?,
                None if self.running.is_some() => self.board.busy()?,
                None => self.look()?,
            }
            let late = self.dirty.is_some_and(|since| since.elapsed() > PATIENCE);
            if late && self.running.is_none() {
                self.look()?;
            }
        }
        Ok(Exit::Well)
    }

    /// What happens next; nothing, where that takes long.
    fn next(&self, events: &Receiver<Event>) -> Option<Event> {
        let wait = match (&self.running, self.dirty) {
            (Some(_), _) => BUSY,
            (None, Some(_)) => QUIET,
            (None, None) => EVER,
        };
        match events.recv_timeout(wait) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            // It cannot be: a sender is kept here.
            Err(RecvTimeoutError::Disconnected) => Some(Event::Ended),
        }
    }

    fn touched(&mut self, paths: &[PathBuf], gone: bool) {
        let unwatched = gone && self.folders.forget(paths);
        if unwatched || self.interest.matters(paths) {
            self.touch();
        }
    }

    /// Something is to be looked at, and what is being solved may be out of date.
    #[allow(clippy::disallowed_types, reason = "when to look at files again; no report sees it")]
    fn touch(&mut self) {
        self.dirty.get_or_insert_with(Instant::now);
        if let Some(stop) = &self.running {
            stop.ask();
        }
    }

    fn done(&mut self, rounds: std::thread::Result<Vec<Round>>) -> Result<(), Refusal> {
        self.running = None;
        // A fault of loopc is told as one.
        let rounds = rounds.unwrap_or_else(|fault| std::panic::resume_unwind(fault));
        self.board.take(rounds)?;
        // What was solved may use files that nobody watches yet.
        self.touch();
        Ok(())
    }

    /// Solves again what changed. Folders are watched first: what changes from then on is told.
    fn look(&mut self) -> Result<(), Refusal> {
        self.dirty = None;
        loop {
            let wanted = self.asked.folders().into_iter().chain(self.board.folders()).collect();
            if !self.folders.follow(wanted)? {
                break;
            }
        }
        let models = self.asked.models();
        self.interest = self.board.interest(&models, self.asked.roots());
        let due = self.board.due(&models)?;
        if !due.is_empty() {
            let stop = Stop::default();
            self.running = Some(stop.clone());
            round::begin(due, self.asked.clone(), stop, self.sender.clone())?;
        }
        Ok(())
    }

    /// Lets a search end, and with it what it left on the disk.
    fn end(&mut self, events: &Receiver<Event>) {
        let Some(stop) = self.running.take() else { return };
        stop.ask();
        while let Ok(event) = events.recv_timeout(BUSY) {
            if matches!(event, Event::Done(_)) {
                break;
            }
        }
    }
}
