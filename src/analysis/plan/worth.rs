//! What a plan is worth: to whom, by which loops, and what would change it.

use super::super::Question;
use super::super::money::accounts;
use super::finding::{
    ConditionUse, EndUse, FlowUse, Money, Part, PlanCertificate, PlanFinding, Standing, Step,
};
use super::solve::Search;
use super::{parts, strands};
use crate::exact::Rational;
use crate::exact::whole::Scaled;
use crate::model::{FlowId, MeasureId, Numeric, Total, What, Whose};
use crate::network::{Arc, Entry, EntryKind, Ledger};
use crate::program::{Origin, PlanProgram, Program};

/// The denominators that a ratio's best plans have; no greatest where they have no end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spread {
    pub least: Rational,
    pub most: Option<Rational>,
}

/// A plan, before it is worked out.
pub(super) struct Best<'a> {
    pub search: &'a Search<'a>,
    /// The program that was solved in the end: the plan's, or that at scale 1.
    pub program: &'a Program,
    pub value: Rational,
    pub any_scale: bool,
    /// Whether no other plan is as good, if that is known.
    pub unique: Option<bool>,
    pub spread: Option<Spread>,
    /// See [`PlanFinding::stopped`].
    pub stopped: bool,
    pub standing: Standing,
    pub certificate: PlanCertificate,
}

pub(super) fn finding(
    best: Best<'_>,
    (conditions, gaps): (Vec<ConditionUse>, Vec<Option<Rational>>),
) -> PlanFinding {
    let (question, plan, values) = (best.search.question, best.search.plan, &best.certificate.values);
    let checked = question.checked();
    let ledger = &question.ground.ledger;
    let carried = strands::carried(&plan.circulation, values);
    let fixed = fixed(question, plan, values);
    let entries = strands::all((checked, ledger), &plan.circulation.arcs, &carried, &fixed);
    let whose = question.analysis().whose.map_or(Whose::Model, Whose::Participant);
    let whole = |what| Ledger::count(checked, &Total { what, whose: whose.clone() }, &entries);
    let riders = |flow| ledger.riding(flow).map(|(rider, factor)| (rider, factor.clone())).collect();
    let money = strands::by_column((checked, ledger, &whose), &plan.circulation.arcs, &carried, values.len());
    let one = |flow, turns: &Rational, (gap, money): (_, &Money)| FlowUse {
        flow,
        turns: turns.clone(),
        riders: riders(flow),
        gap,
        money: money.clone(),
    };
    let uses = plan.circulation.flows.iter().zip(values).zip(gaps.into_iter().zip(&money));
    PlanFinding {
        value: best.value,
        standing: best.standing,
        whole: best.search.is_whole(),
        flows: uses.map(|((flow, turns), rest)| one(*flow, turns, rest)).collect(),
        ends: ends(plan, values, &money),
        cost: whole(What::Cost),
        revenue: whole(What::Revenue),
        measures: measures(&entries),
        accounts: accounts(checked, entries.iter()),
        parts: parts_along(question, plan, values),
        fixed,
        conditions,
        unique: best.unique,
        stopped: best.stopped,
        any_scale: best.any_scale,
        certificate: best.certificate,
    }
}

/// Fixed costs of the flows that are used, by the period.
fn fixed(question: &Question<'_>, plan: &PlanProgram, values: &[Rational]) -> Vec<(FlowId, Rational)> {
    let cost = |(column, value): (&crate::program::Column, &Rational)| {
        let Origin::Used(flow) = column.origin else { return None };
        let (fixed, by_time) = question.checked().rare(flow).fixed.as_ref()?;
        let fixed = if *by_time { fixed * &plan.period } else { fixed.clone() };
        value.is_positive().then_some((flow, fixed))
    };
    plan.program.columns().iter().zip(values).filter_map(cost).collect()
}

fn ends(plan: &PlanProgram, values: &[Rational], money: &[Money]) -> Vec<EndUse> {
    let end = |((column, turns), money): ((&crate::program::Column, &Rational), &Money)| {
        let (numeric, participant) = match column.origin {
            Origin::Source(at) => (Numeric::Source, at),
            Origin::Sink(at) => (Numeric::Sink, at),
            Origin::Exchange(at) if turns.is_negative() => (Numeric::Source, at),
            Origin::Exchange(at) => (Numeric::Sink, at),
            _ => return None,
        };
        Some(EndUse { numeric, participant, turns: turns.abs(), money: money.clone() })
    };
    plan.program.columns().iter().zip(values).zip(money).filter_map(end).collect()
}

fn measures(entries: &[Entry]) -> Vec<(MeasureId, Rational)> {
    let mut found: Vec<(MeasureId, Rational)> = Vec::new();
    for entry in entries {
        let EntryKind::Measure(id) = entry.kind else { continue };
        match found.iter_mut().find(|(known, _)| *known == id) {
            Some((_, total)) => *total += &entry.value,
            None => found.push((id, entry.value.clone())),
        }
    }
    found.sort_by_key(|(id, _)| *id);
    found
}

/// The loops that these turns are made of, in the order of what they bring: the most profitable first.
pub(super) fn parts_along(question: &Question<'_>, plan: &PlanProgram, values: &[Rational]) -> Vec<Part> {
    let circulation = &plan.circulation;
    let carried = strands::carried(circulation, values);
    let checked = question.checked();
    let whose = question.analysis().whose.map_or(Whose::Model, Whose::Participant);
    let strands = Brought::by(&circulation.arcs, &carried, |arc| {
        let once = strands::entries(checked, &question.ground.ledger, arc.strand);
        let count = |what| Ledger::count(checked, &Total { what, whose: whose.clone() }, &once);
        [count(What::Cost), count(What::Revenue)]
    });
    let mut parts: Vec<Part> = Vec::new();
    parts::rounds(circulation, &carried, |round| {
        let [cost, revenue] = strands.sums(&round.arcs);
        let arcs = round.arcs.iter().map(|place| &circulation.arcs[*place]);
        let steps = arcs.map(|arc| Step { strand: arc.strand, from: arc.tail, to: arc.head });
        let (steps, turns) = (steps.collect(), round.turns);
        parts.push(Part { steps, cost: cost * &turns, revenue: revenue * &turns, turns });
    });
    // A stable sort: of equals, the one taken out first stays first.
    parts.sort_by_cached_key(|part| std::cmp::Reverse(part.profit()));
    parts
}

/// What a turn on each strand costs and earns: loops have many strands, and strands many loops.
enum Brought {
    /// Whole numbers, and what they are times.
    Whole(Scaled, [Vec<i128>; 2]),
    Any([Vec<Rational>; 2]),
}

impl Brought {
    fn by(arcs: &[Arc], carried: &[Rational], once: impl Fn(&Arc) -> [Rational; 2]) -> Self {
        let none = || [Rational::ZERO, Rational::ZERO];
        let each = |(arc, turns): (&Arc, &Rational)| if turns.is_zero() { none() } else { once(arc) };
        let (costs, revenues): (Vec<Rational>, Vec<Rational>) =
            arcs.iter().zip(carried).map(each).map(|[cost, revenue]| (cost, revenue)).unzip();
        let both: Vec<Rational> = costs.iter().chain(&revenues).cloned().collect();
        match parts::whole(&both) {
            Some((scaled, mut numbers)) => {
                let revenues = numbers.split_off(costs.len());
                Self::Whole(scaled, [numbers, revenues])
            }
            None => Self::Any([costs, revenues]),
        }
    }

    /// What a turn of all these strands together costs and earns.
    fn sums(&self, places: &[usize]) -> [Rational; 2] {
        match self {
            Self::Whole(scaled, lists) => lists.each_ref().map(|list| {
                let sum: i128 = places.iter().map(|place| list[*place]).sum();
                scaled.restored(&sum)
            }),
            Self::Any(lists) => lists
                .each_ref()
                .map(|list| places.iter().fold(Rational::ZERO, |sum, place| sum + &list[*place])),
        }
    }
}
