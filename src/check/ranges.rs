//! Comparisons of numbers of which only bounds are proved.

use std::cmp::Ordering;

use crate::exact::Rational;
use crate::model::Comparison;

/// A least and a greatest number, in base units, where they are known.
pub type Range = (Option<Rational>, Option<Rational>);

/// What a comparison comes to wherever in their ranges the two sides lie; nothing where that matters.
pub(super) fn settled(comparison: Comparison, left: &Range, right: &Range) -> Option<bool> {
    let exact = |range: &Range| range.0.clone().filter(|low| range.1.as_ref() == Some(low));
    if let (Some(left), Some(right)) = (exact(left), exact(right)) {
        return Some(comparison.holds(&left, &right));
    }
    // How the greatest of the one side stands to the least of the other.
    let order = |one: &Range, other: &Range| Some(one.1.as_ref()?.cmp(other.0.as_ref()?));
    let (rising, falling) = (order(left, right), order(right, left));
    let less = |order: Option<Ordering>| order == Some(Ordering::Less);
    let at_most = |order: Option<Ordering>| order.is_some_and(Ordering::is_le);
    let either = |holds: bool, fails: bool| if holds { Some(true) } else { fails.then_some(false) };
    match comparison {
        Comparison::AtMost => either(at_most(rising), less(falling)),
        Comparison::AtLeast => either(at_most(falling), less(rising)),
        Comparison::Below => either(less(rising), at_most(falling)),
        Comparison::Above => either(less(falling), at_most(rising)),
        Comparison::Equal => either(false, less(rising) || less(falling)),
        Comparison::Unequal => either(less(rising) || less(falling), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(low: i64, high: i64) -> Range {
        (Some(Rational::from(low)), Some(Rational::from(high)))
    }

    /// A comparison of ranges is what it is of all their numbers, and undecided where these differ.
    #[test]
    fn ranges_are_compared_as_all_their_numbers() {
        let comparisons = [
            Comparison::AtMost,
            Comparison::AtLeast,
            Comparison::Equal,
            Comparison::Unequal,
            Comparison::Below,
            Comparison::Above,
        ];
        let ranges: Vec<(i64, i64)> = (0..4).flat_map(|low| (low..4).map(move |high| (low, high))).collect();
        for comparison in comparisons {
            for (left, right) in ranges.iter().flat_map(|left| ranges.iter().map(move |right| (left, right)))
            {
                let holds =
                    |one: i64, other: i64| comparison.holds(&Rational::from(one), &Rational::from(other));
                let pairs =
                    (left.0..=left.1).flat_map(|one| (right.0..=right.1).map(move |other| (one, other)));
                let all: Vec<bool> = pairs.map(|(one, other)| holds(one, other)).collect();
                let wanted = all.iter().all(|holds| *holds == all[0]).then(|| all[0]);
                let found = settled(comparison, &range(left.0, left.1), &range(right.0, right.1));
                assert_eq!(found, wanted, "{left:?} {comparison:?} {right:?}");
            }
        }
        let open = (Some(Rational::ONE), None);
        assert_eq!(settled(Comparison::AtLeast, &open, &range(1, 1)), Some(true));
        assert_eq!(settled(Comparison::AtLeast, &open, &range(2, 2)), None);
        assert_eq!(settled(Comparison::Below, &open, &range(1, 1)), Some(false));
    }
}
