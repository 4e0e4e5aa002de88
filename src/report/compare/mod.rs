//! Comparisons: what several reports say of the same analyses, side by side.
//!
//! [`Comparison`] holds words and exact numbers, made of reports alone; each renderer is one function of it.

mod changes;
mod json;
mod markdown;
mod sides;
mod text;
mod text_changes;
mod words;

pub use json::json;
pub use markdown::markdown;
pub use text::{changes, text};

use super::{Report, Status};
use crate::exact::Rational;

/// Several states of a model, or two models: each is held against the first.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub title: Option<String>,
    pub form: Form,
    pub states: Vec<StateReport>,
    /// Those of the first state in its order, then those that it has not.
    pub analyses: Vec<AnalysisComparison>,
    pub claims: Vec<ClaimComparison>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A model and its scenarios, whose expectations are each their own.
    Scenarios,
    /// Two files, or two states of a file.
    Files,
}

/// One of the states that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateReport {
    pub name: String,
    pub label: Option<String>,
    /// The file, or the revision of a file.
    pub source: String,
}

/// One analysis in every state.
#[derive(Clone, Debug)]
pub struct AnalysisComparison {
    pub name: String,
    pub label: Option<String>,
    pub kind: &'static str,
    /// For each state; nothing where it does not have the analysis.
    pub sides: Vec<Option<SideReport>>,
    /// For each state but the first, against the first.
    pub differences: Vec<Difference>,
}

/// What one state answers.
#[derive(Clone, Debug)]
pub struct SideReport {
    pub kind: &'static str,
    pub status: Status,
    /// What is asked: `maximize revenue / cost for shops`.
    pub question: Option<String>,
    pub value: Option<Rational>,
    /// The value's; `1` for a bare number.
    pub unit: String,
    /// Where no plan meets all conditions, those that conflict.
    pub conflict: Vec<String>,
}

/// What differs between the first state and another.
#[derive(Clone, Debug)]
pub struct Difference {
    pub change: Change,
    /// What is asked, before and after, where that differs.
    pub question: Option<(String, String)>,
    /// Whether the answer is proved, before and after, where that differs.
    pub proof: Option<(bool, bool)>,
    /// The flows of the best loop or path.
    pub flows: Turnover,
    /// What happens with them.
    pub riders: Turnover,
    /// The flows on no loop, of a closure.
    pub open: Turnover,
    /// Turns of the flows of a plan.
    pub volumes: Moves,
    /// What each participant keeps.
    pub profits: Moves,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Unchanged,
    /// Another value; `percent`: of the size of the first, where that is not zero.
    Value {
        by: Rational,
        percent: Option<Rational>,
    },
    /// Another answer than a value, in one of them or both.
    Answer,
    /// Values in other units than before.
    Unit,
    /// A loop before, a plan now.
    Kind,
    /// The first state does not have the analysis.
    New,
    /// Only the first state has it.
    Gone,
    /// Neither has it; some other state does.
    Absent,
}

/// What came and went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    pub entered: Vec<String>,
    pub left: Vec<String>,
}

/// Numbers that changed, those that changed most first.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    pub unit: String,
    pub moved: Vec<Moved>,
}

/// A number before and after. Units: those of [`Moves`].
#[derive(Clone, Debug)]
pub struct Moved {
    pub name: String,
    pub before: Rational,
    pub after: Rational,
}

/// An expectation, and whether it holds in each state; nothing where it is none of the state's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimComparison {
    pub text: String,
    pub holds: Vec<Option<bool>>,
}

/// Holds reports against the first of them.
#[must_use]
pub fn compare(form: Form, states: Vec<(StateReport, Report)>) -> Comparison {
    let (states, reports): (Vec<StateReport>, Vec<Report>) = states.into_iter().unzip();
    Comparison {
        title: reports.iter().find_map(|report| report.title.clone()),
        form,
        analyses: sides::analyses(&reports),
        claims: sides::claims(&reports),
        states,
    }
}

impl Comparison {
    /// Whether any value, answer, loop or expectation differs. An expectation of one state alone is a difference
    /// between files, and none between a model and its scenarios.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.analyses.iter().any(AnalysisComparison::differs)
            || self.claims.iter().any(|one| self.turned(one))
    }

    fn turned(&self, claim: &ClaimComparison) -> bool {
        match self.form {
            Form::Scenarios => claim.turns(),
            Form::Files => claim.turns() || claim.owner().is_some(),
        }
    }
}

impl StateReport {
    /// What is said beside its name: the file, or of a scenario its label.
    fn about(&self, form: Form, place: usize) -> Option<String> {
        let source = (form == Form::Files || place == 0).then(|| self.file());
        self.label.clone().or(source)
    }

    /// The file, for people: its name must not steer a terminal, nor pass for a line of its own.
    fn file(&self) -> String {
        self.source.replace(char::is_control, "\u{fffd}")
    }
}

impl AnalysisComparison {
    #[must_use]
    pub fn differs(&self) -> bool {
        self.differences.iter().any(Difference::differs)
    }
}

impl Difference {
    #[must_use]
    pub fn differs(&self) -> bool {
        !matches!(self.change, Change::Unchanged | Change::Absent)
            || self.question.is_some()
            || self.proof.is_some()
            || [&self.flows, &self.riders, &self.open].iter().any(|turnover| !turnover.is_empty())
            || [&self.volumes, &self.profits].iter().any(|moves| !moves.moved.is_empty())
    }
}

impl Turnover {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entered.is_empty() && self.left.is_empty()
    }
}

impl Moved {
    #[must_use]
    pub fn by(&self) -> Rational {
        &self.after - &self.before
    }
}

impl ClaimComparison {
    /// Whether it holds in one state and fails in another.
    #[must_use]
    pub fn turns(&self) -> bool {
        self.holds.contains(&Some(true)) && self.holds.contains(&Some(false))
    }

    /// The one state that makes it, where others do not.
    #[must_use]
    pub fn owner(&self) -> Option<usize> {
        let mut owners = (0..self.holds.len()).filter(|place| self.holds[*place].is_some());
        owners.next().filter(|_| self.holds.len() > 1 && owners.next().is_none())
    }
}
