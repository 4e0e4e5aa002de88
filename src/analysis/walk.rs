//! What a report says of a loop or path: its hops, its totals, and whose money it is.

use super::money::{Account, accounts};
use crate::check::Checked;
use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, ParticipantId, Total, What, Whose};
use crate::network::{Entry, EntryKind, Ledger};

/// One flow of a loop or path, with all that rides it.
///
/// Units: the reporting currency and each measure's base unit, per turn. Under `for:` cost and revenue are that
/// participant's, cash from and to others included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    pub flow: FlowId,
    pub cost: Rational,
    pub revenue: Rational,
    pub measures: Vec<(MeasureId, Rational)>,
    /// How often the flow is tried for each turn that arrives, where that is not once.
    pub tries: Option<Rational>,
    /// The riders that happen with it, in declaration order, each with how often for each try; what they cost and
    /// earn is counted here.
    pub riders: Vec<(FlowId, Rational)>,
}

/// A loop or path.
///
/// Units: as [`Hop`]; `value` in the objective's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// What the objective makes of it.
    pub value: Rational,
    pub hops: Vec<Hop>,
    /// The participants it stands at, each once; a path's end is the last.
    pub stops: Vec<ParticipantId>,
    pub cost: Rational,
    pub revenue: Rational,
    pub measures: Vec<(MeasureId, Rational)>,
    pub accounts: Vec<Account>,
}

impl Walk {
    /// Revenue over cost; nothing where the cost is 0.
    #[must_use]
    pub fn ratio(&self) -> Option<Rational> {
        self.revenue.checked_div(&self.cost)
    }

    /// The paper's θ, cost over revenue; nothing where the revenue is 0.
    #[must_use]
    pub fn theta(&self) -> Option<Rational> {
        self.cost.checked_div(&self.revenue)
    }

    /// Its flows and what rides them.
    pub fn flows(&self) -> impl Iterator<Item = FlowId> {
        let riders = |hop: &Hop| hop.riders.iter().map(|(rider, _)| *rider).collect::<Vec<_>>();
        self.hops.iter().flat_map(move |hop| std::iter::once(hop.flow).chain(riders(hop)))
    }

    #[must_use]
    pub fn profit(&self) -> Rational {
        &self.revenue - &self.cost
    }
}

/// The books in which a loop or path is counted: the model's, or under `for:` one participant's.
pub(super) struct Books<'a> {
    pub checked: &'a Checked,
    pub ledger: &'a Ledger,
    pub whose: Option<ParticipantId>,
}

/// A loop or path, worked out.
pub(super) fn walk(books: &Books<'_>, flows: &[FlowId], value: Rational) -> Walk {
    let (checked, ledger) = (books.checked, books.ledger);
    let hops: Vec<Hop> = flows.iter().map(|flow| hop(books, *flow)).collect();
    let mut stops: Vec<ParticipantId> = Vec::new();
    for flow in flows {
        let flow = checked.model.flow(*flow);
        for stop in [flow.tail, flow.head] {
            if stops.last() != Some(&stop) && stops.first() != Some(&stop) {
                stops.push(stop);
            }
        }
    }
    let mut measures: Vec<(MeasureId, Rational)> = Vec::new();
    for (id, value) in hops.iter().flat_map(|hop| &hop.measures) {
        add(&mut measures, *id, value);
    }
    let entries: Vec<Entry> = flows.iter().flat_map(|flow| ledger.of(checked, *flow).into_owned()).collect();
    Walk {
        value,
        cost: hops.iter().map(|hop| &hop.cost).sum(),
        revenue: hops.iter().map(|hop| &hop.revenue).sum(),
        measures,
        accounts: accounts(checked, entries.iter()),
        hops,
        stops,
    }
}

fn add(measures: &mut Vec<(MeasureId, Rational)>, id: MeasureId, value: &Rational) {
    match measures.iter_mut().find(|(known, _)| *known == id) {
        Some((_, total)) => *total += value,
        None => measures.push((id, value.clone())),
    }
}

fn hop(books: &Books<'_>, flow: FlowId) -> Hop {
    let (checked, ledger) = (books.checked, books.ledger);
    let whose = books.whose.map_or(Whose::Model, Whose::Participant);
    let whole = |what| ledger.total(checked, &Total { what, whose: whose.clone() }, flow);
    let mut measures = Vec::new();
    for entry in ledger.of(checked, flow).iter() {
        if let EntryKind::Measure(id) = entry.kind {
            add(&mut measures, id, &entry.value);
        }
    }
    let riders = ledger.riding(flow).map(|(rider, factor)| (rider, factor.clone())).collect();
    let tries = checked.rare(flow).arrives.as_ref().and_then(Rational::reciprocal);
    let tries = tries.filter(|tries| *tries != Rational::ONE);
    Hop { flow, cost: whole(What::Cost), revenue: whole(What::Revenue), measures, tries, riders }
}
