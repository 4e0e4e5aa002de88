//! How far a computation has come: counters that it moves, and that a person's terminal may look at.
//!
//! Nothing reads them but what shows them, so that no answer depends on them. No clock lives here.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    #[default]
    Loading,
    /// Tables are read; what is counted are their bytes.
    Tables,
    Checking,
    Examining,
    /// What is counted are analyses.
    Solving,
    Verifying,
    Writing,
}

impl Phase {
    const ALL: [Self; 7] = [
        Self::Loading,
        Self::Tables,
        Self::Checking,
        Self::Examining,
        Self::Solving,
        Self::Verifying,
        Self::Writing,
    ];
}

/// How far it has come; the clones of one are one.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    phase: AtomicU64,
    done: AtomicU64,
    whole: AtomicU64,
    steps: AtomicU64,
    /// The complement of a double's bits: zero where nothing was found.
    best: AtomicU64,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Seen {
    pub phase: Phase,
    /// How much of `whole` is done; `whole` is 0 where that is not known.
    pub done: u64,
    pub whole: u64,
    /// Pivots and nodes of searches, over all phases.
    pub steps: u64,
    /// About what the best found so far is worth, for a person to read; nothing where nothing was found.
    pub best: Option<f64>,
}

impl Progress {
    /// A phase begins, of so much to do; 0 where that is not known.
    pub fn begin(&self, phase: Phase, whole: u64) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.whole.store(whole, Ordering::Relaxed);
        self.0.phase.store(phase as u64, Ordering::Relaxed);
    }

    /// So much more of the phase is done.
    pub fn advance(&self, by: u64) {
        self.0.done.fetch_add(by, Ordering::Relaxed);
    }

    /// A search made one more pivot, or looked at one more node.
    pub fn step(&self) {
        self.0.steps.fetch_add(1, Ordering::Relaxed);
    }

    /// A search found something that is worth about so much, better than all before; or, a new one begins.
    pub fn found(&self, best: Option<f64>) {
        self.0.best.store(best.map_or(0, |best| !best.to_bits()), Ordering::Relaxed);
    }

    #[must_use]
    pub fn seen(&self) -> Seen {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let phase = usize::try_from(read(&self.0.phase)).unwrap_or_default();
        Seen {
            phase: Phase::ALL.get(phase).copied().unwrap_or_default(),
            done: read(&self.0.done),
            whole: read(&self.0.whole),
            steps: read(&self.0.steps),
            best: Some(read(&self.0.best)).filter(|bits| *bits != 0).map(|bits| f64::from_bits(!bits)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_are_told_apart_and_begin_anew() {
        let progress = Progress::default();
        for phase in Phase::ALL {
            progress.begin(phase, 7);
            progress.clone().advance(3);
            progress.step();
            let seen = progress.seen();
            assert_eq!((seen.phase, seen.done, seen.whole), (phase, 3, 7));
        }
        assert_eq!(progress.seen().steps, 7);
    }

    #[test]
    fn what_was_found_is_kept_until_a_new_search_begins() {
        let progress = Progress::default();
        assert_eq!(progress.seen().best, None);
        for best in [0.0, -1.5, 1.0, f64::INFINITY] {
            progress.found(Some(best));
            assert_eq!(progress.seen().best, Some(best));
        }
        progress.found(None);
        assert_eq!(progress.seen().best, None);
    }
}
