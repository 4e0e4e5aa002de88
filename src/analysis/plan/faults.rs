//! The wording of every fault of plans: one constructor a fault.

use std::collections::BTreeMap;

use super::super::Question;
use super::super::faults::{named, shown};
use super::finding::{Conflict, Member, NoPlan, Part, PlanFinding, Standing, Subject};
use super::terms;
use crate::check::{Bound, Checked};
use crate::diagnostic::{Code, Diagnostic};
use crate::exact::{Rational, decimal};
use crate::model::{FlowId, Numeric, ParticipantId, Sense};
use crate::network::Strand;
use crate::source::Span;
use crate::units::Unit;

/// A stated number with its unit.
fn stated(checked: &Checked, value: &Rational, unit: &Unit) -> String {
    shown(checked, value, unit)
}

fn percent(share: &Rational) -> String {
    format!("{}%", decimal::significant(&(share * &Rational::from(100)), 6).text)
}

/// L0434: a bound by time in a plan of a single round, or the other way round.
pub(super) fn periods(question: &Question<'_>) -> Vec<Diagnostic> {
    let (checked, scope) = (question.checked(), &question.scope);
    let by_time = terms(question).is_some_and(|terms| terms.period.is_some());
    let wrong = |bound: &&Bound| {
        let counts = bound.stated.as_ref().is_some_and(|stated| !stated.is_zero());
        counts && bound.by_time != by_time
    };
    let flows = scope.flows.iter().flat_map(|id| checked.bounds(*id));
    let ends = scope.participants.iter().flat_map(|id| &checked.participant(*id).bounds);
    let bounds = flows.chain(ends).filter(wrong).map(|bound| (bound.numeric.word(), bound.span));
    let fixed = scope.flows.iter().filter_map(|id| {
        let (fixed, timed) = checked.rare(*id).fixed.as_ref()?;
        let given = checked.model.flow(*id).given(Numeric::Fixed)?;
        (!fixed.is_zero() && *timed != by_time).then_some(("fixed", given.value.span))
    });
    bounds.chain(fixed).map(|(word, span)| period(question, by_time, word, span)).collect()
}

fn period(question: &Question<'_>, by_time: bool, word: &str, span: Span) -> Diagnostic {
    let analysis = question.analysis();
    let (name, period) = (&analysis.declared.name, analysis.period.as_ref());
    if by_time {
        let fault =
            Diagnostic::new(Code::L0434, format!("`{name}` has a period, and this `{word}` is not by time"));
        let fault = fault.label(span, "by which time?").help("divide it by a unit of time: `/ year`");
        return period.into_iter().fold(fault, |fault, expr| fault.label(expr.span, "the plan is by time"));
    }
    let fault = Diagnostic::new(Code::L0434, format!("`{name}` has no period, and this `{word}` is by time"));
    let fault = fault.label(span, "this is by time").help("give the plan a period: `period: year`");
    named(fault, analysis, "a single round")
}

/// L0435, L0510: shares above 100% together; shares of 100% that leave other flows idle.
pub(super) fn shares(question: &Question<'_>) -> Vec<Diagnostic> {
    let (checked, model) = (question.checked(), question.model());
    let mut leaving: BTreeMap<ParticipantId, Vec<FlowId>> = BTreeMap::new();
    for id in &question.scope.flows {
        leaving.entry(model.flow(*id).tail).or_default().push(*id);
    }
    let share = |id: &FlowId| checked.rare(*id).share.as_ref();
    let mut found = Vec::new();
    for (at, flows) in leaving {
        let total: Rational = flows.iter().filter_map(share).sum();
        let name = model.participant(at).name;
        let labels = |shared: bool, text: &dyn Fn(&FlowId) -> String| -> Vec<(Span, String)> {
            let chosen = flows.iter().filter(|id| share(id).is_some() == shared);
            chosen.filter_map(|id| Some((model.flow(*id).span?, text(id)))).collect()
        };
        let taken = |id: &FlowId| format!("takes {}", share(id).map(percent).unwrap_or_default());
        if total > Rational::ONE {
            let message = format!("the shares of what leaves `{name}` come to {}", percent(&total));
            let fault = Diagnostic::new(Code::L0435, message).labels(labels(true, &taken));
            found.push(named(fault, question.analysis(), "all of these are in its scope"));
        } else if total == Rational::ONE && flows.iter().any(|id| share(id).is_none()) {
            let message = format!("shares of 100% leave nothing for the other flows from `{name}`");
            let idle = labels(false, &|_| "idle in every plan".to_owned());
            found.push(Diagnostic::new(Code::L0510, message).labels(idle).labels(labels(true, &taken)));
        }
    }
    found
}

/// The fault that the lack of a plan is.
pub(in super::super) fn of_no_plan(question: &Question<'_>, why: &NoPlan) -> Vec<Diagnostic> {
    match why {
        NoPlan::Misfit => Vec::new(),
        NoPlan::Conflict(conflict) => vec![infeasible(question, conflict)],
        NoPlan::Endless { parts, .. } => vec![endless(question, parts)],
        NoPlan::Denominator { parts, numerator, denominator, .. } => {
            vec![no_denominator(question, parts, (numerator, denominator))]
        }
        NoPlan::Nothing { .. } => vec![nothing(question)],
        NoPlan::Approached { ratio, parts, .. } => vec![approached(question, ratio, parts)],
        NoPlan::Unlimited { parts, .. } => vec![unlimited(question, parts)],
        NoPlan::Exhausted => vec![exhausted(question)],
        NoPlan::Stopped => vec![stopped(question)],
    }
}

fn demand(question: &Question<'_>, member: &Member) -> String {
    let number = |value: &Rational| stated(question.checked(), value, &member.unit);
    if let Subject::Share(id) = member.subject {
        let share = question.checked().rare(id).share.as_ref().map(percent).unwrap_or_default();
        let tail = question.model().participant(question.model().flow(id).tail).name;
        return format!("takes {share} of all turns that leave `{tail}`");
    }
    match (&member.lower, &member.upper) {
        (Some(lower), Some(upper)) if lower == upper => format!("demands {}", number(lower)),
        (Some(lower), Some(upper)) => format!("demands {} to {}", number(lower), number(upper)),
        (Some(lower), None) => format!("demands at least {}", number(lower)),
        (None, Some(upper)) => format!("allows at most {}", number(upper)),
        (None, None) => "bounds nothing".to_owned(),
    }
}

/// What a limit also stands for: the fixed cost of its flow, which is paid once it carries anything.
fn paid(question: &Question<'_>, member: &Member) -> String {
    let Subject::Flow(id, _) = member.subject else { return String::new() };
    let given = question.model().flow(id).given(Numeric::Fixed);
    match (&question.checked().rare(id).fixed, given, member.linked) {
        (Some((fixed, _)), Some(_), true) if fixed.is_positive() => {
            format!(", and `{}` costs its `fixed:` once it is used", question.model().flow(id).name)
        }
        _ => String::new(),
    }
}

/// L0601
fn infeasible(question: &Question<'_>, conflict: &Conflict) -> Diagnostic {
    let analysis = question.analysis();
    let name = &analysis.declared.name;
    let message = match conflict.members.len() {
        0 => format!("no plan of `{name}` exists: turns cannot circulate as its flows are"),
        1 => format!("no plan of `{name}` meets this condition"),
        count => format!("no plan of `{name}` meets these {count} conditions together"),
    };
    let mended = nearest(conflict);
    let label = |member: &Member| {
        let mend = mended.filter(|(near, _)| near.subject == member.subject);
        let mend = mend.map(|(_, mend)| {
            format!("; {} would end this conflict", stated(question.checked(), mend, &member.unit))
        });
        (member.span, demand(question, member) + &paid(question, member) + &mend.unwrap_or_default())
    };
    let labels = conflict.members.iter().map(label);
    let fault = named(Diagnostic::new(Code::L0601, message).labels(labels), analysis, "asks for a plan");
    let mut help = Vec::new();
    if conflict.members.len() > 1 && conflict.irreducible {
        help.push("without any one of these there would be no conflict among the rest".to_owned());
    }
    if conflict.others {
        help.push("other conditions conflict too, and show once this is mended".to_owned());
    }
    if help.is_empty() { fault } else { fault.help(help.join("; ")) }
}

/// The member that has to move least, in relation to what it states.
fn nearest(conflict: &Conflict) -> Option<(&Member, &Rational)> {
    let moved = |member: &Member| {
        let mend = member.mend.as_ref()?;
        let sides = [member.lower.as_ref(), member.upper.as_ref()];
        let distance = sides.into_iter().flatten().map(|side| (mend - side).abs()).min()?;
        let size = sides.into_iter().flatten().map(Rational::abs).max()?;
        Some(distance.checked_div(&size).map_or((true, distance.clone()), |share| (false, share)))
    };
    let known = conflict.members.iter().filter_map(|member| Some((moved(member)?, member)));
    let nearest = known.min_by(|one, other| one.0.cmp(&other.0))?.1;
    Some((nearest, nearest.mend.as_ref()?))
}

/// Each strand of some loops, labelled once.
fn along(question: &Question<'_>, parts: &[Part], text: &str) -> Vec<(Span, String)> {
    let model = question.model();
    let mut labels: Vec<(Span, String)> = Vec::new();
    for step in parts.iter().take(3).flat_map(|part| &part.steps) {
        let span = match step.strand {
            Strand::Flow(id) | Strand::Rest(id) | Strand::Delivery(id) => model.flow(id).span,
            Strand::Source(id) | Strand::Sink(id) => model.participant(id).span,
        };
        let Some(span) = span.filter(|span| labels.iter().all(|(known, _)| known != span)) else { continue };
        let text = match step.strand {
            Strand::Flow(_) => text.to_owned(),
            Strand::Rest(_) => format!("{text}; its rest returns"),
            Strand::Delivery(_) => "delivers turns each time".to_owned(),
            Strand::Source(_) => "turns enter here without limit".to_owned(),
            Strand::Sink(_) => "turns leave here without limit".to_owned(),
        };
        labels.push((span, text));
    }
    labels
}

fn round(question: &Question<'_>, part: &Part) -> String {
    let model = question.model();
    let names = part.steps.iter().filter_map(|step| match step.strand {
        Strand::Flow(id) => Some(format!("`{}`", model.flow(id).name)),
        Strand::Rest(id) => Some(format!("the rest of `{}`", model.flow(id).name)),
        Strand::Delivery(id) => Some(format!("what `{}` delivers", model.flow(id).name)),
        Strand::Source(_) | Strand::Sink(_) => None,
    });
    names.collect::<Vec<_>>().join(", ")
}

/// L0602
fn endless(question: &Question<'_>, parts: &[Part]) -> Diagnostic {
    let analysis = question.analysis();
    let name = &analysis.declared.name;
    let improves = match question.objective().map(|objective| objective.sense) {
        Some(Sense::Minimize) => "falls",
        _ => "grows",
    };
    let way = parts.first().map(|part| round(question, part)).unwrap_or_default();
    let message = format!("the objective of `{name}` {improves} without limit along {way}");
    let fault = Diagnostic::new(Code::L0602, message).labels(along(question, parts, "no capacity"));
    named(fault, analysis, "nothing that it requires limits this")
        .help("no flow on this loop has a capacity: give one a `capacity:`, or the plan a `require:`")
}

/// L0603
fn no_denominator(question: &Question<'_>, parts: &[Part], numbers: (&Rational, &Rational)) -> Diagnostic {
    let (checked, analysis) = (question.checked(), question.analysis());
    let objective = question.objective();
    let unit = |form: Option<&crate::check::Form>| form.map_or_else(Unit::none, |form| form.unit.clone());
    let below = unit(objective.and_then(|objective| objective.denominator.as_ref()));
    // The denominator was scaled such that the quotient is in the objective's unit: it is shown as it is stated.
    let scale = objective.map_or(Rational::ONE, |objective| {
        let above = checked.units.factor(&objective.numerator.unit);
        let worth = above.checked_div(&checked.units.factor(&objective.unit)).unwrap_or(Rational::ONE);
        worth.checked_div(&checked.units.factor(&below)).unwrap_or(Rational::ONE)
    });
    let denominator = stated(checked, &(numbers.1 * &scale), &below);
    let numerator = stated(checked, numbers.0, &unit(objective.map(|objective| &objective.numerator)));
    let name = &analysis.declared.name;
    let message =
        format!("a plan of `{name}` has a denominator of {denominator}, where the numerator is {numerator}");
    let fault = Diagnostic::new(Code::L0603, message).labels(along(question, parts, "this plan runs it"));
    named(fault, analysis, "a ratio needs a positive denominator in every plan")
        .help("require it: `require: cost >= …`; or give these flows what the denominator counts")
}

/// L0604
fn nothing(question: &Question<'_>) -> Diagnostic {
    let name = &question.analysis().declared.name;
    let fault = Diagnostic::new(Code::L0604, format!("every plan of `{name}` has a denominator of 0"));
    named(fault, question.analysis(), "a ratio of nothing")
        .help("let turns move: close a loop, or let them enter with `source:` and leave with `sink:`")
}

/// L0605
fn approached(question: &Question<'_>, ratio: &Rational, parts: &[Part]) -> Diagnostic {
    let (checked, analysis) = (question.checked(), question.analysis());
    let unit = question.objective().map_or_else(Unit::none, |objective| objective.unit.clone());
    let name = &analysis.declared.name;
    let message = format!(
        "ever larger plans of `{name}` come near a ratio of {}, and none reaches it",
        stated(checked, ratio, &unit)
    );
    let fault = Diagnostic::new(Code::L0605, message).labels(along(question, parts, "run ever more often"));
    named(fault, analysis, "the ratio is only approached").help("a `capacity:` on this loop makes it a plan")
}

/// L0712
fn unlimited(question: &Question<'_>, parts: &[Part]) -> Diagnostic {
    let (model, analysis) = (question.model(), question.analysis());
    let name = &analysis.declared.name;
    let message = format!("a ratio of whole turns needs a limit, and the denominator of `{name}` has none");
    let whole = question.scope.flows.iter().filter_map(|id| {
        let flow = model.flow(*id);
        let fixed = flow.given(Numeric::Fixed).map(|given| (given.key, "paid once it is used".to_owned()));
        flow.integral.map(|span| (span, "whole turns only".to_owned())).or(fixed)
    });
    let fault = Diagnostic::new(Code::L0712, message).labels(along(question, parts, "no capacity"));
    named(fault.labels(whole), analysis, "ever larger plans may have a better ratio")
        .help("give a flow on this loop a `capacity:`, or the plan a `require:` that limits it")
}

/// L0720: a plan that is not proved to be the best.
pub(in super::super) fn unproved(question: &Question<'_>, found: &PlanFinding) -> Option<Diagnostic> {
    let Standing::Within { bound } = &found.standing else { return None };
    let objective = question.objective()?;
    let number = |value: &Rational| shown(question.checked(), value, &objective.unit);
    let passes = if objective.sense == Sense::Minimize { "falls below" } else { "exceeds" };
    let known = match bound {
        None => "no bound was proved either".to_owned(),
        Some(bound) if *bound == found.value => "no plan is better, and that is proved".to_owned(),
        Some(bound) => format!("no plan {passes} {}, and that is proved", number(bound)),
    };
    let name = &question.analysis().declared.name;
    let message = format!("the search for the best plan of `{name}` was cut short");
    let label = format!("the best found has {}; {known}", number(&found.value));
    let fault = named(Diagnostic::new(Code::L0720, message), question.analysis(), &label);
    let is_whole = |id: &FlowId| {
        question.model().flow(*id).integral.is_some() || question.checked().rare(*id).fixed.is_some()
    };
    Some(fault.help(if question.scope.flows.iter().any(is_whole) {
        "another solver may suggest a better start: `--solver highs`; fewer whole flows leave less to search"
    } else {
        "given more time, the search ends at the best plan"
    }))
}

/// L0710
fn exhausted(question: &Question<'_>) -> Diagnostic {
    let name = &question.analysis().declared.name;
    let fault = Diagnostic::new(Code::L0710, format!("`{name}` was not solved within the limit of pivots"));
    named(fault, question.analysis(), "nothing is proved")
        .help("another solver may suggest a better start: `--solver highs`")
}

/// L0721: somebody asked to stop.
fn stopped(question: &Question<'_>) -> Diagnostic {
    let name = &question.analysis().declared.name;
    let message = format!("the search for a plan of `{name}` was stopped before it found one");
    named(Diagnostic::new(Code::L0721, message), question.analysis(), "nothing is proved")
}

/// L0606: all volumes are 0, though something could earn.
pub(in super::super) fn idle(question: &Question<'_>, found: &PlanFinding) -> Option<Diagnostic> {
    if !found.is_proved() || found.flows.iter().any(|one| !one.turns.is_zero()) {
        return None;
    }
    let (checked, model, analysis) = (question.checked(), question.model(), question.analysis());
    let form = &question.objective()?.numerator;
    let earns = |id: &FlowId| question.ground.ledger.form(checked, form, *id).is_positive();
    let improving = question.objective()?.sense == Sense::Maximize;
    if !improving || !question.scope.flows.iter().any(earns) {
        return None;
    }
    let leaking = question.scope.flows.iter().filter(|id| {
        let flow = model.flow(**id);
        let elsewhere = flow.rest.is_some_and(|rest| rest.otherwise != Some(flow.tail));
        elsewhere && checked.loses(**id)
    });
    let leaking: Vec<&FlowId> = leaking.collect();
    let leaks = !leaking.is_empty();
    let labels = leaking.into_iter().filter_map(|id| {
        let arrives = checked.rare(*id).arrives.as_ref()?;
        let rest = model.flow(*id).rest?;
        Some((rest.span, format!("keeps {} of its turns", percent(arrives))))
    });
    let name = &analysis.declared.name;
    let fault = Diagnostic::new(Code::L0606, format!("nothing moves in `{name}`")).labels(labels);
    let fixed = question.scope.flows.iter().filter_map(|id| {
        let (cost, _) = checked.rare(*id).fixed.as_ref()?;
        let given = model.flow(*id).given(Numeric::Fixed).filter(|_| cost.is_positive())?;
        Some((given.value.span, "paid in full, however few turns there are".to_owned()))
    });
    let fixed: Vec<(Span, String)> = fixed.collect();
    let costs = !fixed.is_empty();
    let mut fault = named(fault.labels(fixed), analysis, "every volume is 0");
    if leaks || !costs {
        fault = fault.help(
            "let turns enter with `source:` where they begin, or name with `else` where the rest of a yield returns",
        );
    }
    if costs {
        let so = if leaks { "it may be that" } else { "" };
        let help = format!(
            "{so} no plan within the capacities earns what is fixed: raise a `capacity:`, or compare without `fixed:`"
        );
        fault = fault.help(help.trim_start());
    }
    Some(fault)
}
