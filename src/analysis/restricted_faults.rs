//! The wording of the faults of restricted questions: one constructor a fault.

use super::faults::{cut_short, named, shown};
use super::{Question, RestrictedFinding, Verdict, restricted};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Analysis, AnalysisKind, Sense, SubjectKind};

/// The faults that a verdict on a restricted question is.
pub(super) fn of_verdict(question: &Question<'_>, verdict: &Verdict) -> Vec<Diagnostic> {
    match verdict {
        Verdict::Unmet { alone, .. } => vec![unmet(question, alone)],
        Verdict::Restricted(found) if found.walks.is_empty() => vec![undecided(question, found)],
        Verdict::Restricted(found) if !found.proved => vec![unproved(question, found)],
        Verdict::Restricted(found) if !found.complete => {
            vec![cut_short(question, found.walks.len())]
        }
        _ => Vec::new(),
    }
}

fn word(analysis: &Analysis) -> &'static str {
    if matches!(analysis.kind, AnalysisKind::Path { .. }) { "path" } else { "loop" }
}

/// L0423
fn unmet(question: &Question<'_>, alone: &[usize]) -> Diagnostic {
    let (analysis, model) = (question.analysis(), question.model());
    let word = word(analysis);
    let message = format!("no {word} in the scope of `{}` meets its restrictions", analysis.declared.name);
    let mut fault = named(Diagnostic::new(Code::L0423, message), analysis, &format!("asks for a {word}"));
    for (place, subject) in analysis.through.iter().enumerate() {
        let outside = match &subject.kind {
            SubjectKind::Flows(flows) => flows.iter().any(|flow| question.scope.edge(*flow).is_none()),
            SubjectKind::Participant(_) => false,
        };
        let label = match (alone.contains(&place), outside) {
            (true, true) => "not in scope".to_owned(),
            (true, false) => format!("no {word} in scope passes this"),
            (false, _) => "to be passed".to_owned(),
        };
        fault = fault.label(subject.span, label);
    }
    if let Some(length) = &analysis.length {
        let label = if alone.contains(&analysis.through.len()) {
            format!("no {word} in scope has so many flows")
        } else {
            format!("and so many flows, of {} participants in scope", question.scope.participants.len())
        };
        fault = fault.label(length.span, label);
    }
    let names = alone.iter().map(|place| match analysis.through.get(*place).map(|subject| &subject.kind) {
        Some(SubjectKind::Participant(id)) => format!("`{}`", model.participant(*id).name),
        Some(SubjectKind::Flows(flows)) => {
            let name = |flow: &crate::model::FlowId| format!("`{}`", model.flow(*flow).name);
            flows.iter().map(name).collect::<Vec<_>>().join(", ")
        }
        None => "`length`".to_owned(),
    });
    let names: Vec<String> = names.collect();
    fault.help(if names.is_empty() {
        "by itself each of them can be met: leave one out, or widen the scope".to_owned()
    } else {
        format!("even by itself this cannot be met: {}", names.join(", "))
    })
}

/// What is known of the best, where it is not proved.
fn known(question: &Question<'_>, found: &RestrictedFinding) -> String {
    let word = word(question.analysis());
    let Some(objective) = question.objective() else { return String::new() };
    match &found.bound {
        Some(bound) => {
            let bound = shown(question.checked(), bound, &objective.unit);
            let passes = if objective.sense == Sense::Minimize { "falls below" } else { "exceeds" };
            format!("no {word} {passes} {bound}, and that is proved")
        }
        None => "no bound was proved either".to_owned(),
    }
}

/// L0720
fn unproved(question: &Question<'_>, found: &RestrictedFinding) -> Diagnostic {
    let analysis = question.analysis();
    let name = &analysis.declared.name;
    let message = format!("the search for the best {} of `{name}` was cut short", word(analysis));
    let value =
        found.walks.first().zip(question.objective()).map_or_else(String::new, |(best, objective)| {
            shown(question.checked(), &best.value, &objective.unit)
        });
    named(
        Diagnostic::new(Code::L0720, message),
        analysis,
        &format!("the best found has {value}; {}", known(question, found)),
    )
    .help(if stopped(question) {
        STOPPED
    } else {
        "a narrower scope (`over`, `only`, `avoid`) or a shorter `length` leaves less to search"
    })
}

const STOPPED: &str =
    "let the search go on to its end; a narrower scope (`over`, `only`, `avoid`) leaves less to search";

/// Whether somebody stopped a search that no restriction makes long.
fn stopped(question: &Question<'_>) -> bool {
    question.ground.stop.is_asked() && !restricted::is_restricted(question)
}

/// L0721
fn undecided(question: &Question<'_>, found: &RestrictedFinding) -> Diagnostic {
    let analysis = question.analysis();
    let word = word(analysis);
    if stopped(question) {
        let name = &analysis.declared.name;
        let message = format!("the search for the best {word} of `{name}` was stopped before it found one");
        return named(Diagnostic::new(Code::L0721, message), analysis, "nothing is known of it yet")
            .help(STOPPED);
    }
    let message =
        format!("the search found no {word} that meets the restrictions of `{}`", analysis.declared.name);
    let label = format!("there may be one: the search was cut short; {}", known(question, found));
    named(Diagnostic::new(Code::L0721, message), analysis, &label)
        .help("a narrower scope (`over`, `only`, `avoid`) or fewer restrictions leave less to search")
}
