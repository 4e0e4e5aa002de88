//! The wording of what a verification finds: one constructor a fault.

use crate::certify::check::Fault;
use crate::certify::linear::Fault as Linear;
use crate::check::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::AnalysisId;

/// L0801
#[must_use]
pub fn unreadable(what: &str) -> Diagnostic {
    Diagnostic::new(Code::L0801, format!("this is no report that can be verified: {what}"))
        .help("reports are written by `loopc solve --format json`")
}

/// L0801
pub(super) fn no_such_analysis(name: &str, place: usize) -> Diagnostic {
    unreadable(&format!("its analysis {}, `{name}`, is not in the model", place + 1))
}

/// L0802
pub(super) fn changed(path: &str) -> Diagnostic {
    Diagnostic::new(Code::L0802, format!("`{path}` has changed since the report was made"))
        .help("solve the model again, or verify the report against the source it was made from (`--model`)")
}

/// L0802
pub(super) fn other_files(then: usize, now: usize) -> Diagnostic {
    Diagnostic::new(Code::L0802, format!("the model was made of {then} files, and is made of {now} now"))
}

/// L0803
pub(super) fn not_proved(checked: &Checked, id: AnalysisId, fault: Fault) -> Diagnostic {
    let analysis = &checked.model.analysis(id).declared;
    let node = |node: usize| format!("node {} of the search", node + 1);
    let why = match fault {
        Fault::Shape => "it does not fit the flows and participants in scope".to_owned(),
        Fault::LeastDenominator(_) => "a `rho` is not the least denominator of a walk".to_owned(),
        Fault::Rank(_) => "a `rank` does not fall as it must".to_owned(),
        Fault::NotALoop { node: at } => format!("the flows of {} are no loop there", node(at)),
        Fault::Ratio { node: at } => format!("the loop of {} has another ratio than its `lambda`", node(at)),
        Fault::Potential { node: at, .. } => format!("a `pi` of {} is not the heaviest walk", node(at)),
        Fault::NotCanonical { node: at } => format!("an earlier loop ties with that of {}", node(at)),
        Fault::Branch { node: at } => format!("{} does not follow from the loops listed", node(at)),
        Fault::Nodes => "nodes of the search are missing, or too many".to_owned(),
        Fault::List => "the loops listed are not the best ones in their order".to_owned(),
        Fault::NotRefused => "the loop shown is no reason to refuse".to_owned(),
        Fault::NotAPath => "the flows shown are no such path".to_owned(),
        Fault::NotAdmitted => "a loop or path listed does not keep the restrictions".to_owned(),
        Fault::NotClosed => "the search that starts from the list does not prove it".to_owned(),
        Fault::Reachable => "what is said to be out of reach is not".to_owned(),
        Fault::NotReached => "the ratio is not reached as it says, or is no ratio of the plan".to_owned(),
        Fault::Linear(linear) => linear_words(linear),
    };
    let fault =
        Diagnostic::new(Code::L0803, format!("the certificate of `{}` does not hold: {why}", analysis.name));
    analysis.span.into_iter().fold(fault, |fault, span| fault.label(span, "not proved"))
}

/// Places are counted from one, as they stand in the certificate's lists.
fn linear_words(fault: Linear) -> String {
    match fault {
        Linear::Shape => "its lists do not fit the plan's program".to_owned(),
        Linear::NotFeasible => "its values break a bound or a row".to_owned(),
        Linear::Column(column) => format!("column {} could improve it", column.index() + 1),
        Linear::Row(row) => format!("row {} could improve it", row.index() + 1),
        Linear::NoConflict => "the rows can be kept together".to_owned(),
        Linear::NotBounded => "a case may hold something better".to_owned(),
        Linear::NotARay => "the way without limit leaves the bounds".to_owned(),
        Linear::NotImproving => "the way without limit does not improve the objective".to_owned(),
    }
}

/// L0804
pub(super) fn other_than_proved(name: &str, place: &str) -> Diagnostic {
    Diagnostic::new(
        Code::L0804,
        format!("the report of `{name}` says at `{place}` other than what is proved"),
    )
    .help("the certificate holds; the rest of the report was altered, or made by another version")
}

/// L0804
pub(super) fn other_beside(place: &str) -> Diagnostic {
    Diagnostic::new(
        Code::L0804,
        format!("the report says at `{place}` other than what follows from its model"),
    )
}

/// L0804
pub(super) fn told_twice(name: &str) -> Diagnostic {
    Diagnostic::new(Code::L0804, format!("the report tells of `{name}` twice"))
}
