//! Dimensions: vectors of integer exponents over base dimensions.

use super::powers::Powers;

/// A base dimension: money, time, or a countable unit of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base(pub u32);

/// The dimension of a value; the empty one is a bare number, turns included.
///
/// Invariant: no exponent is zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dimension(Powers<Base>);

impl Dimension {
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn of(base: Base) -> Self {
        Self(Powers::of(base))
    }

    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The dimension of a product; with −1, of a quotient. Exponents saturate.
    #[must_use]
    pub fn times(&self, other: &Self, power: i32) -> Self {
        let mut product = self.0.clone();
        for (base, exponent) in other.0.iter() {
            product.put(base, exponent.saturating_mul(power));
        }
        Self(product)
    }

    #[must_use]
    pub fn power(&self, power: i32) -> Self {
        Self::none().times(self, power)
    }

    /// The one base that this is, to the power of one or minus one.
    #[must_use]
    pub fn single(&self) -> Option<(Base, i32)> {
        let mut entries = self.0.iter();
        match (entries.next(), entries.next()) {
            (Some((base, exponent @ (1 | -1))), None) => Some((base, exponent)),
            _ => None,
        }
    }

    pub fn bases(&self) -> impl Iterator<Item = (Base, i32)> {
        self.0.iter()
    }
}
