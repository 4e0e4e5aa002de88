//! The one number type of loopc.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

/// An exact rational number of any size.
///
/// Invariant: in lowest terms with a positive denominator, so equal numbers are equal values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rational(RBig);

impl Rational {
    pub const ZERO: Self = Self(RBig::ZERO);
    pub const ONE: Self = Self(RBig::ONE);

    /// `numerator / denominator`, or nothing where the denominator is zero.
    #[must_use]
    pub fn new(numerator: IBig, denominator: IBig) -> Option<Self> {
        if denominator == IBig::ZERO {
            return None;
        }
        let (sign, magnitude) = denominator.into_parts();
        Some(Self(RBig::from_parts(numerator * sign, magnitude)))
    }

    /// The same of words; the denominator is not zero, or the number is.
    #[must_use]
    pub fn of_words(numerator: i64, denominator: u64) -> Self {
        Self(RBig::from_parts(IBig::from(numerator), UBig::from(denominator.max(1))))
    }

    #[must_use]
    pub fn numerator(&self) -> &IBig {
        self.0.numerator()
    }

    #[must_use]
    pub fn denominator(&self) -> &UBig {
        self.0.denominator()
    }

    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    #[must_use]
    pub fn is_positive(&self) -> bool {
        *self > Self::ZERO
    }

    #[must_use]
    pub fn is_negative(&self) -> bool {
        *self < Self::ZERO
    }

    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.0.is_int()
    }

    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The quotient, or nothing where the divisor is zero.
    #[must_use]
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// One over this number, or nothing for zero.
    #[must_use]
    pub fn reciprocal(&self) -> Option<Self> {
        Self::ONE.checked_div(self)
    }

    /// The number raised to an integer power; nothing for zero to a negative one.
    ///
    /// The caller bounds the size of the result (see [`Rational::digits`]): this computes what it is asked.
    #[must_use]
    pub fn power(&self, exponent: i32) -> Option<Self> {
        let magnitude = exponent.unsigned_abs() as usize;
        let raised =
            Self(RBig::from_parts(self.numerator().pow(magnitude), self.denominator().pow(magnitude)));
        if exponent < 0 { raised.reciprocal() } else { Some(raised) }
    }

    /// The greatest integer that is not above this number.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(RBig::from(self.0.floor()))
    }

    /// The least integer that is not below this number.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(RBig::from(self.0.ceil()))
    }

    /// The nearest integer, halves away from zero.
    #[must_use]
    pub fn round_half_away(&self) -> Self {
        let half = Self(RBig::from_parts(IBig::ONE, UBig::from(2u8)));
        if self.is_negative() { (self - &half).ceil() } else { (self + &half).floor() }
    }

    /// One over the least common multiple of both denominators.
    #[must_use]
    pub fn with_denominator_of(&self, other: &Self) -> Self {
        let common = super::scaling::common_denominator([self, other]);
        Self(RBig::from_parts(IBig::ONE, common))
    }

    /// An upper estimate of the decimal digits of the longer of numerator and denominator.
    #[must_use]
    pub fn digits(&self) -> usize {
        use dashu_base::BitTest;
        let bits = self.numerator().bit_len().max(self.denominator().bit_len());
        bits * 30_103 / 100_000 + 1
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self(RBig::from(value))
    }
}

impl From<IBig> for Rational {
    fn from(value: IBig) -> Self {
        Self(RBig::from(value))
    }
}

impl From<RBig> for Rational {
    fn from(value: RBig) -> Self {
        Self(value)
    }
}

impl AsRef<RBig> for Rational {
    fn as_ref(&self) -> &RBig {
        &self.0
    }
}

impl Default for Rational {
    fn default() -> Self {
        Self::ZERO
    }
}

/// The exact value as `p` or `p/q`.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl $trait<&Rational> for &Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                Rational((&self.0).$method(&other.0))
            }
        }
        impl $trait<Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: Rational) -> Rational {
                Rational(self.0.$method(other.0))
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            fn $method(self, other: &Rational) -> Rational {
                Rational(self.0.$method(&other.0))
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);

/// Panics on a zero divisor, as integers do: divide by what is known not to be zero, or use `checked_div`.
impl Div<&Rational> for &Rational {
    type Output = Rational;
    fn div(self, other: &Rational) -> Rational {
        Rational(&self.0 / &other.0)
    }
}

impl Neg for &Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        Rational(-&self.0)
    }
}

impl Neg for Rational {
    type Output = Rational;
    fn neg(self) -> Rational {
        Rational(-self.0)
    }
}

impl AddAssign<&Rational> for Rational {
    fn add_assign(&mut self, other: &Rational) {
        self.0 += &other.0;
    }
}

impl SubAssign<&Rational> for Rational {
    fn sub_assign(&mut self, other: &Rational) {
        self.0 -= &other.0;
    }
}

impl<'a> Sum<&'a Rational> for Rational {
    fn sum<I: Iterator<Item = &'a Rational>>(terms: I) -> Self {
        terms.fold(Self::ZERO, |mut total, term| {
            total += term;
            total
        })
    }
}

impl Sum for Rational {
    fn sum<I: Iterator<Item = Rational>>(terms: I) -> Self {
        terms.fold(Self::ZERO, |total, term| total + term)
    }
}
