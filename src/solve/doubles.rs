//! Numbers of edges as doubles, and doubles as what a search over walks weighs with.

use crate::exact::{Numbers, Words, door};
use crate::network::Weight;

/// Relative differences below this are noise.
const NOISE: f64 = 1e-11;

/// Whether a double is greater by more than was lost in rounding.
#[inline]
pub(super) fn exceeds(one: f64, other: f64) -> bool {
    one - other > NOISE * (one.abs() + other.abs())
}

/// All numbers of a list over the greatest magnitude; words stay where they are.
pub(super) enum Doubles<'n> {
    Words(Words<'n>, f64),
    Listed(Vec<f64>),
}

impl<'n> Doubles<'n> {
    /// Nothing where a number is beyond doubles.
    pub fn of(numbers: &'n Numbers) -> Option<Self> {
        let unit = |most: f64| if most > 0.0 { most } else { 1.0 };
        if let Some((words, _)) = numbers.integers() {
            return Some(Self::Words(words, 1.0 / unit(door::word_to_double(words.most().cast_signed()))));
        }
        let mut doubles = door::to_doubles(numbers);
        let most = doubles.iter().fold(0.0, |most: f64, double| most.max(double.abs()));
        doubles.iter_mut().for_each(|double| *double /= unit(most));
        most.is_finite().then_some(Self::Listed(doubles))
    }

    #[inline]
    pub fn at(&self, place: usize) -> f64 {
        match self {
            Self::Words(words, unit) => door::word_to_double(words.get(place)) * unit,
            Self::Listed(doubles) => doubles[place],
        }
    }
}

/// A double that is near what it stands for: another exceeds it only where that cannot be rounding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near(pub f64);

impl Weight for Near {
    #[inline]
    fn zero() -> Self {
        Self(0.0)
    }

    #[inline]
    fn plus(&self, other: &Self) -> Self {
        Self(self.0 + other.0)
    }

    #[inline]
    fn minus(&self, other: &Self) -> Self {
        Self(self.0 - other.0)
    }

    #[inline]
    fn times(&self, other: &Self) -> Self {
        Self(self.0 * other.0)
    }

    #[inline]
    fn exceeds(&self, other: &Self) -> bool {
        exceeds(self.0, other.0)
    }
}
