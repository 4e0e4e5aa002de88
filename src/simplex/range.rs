//! Where a variable may be, and how many pivots may be made.

use std::cmp::Ordering;

use crate::exact::Compact;
use crate::stop::Stop;

/// The bounds of a variable; a bound that is missing is infinite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub lower: Option<Compact>,
    pub upper: Option<Compact>,
}

impl Range {
    pub fn is_fixed(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }

    /// Whether no number is within.
    pub fn is_empty(&self) -> bool {
        matches!((&self.lower, &self.upper), (Some(lower), Some(upper)) if lower > upper)
    }

    /// Less where the value is below the range, greater where it is above.
    pub fn side(&self, value: &Compact) -> Ordering {
        if self.lower.as_ref().is_some_and(|lower| value < lower) {
            Ordering::Less
        } else if self.upper.as_ref().is_some_and(|upper| value > upper) {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }

    /// The bound in this direction.
    pub const fn end(&self, rising: bool) -> Option<&Compact> {
        if rising { self.upper.as_ref() } else { self.lower.as_ref() }
    }

    /// Whether a value in the range may move in this direction.
    pub fn lets(&self, rising: bool, value: &Compact) -> bool {
        self.end(rising).is_none_or(|end| value != end)
    }

    /// The bound nearest to a value, the lower one of equals; zero where there is none.
    pub fn nearest(&self, value: &Compact) -> Compact {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) => {
                let closer = upper.minus(value).abs() < value.minus(lower).abs();
                if closer { upper } else { lower }.clone()
            }
            (Some(only), None) | (None, Some(only)) => only.clone(),
            (None, None) => Compact::ZERO,
        }
    }
}

/// How many pivots may still be made, unless somebody asks to stop before.
#[derive(Clone, Debug)]
pub struct Budget {
    pub pivots_left: u64,
    stop: Stop,
}

/// The budget did not suffice; what was asked is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl Budget {
    /// So many pivots.
    #[must_use]
    pub fn of(pivots_left: u64) -> Self {
        Self { pivots_left, stop: Stop::default() }
    }

    /// So many pivots, until somebody asks to stop.
    #[must_use]
    pub fn until(stop: &Stop, pivots_left: u64) -> Self {
        Self { pivots_left, stop: stop.clone() }
    }

    /// Takes one pivot from what is left.
    ///
    /// # Errors
    /// None is left, or somebody asked to stop.
    pub fn spend(&mut self) -> Result<(), Exhausted> {
        self.spend_many(1)
    }

    /// Takes so many.
    ///
    /// # Errors
    /// As for [`Self::spend`].
    pub fn spend_many(&mut self, pivots: u64) -> Result<(), Exhausted> {
        if self.stop.is_asked() {
            return Err(Exhausted);
        }
        self.stop.progress().step();
        let left = self.pivots_left.checked_sub(pivots);
        // What did not suffice once does not for less later: nothing depends on the order of what is asked.
        self.pivots_left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(Exhausted)
    }
}
