//! How text shows a plan: what moves, by which loops, whose money it is, and what binds.

use super::columns::{Digits, Table, wrapped};
use super::json::names;
use super::listed::{MOST_LISTED, first_names, greatest, rest, shown};
use super::plan::{
    EndUseReport, FlowUseReport, NoPlanReport, PartReport, PartsReport, PlanReport, StandingReport,
    StepReport,
};
use super::text::{WIDTH, Writer};
use super::text_prices::condition_words;
use crate::exact::Rational;

/// How many loops are listed.
const LOOPS_SHOWN: usize = 10;

impl PlanReport {
    /// Whether what binds has a price.
    pub(super) fn prices(&self) -> bool {
        !self.whole && !self.stopped && matches!(self.standing, StandingReport::Best { .. })
    }

    pub(super) fn verdict(&self, scope: &str) -> (&'static str, String) {
        match &self.standing {
            StandingReport::Best { .. } => ("proved optimal", format!(" among all plans of {scope}")),
            StandingReport::Within { reached: true, .. } => {
                ("best value", format!(" among all plans of {scope}"))
            }
            StandingReport::Within { .. } => ("best found", format!(", not proved, among plans of {scope}")),
        }
    }

    /// What is known of other plans.
    pub(super) fn others(&self, digits: Digits) -> String {
        let sized = |word: &str| self.certificate.levels.iter().any(|(aim, _)| aim == word);
        let known = match (&self.standing, self.unique) {
            (StandingReport::Within { reached: true, .. }, _) => {
                "no plan is better, and that is proved; which of equals to show was not settled"
            }
            (StandingReport::Within { bound: Some(bound), minimizes, unit, .. }, _) => {
                let passes = if *minimizes { "fall below" } else { "exceed" };
                let unit = if unit == "1" { String::new() } else { format!(" {unit}") };
                return format!(
                    "the search was cut short; no plan can {passes} {}{unit}",
                    digits.exactly(bound)
                );
            }
            (StandingReport::Within { .. }, _) => "the search was cut short, and no bound is known",
            _ if self.any_scale => {
                "the ratio is the same at any scale; this is shown with a denominator of 1"
            }
            (_, Some(true)) => "no other plan is as good",
            (_, None) if sized("largest") => {
                "whether others are as good is not known; no other as good is larger"
            }
            (_, None) => "whether others are as good is not known; no other as good has fewer turns",
            _ if sized("largest") => "others are as good; this is the largest of them",
            _ if sized("smallest") => "others are as good; this is the smallest of them",
            _ => "others are as good; this one has the fewest turns",
        };
        known.to_owned()
    }
}

impl Writer<'_> {
    pub fn plan(&mut self, found: &PlanReport, objective: (&str, &str)) {
        self.volumes(found);
        self.ends(found);
        self.parts("loops of it", &found.parts, &found.turn_unit, &found.money_unit);
        self.fixed(found);
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
        let shown = greatest(&used, MOST_LISTED, |one| (&one.money.moved, &one.turns));
        let turns = self.digits.aligned_whole(&shown.iter().map(|one| &one.turns).collect::<Vec<_>>());
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
            let riders = first_names(names(&one.riders).into_iter(), MOST_LISTED);
            for line in wrapped(&riders, ", ", WIDTH - 11) {
                self.line(&self.paint.dim(&format!("      with {line}")));
            }
        }
        let left = |of: fn(&FlowUseReport) -> &Rational| {
            rest(used.iter().map(|one| of(one)), shown.iter().map(|one| of(one)))
        };
        let mut sums = self.money_words(
            &left(|one| &one.money.cost),
            &left(|one| &one.money.revenue),
            &found.money_unit,
        );
        if sums.is_empty() {
            sums = self.moved_words(&left(|one| &one.money.moved), &found.money_unit);
        }
        self.more(used.len(), MOST_LISTED, &sums);
    }

    fn ends(&mut self, found: &PlanReport) {
        let mut table = Table::default();
        let used: Vec<&EndUseReport> = found.ends.iter().filter(|one| !one.turns.is_zero()).collect();
        for one in greatest(&used, MOST_LISTED, |one| &one.turns) {
            let words = if one.kind == "source" { "turns enter at" } else { "turns leave at" };
            table.row([
                words.to_owned(),
                one.participant.clone(),
                self.digits.rounded(&one.turns),
                found.turn_unit.clone(),
            ]);
        }
        for (place, line) in table.lines(2).iter().enumerate() {
            if place == 0 {
                self.line("");
            }
            self.line(&format!("    {line}"));
        }
        self.more(used.len(), MOST_LISTED, "");
    }

    /// Loops with how often each is turned and what it brings.
    pub fn parts(&mut self, title: &str, parts: &PartsReport, turn_unit: &str, money_unit: &str) {
        if parts.listed.is_empty() {
            return;
        }
        let all: Vec<&PartReport> = parts.listed.iter().collect();
        let shown = greatest(&all, LOOPS_SHOWN, |part| (part.profit(), &part.turns));
        let profits: Vec<Rational> = shown.iter().map(|part| part.profit()).collect();
        let money = profits.iter().any(|profit| !profit.is_zero());
        let (turns, profits) = (
            self.digits.aligned_whole(&shown.iter().map(|part| &part.turns).collect::<Vec<_>>()),
            self.digits.aligned_whole(&profits.iter().collect::<Vec<_>>()),
        );
        let mut table = Table::default();
        // Where no money is made or lost there is no column for it.
        let gains = money.then(|| format!("profit {money_unit}").trim_end().to_owned());
        table.row([turn_unit.to_owned()].into_iter().chain(gains).chain([title.to_owned()]));
        let mut ways: Vec<Vec<String>> = vec![Vec::new()];
        for (part, (turns, profit)) in shown.iter().zip(turns.into_iter().zip(profits)) {
            table.row([turns].into_iter().chain(Some(profit).filter(|_| money)));
            let steps: Vec<String> = part.steps.iter().filter_map(step_words).collect();
            ways.push(first_names(steps.iter(), MOST_LISTED));
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
        let profit = parts.profit() - &shown.iter().map(|part| part.profit()).sum::<Rational>();
        let sums = if money {
            format!("profit {} {money_unit}", self.digits.rounded(&profit))
        } else {
            String::new()
        };
        let (count, sums) = (parts.count(), sums.trim_end());
        match parts.more {
            Some(_) => self.more_elsewhere((count, LOOPS_SHOWN), sums, "with --format json --loops all"),
            None => self.more(count, LOOPS_SHOWN, sums),
        }
    }

    /// What is paid once for each flow that is used, and so in no loop.
    fn fixed(&mut self, found: &PlanReport) {
        if found.fixed.is_empty() {
            return;
        }
        self.line("");
        let places = (0..found.fixed.len()).collect::<Vec<_>>();
        let shown = greatest(&places, MOST_LISTED, |place| &found.fixed[place].1);
        let shown: Vec<&(String, Rational)> = shown.into_iter().map(|place| &found.fixed[place]).collect();
        let costs = self.digits.aligned_whole(&shown.iter().map(|(_, cost)| cost).collect::<Vec<_>>());
        let mut table = Table::default();
        table.row(["fixed, in no loop".to_owned(), found.money_unit.clone()]);
        shown.iter().zip(costs).for_each(|((flow, _), cost)| table.row([flow.clone(), cost]));
        let mut lines = table.lines(1).into_iter();
        let heading = lines.next().unwrap_or_default();
        self.line(&self.paint.dim(&format!("    {heading}")));
        lines.for_each(|line| self.line(&format!("    {line}")));
        let left = rest(found.fixed.iter().map(|(_, cost)| cost), shown.iter().map(|(_, cost)| cost));
        self.more(
            found.fixed.len(),
            MOST_LISTED,
            &format!("{} {}", self.digits.rounded(&left), found.money_unit),
        );
    }

    /// The net-value sheet: who earns, pays and keeps what; those who lose are marked.
    fn money_of_plan(&mut self, found: &PlanReport) {
        let mut table = Table::default();
        let profit = &found.revenue - &found.cost;
        let totals = [("revenue", &found.revenue), ("cost", &found.cost), ("profit", &profit)];
        let money = !found.revenue.is_zero() || !found.cost.is_zero();
        for (word, value) in totals.into_iter().filter(|_| money) {
            table.row([word.to_owned(), format!("{} {}", self.digits.exactly(value), found.money_unit)]);
        }
        if let Some(ratio) = found.revenue.checked_div(&found.cost) {
            table.row(["revenue / cost".to_owned(), self.digits.exactly(&ratio)]);
        }
        for measure in &found.measures {
            table.row([
                measure.name.clone(),
                format!("{} {}", self.digits.exactly(&measure.value), measure.unit),
            ]);
        }
        for (place, line) in table.lines(2).iter().enumerate() {
            if place == 0 {
                self.line("");
            }
            self.line(&format!("    {line}"));
        }
        self.accounts(&found.accounts, &found.money_unit, Digits::aligned_whole);
    }

    /// What the flows that are not listed cost and earn; nothing where no money is made or spent.
    pub fn money_words(&self, cost: &Rational, revenue: &Rational, unit: &str) -> String {
        if cost.is_zero() && revenue.is_zero() {
            return String::new();
        }
        format!("cost {}, revenue {} {unit}", self.digits.rounded(cost), self.digits.rounded(revenue))
    }

    /// How much money the flows that are not listed move from one participant to another.
    fn moved_words(&self, moved: &Rational, unit: &str) -> String {
        if moved.is_zero() {
            return String::new();
        }
        format!("{} {unit} change hands", self.digits.rounded(moved))
    }

    pub fn no_plan(&mut self, why: &NoPlanReport) {
        match why {
            NoPlanReport::Conflict { conditions, .. } => {
                for one in conditions.iter().take(shown(conditions.len(), MOST_LISTED)) {
                    self.line(&format!("    {}", condition_words(one, self.digits)));
                }
                self.more(conditions.len(), MOST_LISTED, "");
            }
            NoPlanReport::Endless { parts, .. }
            | NoPlanReport::Denominator { parts, .. }
            | NoPlanReport::Unlimited { parts, .. }
            | NoPlanReport::Approached { parts, .. } => self.parts("along", parts, "turns", self.money),
            NoPlanReport::Nothing { .. } | NoPlanReport::Exhausted | NoPlanReport::Stopped => {}
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
