//! Decimal numbers that fit a word: what nearly all cells of tables hold.

use super::Rational;

/// A decimal number that fits a word: `mantissa / 10^places`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    pub mantissa: i64,
    pub places: u32,
}

impl Short {
    pub const ZERO: Self = Self { mantissa: 0, places: 0 };

    /// The number as a short decimal, if it is one.
    #[must_use]
    pub fn of(number: &Rational) -> Option<Self> {
        let (mut denominator, mut places) = (u64::try_from(number.denominator()).ok()?, 0_u32);
        let mut mantissa = i64::try_from(number.numerator()).ok()?;
        while denominator > 1 {
            // One place more takes a 2 and a 5 from the denominator; what is not there multiplies the mantissa.
            let (two, five) = (denominator.is_multiple_of(2), denominator.is_multiple_of(5));
            if !two && !five {
                return None;
            }
            denominator /= if two { 2 } else { 1 } * if five { 5 } else { 1 };
            mantissa = mantissa.checked_mul(if two { 1 } else { 2 } * if five { 1 } else { 5 })?;
            places += 1;
        }
        (places <= 18).then_some(Self { mantissa, places })
    }

    #[must_use]
    pub fn to_rational(self) -> Rational {
        // Words have no more places than these, by construction.
        let power = 10_u64.checked_pow(self.places).unwrap_or(u64::MAX);
        Rational::of_words(self.mantissa, power)
    }

    /// The product, where it fits.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        if self.mantissa == 0 || other.mantissa == 0 {
            return Some(Self::ZERO);
        }
        let (mantissa, places) = (self.mantissa.checked_mul(other.mantissa)?, self.places + other.places);
        (places <= 18).then_some(Self { mantissa, places })
    }

    /// The sum, where it fits.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let raised = |one: Self| raised(one.mantissa, places - one.places);
        Some(Self { mantissa: raised(self)?.checked_add(raised(other)?)?, places })
    }

    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The powers of 2 and 5 in its denominator, in lowest terms.
    #[must_use]
    pub fn denominator_powers(self) -> (u32, u32) {
        if self.mantissa == 0 {
            return (0, 0);
        }
        let twos = self.places.saturating_sub(self.mantissa.trailing_zeros());
        let (mut fives, mut rest) = (self.places, self.mantissa);
        while fives > 0 && rest % 5 == 0 {
            (fives, rest) = (fives - 1, rest / 5);
        }
        (twos, fives)
    }
}

/// `mantissa × 10^places`, where it fits, and so does its negative.
pub(super) fn raised(mantissa: i64, places: u32) -> Option<i64> {
    if mantissa == 0 {
        return Some(0);
    }
    10_i64.checked_pow(places)?.checked_mul(mantissa).filter(|raised| *raised != i64::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::cell;

    fn short(text: &str) -> Short {
        Short::of(&cell::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn short_decimals_are_kept_short() {
        for (text, mantissa, places) in [("12.5", 125, 1), ("0.125", 125, 3), ("-3", -3, 0), ("0.04", 4, 2)] {
            assert_eq!(Short::of(&cell::parse(text).unwrap()), Some(Short { mantissa, places }), "{text}");
        }
        assert_eq!(Short::of(&Rational::from(1).checked_div(&Rational::from(3)).unwrap()), None);
        assert_eq!(Short::of(&cell::parse("1e30").unwrap()), None);
    }

    #[test]
    fn sums_and_products_are_exact_or_none() {
        let texts =
            ["0", "1", "-2.5", "0.000000001", "999999999999", "-0.10", "12.34", "9223372036854775807"];
        for one in texts {
            for other in texts {
                let (a, b) = (short(one), short(other));
                let (exact, sum) = (a.to_rational(), b.to_rational());
                assert!(
                    a.times(b).is_none_or(|product| product.to_rational() == &exact * &sum),
                    "{one} × {other}"
                );
                assert!(
                    a.plus(b).is_none_or(|total| total.to_rational() == &exact + &sum),
                    "{one} + {other}"
                );
            }
        }
        assert_eq!(short("12.34").times(short("-2.5")).map(Short::to_rational), cell::parse("-30.85").ok());
        assert_eq!(short("12.34").plus(short("-2.5")).map(Short::to_rational), cell::parse("9.84").ok());
        assert_eq!(short("999999999999").times(short("999999999999")), None);
        assert_eq!(short("9223372036854775807").plus(short("1")), None);
    }

    #[test]
    fn denominators_are_those_in_lowest_terms() {
        for (text, powers) in
            [("0.5", (1, 0)), ("0.2", (0, 1)), ("0.04", (0, 2)), ("3", (0, 0)), ("1.25", (2, 0))]
        {
            assert_eq!(short(text).denominator_powers(), powers, "{text}");
        }
        assert_eq!(Short { mantissa: 500, places: 3 }.denominator_powers(), (1, 0));
    }
}
