//! What goes on while the editor is answered: reading its messages, and solving.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::Builder;

use lsp_server::Message;

use super::outlines::{self, Outline};
use super::workspace::Workspace;
use crate::pipeline::{Opened, Solved};
use crate::source::{Disk, Encoding};

/// What a main thread has, too: expressions nest deep.
const STACK_BYTES: usize = 8 << 20;

/// Of so many files at once it is told what they declare.
const MOST_AT_ONCE: usize = 64;

/// What the server waits for.
#[derive(Debug)]
pub(super) enum Event {
    Client(Message),
    /// The client is gone.
    Gone,
    /// A model was solved, in the generation that it was then; nothing was found where somebody asked to stop.
    Solved(PathBuf, u64, Option<Arc<Solved>>),
    /// The folders were looked through.
    Scanned(u64, Workspace),
    /// Files were read for what they declare, of the folders that were looked through then.
    Outlined(u64, Vec<Outline>),
}

/// Passes on what the client sends, until it is gone.
pub(super) fn read(
    receiver: impl IntoIterator<Item = Message, IntoIter: Send> + Send + 'static,
    events: Sender<Event>,
) {
    let work = move || {
        for message in receiver {
            if events.send(Event::Client(message)).is_err() {
                return;
            }
        }
        drop(events.send(Event::Gone));
    };
    begin(work);
}

/// Solves a model, unless somebody asks it to stop.
pub(super) fn solve((main, generation, opened): (PathBuf, u64, Arc<Opened>), events: Sender<Event>) {
    begin(move || {
        let solved = solved(&opened);
        drop(events.send(Event::Solved(main, generation, solved)));
    });
}

/// What solving a model finds; a fault of an engine must not end the conversation: then nothing is found.
pub(super) fn solved(opened: &Opened) -> Option<Arc<Solved>> {
    let solved = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| opened.solve()));
    solved.ok().flatten().map(Arc::new)
}

/// Looks through folders for models.
pub(super) fn scan((number, folders): (u64, Vec<PathBuf>), events: Sender<Event>) {
    begin(move || drop(events.send(Event::Scanned(number, Workspace::of(&folders, &Disk)))));
}

/// Reads files for what they declare.
pub(super) fn outline((number, paths): (u64, Vec<PathBuf>), encoding: Encoding, events: Sender<Event>) {
    begin(move || {
        let mut some = Vec::new();
        outlines::read(&paths, encoding, &mut |outline| {
            some.push(outline);
            some.len() < MOST_AT_ONCE
                || events.send(Event::Outlined(number, std::mem::take(&mut some))).is_ok()
        });
        drop(events.send(Event::Outlined(number, some)));
    });
}

/// Takes something apart that nobody needs any more.
pub(super) fn forget<T: Send + 'static>(old: T) {
    begin(move || drop(old));
}

/// Does something beside the conversation.
pub(super) fn begin(work: impl FnOnce() + Send + 'static) {
    // Where no thread can be had, what it would do is left out; without messages the client sees that nobody answers.
    drop(Builder::new().stack_size(STACK_BYTES).spawn(work));
}
