//! The narrowest exact numbers that a problem fits: machine integers, integers of any size, or fractions.

use std::borrow::Cow;

use dashu_base::{BitTest, Gcd};
use dashu_int::{IBig, UBig};

use crate::exact::{Rational, Words, scaling};
use crate::network::{Digraph, Figures, Weight};
use crate::program::RatioProblem;

/// Common denominators of more bits than this make integers slower than fractions.
const MOST_SCALE_BITS: usize = 4_096;

/// A number that decides: ordered, never rounded, and exactly a rational.
pub trait Exact: Weight + Ord {
    fn to_rational(&self) -> Rational;
}

/// What every exact number has of a [`Weight`].
macro_rules! exact_weight {
    ($number:ty, $zero:expr, $word:expr) => {
        impl Weight for $number {
            #[inline]
            fn zero() -> Self {
                $zero
            }
            #[inline]
            fn plus(&self, other: &Self) -> Self {
                self + other
            }
            #[inline]
            fn minus(&self, other: &Self) -> Self {
                self - other
            }
            #[inline]
            fn times(&self, other: &Self) -> Self {
                self * other
            }
            #[inline]
            fn exceeds(&self, other: &Self) -> bool {
                self > other
            }
            fn word(&self) -> Option<i64> {
                $word(self)
            }
        }
    };
}

exact_weight!(i64, 0, |word: &Self| Some(*word));
exact_weight!(i128, 0, |number: &Self| i64::try_from(*number).ok());
exact_weight!(IBig, IBig::ZERO, |_| None);
exact_weight!(Rational, Rational::ZERO, |_| None);

impl Exact for i64 {
    fn to_rational(&self) -> Rational {
        Rational::from(*self)
    }
}

impl Exact for i128 {
    fn to_rational(&self) -> Rational {
        Rational::from(IBig::from(*self))
    }
}

impl Exact for IBig {
    fn to_rational(&self) -> Rational {
        Rational::from(self.clone())
    }
}

impl Exact for Rational {
    fn to_rational(&self) -> Rational {
        self.clone()
    }
}

impl Figures for Words<'_> {
    type Number = i128;

    #[inline]
    fn at(&self, place: usize) -> Cow<'_, i128> {
        Cow::Owned(i128::from(self.get(place)))
    }

    fn words(&self) -> Option<Words<'_>> {
        Some(*self)
    }
}

/// A problem over one kind of exact number.
///
/// Invariant: each number is the original times the scale of its list.
pub struct Scaled<'a, F> {
    pub graph: &'a Digraph,
    pub numerator: F,
    pub denominator: F,
    pub numerator_scale: Rational,
    pub denominator_scale: Rational,
}

/// A problem over the narrowest numbers that it fits.
pub enum Narrowed<'a> {
    /// No sum and no product that the searches form can leave the range.
    Machine(Scaled<'a, Vec<i128>>),
    Integers(Scaled<'a, Vec<IBig>>),
    Fractions(Scaled<'a, Vec<Rational>>),
}

/// The same problem over the narrowest numbers that it fits.
#[must_use]
pub fn narrowed<'a>(problem: &RatioProblem<'a>) -> Narrowed<'a> {
    narrowed_sparing(problem, 0)
}

/// The same, for searches whose sums need so many bits more than those of walks.
#[must_use]
pub fn narrowed_sparing<'a>(problem: &RatioProblem<'a>, bits: usize) -> Narrowed<'a> {
    if let Some(Scaled { graph, numerator, denominator, numerator_scale, denominator_scale }) =
        words(problem, bits)
    {
        let wide = |words: Words<'_>| words.iter().map(i128::from).collect();
        let (numerator, denominator) = (wide(numerator), wide(denominator));
        return Narrowed::Machine(Scaled {
            graph,
            numerator,
            denominator,
            numerator_scale,
            denominator_scale,
        });
    }
    let (numerator, denominator): (Vec<Rational>, Vec<Rational>) =
        (problem.numerator.iter().collect(), problem.denominator.iter().collect());
    let Some(integers) = integers(problem.graph, &numerator, &denominator) else {
        return Narrowed::Fractions(Scaled {
            graph: problem.graph,
            numerator,
            denominator,
            numerator_scale: Rational::ONE,
            denominator_scale: Rational::ONE,
        });
    };
    match machine(&integers, bits) {
        Some((numerator, denominator)) => Narrowed::Machine(Scaled {
            graph: problem.graph,
            numerator,
            denominator,
            numerator_scale: integers.numerator_scale,
            denominator_scale: integers.denominator_scale,
        }),
        None => Narrowed::Integers(integers),
    }
}

/// The problem over the words that its numbers are kept as, where no sum and no product that searches form, with so
/// many bits more than those of walks, can leave the range of machine integers.
#[must_use]
pub fn words<'a>(problem: &RatioProblem<'a>, spared: usize) -> Option<Scaled<'a, Words<'a>>> {
    let (numerator, numerator_scale) = problem.numerator.integers()?;
    let (denominator, denominator_scale) = problem.denominator.integers()?;
    let bits = |words: &Words<'_>| words.most().bit_len() + 1;
    fits(problem.graph, bits(&numerator) + bits(&denominator) + spared).then_some(Scaled {
        graph: problem.graph,
        numerator,
        denominator,
        numerator_scale,
        denominator_scale,
    })
}

fn integers<'a>(
    graph: &'a Digraph,
    numerator: &[Rational],
    denominator: &[Rational],
) -> Option<Scaled<'a, Vec<IBig>>> {
    let (numerator_scale, denominator_scale) = (small_scale(numerator)?, small_scale(denominator)?);
    let scaled = |numbers: &[Rational], scale: &UBig| {
        numbers.iter().map(|number| scaling::scaled(number, scale)).collect()
    };
    Some(Scaled {
        graph,
        numerator: scaled(numerator, &numerator_scale),
        denominator: scaled(denominator, &denominator_scale),
        numerator_scale: Rational::from(IBig::from(numerator_scale)),
        denominator_scale: Rational::from(IBig::from(denominator_scale)),
    })
}

/// The least common denominator, or nothing once it has grown too long.
fn small_scale(numbers: &[Rational]) -> Option<UBig> {
    numbers.iter().try_fold(UBig::ONE, |scale, number| {
        let denominator = number.denominator();
        let gcd = (&scale).gcd(denominator);
        Some(scale / gcd * denominator).filter(|scale| scale.bit_len() <= MOST_SCALE_BITS)
    })
}

/// Both lists as machine integers, if nothing that is computed from them can leave their range.
fn machine(integers: &Scaled<'_, Vec<IBig>>, spared: usize) -> Option<(Vec<i128>, Vec<i128>)> {
    let bits = |numbers: &[IBig]| numbers.iter().map(BitTest::bit_len).max().unwrap_or(0) + 1;
    if !fits(integers.graph, bits(&integers.numerator) + bits(&integers.denominator) + spared) {
        return None;
    }
    let narrow = |numbers: &[IBig]| numbers.iter().map(|number| i128::try_from(number).ok()).collect();
    Option::zip(narrow(&integers.numerator), narrow(&integers.denominator))
}

/// Whether nothing that is computed from numbers of so many bits in all can leave the range of machine integers.
///
/// With V vertices and magnitudes up to A and B, a ratio is at most VA/VB, so a weight at most 2VAB. A walk
/// that a search values is simple up to one more edge for each vertex: at most 4V²AB. Reduced weights add two
/// such values, and a shortest walk over them telescopes. 32V²AB covers all of it.
fn fits(graph: &Digraph, bits: usize) -> bool {
    let vertices = graph.vertex_count() + 1;
    2 * vertices.bit_len() + bits + 5 <= 126
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Numbers;
    use crate::exact::literal::parse_exact;
    use crate::network::{Edge, Vertex};

    fn kind(numbers: &[String]) -> &'static str {
        let edges = vec![(Vertex(0), Vertex(0)); numbers.len()];
        let graph = Digraph::new(1, &edges);
        let numbers: Numbers = numbers.iter().map(|text| parse_exact(text).unwrap()).collect();
        assert_eq!(graph.outgoing(Vertex(0)).first(), Some(&Edge(0)));
        let problem = RatioProblem { graph: &graph, numerator: &numbers, denominator: &numbers };
        match narrowed(&problem) {
            Narrowed::Machine(_) => "machine",
            Narrowed::Integers(_) => "integers",
            Narrowed::Fractions(_) => "fractions",
        }
    }

    #[test]
    fn the_narrowest_numbers_that_fit() {
        assert_eq!(kind(&["1/3".to_owned(), "5/7".to_owned()]), "machine");
        assert_eq!(kind(&[format!("1{}", "0".repeat(15))]), "machine");
        assert_eq!(kind(&[format!("1{}", "0".repeat(20))]), "integers");
        let odd: Vec<String> = (0..700u32).map(|place| format!("1/{}", 1_000_003 + 2 * place)).collect();
        assert_eq!(kind(&odd), "fractions");
    }
}
