//! What the turns of a plan bring, strand by strand.

use super::finding::Money;
use crate::check::Checked;
use crate::exact::Rational;
use crate::model::{FlowId, Total, What, Whose};
use crate::network::{Arc, Circulation, Entry, EntryKind, Ledger, Strand};

/// How many turns each strand of a circulation carries, given how many its columns have.
pub(super) fn carried(circulation: &Circulation, columns: &[Rational]) -> Vec<Rational> {
    let carried = circulation.arcs.iter().map(|arc| &columns[arc.column] * &arc.factor);
    carried.map(|turns| turns.max(Rational::ZERO)).collect()
}

/// What turns on a strand bring, by the turn that it carries.
///
/// Revenue and amount go with what arrives; all else with every try, whether it arrives or rests. Where the rest
/// returns to be tried again, there is no strand for it, and what arrives bears all tries.
pub(super) fn entries(checked: &Checked, ledger: &Ledger, strand: Strand) -> Vec<Entry> {
    match strand {
        Strand::Flow(flow) if returns(checked, flow) => ledger.of(checked, flow).into_owned(),
        Strand::Flow(flow) => tried(checked, ledger, flow, true),
        Strand::Rest(flow) => tried(checked, ledger, flow, false),
        // A turn that ends bears the own cost of the participant where it does.
        Strand::Sink(at) => Ledger::ended(checked, at),
        Strand::Delivery(_) | Strand::Source(_) => Vec::new(),
    }
}

/// Whether what does not arrive is tried again where it was tried.
fn returns(checked: &Checked, flow: FlowId) -> bool {
    let one = checked.model.flow(flow);
    one.rest.is_none_or(|rest| rest.otherwise.is_none_or(|back| back == one.tail))
}

/// The entries of one try that arrives, or of one that does not.
fn tried(checked: &Checked, ledger: &Ledger, flow: FlowId, arrives: bool) -> Vec<Entry> {
    let share = checked.rare(flow).arrives.clone().unwrap_or(Rational::ONE);
    let counted =
        ledger.of(checked, flow).into_owned().into_iter().filter(|entry| arrives || !entry.arriving);
    let once = |entry: Entry| Entry {
        value: if entry.arriving { entry.value } else { &entry.value * &share },
        ..entry
    };
    counted.map(once).collect()
}

/// What the turns of each column cost, earn and move, in the books that are asked for.
pub(super) fn by_column(
    (checked, ledger, whose): (&Checked, &Ledger, &Whose),
    arcs: &[Arc],
    carried: &[Rational],
    columns: usize,
) -> Vec<Money> {
    let mut found = vec![Money::default(); columns];
    for (arc, turns) in arcs.iter().zip(carried).filter(|(_, turns)| !turns.is_zero()) {
        let once = entries(checked, ledger, arc.strand);
        let total = |what| Ledger::count(checked, &Total { what, whose: whose.clone() }, &once) * turns;
        let hands = once.iter().filter(|entry| !matches!(entry.kind, EntryKind::Measure(_)));
        let moved: Rational = hands.map(|entry| entry.value.abs()).sum();
        let money = &mut found[arc.column];
        money.cost += &total(What::Cost);
        money.revenue += &total(What::Revenue);
        money.moved += &(moved * turns);
    }
    found
}

/// Everything that a plan brings: of its strands, and of fixed costs.
pub(super) fn all(
    (checked, ledger): (&Checked, &Ledger),
    arcs: &[Arc],
    carried: &[Rational],
    fixed: &[(FlowId, Rational)],
) -> Vec<Entry> {
    let mut found = Vec::new();
    for (arc, turns) in arcs.iter().zip(carried).filter(|(_, turns)| !turns.is_zero()) {
        let once = entries(checked, ledger, arc.strand).into_iter();
        found.extend(once.map(|entry| Entry { value: &entry.value * turns, ..entry }));
    }
    found.extend(fixed.iter().map(|(flow, value)| {
        let one = checked.model.flow(*flow);
        let kind = EntryKind::Cost(one.payer.unwrap_or(one.tail));
        Entry { kind, value: value.clone(), cause: Some(*flow), arriving: false, passed: false }
    }));
    found
}
