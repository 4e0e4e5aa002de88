//! Reading what a report says of a plan.

use std::collections::BTreeMap;

use serde_json::Value;

use super::read::{Missing, Reader, list, number, numbers};
use crate::analysis::plan::{Aim, ClaimedPlan, Level, PlanCertificate, Subject};
use crate::model::{FlowId, Numeric, ParticipantId};
use crate::program::{Case, ColumnId, Weights};

impl Reader<'_> {
    pub(super) fn plan(&self, said: &Value) -> Result<ClaimedPlan, Missing> {
        let proof = &said["proof"]["certificate"];
        let status = said["status"].as_str().unwrap_or_default();
        match status {
            "optimal" => {
                let stopped = said["plan"]["stopped"] == Value::Bool(true);
                certificate(proof).map(|certificate| ClaimedPlan::Best(certificate, stopped))
            }
            "found" => {
                let bound = &said["proof"]["bound"]["exact"];
                let bound = if bound.is_null() { None } else { Some(number(bound)?) };
                certificate(proof).map(|certificate| ClaimedPlan::Found { certificate, bound })
            }
            "infeasible" => {
                let subjects = list(said, "conflict").iter().map(|one| self.subject(one));
                let subjects = subjects.collect::<Result<Vec<_>, _>>()?;
                let columns = if proof["cases"].is_array() { names(&proof["columns"])? } else { Vec::new() };
                let cases = cases(&proof["cases"], &columns)?;
                let farkas = if cases.is_empty() { numbers(&proof["farkas"])? } else { Vec::new() };
                Ok(ClaimedPlan::Conflict { subjects, farkas, cases })
            }
            "unbounded" => {
                Ok(ClaimedPlan::Endless { point: numbers(&proof["point"])?, ray: numbers(&proof["ray"])? })
            }
            "approached" => {
                let ray = numbers(&proof["ray"])?;
                certificate(proof).map(|certificate| ClaimedPlan::Approached { certificate, ray })
            }
            "refused" if proof["ray"].is_array() => {
                Ok(ClaimedPlan::Unlimited { point: numbers(&proof["point"])?, ray: numbers(&proof["ray"])? })
            }
            "refused" if proof["point"].is_array() => {
                Ok(ClaimedPlan::Denominator { point: numbers(&proof["point"])? })
            }
            "refused" if proof["levels"].is_array() => certificate(proof).map(ClaimedPlan::Nothing),
            "refused" => Ok(ClaimedPlan::Refused),
            "failed" => Ok(ClaimedPlan::Silent),
            other => Err(format!("a plan that is {other}")),
        }
    }

    fn subject(&self, said: &Value) -> Result<Subject, Missing> {
        let kind = said["kind"].as_str().unwrap_or_default();
        if kind == "require" {
            let place = said["place"].as_u64().and_then(|place| usize::try_from(place).ok());
            let place = place.and_then(|place| place.checked_sub(1));
            return place.map(Subject::Requirement).ok_or_else(|| "a requirement without a place".to_owned());
        }
        let of = said["of"].as_str().unwrap_or_default();
        let flow = |known: &BTreeMap<String, FlowId>| {
            known.get(of).copied().ok_or_else(|| format!("the model has no flow {of}"))
        };
        let at = |known: &BTreeMap<&str, ParticipantId>| {
            known.get(of).copied().ok_or_else(|| format!("the model has no participant {of}"))
        };
        Ok(match kind {
            "capacity" => Subject::Flow(flow(&self.flows)?, Numeric::Capacity),
            "minimum" => Subject::Flow(flow(&self.flows)?, Numeric::Minimum),
            "volume" => Subject::Flow(flow(&self.flows)?, Numeric::Volume),
            "share" => Subject::Share(flow(&self.flows)?),
            "source" => Subject::Participant(at(&self.participants)?, Numeric::Source),
            "sink" => Subject::Participant(at(&self.participants)?, Numeric::Sink),
            other => return Err(format!("a condition of kind `{other}`")),
        })
    }
}

fn certificate(proof: &Value) -> Result<PlanCertificate, Missing> {
    let columns = names(&proof["columns"])?;
    let optional = |value: &Value| if value.is_null() { Ok(None) } else { numbers(value).map(Some) };
    let level = |one: &Value| {
        let word = one["aim"].as_str().unwrap_or_default();
        let aim = Aim::named(word, &columns).ok_or_else(|| format!("`{word}` is no aim"))?;
        Ok(Level { aim, duals: numbers(&one["duals"])? })
    };
    let levels = list(proof, "levels").iter().map(level).collect::<Result<Vec<_>, Missing>>()?;
    let lambda = &proof["lambda"];
    Ok(PlanCertificate {
        lambda: if lambda.is_null() { None } else { Some(number(lambda)?) },
        rows: names(&proof["rows"])?,
        values: numbers(&proof["values"])?,
        denominator: optional(&proof["denominator"])?,
        levels,
        cases: cases(&proof["cases"], &columns)?,
        denominator_cases: cases(&proof["denominator_cases"], &columns)?,
        columns,
    })
}

/// The cases of a proof; none where it has no list of them.
fn cases(said: &Value, columns: &[String]) -> Result<Vec<Case>, Missing> {
    let case = |one: &Value| {
        if let Some(name) = one["column"].as_str() {
            let place = columns.iter().position(|column| column == name);
            let column = ColumnId::at(place.ok_or_else(|| format!("the program has no column {name}"))?);
            let more_first = one["more_first"].as_bool().ok_or("a split without an order")?;
            return Ok(Case::Split { column, most: number(&one["most"])?, more_first });
        }
        if one["farkas"].is_array() {
            return Ok(Case::Empty { farkas: by_place(&one["farkas"])? });
        }
        let duals = list(one, "duals").iter().map(by_place).collect::<Result<Vec<_>, Missing>>()?;
        Ok(Case::Bounded { duals })
    };
    said.as_array().map_or(&[][..], Vec::as_slice).iter().map(case).collect()
}

/// Numbers of rows, each with its row's place.
fn by_place(values: &Value) -> Result<Weights, Missing> {
    let pair = |value: &Value| {
        let place = value[0].as_u64().and_then(|place| u32::try_from(place).ok());
        Ok((place.ok_or("a number without its row's place")?, number(&value[1])?))
    };
    values.as_array().ok_or("a list of numbers is missing")?.iter().map(pair).collect()
}

fn names(values: &Value) -> Result<Vec<String>, Missing> {
    let values = values.as_array().ok_or("a list of names is missing")?;
    let name = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is no name"));
    values.iter().map(name).collect()
}
