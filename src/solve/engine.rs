//! The choice of an engine: by name, or by the kind and size of what is asked.

use super::Choice;

/// By which method an answer is looked for. No answer depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Whatever suits the question.
    #[default]
    Auto,
    /// Linear programs: a solver's first guess, and exact pivots.
    Lp,
    /// Loops by policy iteration.
    Cycle,
    /// Plans that are circulations by the network simplex method.
    Network,
}

impl Engine {
    /// All engines, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Lp, Self::Cycle, Self::Network];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Lp => "lp",
            Self::Cycle => "cycle",
            Self::Network => "network",
        }
    }

    /// The engine of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// Whether plans that are circulations are solved as networks: not where a solver is asked for by name.
    #[must_use]
    pub fn takes_networks(self, solver: Choice) -> bool {
        match self {
            Self::Lp => false,
            Self::Network => true,
            Self::Auto | Self::Cycle => solver == Choice::Auto,
        }
    }
}
