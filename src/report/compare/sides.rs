//! From reports to their sides: which analyses and expectations belong together, and what each state answers.

use std::collections::BTreeSet;

use super::{AnalysisComparison, ClaimComparison, Difference, SideReport};
use crate::report::columns::Digits;
use crate::report::text_prices::condition_words;
use crate::report::{AnalysisReport, Body, NoPlanReport, ObjectiveReport, Report};

/// The analyses of all reports, by their names.
pub(super) fn analyses(reports: &[Report]) -> Vec<AnalysisComparison> {
    let mut seen = BTreeSet::new();
    let all = reports.iter().flat_map(|report| &report.analyses);
    all.filter(|one| seen.insert(one.name.as_str())).map(|one| analysis(one, reports)).collect()
}

fn analysis(first: &AnalysisReport, reports: &[Report]) -> AnalysisComparison {
    let find = |report: &&Report| report.analyses.iter().position(|one| one.name == first.name);
    let found: Vec<Option<(&Report, &AnalysisReport)>> =
        reports.iter().map(|report| Some((report, &report.analyses[find(&report)?]))).collect();
    let sides: Vec<Option<SideReport>> =
        found.iter().map(|one| one.map(|(_, analysis)| side(analysis))).collect();
    let against = |place: usize| Difference::between((found[0], &sides[0]), (found[place], &sides[place]));
    AnalysisComparison {
        name: first.name.clone(),
        label: first.label.clone(),
        kind: first.kind,
        differences: (1..reports.len()).map(against).collect(),
        sides,
    }
}

fn side(analysis: &AnalysisReport) -> SideReport {
    let objective = analysis.objective.as_ref();
    let conflict = match &analysis.body {
        Body::NoPlan(why) => match &**why {
            NoPlanReport::Conflict { conditions, .. } => {
                conditions.iter().map(|one| condition_words(one, Digits::default())).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    SideReport {
        kind: analysis.kind,
        status: analysis.status,
        question: objective.map(|objective| question(objective, analysis.whose.as_deref())),
        value: objective.and_then(|objective| objective.value.clone()),
        unit: objective.map_or_else(|| "1".to_owned(), |objective| objective.unit.clone()),
        conflict,
    }
}

fn question(objective: &ObjectiveReport, whose: Option<&str>) -> String {
    let whose = whose.map_or_else(String::new, |whose| format!(" for {whose}"));
    format!("{} {}{whose}", objective.sense, objective.text)
}

/// The expectations of all reports, by their words; of equal ones the first belongs to the first.
pub(super) fn claims(reports: &[Report]) -> Vec<ClaimComparison> {
    let mut claims: Vec<ClaimComparison> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for (state, report) in reports.iter().enumerate() {
        let mut times = std::collections::BTreeMap::new();
        for claim in &report.claims {
            let time: &mut usize = times.entry(claim.text.as_str()).or_default();
            *time += 1;
            let place = *places.entry((claim.text.as_str(), *time)).or_insert(claims.len());
            if place == claims.len() {
                claims.push(ClaimComparison { text: claim.text.clone(), holds: vec![None; reports.len()] });
            }
            claims[place].holds[state] = Some(claim.holds == Some(true));
        }
    }
    claims
}
