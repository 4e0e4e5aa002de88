//! Plans in the JSON report.

use serde_json::{Map, Value, json};

use super::document::{Document, Fields, exacts, list, words};
use super::json::{account, exactly, measures, names, number, with_unit};
use super::plan::{
    CaseReport, ConditionReport, EndUseReport, FlowUseReport, NoPlanReport, PartReport, PartsReport,
    PlanCertificateReport, PlanReport, PriceReport, StandingReport, StepReport,
};
use crate::exact::Rational;
use crate::program::Weights;

/// What a plan is, by its period.
pub(super) fn plan<'a>(found: &'a PlanReport, objective_unit: &'a str) -> Fields<'a> {
    let money = |value: &Rational| with_unit(value, &found.money_unit);
    let end = |one: &EndUseReport| {
        let turns = with_unit(&one.turns, &found.turn_unit);
        json!({ "kind": one.kind, "participant": one.participant, "turns": turns })
    };
    let fixed = move |(flow, cost): &(String, Rational)| json!({ "flow": flow, "cost": money(cost) });
    let mut out = Fields::default();
    out.put("unique", json!(found.unique));
    out.put("any_scale", json!(found.any_scale));
    out.put("cost", money(&found.cost));
    out.put("revenue", money(&found.revenue));
    out.put("profit", money(&(&found.revenue - &found.cost)));
    out.put("ratio", json!(found.revenue.checked_div(&found.cost).as_ref().map(number)));
    out.put("measures", measures(&found.measures));
    out.put("flows", list(&found.flows, |one| flow_use(found, one)));
    out.put("ends", list(&found.ends, end));
    parts(("loops", "more_loops"), &found.parts, &mut out);
    out.put("fixed", list(&found.fixed, fixed));
    out.put("accounts", list(&found.accounts, account));
    out.put("conditions", list(&found.conditions, |one| condition(one, objective_unit)));
    if found.stopped {
        out.put("stopped", json!(true));
    }
    out
}

fn flow_use(found: &PlanReport, one: &FlowUseReport) -> Value {
    json!({
        "flow": one.flow,
        "from": one.from,
        "to": one.to,
        "medium": one.medium,
        "riders": names(&one.riders),
        "turns": with_unit(&one.turns, &found.turn_unit),
        "used": one.used.as_ref().map(number),
        "gap": one.gap.as_ref().map(|gap| with_unit(gap, &found.gap_unit)),
    })
}

/// Loops, and sums over those that are not listed.
fn parts<'a>(keys: (&'static str, &'static str), parts: &'a PartsReport, out: &mut Fields<'a>) {
    out.put(keys.0, list(&parts.listed, part));
    if let Some(more) = &parts.more {
        let mut sums = Fields::default();
        sums.put("count", json!(more.count));
        sums.put("turns", number(&more.turns));
        sums.put("cost", number(&more.cost));
        sums.put("revenue", number(&more.revenue));
        sums.put("profit", number(&(&more.revenue - &more.cost)));
        out.put(keys.1, sums);
    }
}

fn part(part: &PartReport) -> Fields<'_> {
    let mut out = Fields::default();
    out.put("turns", number(&part.turns));
    out.put("cost", number(&part.cost));
    out.put("revenue", number(&part.revenue));
    out.put("profit", number(&part.profit()));
    out.put("steps", list(&part.steps, step));
    out
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
pub(super) fn proof(found: &PlanReport) -> Document<'_> {
    let StandingReport::Within { bound, unit, .. } = &found.standing else {
        return exactly(certificate(&found.certificate));
    };
    let mut out = Fields::default();
    out.put("kind", json!("bound"));
    out.put("bound", json!(bound.as_ref().map(|bound| with_unit(bound, unit))));
    out.put("certificate", certificate(&found.certificate));
    out.into()
}

fn case(case: &CaseReport) -> Fields<'_> {
    let mut out = Fields::default();
    match case {
        CaseReport::Split { column, most, more_first } => {
            out.put("column", json!(column));
            out.put("most", json!(most.to_string()));
            out.put("more_first", json!(more_first));
        }
        CaseReport::Bounded { duals } => out.put("duals", list(duals, |duals| by_place(duals))),
        CaseReport::Empty { farkas } => out.put("farkas", by_place(farkas)),
    }
    out
}

/// Numbers of rows, each with its row's place in the list of rows: what is 0 is left out.
fn by_place(weights: &Weights) -> Document<'_> {
    list(weights, |(place, number)| json!([place, number.to_string()]))
}

fn certificate(found: &PlanCertificateReport) -> Fields<'_> {
    let mut out = Fields::default();
    out.put("lambda", json!(found.lambda.as_ref().map(ToString::to_string)));
    out.put("columns", words(&found.columns));
    out.put("values", exacts(&found.values));
    out.put("rows", words(&found.rows));
    out.put("levels", list(&found.levels, level));
    match &found.denominator {
        Some(duals) => out.put("denominator", exacts(duals)),
        None => out.put("denominator", Value::Null),
    }
    // Where nothing is proved by cases there is no list of them.
    for (key, cases) in [("cases", &found.cases), ("denominator_cases", &found.denominator_cases)] {
        if !cases.is_empty() {
            out.put(key, list(cases, case));
        }
    }
    out
}

fn level((aim, duals): &(String, Vec<Rational>)) -> Fields<'_> {
    let mut out = Fields::default();
    out.put("aim", json!(aim));
    out.put("duals", exacts(duals));
    out
}

/// What proves that there is no plan.
pub(super) fn no_plan_proof(why: &NoPlanReport) -> Option<Fields<'_>> {
    let mut out = Fields::default();
    match why {
        NoPlanReport::Conflict { columns, rows, cases, .. } if !cases.is_empty() => {
            out.put("columns", words(columns));
            out.put("rows", words(rows));
            out.put("cases", list(cases, case));
        }
        NoPlanReport::Conflict { rows, farkas, .. } => {
            out.put("rows", words(rows));
            out.put("farkas", exacts(farkas));
        }
        NoPlanReport::Endless { certificate: way, .. } | NoPlanReport::Unlimited { certificate: way, .. } => {
            out.put("columns", words(&way.columns));
            out.put("point", exacts(&way.point));
            out.put("ray", exacts(&way.ray));
        }
        NoPlanReport::Denominator { columns, point, .. } => {
            out.put("columns", words(columns));
            out.put("point", exacts(point));
        }
        NoPlanReport::Nothing { certificate: proof } => return Some(certificate(proof)),
        NoPlanReport::Approached { certificate: way, proof, .. } => {
            out = certificate(proof);
            out.put("ray", exacts(&way.ray));
        }
        NoPlanReport::Exhausted | NoPlanReport::Stopped => return None,
    }
    Some(out)
}

/// Why there is no plan.
pub(super) fn no_plan<'a>(why: &'a NoPlanReport, out: &mut Fields<'a>) {
    match why {
        NoPlanReport::Conflict { conditions, others, .. } => {
            let member = |one: &ConditionReport| {
                let mut out = stated(one);
                out.insert("mend".to_owned(), json!(one.mend.as_ref().map(number)));
                Value::Object(out)
            };
            out.put("conflict", list(conditions, member));
            out.put("other_conflicts", json!(others));
        }
        NoPlanReport::Endless { parts: found, .. }
        | NoPlanReport::Unlimited { parts: found, .. }
        | NoPlanReport::Denominator { parts: found, .. } => {
            parts(("along", "more_along"), found, out);
        }
        NoPlanReport::Approached { ratio, parts: found, .. } => {
            out.put("ratio", number(ratio));
            parts(("along", "more_along"), found, out);
        }
        NoPlanReport::Nothing { .. } | NoPlanReport::Exhausted | NoPlanReport::Stopped => {}
    }
}
