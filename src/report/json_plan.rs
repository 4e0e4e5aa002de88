//! Plans in the JSON report.

use serde_json::{Map, Value, json};

use super::build_plan::profit;
use super::json::{account, exacts, measures, names, number, with_unit};
use super::plan::{
    CaseReport, ConditionReport, NoPlanReport, PartReport, PlanCertificateReport, PlanReport, PriceReport,
    RayReport, StandingReport, StepReport,
};
use crate::exact::Rational;
use crate::program::Weights;

/// What a plan is, by its period.
pub(super) fn plan(found: &PlanReport, objective_unit: &str) -> Value {
    let turns = |turns: &Rational| with_unit(turns, &found.turn_unit);
    let money = |value: &Rational| with_unit(value, &found.money_unit);
    let flows = found.flows.iter().map(|one| {
        json!({
            "flow": one.flow,
            "from": one.from,
            "to": one.to,
            "medium": one.medium,
            "riders": names(&one.riders),
            "turns": turns(&one.turns),
            "used": one.used.as_ref().map(number),
            "gap": one.gap.as_ref().map(|gap| with_unit(gap, &found.gap_unit)),
        })
    });
    let fixed = found.fixed.iter().map(|(flow, cost)| json!({ "flow": flow, "cost": money(cost) }));
    let ends = found
        .ends
        .iter()
        .map(|one| json!({ "kind": one.kind, "participant": one.participant, "turns": turns(&one.turns) }));
    let mut out = json!({
        "unique": found.unique,
        "any_scale": found.any_scale,
        "cost": money(&found.cost),
        "revenue": money(&found.revenue),
        "profit": money(&(&found.revenue - &found.cost)),
        "ratio": found.revenue.checked_div(&found.cost).as_ref().map(number),
        "measures": measures(&found.measures),
        "flows": flows.collect::<Vec<_>>(),
        "ends": ends.collect::<Vec<_>>(),
        "loops": parts(&found.parts),
        "fixed": fixed.collect::<Vec<_>>(),
        "accounts": found.accounts.iter().map(account).collect::<Vec<_>>(),
        "conditions": found.conditions.iter().map(|one| condition(one, objective_unit)).collect::<Vec<_>>(),
    });
    if found.stopped {
        out["stopped"] = json!(true);
    }
    out
}

pub(super) fn parts(parts: &[PartReport]) -> Value {
    let part = |part: &PartReport| {
        json!({
            "turns": number(&part.turns),
            "cost": number(&part.cost),
            "revenue": number(&part.revenue),
            "profit": number(&profit(part)),
            "steps": part.steps.iter().map(step).collect::<Vec<_>>(),
        })
    };
    parts.iter().map(part).collect()
}

fn step(step: &StepReport) -> Value {
    json!({ "kind": step.kind, "name": step.name, "from": step.from, "to": step.to })
}

fn condition(one: &ConditionReport, objective_unit: &str) -> Value {
    let price = |price: &PriceReport| match price {
        PriceReport::Rate { rate, until } => json!({
            "rate": number(rate),
            "until": until.as_ref().map(number),
        }),
        PriceReport::AtFirst { rate } => json!({ "rate": number(rate), "at_first": true }),
        PriceReport::Infeasible => json!("infeasible"),
        PriceReport::Jumps => json!("jumps"),
        PriceReport::Unknown => json!("unknown"),
    };
    let prices = one.price.as_ref().map(|prices| {
        json!({
            "side": prices.side,
            "unit": objective_unit,
            "more": price(&prices.more),
            "less": price(&prices.less),
        })
    });
    let mut out = stated(one);
    out.insert("used".to_owned(), json!(one.used.as_ref().map(number)));
    out.insert("price".to_owned(), json!(prices));
    Value::Object(out)
}

fn stated(one: &ConditionReport) -> Map<String, Value> {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
    put("kind", json!(one.kind));
    put("of", json!(one.of));
    put("text", json!(one.text));
    put("place", json!(one.place));
    put("unit", json!(one.unit));
    put("lower", json!(one.lower.as_ref().map(number)));
    put("upper", json!(one.upper.as_ref().map(number)));
    out
}

/// What proves a plan, or what is proved of it.
pub(super) fn proof(found: &PlanReport) -> Value {
    let certificate = certificate(&found.certificate);
    match &found.standing {
        StandingReport::Best { .. } => json!({ "kind": "exact", "certificate": certificate }),
        StandingReport::Within { bound, unit, .. } => {
            let bound = bound.as_ref().map(|bound| with_unit(bound, unit));
            json!({ "kind": "bound", "bound": bound, "certificate": certificate })
        }
    }
}

fn cases(cases: &[CaseReport]) -> Value {
    let case = |case: &CaseReport| match case {
        CaseReport::Split { column, most, more_first } => {
            json!({ "column": column, "most": most.to_string(), "more_first": more_first })
        }
        CaseReport::Bounded { duals } => {
            json!({ "duals": duals.iter().map(by_place).collect::<Vec<_>>() })
        }
        CaseReport::Empty { farkas } => json!({ "farkas": by_place(farkas) }),
    };
    cases.iter().map(case).collect()
}

/// Numbers of rows, each with its row's place in the list of rows: what is 0 is left out.
fn by_place(weights: &Weights) -> Value {
    weights.iter().map(|(place, number)| json!([place, number.to_string()])).collect()
}

fn certificate(found: &PlanCertificateReport) -> Value {
    let levels = found.levels.iter().map(|(aim, duals)| json!({ "aim": aim, "duals": exacts(duals) }));
    let mut out = json!({
        "lambda": found.lambda.as_ref().map(ToString::to_string),
        "columns": found.columns,
        "values": exacts(&found.values),
        "rows": found.rows,
        "levels": levels.collect::<Vec<_>>(),
        "denominator": found.denominator.as_deref().map(exacts),
    });
    // Where nothing is proved by cases there is no list of them.
    for (key, list) in [("cases", &found.cases), ("denominator_cases", &found.denominator_cases)] {
        if !list.is_empty() {
            out[key] = cases(list);
        }
    }
    out
}

fn way(found: &RayReport) -> Value {
    json!({ "columns": found.columns, "point": exacts(&found.point), "ray": exacts(&found.ray) })
}

/// What proves that there is no plan.
pub(super) fn no_plan_proof(why: &NoPlanReport) -> Option<Value> {
    Some(match why {
        NoPlanReport::Conflict { columns, rows, cases: by, .. } if !by.is_empty() => {
            json!({ "columns": columns, "rows": rows, "cases": cases(by) })
        }
        NoPlanReport::Conflict { rows, farkas, .. } => json!({ "rows": rows, "farkas": exacts(farkas) }),
        NoPlanReport::Endless { certificate, .. } | NoPlanReport::Unlimited { certificate, .. } => {
            way(certificate)
        }
        NoPlanReport::Denominator { columns, point, .. } => {
            json!({ "columns": columns, "point": exacts(point) })
        }
        NoPlanReport::Nothing { certificate: proof } => certificate(proof),
        NoPlanReport::Approached { certificate: ray, proof, .. } => {
            let mut out = certificate(proof);
            out["ray"] = way(ray)["ray"].clone();
            out
        }
        NoPlanReport::Exhausted | NoPlanReport::Stopped => return None,
    })
}

/// Why there is no plan.
pub(super) fn no_plan(why: &NoPlanReport, put: &mut impl FnMut(&str, Value)) {
    match why {
        NoPlanReport::Conflict { conditions, others, .. } => {
            let member = |one: &ConditionReport| {
                let mut out = stated(one);
                out.insert("mend".to_owned(), json!(one.mend.as_ref().map(number)));
                Value::Object(out)
            };
            put("conflict", conditions.iter().map(member).collect());
            put("other_conflicts", json!(others));
        }
        NoPlanReport::Endless { parts: found, .. }
        | NoPlanReport::Unlimited { parts: found, .. }
        | NoPlanReport::Denominator { parts: found, .. } => {
            put("along", parts(found));
        }
        NoPlanReport::Approached { ratio, parts: found, .. } => {
            put("ratio", number(ratio));
            put("along", parts(found));
        }
        NoPlanReport::Nothing { .. } | NoPlanReport::Exhausted | NoPlanReport::Stopped => {}
    }
}
