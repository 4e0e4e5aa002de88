//! Whole numbers of one kind: machine words where a bound shows that they suffice, any size where it does not.

use std::fmt::Debug;

use dashu_base::{BitTest, Gcd};
use dashu_int::{IBig, UBig};

use super::{Rational, scaling};

/// Whole numbers of any size.
pub type Big = IBig;

/// A whole number with the arithmetic of sums.
///
/// Invariant: whoever chooses machine words has shown that no sum leaves their range.
pub trait Whole: Clone + Ord + Debug {
    fn zero() -> Self;
    fn one() -> Self;
    /// The same number; nothing where it does not fit.
    fn of(number: &IBig) -> Option<Self>;
    fn to_big(&self) -> IBig;
    #[must_use]
    fn plus(&self, other: &Self) -> Self;
    #[must_use]
    fn minus(&self, other: &Self) -> Self;

    #[must_use]
    fn negated(&self) -> Self {
        Self::zero().minus(self)
    }
}

/// Machine words, whose sums the caller has shown to fit.
macro_rules! words {
    ($($word:ty),+) => {
        $(
            impl Whole for $word {
                fn zero() -> Self {
                    0
                }
                fn one() -> Self {
                    1
                }
                fn of(number: &IBig) -> Option<Self> {
                    Self::try_from(number).ok()
                }
                fn to_big(&self) -> IBig {
                    IBig::from(*self)
                }
                fn plus(&self, other: &Self) -> Self {
                    self + other
                }
                fn minus(&self, other: &Self) -> Self {
                    self - other
                }
            }
        )+
    };
}

words!(i64, i128);

impl Whole for IBig {
    fn zero() -> Self {
        Self::ZERO
    }
    fn one() -> Self {
        Self::ONE
    }
    fn of(number: &IBig) -> Option<Self> {
        Some(number.clone())
    }
    fn to_big(&self) -> IBig {
        self.clone()
    }
    fn plus(&self, other: &Self) -> Self {
        self + other
    }
    fn minus(&self, other: &Self) -> Self {
        self - other
    }
}

/// Numbers times one positive number that makes all of them whole.
#[derive(Clone, Debug)]
pub struct Scaled {
    numbers: Vec<IBig>,
    scale: UBig,
}

impl Scaled {
    /// These numbers by their least common denominator; nothing where that has more bits than this.
    pub fn of<'a, I>(numbers: I, most_bits: usize) -> Option<Self>
    where
        I: IntoIterator<Item = &'a Rational> + Clone,
    {
        let mut scale = UBig::ONE;
        for number in numbers.clone() {
            if !number.is_integer() {
                let gcd = (&scale).gcd(number.denominator());
                scale = scale / gcd * number.denominator();
            }
            if scale.bit_len() > most_bits {
                return None;
            }
        }
        let numbers = numbers.into_iter().map(|number| scaling::scaled(number, &scale)).collect();
        Some(Self { numbers, scale })
    }

    /// One list that is ordered as the lists are, one after the other.
    ///
    /// A sum of up to so many of its entries, each added or taken, is less, equal or greater than another exactly as
    /// the tuples of the lists' own sums are.
    #[must_use]
    pub fn lexicographic(lists: &[Self], terms: usize) -> Self {
        let places = lists.first().map_or(0, |list| list.numbers.len());
        let mut numbers = vec![IBig::ZERO; places];
        for list in lists {
            let step = list.step(terms);
            for (number, next) in numbers.iter_mut().zip(&list.numbers) {
                *number = &*number * &step + next;
            }
        }
        Self { numbers, scale: UBig::ONE }
    }

    /// What one unit of the lists before is worth in such a list, so that no sum of so many entries of this one is worth more.
    #[must_use]
    pub fn step(&self, terms: usize) -> IBig {
        let magnitudes =
            self.numbers.iter().map(|number| UBig::try_from(number.clone()).or(UBig::try_from(-number)));
        let most = magnitudes.flatten().max().unwrap_or_default();
        IBig::from(most * UBig::from(terms) * UBig::from(4u8) + UBig::ONE)
    }

    /// How many bits a sum of up to so many of these numbers takes, its sign included.
    #[must_use]
    pub fn bits_of_sums(&self, terms: usize) -> usize {
        let most = self.numbers.iter().map(BitTest::bit_len).max().unwrap_or(0);
        most + UBig::from(terms).bit_len() + 1
    }

    /// How many bits any sum of different ones among these numbers takes, its sign included.
    #[must_use]
    pub fn bits_of_all(&self) -> usize {
        let add = |sum: IBig, number: &IBig| if *number < IBig::ZERO { sum - number } else { sum + number };
        self.numbers.iter().fold(IBig::ZERO, add).bit_len() + 1
    }

    /// The whole numbers; nothing where one does not fit.
    #[must_use]
    pub fn numbers<W: Whole>(&self) -> Option<Vec<W>> {
        self.numbers.iter().map(W::of).collect()
    }

    /// Other numbers by the same scale; nothing where one is not whole then.
    #[must_use]
    pub fn alike(&self, numbers: &[Rational]) -> Option<Self> {
        let one = |number: &Rational| {
            let divides = (&self.scale % number.denominator()) == UBig::ZERO;
            divides.then(|| scaling::scaled(number, &self.scale))
        };
        let numbers = numbers.iter().map(one).collect::<Option<_>>()?;
        Some(Self { numbers, scale: self.scale.clone() })
    }

    /// What a sum of the whole numbers stands for.
    #[must_use]
    pub fn restored<W: Whole>(&self, sum: &W) -> Rational {
        Rational::new(sum.to_big(), IBig::from(self.scale.clone())).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_one_that_is_ordered_alike() {
        let numbers = |numbers: [i64; 4]| numbers.map(Rational::from);
        let (first, second) = (numbers([0, 1, -1, 0]), numbers([9, -9, 9, -8]));
        let lists = [&first, &second].map(|list| Scaled::of(list, 8).expect("whole"));
        let one: Vec<i128> = Scaled::lexicographic(&lists, 3).numbers().expect("small");
        assert!(one[1] > one[0] + one[0] + one[0]);
        assert!(one[2] + one[1] == one[0] - one[0]);
        assert!(one[0] + one[3] > 0 && one[3] + one[3] + one[0] < 0);
    }

    #[test]
    fn scales_are_least_and_bounded() {
        let thirds = [(1, 3), (5, 6), (7, 1)].map(|(above, below)| Rational::of_words(above, below));
        let scaled = Scaled::of(&thirds, 8).expect("a small scale");
        assert_eq!(scaled.numbers::<i128>(), Some(vec![2, 5, 42]));
        assert_eq!(scaled.restored(&7i128), Rational::of_words(7, 6));
        assert!(Scaled::of(&thirds, 2).is_none());
        assert!((7..=8).contains(&scaled.bits_of_all()), "{}", scaled.bits_of_all());
    }
}
