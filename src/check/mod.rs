//! Checking: units and meaning, and the lints that need no graph.
//!
//! What comes out has every value computed, in base units. After it names, units and shapes cannot fail; what
//! only the graph can show is found in `analysis`. No loop is looked for here.

mod bounds;
mod claims;
mod evaluate;
mod faults;
mod flows;
mod forms;
mod functions;
mod limits;
mod linear;
mod lints;
mod objective;
mod order;
mod params;
mod ranges;
mod requirements;
mod restrictions;
mod riders;
mod rows;
mod values;

pub use bounds::Bound;
pub use claims::Truth;
pub use evaluate::{Evaluator, Known};
pub use forms::Form;
pub use objective::Objective;
pub use ranges::Range;
pub use requirements::{PlanTerms, Requirement};

use std::ops::Deref;

use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, Model, ParticipantId, ValueId};
use crate::units::{Quantity, Unit, UnitId, UnitTable};

/// A model with every value computed.
///
/// Invariant: where no error was reported, every number is in its bounds and in base units, riders do not ride
/// in a ring, and desks are not desks of each other. Each table is indexed by the model's ids.
#[derive(Debug)]
pub struct Checked {
    pub model: Model,
    pub units: UnitTable,
    /// The reporting currency, if the model has one.
    pub money: Option<UnitId>,
    /// What each param and unit is worth; nothing for measures, and where a fault was reported.
    pub values: Vec<Option<Quantity>>,
    /// The unit of each measure.
    pub measures: Vec<Unit>,
    pub participants: Vec<Terms>,
    pub flows: Vec<FlowTerms>,
    /// By analysis; a closure has none.
    pub objectives: Vec<Option<Objective>>,
    /// How many loops each analysis lists.
    pub tops: Vec<usize>,
    /// The fewest and the most flows of each analysis' loops or paths.
    pub lengths: Vec<(usize, usize)>,
    /// By analysis; only a plan has them.
    pub plans: Vec<Option<PlanTerms>>,
}

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

/// What one turn through a flow is. What few flows have stands apart: networks have a million of them.
#[derive(Clone, Debug, Default)]
pub struct FlowTerms {
    pub own: Terms,
    /// The amount, where it is cash that changes hands; units: the reporting currency.
    pub transfer: Option<Rational>,
    rare: Option<Box<RareTerms>>,
}

impl FlowTerms {
    pub(super) fn new(own: Terms, transfer: Option<Rational>, rare: RareTerms) -> Self {
        let rare = (rare != RareTerms::NONE).then(|| Box::new(rare));
        Self { own, transfer, rare }
    }
}

/// What is not given is nothing.
impl Deref for FlowTerms {
    type Target = RareTerms;

    fn deref(&self) -> &RareTerms {
        static NONE: RareTerms = RareTerms::NONE;
        self.rare.as_deref().unwrap_or(&NONE)
    }
}

/// What few flows have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RareTerms {
    /// The quantity that a turn carries; nothing where it is the default, one turn.
    pub amount: Option<Quantity>,
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
    pub(super) const NONE: Self =
        Self { amount: None, arrives: None, factor: None, share: None, delivers: None, fixed: None };
}

impl Checked {
    /// The unit of money; bare numbers where no currency is declared, and then all money is 0.
    #[must_use]
    pub fn money_unit(&self) -> Unit {
        self.money.map_or_else(Unit::none, Unit::of)
    }

    #[must_use]
    pub fn value(&self, id: ValueId) -> Option<&Quantity> {
        self.values[id.index()].as_ref()
    }

    #[must_use]
    pub fn flow(&self, id: FlowId) -> &FlowTerms {
        &self.flows[id.index()]
    }

    /// Whether less arrives of a flow than is tried.
    #[must_use]
    pub fn loses(&self, id: FlowId) -> bool {
        self.flow(id).arrives.as_ref().is_some_and(|arrives| *arrives < Rational::ONE)
    }

    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> &Terms {
        &self.participants[id.index()]
    }
}

/// Computes every value and checks every rule that needs no graph.
///
/// Errors: L0207, L0301–L0302, L0304–L0313, L0407, L0409, L0414, L0416, L0417, L0420; warnings L0502,
/// L0503, L0505, L0506, L0509.
#[must_use]
pub fn check(model: Model) -> (Checked, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let mut checked = values::compute(model, &mut faults);
    flows::compute(&mut checked, &mut faults);
    riders::check(&checked, &mut faults);
    objective::compute(&mut checked, &mut faults);
    restrictions::compute(&mut checked, &mut faults);
    claims::check(&checked, &mut faults);
    lints::lint(&checked, &mut faults);
    (checked, faults)
}
