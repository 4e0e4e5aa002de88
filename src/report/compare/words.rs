//! The words of a comparison, which all renderers share.

use super::changes::valued;
use super::{Change, Comparison, Difference, Form, SideReport};
use crate::exact::{Rational, decimal};
use crate::report::Status;
use crate::report::columns::{exactly, rounded};

/// Significant digits of a change in per cent.
const PERCENT_DIGITS: usize = 3;

/// `+3.33%`
pub(super) fn percent(value: &Rational) -> String {
    signed(&decimal::significant(value, PERCENT_DIGITS).text) + "%"
}

/// A number with its sign, in groups.
pub(super) fn signed(number: &str) -> String {
    let number = if number.contains('_') { number.to_owned() } else { decimal::grouped(number) };
    let nothing = number.chars().all(|c| matches!(c, '0' | '.'));
    if number.starts_with('-') || nothing { number } else { format!("+{number}") }
}

/// A unit behind its number; nothing for bare numbers.
pub(super) fn behind(unit: &str) -> String {
    if unit == "1" { String::new() } else { format!(" {unit}") }
}

impl SideReport {
    /// The value, exactly or rounded, or what there is in its place.
    pub(super) fn words(&self, exact: bool) -> String {
        let written = |value: &Rational| if exact { exactly(value) } else { rounded(value) };
        let value = self.value.as_ref().map(|value| format!("{}{}", written(value), behind(&self.unit)));
        match (self.status, value) {
            (Status::Optimal, Some(value)) => value,
            (Status::Found, Some(value)) => format!("{value}, not proved"),
            (Status::None, _) => format!("no {}", self.kind),
            (Status::Infeasible, _) => "no plan".to_owned(),
            (Status::Unbounded, _) => "without limit".to_owned(),
            (Status::Failed, _) => "nothing found".to_owned(),
            (status, Some(value)) => format!("{} {value}", status.word()),
            (status, None) => status.word().to_owned(),
        }
    }
}

impl Difference {
    /// What became of the answer, in a few words.
    pub(super) fn words(&self, before: Option<&SideReport>, after: Option<&SideReport>) -> String {
        match &self.change {
            Change::Unchanged => "unchanged".to_owned(),
            Change::Value { by, percent: part } => {
                let otherwise = if self.question.is_some() { ", asked otherwise" } else { "" };
                let by = || signed(&rounded(by)) + &behind(after.map_or("1", |side| &side.unit));
                part.as_ref().map_or_else(by, percent) + otherwise
            }
            Change::Answer => match (before, after) {
                (Some(before), Some(after)) => answers(before, after),
                _ => "another answer".to_owned(),
            },
            Change::Unit => "in another unit".to_owned(),
            Change::Kind => "another kind of analysis".to_owned(),
            Change::New => "new".to_owned(),
            Change::Gone => "gone".to_owned(),
            Change::Absent => String::new(),
        }
    }
}

fn answers(before: &SideReport, after: &SideReport) -> String {
    match (valued(before), valued(after)) {
        (true, false) => format!("no {} any more", after.kind),
        (false, true) => format!("a {} now", after.kind),
        _ => format!("was {}", before.words(false)),
    }
}

/// `proved before, not proved now`
pub(super) const fn proofs((before, _): (bool, bool)) -> &'static str {
    if before { "proved before, not proved now" } else { "not proved before, proved now" }
}

/// What a turnover is of.
pub(super) struct Caption {
    /// Before the names, where they are not those of the loop or path itself.
    pub lead: &'static str,
    /// What entering means.
    pub entered: &'static str,
    pub left: &'static str,
}

/// The captions of the flows of a loop or path, of what rides them, and of the flows on no loop.
pub(super) const CAPTIONS: [Caption; 3] = [
    Caption { lead: "", entered: "entered", left: "left" },
    Caption { lead: "riding: ", entered: "ride along", left: "ride no more" },
    Caption { lead: "on no loop: ", entered: "on no loop now", left: "on no loop before" },
];

impl Comparison {
    /// How much differs: `2 of 5 analyses differ, 1 expectation turns`.
    pub(super) fn summary(&self) -> String {
        let all = self.analyses.len();
        let differ = self.analyses.iter().filter(|one| one.differs()).count();
        let turn = self.claims.iter().filter(|one| one.turns()).count();
        let mut words = match (differ, all) {
            (_, 0) => "no analyses".to_owned(),
            (0, _) => "no analysis differs".to_owned(),
            (1, 1) => "the one analysis differs".to_owned(),
            (1, _) => format!("1 of {all} analyses differs"),
            _ => format!("{differ} of {all} analyses differ"),
        };
        match turn {
            0 => {}
            1 => words.push_str(", 1 expectation turns"),
            _ => words.push_str(&format!(", {turn} expectations turn")),
        }
        words
    }

    /// The expectations that turn, each with what it was and is in every state; then, by state, those of it alone.
    pub(super) fn told_claims(&self) -> (Vec<&super::ClaimComparison>, Vec<OwnClaims<'_>>) {
        let turned = self.claims.iter().filter(|claim| claim.turns()).collect();
        let own = (0..self.states.len()).filter_map(|state| {
            let all = self.claims.iter().filter(|claim| claim.owner() == Some(state));
            let (holding, failing): (Vec<_>, Vec<_>) =
                all.partition(|claim| claim.holds[state] == Some(true));
            // A model's own expectations are no news where nothing but its scenarios stands beside it.
            let summed = self.form == Form::Scenarios && state == 0;
            let counted = if summed { holding.len() } else { 0 };
            let holding = if summed { Vec::new() } else { holding };
            let any = counted + holding.len() + failing.len() > 0;
            any.then_some(OwnClaims { state, counted, holding, failing })
        });
        (turned, own.collect())
    }
}

/// Expectations of one state alone.
pub(super) struct OwnClaims<'c> {
    pub state: usize,
    /// How many hold that are not listed.
    pub counted: usize,
    pub holding: Vec<&'c super::ClaimComparison>,
    pub failing: Vec<&'c super::ClaimComparison>,
}

impl OwnClaims<'_> {
    /// How many hold without being listed.
    pub(super) fn others(&self) -> Option<String> {
        match (self.counted, self.failing.is_empty()) {
            (0, _) => None,
            (1, true) => Some("its 1 expectation holds".to_owned()),
            (counted, true) => Some(format!("all of its {counted} expectations hold")),
            (1, false) => Some("1 other holds".to_owned()),
            (counted, false) => Some(format!("{counted} others hold")),
        }
    }
}
