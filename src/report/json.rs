//! The report as one JSON document (`docs/report.schema.json`).
//!
//! Numbers are strings: `exact` is `p` or `p/q`, `decimal` has 12 significant digits, halves to even. Keys
//! stand in a fixed order, so the same report is the same bytes.

use serde_json::{Map, Value, json};

use super::json_plan;
use super::json_restricted as restricted;
use super::{
    AccountReport, AnalysisReport, Body, CertificateReport, ClosureReport, HopReport, LoopReport,
    MeasureReport, PathReport, Report, RiderReport, WalkReport,
};
use crate::exact::Rational;
use crate::exact::decimal::{JSON_DIGITS, significant};

/// The version of the format; it grows when a reader of the old one would be misled.
pub const VERSION: u32 = 1;

/// The report as a JSON document, with a closing line break.
#[must_use]
pub fn json(report: &Report) -> String {
    let settings: Map<String, Value> = report
        .asked
        .settings
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
        .collect();
    let files = report.files.iter().map(|file| json!({ "path": file.path, "sha256": file.sha256 }));
    let claims = report.claims.iter().map(|claim| {
        json!({ "text": claim.text, "holds": claim.holds == Some(true), "actual": claim.actual.join("; ") })
    });
    let mut document = json!({
        "format": "loopc-report",
        "version": VERSION,
        "model": {
            "title": report.title,
            "files": files.collect::<Vec<_>>(),
            "set": settings,
            "participants": report.participants,
            "flows": report.flows,
            "money": report.money,
        },
        "analyses": report.analyses.iter().map(analysis).collect::<Vec<_>>(),
        "expectations": claims.collect::<Vec<_>>(),
        "diagnostics": report.diagnostics,
    });
    if let Some((name, _)) = &report.asked.scenario {
        document["model"]["scenario"] = json!(name);
    }
    let (bad_rows, outside) = report.asked.allowed;
    if bad_rows > 0 {
        document["model"]["max_bad_rows"] = json!(bad_rows);
    }
    if outside {
        document["model"]["allow_outside"] = json!(true);
    }
    format!("{document:#}\n")
}

/// The reports of several states of a model as one JSON document.
#[must_use]
pub fn json_of_all(reports: &[Report]) -> String {
    let documents: Vec<String> = reports.iter().map(|report| indented(json(report).trim_end())).collect();
    format!(
        "{{\n  \"format\": \"loopc-reports\",\n  \"version\": {VERSION},\n  \"reports\": [\n{}\n  ]\n}}\n",
        documents.join(",\n")
    )
}

/// No text in a document spans lines: each line moves in.
fn indented(document: &str) -> String {
    document.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// One analysis as JSON.
#[must_use]
pub fn analysis(analysis: &AnalysisReport) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("name", json!(analysis.name));
    put("label", json!(analysis.label));
    put("kind", json!(analysis.kind));
    put("status", json!(analysis.status.word()));
    put("for", json!(analysis.whose));
    put("scope", json!({ "flows": analysis.flows, "participants": analysis.participants }));
    put("proof", proof(&analysis.body));
    let objective = analysis.objective.as_ref().map(|objective| {
        let value = objective.value.as_ref().map(|value| with_unit(value, &objective.unit));
        json!({ "sense": objective.sense, "text": objective.text, "value": value })
    });
    put("objective", json!(objective));
    match &analysis.body {
        Body::Loops(found) => loops(found, &mut put),
        Body::Path(found) => {
            put("path", walk(&found.walk, None));
            put("tied", json!(found.tied));
        }
        Body::Closure(found) => put("closure", closure(found)),
        Body::Restricted(found) => restricted::restricted(found, &mut put),
        Body::Unmet(found) => restricted::restrictions(&found.restrictions, &mut put),
        Body::Culprit { flows, unit } => {
            let flows =
                flows.iter().map(|(flow, value)| json!({ "flow": flow, "adds": with_unit(value, unit) }));
            put("culprit", flows.collect());
        }
        Body::Plan(found) => {
            let unit = analysis.objective.as_ref().map_or("1", |objective| objective.unit.as_str());
            put("plan", json_plan::plan(found, unit));
        }
        Body::NoPlan(why) => json_plan::no_plan(why, &mut put),
        Body::Acyclic { .. } | Body::Unreachable { .. } | Body::Nothing => {}
    }
    Value::Object(out)
}

pub(super) fn number(value: &Rational) -> Value {
    json!({ "exact": value.to_string(), "decimal": significant(value, JSON_DIGITS).text })
}

pub(super) fn with_unit(value: &Rational, unit: &str) -> Value {
    json!({ "exact": value.to_string(), "decimal": significant(value, JSON_DIGITS).text, "unit": unit })
}

pub(super) fn exacts(values: &[Rational]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// The names of what rides a flow.
pub(super) fn names(riders: &[RiderReport]) -> Vec<&String> {
    riders.iter().map(|rider| &rider.flow).collect()
}

/// What proves the answer, as plain data.
fn proof(body: &Body) -> Value {
    let certificate = match body {
        Body::Loops(found) => certificate(&found.certificate),
        Body::Path(PathReport { participants, pi, .. }) => {
            let pi: Vec<Option<String>> =
                pi.iter().map(|value| value.as_ref().map(ToString::to_string)).collect();
            json!({ "participants": participants, "pi": pi })
        }
        Body::Acyclic { ranks } => {
            let (participants, ranks): (Vec<&String>, Vec<u32>) =
                ranks.iter().map(|(name, rank)| (name, *rank)).unzip();
            json!({ "participants": participants, "rank": ranks })
        }
        Body::Unreachable { reached } => json!({ "reached": reached }),
        Body::Culprit { flows, .. } => {
            let flows: Vec<&String> = flows.iter().map(|(flow, _)| flow).collect();
            json!({ "loop": flows })
        }
        Body::Plan(found) => return json_plan::proof(found),
        Body::NoPlan(why) => match json_plan::no_plan_proof(why) {
            Some(proof) => proof,
            None => return json!({ "kind": "none" }),
        },
        // A closure is recomputed in one pass over the graph: it needs no certificate.
        Body::Closure(_) => return json!({ "kind": "exact" }),
        Body::Restricted(found) => return restricted::proof(found),
        Body::Unmet(found) => return restricted::search(found.nodes),
        Body::Nothing => return json!({ "kind": "none" }),
    };
    json!({ "kind": "exact", "certificate": certificate })
}

fn certificate(certificate: &CertificateReport) -> Value {
    let nodes = certificate.nodes.iter().map(|node| {
        json!({
            "removed": node.removed,
            "loop": node.cycle,
            "lambda": node.lambda.to_string(),
            "pi": exacts(&node.pi),
        })
    });
    json!({
        "lambda": certificate.lambda.to_string(),
        "participants": certificate.participants,
        "rho": exacts(&certificate.rho),
        "rank": certificate.rank,
        "nodes": nodes.collect::<Vec<_>>(),
    })
}

fn loops(found: &LoopReport, put: &mut impl FnMut(&str, Value)) {
    let walks = found.walks.iter().zip(1..).map(|(found, rank)| walk(found, Some(rank)));
    put("loops", walks.collect());
    put("tied", json!(found.tied));
    put("critical", json!(found.critical));
    put("tie_at_cut", json!(found.tie_at_cut));
    put("exhausted", json!(found.exhausted));
    put("complete", json!(found.complete));
    let gaps =
        found.gaps.iter().map(|(flow, gap)| json!({ "flow": flow, "gap": with_unit(gap, &found.gap_unit) }));
    put("gaps", gaps.collect());
}

pub(super) fn walk(walk: &WalkReport, rank: Option<usize>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    if let Some(rank) = rank {
        put("rank", json!(rank));
    }
    put("value", number(&walk.value));
    put("flows", walk.hops.iter().map(|hop| json!(hop.flow)).collect());
    put("participants", json!(walk.stops));
    put("cost", number(&walk.cost));
    put("revenue", number(&walk.revenue));
    put("profit", number(&(&walk.revenue - &walk.cost)));
    put("ratio", walk.ratio.as_ref().map_or(Value::Null, number));
    put("theta", walk.theta.as_ref().map_or(Value::Null, number));
    put("measures", measures(&walk.measures));
    put("hops", walk.hops.iter().map(hop).collect());
    put("accounts", walk.accounts.iter().map(account).collect());
    Value::Object(out)
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

fn closure(found: &ClosureReport) -> Value {
    let open = found.open.iter().map(|open| {
        json!({ "flow": open.flow, "rest": open.rest, "stuck_at": open.stuck_at, "begun_at": open.begun_at })
    });
    let pieces = found
        .pieces
        .iter()
        .map(|(participants, closed)| json!({ "participants": participants, "closed": closed }));
    let mends =
        found.mends.iter().map(|mend| json!({ "from": mend.from, "to": mend.to, "source": mend.source }));
    json!({
        "closed": found.closed,
        "connected": found.connected,
        "open": open.collect::<Vec<_>>(),
        "parts": pieces.collect::<Vec<_>>(),
        "mend": mends.collect::<Vec<_>>(),
    })
}
