//! Doubles as weights of a search that only steers.

use crate::network::Weight;

/// A double that was rounded, so that small differences mean nothing.
#[derive(Clone, Copy, Debug)]
pub struct Approximate(pub f64);

/// Relative differences below this are noise.
const NOISE: f64 = 1e-11;

impl Weight for Approximate {
    fn zero() -> Self {
        Self(0.0)
    }

    fn plus(&self, other: &Self) -> Self {
        Self(self.0 + other.0)
    }

    fn minus(&self, other: &Self) -> Self {
        Self(self.0 - other.0)
    }

    fn times(&self, other: &Self) -> Self {
        Self(self.0 * other.0)
    }

    fn exceeds(&self, other: &Self) -> bool {
        self.0 - other.0 > NOISE * (self.0.abs() + other.0.abs())
    }
}
