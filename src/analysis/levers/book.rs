//! What the loop, path or plan that an analysis found counts, by the figures of the source that it comes from.

use std::collections::BTreeMap;

use super::super::plan::PlanFinding;
use super::super::{Finding, Verdict, Walk};
use super::{Bearer, Figure};
use crate::check::{Checked, Form};
use crate::exact::Rational;
use crate::model::{AnalysisKind, Numeric};
use crate::network::{Entry, EntryKind, Ledger};

/// The entries of what was found.
///
/// Units: the reporting currency and base units of measures; per turn, of a plan by the base unit of time or by the
/// round.
#[derive(Debug)]
pub(super) struct Book {
    pub entries: Vec<Entry>,
    by_figure: BTreeMap<Figure, Vec<Entry>>,
    /// Those of the loops or paths that are listed behind the best one.
    pub others: Vec<Vec<Entry>>,
}

/// The book of a finding; nothing where no answer was found and proved.
pub(super) fn book(checked: &Checked, finding: &Finding) -> Option<Book> {
    let ledger = match checked.model.analysis(finding.analysis).kind {
        AnalysisKind::Path { to, .. } => Ledger::ending_at(checked, to),
        _ => Ledger::new(checked),
    };
    let of_walk = |walk: &Walk| -> Vec<Entry> {
        walk.hops.iter().flat_map(|hop| ledger.of(checked, hop.flow).into_owned()).collect()
    };
    let (entries, others) = match &finding.verdict {
        verdict if !verdict.is_answer() => return None,
        Verdict::Plan(found) => (of_plan(checked, &ledger, (finding, found)), Vec::new()),
        Verdict::Loops(found) => {
            (of_walk(found.loops.first()?), found.loops.iter().skip(1).map(of_walk).collect())
        }
        Verdict::Restricted(found) => {
            (of_walk(found.walks.first()?), found.walks.iter().skip(1).map(of_walk).collect())
        }
        Verdict::Path(found) => (of_walk(&found.path), Vec::new()),
        _ => return None,
    };
    let mut by_figure: BTreeMap<Figure, Vec<Entry>> = BTreeMap::new();
    for entry in &entries {
        if let Some(figure) = figure(entry) {
            by_figure.entry(figure).or_default().push(entry.clone());
        }
    }
    // What a fixed sum costs stands in no figure that counts by the turn.
    let mut entries = entries;
    if let Verdict::Plan(found) = &finding.verdict {
        entries.extend(fixed(checked, finding, found));
    }
    Some(Book { entries, by_figure, others })
}

impl Book {
    pub fn figures(&self) -> impl Iterator<Item = Figure> {
        self.by_figure.keys().copied()
    }

    /// What of the entries comes from a figure.
    pub fn of(&self, figure: Figure) -> &[Entry] {
        self.by_figure.get(&figure).map_or(&[], Vec::as_slice)
    }

    /// How often a figure counts, given what it is.
    pub fn times(&self, figure: Figure, now: &Rational) -> Rational {
        let total: Rational = self.of(figure).iter().map(|entry| &entry.value).sum();
        total.checked_div(now).unwrap_or_default()
    }
}

/// The value of a form, in base units.
pub(super) fn count(checked: &Checked, form: &Form, entries: &[Entry]) -> Rational {
    Ledger::count_form(checked, form, entries)
}

/// The figure of the source that an entry counts.
pub(super) fn figure(entry: &Entry) -> Option<Figure> {
    let (numeric, party) = match entry.kind {
        EntryKind::Cost(party) => (Numeric::Cost, party),
        EntryKind::Revenue(party) => (Numeric::Revenue, party),
        EntryKind::Transfer(from, _) => (Numeric::Amount, from),
        EntryKind::Measure(_) => return None,
    };
    let bearer = if entry.passed { Bearer::Participant(party) } else { Bearer::Flow(entry.cause?) };
    Some(Figure { bearer, numeric })
}

/// One unit of a plan's period by the base unit of time; one for a single round.
fn once(checked: &Checked, finding: &Finding) -> Rational {
    let period = checked.plans[finding.analysis.index()].as_ref().and_then(|plan| plan.period);
    let days = period.map(|unit| checked.units.one(unit).value);
    days.and_then(|days| days.reciprocal()).unwrap_or(Rational::ONE)
}

/// What each try of a flow brings, and each turn that ends, as often as the plan has them.
fn of_plan(checked: &Checked, ledger: &Ledger, (finding, found): (&Finding, &PlanFinding)) -> Vec<Entry> {
    let once = once(checked, finding);
    let mut entries = Vec::new();
    let mut add = |all: Vec<Entry>, turns: &Rational| {
        entries.extend(all.into_iter().map(|entry| Entry { value: &entry.value * turns, ..entry }));
    };
    for one in found.flows.iter().filter(|one| one.turns.is_positive()) {
        // The ledger counts by the turn that arrives, a plan what is tried.
        let arrives = checked.rare(one.flow).arrives.clone().unwrap_or(Rational::ONE);
        add(ledger.of(checked, one.flow).into_owned(), &(&one.turns * &arrives * &once));
    }
    for end in found.ends.iter().filter(|end| end.numeric == Numeric::Sink) {
        add(Ledger::ended(checked, end.participant), &(&end.turns * &once));
    }
    entries
}

fn fixed<'a>(
    checked: &'a Checked,
    finding: &Finding,
    found: &'a PlanFinding,
) -> impl Iterator<Item = Entry> + use<'a> {
    let once = once(checked, finding);
    found.fixed.iter().map(move |(flow, value)| {
        let one = checked.model.flow(*flow);
        let kind = EntryKind::Cost(one.payer.unwrap_or(one.tail));
        Entry { kind, value: value * &once, cause: Some(*flow), arriving: false, passed: false }
    })
}
