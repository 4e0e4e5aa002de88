//! The wording of every fault that only the graph can show: one constructor a fault.

use super::{Question, Verdict, restricted_faults as restricted};
use crate::check::{Checked, Objective};
use crate::diagnostic::{Code, Diagnostic, spelled};
use crate::exact::Rational;
use crate::model::{Analysis, AnalysisKind, FlowId, Model, ParticipantId};
use crate::network::{Scope, closure};
use crate::solve::{Choice, Lack};
use crate::source::Span;
use crate::units::{Quantity, Unit};

/// A number of the objective's unit, as it is read.
pub(super) fn shown(checked: &Checked, value: &Rational, unit: &Unit) -> String {
    checked.units.shown(&Quantity { value: value * &checked.units.factor(unit), unit: unit.clone() })
}

pub(super) fn named(diagnostic: Diagnostic, analysis: &Analysis, text: &str) -> Diagnostic {
    analysis.declared.span.into_iter().fold(diagnostic, |diagnostic, span| diagnostic.label(span, text))
}

/// Each flow of a loop, labelled with what it adds.
fn contributions(checked: &Checked, cycle: &[(FlowId, Rational)], unit: &Unit) -> Vec<(Span, String)> {
    let label = |(flow, value): &(FlowId, Rational)| {
        let sign = if value.is_negative() { "takes" } else { "adds" };
        let span = checked.model.flow(*flow).span?;
        Some((span, format!("{sign} {}", shown(checked, &value.abs(), unit))))
    };
    cycle.iter().filter_map(label).collect()
}

fn round(checked: &Checked, cycle: &[(FlowId, Rational)]) -> String {
    let names = cycle.iter().map(|(flow, _)| format!("`{}`", checked.model.flow(*flow).name));
    names.collect::<Vec<_>>().join(", ")
}

/// The fault that a verdict is, if it is one.
pub(super) fn of_verdict(question: &Question<'_>, verdict: &Verdict) -> Vec<Diagnostic> {
    let (checked, analysis) = (question.checked(), question.analysis());
    match verdict {
        Verdict::Empty => vec![empty(checked, analysis)],
        Verdict::Leaking { flows } => {
            flows.iter().filter_map(|flow| leaking(checked, analysis, *flow)).collect()
        }
        Verdict::NoLoop { .. } => vec![no_loop(checked, analysis, &question.scope)],
        Verdict::Refused { cycle } => {
            let objective = question.objective().into_iter();
            objective.map(|objective| no_positive_denominator(checked, analysis, objective, cycle)).collect()
        }
        Verdict::NoPath { reached } => {
            no_path(checked, analysis, &question.scope, reached).into_iter().collect()
        }
        Verdict::Restricted(_) | Verdict::Unmet { .. } => restricted::of_verdict(question, verdict),
        Verdict::Loops(found) if !found.complete => vec![cut_short(question, found.loops.len())],
        Verdict::NoPlan(why) => super::plan::of_no_plan(question, why),
        Verdict::Plan(found) => {
            let idle = super::plan::idle(question, found).into_iter();
            idle.chain(super::plan::unproved(question, found)).collect()
        }
        Verdict::Loops(_) | Verdict::Path(_) | Verdict::Closure(_) => Vec::new(),
    }
}

/// What keeps a solver from being asked, if anything does.
///
/// Errors: L0702, L0703.
#[must_use]
pub fn lacking(solver: Choice) -> Option<Diagnostic> {
    let name = solver.name();
    let others = "or leave `--solver` out: the report is the same, whoever gives the hint";
    Some(match solver.lacks()? {
        Lack::Feature(feature) => {
            Diagnostic::new(Code::L0702, format!("the solver `{name}` is not built in"))
                .help(format!("build loopc with `--features {feature}`, {others}"))
        }
        Lack::Program(program) => {
            let message =
                format!("the solver `{name}` needs the program `{program}`, which is not on the path");
            let source = match solver {
                Choice::Cbc => "Debian's package `coinor-cbc` has it",
                Choice::Glpk => "Debian's package `glpk-utils` has it",
                _ => "its maker sells or grants licences for it",
            };
            Diagnostic::new(Code::L0703, message).help(format!("install it ({source}), {others}"))
        }
    })
}

/// L0410
fn no_positive_denominator(
    checked: &Checked,
    analysis: &Analysis,
    objective: &Objective,
    cycle: &[(FlowId, Rational)],
) -> Diagnostic {
    let unit = objective.denominator.as_ref().map_or_else(Unit::none, |form| form.unit.clone());
    let total: Rational = cycle.iter().map(|(_, value)| value).sum();
    let (name, total) = (&analysis.declared.name, shown(checked, &total, &unit));
    let ends = |flow: Option<&(FlowId, Rational)>| flow.map(|(flow, _)| checked.model.flow(*flow));
    let closes = ends(cycle.first()).map(|flow| flow.tail) == ends(cycle.last()).map(|flow| flow.head);
    let (what, each) =
        if closes { ("loop", "every loop in scope") } else { ("path", "every loop and path in scope") };
    let message = format!(
        "the {what} {} has a denominator of {total}, so `{name}` has no ratio for it",
        round(checked, cycle)
    );
    let fault = Diagnostic::new(Code::L0410, message).labels(contributions(checked, cycle, &unit));
    let first = cycle
        .first()
        .map_or_else(String::new, |(flow, _)| spelled(&checked.model.flow(*flow).name.to_string()));
    named(fault, analysis, &format!("a ratio needs a positive denominator on {each}")).help(format!(
        "give one of these flows what the denominator counts, or leave it out: `avoid: {first}`"
    ))
}

/// L0411
fn empty(checked: &Checked, analysis: &Analysis) -> Diagnostic {
    let name = &analysis.declared.name;
    let kind = analysis.kind.word();
    let what = if checked.model.flows.is_empty() {
        "the model has no flows"
    } else {
        "`over`, `only` and `avoid` leave no flow"
    };
    let fault = Diagnostic::new(Code::L0411, format!("the {kind} `{name}` has nothing in scope"));
    named(fault, analysis, what)
}

/// L0412
fn no_loop(checked: &Checked, analysis: &Analysis, scope: &Scope) -> Diagnostic {
    let name = &analysis.declared.name;
    let fault = Diagnostic::new(Code::L0412, format!("no loop closes in the scope of `{name}`"));
    let found = closure(&scope.graph);
    let mut ends: Vec<ParticipantId> =
        found.open.iter().map(|open| scope.participant(open.stuck_at)).collect();
    ends.sort();
    ends.dedup();
    let model = &checked.model;
    let labels = ends.iter().take(8).filter_map(|end| {
        let into = scope.flows.iter().rev().find(|flow| model.flow(**flow).head == *end)?;
        let span = model.flow(*into).span?;
        Some((span, format!("nothing leads on from `{}`", model.participant(*end).name)))
    });
    let mends = found.pieces.iter().flat_map(|piece| &piece.mend).take(3).map(|(from, to)| {
        let word = |vertex| model.participant(scope.participant(vertex)).name;
        format!("`{} -> {}`", word(*from), word(*to))
    });
    let mends: Vec<String> = mends.collect();
    named(fault, analysis, "asks for a loop")
        .labels(labels)
        .help(format!("a flow would close it: {}; a `closure` analysis shows them all", mends.join(", ")))
}

/// L0412
fn no_path(
    checked: &Checked,
    analysis: &Analysis,
    scope: &Scope,
    reached: &[ParticipantId],
) -> Option<Diagnostic> {
    let AnalysisKind::Path { from, to } = analysis.kind else { return None };
    let (model, ends) = (&checked.model, (from, to));
    let word = |id: ParticipantId| format!("`{}`", model.participant(id).name);
    let message = format!(
        "no path leads from {} to {} in the scope of `{}`",
        word(ends.0),
        word(ends.1),
        analysis.declared.name
    );
    let others: Vec<String> =
        reached.iter().filter(|id| **id != ends.0).take(8).map(|id| word(*id)).collect();
    let leads = match others.as_slice() {
        [] => format!("no flow in scope leaves {}", word(ends.0)),
        _ => format!("{} leads to {} alone", word(ends.0), others.join(", ")),
    };
    let into = scope
        .flows
        .iter()
        .find(|flow| model.flow(**flow).head == ends.1)
        .and_then(|flow| model.flow(*flow).span);
    let fault = named(Diagnostic::new(Code::L0412, message), analysis, &leads);
    Some(match into {
        Some(span) => fault.label(span, format!("this leads to {}", word(ends.1))),
        None => fault.help(format!("no flow in scope leads to {}", word(ends.1))),
    })
}

/// L0408
fn leaking(checked: &Checked, analysis: &Analysis, id: FlowId) -> Option<Diagnostic> {
    let model = &checked.model;
    let flow = model.flow(id);
    let rest = flow.rest?;
    let back = rest.otherwise.map_or_else(String::new, |back| model.participant(back).name.to_owned());
    let (tail, name) = (model.participant(flow.tail).name, flow.name.to_string());
    let kind = analysis.kind.word();
    let message = format!("a {kind} cannot take the yield of `{name}`: its rest leaves for `{back}`");
    let fault = Diagnostic::new(Code::L0408, message)
        .label(rest.span, format!("the rest does not return to `{tail}`"));
    let help = format!(
        "let the rest return to be tried again (`else {}`), or leave the flow out: `avoid: {}`",
        spelled(tail),
        spelled(&name)
    );
    Some(named(fault, analysis, "turns would leave this").help(help))
}

/// L0501
pub(super) fn on_no_loop(model: &Model, id: FlowId, why: String) -> Option<Diagnostic> {
    let flow = model.flow(id);
    Some(
        Diagnostic::new(Code::L0501, format!("`{}` is on no loop of any analysis", flow.name))
            .label(flow.span?, why)
            .help("a `closure` analysis shows which flows would close it; what happens with another flow rides it (`rides:`)"),
    )
}

/// L0701
pub(super) fn cut_short(question: &Question<'_>, listed: usize) -> Diagnostic {
    let analysis = question.analysis();
    let name = &analysis.declared.name;
    let fault = Diagnostic::new(
        Code::L0701,
        format!(
            "the runners-up of `{name}` were cut short after {listed} {}",
            if listed == 1 { "loop" } else { "loops" }
        ),
    );
    let why = if question.ground.stop.is_asked() { "was stopped" } else { "reached its limit of nodes" };
    let label = format!("the search {why}; the loops listed are the best ones, proved");
    named(fault, analysis, &label).help("ask for fewer: `top: 3`")
}

/// L0421
pub(super) fn unmet(text: &str, item: Span, actual: &[String]) -> Diagnostic {
    let found = if actual.is_empty() {
        "an analysis that it needs has no answer".to_owned()
    } else {
        actual.join("; ")
    };
    Diagnostic::new(Code::L0421, format!("`expect {text}` does not hold")).label(item, found)
}
