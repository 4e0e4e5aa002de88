//! The one door between exact numbers and doubles.
//!
//! A solver is fed through [`to_double`], and what it suggests comes back as *order* (which flow, which
//! loop), not as a number; nothing that passed this door is ever reported.

use super::Rational;

/// The nearest double; infinite where the number is beyond their range.
#[must_use]
pub fn to_double(exact: &Rational) -> f64 {
    exact.as_ref().to_f64().value()
}
