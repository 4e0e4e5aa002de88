//! The comparison for reading, in a terminal or in a snapshot: at most 80 columns where names allow it.

use unicode_width::UnicodeWidthStr as _;

use super::words::proofs;
use super::{AnalysisComparison, ClaimComparison, Comparison, StateReport};
use crate::report::columns::{Table, wrapped};
use crate::report::text::{Paint, WIDTH};

/// The comparison as text.
#[must_use]
pub fn text(comparison: &Comparison, paint: Paint) -> String {
    let mut out = Lines { paint, comparison, text: String::new() };
    out.head();
    comparison.analyses.iter().for_each(|analysis| out.analysis(analysis));
    out.claims();
    out.text
}

/// What differs, and nothing else: analyses that do, and expectations that turned or that one state alone has.
#[must_use]
pub fn changes(comparison: &Comparison, paint: Paint) -> String {
    let mut out = Lines { paint, comparison, text: String::new() };
    comparison.analyses.iter().filter(|one| one.differs()).for_each(|analysis| out.analysis(analysis));
    out.claims();
    out.text
}

pub(super) struct Lines<'c> {
    pub paint: Paint,
    pub comparison: &'c Comparison,
    text: String,
}

impl Lines<'_> {
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// One blank line, and no more.
    pub fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Words behind a lead, broken where a line is full; what follows stands below the first word.
    pub fn words(&mut self, lead: &str, words: &[String], separator: &str) {
        let width = WIDTH.saturating_sub(lead.width());
        for (place, line) in wrapped(words, separator, width).iter().enumerate() {
            let lead = if place == 0 { lead.to_owned() } else { " ".repeat(lead.width()) };
            self.line(&format!("{lead}{line}"));
        }
    }

    pub fn sentence(&mut self, lead: &str, sentence: &str) {
        let words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
        self.words(lead, &words, " ");
    }

    fn head(&mut self) {
        let states = &self.comparison.states;
        let first = states.first().map(StateReport::file).unwrap_or_default();
        let title = self.comparison.title.as_deref().unwrap_or(&first);
        self.line(&self.paint.bold(title));
        let mut table = Table::default();
        for (place, state) in states.iter().enumerate() {
            let about = state.about(self.comparison.form, place).unwrap_or_default();
            table.row([state.name.clone(), about]);
        }
        for line in table.lines(2) {
            self.line(&format!("  {line}"));
        }
        self.line(&format!("  {}", self.comparison.summary()));
    }

    fn analysis(&mut self, analysis: &AnalysisComparison) {
        let label = analysis.label.as_ref().map_or_else(String::new, |label| format!(" \"{label}\""));
        self.line("");
        self.line(&format!("{}{label}", self.paint.bold(&format!("{} {}", analysis.kind, analysis.name))));
        let first = analysis.sides.iter().flatten().next();
        if let Some(question) = first.and_then(|side| side.question.as_ref()) {
            self.sentence("  ", question);
        }
        if analysis.differs() {
            self.values(analysis);
            self.differences(analysis);
        } else if let Some(side) = first {
            self.line(&format!("    {}, unchanged", side.words(true)));
        }
    }

    /// One line for each state: its answer, and what became of it.
    fn values(&mut self, analysis: &AnalysisComparison) {
        let exact = self.table(analysis, true);
        let fits = exact.iter().all(|line| line.width() + 4 <= WIDTH);
        let lines = if fits { exact } else { self.table(analysis, false) };
        lines.iter().for_each(|line| self.line(&format!("    {line}")));
    }

    fn table(&self, analysis: &AnalysisComparison, exact: bool) -> Vec<String> {
        let mut table = Table::default();
        let first = analysis.sides.first().and_then(Option::as_ref);
        for (place, (state, side)) in self.comparison.states.iter().zip(&analysis.sides).enumerate() {
            let answer = side.as_ref().map_or_else(|| "-".to_owned(), |side| side.words(exact));
            let difference = place.checked_sub(1).and_then(|place| analysis.differences.get(place));
            let change = difference.map_or_else(String::new, |one| {
                let words = one.words(first, side.as_ref());
                one.proof.map_or(words.clone(), |proof| format!("{words}, {}", proofs(proof)))
            });
            table.row([state.name.clone(), answer, change]);
        }
        table.lines(3)
    }

    fn claims(&mut self) {
        let (turned, own) = self.comparison.told_claims();
        if turned.is_empty() && own.is_empty() {
            return;
        }
        self.line("");
        self.line(&self.paint.bold("expectations"));
        for claim in turned {
            self.turned(claim);
        }
        for one in own {
            self.line(&format!("  of {} alone", self.comparison.states[one.state].name));
            for claim in one.failing.iter().chain(&one.holding) {
                let sign = self.sign(claim.holds[one.state] == Some(true));
                self.sentence(&format!("    {sign} "), &claim.text);
            }
            one.others().iter().for_each(|others| self.line(&format!("    {others}")));
        }
    }

    /// One that holds in one state and fails in another.
    fn turned(&mut self, claim: &ClaimComparison) {
        let mut words = Vec::new();
        for (state, holds) in self.comparison.states.iter().zip(&claim.holds) {
            let Some(holds) = holds else { continue };
            words.push(format!("{} {}", self.sign(*holds), state.name));
        }
        self.sentence("  ", &claim.text);
        self.words("    ", &words, "   ");
    }

    /// Colour has no width: signs are painted where a line is not broken by its width.
    fn sign(&self, holds: bool) -> &'static str {
        match (holds, self.paint.unicode) {
            (true, true) => "✓",
            (true, false) => "ok",
            (false, true) => "✗",
            (false, false) => "FAILED",
        }
    }
}
