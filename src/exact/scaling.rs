//! Integer scaling: the same numbers over one common denominator, so that long passes need no fractions.

use dashu_base::Gcd;
use dashu_int::{IBig, UBig};

use super::Rational;

/// The least common multiple of the denominators; one for no numbers.
pub fn common_denominator<'a>(numbers: impl IntoIterator<Item = &'a Rational>) -> UBig {
    numbers.into_iter().fold(UBig::ONE, |lcm, number| {
        let denominator = number.denominator();
        // Most numbers of a model have one of few denominators.
        if denominator.is_one() || (&lcm % denominator).is_zero() {
            return lcm;
        }
        let gcd = (&lcm).gcd(denominator);
        lcm / gcd * denominator
    })
}

/// The least positive number that makes integers of all these.
pub fn whole_scale<'a>(numbers: impl IntoIterator<Item = &'a Rational>) -> Rational {
    Rational::from(IBig::from(common_denominator(numbers)))
}

/// `number × scale` as an integer.
///
/// Invariant: `scale` is a multiple of the number's denominator, such as [`common_denominator`] gives.
#[must_use]
pub fn scaled(number: &Rational, scale: &UBig) -> IBig {
    number.numerator() * (scale / number.denominator())
}
