//! The one door between exact numbers and doubles.
//!
//! A solver is fed through [`to_double`], and what it suggests comes back as *order* (which flow, which
//! loop), not as a number; nothing that passed this door is ever reported.

use super::{Numbers, Rational};

/// The nearest double; infinite where the number is beyond their range.
#[must_use]
pub fn to_double(exact: &Rational) -> f64 {
    exact.as_ref().to_f64().value()
}

/// The double nearest to a machine word.
#[must_use]
#[inline]
#[allow(clippy::cast_precision_loss, reason = "doubles are near, no more")]
pub const fn word_to_double(word: i64) -> f64 {
    word as f64
}

/// Doubles near all numbers of a list, over one unit.
#[must_use]
pub fn to_doubles(numbers: &Numbers) -> Vec<f64> {
    match numbers.integers() {
        #[allow(clippy::cast_precision_loss, reason = "doubles are near, no more")]
        Some((integers, _)) => integers.iter().map(|integer| integer as f64).collect(),
        None => numbers.iter().map(|number| to_double(&number)).collect(),
    }
}

/// The whole number nearest to a double; nothing where doubles no longer tell whole numbers apart.
///
/// It is where an exact search may begin, and no number that is reported.
#[must_use]
pub fn to_whole(near: f64) -> Option<Rational> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "within the whole numbers of doubles")]
    (near.abs() <= MOST).then(|| Rational::from(near.round() as i64))
}
