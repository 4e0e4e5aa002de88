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
mod row_terms;
mod rows;
mod short_rows;
mod terms;
mod values;

pub use bounds::Bound;
pub use claims::Truth;
pub use evaluate::{Evaluator, Known};
pub use forms::Form;
pub use objective::Objective;
pub use ranges::Range;
pub use requirements::{PlanTerms, Requirement};
pub use row_terms::{AllTerms, Figure};
pub use terms::{FlowTerms, ParticipantTerms, RareTerms, Terms};

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::model::{FlowId, Model, ParticipantId, ValueId};
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
    pub participants: ParticipantTerms,
    pub flows: AllTerms,
    /// By analysis; a closure has none.
    pub objectives: Vec<Option<Objective>>,
    /// How many loops each analysis lists.
    pub tops: Vec<usize>,
    /// The fewest and the most flows of each analysis' loops or paths.
    pub lengths: Vec<(usize, usize)>,
    /// By analysis; only a plan has them.
    pub plans: Vec<Option<PlanTerms>>,
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
    pub fn flow(&self, id: FlowId) -> Cow<'_, FlowTerms> {
        self.flows.get(id)
    }

    /// The bounds on the turns of a flow.
    #[must_use]
    pub fn bounds(&self, id: FlowId) -> &[Bound] {
        self.flows.bounds(id)
    }

    /// What few flows have.
    #[must_use]
    pub fn rare(&self, id: FlowId) -> &RareTerms {
        self.flows.rare(id)
    }

    /// Whether less arrives of a flow than is tried.
    #[must_use]
    pub fn loses(&self, id: FlowId) -> bool {
        self.rare(id).arrives.as_ref().is_some_and(|arrives| *arrives < Rational::ONE)
    }

    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> &Terms {
        self.participants.get(id)
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
    // What rows say is computed: the numbers of their cells are not looked at again.
    checked.model.imports.iter_mut().for_each(|import| import.columns = Vec::new());
    (checked, faults)
}
