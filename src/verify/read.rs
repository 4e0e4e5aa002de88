//! Reading a report: its claims, with names turned back into ids.

use std::collections::BTreeMap;

use serde_json::Value;

use super::faults;
use crate::analysis::{Claimed, NamedCertificate, NamedNode, Said};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::exact::literal::parse_exact;
use crate::model::{FlowId, Model, ParticipantId};
use crate::report::FileDigest;

/// What a report says it was made from.
#[derive(Debug)]
pub struct Told {
    /// The scenario that was laid over the model.
    pub scenario: Option<String>,
    pub files: Vec<FileDigest>,
    pub settings: Vec<(String, String)>,
    /// How many bad rows of each table were left out at most.
    pub most_bad_rows: usize,
    /// Whether files outside the project's folder were allowed.
    pub outside: bool,
}

/// Reads what a document was made from, if it is a report at all.
///
/// # Errors
/// L0801.
pub fn told(document: &Value) -> Result<Told, Box<Diagnostic>> {
    if document["format"] != "loopc-report" {
        return Err(Box::new(faults::unreadable("`format` is not `loopc-report`")));
    }
    if document["version"] != 1 {
        return Err(Box::new(faults::unreadable(
            "its `version` is not 1, which is what this version of loopc reads",
        )));
    }
    let model = &document["model"];
    let file = |one: &Value| {
        Some(FileDigest {
            path: one["path"].as_str()?.to_owned(),
            sha256: one["sha256"].as_str()?.to_owned(),
        })
    };
    let files: Option<Vec<FileDigest>> = list(model, "files").iter().map(file).collect();
    let setting = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
    let settings: Option<Vec<(String, String)>> =
        model["set"].as_object().map_or(Some(Vec::new()), |set| set.iter().map(setting).collect());
    match (files, settings) {
        (Some(files), Some(settings)) if !files.is_empty() => {
            let most_bad_rows = model["max_bad_rows"].as_u64().and_then(|rows| usize::try_from(rows).ok());
            let (most_bad_rows, outside) = (most_bad_rows.unwrap_or(0), model["allow_outside"] == true);
            let scenario = model["scenario"].as_str().map(str::to_owned);
            Ok(Told { files, settings, most_bad_rows, outside, scenario })
        }
        _ => Err(Box::new(faults::unreadable(
            "`model.files` and `model.set` do not say what it was made from",
        ))),
    }
}

/// The items of a list; none where there is no list.
pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// How many loops of its plans a report lists at the most; nothing where it lists all.
pub(super) fn loops(document: &Value) -> Option<usize> {
    let shortened = |one: &Value| {
        let plan = &one["plan"];
        let listed = plan.get("more_loops").map(|_| list(plan, "loops").len());
        listed.or_else(|| one.get("more_along").map(|_| list(one, "along").len()))
    };
    list(document, "analyses").iter().filter_map(shortened).max()
}

/// Names of a model, back to ids.
pub(super) struct Reader<'a> {
    pub flows: BTreeMap<String, FlowId>,
    pub participants: BTreeMap<&'a str, ParticipantId>,
}

/// What could not be read.
pub(super) type Missing = String;

impl<'a> Reader<'a> {
    pub fn new(model: &'a Model) -> Self {
        let flow = |id: FlowId| (model.flow(id).name.to_string(), id);
        let participant = |id: ParticipantId| (model.participant(id).name, id);
        Self {
            flows: model.flow_ids().map(flow).collect(),
            participants: model.participant_ids().map(participant).collect(),
        }
    }

    /// What an analysis of the report claims.
    pub fn claimed(&self, said: &Value) -> Result<Claimed, Missing> {
        let certificate = &said["proof"]["certificate"];
        let status = said["status"].as_str().unwrap_or_default();
        if said["kind"] != "plan" && matches!(said["proof"]["kind"].as_str(), Some("search" | "bound")) {
            return self.restricted(said, status);
        }
        match (said["kind"].as_str().unwrap_or_default(), status) {
            ("loop", "optimal") => self.loops(said, certificate),
            ("loop", "none") => {
                let ranks = ranks(&certificate["rank"])?;
                Ok(Claimed::NoLoop { ranks: self.parties(certificate)?.into_iter().zip(ranks).collect() })
            }
            ("path", "optimal") => {
                let flows = self.named(&said["path"]["flows"])?;
                let pi = certificate["pi"].as_array().ok_or("no `pi`")?;
                let pi =
                    pi.iter().map(|value| if value.is_null() { Ok(None) } else { number(value).map(Some) });
                let pi = pi.collect::<Result<Vec<_>, _>>()?;
                Ok(Claimed::Path { flows, pi: self.parties(certificate)?.into_iter().zip(pi).collect() })
            }
            ("path", "none") => Ok(Claimed::NoPath { reached: self.people(&certificate["reached"])? }),
            (_, "refused") if certificate["loop"].is_array() => {
                Ok(Claimed::Culprit { cycle: self.named(&certificate["loop"])? })
            }
            ("plan", _) => self.plan(said).map(|claimed| Claimed::Plan(Box::new(claimed))),
            ("closure", _) | (_, "refused") => Ok(Claimed::Plain),
            (kind, status) => Err(format!("a {kind} that is {status}")),
        }
    }

    fn loops(&self, said: &Value, certificate: &Value) -> Result<Claimed, Missing> {
        let nodes = list(certificate, "nodes").iter().map(|node| {
            Ok(NamedNode {
                removed: self.named(&node["removed"])?,
                cycle: self.named(&node["loop"])?,
                lambda: number(&node["lambda"])?,
                pi: numbers(&node["pi"])?,
            })
        });
        let listed = list(said, "loops").iter().map(|found| self.named(&found["flows"]));
        Ok(Claimed::Loops {
            certificate: NamedCertificate {
                lambda: number(&certificate["lambda"])?,
                participants: self.parties(certificate)?,
                rho: numbers(&certificate["rho"])?,
                rank: ranks(&certificate["rank"])?,
                nodes: nodes.collect::<Result<Vec<_>, Missing>>()?,
            },
            listed: listed.collect::<Result<Vec<_>, Missing>>()?,
            exhausted: said["exhausted"] == true,
        })
    }

    /// Loops, or the path, under restrictions.
    fn restricted(&self, said: &Value, status: &str) -> Result<Claimed, Missing> {
        let listed = match &said["path"] {
            Value::Null => list(said, "loops").iter().map(|found| self.named(&found["flows"])).collect(),
            path => self.named(&path["flows"]).map(|flows| vec![flows]),
        };
        let proved = matches!(status, "optimal" | "none");
        // Paths are listed alone, and where there is none there is nothing to add.
        let complete = said["complete"] != false;
        let bounded = !said["proof"]["bound"].is_null();
        Ok(Claimed::Restricted { listed: listed?, said: Said { proved, complete, bounded } })
    }

    fn named(&self, flows: &Value) -> Result<Vec<FlowId>, Missing> {
        let flows = flows.as_array().ok_or("a list of flows is missing")?;
        let one = |name: &Value| self.flows.get(name.as_str().unwrap_or_default()).copied();
        flows.iter().map(|name| one(name).ok_or_else(|| format!("the model has no flow {name}"))).collect()
    }

    fn parties(&self, certificate: &Value) -> Result<Vec<ParticipantId>, Missing> {
        self.people(&certificate["participants"])
    }

    fn people(&self, names: &Value) -> Result<Vec<ParticipantId>, Missing> {
        let names = names.as_array().ok_or("a list of participants is missing")?;
        let one = |name: &Value| self.participants.get(name.as_str().unwrap_or_default()).copied();
        names
            .iter()
            .map(|name| one(name).ok_or_else(|| format!("the model has no participant {name}")))
            .collect()
    }
}

pub(super) fn number(value: &Value) -> Result<Rational, Missing> {
    value.as_str().and_then(parse_exact).ok_or_else(|| format!("{value} is no exact number"))
}

pub(super) fn numbers(values: &Value) -> Result<Vec<Rational>, Missing> {
    values.as_array().ok_or("a list of numbers is missing")?.iter().map(number).collect()
}

fn ranks(values: &Value) -> Result<Vec<u32>, Missing> {
    let rank = |value: &Value| value.as_u64().and_then(|rank| u32::try_from(rank).ok());
    let values = values.as_array().ok_or("a list of ranks is missing")?;
    values.iter().map(|value| rank(value).ok_or_else(|| format!("{value} is no rank"))).collect()
}
