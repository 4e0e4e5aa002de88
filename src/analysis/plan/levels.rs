//! Which of several best plans is meant.
//!
//! Source: mathematics §4, *Which optimum*.

use super::finding::Aim;
use crate::exact::Rational;
use crate::program::{Origin, PlanProgram};

/// What is maximised after the objective, one after the other: fewest turns; earlier flows; a spread of weights that
/// leaves one plan in practice.
pub(super) fn preferences(plan: &PlanProgram) -> Vec<(Aim, Vec<Rational>)> {
    let columns = plan.program.columns().len();
    let flows = plan.circulation.flows.len();
    let counted = plan.circulation.columns() - plan.circulation.exchanges.len();
    // Of flows with a fixed cost none is paid for in vain: what is used counts like what is turned.
    let columns_of = plan.program.columns();
    let counts = |place: usize| place < counted || matches!(columns_of[place].origin, Origin::Used(_));
    let weigh = |weight: &dyn Fn(usize) -> Rational| (0..columns).map(weight).collect::<Vec<Rational>>();
    let whole = |number: usize| Rational::from(i64::try_from(number).unwrap_or(i64::MAX));
    let none = || Rational::ZERO;
    vec![
        (Aim::FewestTurns, weigh(&|place| if place < flows { Rational::from(-1) } else { none() })),
        (Aim::EarlierFlows, weigh(&|place| if place < flows { -whole(place + 1) } else { none() })),
        (Aim::Scattered, weigh(&|place| if counts(place) { -scattered(place) } else { none() })),
    ]
}

/// A weight that has nothing to do with the place but through it.
///
/// Source: Steele, Lea, Flood 2014 (SplitMix64).
fn scattered(place: usize) -> Rational {
    let mut mixed = (place as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    // The lower 63 bits of it: exact as a signed number.
    Rational::from(i64::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or(i64::MAX))
}
