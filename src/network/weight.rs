//! What a search over walks asks of its numbers.

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

    /// The sum of the chosen numbers.
    fn total<'a>(numbers: impl IntoIterator<Item = &'a Self>) -> Self
    where
        Self: 'a,
    {
        numbers.into_iter().fold(Self::zero(), |total, number| total.plus(number))
    }
}
