//! What one turn costs, earns and measures.

use super::Bound;
use crate::exact::Rational;
use crate::model::{Column, MeasureId, ParticipantId};
use crate::units::Quantity;

/// What one turn through a participant or flow costs, earns and measures.
///
/// Units: the reporting currency, and each measure's base unit; per turn.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    pub cost: Rational,
    pub revenue: Rational,
    pub measures: Vec<(MeasureId, Rational)>,
    /// Bounds on turns: of a flow, or on those that enter and leave the model at a participant.
    pub bounds: Vec<Bound>,
}

impl Terms {
    const NOTHING: &'static Self =
        &Self { cost: Rational::ZERO, revenue: Rational::ZERO, measures: Vec::new(), bounds: Vec::new() };

    fn is_nothing(&self) -> bool {
        self.cost.is_zero() && self.revenue.is_zero() && self.measures.is_empty() && self.bounds.is_empty()
    }
}

/// What one turn through each participant is; most have nothing, and take no room.
#[derive(Debug, Default)]
pub struct ParticipantTerms {
    count: usize,
    /// Those that are something, and by participant the place behind its own; 0 where there is nothing.
    all: Vec<Terms>,
    behind: Column<u32>,
}

impl ParticipantTerms {
    #[must_use]
    pub fn get(&self, id: ParticipantId) -> &Terms {
        let place = self.behind.get(id.index()).and_then(|behind| behind.checked_sub(1));
        place.and_then(|place| self.all.get(place as usize)).unwrap_or(Terms::NOTHING)
    }
}

impl FromIterator<Terms> for ParticipantTerms {
    fn from_iter<I: IntoIterator<Item = Terms>>(terms: I) -> Self {
        let mut all = Self::default();
        for one in terms {
            if one.is_nothing() {
                all.behind.push(all.count, 0);
            } else {
                all.all.push(one);
                all.behind.push(all.count, u32::try_from(all.all.len()).unwrap_or(0));
            }
            all.count += 1;
        }
        all.all.shrink_to_fit();
        all
    }
}

/// What one turn through a flow is. What few flows have stands apart: networks have a million of them.
#[derive(Clone, Debug, Default)]
pub struct FlowTerms {
    pub own: Terms,
    /// The quantity that a turn carries; nothing where it is the default, one turn.
    pub amount: Option<Quantity>,
    /// Whether the amount is cash that changes hands.
    pub transfers: bool,
    pub(super) rare: Option<Box<RareTerms>>,
}

impl FlowTerms {
    /// The amount, where it is cash that changes hands. Units: the reporting currency.
    #[must_use]
    pub fn transfer(&self) -> Option<&Rational> {
        self.amount.as_ref().filter(|_| self.transfers).map(|amount| &amount.value)
    }

    #[must_use]
    pub fn rare(&self) -> &RareTerms {
        self.rare.as_deref().unwrap_or(RareTerms::NONE)
    }
}

/// What few flows have. What is not given is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RareTerms {
    /// The share of what is tried that arrives, above 0 and at most 1.
    pub arrives: Option<Rational>,
    /// How often this happens for each try of the flow it rides.
    pub factor: Option<Rational>,
    /// The part of all turns that leave the tail which takes this flow.
    pub share: Option<Rational>,
    /// How many turns a rider brings to its head each time it happens.
    pub delivers: Option<Rational>,
    /// What using the flow at all costs, and whether that is by time. Units: the reporting currency, by day.
    pub fixed: Option<(Rational, bool)>,
}

impl RareTerms {
    pub(super) const NONE: &'static Self =
        &Self { arrives: None, factor: None, share: None, delivers: None, fixed: None };
}
