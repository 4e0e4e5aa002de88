//! Whether somebody asked a search to stop: the one thing that a long search looks at besides its limits.
//!
//! A search that is stopped ends as one does that reached its limit: with the best that it found, and what is
//! proved of that. No clock lives here.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish to stop; its clones are one wish.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks every search that has a clone of this to stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
