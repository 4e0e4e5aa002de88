//! Who waits for the answer to a question.

use crate::exact::Rational;
use crate::stop::Stop;

/// Whether a search is to end, and who is told of what it finds; no answer that is proved depends on it.
#[derive(Clone, Copy)]
pub struct Waiting<'a> {
    pub stop: &'a Stop,
    /// Told of every value that is better than those before.
    pub better: &'a dyn Fn(&Rational),
}

impl<'a> Waiting<'a> {
    /// Somebody who only wants to end it.
    #[must_use]
    pub fn silently(stop: &'a Stop) -> Self {
        Self { stop, better: &|_| {} }
    }
}

impl std::fmt::Debug for Waiting<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.stop.fmt(out)
    }
}
