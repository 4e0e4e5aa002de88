//! What a report says of a loop or path: its hops, its totals, and whose money it is.

use std::collections::BTreeMap;

use crate::check::Checked;
use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, ParticipantId, Total, What, Whose};
use crate::network::{EntryKind, Ledger};

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
    /// The riders that happen with it, in declaration order; what they cost and earn is counted here.
    pub riders: Vec<FlowId>,
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
        self.hops.iter().flat_map(|hop| std::iter::once(hop.flow).chain(hop.riders.iter().copied()))
    }

    #[must_use]
    pub fn profit(&self) -> Rational {
        &self.revenue - &self.cost
    }
}

/// What one participant earns and pays on a walk, cash from others included. A company's include its desks',
/// and cash between those counts neither way.
///
/// Units: the reporting currency, per turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub participant: ParticipantId,
    pub earns: Rational,
    pub pays: Rational,
}

impl Account {
    #[must_use]
    pub fn keeps(&self) -> Rational {
        &self.earns - &self.pays
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
    Walk {
        value,
        cost: hops.iter().map(|hop| &hop.cost).sum(),
        revenue: hops.iter().map(|hop| &hop.revenue).sum(),
        measures,
        accounts: accounts(checked, ledger, flows),
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
    for entry in ledger.of(flow) {
        if let EntryKind::Measure(id) = entry.kind {
            add(&mut measures, id, &entry.value);
        }
    }
    let riders = ledger.riders(flow).collect();
    let tries = checked.flow(flow).arrives.as_ref().and_then(Rational::reciprocal);
    let tries = tries.filter(|tries| *tries != Rational::ONE);
    Hop { flow, cost: whole(What::Cost), revenue: whole(What::Revenue), measures, tries, riders }
}

/// Everyone whose money the walk moves, and the companies of those who are desks, in declaration order.
fn accounts(checked: &Checked, ledger: &Ledger, flows: &[FlowId]) -> Vec<Account> {
    let mut books: BTreeMap<ParticipantId, (Rational, Rational)> = BTreeMap::new();
    for entry in flows.iter().flat_map(|flow| ledger.of(*flow)) {
        match entry.kind {
            EntryKind::Cost(payer) => {
                companies(checked, payer).for_each(|party| books.entry(party).or_default().1 += &entry.value);
            }
            EntryKind::Revenue(earner) => {
                companies(checked, earner)
                    .for_each(|party| books.entry(party).or_default().0 += &entry.value);
            }
            EntryKind::Transfer(from, to) => {
                // Cash between desks of one company counts neither way for it.
                let (givers, takers) = apart(checked, from, to);
                givers.into_iter().for_each(|party| books.entry(party).or_default().1 += &entry.value);
                takers.into_iter().for_each(|party| books.entry(party).or_default().0 += &entry.value);
            }
            EntryKind::Measure(_) => {}
        }
    }
    let moved = books.into_iter().filter(|(_, (earns, pays))| !earns.is_zero() || !pays.is_zero());
    moved.map(|(participant, (earns, pays))| Account { participant, earns, pays }).collect()
}

/// A participant, the company whose desk it is, and so on.
fn companies(checked: &Checked, party: ParticipantId) -> impl Iterator<Item = ParticipantId> {
    std::iter::successors(Some(party), |at| checked.model.participant(*at).company)
}

/// The companies of each of two participants that are not also the other's.
fn apart(
    checked: &Checked,
    from: ParticipantId,
    to: ParticipantId,
) -> (Vec<ParticipantId>, Vec<ParticipantId>) {
    let mut givers: Vec<ParticipantId> = companies(checked, from).collect();
    let mut takers: Vec<ParticipantId> = companies(checked, to).collect();
    while givers.last().is_some() && givers.last() == takers.last() {
        givers.pop();
        takers.pop();
    }
    (givers, takers)
}
