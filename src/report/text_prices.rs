//! How text shows what binds a plan, what one step of it is worth, and what is idle.

use unicode_width::UnicodeWidthStr as _;

use super::columns::{Digits, Table, wrapped};
use super::listed::{MOST_LISTED, greatest, shown};
use super::plan::{ConditionReport, FlowUseReport, PlanReport, PriceReport, PricesReport};
use super::text::{WIDTH, Writer};
use crate::exact::Rational;

/// The longest that a condition is quoted.
const LONGEST: usize = 62;

/// How many idle flows are listed; JSON has them all.
const IDLE_SHOWN: usize = 5;

impl Writer<'_> {
    /// What binds, and what one step of it is worth.
    pub(super) fn binding(&mut self, found: &PlanReport, (objective, unit): (&str, &str)) {
        let binding: Vec<&ConditionReport> =
            found.conditions.iter().filter(|one| one.price.is_some()).collect();
        if binding.is_empty() {
            return;
        }
        self.line("");
        self.line("  what binds");
        let (idle, worth_something): (Vec<&ConditionReport>, Vec<&ConditionReport>) =
            binding.into_iter().partition(|one| one.price.as_ref().is_some_and(changes_nothing));
        for one in greatest(&worth_something, MOST_LISTED, weight) {
            self.line(&format!("    {}", condition_words(one, self.digits)));
            let Some(prices) = &one.price else { continue };
            for (step, price) in [("more", &prices.more), ("less", &prices.less)] {
                let worth = worth((step, price), &one.unit, (objective, unit), self.digits);
                for (row, line) in wrapped(&worth, " ", WIDTH - 8).iter().enumerate() {
                    let indent = if row == 0 { 6 } else { 8 };
                    self.line(&self.paint.dim(&format!("{}{line}", " ".repeat(indent))));
                }
            }
        }
        self.more(worth_something.len(), MOST_LISTED, "");
        if !idle.is_empty() {
            self.line("    reached, but one more or less changes nothing");
            for one in idle.iter().take(shown(idle.len(), MOST_LISTED)) {
                self.line(&self.paint.dim(&format!("      {}", condition_words(one, self.digits))));
            }
            self.more(idle.len(), MOST_LISTED, "");
        }
    }

    /// Requirements that do not bind, with what is left of them.
    pub(super) fn slack(&mut self, found: &PlanReport) {
        let mut table = Table::default();
        let slack = found.conditions.iter().filter(|one| one.price.is_none() && one.kind == "require");
        let slack: Vec<&ConditionReport> = slack.collect();
        for one in slack.iter().take(shown(slack.len(), MOST_LISTED)) {
            let used = one.used.as_ref().map(|used| self.digits.rounded(used)).unwrap_or_default();
            table.row([condition_words(one, self.digits), format!("{used} {}", one.unit)]);
        }
        for (place, line) in table.lines(2).iter().enumerate() {
            if place == 0 {
                self.line("");
                let title = if found.prices() { "what is kept without binding" } else { "what is required" };
                self.line(&format!("  {title}, and what it comes to"));
            }
            self.line(&format!("    {line}"));
        }
        self.more(slack.len(), MOST_LISTED, "");
    }

    pub(super) fn idle(&mut self, found: &PlanReport) {
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
            let unit = if found.gap_unit == "1" { String::new() } else { found.gap_unit.clone() };
            table.row([one.flow.clone(), self.digits.exactly(gap), unit]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
        self.more(idle.len(), IDLE_SHOWN, "");
    }
}

/// `require cost <= 60M CNY/year`, `capacity of commission, 4000000 turn/year`.
pub(super) fn condition_words(one: &ConditionReport, digits: Digits) -> String {
    if let Some(text) = &one.text {
        return shortened(&format!("{} {text}", one.kind));
    }
    let of = one.of.as_deref().unwrap_or_default();
    let at = if matches!(one.kind, "source" | "sink") { "at" } else { "of" };
    let stated = one.upper.as_ref().or(one.lower.as_ref()).filter(|_| one.kind != "share");
    let stated =
        stated.map_or_else(String::new, |stated| format!(", {} {}", digits.rounded(stated), one.unit));
    format!("{} {at} {of}{stated}", one.kind)
}

/// What one step of a right-hand side is worth, as words to break lines between.
fn worth(
    (step, price): (&str, &PriceReport),
    by: &str,
    (objective, unit): (&str, &str),
    digits: Digits,
) -> Vec<String> {
    let by = if by == "1" { String::new() } else { format!(" {by}") };
    let unit = if unit == "1" { String::new() } else { format!(" {unit}") };
    let sentence = match price {
        PriceReport::Rate { rate, until } => {
            // The rate is by unit that it grows: one less is worth as much the other way.
            let change = if step == "less" { -rate } else { rate.clone() };
            let end = match until {
                Some(until) if step == "more" => format!(", up to {}{by}", digits.about(until)),
                Some(until) => format!(", down to {}{by}", digits.about(until)),
                None => ", without end".to_owned(),
            };
            match (change.is_zero(), change.is_negative()) {
                (true, _) => format!("one {step}{by} changes nothing{end}"),
                (_, false) => {
                    format!("one {step}{by} adds {}{unit} to {objective}{end}", digits.rounded(&change))
                }
                (_, true) => {
                    format!(
                        "one {step}{by} takes {}{unit} from {objective}{end}",
                        digits.rounded(&change.abs())
                    )
                }
            }
        }
        PriceReport::AtFirst { rate } => {
            let change = if step == "less" { -rate } else { rate.clone() };
            let (verb, way) = if change.is_negative() { ("takes", "from") } else { ("adds", "to") };
            format!(
                "at first one {step}{by} {verb} {}{unit} {way} {objective}",
                digits.rounded(&change.abs())
            )
        }
        PriceReport::Infeasible => format!("any {step} leaves no plan"),
        PriceReport::Jumps => format!("any {step} lets {objective} jump"),
        PriceReport::Unknown => format!("what one {step} is worth takes too many pivots to tell"),
    };
    sentence.split(' ').map(str::to_owned).collect()
}

/// The beginning of what is longer than a line has room for; the source has the rest.
fn shortened(text: &str) -> String {
    if text.width() <= LONGEST {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split(' ') {
        if short.width() + word.width() + 2 > LONGEST {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("{short}...")
}

/// How much of the objective hangs on a condition: what a step of it is worth, by all that it comes to.
fn weight(one: &ConditionReport) -> Rational {
    let rate = |price: &PriceReport| match price {
        PriceReport::Rate { rate, .. } | PriceReport::AtFirst { rate } => rate.abs(),
        PriceReport::Infeasible | PriceReport::Jumps | PriceReport::Unknown => Rational::ZERO,
    };
    let rates = one.price.as_ref().map(|prices| rate(&prices.more).max(rate(&prices.less)));
    rates.unwrap_or_default() * one.used.as_ref().unwrap_or(&Rational::ZERO)
}

/// Whether neither one more nor one less changes the objective.
fn changes_nothing(prices: &PricesReport) -> bool {
    let nothing = |price: &PriceReport| matches!(price, PriceReport::Rate { rate, .. } if rate.is_zero());
    nothing(&prices.more) && nothing(&prices.less)
}
