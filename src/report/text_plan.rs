//! How text shows a plan: what moves, by which loops, whose money it is, and what binds.

use super::build_plan::profit;
use super::columns::{Table, aligned_whole as aligned, exactly, rounded, wrapped};
use super::plan::{
    ConditionReport, FlowUseReport, NoPlanReport, PartReport, PlanReport, PriceReport, StepReport,
};
use super::text::{WIDTH, Writer};
use crate::exact::Rational;

/// How many loops, idle flows and slack conditions are listed; JSON has them all.
const LOOPS_SHOWN: usize = 10;
const FLOWS_SHOWN: usize = 40;
const IDLE_SHOWN: usize = 5;

impl Writer<'_> {
    pub fn plan(&mut self, found: &PlanReport, objective: (&str, &str)) {
        self.volumes(found);
        self.ends(found);
        self.parts("loops of it", &found.parts, &found.turn_unit, &found.money_unit);
        self.money_of_plan(found);
        self.binding(found, objective);
        self.slack(found);
        self.idle(found);
    }

    /// One line for each flow that is used.
    fn volumes(&mut self, found: &PlanReport) {
        let used: Vec<&FlowUseReport> = found.flows.iter().filter(|one| !one.turns.is_zero()).collect();
        if used.is_empty() {
            self.line("");
            self.line("    nothing moves");
            return;
        }
        let shown = used.get(..FLOWS_SHOWN).unwrap_or(&used);
        let turns = aligned(&shown.iter().map(|one| &one.turns).collect::<Vec<_>>());
        let mut table = Table::default();
        table.row(["from", "flow", "to", &found.turn_unit, "of capacity"].map(str::to_owned));
        for (one, turns) in shown.iter().zip(turns) {
            let part = one.used.as_ref().map_or_else(String::new, percent);
            table.row([one.from.clone(), one.flow.clone(), one.to.clone(), turns, part]);
        }
        self.line("");
        let mut lines = table.lines(3).into_iter();
        let heading = lines.next().unwrap_or_default();
        self.line(&self.paint.dim(&format!("    {heading}")));
        for (one, line) in shown.iter().zip(lines) {
            self.line(&format!("    {line}"));
            for line in wrapped(&one.riders, ", ", WIDTH - 11) {
                self.line(&self.paint.dim(&format!("      with {line}")));
            }
        }
        self.more(used.len(), FLOWS_SHOWN);
    }

    fn more(&mut self, count: usize, shown: usize) {
        if let Some(more @ 1..) = count.checked_sub(shown) {
            self.line(&self.paint.dim(&format!("    and {more} more (all in the JSON report)")));
        }
    }

    fn ends(&mut self, found: &PlanReport) {
        let mut table = Table::default();
        for one in found.ends.iter().filter(|one| !one.turns.is_zero()) {
            let words = if one.kind == "source" { "turns enter at" } else { "turns leave at" };
            table.row([
                words.to_owned(),
                one.participant.clone(),
                rounded(&one.turns),
                found.turn_unit.clone(),
            ]);
        }
        for (place, line) in table.lines(2).iter().enumerate() {
            if place == 0 {
                self.line("");
            }
            self.line(&format!("    {line}"));
        }
    }

    /// Loops with how often each is turned and what it brings.
    pub fn parts(&mut self, title: &str, parts: &[PartReport], turn_unit: &str, money_unit: &str) {
        if parts.is_empty() {
            return;
        }
        let shown = parts.get(..LOOPS_SHOWN).unwrap_or(parts);
        let profits: Vec<Rational> = shown.iter().map(profit).collect();
        let (turns, profits) = (
            aligned(&shown.iter().map(|part| &part.turns).collect::<Vec<_>>()),
            aligned(&profits.iter().collect::<Vec<_>>()),
        );
        let mut table = Table::default();
        let gains = format!("profit {money_unit}");
        table.row([turn_unit.to_owned(), gains.trim_end().to_owned(), title.to_owned()]);
        let mut ways: Vec<Vec<String>> = vec![Vec::new()];
        for (part, (turns, profit)) in shown.iter().zip(turns.into_iter().zip(profits)) {
            table.row([turns, profit]);
            ways.push(part.steps.iter().filter_map(step_words).collect());
        }
        let lines = table.lines(0);
        let lead = lines.get(1).map_or(0, |line| unicode_width::UnicodeWidthStr::width(line.as_str())) + 6;
        self.line("");
        for (place, line) in lines.iter().enumerate() {
            if place == 0 {
                let heading = line.trim_end_matches(title).trim_end();
                self.line(&self.paint.dim(&format!("    {heading}  {title}")));
                continue;
            }
            let arrow = format!(" {} ", self.paint.arrow());
            let way = wrapped(
                ways.get(place).map_or(&[][..], Vec::as_slice),
                &arrow,
                WIDTH.saturating_sub(lead).max(30),
            );
            for (row, words) in way.iter().enumerate() {
                let front = if row == 0 { format!("    {line}") } else { " ".repeat(lead - 2) };
                self.line(&format!("{front}  {words}"));
            }
        }
        self.more(parts.len(), LOOPS_SHOWN);
    }

    /// The net-value sheet: who earns, pays and keeps what; those who lose are marked.
    fn money_of_plan(&mut self, found: &PlanReport) {
        self.line("");
        let mut table = Table::default();
        let profit = &found.revenue - &found.cost;
        for (word, value) in [("revenue", &found.revenue), ("cost", &found.cost), ("profit", &profit)] {
            table.row([word.to_owned(), format!("{} {}", exactly(value), found.money_unit)]);
        }
        if let Some(ratio) = found.revenue.checked_div(&found.cost) {
            table.row(["revenue / cost".to_owned(), exactly(&ratio)]);
        }
        for measure in &found.measures {
            table.row([measure.name.clone(), format!("{} {}", exactly(&measure.value), measure.unit)]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
        self.accounts(&found.accounts, &found.money_unit, aligned);
    }

    /// What binds, and what one step of it is worth.
    fn binding(&mut self, found: &PlanReport, (objective, unit): (&str, &str)) {
        let binding: Vec<&ConditionReport> =
            found.conditions.iter().filter(|one| one.price.is_some()).collect();
        if binding.is_empty() {
            return;
        }
        self.line("");
        self.line("  what binds");
        for one in binding.iter().take(FLOWS_SHOWN) {
            self.line(&format!("    {}", condition_words(one)));
            let Some(prices) = &one.price else { continue };
            for (step, price) in [("more", &prices.more), ("less", &prices.less)] {
                let worth = worth(step, price, &one.unit, (objective, unit));
                for (row, line) in wrapped(&worth, " ", WIDTH - 8).iter().enumerate() {
                    let indent = if row == 0 { 6 } else { 8 };
                    self.line(&self.paint.dim(&format!("{}{line}", " ".repeat(indent))));
                }
            }
        }
        self.more(binding.len(), FLOWS_SHOWN);
    }

    /// Requirements that do not bind, with what is left of them.
    fn slack(&mut self, found: &PlanReport) {
        let mut table = Table::default();
        for one in found.conditions.iter().filter(|one| one.price.is_none() && one.kind == "require") {
            let used = one.used.as_ref().map(rounded).unwrap_or_default();
            table.row([condition_words(one), format!("{used} {}", one.unit)]);
        }
        for (place, line) in table.lines(2).iter().enumerate() {
            if place == 0 {
                self.line("");
                self.line("  what is kept without binding, and what it comes to");
            }
            self.line(&format!("    {line}"));
        }
    }

    fn idle(&mut self, found: &PlanReport) {
        let mut idle: Vec<(&Rational, &FlowUseReport)> =
            found.flows.iter().filter_map(|one| Some((one.gap.as_ref()?, one))).collect();
        idle.sort_by(|one, other| one.0.cmp(other.0));
        if idle.is_empty() {
            return;
        }
        self.line("");
        self.line("  idle: by how much a turn must improve before a best plan uses it");
        let mut table = Table::default();
        for (gap, one) in idle.iter().take(IDLE_SHOWN) {
            table.row([one.flow.clone(), exactly(gap), found.gap_unit.clone()]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
        self.more(idle.len(), IDLE_SHOWN);
    }

    pub fn no_plan(&mut self, why: &NoPlanReport) {
        match why {
            NoPlanReport::Conflict { conditions, .. } => {
                for one in conditions {
                    self.line(&format!("    {}", condition_words(one)));
                }
            }
            NoPlanReport::Endless { parts, .. }
            | NoPlanReport::Denominator { parts, .. }
            | NoPlanReport::Approached { parts, .. } => self.parts("along", parts, "turns", self.money),
            NoPlanReport::Nothing { .. } | NoPlanReport::Exhausted => {}
        }
    }
}

/// A flow by its name; what is no flow, in words. Nothing for an end of the model.
fn step_words(step: &StepReport) -> Option<String> {
    match step.kind {
        "flow" => Some(step.name.clone()),
        "rest" => Some(format!("rest of {}", step.name)),
        "delivery" => Some(format!("by {}", step.name)),
        "source" => Some(format!("in at {}", step.name)),
        _ => Some(format!("out at {}", step.name)),
    }
}

fn percent(part: &Rational) -> String {
    format!("{}%", crate::exact::decimal::significant(&(part * &Rational::from(100)), 3).text)
}

/// `require cost <= 60M CNY/year`, `capacity of commission, 4000000 turn/year`.
fn condition_words(one: &ConditionReport) -> String {
    if let Some(text) = &one.text {
        return format!("{} {text}", one.kind);
    }
    let of = one.of.as_deref().unwrap_or_default();
    let at = if matches!(one.kind, "source" | "sink") { "at" } else { "of" };
    let stated = one.upper.as_ref().or(one.lower.as_ref()).filter(|_| one.kind != "share");
    let stated = stated.map_or_else(String::new, |stated| format!(", {} {}", rounded(stated), one.unit));
    format!("{} {at} {of}{stated}", one.kind)
}

/// What one step of a right-hand side is worth, as words to break lines between.
fn worth(step: &str, price: &PriceReport, by: &str, (objective, unit): (&str, &str)) -> Vec<String> {
    let by = if by == "1" { String::new() } else { format!(" {by}") };
    let unit = if unit == "1" { String::new() } else { format!(" {unit}") };
    let sentence = match price {
        PriceReport::Rate { rate, until } => {
            // The rate is by unit that it grows: one less is worth as much the other way.
            let change = if step == "less" { -rate } else { rate.clone() };
            let end = match until {
                Some(until) if step == "more" => format!(", up to {}{by}", rounded(until)),
                Some(until) => format!(", down to {}{by}", rounded(until)),
                None => ", without end".to_owned(),
            };
            match (change.is_zero(), change.is_negative()) {
                (true, _) => format!("one {step}{by} changes nothing{end}"),
                (_, false) => format!("one {step}{by} adds {}{unit} to {objective}{end}", rounded(&change)),
                (_, true) => {
                    format!("one {step}{by} takes {}{unit} from {objective}{end}", rounded(&change.abs()))
                }
            }
        }
        PriceReport::Infeasible => format!("any {step} leaves no plan"),
        PriceReport::Unknown => format!("what one {step} is worth takes too many pivots to tell"),
    };
    sentence.split(' ').map(str::to_owned).collect()
}
