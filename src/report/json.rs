//! The report as one JSON document (`docs/report.schema.json`).
//!
//! Numbers are strings: `exact` is `p` or `p/q`, `decimal` has 12 significant digits, halves to even. Keys
//! stand in a fixed order, so the same report is the same bytes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::document::{Document, Fields, exacts, list, words};
use super::json_plan;
use super::json_restricted as restricted;
use super::{
    AccountReport, AnalysisReport, Body, CertificateReport, ClosureReport, HopReport, LoopReport,
    MeasureReport, MendReport, NodeReport, OpenReport, Report, RiderReport, WalkReport,
};
use crate::analysis::Decided;
use crate::exact::Rational;
use crate::exact::decimal::{JSON_DIGITS, significant};

/// The version of the format; it grows when a reader of the old one would be misled.
pub const VERSION: u32 = 1;

/// Writes the report as a JSON document, with a closing line break.
///
/// # Errors
/// Those of the writer.
pub fn write_json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &document(report))?;
    out.write_all(b"\n")
}

/// The same as a text.
#[must_use]
pub fn json(report: &Report) -> String {
    let mut out = Vec::new();
    // Memory takes all that is written, and JSON is UTF-8.
    drop(write_json(report, &mut out));
    String::from_utf8(out).unwrap_or_default()
}

/// The document of a report.
#[must_use]
pub fn document(report: &Report) -> Document<'_> {
    let mut out = Fields::default();
    out.put("format", json!("loopc-report"));
    out.put("version", json!(VERSION));
    out.put("model", model(report));
    out.put("analyses", list(&report.analyses, analysis));
    let claim = |claim: &Decided| json!({ "text": claim.text, "holds": claim.holds == Some(true), "actual": claim.actual.join("; ") });
    out.put("expectations", list(&report.claims, claim));
    out.put("diagnostics", list(&report.diagnostics, Value::clone));
    out.into()
}

/// What the report was made from.
fn model(report: &Report) -> Value {
    let settings = report.asked.settings.iter().map(|(name, value)| (name.clone(), json!(value)));
    let files = report.files.iter().map(|file| json!({ "path": file.path, "sha256": file.sha256 }));
    let mut out = json!({
        "title": report.title,
        "files": files.collect::<Vec<_>>(),
        "set": Value::Object(settings.collect()),
        "participants": report.participants,
        "flows": report.flows,
        "money": report.money,
    });
    if let Some((name, _)) = &report.asked.scenario {
        out["scenario"] = json!(name);
    }
    let (bad_rows, outside) = report.asked.allowed;
    if bad_rows > 0 {
        out["max_bad_rows"] = json!(bad_rows);
    }
    if outside {
        out["allow_outside"] = json!(true);
    }
    out
}

/// Writes the reports of several states of a model as one JSON document, with a closing line break.
///
/// # Errors
/// Those of the writer.
pub fn write_all_json(reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
    let mut all = Fields::default();
    all.put("format", json!("loopc-reports"));
    all.put("version", json!(VERSION));
    all.put("reports", list(reports, document));
    let all: Document<'_> = all.into();
    serde_json::to_writer_pretty(&mut *out, &all)?;
    out.write_all(b"\n")
}

/// One analysis as JSON.
#[must_use]
pub fn analysis(analysis: &AnalysisReport) -> Document<'_> {
    let mut out = Fields::default();
    out.put("name", json!(analysis.name));
    out.put("label", json!(analysis.label));
    out.put("kind", json!(analysis.kind));
    out.put("status", json!(analysis.status.word()));
    out.put("for", json!(analysis.whose));
    out.put("scope", json!({ "flows": analysis.flows, "participants": analysis.participants }));
    out.put("proof", proof(&analysis.body));
    let objective = analysis.objective.as_ref().map(|objective| {
        let value = objective.value.as_ref().map(|value| with_unit(value, &objective.unit));
        json!({ "sense": objective.sense, "text": objective.text, "value": value })
    });
    out.put("objective", json!(objective));
    match &analysis.body {
        Body::Loops(found) => loops(found, &mut out),
        Body::Path(found) => {
            out.put("path", walk(&found.walk, None));
            out.put("tied", json!(found.tied));
        }
        Body::Closure(found) => out.put("closure", closure(found)),
        Body::Restricted(found) => restricted::restricted(found, &mut out),
        Body::Unmet(found) => restricted::restrictions(&found.restrictions, &mut out),
        Body::Culprit { flows, unit } => {
            let adds =
                |(flow, value): &(String, Rational)| json!({ "flow": flow, "adds": with_unit(value, unit) });
            out.put("culprit", list(flows, adds));
        }
        Body::Plan(found) => {
            let unit = analysis.objective.as_ref().map_or("1", |objective| objective.unit.as_str());
            out.put("plan", json_plan::plan(found, unit));
        }
        Body::NoPlan(why) => json_plan::no_plan(why, &mut out),
        Body::Acyclic { .. } | Body::Unreachable { .. } | Body::Nothing => {}
    }
    out.into()
}

pub(super) fn number(value: &Rational) -> Value {
    json!({ "exact": value.to_string(), "decimal": significant(value, JSON_DIGITS).text })
}

pub(super) fn with_unit(value: &Rational, unit: &str) -> Value {
    json!({ "exact": value.to_string(), "decimal": significant(value, JSON_DIGITS).text, "unit": unit })
}

/// The names of what rides a flow.
pub(super) fn names(riders: &[RiderReport]) -> Vec<&String> {
    riders.iter().map(|rider| &rider.flow).collect()
}

/// What proves the answer, as plain data.
fn proof(body: &Body) -> Document<'_> {
    let mut proof = Fields::default();
    match body {
        Body::Loops(found) => return exactly(certificate(&found.certificate)),
        Body::Path(found) => {
            proof.put("participants", words(&found.participants));
            proof.put("pi", list(&found.pi, |value| json!(value.as_ref().map(ToString::to_string))));
        }
        Body::Acyclic { ranks } => {
            proof.put("participants", list(ranks, |(name, _)| json!(name)));
            proof.put("rank", list(ranks, |(_, rank)| json!(rank)));
        }
        Body::Unreachable { reached } => proof.put("reached", words(reached)),
        Body::Culprit { flows, .. } => proof.put("loop", list(flows, |(flow, _)| json!(flow))),
        Body::Plan(found) => return json_plan::proof(found),
        Body::NoPlan(why) => match json_plan::no_plan_proof(why) {
            Some(found) => return exactly(found),
            None => return json!({ "kind": "none" }).into(),
        },
        // A closure is recomputed in one pass over the graph: it needs no certificate.
        Body::Closure(_) => return json!({ "kind": "exact" }).into(),
        Body::Restricted(found) => return restricted::proof(found).into(),
        Body::Unmet(found) => return restricted::search(found.nodes).into(),
        Body::Nothing => return json!({ "kind": "none" }).into(),
    }
    exactly(proof)
}

/// A proof by a certificate.
pub(super) fn exactly(certificate: Fields<'_>) -> Document<'_> {
    let mut out = Fields::default();
    out.put("kind", json!("exact"));
    out.put("certificate", certificate);
    out.into()
}

fn certificate(certificate: &CertificateReport) -> Fields<'_> {
    let mut out = Fields::default();
    out.put("lambda", json!(certificate.lambda.to_string()));
    out.put("participants", words(&certificate.participants));
    out.put("rho", exacts(&certificate.rho));
    out.put("rank", list(&certificate.rank, |rank| json!(rank)));
    out.put("nodes", list(&certificate.nodes, node));
    out
}

fn node(node: &NodeReport) -> Fields<'_> {
    let mut out = Fields::default();
    out.put("removed", words(&node.removed));
    out.put("loop", words(&node.cycle));
    out.put("lambda", json!(node.lambda.to_string()));
    out.put("pi", exacts(&node.pi));
    out
}

fn loops<'a>(found: &'a LoopReport, out: &mut Fields<'a>) {
    out.put("loops", walks(&found.walks));
    out.put("tied", json!(found.tied));
    out.put("critical", words(&found.critical));
    out.put("tie_at_cut", json!(found.tie_at_cut));
    out.put("exhausted", json!(found.exhausted));
    out.put("complete", json!(found.complete));
    let gap =
        |(flow, gap): &(String, Rational)| json!({ "flow": flow, "gap": with_unit(gap, &found.gap_unit) });
    out.put("gaps", list(&found.gaps, gap));
}

/// Loops with their ranks.
pub(super) fn walks(walks: &[WalkReport]) -> Document<'_> {
    Document::List(Box::new(|| Box::new(walks.iter().zip(1..).map(|(found, rank)| walk(found, Some(rank))))))
}

pub(super) fn walk(walk: &WalkReport, rank: Option<usize>) -> Document<'_> {
    let mut out = Fields::default();
    if let Some(rank) = rank {
        out.put("rank", json!(rank));
    }
    out.put("value", number(&walk.value));
    out.put("flows", list(&walk.hops, |hop| json!(hop.flow)));
    out.put("participants", words(&walk.stops));
    out.put("cost", number(&walk.cost));
    out.put("revenue", number(&walk.revenue));
    out.put("profit", number(&(&walk.revenue - &walk.cost)));
    out.put("ratio", json!(walk.ratio.as_ref().map(number)));
    out.put("theta", json!(walk.theta.as_ref().map(number)));
    out.put("measures", measures(&walk.measures));
    out.put("hops", list(&walk.hops, hop));
    out.put("accounts", list(&walk.accounts, account));
    out.into()
}

pub(super) fn measures(measures: &[MeasureReport]) -> Value {
    let pairs =
        measures.iter().map(|measure| (measure.name.clone(), with_unit(&measure.value, &measure.unit)));
    Value::Object(pairs.collect())
}

fn hop(hop: &HopReport) -> Value {
    json!({
        "from": hop.from,
        "flow": hop.flow,
        "to": hop.to,
        "medium": hop.medium,
        "via": hop.via,
        "riders": names(&hop.riders),
        "tries": hop.tries.as_ref().map(number),
        "cost": number(&hop.cost),
        "revenue": number(&hop.revenue),
        "measures": measures(&hop.measures),
    })
}

pub(super) fn account(account: &AccountReport) -> Value {
    json!({
        "participant": account.participant,
        "of": account.of,
        "earns": number(&account.earns),
        "pays": number(&account.pays),
        "keeps": number(&(&account.earns - &account.pays)),
    })
}

fn closure(found: &ClosureReport) -> Fields<'_> {
    let open = |open: &OpenReport| json!({ "flow": open.flow, "rest": open.rest, "stuck_at": open.stuck_at, "begun_at": open.begun_at });
    let piece = |(participants, closed): &(Vec<String>, bool)| json!({ "participants": participants, "closed": closed });
    let mend = |mend: &MendReport| json!({ "from": mend.from, "to": mend.to, "source": mend.source });
    let mut out = Fields::default();
    out.put("closed", json!(found.closed));
    out.put("connected", json!(found.connected));
    out.put("open", list(&found.open, open));
    out.put("parts", list(&found.pieces, piece));
    out.put("mend", list(&found.mends, mend));
    out
}
