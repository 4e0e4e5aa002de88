//! Units: dimensions, declared units, and quantities, which are exact numbers with a unit.
//!
//! A [`Unit`] remembers how it was spelled (`CNY/year`), for reading; its [`Dimension`] decides what may be
//! added to what. The table of declared units is filled by `resolve`; nothing here knows source or names' scope.

mod dimension;
mod powers;
mod quantity;
mod table;

pub use dimension::{Base, Dimension};
pub use quantity::Quantity;
pub use table::{DAY, MONEY_BASE, TIME_BASE, TIME_UNITS, TURN, UnitId, UnitTable, YEAR};

use powers::Powers;

/// A product of declared units, as it was spelled.
///
/// Invariant: no exponent is zero, and at most one unit stands for each base dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit(Powers<UnitId>);

impl Unit {
    /// The unit of a bare number.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn of(unit: UnitId) -> Self {
        Self(Powers::of(unit))
    }

    /// The units that it is a product of.
    pub fn units(&self) -> impl Iterator<Item = UnitId> {
        self.0.iter().map(|(unit, _)| unit)
    }

    /// The highest power of a unit in it, of either sign.
    #[must_use]
    pub fn highest_power(&self) -> u32 {
        self.0.iter().map(|(_, power)| power.unsigned_abs()).max().unwrap_or(0)
    }

    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}
