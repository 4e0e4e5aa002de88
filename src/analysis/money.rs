//! Whose money it is: what each participant earns and pays.

use std::collections::BTreeMap;

use crate::check::Checked;
use crate::exact::Rational;
use crate::model::ParticipantId;
use crate::network::{Entry, EntryKind};

/// What one participant earns and pays on a loop, on a path or in a plan, cash from others included. A company's include its desks',
/// and cash between those counts neither way.
///
/// Units: the reporting currency, per turn; of a plan, by its period.
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

/// Everyone whose money these entries move, and the companies of those who are desks, in declaration order.
pub(super) fn accounts<'e>(checked: &Checked, entries: impl Iterator<Item = &'e Entry>) -> Vec<Account> {
    let mut books: BTreeMap<ParticipantId, (Rational, Rational)> = BTreeMap::new();
    for entry in entries {
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
