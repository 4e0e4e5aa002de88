//! What a claim's sides come to while one figure moves: quotients of straight lines, and where they compare as asked.

use crate::exact::Rational;
use crate::model::Comparison;

/// `at + by × step`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub at: Rational,
    pub by: Rational,
}

impl Line {
    pub fn flat(at: Rational) -> Self {
        Self { at, by: Rational::ZERO }
    }

    fn is_flat(&self) -> bool {
        self.by.is_zero()
    }

    fn negated(&self) -> Self {
        Self { at: -&self.at, by: -&self.by }
    }

    fn plus(&self, other: &Self) -> Self {
        Self { at: &self.at + &other.at, by: &self.by + &other.by }
    }

    /// The product, where it is a line.
    fn times(&self, other: &Self) -> Option<Self> {
        let line = || Self { at: &self.at * &other.at, by: &self.at * &other.by + &self.by * &other.at };
        (self.is_flat() || other.is_flat()).then(line)
    }
}

/// A quotient of two lines. Invariant: `below` is positive where nothing has moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    above: Line,
    below: Line,
}

impl Fraction {
    pub fn constant(value: Rational) -> Self {
        Self { above: Line::flat(value), below: Line::flat(Rational::ONE) }
    }

    /// The quotient; nothing where it has no value while nothing has moved.
    pub fn new(above: Line, below: Line) -> Option<Self> {
        if below.at.is_negative() {
            return Some(Self { above: above.negated(), below: below.negated() });
        }
        (!below.at.is_zero()).then_some(Self { above, below })
    }

    pub fn negated(&self) -> Self {
        Self { above: self.above.negated(), below: self.below.clone() }
    }

    /// The sum, where it is a quotient of lines.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        if self.below == other.below {
            return Some(Self { above: self.above.plus(&other.above), below: self.below.clone() });
        }
        let above = self.above.times(&other.below)?.plus(&other.above.times(&self.below)?);
        Some(Self { above, below: self.below.times(&other.below)? })
    }

    /// The product, where it is a quotient of lines.
    pub fn times(&self, other: &Self) -> Option<Self> {
        if self.above == other.below {
            return Self::new(other.above.clone(), self.below.clone());
        }
        if other.above == self.below {
            return Self::new(self.above.clone(), other.below.clone());
        }
        Self::new(self.above.times(&other.above)?, self.below.times(&other.below)?)
    }

    /// The quotient the other way round; nothing where it has no value while nothing has moved.
    pub fn reciprocal(&self) -> Option<Self> {
        Self::new(self.below.clone(), self.above.clone())
    }
}

/// The steps at which something holds: an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    low: End,
    high: Option<End>,
    empty: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub at: Rational,
    pub included: bool,
    /// Whether a condition ends here; else the figure, or a quotient, would lose its meaning.
    pub asked: bool,
}

impl Steps {
    /// Every step that takes from a figure less than all of it: it keeps its sign, and does not vanish.
    pub fn sensible() -> Self {
        let low = End { at: Rational::from(-1), included: false, asked: false };
        Self { low, high: None, empty: false }
    }

    /// Keeps the steps at which the comparison holds; whether that can be told.
    pub fn keep(&mut self, left: &Fraction, comparison: Comparison, right: &Fraction) -> bool {
        for below in [&left.below, &right.below] {
            self.cut(below, Comparison::Above, false);
        }
        let difference = if left.below == right.below {
            Some(left.above.plus(&right.above.negated()))
        } else {
            let sides = left.above.times(&right.below).zip(right.above.times(&left.below));
            sides.map(|(left, right)| left.plus(&right.negated()))
        };
        let Some(difference) = difference else { return false };
        // Any step at all parts what is equal: there is no nearest.
        if comparison == Comparison::Unequal && !difference.is_flat() {
            return false;
        }
        self.cut(&difference, comparison, true);
        true
    }

    /// Keeps the steps at which a line compares with zero as asked.
    fn cut(&mut self, line: &Line, comparison: Comparison, asked: bool) {
        let holds = |value: i64| comparison.holds(&Rational::from(value), &Rational::ZERO);
        let Some(at) = (-&line.at).checked_div(&line.by) else {
            self.empty |= !comparison.holds(&line.at, &Rational::ZERO);
            return;
        };
        let (below, above) =
            if line.by.is_positive() { (holds(-1), holds(1)) } else { (holds(1), holds(-1)) };
        let end = End { at, included: holds(0), asked };
        let tighter = |known: &End| end.at == known.at && !end.included;
        if !below && (end.at > self.low.at || tighter(&self.low)) {
            self.low = end.clone();
        }
        if !above && self.high.as_ref().is_none_or(|high| end.at < high.at || tighter(high)) {
            self.high = Some(end);
        }
    }

    /// The end next to standing still, the one behind it, and whether they lie above; nothing where no step will
    /// do, or none is needed.
    pub fn nearest(&self) -> Option<(&End, Option<&End>, bool)> {
        let meet = |high: &End| self.low.at == high.at && self.low.included && high.included;
        let some = !self.empty && self.high.as_ref().is_none_or(|high| self.low.at < high.at || meet(high));
        let rises = self.low.at.is_positive() || (self.low.at.is_zero() && !self.low.included);
        let falls = |high: &&End| high.at.is_negative() || (high.at.is_zero() && !high.included);
        match &self.high {
            _ if !some => None,
            high if rises => Some((&self.low, high.as_ref(), true)),
            high => high.as_ref().filter(falls).map(|high| (high, Some(&self.low), false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: i64, by: i64) -> Line {
        Line { at: Rational::from(at), by: Rational::from(by) }
    }

    fn quotient(above: Line, below: Line) -> Fraction {
        Fraction::new(above, below).unwrap()
    }

    fn constant(value: i64) -> Fraction {
        Fraction::constant(Rational::from(value))
    }

    /// The nearest step, and whether it is itself one at which the claim holds.
    fn nearest(sides: &[(&Fraction, Comparison, &Fraction)]) -> Option<(String, bool)> {
        let mut steps = Steps::sensible();
        assert!(sides.iter().all(|(left, comparison, right)| steps.keep(left, *comparison, right)));
        steps.nearest().map(|(end, ..)| (end.at.to_string(), end.included))
    }

    #[test]
    fn a_ratio_is_met_by_the_step_that_makes_it_so() {
        // Revenue 12 over costs of 4 and 2: the ratio is 2, and 3 needs a cost of 4.
        let four = quotient(line(12, 0), line(6, 4));
        assert_eq!(nearest(&[(&four, Comparison::AtLeast, &constant(3))]), Some(("-1/2".to_owned(), true)));
        assert_eq!(nearest(&[(&four, Comparison::Above, &constant(3))]), Some(("-1/2".to_owned(), false)));
        assert_eq!(nearest(&[(&constant(1), Comparison::AtLeast, &four)]), Some(("3/2".to_owned(), true)));
        // The other cost, of 2, would have to vanish.
        let two = quotient(line(12, 0), line(6, 2));
        assert_eq!(nearest(&[(&two, Comparison::AtLeast, &constant(3))]), None);
    }

    #[test]
    fn all_that_is_asked_must_hold_at_once() {
        let ratio = quotient(line(12, 0), line(6, 4));
        let profit = quotient(line(6, -4), line(1, 0));
        let asked = |least: i64| {
            nearest(&[
                (&ratio, Comparison::AtLeast, &constant(3)),
                (&profit, Comparison::AtLeast, &constant(least)),
            ])
        };
        assert_eq!(asked(7), Some(("-1/2".to_owned(), true)));
        assert_eq!(asked(9), Some(("-3/4".to_owned(), true)));
        assert_eq!(asked(10), None);
    }

    #[test]
    fn sums_and_products_of_quotients_stay_quotients_of_lines_or_are_left_alone() {
        let ratio = quotient(line(12, 0), line(6, 4));
        let more = ratio.plus(&constant(1)).unwrap().times(&constant(2)).unwrap();
        assert_eq!(nearest(&[(&more, Comparison::Equal, &constant(6))]), None);
        assert_eq!(nearest(&[(&more, Comparison::Equal, &constant(8))]), Some(("-1/2".to_owned(), true)));
        let cost = quotient(line(6, 4), line(1, 0));
        assert_eq!(cost.times(&ratio), Some(constant(12)));
        assert_eq!(cost.times(&cost), None);
        assert_eq!(ratio.plus(&cost), None);
        assert_eq!(quotient(line(0, 1), line(1, 0)).reciprocal(), None);
    }
}
