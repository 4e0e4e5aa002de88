//! The flows of a report as a table for spreadsheets (RFC 4180, lines that end in LF, UTF-8): `docs/spreadsheets.md`.
//!
//! One row for each flow of a plan, and for each of a loop or path. A number is a decimal, exact where it ends within
//! [`MOST_PLACES`] digits; where it does not, the column [`FRACTIONS`] has it as a fraction too.

use super::plan::{ConditionReport, EndUseReport, FlowUseReport, PlanReport, PriceReport};
use super::{AnalysisReport, Body, HopReport, Report, RiderReport, WalkReport};
use crate::exact::Rational;
use crate::exact::decimal::{finite, significant};

/// The most digits behind the point of a decimal that is exact.
const MOST_PLACES: usize = 30;

/// The significant digits of one that is not: as many as a spreadsheet keeps.
const DIGITS: usize = 15;

const COLUMNS: [&str; 24] = [
    "analysis",
    "kind",
    "status",
    "rank",
    "place",
    "flow",
    "rides",
    "from",
    "to",
    "medium",
    "volume",
    "unit",
    "cost",
    "revenue",
    "fixed",
    "money",
    "gap",
    "gap_unit",
    "capacity",
    "used",
    "capacity_unit",
    "price",
    "price_unit",
    FRACTIONS,
];

/// Where numbers stand that no decimal writes out.
const FRACTIONS: &str = "fractions";

/// The flows of all plans, loops and paths of a report.
#[must_use]
pub fn spreadsheet(report: &Report) -> String {
    let mut out = COLUMNS.join(",") + "\n";
    for analysis in &report.analyses {
        match &analysis.body {
            Body::Plan(found) => plan(&mut out, analysis, found),
            Body::Loops(found) => walks(&mut out, (analysis, &report.money), &found.walks),
            Body::Restricted(found) => walks(&mut out, (analysis, &report.money), &found.walks),
            Body::Path(found) => {
                walks(&mut out, (analysis, &report.money), std::slice::from_ref(&found.walk));
            }
            Body::Closure(_)
            | Body::Unmet(_)
            | Body::NoPlan(_)
            | Body::Acyclic { .. }
            | Body::Unreachable { .. }
            | Body::Culprit { .. }
            | Body::Nothing => {}
        }
    }
    out
}

fn walks(out: &mut String, (analysis, money): (&AnalysisReport, &str), walks: &[WalkReport]) {
    let money = if money.is_empty() { String::new() } else { format!("{money}/turn") };
    for (walk, rank) in walks.iter().zip(1..) {
        for (hop, place) in walk.hops.iter().zip(1..) {
            let row = Row::of(analysis, rank, place);
            hop_rows(out, &row, (hop, &money));
        }
    }
}

fn hop_rows(out: &mut String, begun: &Row, (hop, money): (&HopReport, &str)) {
    let mut row = begun.clone();
    row.way(&hop.flow, &hop.from, &hop.to, &hop.medium);
    row.number("volume", hop.tries.as_ref().unwrap_or(&Rational::ONE));
    row.text("unit", "turn");
    row.number("cost", &hop.cost);
    row.number("revenue", &hop.revenue);
    row.text("money", money);
    row.end(out);
    riders(out, begun, (&hop.flow, &hop.riders, "turn"));
}

/// What rides a flow, which bears its money.
fn riders(out: &mut String, begun: &Row, (flow, riders, unit): (&str, &[RiderReport], &str)) {
    for rider in riders {
        let mut row = begun.clone();
        row.way(&rider.flow, &rider.from, &rider.to, &rider.medium);
        row.text("rides", flow);
        row.number("volume", &rider.turns);
        row.text("unit", unit);
        row.end(out);
    }
}

fn plan(out: &mut String, analysis: &AnalysisReport, found: &PlanReport) {
    // Fixed costs stand in the order of the flows, as the flows do.
    let mut fixed = found.fixed.iter().peekable();
    for (one, place) in found.flows.iter().zip(1..) {
        let fixed = fixed.next_if(|(flow, _)| *flow == one.flow).map(|(_, cost)| cost);
        let begun = Row::of(analysis, 1, place);
        let mut row = begun.clone();
        flow_cells(&mut row, found, (one, fixed));
        row.end(out);
        riders(out, &begun, (&one.flow, &one.riders, &found.turn_unit));
    }
    for (one, place) in found.ends.iter().zip(found.flows.len() + 1..) {
        let mut row = Row::of(analysis, 1, place);
        end_cells(&mut row, found, one);
        row.end(out);
    }
}

fn flow_cells(row: &mut Row, found: &PlanReport, (one, fixed): (&FlowUseReport, Option<&Rational>)) {
    row.way(&one.flow, &one.from, &one.to, &one.medium);
    row.number("volume", &one.turns);
    row.text("unit", &found.turn_unit);
    row.number("cost", &one.money.cost);
    row.number("revenue", &one.money.revenue);
    if let Some(fixed) = fixed {
        row.number("fixed", fixed);
    }
    row.text("money", &found.money_unit);
    if let Some(gap) = &one.gap {
        row.number("gap", gap);
        row.text("gap_unit", &found.gap_unit);
    }
    if let Some(capacity) = one.capacity.and_then(|place| found.conditions.get(place)) {
        capacity_cells(row, capacity);
    }
}

fn capacity_cells(row: &mut Row, capacity: &ConditionReport) {
    if let Some(upper) = &capacity.upper {
        row.number("capacity", upper);
    }
    if let Some(used) = &capacity.used {
        row.number("used", used);
    }
    row.text("capacity_unit", &capacity.unit);
    if let Some(PriceReport::Rate { rate, .. } | PriceReport::AtFirst { rate }) =
        capacity.price.as_ref().map(|prices| &prices.more)
    {
        row.number("price", rate);
        row.text("price_unit", &capacity.price_unit);
    }
}

/// Turns that enter or leave the model, which no flow carries.
fn end_cells(row: &mut Row, found: &PlanReport, one: &EndUseReport) {
    row.text(if one.kind == "source" { "to" } else { "from" }, &one.participant);
    row.number("volume", &one.turns);
    row.text("unit", &found.turn_unit);
    row.number("cost", &one.money.cost);
    row.number("revenue", &one.money.revenue);
    row.text("money", &found.money_unit);
}

/// The cells of one row, by the place of their column.
#[derive(Clone)]
struct Row {
    cells: [String; COLUMNS.len()],
}

impl Row {
    fn of(analysis: &AnalysisReport, rank: usize, place: usize) -> Self {
        let mut row = Self { cells: [const { String::new() }; COLUMNS.len()] };
        row.text("analysis", &analysis.name);
        row.text("kind", analysis.kind);
        row.text("status", analysis.status.word());
        row.put("rank", &rank.to_string());
        row.put("place", &place.to_string());
        row
    }

    fn way(&mut self, flow: &str, from: &str, to: &str, medium: &str) {
        self.text("flow", flow);
        self.text("from", from);
        self.text("to", to);
        self.text("medium", medium);
    }

    /// A word, such that no spreadsheet takes it for a formula.
    fn text(&mut self, column: &str, text: &str) {
        let formula = text.starts_with(['=', '+', '-', '@', '\'', '\t', '\r']);
        self.put(column, &quoted(&if formula { format!("'{text}") } else { text.to_owned() }));
    }

    fn number(&mut self, column: &str, value: &Rational) {
        if let Some(text) = finite(value, MOST_PLACES) {
            return self.put(column, &text);
        }
        self.put(column, &significant(value, DIGITS).text);
        let fractions = self.cells.last().filter(|text| !text.is_empty());
        let before = fractions.map_or_else(String::new, |text| format!("{text} "));
        self.put(FRACTIONS, &format!("{before}{column}={value}"));
    }

    fn put(&mut self, column: &str, text: &str) {
        if let Some(place) = COLUMNS.iter().position(|name| *name == column) {
            text.clone_into(&mut self.cells[place]);
        }
    }

    fn end(self, out: &mut String) {
        out.push_str(&self.cells.join(","));
        out.push('\n');
    }
}

/// A cell in quotes where it needs them.
fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_are_no_formulas() {
        let cell = |text: &str| {
            let mut row = Row { cells: [const { String::new() }; COLUMNS.len()] };
            row.text("flow", text);
            row.cells[5].clone()
        };
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-a,b"), "\"'-a,b\"");
        assert_eq!(cell("'so'"), "''so'");
        assert_eq!(cell("say \"no\""), "\"say \"\"no\"\"\"");
        assert_eq!(cell("two\nlines"), "\"two\nlines\"");
    }

    #[test]
    fn numbers_are_exact_and_fractions_stand_apart() {
        let mut row = Row { cells: [const { String::new() }; COLUMNS.len()] };
        let ratio = |above: i64, below: i64| &Rational::from(above) / &Rational::from(below);
        row.number("volume", &ratio(-1, 8));
        row.number("cost", &ratio(1, 3));
        row.number("revenue", &ratio(-2, 7));
        let cell = |name: &str| row.cells[COLUMNS.iter().position(|one| *one == name).unwrap()].clone();
        assert_eq!([cell("volume"), cell("cost")], ["-0.125", "0.333333333333333"]);
        assert_eq!(cell(FRACTIONS), "cost=1/3 revenue=-2/7");
    }
}
