//! The report for reading, in a terminal or in a snapshot: at most 80 columns where names allow it.

use super::columns::{Digits, Table, wrapped};
use super::listed::{MOST_LISTED, first_names, greatest_in_order, shown};
use super::{AnalysisReport, Body, ClosureReport, NoPlanReport, Report, Status};
use crate::analysis::Decided;

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    pub unicode: bool,
    pub color: bool,
}

impl Paint {
    pub(super) fn styled(self, text: &str, code: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A heading.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.styled(text, "1")
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.styled(text, "2")
    }

    pub(super) fn verdict(self, text: &str, good: bool) -> String {
        self.styled(text, if good { "1;32" } else { "1;31" })
    }

    pub(super) const fn arrow(self) -> &'static str {
        if self.unicode { "→" } else { "->" }
    }

    pub(super) const fn sum(self) -> &'static str {
        if self.unicode { "Σ " } else { "sum " }
    }
}

pub(super) const WIDTH: usize = 80;

/// The report as text.
#[must_use]
pub fn text(report: &Report, paint: Paint) -> String {
    text_in(report, (paint, Digits::default()))
}

/// The same, with rounded numbers of so many digits.
#[must_use]
pub fn text_in(report: &Report, (paint, digits): (Paint, Digits)) -> String {
    let mut out = Writer { paint, digits, money: &report.money, text: String::new() };
    out.head(report);
    for analysis in &report.analyses {
        out.analysis(analysis);
    }
    out.claims(&report.claims);
    out.text
}

pub(super) struct Writer<'a> {
    pub paint: Paint,
    pub digits: Digits,
    pub money: &'a str,
    text: String,
}

impl Writer<'_> {
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn head(&mut self, report: &Report) {
        let main = report.files.first().map_or("", |file| file.path.as_str());
        let title = report.title.as_deref().unwrap_or(main);
        self.line(&self.paint.bold(title));
        let settings: Vec<String> =
            report.asked.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let with =
            if settings.is_empty() { String::new() } else { format!(", with {}", settings.join(", ")) };
        let (participants, flows) =
            (counted(report.participants, "participant"), counted(report.flows, "flow"));
        self.line(&format!("{main}: {participants}, {flows}{with}"));
        if let Some((name, label)) = &report.asked.scenario {
            let label = label.as_ref().map_or_else(String::new, |label| format!(" \"{label}\""));
            self.line(&format!("{}{label}", self.paint.bold(&format!("scenario {name}"))));
        }
    }

    fn analysis(&mut self, analysis: &AnalysisReport) {
        let label = analysis.label.as_ref().map_or_else(String::new, |label| format!(" \"{label}\""));
        self.line("");
        self.line(&format!("{}{label}", self.paint.bold(&format!("{} {}", analysis.kind, analysis.name))));
        if let Some(objective) = &analysis.objective {
            let unit = if objective.unit == "1" { String::new() } else { format!(" {}", objective.unit) };
            let value = objective
                .value
                .as_ref()
                .map_or_else(String::new, |value| format!(" = {}{unit}", self.digits.exactly(value)));
            let whose = analysis.whose.as_ref().map_or_else(String::new, |whose| format!(" for {whose}"));
            self.line(&format!("  {} {}{whose}{}", objective.sense, objective.text, self.paint.bold(&value)));
        }
        self.verdict(analysis);
        match &analysis.body {
            Body::Loops(found) => self.loops(found),
            Body::Path(found) => self.path(found),
            Body::Closure(found) => self.closure(found),
            Body::Restricted(found) => self.restricted(found),
            Body::Plan(found) => {
                let objective = analysis.objective.as_ref();
                let unit = objective.map_or("1", |objective| objective.unit.as_str());
                let text = objective.map_or("the objective", |objective| objective.text.as_str());
                self.plan(found, (text, unit));
            }
            Body::NoPlan(why) => self.no_plan(why),
            Body::Culprit { flows, unit } => {
                let weight = |place: usize| flows[place].1.abs();
                for (flow, value) in
                    greatest_in_order(flows.len(), MOST_LISTED, weight).into_iter().map(|place| &flows[place])
                {
                    self.line(&format!("    {flow}: {} {unit}", self.digits.exactly(value)));
                }
                self.more(flows.len(), MOST_LISTED, "");
            }
            Body::Unmet(found) => self.unmet(found),
            Body::Acyclic { .. } | Body::Unreachable { .. } | Body::Nothing => {}
        }
    }

    fn verdict(&mut self, analysis: &AnalysisReport) {
        let scope = format!(
            "{} among {}",
            counted(analysis.flows, "flow"),
            counted(analysis.participants, "participant")
        );
        let (word, rest) = match (&analysis.body, analysis.status) {
            (Body::Loops(_), _) => ("proved optimal", format!(" among all loops of {scope}")),
            (Body::Restricted(found), _) => found.verdict(&scope),
            (Body::Unmet(found), _) => found.verdict(&scope),
            (Body::Path(_), _) => ("proved optimal", format!(" among all paths of {scope}")),
            (Body::Acyclic { .. }, _) => ("no loop", format!(": proved, nothing closes in {scope}")),
            (Body::Unreachable { .. }, _) => ("no path", format!(": proved, nothing leads there in {scope}")),
            (Body::Closure(found), Status::Closed) => {
                let connected =
                    if found.connected { "and connected" } else { "in parts that are not connected" };
                ("closed", format!(" {connected}: every one of {scope} is on a loop"))
            }
            (Body::Closure(found), _) => ("open", open_flows(found, &scope)),
            (Body::Plan(found), _) => found.verdict(&scope),
            (Body::NoPlan(why), status) => no_plan(why, status, self.digits),
            (Body::Culprit { .. }, _) => ("refused", ", because of this loop".to_owned()),
            (Body::Nothing, _) => ("refused", ": see the errors".to_owned()),
        };
        let good = matches!(analysis.status, Status::Optimal | Status::Closed);
        self.line(&format!("  {}{rest}", self.paint.verdict(word, good)));
        if let Body::Plan(found) = &analysis.body {
            self.line(&format!("  {}", found.others(self.digits)));
        }
    }

    fn closure(&mut self, found: &ClosureReport) {
        let mut table = Table::default();
        for open in found.open.iter().take(shown(found.open.len(), MOST_LISTED)) {
            let flow = if open.rest { format!("the rest of {}", open.flow) } else { open.flow.clone() };
            let why = format!("nothing leads on from {}, nothing leads to {}", open.stuck_at, open.begun_at);
            table.row([flow, why]);
        }
        for line in table.lines(2) {
            self.line(&format!("    {line}"));
        }
        self.more(found.open.len(), MOST_LISTED, "");
        if !found.mends.is_empty() {
            self.line("");
            self.line(&format!("  the fewest flows that close it ({}):", found.mends.len()));
            for mend in found.mends.iter().take(shown(found.mends.len(), MOST_LISTED)) {
                self.line(&format!("    {}", mend.source));
            }
            self.more(found.mends.len(), MOST_LISTED, "");
        }
        let parts: Vec<&(Vec<String>, bool)> = found.pieces.iter().collect();
        if parts.len() > 1 {
            self.line("");
            self.line(&format!("  {} parts that nothing connects:", parts.len()));
            for (names, closed) in parts.iter().take(shown(parts.len(), MOST_LISTED)) {
                let word = if *closed { "closed" } else { "open" };
                self.names(names, ", ", &format!("    {word}: "));
            }
            self.more(parts.len(), MOST_LISTED, "");
        }
    }

    /// A list of names, the first line behind a lead, the others below it.
    pub fn names(&mut self, names: &[String], separator: &str, lead: &str) {
        let names = first_names(names.iter(), MOST_LISTED);
        for (place, line) in wrapped(&names, separator, WIDTH - lead.len()).iter().enumerate() {
            let lead = if place == 0 { lead.to_owned() } else { " ".repeat(lead.len()) };
            self.line(&format!("{lead}{line}"));
        }
    }

    fn claims(&mut self, claims: &[Decided]) {
        if claims.is_empty() {
            return;
        }
        self.line("");
        self.line(&self.paint.bold("expectations"));
        for claim in claims {
            let holds = claim.holds == Some(true);
            let sign = match (holds, self.paint.unicode) {
                (true, true) => "✓",
                (true, false) => "ok",
                (false, true) => "✗",
                (false, false) => "FAILED",
            };
            self.line(&format!("  {} {}", self.paint.verdict(sign, holds), claim.text));
            if !holds {
                claim.actual.iter().for_each(|actual| self.line(&format!("      {actual}")));
            }
        }
    }
}

/// `1 flow`, `2 flows`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn no_plan(why: &NoPlanReport, status: Status, digits: Digits) -> (&'static str, String) {
    match why {
        NoPlanReport::Conflict { others, .. } => {
            let more = if *others { ", and others do too" } else { "" };
            ("infeasible", format!(": proved, these conditions conflict{more}"))
        }
        NoPlanReport::Endless { .. } => ("unbounded", ": proved, nothing limits this".to_owned()),
        NoPlanReport::Denominator { .. } => {
            ("refused", ", because of a plan without a positive denominator".to_owned())
        }
        NoPlanReport::Unlimited { .. } => {
            ("refused", ", because a ratio of whole turns needs a limit".to_owned())
        }
        NoPlanReport::Nothing { .. } => {
            ("refused", ": proved, the denominator of every plan is 0".to_owned())
        }
        NoPlanReport::Approached { ratio, .. } => (
            "approached",
            format!(": proved, ever larger plans come near {} and none reaches it", digits.exactly(ratio)),
        ),
        NoPlanReport::Exhausted => (status.word(), ": the limit of pivots was reached".to_owned()),
        NoPlanReport::Stopped => (status.word(), ": stopped before a plan was found".to_owned()),
    }
}

/// How many flows are on no loop, and how many rests of yields.
fn open_flows(found: &ClosureReport, scope: &str) -> String {
    let rests = found.open.iter().filter(|open| open.rest).count();
    match (found.open.len() - rests, rests) {
        (flows, 0) => format!(": {flows} of {scope} on no loop"),
        (flows, rests) => format!(
            ": {flows} of {scope} on no loop, and {}",
            if rests == 1 { "the rest of a yield".to_owned() } else { format!("{rests} rests of yields") }
        ),
    }
}
