//! What bounds of plans look like.

use crate::exact::{Rational, decimal};
use crate::units::{Dimension, TIME_BASE, TURN, Unit, UnitTable, YEAR};

/// Whether a dimension is that of a bound: turns, or what they carry, by time or for a single round.
pub(super) fn is_bound(found: &Dimension, carried: Option<&Dimension>) -> bool {
    let time = Dimension::of(TIME_BASE);
    let turns = Dimension::none();
    let counts = [Some(&turns), carried];
    counts.into_iter().flatten().any(|count| found == count || *found == count.times(&time, -1))
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
