//! Quantities: exact numbers with a unit.

use super::Unit;
use crate::exact::Rational;

/// An exact number with a unit.
///
/// Invariant: `value` is in base units (days, the reporting currency, single counts), whatever the unit's
/// spelling: `1 year` has the value 365.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub value: Rational,
    pub unit: Unit,
}

impl Quantity {
    #[must_use]
    pub fn bare(value: Rational) -> Self {
        Self { value, unit: Unit::none() }
    }
}
