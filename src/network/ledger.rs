//! The ledger: what one turn through each flow costs, earns and moves, with everything that rides it folded in.
//!
//! Source: mathematics §1.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::check::{Checked, Form, Terms};
use crate::exact::Rational;
use crate::model::{FlowId, MeasureId, Model, ParticipantId, Total, What, Whose};

/// Networks of up to so many flows keep what is asked for again and again.
const MOST_KEPT: usize = 50_000;

/// One line of the ledger: an amount of money or of a measure that a turn through a flow brings about.
///
/// Units: the reporting currency, or the measure's base unit; per turn that arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub kind: EntryKind,
    pub value: Rational,
    /// The flow that causes it: the flow itself, or a rider; none where a plan's turn ends at a participant.
    pub cause: Option<FlowId>,
    /// Whether it counts what arrives; else it counts what is tried.
    pub arriving: bool,
    /// Whether it is the own cost, revenue or measure of a participant that the turn leaves or passes.
    pub passed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Paid to the outside.
    Cost(ParticipantId),
    /// Earned from the outside.
    Revenue(ParticipantId),
    Measure(MeasureId),
    /// Cash from one participant to another: it counts for the two, never for the model.
    Transfer(ParticipantId, ParticipantId),
}

/// The entries of all flows: kept, or for large networks worked out whenever they are asked for.
///
/// Invariant: a rider has none of its own; its entries stand with the flow that it rides, in declaration order.
#[derive(Debug)]
pub struct Ledger {
    /// Riders that happen at all, each with the flow that it rides in the end and how often it happens for each
    /// try of that; by that flow, then by rider.
    riders: Vec<(FlowId, FlowId, Rational)>,
    /// By flow; nothing where there are too many.
    kept: Vec<Vec<Entry>>,
    /// Where a path ends: the flows that enter it bring its own cost and revenue with them.
    end: Option<ParticipantId>,
}

impl Ledger {
    /// The ledger of a model. Linear in its flows and riders.
    #[must_use]
    pub fn new(checked: &Checked) -> Self {
        Self::ending(checked, None)
    }

    fn ending(checked: &Checked, end: Option<ParticipantId>) -> Self {
        let mut riders: Vec<(FlowId, FlowId, Rational)> = Ridden::new(checked).0;
        riders.retain(|(_, _, factor)| !factor.is_zero());
        riders.sort_unstable_by_key(|(root, rider, _)| (*root, *rider));
        let mut ledger = Self { riders, kept: Vec::new(), end };
        if checked.model.flows.len() <= MOST_KEPT {
            ledger.kept = checked.model.flow_ids().map(|flow| ledger.worked_out(checked, flow)).collect();
        }
        ledger
    }

    /// The riders that happen whenever a flow does, in declaration order.
    pub fn riders(&self, flow: FlowId) -> impl Iterator<Item = FlowId> {
        self.riding(flow).map(|(rider, _)| rider)
    }

    /// The same, each with how often it happens for each try of the flow.
    pub fn riding(&self, flow: FlowId) -> impl Iterator<Item = (FlowId, &Rational)> + Clone {
        let first = self.riders.partition_point(|(ridden, ..)| *ridden < flow);
        let own = self.riders[first..].iter().take_while(move |(ridden, ..)| *ridden == flow);
        own.map(|(_, rider, factor)| (*rider, factor))
    }

    /// What one turn through a flow brings about; nothing for a rider.
    #[must_use]
    pub fn of(&self, checked: &Checked, flow: FlowId) -> Cow<'_, [Entry]> {
        match self.kept.get(flow.index()) {
            Some(kept) => Cow::Borrowed(kept),
            None => Cow::Owned(self.worked_out(checked, flow)),
        }
    }

    /// What a turn of a plan that ends at a participant brings: its own cost, revenue and measures.
    #[must_use]
    pub fn ended(checked: &Checked, at: ParticipantId) -> Vec<Entry> {
        let own = checked.participant(at);
        let entry = |kind, value: &Rational| Entry {
            kind,
            value: value.clone(),
            cause: None,
            arriving: false,
            passed: true,
        };
        let money = [entry(EntryKind::Cost(at), &own.cost), entry(EntryKind::Revenue(at), &own.revenue)];
        let measures = own.measures.iter().map(|(id, value)| entry(EntryKind::Measure(*id), value));
        money.into_iter().chain(measures).filter(|entry| !entry.value.is_zero()).collect()
    }

    fn worked_out(&self, checked: &Checked, flow: FlowId) -> Vec<Entry> {
        let mut entries = Vec::new();
        let one = checked.model.flow(flow);
        if one.rides.is_some() {
            return entries;
        }
        let tries = tries(checked, flow);
        let once = Rational::ONE;
        let (riders, own) = (self.riding(flow), std::iter::once((flow, &once)));
        // In declaration order; a rider may be declared before what it rides.
        let before = riders.clone().take_while(|(rider, _)| *rider < flow);
        let after = riders.skip_while(|(rider, _)| *rider < flow);
        for (cause, factor) in before.chain(own).chain(after) {
            let (factor, tries, to) = (factor.clone(), factor * &tries, &mut entries);
            Writer { checked, cause, factor, tries, arriving: false, passed: false, to }.flow(cause == flow);
        }
        if self.end == Some(one.head) {
            let (factor, tries, to) = (Rational::ONE, Rational::ONE, &mut entries);
            Writer { checked, cause: flow, factor, tries, arriving: false, passed: false, to }
                .passed(one.head);
        }
        entries
    }

    /// The value of a linear form for one turn through a flow, in base units.
    #[must_use]
    pub fn form(&self, checked: &Checked, form: &Form, flow: FlowId) -> Rational {
        Self::count_form(checked, form, &self.of(checked, flow))
    }

    /// The value of a linear form of these entries, in base units.
    #[must_use]
    pub fn count_form(checked: &Checked, form: &Form, entries: &[Entry]) -> Rational {
        form.terms
            .iter()
            .map(|(coefficient, total)| coefficient * &Self::count(checked, total, entries))
            .sum()
    }

    /// One total for one turn through a flow, in base units.
    #[must_use]
    pub fn total(&self, checked: &Checked, total: &Total, flow: FlowId) -> Rational {
        Self::count(checked, total, &self.of(checked, flow))
    }

    /// Whether the paths whose ledger this is end at a participant.
    pub(super) fn ends_at(&self, participant: ParticipantId) -> bool {
        self.end == Some(participant)
    }

    /// The sum of the entries that a total counts.
    #[must_use]
    pub fn count(checked: &Checked, total: &Total, entries: &[Entry]) -> Rational {
        let signed = |entry: &Entry| match signs(checked, total, entry) {
            0 => None,
            sign if sign > 0 => Some(entry.value.clone()),
            _ => Some(-&entry.value),
        };
        entries.iter().filter_map(signed).sum()
    }

    /// The ledger of the paths that end at a participant: the flows that enter it bring its own cost and
    /// revenue with them, because no turn leaves it.
    #[must_use]
    pub fn ending_at(checked: &Checked, end: ParticipantId) -> Self {
        Self::ending(checked, Some(end))
    }
}

/// Whether an entry adds to a total (1), takes from it (−1), or is no part of it.
fn signs(checked: &Checked, total: &Total, entry: &Entry) -> i8 {
    let counted = match &total.whose {
        Whose::Model | Whose::Participant(_) => true,
        Whose::Flows(flows) => happens_with(&checked.model, entry.cause, &|at| flows.contains(&at)),
        Whose::Tag(tag) => {
            happens_with(&checked.model, entry.cause, &|at| checked.model.flow(at).tags.contains(tag))
        }
    };
    if !counted {
        return 0;
    }
    let owner = if let Whose::Participant(id) = total.whose { Some(id) } else { None };
    let own = |party: ParticipantId| owner.is_none_or(|owner| checked.model.is_of(party, owner));
    // What flows in and what flows out, whichever of the two is asked for.
    let (inward, outward) = match entry.kind {
        EntryKind::Revenue(earner) => (own(earner), false),
        EntryKind::Cost(payer) => (false, own(payer)),
        EntryKind::Transfer(from, to) if owner.is_some() => (own(to) && !own(from), own(from) && !own(to)),
        EntryKind::Transfer(..) => (false, false),
        EntryKind::Measure(id) => return i8::from(total.what == What::Measure(id)),
    };
    match total.what {
        What::Revenue => i8::from(inward),
        What::Cost => i8::from(outward),
        What::Profit => i8::from(inward) - i8::from(outward),
        What::Measure(_) | What::Volume | What::Moved => 0,
    }
}

/// Whether a flow is one of those named, or rides one, or rides what rides one.
fn happens_with(model: &Model, flow: Option<FlowId>, named: &dyn Fn(FlowId) -> bool) -> bool {
    let ridden = |at: &FlowId| model.flow(*at).rides.map(|rides| rides.flow);
    // Rings were refused (L0414); the count guards against a model with that fault.
    std::iter::successors(flow, ridden).take(model.flows.len()).any(named)
}

/// How often a flow is tried for each turn that arrives.
fn tries(checked: &Checked, flow: FlowId) -> Rational {
    let arrives = checked.rare(flow).arrives.as_ref();
    arrives.and_then(Rational::reciprocal).unwrap_or(Rational::ONE)
}

/// Writes the entries of one flow or rider.
struct Writer<'a> {
    checked: &'a Checked,
    cause: FlowId,
    /// How often this happens for each try of the flow it rides; one for a flow itself.
    factor: Rational,
    /// How often this happens for each turn that arrives.
    tries: Rational,
    arriving: bool,
    passed: bool,
    to: &'a mut Vec<Entry>,
}

impl Writer<'_> {
    fn flow(&mut self, itself: bool) {
        let checked = self.checked;
        let (flow, terms) = (checked.model.flow(self.cause), checked.flow(self.cause));
        // A flow's own revenue and amount count what arrives; a rider's count with every try (mathematics §1).
        let arrived = if itself { self.factor.clone() } else { self.tries.clone() };
        let (payer, earner) = (flow.payer.unwrap_or(flow.tail), flow.earner.unwrap_or(flow.head));
        self.push(EntryKind::Cost(payer), &terms.own.cost, &self.tries.clone());
        self.arriving = itself;
        self.push(EntryKind::Revenue(earner), &terms.own.revenue, &arrived);
        if let Some(transfer) = terms.transfer() {
            self.push(EntryKind::Transfer(flow.tail, flow.head), transfer, &arrived);
        }
        self.arriving = false;
        self.measures(&terms.own);
        let left = itself.then_some(flow.tail);
        for passed in left.into_iter().chain(flow.via.iter().copied()) {
            self.passed(passed);
        }
    }

    /// The own cost, revenue and measures of a participant that the turn leaves or passes, once a try.
    fn passed(&mut self, participant: ParticipantId) {
        let own = self.checked.participant(participant);
        self.passed = true;
        self.push(EntryKind::Cost(participant), &own.cost, &self.tries.clone());
        self.push(EntryKind::Revenue(participant), &own.revenue, &self.tries.clone());
        self.measures(own);
        self.passed = false;
    }

    fn measures(&mut self, terms: &Terms) {
        for (id, value) in &terms.measures {
            self.push(EntryKind::Measure(*id), value, &self.tries.clone());
        }
    }

    fn push(&mut self, kind: EntryKind, value: &Rational, times: &Rational) {
        if !value.is_zero() && !times.is_zero() {
            let (arriving, passed) = (self.arriving, self.passed);
            self.to.push(Entry { kind, value: value * times, cause: Some(self.cause), arriving, passed });
        }
    }
}

/// For each rider the flow that it rides in the end, itself, and how often.
struct Ridden(Vec<(FlowId, FlowId, Rational)>);

impl Ridden {
    fn new(checked: &Checked) -> Self {
        let model = &checked.model;
        let mut known: BTreeMap<FlowId, (FlowId, Rational)> = BTreeMap::new();
        for id in model.flow_ids().filter(|id| model.flow(*id).rides.is_some()) {
            let mut chain = vec![id];
            // Up to a flow whose ride is known, or that rides none; rings were refused (L0414).
            let (root, mut factor) = loop {
                let Some(at) = chain.last().copied() else { break (id, Rational::ONE) };
                match (known.get(&at), &model.flow(at).rides) {
                    (Some((root, factor)), _) => {
                        chain.pop();
                        break (*root, factor.clone());
                    }
                    (None, Some(rides)) if chain.len() <= model.flows.len() => chain.push(rides.flow),
                    (None, _) => break (at, Rational::ONE),
                }
            };
            for at in chain.into_iter().rev().filter(|at| *at != root) {
                let own = checked.rare(at).factor.as_ref();
                factor = own.map_or(factor.clone(), |own| own * &factor);
                known.insert(at, (root, factor.clone()));
            }
        }
        Self(known.into_iter().map(|(rider, (root, factor))| (root, rider, factor)).collect())
    }
}
