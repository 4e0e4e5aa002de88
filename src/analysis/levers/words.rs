//! How it is told which figure would do.

use super::{Bearer, Lever, Levers, Reach};
use crate::check::Checked;
use crate::diagnostic::Diagnostic;
use crate::exact::{Rational, decimal};
use crate::model::{AnalysisKind, Row};
use crate::source::Span;
use crate::units::{Quantity, TURN, Unit};

/// Significant digits of percentages and of decimals beside an exact fraction.
const DIGITS: usize = 4;

/// A failed claim, with what would make it hold.
pub(in super::super) fn tell(checked: &Checked, fault: Diagnostic, levers: Option<Levers>) -> Diagnostic {
    let Some(levers) = levers else { return fault };
    let words = Words { checked };
    let fault = levers.levers.iter().fold(fault, |fault, lever| words.lever(fault, lever));
    fault.help(scope(&levers))
}

/// Of what the figures are true.
fn scope(levers: &Levers) -> String {
    let enough = if levers.levers.len() > 1 { "either alone is enough" } else { "that alone is enough" };
    let what = levers.of;
    match levers.reach {
        Reach::Sure => {
            format!("{enough}: this {what} meets the claim then, and if another is the best, it is no worse")
        }
        Reach::Against => {
            format!("{enough} for this {what}; another that breaks the claim would have to move as well")
        }
        Reach::Alone => format!("{enough} for this {what}; with other numbers another may be the best"),
    }
}

/// Whose figure it is, and where it stands: its attribute, or its row.
struct Found {
    name: String,
    row: Option<Row>,
    span: Option<Span>,
}

struct Words<'a> {
    checked: &'a Checked,
}

impl Words<'_> {
    /// Adds one figure: where it stands, and how far it would have to move.
    fn lever(&self, fault: Diagnostic, lever: &Lever) -> Diagnostic {
        let Found { name, row, span } = self.found(lever);
        let word = lever.figure.numeric.word();
        let (bound, now) = (self.bound(lever), self.money(&lever.now));
        let Some(span) = span else { return fault };
        let what = if row.is_some() { format!("{} {word} of ", article(word)) } else { String::new() };
        let text = format!("{what}{bound} would do");
        let moved = &lever.needed - &lever.now;
        let by = if moved.is_zero() {
            String::new()
        } else {
            let percent = decimal::significant(&(lever.part.abs() * &Rational::from(100)), DIGITS).text;
            let way = if moved.is_negative() { "less" } else { "more" };
            format!(", so {} ({percent}%) {way}", self.money(&moved.abs()))
        };
        let help =
            format!("`{name}`: {} {word} of {bound}; now {now}{by}{}", article(word), self.times(lever));
        let imported = self.checked.model.imported_at(row);
        let imported = imported.filter(|(span, _)| fault.labels.iter().all(|known| known.span != *span));
        fault.label(span, text).labels(imported).help(help)
    }

    fn found(&self, lever: &Lever) -> Found {
        let model = &self.checked.model;
        let (name, row, span, given) = match lever.figure.bearer {
            Bearer::Flow(id) => {
                let flow = model.flow(id);
                (flow.name.to_string(), flow.row, flow.span, flow.given)
            }
            Bearer::Participant(id) => {
                let one = model.participant(id);
                (one.name.to_owned(), one.row, one.span, one.given)
            }
        };
        let given = given.iter().find(|given| given.numeric == lever.figure.numeric);
        let span = if row.is_some() { span } else { given.map(|given| given.value.span) };
        Found { name, row, span }
    }

    /// Which values of a figure will do.
    fn bound(&self, lever: &Lever) -> String {
        let needed = self.money(&lever.needed) + &self.near(&lever.needed);
        match &lever.until {
            Some((until, _)) if *until == lever.needed => format!("exactly {needed}"),
            Some((until, included)) => {
                let far = self.money(until) + &self.near(until);
                let (near, far) = ((needed, lever.included), (far, *included));
                let (low, high) = if lever.needed < *until { (near, far) } else { (far, near) };
                let above = if low.1 { "" } else { "more than " };
                let below = if high.1 { "" } else { "less than " };
                format!("{above}{} to {below}{}", low.0, high.0)
            }
            None if lever.included && lever.grows => format!("{needed} or more"),
            None if lever.included => format!("{needed} or less"),
            None if lever.grows => format!("more than {needed}"),
            None => format!("less than {needed}"),
        }
    }

    /// How often a figure counts, where that is not once.
    fn times(&self, lever: &Lever) -> String {
        if lever.times == Rational::ONE {
            return String::new();
        }
        let checked = self.checked;
        if checked.model.analysis(lever.analysis).kind == AnalysisKind::Plan {
            let unit = checked.counted(lever.analysis, Unit::of(TURN));
            let turns = checked.units.shown(&Quantity { value: lever.times.clone(), unit });
            return format!(", at {turns}");
        }
        let times = checked.units.shown(&Quantity::bare(lever.times.clone()));
        format!(", {times} times a turn of the {}", checked.model.analysis(lever.analysis).kind.word())
    }

    /// Money as a source may say it, exactly where that is short.
    fn money(&self, value: &Rational) -> String {
        let unit = self.checked.money_unit();
        let shown = self.checked.units.shown(&Quantity { value: value.clone(), unit });
        match shown.split_once(' ') {
            Some((number, unit)) if number.contains('/') => format!("({number}) {unit}"),
            _ => shown,
        }
    }

    /// A decimal beside an exact fraction.
    fn near(&self, value: &Rational) -> String {
        let near = || format!(" (about {})", decimal::significant(value, DIGITS + 2).text);
        if self.money(value).starts_with('(') { near() } else { String::new() }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with('a') { "an" } else { "a" }
}
