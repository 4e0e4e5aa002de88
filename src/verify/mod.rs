//! Verifying: a report held against its model's source, without a solver.
//!
//! What lives here: reading a report's claims, having each proved by the independent checker, and comparing
//! all that the report says with what follows from what was proved. Nothing is searched for here; only a list
//! of restricted loops or paths has no shorter proof than that the exact search finds none other.

mod compare;
mod faults;
mod read;
mod read_plan;

use serde_json::Value;

use crate::analysis::{Finding, Ground, decide, reclaim};
use crate::check::Checked;
use crate::diagnostic::Diagnostic;
use crate::model::AnalysisId;
use crate::report::{self, Asked, FileDigest};
use crate::source::Sources;

pub use faults::unreadable;
pub use read::{Told, told};

/// What was verified.
#[derive(Debug, Default)]
pub struct Verified {
    /// For each analysis its name and status.
    pub analyses: Vec<(String, String)>,
    /// Analyses of the model that the report does not have.
    pub missing: Vec<String>,
    /// How many expectations do not hold, as the report says.
    pub unmet: usize,
    pub faults: Vec<Diagnostic>,
}

/// Whether the source is still what the report was made from.
///
/// Errors: L0802.
#[must_use]
pub fn changed(told: &Told, now: &[FileDigest]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (then, now) in told.files.iter().zip(now) {
        if then.sha256 != now.sha256 {
            faults.push(faults::changed(&now.path));
        }
    }
    if told.files.len() != now.len() {
        faults.push(faults::other_files(told.files.len(), now.len()));
    }
    faults
}

/// Checks every claim of a report on a model without errors.
///
/// Errors: L0801, L0803, L0804.
#[must_use]
pub fn verify(document: &Value, checked: &Checked, sources: &Sources) -> Verified {
    let ground = Ground::new(checked);
    let mut verified = Verified::default();
    let mut findings: Vec<Finding> = Vec::new();
    let mut said: Vec<&Value> = Vec::new();
    for (place, one) in read::list(document, "analyses").iter().enumerate() {
        match proved(&ground, one, place) {
            Ok(finding) => {
                findings.push(finding);
                said.push(one);
            }
            Err(fault) => verified.faults.push(*fault),
        }
    }
    let (claims, _) = decide(checked, &findings, sources);
    let asked = Asked { loops: read::loops(document), ..Asked::default() };
    let mut rebuilt = report::build(checked, sources, (&findings, &claims), asked, &[]);
    for (one, said) in rebuilt.analyses.iter().zip(said) {
        let follows = report::json_analysis(one);
        match compare::difference(said, &follows) {
            Some(place) => verified.faults.push(faults::other_than_proved(&one.name, &place)),
            None => verified.analyses.push((one.name.clone(), one.status.word().to_owned())),
        }
    }
    let names: Vec<&str> =
        read::list(document, "analyses").iter().filter_map(|one| one["name"].as_str()).collect();
    let all = checked.model.analyses.iter().map(|analysis| &analysis.declared.name);
    verified.missing = all.filter(|name| !names.contains(&name.as_str())).cloned().collect();
    verified.unmet = claims.iter().filter(|claim| claim.holds != Some(true)).count();
    if let Some(name) = names.iter().enumerate().find(|(place, name)| names[..*place].contains(name)) {
        verified.faults.push(faults::told_twice(name.1));
    }
    if names.is_empty() && !verified.missing.is_empty() {
        verified.faults.push(faults::unreadable("it holds no analysis of the model"));
    }
    if verified.faults.is_empty() {
        rebuilt.analyses.clear();
        let rebuilt = serde_json::to_value(report::document(&rebuilt)).unwrap_or_default();
        verified.faults.extend(beside(document, &rebuilt).map(|place| faults::other_beside(&place)));
    }
    verified
}

/// The first place beside the analyses at which a report says other than what follows. Diagnostics are what the
/// compiler said on the way; they are no claim about the model, and are not compared.
fn beside(document: &Value, rebuilt: &Value) -> Option<String> {
    let keys = |value: &Value| {
        value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    if keys(document) != keys(rebuilt) {
        return Some("its keys".to_owned());
    }
    // What was allowed was allowed when the model was compiled.
    let mut of_model = keys(&document["model"]);
    of_model.retain(|key| key != "max_bad_rows" && key != "allow_outside" && key != "scenario");
    if of_model != keys(&rebuilt["model"]) {
        return Some("model".to_owned());
    }
    let parts = ["title", "participants", "flows", "money"];
    let header = parts.iter().find(|part| document["model"][**part] != rebuilt["model"][**part]);
    let expectations = || compare::between(&document["expectations"], &rebuilt["expectations"]);
    header
        .map(|part| format!("model.{part}"))
        .or_else(|| expectations().map(|place| format!("expectations{place}")))
}

fn proved(ground: &Ground<'_>, said: &Value, place: usize) -> Result<Finding, Box<Diagnostic>> {
    let model = &ground.checked.model;
    let name = said["name"].as_str().unwrap_or_default();
    let known = model.analyses.iter().position(|analysis| analysis.declared.name == name);
    let Some(id) = known.map(AnalysisId::at) else {
        return Err(Box::new(faults::no_such_analysis(name, place)));
    };
    let reader = read::Reader::new(model);
    let claimed = reader
        .claimed(said)
        .map_err(|what| Box::new(faults::unreadable(&format!("analysis `{name}`: {what}"))))?;
    reclaim(ground, id, claimed).map_err(|fault| Box::new(faults::not_proved(ground.checked, id, fault)))
}
