//! Exact numbers for long eliminations: two machine words where they fit, any size where they do not.

use std::cmp::Ordering;

use dashu_base::{BitTest, Gcd, Sign};
use dashu_int::{IBig, UBig};

use super::Rational;

/// An exact rational number that costs no memory of its own while it is small.
///
/// Invariant: in lowest terms with a positive denominator, and `Small` whenever both parts fit; so equal
/// numbers are equal values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compact {
    Small { numerator: i64, denominator: i64 },
    Large(Box<Rational>),
}

/// Fractional bits of [`Compact::magnitude`].
const MAGNITUDE_BITS: u32 = 8;

impl Compact {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);
    pub const MINUS_ONE: Self = Self::whole(-1);

    #[must_use]
    pub const fn whole(numerator: i64) -> Self {
        Self::Small { numerator, denominator: 1 }
    }

    #[must_use]
    pub fn to_rational(&self) -> Rational {
        match self {
            Self::Small { numerator, denominator } => wide(*numerator, *denominator),
            Self::Large(number) => (**number).clone(),
        }
    }

    #[must_use]
    pub const fn is_zero(&self) -> bool {
        matches!(self, Self::Small { numerator: 0, .. })
    }

    /// Less, equal or greater than zero.
    #[must_use]
    pub fn sign(&self) -> Ordering {
        match self {
            Self::Small { numerator, .. } => numerator.cmp(&0),
            Self::Large(number) => match number.numerator().sign() {
                Sign::Positive => Ordering::Greater,
                Sign::Negative => Ordering::Less,
            },
        }
    }

    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    #[must_use]
    pub fn negated(&self) -> Self {
        match self {
            Self::Small { numerator, denominator } => match numerator.checked_neg() {
                Some(numerator) => Self::Small { numerator, denominator: *denominator },
                None => Self::from(-wide(*numerator, *denominator)),
            },
            Self::Large(number) => Self::from(-&**number),
        }
    }

    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.negated() } else { self.clone() }
    }

    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        if let (Self::Small { numerator: a, denominator: b }, Self::Small { numerator: c, denominator: d }) =
            (self, other)
            && let Some(sum) = small_sum((*a, *b), (*c, *d))
        {
            return sum;
        }
        Self::from(&self.to_rational() + &other.to_rational())
    }

    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        if let (Self::Small { numerator: a, denominator: b }, Self::Small { numerator: c, denominator: d }) =
            (self, other)
            && let Some(product) = small_product((*a, *b), (*c, *d))
        {
            return product;
        }
        Self::from(&self.to_rational() * &other.to_rational())
    }

    /// One over this number; zero for zero, which callers rule out.
    #[must_use]
    pub fn reciprocal(&self) -> Self {
        match self {
            Self::Small { numerator: 0, .. } => Self::ZERO,
            Self::Small { numerator, denominator } if *numerator > 0 => {
                Self::Small { numerator: *denominator, denominator: *numerator }
            }
            Self::Small { numerator, denominator } if *numerator > i64::MIN => {
                Self::Small { numerator: -denominator, denominator: -numerator }
            }
            _ => self.to_rational().reciprocal().map_or(Self::ZERO, Self::from),
        }
    }

    /// The quotient; zero where the divisor is zero, which callers rule out.
    #[must_use]
    pub fn over(&self, divisor: &Self) -> Self {
        match divisor {
            Self::Small { numerator: 1, denominator: 1 } => self.clone(),
            Self::Small { numerator: -1, denominator: 1 } => self.negated(),
            _ => self.times(&divisor.reciprocal()),
        }
    }

    /// Takes `factor × other` away: the inner step of every elimination.
    pub fn subtract_product(&mut self, factor: &Self, other: &Self) {
        let product = factor.times(other);
        *self = if self.is_zero() { product.negated() } else { self.minus(&product) };
    }

    /// A positive number that makes integers of all of these: the least one.
    #[must_use]
    pub fn common_denominator<'a>(numbers: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut common = UBig::ONE;
        for number in numbers {
            let denominator = match number {
                Self::Small { denominator: 1, .. } => continue,
                Self::Small { denominator, .. } => UBig::from(denominator.unsigned_abs()),
                Self::Large(number) => number.denominator().clone(),
            };
            if !(&common % &denominator).is_zero() {
                let shared = (&common).gcd(&denominator);
                common = common / shared * denominator;
            }
        }
        Self::from(Rational::from(IBig::from(common)))
    }

    /// Roughly 256·log₂ of the absolute value: an order for choices that need not be exact. Zero is least.
    #[must_use]
    pub fn magnitude(&self) -> i64 {
        match self {
            Self::Small { numerator: 0, .. } => i64::MIN / 8,
            Self::Small { numerator, denominator } => {
                logarithm(numerator.unsigned_abs()) - logarithm(denominator.unsigned_abs())
            }
            Self::Large(number) => {
                let (_, above) = number.numerator().clone().into_parts();
                long_logarithm(&above) - long_logarithm(number.denominator())
            }
        }
    }

    /// How many bits numerator and denominator take together.
    #[must_use]
    pub fn bits(&self) -> usize {
        match self {
            Self::Small { numerator, denominator } => {
                numerator.unsigned_abs().bit_len() + denominator.unsigned_abs().bit_len()
            }
            Self::Large(number) => number.numerator().bit_len() + number.denominator().bit_len(),
        }
    }
}

impl From<Rational> for Compact {
    fn from(number: Rational) -> Self {
        match (i64::try_from(number.numerator()), i64::try_from(number.denominator())) {
            (Ok(numerator), Ok(denominator)) => Self::Small { numerator, denominator },
            _ => Self::Large(Box::new(number)),
        }
    }
}

impl From<&Rational> for Compact {
    fn from(number: &Rational) -> Self {
        match (i64::try_from(number.numerator()), i64::try_from(number.denominator())) {
            (Ok(numerator), Ok(denominator)) => Self::Small { numerator, denominator },
            _ => Self::Large(Box::new(number.clone())),
        }
    }
}

impl Default for Compact {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialOrd for Compact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Compact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small { numerator: a, denominator: b }, Self::Small { numerator: c, denominator: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            (left, right) => {
                left.sign().cmp(&right.sign()).then_with(|| left.to_rational().cmp(&right.to_rational()))
            }
        }
    }
}

fn wide(numerator: i64, denominator: i64) -> Rational {
    if denominator == 1 {
        return Rational::from(numerator);
    }
    Rational::new(IBig::from(numerator), IBig::from(denominator)).unwrap_or(Rational::ZERO)
}

/// Source: Knuth, The Art of Computer Programming 2, 4.5.1: the common divisor of what is small suffices.
fn small_sum((a, b): (i64, i64), (c, d): (i64, i64)) -> Option<Compact> {
    if b == 1 && d == 1 {
        return a.checked_add(c).map(Compact::whole);
    }
    let common = divisor(b.unsigned_abs(), d.unsigned_abs()).cast_signed();
    let above = i128::from(a) * i128::from(d / common) + i128::from(c) * i128::from(b / common);
    let rest = u64::try_from((above % i128::from(common)).unsigned_abs()).ok()?;
    let shared = divisor(rest, common.unsigned_abs()).cast_signed();
    let numerator = i64::try_from(above / i128::from(shared)).ok()?;
    let denominator = (b / common).checked_mul(d / shared)?;
    Some(Compact::Small { numerator, denominator })
}

fn small_product((a, b): (i64, i64), (c, d): (i64, i64)) -> Option<Compact> {
    if b == 1 && d == 1 {
        return a.checked_mul(c).map(Compact::whole);
    }
    if a == 0 || c == 0 {
        return Some(Compact::ZERO);
    }
    let first = i64::try_from(divisor(a.unsigned_abs(), d.unsigned_abs())).ok()?;
    let second = i64::try_from(divisor(c.unsigned_abs(), b.unsigned_abs())).ok()?;
    let numerator = (a / first).checked_mul(c / second)?;
    let denominator = (b / second).checked_mul(d / first)?;
    Some(Compact::Small { numerator, denominator })
}

/// The greatest common divisor, by halving; the other number where one is zero.
const fn divisor(mut left: u64, mut right: u64) -> u64 {
    if left == 1 || right == 1 {
        return 1;
    }
    if left == 0 || right == 0 {
        return left | right;
    }
    let shift = (left | right).trailing_zeros();
    left >>= left.trailing_zeros();
    loop {
        right >>= right.trailing_zeros();
        if left > right {
            (left, right) = (right, left);
        }
        right -= left;
        if right == 0 {
            return left << shift;
        }
    }
}

/// 256·log₂, straight between powers of two; the number is not zero.
fn logarithm(number: u64) -> i64 {
    let whole = number.ilog2();
    let fraction = (u128::from(number) << MAGNITUDE_BITS >> whole) as i64 - (1 << MAGNITUDE_BITS);
    (i64::from(whole) << MAGNITUDE_BITS) + fraction
}

fn long_logarithm(number: &UBig) -> i64 {
    let dropped = number.bit_len().saturating_sub(64);
    let leading = u64::try_from(number >> dropped).unwrap_or(u64::MAX).max(1);
    logarithm(leading) + (i64::try_from(dropped).unwrap_or(i64::MAX >> 16) << MAGNITUDE_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::literal::parse_exact;

    /// Numbers at every edge of the two representations.
    fn samples() -> Vec<Rational> {
        let whole = [0, 1, -1, 2, -3, 7, 12, 97, 100, 1 << 31, i64::MAX, i64::MIN, i64::MIN + 1, 1 << 62];
        let mut samples = Vec::new();
        for above in whole {
            for below in whole {
                samples.extend(Rational::new(IBig::from(above), IBig::from(below)));
            }
        }
        samples
    }

    #[test]
    fn agrees_with_plain_fractions() {
        let samples = samples();
        for left in &samples {
            let short = Compact::from(left);
            assert_eq!(short.to_rational(), *left);
            assert_eq!(short.negated(), Compact::from(-left));
            assert_eq!(short.is_positive(), left.is_positive());
            if let Some(reciprocal) = left.reciprocal() {
                assert_eq!(short.reciprocal(), Compact::from(reciprocal));
            }
            for right in &samples {
                let other = Compact::from(right);
                assert_eq!(short.plus(&other), Compact::from(left + right), "{left} + {right}");
                assert_eq!(short.minus(&other), Compact::from(left - right), "{left} - {right}");
                assert_eq!(short.times(&other), Compact::from(left * right), "{left} * {right}");
                assert_eq!(short.cmp(&other), left.cmp(right), "{left} ? {right}");
                if let Some(quotient) = left.checked_div(right) {
                    assert_eq!(short.over(&other), Compact::from(quotient), "{left} / {right}");
                }
                let mut rest = short.clone();
                rest.subtract_product(&other, &other);
                assert_eq!(rest, Compact::from(left - &(right * right)));
            }
        }
    }

    #[test]
    fn common_denominators_are_least() {
        let numbers = ["1/6", "3", "-5/4", "7/10"].map(|text| Compact::from(parse_exact(text).unwrap()));
        assert_eq!(Compact::common_denominator(&numbers), Compact::whole(60));
        assert_eq!(Compact::common_denominator([]), Compact::ONE);
    }

    #[test]
    fn magnitudes_are_logarithms() {
        assert_eq!(Compact::ONE.magnitude(), 0);
        assert_eq!(Compact::whole(-8).magnitude(), 3 << MAGNITUDE_BITS);
        let huge = Rational::from(2).power(300).unwrap();
        assert_eq!(Compact::from(&huge).magnitude(), 300 << MAGNITUDE_BITS);
        assert_eq!(Compact::from(huge.reciprocal().unwrap()).magnitude(), -(300 << MAGNITUDE_BITS));
        assert!(Compact::ZERO.magnitude() < Compact::from(huge.reciprocal().unwrap()).magnitude());
        assert!(Compact::whole(3).magnitude() > Compact::whole(2).magnitude());
    }
}
