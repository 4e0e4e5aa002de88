//! What a long computation and the person who waits for it know of each other: whether it is asked to stop, the one
//! thing that a search looks at besides its limits, and how far it has come.
//!
//! A search that is stopped ends as one does that reached its limit: with the best that it found, and what is
//! proved of that. No clock lives here.

mod progress;

pub use progress::{Phase, Progress, Seen};

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish to stop; its clones are one wish.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    progress: Progress,
}

impl Stop {
    /// Asks every search that has a clone of this to stop.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// How far what would stop has come.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.progress
    }
}
