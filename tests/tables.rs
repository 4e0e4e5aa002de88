//! Tables: what is read of them is what stands there, whatever their dress; and nothing of what is left out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;
#[path = "common/desk.rs"]
mod desk;

use loopc::pipeline::Compilation;
use serde_json::Value;

fn compiled(text: &str, tables: &[(&'static str, &str)], most_bad_rows: usize) -> Compilation {
    let tables: Vec<(&'static str, &[u8])> =
        tables.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    desk::compiled(text, &tables, most_bad_rows)
}

fn codes(compilation: &Compilation) -> Vec<&'static str> {
    compilation.report().iter().map(|one| one.code.name()).collect()
}

/// The report of a model without faults, which verifies.
fn report(text: &str, tables: &[(&'static str, &str)], most_bad_rows: usize) -> Value {
    let mut compilation = compiled(text, tables, most_bad_rows);
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{:?}", compilation.diagnostics));
    let written = compilation.written(&solution, &[]);
    let value: Value = serde_json::from_str(&loopc::report::json(&written)).unwrap();
    let verified = compiled(text, tables, most_bad_rows).verify(&value);
    assert!(verified.faults.is_empty(), "{:?}", verified.faults);
    value
}

const MODEL: &str = "currency EUR
participant a: business
participant b: business
import flows from \"t.csv\" { medium: cash, name: id, from: payer, to: payee, cost: fee * EUR, revenue: gain * EUR }
loop best
";

/// The hops of the best loop: name, cost, revenue.
fn hops(report: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let hops = report["analyses"][0]["loops"][0]["hops"].as_array().unwrap();
    hops.iter()
        .map(|hop| (text(&hop["flow"]), text(&hop["cost"]["exact"]), text(&hop["revenue"]["exact"])))
        .collect()
}

#[test]
fn the_dress_of_a_table_changes_nothing() {
    let plain = "id,payer,payee,fee,gain\nout,a,b,0.1,0.7\nback,b,a,2.50,1e1\n";
    let wanted = hops(&report(MODEL, &[("t.csv", plain)], 0));
    assert_eq!(wanted[0], ("out".to_owned(), "1/10".to_owned(), "7/10".to_owned()));
    assert_eq!(wanted[1], ("back".to_owned(), "5/2".to_owned(), "10".to_owned()));
    let dressed = [
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        plain.replace(',', "|"),
        plain.replace("out", "\"out\"").replace("0.7", "\"0.7\""),
        plain.replace(',', " , "),
        plain.replace("\nback", "\n\n\nback"),
        plain.trim_end().to_owned(),
        plain.replace("2.50", "+2.5").replace("1e1", "10.000"),
    ];
    for text in &dressed {
        assert_eq!(hops(&report(MODEL, &[("t.csv", text)], 0)), wanted, "{text}");
    }
}

#[test]
fn sums_are_exact() {
    let model = MODEL.replace("name: id,", "group: payer, payee,");
    let sum = model.replace("fee * EUR", "sum(fee) * EUR").replace("gain * EUR", "mean(gain) * EUR");
    let mut table = "payer,payee,fee,gain\n".to_owned();
    for row in 0..1000 {
        table += &format!("a,b,0.1,{row}\nb,a,1,1\n");
    }
    let found = hops(&report(&sum, &[("t.csv", &table)], 0));
    assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("100", "999/2"));
    let least = model
        .replace("fee * EUR", "(max(fee) + count() * 0.001) * EUR")
        .replace("gain * EUR", "(min(gain) + first(gain + 1) * 2) * EUR");
    let table = "payer,payee,fee,gain\na,b,1,5\na,b,3,4\nb,a,1,1\n";
    let found = hops(&report(&least, &[("t.csv", table)], 0));
    assert_eq!((found[0].1.as_str(), found[0].2.as_str()), ("1501/500", "16"));
}

/// Bad rows that are left out, of whatever kind and wherever, leave the report of the others.
#[test]
fn what_is_left_out_leaves_no_trace() {
    let good = ["f1,a,b,1,2", "f2,b,a,2,5", "f3,a,c,3,9", "f4,c,a,1,1"];
    let bad = [
        "g1,a,ghost,x,1",
        "g2,ghost,a,1",
        "g3,new,new,1,1",
        ",new,a,1,1",
        "f1,new,a,1,1",
        "zed,new,zed,1,1",
        "g4,new,,1,1",
        "g5,a,\"new\"er,1,1",
    ];
    let model = MODEL.replace("name: id,", "name: id, role: business,");
    let table = |rows: &[&str]| format!("id,payer,payee,fee,gain\n{}\n", rows.join("\n"));
    let wanted = report(&model, &[("t.csv", &table(&good))], 0);
    for place in 0..=good.len() {
        for one in bad {
            let mut rows = good.to_vec();
            rows.insert(place, one);
            // A name is taken by the first row that has it.
            if one.starts_with("f1") && place == 0 {
                continue;
            }
            let text = table(&rows);
            let refused = compiled(&model, &[("t.csv", &text)], 0);
            assert!(refused.has_errors(), "{text}");
            let left = compiled(&model, &[("t.csv", &text)], 1);
            assert!(codes(&left).contains(&"L0912"), "{text}: {:?}", codes(&left));
            let found = report(&model, &[("t.csv", &text)], 1);
            assert_eq!(found["analyses"], wanted["analyses"], "{text}");
            assert_eq!(found["model"]["participants"], wanted["model"]["participants"], "{text}");
            assert_eq!(found["model"]["max_bad_rows"], 1);
        }
    }
}

#[test]
fn a_row_that_is_left_out_of_its_group_is_in_none_of_its_totals() {
    let model = MODEL.replace("name: id,", "group: payer, payee,");
    let model = model.replace("fee * EUR", "sum(fee) * EUR").replace("gain * EUR", "mean(gain) * EUR");
    let table = "payer,payee,fee,gain\na,b,1,1000\na,b,2,1e6000\na,b,4,1e-6000\na,b,8,5\nb,a,1,1\n";
    assert_eq!(codes(&compiled(&model, &[("t.csv", table)], 0)), ["L0308"]);
    // An empty line keeps the lines of the others.
    let without = table.replace("a,b,4,1e-6000\n", "\n");
    let (found, wanted) = (report(&model, &[("t.csv", table)], 1), report(&model, &[("t.csv", &without)], 0));
    assert!(found["analyses"] == wanted["analyses"]);
}

#[test]
fn a_bad_group_counts_as_all_its_rows() {
    let model = MODEL.replace("name: id,", "group: payer, payee,");
    let model = model.replace("fee * EUR", "sum(fee) * EUR").replace("gain * EUR", "sum(gain) * EUR");
    let table = format!("payer,payee,fee,gain\na,b,1,1\nb,a,1,1\n{}", "ghost,b,1,1\n".repeat(7));
    assert_eq!(codes(&compiled(&model, &[("t.csv", &table)], 6)), ["L0202"]);
    assert_eq!(codes(&compiled(&model, &[("t.csv", &table)], 7)), ["L0912", "L0202"]);
}

#[test]
fn rows_are_called_by_their_lines_in_the_order_of_imports() {
    let model = "currency EUR
import flows from \"t.csv\" { medium: cash, from: payer, to: payee, cost: fee * EUR, revenue: gain * EUR }
import flows from \"t.csv\" { medium: cash, from: payer, to: payee, cost: fee * EUR, revenue: gain * EUR, role: business }
loop best { only: 't:2', 't/2:4' }
expect 't:2' in best and 't/2:4' in best
";
    let table = "payer,payee,fee,gain\nO'Brien,b,1,2\n\nb,O'Brien,1,1\n";
    let found = report(model, &[("t.csv", table)], 0);
    let names: Vec<String> = hops(&found).into_iter().map(|hop| hop.0).collect();
    assert_eq!(names, ["t:2", "t/2:4"]);
    let named = model.replace("only: 't:2', 't/2:4'", "avoid: 'O''Brien'");
    assert_eq!(codes(&compiled(&named, &[("t.csv", table)], 0)), Vec::<&str>::new());
    let mut empty = compiled(&named, &[("t.csv", table)], 0);
    empty.examine();
    assert!(codes(&empty).contains(&"L0411"), "{:?}", codes(&empty));
}

#[test]
fn params_of_tables_are_set_and_shown() {
    let model = "currency EUR
participant a: business
participant b: business
import params from \"p.csv\" { name: key, value: 1 EUR / fee }
cash flow out: a -> b { cost: toll, revenue: 'late fee' }
cash flow back: b -> a { cost: toll }
loop best
";
    let table = "key,fee\ntoll,2\nlate fee,4\n";
    assert_eq!(hops(&report(model, &[("p.csv", table)], 0))[0].1, "1/2");
    let zero = compiled(model, &[("p.csv", "key,fee\ntoll,2\nlate fee,0\n")], 0);
    let fault = &zero.report()[0];
    assert_eq!(fault.code.name(), "L0307");
    let places: Vec<&str> = fault.labels.iter().map(|label| zero.sources.text(label.span)).collect();
    assert!(places.contains(&"late fee,0"), "{places:?}");
}

#[test]
fn an_allowance_belongs_to_its_import() {
    let flows = "import flows from \"t.csv\" { medium: information, from: payer, to: payee }\n";
    let model = |first: &str, second: &str| {
        format!(
            "participant a: business\nparticipant b: business\n{first}{flows}{second}{flows}closure all\n"
        )
    };
    let table = "payer,payee\na,b\nb,a\n";
    let allow = "// loopc: allow L0503\n";
    let of = |text: &str| codes(&compiled(text, &[("t.csv", table)], 0));
    assert_eq!(of(&model("", "")), ["L0503", "L0503"]);
    assert_eq!(of(&model(allow, "")), ["L0503"]);
    assert_eq!(of(&model("", allow)), ["L0503"]);
    assert_eq!(of(&model(allow, allow)), Vec::<&str>::new());
}

#[test]
fn names_are_compared_as_people_see_them() {
    // The table writes é as two letters, the source as one.
    let model = "currency EUR
participant 'café': business
participant b: business
import flows from \"t.csv\" { medium: cash, name: id, from: payer, to: payee, cost: 'coût' * EUR, revenue: 1 EUR }
loop best
expect best.cost == 3 EUR
";
    let table = "id,payer,payee,cou\u{302}t\nout,cafe\u{301},b,1\nback,b,caf\u{e9},2\n";
    let found = report(model, &[("t.csv", table)], 0);
    assert_eq!(found["expectations"][0]["holds"], true);
}
