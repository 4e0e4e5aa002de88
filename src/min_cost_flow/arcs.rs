//! A network in numbers: what each arc may carry, and what it is worth.

use super::shape::Shape;
use crate::exact::Rational;
use crate::exact::whole::{Scaled, Whole};
use crate::network::Vertex;
use crate::program::Program;

/// Common denominators of more bits than this make whole numbers slower than fractions.
const MOST_SCALE_BITS: usize = 4_096;

/// Sums of more bits than this, signs included, are not formed in machine words.
const MACHINE_BITS: usize = 120;
const SHORT_BITS: usize = 60;

/// An arc's bounds and ends; a bound that is missing is infinite.
#[derive(Clone, Debug)]
pub struct Arc<W> {
    pub tail: Vertex,
    pub head: Vertex,
    pub lower: Option<W>,
    pub upper: Option<W>,
}

/// What one turn on an arc is worth: by all levels but the last, and by the last. Tuples are ordered by their first part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worth<W> {
    pub first: W,
    pub last: W,
}

impl<W: Whole> Worth<W> {
    pub fn zero() -> Self {
        Self { first: W::zero(), last: W::zero() }
    }

    pub fn plus(&self, other: &Self) -> Self {
        Self { first: self.first.plus(&other.first), last: self.last.plus(&other.last) }
    }

    pub fn minus(&self, other: &Self) -> Self {
        Self { first: self.first.minus(&other.first), last: self.last.minus(&other.last) }
    }

    pub fn negated(&self) -> Self {
        Self::zero().minus(self)
    }
}

/// Objectives in whole numbers.
#[derive(Clone, Debug)]
pub struct Levels {
    each: Vec<Scaled>,
    /// All but the last in one.
    first: Scaled,
}

impl Levels {
    /// These objectives, one number for each arc; nothing where there are none, or denominators are too long.
    ///
    /// The sums that a search of so many vertices forms keep their order as tuples.
    pub fn of(levels: &[Vec<Rational>], vertices: usize) -> Option<Self> {
        let each: Vec<Scaled> =
            levels.iter().map(|level| Scaled::of(level, MOST_SCALE_BITS)).collect::<Option<_>>()?;
        let before = &each[..each.len().checked_sub(1)?];
        let first = Scaled::lexicographic(if before.is_empty() { &each } else { before }, terms(vertices));
        Some(Self { each, first })
    }

    /// One level by one.
    pub fn each(&self) -> &[Scaled] {
        &self.each
    }

    /// What each arc is worth; nothing where a number does not fit.
    pub fn worths<W: Whole>(&self) -> Option<Vec<Worth<W>>> {
        let last = match self.each.as_slice() {
            [_] => None,
            each => Some(each.last()?.numbers()?),
        };
        let first = self.first.numbers()?;
        let worth = |(place, first): (usize, W)| {
            let last = last.as_ref().map_or_else(W::zero, |last: &Vec<W>| last[place].clone());
            Worth { first, last }
        };
        Some(first.into_iter().enumerate().map(worth).collect())
    }

    /// Sums of each level, a few at the most, as sums of worths; nothing where a number does not fit.
    pub fn together(&self, sums: &[Vec<i128>], vertices: usize) -> Option<Vec<Worth<i128>>> {
        let (last, before) = match sums.split_last()? {
            (only, []) => (None, std::slice::from_ref(only)),
            (last, before) => (Some(last), before),
        };
        let mut found = vec![Worth::<i128>::zero(); sums[0].len()];
        for (level, sums) in self.each.iter().zip(before) {
            let step = i128::try_from(&level.step(terms(vertices))).ok()?;
            for (worth, sum) in found.iter_mut().zip(sums) {
                worth.first = worth.first.checked_mul(step)?.checked_add(*sum)?;
            }
        }
        for (worth, sum) in found.iter_mut().zip(last.into_iter().flatten()) {
            worth.last = *sum;
        }
        Some(found)
    }

    /// How many bits a potential takes.
    pub fn bits(&self, vertices: usize) -> usize {
        self.first.bits_of_sums(terms(vertices)) + self.each.iter().map(Scaled::bits_of_all).sum::<usize>()
    }

    /// Whether machine words hold every sum that a search of so many vertices forms.
    pub fn fit_machine(&self, vertices: usize) -> bool {
        self.fit(vertices, MACHINE_BITS)
    }

    /// Whether words of half the length do.
    pub fn fit_short(&self, vertices: usize) -> bool {
        self.fit(vertices, SHORT_BITS)
    }

    fn fit(&self, vertices: usize, bits: usize) -> bool {
        let fits = |list: &Scaled| list.bits_of_sums(terms(vertices)) <= bits;
        fits(&self.first) && self.each.iter().all(fits)
    }
}

/// A potential is a walk of the tree, with one artificial arc at most, worth more than all others of a walk together;
/// what is compared are sums of two potentials and an arc, and for prices of two of those.
const fn terms(vertices: usize) -> usize {
    16 * (vertices + 2)
}

/// The bounds of a network in whole numbers: those of the arcs, then all that columns and rows have.
#[derive(Clone, Debug)]
pub struct Bounds(Scaled);

impl Bounds {
    pub fn of(program: &Program, shape: &Shape) -> Option<Self> {
        let columns = program.columns().iter().flat_map(|column| [&column.lower, &column.upper]);
        let rows = program.rows().iter().flat_map(|row| [&row.lower, &row.upper]);
        let bounds = shape.lower.iter().chain(&shape.upper).chain(columns).chain(rows).flatten();
        Scaled::of(bounds, MOST_SCALE_BITS).map(Self)
    }

    /// How many bits a flow takes.
    pub fn bits(&self) -> usize {
        self.0.bits_of_all()
    }

    /// Whether machine words hold every flow.
    pub fn fit_machine(&self) -> bool {
        self.0.bits_of_all() <= MACHINE_BITS
    }

    /// Whether words of half the length do.
    pub fn fit_short(&self) -> bool {
        self.0.bits_of_all() <= SHORT_BITS
    }

    /// The arcs; nothing where a number does not fit.
    pub fn arcs<W: Whole>(&self, shape: &Shape) -> Option<Vec<Arc<W>>> {
        let mut numbers = self.0.numbers()?.into_iter();
        let mut next = |bound: &Option<Rational>| bound.as_ref().and_then(|_| numbers.next());
        let lower: Vec<Option<W>> = shape.lower.iter().map(&mut next).collect();
        let upper = shape.upper.iter().map(&mut next);
        let ends = shape.ends.iter().zip(lower).zip(upper);
        Some(
            ends.map(|(((tail, head), lower), upper)| Arc { tail: *tail, head: *head, lower, upper })
                .collect(),
        )
    }

    /// A flow as the program counts it.
    pub fn restored<W: Whole>(&self, flow: &W) -> Rational {
        self.0.restored(flow)
    }

    /// A number of the program in whole numbers; nothing where it is not one of the network.
    pub fn scaled<W: Whole>(&self, values: &[Rational]) -> Option<Vec<W>> {
        self.0.alike(values)?.numbers()
    }
}
