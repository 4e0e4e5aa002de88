//! Reports of large models: long lists show what matters most and say what the rest comes to; and the flows as a
//! table, which is read back and adds up.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use common::{Outcome, models, run, run_text};
use loopc::analysis::Verdict;
use loopc::exact::literal::parse_exact;
use loopc::exact::{Rational, cell};
use loopc::report::{Paint, spreadsheet, text};
use loopc::source::SourceFile;

const PLAIN: Paint = Paint { unicode: true, color: false };

fn shown(outcome: &Outcome) -> String {
    text(&outcome.compilation.written(outcome.solution.as_ref().unwrap(), &[]), PLAIN)
}

/// A row of a table, by column.
type Row = BTreeMap<String, String>;

fn rows(outcome: &Outcome) -> Vec<Row> {
    let table = spreadsheet(&outcome.compilation.written(outcome.solution.as_ref().unwrap(), &[]));
    assert!(table.ends_with('\n') && !table.contains('\r'));
    let mut reader = csv::ReaderBuilder::new().from_reader(table.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The exact number of a cell: the decimal, or the fraction that stands apart.
fn number(row: &Row, column: &str) -> Rational {
    let decimal = if row[column].is_empty() { Rational::ZERO } else { cell::parse(&row[column]).unwrap() };
    let fraction = row["fractions"].split(' ').find_map(|one| one.strip_prefix(column)?.strip_prefix('='));
    let Some(fraction) = fraction else { return decimal };
    let exact = parse_exact(fraction).unwrap();
    assert!((&exact - &decimal).abs() <= exact.abs() * &parse_exact("1/100000000000000").unwrap(), "{row:?}");
    exact
}

/// A star: so many flows out and one back, each with a capacity of as many turns as its number.
fn star(flows: usize) -> String {
    let mut text = "currency CNY\nparticipant hub: platform\nparticipant far: consumer\n".to_owned();
    for flow in 1..=flows {
        let _ = writeln!(
            text,
            "cash flow f{flow}: hub -> far {{ revenue: 3 CNY, cost: 1 CNY, capacity: {flow} turn/day }}"
        );
    }
    text + "cash flow back: far -> hub\nplan all {\n    period: day\n    maximize: profit\n}\n"
}

/// A ring of so many flows, the cost of each its number.
fn ring(flows: usize) -> String {
    let mut text = "currency CNY\n".to_owned();
    for place in 0..flows {
        let _ = writeln!(text, "participant p{place}: business");
    }
    for place in 0..flows {
        let next = (place + 1) % flows;
        let _ = writeln!(
            text,
            "cash flow f{place}: p{place} -> p{next} {{ cost: {} CNY, revenue: 1 CNY }}",
            place + 1
        );
    }
    text + "loop best\n"
}

#[test]
fn a_plan_of_many_flows_shows_those_that_move_most() {
    let report = shown(&run_text(&star(500)));
    let volumes: Vec<&str> = report.lines().filter(|line| line.starts_with("    hub   f")).collect();
    assert_eq!(volumes.len(), 40);
    for (line, flow) in volumes.iter().zip((461..=500).rev()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(words, ["hub", &format!("f{flow}"), "far", &flow.to_string(), "100%"]);
    }
    // 1 + … + 460 turns; and the way back, which moves nothing.
    let rest = 460 * 461 / 2;
    let sums = format!("and 461 more: cost {rest}, revenue {} CNY/day (all with", 3 * rest);
    let plain = report.replace('_', "");
    assert!(plain.contains(&sums), "{sums}\n{report}");
    assert!(report.lines().all(|line| line.chars().count() <= 88), "{report}");
    assert!(report.lines().count() < 250, "{} lines", report.lines().count());
}

/// Debts: amounts that change hands, and cost the model nothing.
#[test]
fn amounts_count_as_what_moves() {
    let text = star(100).replace("revenue: 3 CNY, cost: 1 CNY", "amount: 2 CNY").replace("profit", "volume");
    let report = shown(&run_text(&text)).replace('_', "");
    // Forty flows of 61 to 100 turns are shown; then 1 + … + 60 turns of 2 CNY.
    assert!(report.contains("and 61 more: 3660 CNY/day change hands (all with --format json)"), "{report}");
    let loops: Vec<&str> = report.lines().filter(|line| line.ends_with(" → back")).collect();
    assert_eq!(loops.len(), 10);
    assert!(loops[0].contains("100  f100") && loops[9].contains("91  f91"), "{loops:?}");
}

#[test]
fn a_list_hardly_longer_than_the_limit_is_whole() {
    let volumes = |flows| {
        let report = shown(&run_text(&star(flows)));
        let shown = report.lines().filter(|line| line.starts_with("    hub   f") || line.contains(" back "));
        (shown.count(), report.contains("loops of it"))
    };
    assert_eq!(volumes(43), (44, true));
    assert_eq!(volumes(44), (40, true));
}

#[test]
fn a_long_loop_shows_what_moves_most_in_its_order() {
    let report = shown(&run_text(&ring(300)));
    let hops: Vec<&str> =
        report.lines().filter(|line| line.starts_with("    p") && line.contains(" cash ")).collect();
    assert_eq!(hops.len(), 40, "{report}");
    assert!(hops[0].contains(" f260 ") && hops[39].contains(" f299 "), "{report}");
    // Running totals count what is not shown: 1 + … + 300.
    assert!(hops[39].contains("45_150.00") && hops[39].trim_end().ends_with("300.00"), "{}", hops[39]);
    let rest = 260 * 261 / 2;
    assert!(
        report.replace('_', "").contains(&format!("and 260 more: cost {rest}, revenue 260 CNY (all")),
        "{report}"
    );
    assert!(report.contains("and 260 more: earns 260, pays 33_930 (all"), "{report}");
    assert!(report.lines().count() < 120);
}

#[test]
fn tables_of_all_models_add_up() {
    let mut compared = 0;
    for path in models() {
        let outcome = run(&path);
        let rows = rows(&outcome);
        for finding in &outcome.solution.as_ref().unwrap().findings {
            let name = &outcome.compilation.checked.model.analysis(finding.analysis).declared.name;
            let own: Vec<&Row> = rows.iter().filter(|row| row["analysis"] == *name).collect();
            let sum = |column: &str, rank: &str| -> Rational {
                own.iter().filter(|row| row["rank"] == rank).map(|row| number(row, column)).sum()
            };
            if let Some(best) = finding.best() {
                assert_eq!(
                    [sum("cost", "1"), sum("revenue", "1")],
                    [best.cost.clone(), best.revenue.clone()],
                    "{path} {name}"
                );
                compared += 1;
            }
            if let Verdict::Plan(found) = &finding.verdict {
                assert_eq!(sum("cost", "1") + &sum("fixed", "1"), found.cost, "{path} {name}");
                assert_eq!(sum("revenue", "1"), found.revenue, "{path} {name}");
                let flows: Vec<&&Row> = own.iter().filter(|row| !row["flow"].is_empty()).collect();
                for row in &flows {
                    let id = outcome.compilation.checked.model.flow_ids().find(|id| {
                        outcome.compilation.checked.model.flow(*id).name.to_string() == row["flow"]
                    });
                    assert_eq!(number(row, "volume"), found.volume(id.unwrap()), "{path} {name} {row:?}");
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn capacities_and_prices_stand_beside_their_flows() {
    let rows = rows(&run_text(&star(3)));
    let row = rows.iter().find(|row| row["flow"] == "f2").unwrap();
    let wanted = [
        ("kind", "plan"),
        ("status", "optimal"),
        ("place", "2"),
        ("from", "hub"),
        ("to", "far"),
        ("medium", "cash"),
        ("volume", "2"),
        ("unit", "turn/day"),
        ("cost", "2"),
        ("revenue", "6"),
        ("money", "CNY/day"),
        ("capacity", "2"),
        ("used", "2"),
        ("capacity_unit", "turn/day"),
        ("price", "2"),
        ("price_unit", "CNY"),
        ("gap", ""),
        ("fractions", ""),
    ];
    for (column, text) in wanted {
        assert_eq!(row[column], text, "{column}");
    }
}

/// What a spreadsheet would take for a formula comes out as a word, and can be told from one that began so.
#[test]
fn names_are_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("m.loop");
    std::fs::write(folder.path().join("t.csv"), "id,payer,payee\n=1+1,@a,-b\n'x,-b,@a\n").unwrap();
    let text = "currency EUR\nimport flows from \"t.csv\" { medium: cash, name: id, from: payer, to: payee, role: business\n    cost: 1 EUR, revenue: 1 EUR }\nloop best\n";
    std::fs::write(&model, text).unwrap();
    let source = SourceFile::from_text(model.to_string_lossy().into_owned(), text.to_owned());
    let mut compilation = loopc::pipeline::compile((model, source), &[], &loopc::source::Disk);
    let solution = compilation.solve(&[]);
    let diagnostics = compilation.report();
    assert!(solution.is_some(), "{diagnostics:?}");
    let rows = rows(&Outcome { compilation, solution, diagnostics, scenarios: Vec::new() });
    let cells: Vec<[&str; 3]> =
        rows.iter().map(|row| [row["flow"].as_str(), row["from"].as_str(), row["to"].as_str()]).collect();
    assert_eq!(cells, [["'=1+1", "'@a", "'-b"], ["''x", "'-b", "'@a"]]);
}
