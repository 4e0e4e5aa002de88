//! What came of a model's tests, each by its name: whether it compiles and solves, its expectations, its report.

use super::Tested;
use crate::analysis::Decided;
use crate::cli::output::shown;
use crate::diagnostic::{Code, Diagnostic, Format, Look, render};
use crate::pipeline::Compilation;

/// Why something was not tested.
pub(super) const AT_FAULT: &str = "the model has errors";

/// Diagnostics in a file are drawn the same on every machine.
const LOOK: Format = Format::Human(Look { width: 100, unicode: true, color: false });

/// What came of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Passed,
    Failed {
        message: String,
        text: String,
    },
    /// Why it was not run.
    NotRun(&'static str),
    /// There is nothing to test.
    Absent,
}

pub(super) struct Case {
    pub name: String,
    pub verdict: Verdict,
}

/// The tests of one model, or what is wrong with all snapshots together.
pub(super) struct Suite {
    pub name: String,
    pub cases: Vec<Case>,
}

impl Suite {
    /// The tests of a model; `found`: what each state had to say.
    pub fn of(one: &Tested, found: &[Vec<Diagnostic>], report: Verdict) -> Self {
        let mut cases = Vec::new();
        for ((state, claims), found) in one.states.iter().zip(&one.claims).zip(found) {
            let scenario = state.laid.as_ref().map(|laid| laid.scenario.name.as_str());
            let name = scenario.map_or_else(|| "model".to_owned(), |name| format!("scenario {name}"));
            cases.push(Case { name, verdict: itself(state, found) });
            let of = scenario.map_or_else(String::new, |name| format!("{name}: "));
            let verdicts = match claims {
                Some(claims) => decided(state, claims, found),
                None => written(state).into_iter().map(|text| (text, Verdict::NotRun(AT_FAULT))).collect(),
            };
            let named = |(text, verdict)| Case { name: format!("{of}expect {text}"), verdict };
            cases.extend(verdicts.into_iter().map(named));
        }
        if report != Verdict::Absent {
            cases.push(Case { name: "report".to_owned(), verdict: report });
        }
        Self { name: shown(&one.model), cases: told_apart(cases) }
    }

    /// Snapshots of models that are gone.
    pub fn stale(paths: &[String]) -> Self {
        let case = |path: &String| {
            let text = "loopc test --accept removes it\n".to_owned();
            let verdict = Verdict::Failed { message: "snapshot of no model".to_owned(), text };
            Case { name: path.clone(), verdict }
        };
        Self { name: "snapshots".to_owned(), cases: paths.iter().map(case).collect() }
    }
}

/// Whether a state compiles and solves.
fn itself(state: &Compilation, found: &[Diagnostic]) -> Verdict {
    let errors = |found: &[Diagnostic]| -> Vec<Diagnostic> {
        found.iter().filter(|one| one.is_error() && one.code != Code::L0421).cloned().collect()
    };
    let own = errors(found);
    let Some(first) = own.first() else {
        // What the model without the scenario has said already is told there.
        let said = !errors(&state.diagnostics).is_empty();
        return if said { Verdict::NotRun(AT_FAULT) } else { Verdict::Passed };
    };
    let more = match own.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let message = format!("{}: {}{more}", first.code.name(), first.message);
    Verdict::Failed { message, text: drawn(&own, state) }
}

/// The expectations of a state that was solved. Those that do not hold left a diagnostic each, in their order.
fn decided(state: &Compilation, claims: &[Decided], found: &[Diagnostic]) -> Vec<(String, Verdict)> {
    let unmet = |one: &&Diagnostic| one.code == Code::L0421;
    let mut places = state.diagnostics.iter().filter(unmet).map(Diagnostic::place);
    let mut verdict = |claim: &Decided| {
        if claim.holds == Some(true) {
            return Verdict::Passed;
        }
        let place = places.next().flatten();
        let told: Vec<Diagnostic> =
            found.iter().filter(unmet).filter(|one| one.place() == place).cloned().collect();
        let message = match claim.actual.as_slice() {
            [] => "an analysis that it needs has no answer".to_owned(),
            actual => actual.join("; "),
        };
        Verdict::Failed { message, text: drawn(&told, state) }
    };
    claims.iter().map(|claim| (claim.text.clone(), verdict(claim))).collect()
}

/// The expectations of a state that could not be solved, as they are written, white space folded.
fn written(state: &Compilation) -> Vec<String> {
    let text = |span| state.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    state.checked.model.claims.iter().map(|claim| text(claim.condition.span)).collect()
}

fn drawn(diagnostics: &[Diagnostic], state: &Compilation) -> String {
    diagnostics.iter().map(|one| render(one, &state.sources, LOOK)).collect()
}

/// Tests of the same name are numbered: what reads them tells them apart by their names.
fn told_apart(mut cases: Vec<Case>) -> Vec<Case> {
    let mut seen = std::collections::BTreeMap::new();
    for case in &mut cases {
        let times = seen.entry(case.name.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            case.name = format!("{} ({times})", case.name);
        }
    }
    cases
}
