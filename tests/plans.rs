//! Plans whose answers are known: from the text of a model to the verified report.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::path::PathBuf;

use loopc::pipeline::{Compilation, Solution, compile};
use loopc::solve::Choice;
use loopc::source::{Disk, SourceFile};
use serde_json::Value;

fn solved(text: &str, solver: Choice) -> (Compilation, Solution) {
    let file = SourceFile::from_bytes("plan.loop".to_owned(), text.as_bytes().to_vec());
    let mut compilation = compile((PathBuf::from("plan.loop"), file), &[], &Disk);
    compilation.solver = solver;
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{:?}", compilation.diagnostics));
    (compilation, solution)
}

fn document(text: &str, solver: Choice) -> String {
    let (compilation, solution) = solved(text, solver);
    loopc::report::json(&compilation.written(&solution, &[]))
}

/// The first analysis of a model, once its report is verified and seen to be the same from every built-in solver.
fn analysis(text: &str) -> Value {
    let report = document(text, Choice::Microlp);
    assert_eq!(report, document(text, Choice::Clarabel), "{text}");
    let value: Value = serde_json::from_str(&report).unwrap();
    let verified = solved(text, Choice::Auto).0.verify(&value);
    assert!(verified.faults.is_empty(), "{text}\n{:?}", verified.faults);
    value["analyses"][0].clone()
}

fn objective(text: &str) -> String {
    let found = analysis(text);
    assert_eq!(found["status"], "optimal", "{text}");
    found["objective"]["value"]["exact"].as_str().unwrap().to_owned()
}

/// Two participants and whatever flows stand between them.
fn between(flows: &str, plan: &str) -> String {
    format!(
        "currency CNY\nparticipant shop: business\nparticipant house: consumer\n{flows}\nplan best {{\n{plan}\n}}\n"
    )
}

const BUY: &str = "cash flow buy: house -> shop { revenue: 5 CNY, cost: 1 CNY, capacity: 60 turn/day }";
const BACK: &str = "cash flow back: shop -> house { cost: 1 CNY }";

#[test]
fn a_capacity_binds_and_has_a_price() {
    let text = between(&format!("{BUY}\n{BACK}"), "period: day\nmaximize: profit");
    let found = analysis(&text);
    assert_eq!(found["objective"]["value"]["exact"], "180");
    let capacity = &found["plan"]["conditions"][0];
    assert_eq!((capacity["kind"].as_str(), capacity["of"].as_str()), (Some("capacity"), Some("buy")));
    assert_eq!(capacity["price"]["more"]["rate"]["exact"], "3");
    assert_eq!(capacity["price"]["more"]["until"], Value::Null);
    assert_eq!(capacity["price"]["less"]["until"]["exact"], "0");
}

#[test]
fn prices_of_two_sides_differ_where_the_plan_is_degenerate() {
    // Both the capacity and the budget allow just 60 turns.
    let plan = "period: day\nmaximize: profit\nrequire: cost <= 120 CNY/day";
    let found = analysis(&between(&format!("{BUY}\n{BACK}"), plan));
    let conditions = found["plan"]["conditions"].as_array().unwrap();
    for condition in conditions {
        let rate = |step: &str| condition["price"][step]["rate"]["exact"].as_str().unwrap().to_owned();
        let less = if condition["kind"] == "require" { "3/2" } else { "3" };
        assert_eq!((rate("more").as_str(), rate("less").as_str()), ("0", less), "{condition}");
    }
}

#[test]
fn a_price_of_a_minimum_is_of_the_stated_objective() {
    let plan = "period: day\nminimize: cost\nrequire: revenue >= 100 CNY/day";
    let found = analysis(&between(&format!("{BUY}\n{BACK}"), plan));
    assert_eq!(found["objective"]["value"]["exact"], "40");
    let required = &found["plan"]["conditions"][0];
    assert_eq!(required["price"]["more"]["rate"]["exact"], "2/5");
    assert_eq!(required["price"]["more"]["until"]["exact"], "300");
}

#[test]
fn yields_return_and_leave() {
    // 40 of 100 who are told come; the others can be told again, or go to the club and come from there.
    let told = |back: &str| {
        format!(
            "currency CNY\nparticipant shop: business\nparticipant house: consumer\nparticipant club: platform\n\
             information flow tell: shop -> house {{ cost: 1 CNY, yield: 40% else {back} }}\n\
             cash flow buy: house -> shop {{ revenue: 9 CNY, capacity: 40 turn/day }}\n\
             cash flow join: club -> shop {{ cost: 1 CNY }}\n\
             plan best {{ period: day, maximize: profit }}\n"
        )
    };
    assert_eq!(objective(&told("shop")), "260");
    assert_eq!(objective(&told("club")), "200");
}

#[test]
fn deliveries_bring_turns_and_sinks_take_them() {
    // Each of 10 customers a month brings a tenth of a customer and leaves with 20%: c = 10 + c/10 - c/5.
    let text = "currency CNY
participant firm: platform { source: 10 turn/month }
participant users: consumer { sink: unlimited }
participant gone: consumer { sink: unlimited }
service flow join: firm -> users { cost: 5 CNY }
service flow stay: users -> users2 { revenue: 3 CNY, yield: 80% else gone }
participant users2: consumer
service flow again: users2 -> users { amount: 1 CNY }
information flow refer: users2 -> users { rides: stay * 0.1, delivers: 1, cost: 0.50 CNY }
plan best { period: month, maximize: profit, require: volume(gone) <= 1000 turn/month }
";
    let found = analysis(text);
    let turns = |flow: &str| {
        let flows = found["plan"]["flows"].as_array().unwrap();
        let one = flows.iter().find(|one| one["flow"] == flow).unwrap();
        one["turns"]["exact"].as_str().unwrap().to_owned()
    };
    assert_eq!((turns("join").as_str(), turns("stay").as_str()), ("10", "100"));
    // 100 stays earn 0.8 of 3 each, and pay 0.05 for referring; 10 joins pay 5.
    assert_eq!(found["objective"]["value"]["exact"], "185");
}

#[test]
fn shares_tie_what_leaves() {
    let flows = format!(
        "{BUY}\ncash flow back: shop -> house {{ cost: 1 CNY, share: 3/4 }}\ncash flow gift: shop -> house {{ cost: 2 CNY }}"
    );
    assert_eq!(objective(&between(&flows, "period: day\nmaximize: profit")), "165");
}

#[test]
fn a_ratio_takes_the_largest_plan_and_a_constant_counts() {
    let both = format!("{BUY}\n{BACK}");
    let found = analysis(&between(&both, "period: day\nmaximize: profit / cost"));
    assert_eq!(found["objective"]["value"]["exact"], "3/2");
    assert_eq!(found["plan"]["flows"][0]["turns"]["exact"], "60");
    let rent = analysis(&between(&both, "period: day\nmaximize: profit / (cost + 60 CNY/day)"));
    assert_eq!(rent["objective"]["value"]["exact"], "1");
    let free = "cash flow buy: house -> shop { revenue: 5 CNY, cost: 1 CNY }\ncash flow back: shop -> house { cost: 1 CNY }";
    let any = analysis(&between(free, "period: day\nmaximize: revenue / cost"));
    assert_eq!(
        (any["objective"]["value"]["exact"].as_str(), any["plan"]["any_scale"].as_bool()),
        (Some("5/2"), Some(true))
    );
    assert_eq!(any["plan"]["cost"]["exact"], "1");
    let approached = analysis(&between(free, "period: day\nmaximize: revenue / (cost + 10 CNY/day)"));
    assert_eq!(
        (approached["status"].as_str(), approached["ratio"]["exact"].as_str()),
        (Some("approached"), Some("5/2"))
    );
}

/// The condition of a plan of this kind, on this flow or participant.
fn condition(found: &Value, kind: &str, of: &str) -> Value {
    let conditions = found["plan"]["conditions"].as_array().unwrap();
    conditions.iter().find(|one| one["kind"] == kind && one["of"] == of).unwrap().clone()
}

fn rates(condition: &Value) -> [Value; 2] {
    ["more", "less"].map(|step| match &condition["price"][step] {
        Value::String(word) => word.clone().into(),
        price => price["rate"]["exact"].clone(),
    })
}

#[test]
fn a_capacity_of_nothing_is_no_equation() {
    // More capacity need not be used, less leaves no plan, and what cannot be used has no gap.
    let gift = "cash flow gift: shop -> house { cost: 9 CNY, capacity: 0 turn/day }
cash flow lost: house -> club { cost: 1 CNY, capacity: 0 turn/day }
cash flow sale: house -> shop { revenue: 8 CNY, capacity: 0 turn/day }
participant club: platform { sink: 0 turn/day }";
    let text = between(&format!("{BUY}\n{BACK}\n{gift}"), "period: day\nmaximize: profit");
    let found = analysis(&text);
    assert_eq!(rates(&condition(&found, "capacity", "gift")), ["0", "infeasible"]);
    assert_eq!(rates(&condition(&found, "capacity", "lost")), ["0", "infeasible"]);
    assert_eq!(rates(&condition(&found, "capacity", "sale")), ["7", "infeasible"]);
    assert_eq!(rates(&condition(&found, "sink", "club")), ["0", "infeasible"]);
    for flow in 2..5 {
        assert_eq!(found["plan"]["flows"][flow]["gap"], Value::Null);
    }
}

#[test]
fn what_enters_and_what_leaves_are_not_below_zero() {
    // Ten enter at the port, beside the four that come back: all fourteen go out.
    let text = "currency CNY
participant port: logistics { source: 10 turn/day, sink: 5 turn/day }
participant town: business { source: 20 turn/day, sink: unlimited }
participant gate: logistics { source: 5 turn/day, sink: 0 turn/day }
goods flow out: port -> town { revenue: 2 CNY }
goods flow back: town -> port { revenue: 1 CNY, capacity: 4 turn/day }
goods flow pass: gate -> town { cost: 1 CNY }
plan best { period: day, maximize: profit }
";
    let found = analysis(text);
    assert_eq!(found["objective"]["value"]["exact"], "32");
    let source = condition(&found, "source", "port");
    assert_eq!((source["used"]["exact"].as_str(), rates(&source)), (Some("10"), ["2", "2"].map(Value::from)));
    assert_eq!(source["price"]["less"]["until"]["exact"], "0");
    let sink = condition(&found, "sink", "port");
    assert_eq!((sink["used"]["exact"].as_str(), &sink["price"]), (Some("0"), &Value::Null));
    assert_eq!(rates(&condition(&found, "sink", "gate")), ["0", "infeasible"]);
}

#[test]
fn volume_of_a_participant_is_what_bears_its_own_cost() {
    // Two notices ride each order, and pass the post.
    let text = "currency CNY
participant shop: business
participant house: consumer
participant post: logistics { cost: 1 CNY }
cash flow buy: house -> shop { revenue: 5 CNY, capacity: 60 turn/day }
cash flow back: shop -> house via post { cost: 1 CNY }
information flow notice: shop -> house via post { rides: buy * 2 }
plan best { period: day, maximize: volume(post) }
expect best.value == 180 turn/day and best.cost == 240 CNY/day
";
    assert_eq!(objective(text), "180");
}

#[test]
fn a_denominator_that_falls_for_ever_is_refused() {
    let flows =
        "cash flow buy: house -> shop { revenue: 5 CNY }\ncash flow back: shop -> house { cost: 1 CNY }";
    for ratio in ["profit / profit(back)", "profit / volume(none)"] {
        let none = "participant club: platform\ncash flow none: shop -> club";
        let text = between(&format!("{flows}\n{none}"), &format!("period: day\nmaximize: {ratio}"));
        let found = analysis(&text);
        assert_eq!(found["status"], "refused", "{ratio}");
        let told = solved(&text, Choice::Auto).0.diagnostics;
        assert!(told.iter().any(|one| one.code.name() == "L0603"), "{ratio}: {told:?}");
    }
}

#[test]
fn days_by_the_fortnight_are_no_bare_number() {
    // Each turn keeps 3 CNY and takes 2 days.
    let flows = "unit fortnight = 2 week
measure delay: day
cash flow buy: house -> shop { revenue: 5 CNY, cost: 1 CNY, delay: 2 day }
cash flow back: shop -> house { cost: 1 CNY }";
    let plan = |objective: &str| {
        let plan = format!("period: fortnight\n{objective}\nrequire: delay <= 20 day/fortnight");
        analysis(&between(flows, &plan))
    };
    let found = plan("maximize: profit - 1 CNY/day * delay");
    assert_eq!(found["objective"]["value"]["exact"], "10");
    let required = &found["plan"]["conditions"][0];
    assert_eq!((&required["unit"], &required["upper"]["exact"]), (&"day/fortnight".into(), &"20".into()));
    assert_eq!(rates(required), ["1/2", "1/2"]);
    assert_eq!(found["plan"]["measures"]["delay"]["unit"], "day/fortnight");
    let longest = plan("maximize: delay + 4 day/fortnight")["objective"]["value"].clone();
    assert_eq!((&longest["exact"], &longest["unit"]), (&"24".into(), &"day/fortnight".into()));
    let pace = plan("maximize: profit / delay")["objective"]["value"].clone();
    assert_eq!((&pace["exact"], &pace["unit"]), (&"3/2".into(), &"CNY/day".into()));
}

#[test]
fn earlier_flows_are_preferred_wherever_turns_enter() {
    let text = "currency CNY
participant port: business { source: 5 turn }
participant mill: business { source: 5 turn }
participant farm: business { source: 5 turn }
participant house: consumer { sink: 5 turn }
cash flow from_farm: farm -> house { revenue: 2 CNY }
cash flow from_port: port -> house { revenue: 2 CNY }
cash flow from_mill: mill -> house { revenue: 1 CNY }
plan best { maximize: profit }
";
    let found = analysis(text);
    assert_eq!(found["plan"]["unique"], false);
    assert_eq!(found["plan"]["flows"][0]["turns"]["exact"], "5");
}

#[test]
fn conflicts_name_what_conflicts_and_what_mends_it() {
    let plan = "period: day\nmaximize: profit\nrequire: cost <= 500 CNY/day\nrequire: revenue >= 400 CNY/day";
    let found = analysis(&between(&format!("{BUY}\n{BACK}"), plan));
    assert_eq!(found["status"], "infeasible");
    let members = found["conflict"].as_array().unwrap();
    let kinds: Vec<&str> = members.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["require", "capacity"]);
    assert_eq!(members[0]["mend"]["exact"], "300");
    assert_eq!(members[1]["mend"]["exact"], "80");
    assert_eq!(found["other_conflicts"], false);
}

#[test]
fn prices_of_a_ratio_go_by_the_least_and_the_greatest_denominator() {
    // 60 turns keep 3 each for 2, beside a rent of 60: 180/180. At that ratio of 1 the other flow, which keeps 1.50 for
    // 1.50, changes nothing: the denominator is 180 to 210. One turn more keeps 3 - 2 = 1 more than it costs.
    let flows = format!(
        "{BUY}\n{BACK}\ncash flow other: house -> shop {{ revenue: 3 CNY, cost: 0.50 CNY, capacity: 20 turn/day }}"
    );
    let found = analysis(&between(&flows, "period: day\nmaximize: profit / (cost + 60 CNY/day)"));
    assert_eq!(found["objective"]["value"]["exact"], "1");
    let price = |of: &str| {
        let conditions = found["plan"]["conditions"].as_array().unwrap();
        let one = conditions.iter().find(|one| one["of"] == of).unwrap();
        ["more", "less"].map(|step| one["price"][step]["rate"]["exact"].as_str().unwrap().to_owned())
    };
    assert_eq!(price("buy"), ["1/180", "1/210"]);
    assert_eq!(price("other"), ["0", "0"]);
}

#[test]
fn a_ratio_jumps_where_any_little_of_a_better_loop_is_allowed() {
    let flows = format!("{BUY}\n{BACK}\ncash flow great: house -> shop {{ revenue: 9 CNY, cost: 1 CNY }}");
    let plan = "period: day\nmaximize: revenue / cost\nrequire: volume(great) <= 0 turn/day";
    let found = analysis(&between(&flows, plan));
    assert_eq!(found["objective"]["value"]["exact"], "5/2");
    let conditions = found["plan"]["conditions"].as_array().unwrap();
    let required = conditions.iter().find(|one| one["kind"] == "require").unwrap();
    assert_eq!(required["price"]["more"], "jumps");
}

#[test]
fn a_way_without_limit_is_shown() {
    let free =
        "cash flow buy: house -> shop { revenue: 5 CNY }\ncash flow back: shop -> house { cost: 1 CNY }";
    let found = analysis(&between(free, "maximize: profit"));
    assert_eq!(found["status"], "unbounded");
    assert_eq!(found["along"][0]["steps"].as_array().unwrap().len(), 2);
}

#[test]
fn hostile_numbers_end_exact() {
    // Costs that differ in the 12th digit, capacities beyond 2^63, a coefficient of 1e-9 beside one of 1e12.
    let flows = "cash flow buy: house -> shop { revenue: 1e12 CNY, capacity: 1e20 turn/day }
cash flow back: shop -> house { cost: 1.00000000001 CNY, capacity: 3_000_000_000 turn/day }
cash flow home: shop -> house { cost: 1.000000000011 CNY, capacity: 5e19 turn/day }
cash flow tiny: shop -> house { cost: 1e-9 CNY, capacity: 1e-9 turn/day }";
    let found =
        analysis(&between(flows, "period: day\nminimize: cost\nrequire: volume(buy) >= 1e19 turn/day"));
    let flow = |place: usize| found["plan"]["flows"][place]["turns"]["exact"].as_str().unwrap().to_owned();
    assert_eq!((flow(1).as_str(), flow(3).as_str()), ("3000000000", "1/1000000000"));
    assert_eq!(flow(2), "9999999996999999999999999999/1000000000");
}

#[test]
fn every_number_of_a_report_is_held() {
    let plan = "period: day\nmaximize: profit\nrequire: cost <= 100 CNY/day\nrequire: volume >= 10 turn/day";
    let conflict =
        "period: day\nmaximize: profit\nrequire: cost <= 10 CNY/day\nrequire: revenue >= 400 CNY/day";
    for plan in [plan, conflict, "period: day\nmaximize: profit / cost"] {
        let text = between(&format!("{BUY}\n{BACK}"), plan);
        let (compilation, _) = solved(&text, Choice::Auto);
        let honest: Value = serde_json::from_str(&document(&text, Choice::Auto)).unwrap();
        let mut paths = Vec::new();
        leaves(&honest["analyses"], "/analyses", &mut paths);
        assert!(paths.len() > 30, "{}", paths.len());
        for path in paths {
            let mut forged = honest.clone();
            let leaf = forged.pointer_mut(&path).unwrap();
            *leaf = changed(leaf);
            let verified = compilation.verify(&forged);
            let told = !verified.faults.is_empty() || !verified.missing.is_empty();
            assert!(told, "{path} may say anything:\n{text}");
        }
    }
}

fn leaves(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| leaves(value, &format!("{path}/{key}"), found))
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(place, value)| leaves(value, &format!("{path}/{place}"), found));
        }
        _ => found.push(path.to_owned()),
    }
}

fn changed(leaf: &Value) -> Value {
    match leaf {
        Value::Bool(holds) => Value::Bool(!holds),
        Value::String(text) if text.parse::<i64>().is_ok() => {
            Value::from((text.parse::<i64>().unwrap() + 1).to_string())
        }
        Value::String(text) => Value::from(format!("{text}1")),
        Value::Number(number) => Value::from(number.as_i64().unwrap() + 1),
        _ => Value::from("1"),
    }
}

/// Whole plans, each worked out by hand.
#[test]
fn fixed_costs_are_paid_once_and_only_where_they_pay() {
    let plan = "period: day\nmaximize: profit";
    let shop = |fixed: &str| {
        format!(
            "cash flow buy: house -> shop {{ revenue: 5 CNY, cost: 1 CNY, capacity: 60 turn/day, fixed: {fixed} CNY/day }}\n{BACK}"
        )
    };
    // 60 turns at 3, less 100; and with 200 it is better to do nothing.
    let found = analysis(&between(&shop("100"), plan));
    assert_eq!(found["objective"]["value"]["exact"], "80");
    assert_eq!(found["plan"]["fixed"][0]["cost"]["exact"], "100");
    assert_eq!(found["plan"]["unique"], true);
    assert_eq!(objective(&between(&shop("200"), plan)), "0");
}

#[test]
fn whole_turns_are_not_rounded_ones() {
    // Vans of 7 and 4 parcels at 9 and 5, and 12 parcels: in fractions 12/7 large ones are best. Rounded that is one,
    // and with a small one beside it 14. The best is three small ones.
    let flows = "cash flow large: shop -> house { revenue: 9 CNY, integral: yes }
cash flow small: shop -> house { revenue: 5 CNY, integral: yes }
cash flow back: house -> shop { cost: 0 CNY }";
    let plan = "maximize: revenue\nrequire: 7 * volume(large) + 4 * volume(small) <= 12 turn";
    let found = analysis(&between(flows, plan));
    assert_eq!(found["objective"]["value"]["exact"], "15");
    assert_eq!(found["plan"]["flows"][1]["turns"]["exact"], "3");
    assert_eq!(found["plan"]["conditions"][0]["price"], Value::Null);
}

#[test]
fn ratios_of_whole_plans_take_the_largest() {
    // Each turn earns 5 and costs 2, with 30 a day for being there: (5x) / (2x + 30) grows with x, up to 40 whole ones.
    let flows = "cash flow buy: house -> shop { revenue: 5 CNY, cost: 1 CNY, capacity: 40.5 turn/day, fixed: 30 CNY/day, integral: yes }
cash flow back: shop -> house { cost: 1 CNY }";
    let found = analysis(&between(flows, "period: day\nmaximize: revenue / cost"));
    assert_eq!(found["objective"]["value"]["exact"], "20/11");
    assert_eq!(found["plan"]["flows"][0]["turns"]["exact"], "40");
}

#[test]
fn whole_plans_that_are_not_there() {
    let status =
        |flows: &str, plan: &str| analysis(&between(flows, plan))["status"].as_str().unwrap().to_owned();
    let whole = "cash flow buy: house -> shop { revenue: 5 CNY, integral: yes }\ncash flow back: shop -> house { cost: 1 CNY }";
    // Half a turn is no turn; and both conditions are needed for that.
    let text = between(
        whole,
        "maximize: profit\nrequire: volume(buy) >= 0.2 turn\nrequire: volume(buy) <= 0.9 turn",
    );
    let found = analysis(&text);
    assert_eq!(found["status"], "infeasible");
    assert_eq!(found["conflict"].as_array().unwrap().len(), 2);
    // The nearest whole turns are none, or one.
    let mends: Vec<&str> = found["conflict"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["mend"]["exact"].as_str().unwrap())
        .collect();
    assert_eq!(mends, ["0", "1"]);
    assert_eq!(status(whole, "maximize: profit"), "unbounded");
    assert_eq!(status(whole, "maximize: revenue / cost"), "refused");
    // Without any turn there is no cost; a whole one costs 1.
    let bounded = "cash flow buy: house -> shop { revenue: 5 CNY, integral: yes, capacity: 1/2 turn }\ncash flow back: shop -> house { cost: 1 CNY }";
    assert_eq!(status(bounded, "maximize: revenue / cost"), "refused");
}

#[test]
fn others_as_good_are_known_of_whole_plans() {
    let flows = |second: &str| {
        format!(
            "cash flow buy: house -> shop {{ revenue: 5 CNY, integral: yes, capacity: 3.5 turn }}
cash flow other: house -> shop {{ revenue: {second} CNY, integral: yes, capacity: 3.5 turn }}
cash flow back: shop -> house {{ cost: 1 CNY, capacity: 4 turn }}"
        )
    };
    let found = |second| analysis(&between(&flows(second), "maximize: profit"));
    let (same, less) = (found("5"), found("4"));
    assert_eq!((&same["plan"]["unique"], &less["plan"]["unique"]), (&Value::Bool(false), &Value::Bool(true)));
    // Of equals the earlier flow has as many as it can.
    assert_eq!(same["plan"]["flows"][0]["turns"]["exact"], "3");
}

/// Whatever is changed in a report of a whole plan, the change is told; but cases that still prove the same are as good.
#[test]
fn every_number_of_a_whole_plan_is_held() {
    let flows = "cash flow buy: house -> shop { revenue: 5 CNY, cost: 1 CNY, capacity: 60.5 turn/day, fixed: 30 CNY/day, integral: yes }
cash flow other: house -> shop { revenue: 6 CNY, cost: 1 CNY, capacity: 9 turn/day, fixed: 25 CNY/day }
cash flow back: shop -> house { cost: 1 CNY, capacity: 40.5 turn/day }";
    let conflict = "require: volume(buy) >= 0.2 turn/day\nrequire: volume(buy) <= 0.9 turn/day";
    let plans = [
        "maximize: profit",
        "maximize: revenue / cost\nrequire: revenue >= 10 CNY/day",
        &format!("minimize: cost\n{conflict}"),
    ];
    for plan in plans {
        let text = between(flows, &format!("period: day\n{plan}"));
        let (compilation, _) = solved(&text, Choice::Auto);
        let honest: Value = serde_json::from_str(&document(&text, Choice::Auto)).unwrap();
        assert!(compilation.verify(&honest).faults.is_empty(), "{text}");
        let mut paths = Vec::new();
        leaves(&honest["analyses"], "/analyses", &mut paths);
        let (mut told, mut proofs) = (0, 0);
        for path in paths {
            let mut forged = honest.clone();
            let leaf = forged.pointer_mut(&path).unwrap();
            *leaf = changed(leaf);
            let verified = compilation.verify(&forged);
            let is_told = !verified.faults.is_empty() || !verified.missing.is_empty();
            let of_proof = path.contains("cases/");
            assert!(is_told || of_proof, "{path} may say anything:\n{text}");
            told += usize::from(is_told && of_proof);
            proofs += usize::from(of_proof);
        }
        assert!(told > 0 && told * 2 > proofs, "{told} of {proofs}");
    }
}

#[test]
fn whole_numbers_beyond_what_solvers_take_are_exact() {
    // Solvers cap whole numbers at 2^31, and doubles do not tell these apart.
    let flows = "cash flow buy: house -> shop { revenue: 1 CNY, integral: yes, capacity: 9_007_199_254_740_993.5 turn/day }
cash flow back: shop -> house { cost: 0.000_000_001 CNY }";
    let found = analysis(&between(flows, "period: day\nmaximize: revenue"));
    assert_eq!(found["objective"]["value"]["exact"], "9007199254740993");
    // 3 and 7 digits behind the point decide: 1e12 whole turns against one that is dearer by 1e-12.
    let flows = "cash flow buy: house -> shop { revenue: 1e-9 CNY, integral: yes, capacity: 1e12 turn/day }
cash flow other: house -> shop { revenue: 0.000_000_001_000_000_000_001 CNY, integral: yes, capacity: 5e9 turn/day }
cash flow back: shop -> house { amount: 1 CNY, capacity: 999_999_999_999.5 turn/day }";
    let found = analysis(&between(flows, "period: day\nmaximize: revenue"));
    let turns = |place: usize| found["plan"]["flows"][place]["turns"]["exact"].as_str().unwrap().to_owned();
    assert_eq!((turns(0).as_str(), turns(1).as_str()), ("994999999999", "5000000000"));
}

#[test]
fn who_is_stopped_at_once_claims_nothing_that_is_not_proved() {
    let whole = "cash flow buy: house -> shop { revenue: 5 CNY, integral: yes, capacity: 7.5 turn }\ncash flow back: shop -> house { cost: 1 CNY }";
    let linear = "cash flow buy: house -> shop { revenue: 5 CNY, capacity: 7.5 turn }\ncash flow back: shop -> house { cost: 1 CNY }";
    for flows in [whole, linear] {
        let text = between(flows, "maximize: profit");
        let file = SourceFile::from_bytes("plan.loop".to_owned(), text.as_bytes().to_vec());
        let mut compilation = compile((PathBuf::from("plan.loop"), file), &[], &Disk);
        compilation.stop.ask();
        let solution = compilation.solve(&[]).unwrap();
        let report = loopc::report::json(&compilation.written(&solution, &[]));
        let document: Value = serde_json::from_str(&report).unwrap();
        let status = document["analyses"][0]["status"].as_str().unwrap();
        assert!(flows == linear || ["failed", "found"].contains(&status), "{report}");
        let verified = solved(&text, Choice::Auto).0.verify(&document);
        assert!(verified.faults.is_empty(), "{:?}\n{report}", verified.faults);
    }
}

#[test]
fn a_ratio_without_a_scale_jumps_or_stays() {
    // Twice as much of a, which costs 1, as of b, which costs 4: 15 for 6, at any scale.
    let flows = "goods flow a: shop -> house { cost: 1 CNY }
goods flow b: shop -> house { cost: 4 CNY }
cash flow pay: house -> shop { revenue: 5 CNY }";
    let plan =
        |by: &str| format!("maximize: revenue / cost\nrequire: volume(a) - 2 * volume(b) <= {by} turn");
    let found = analysis(&between(flows, &plan("0")));
    assert_eq!(found["objective"]["value"]["exact"], "5/2");
    assert_eq!(found["plan"]["any_scale"], true);
    let price = &found["plan"]["conditions"][0]["price"];
    assert_eq!(price["more"], "jumps");
    assert_eq!((&price["less"]["rate"]["exact"], &price["less"]["until"]), (&"0".into(), &Value::Null));
    // A little more, and a alone does; a little less, and ever larger plans come near.
    assert_eq!(objective(&between(flows, &plan("0.001"))), "5");
    let less = analysis(&between(flows, &plan("(0 - 0.001)")));
    assert_eq!((&less["status"], &less["ratio"]["exact"]), (&"approached".into(), &"5/2".into()));
}

#[test]
fn what_a_step_does_to_a_ratio_is_told_of_its_beginning() {
    // Ten turns of each: 100 for 50. One more of a: 105 for 51, which is 3/51 more, and 3/50 at first.
    let flows = |capacity: u32| {
        format!(
            "goods flow a: shop -> house {{ cost: 1 CNY, capacity: {capacity} turn }}
goods flow b: shop -> house {{ cost: 4 CNY }}
cash flow pay: house -> shop {{ revenue: 5 CNY }}"
        )
    };
    let plan = "maximize: revenue / cost\nrequire: volume(b) >= 10 turn";
    let found = analysis(&between(&flows(10), plan));
    let conditions = found["plan"]["conditions"].as_array().unwrap();
    let capacity = conditions.iter().find(|one| one["kind"] == "capacity").unwrap();
    for step in ["more", "less"] {
        let price = &capacity["price"][step];
        assert_eq!(price["rate"]["exact"], "3/50");
        assert_eq!((&price["at_first"], &price["until"]), (&true.into(), &Value::Null));
    }
    assert_eq!(objective(&between(&flows(11), plan)), "35/17");
}
