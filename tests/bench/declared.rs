//! A network of a table as peers read it: as integers, and written out as `.loop` source and as MathProg.

use std::fmt::Write as _;

/// A plan over the flows of a table, whose program is a circulation. Each flow has a capacity of its own.
pub const PLAN: &str = "currency EUR
import flows from \"flows.csv\" {
    medium: cash, from: payer, to: payee, role: business
    cost: cost * EUR, revenue: revenue * EUR, capacity: (cost + revenue) * 1 turn
}
plan most { maximize: profit }
";

/// A row: from which participant to which, cost and revenue in cents.
struct Flow<'t> {
    from: &'t str,
    to: &'t str,
    cost: i64,
    revenue: i64,
}

impl Flow<'_> {
    /// In hundredths of a turn.
    fn capacity(&self) -> i64 {
        self.cost + self.revenue
    }
}

fn cents(cell: &str) -> i64 {
    cell.replace('.', "").parse().unwrap_or_default()
}

fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn flows(table: &str) -> impl Iterator<Item = Flow<'_>> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (from, to) = (cells.next()?, cells.next()?);
        Some(Flow { from, to, cost: cents(cells.next()?), revenue: cents(cells.next()?) })
    })
}

/// An arc a line: tail, head, capacity in hundredths, gain in cents.
pub fn arcs(table: &str) -> String {
    let mut text = String::new();
    for flow in flows(table) {
        let (tail, head) = (flow.from.trim_start_matches('p'), flow.to.trim_start_matches('p'));
        let _ = writeln!(text, "{tail} {head} {} {}", flow.capacity(), flow.revenue - flow.cost);
    }
    text
}

/// The names of all who pay, in order of their first flows: in these networks everybody does.
fn participants(table: &str) -> Vec<&str> {
    let mut seen = std::collections::BTreeSet::new();
    flows(table).map(|flow| flow.from).filter(|name| seen.insert(*name)).collect()
}

/// The plan with every participant and flow declared.
pub fn source(table: &str) -> String {
    let mut text = "currency EUR\n".to_owned();
    for name in participants(table) {
        let _ = writeln!(text, "participant {name}: business");
    }
    for (flow, number) in flows(table).zip(1..) {
        let (cost, revenue, capacity) = (money(flow.cost), money(flow.revenue), money(flow.capacity()));
        let _ = writeln!(
            text,
            "cash flow f{number}: {} -> {} {{ cost: {cost} EUR, revenue: {revenue} EUR, capacity: {capacity} turn }}",
            flow.from, flow.to
        );
    }
    text.push_str("plan most { maximize: profit }\n");
    text
}

/// The plan in MathProg as its users write it: sets and parameters, and the data below. The flows in and out of each
/// participant are sets of their own, since MathProg looks through all flows to find them.
pub fn mathprog(table: &str) -> String {
    let mut text = "set P;
set F;
set IN{P};
set OUT{P};
param cost{F};
param revenue{F};
param capacity{F};
var turns{f in F} >= 0, <= capacity[f];
maximize profit: sum{f in F} (revenue[f] - cost[f]) * turns[f];
s.t. balance{p in P}: sum{f in OUT[p]} turns[f] = sum{f in IN[p]} turns[f];
data;
set P :="
        .to_owned();
    let (mut into, mut out) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    let mut rows = String::new();
    for (flow, number) in flows(table).zip(1..) {
        let _ = write!(out.entry(flow.from).or_insert_with(String::new), " {number}");
        let _ = write!(into.entry(flow.to).or_insert_with(String::new), " {number}");
        let (cost, revenue, capacity) = (money(flow.cost), money(flow.revenue), money(flow.capacity()));
        let _ = writeln!(rows, "{number} {cost} {revenue} {capacity}");
    }
    for name in out.keys() {
        let _ = write!(text, " {name}");
    }
    text.push_str(";\n");
    for (word, sets) in [("OUT", out), ("IN", into)] {
        for (name, numbers) in sets {
            let _ = writeln!(text, "set {word}[{name}] :={numbers};");
        }
    }
    let _ = write!(text, "param: F: cost revenue capacity :=\n{rows};\nend;\n");
    text
}
