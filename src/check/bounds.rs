//! Bounds of plans: on turns, or on what they carry; by time, or for a single round.

use crate::exact::{Rational, decimal};
use crate::model::Numeric;
use crate::source::Span;
use crate::units::{Dimension, TIME_BASE, TURN, Unit, UnitTable, YEAR};

/// A bound on turns, as it is stated.
///
/// Units: `stated` in base units of its own; by the day where `by_time`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Capacity, minimum or volume of a flow; source or sink of a participant.
    pub numeric: Numeric,
    /// Nothing where it is `unlimited`.
    pub stated: Option<Rational>,
    /// What one turn counts of it: 1, or the amount. Invariant: above 0.
    pub of_turn: Rational,
    pub by_time: bool,
    pub unit: Unit,
    /// Where it stands: the whole attribute's value.
    pub span: Span,
}

impl Bound {
    /// The bound in turns, by the day where it is by time.
    #[must_use]
    pub fn turns(&self) -> Option<Rational> {
        self.stated.as_ref()?.checked_div(&self.of_turn)
    }
}

/// What a bound of this dimension counts: whether what turns carry, and whether by time; nothing if it is none.
pub(super) fn kind_of(found: &Dimension, carried: Option<&Dimension>) -> Option<(bool, bool)> {
    let time = Dimension::of(TIME_BASE);
    let turns = Dimension::none();
    let counts = [(false, Some(&turns)), (true, carried)];
    counts.into_iter().find_map(|(carries, count)| {
        let count = count?;
        if found == count {
            return Some((carries, false));
        }
        (*found == count.times(&time, -1)).then_some((carries, true))
    })
}

/// `turn/year`, as an example of a bound.
pub(super) fn per_year(units: &UnitTable) -> Unit {
    units.times(&Unit::of(TURN), &Unit::of(YEAR), -1)
}

/// A share in percent.
pub(super) fn percent(share: &Rational) -> String {
    let hundred = Rational::from(100);
    format!("{}%", decimal::significant(&(share * &hundred), 6).text)
}
