//! What a search over walks asks of its numbers, and of the lists they stand in.

use std::borrow::Cow;

use crate::exact::Words;

/// An exact number that walks are weighed with.
pub trait Weight: Clone {
    fn zero() -> Self;
    #[must_use]
    fn plus(&self, other: &Self) -> Self;
    #[must_use]
    fn minus(&self, other: &Self) -> Self;
    #[must_use]
    fn times(&self, other: &Self) -> Self;
    /// Whether this is greater.
    fn exceeds(&self, other: &Self) -> bool;

    /// The number as a machine word, where it is known to be one.
    fn word(&self) -> Option<i64> {
        None
    }

    /// The sum of the chosen numbers.
    fn total<'a>(numbers: impl IntoIterator<Item = &'a Self>) -> Self
    where
        Self: 'a,
    {
        numbers.into_iter().fold(Self::zero(), |total, number| total.plus(number))
    }
}

/// A list of numbers, one for each edge; how it keeps them is its own affair.
pub trait Figures {
    type Number: Weight;

    /// The number at a place. Invariant asked of the caller: there is one.
    fn at(&self, place: usize) -> Cow<'_, Self::Number>;

    /// All numbers as machine words, where they are kept as such.
    fn words(&self) -> Option<Words<'_>> {
        None
    }

    /// The sum of the numbers at some places.
    fn sum(&self, places: impl IntoIterator<Item = usize>) -> Self::Number {
        places.into_iter().fold(Self::Number::zero(), |total, place| total.plus(&self.at(place)))
    }
}

impl<W: Weight> Figures for Vec<W> {
    type Number = W;

    #[inline]
    fn at(&self, place: usize) -> Cow<'_, W> {
        Cow::Borrowed(&self[place])
    }
}
