//! How text shows what is behind a change: flows that came and went, volumes, who gains and who loses.

use super::text::Lines;
use super::words::{CAPTIONS, Caption, signed};
use super::{AnalysisComparison, Difference, Moved, Moves, Turnover};
use crate::exact::Rational;
use crate::report::columns::{Table, aligned_whole};
use crate::report::listed::{MOST_LISTED, first_names, shown};

/// How many volumes are listed; JSON has them all.
const VOLUMES_SHOWN: usize = 10;

/// How many participants are listed; JSON has them all.
const PROFITS_SHOWN: usize = 20;

impl Lines<'_> {
    /// What differs in each state, by its name where there are several.
    pub(super) fn differences(&mut self, analysis: &AnalysisComparison) {
        let several = self.comparison.states.len() > 2;
        for (place, difference) in analysis.differences.iter().enumerate() {
            let conflict = analysis.sides[place + 1].as_ref().map_or(&[][..], |side| &side.conflict);
            let plain = Difference { proof: None, change: super::Change::Unchanged, ..difference.clone() };
            if conflict.is_empty() && !plain.differs() {
                continue;
            }
            self.blank();
            let name = self.comparison.states[place + 1].name.clone();
            if several {
                self.line(&format!("  {}", self.paint.bold(&name)));
            }
            self.difference(difference, &name);
            if !conflict.is_empty() {
                self.line("    these conditions conflict");
                conflict.iter().for_each(|one| self.sentence("      ", one));
            }
        }
    }

    fn difference(&mut self, difference: &Difference, name: &str) {
        if let Some((before, after)) = &difference.question {
            self.sentence("    asked before: ", before);
            self.sentence("    asked now:    ", after);
        }
        let turnovers = [&difference.flows, &difference.riders, &difference.open];
        for (turnover, caption) in turnovers.into_iter().zip(&CAPTIONS) {
            self.turnover(turnover, caption);
        }
        self.volumes(&difference.volumes, name);
        self.profits(&difference.profits, name);
    }

    /// `+ card_checkout   − checkout`
    fn turnover(&mut self, turnover: &Turnover, caption: &Caption) {
        let minus = if self.paint.unicode { "−" } else { "-" };
        let listed = |sign: &str, names: &[String]| {
            let names = first_names(names.iter(), MOST_LISTED).into_iter();
            names.map(|name| format!("{sign} {name}")).collect::<Vec<_>>()
        };
        let mut words = listed(minus, &turnover.left);
        words.extend(listed("+", &turnover.entered));
        self.words(&format!("    {}", caption.lead), &words, "   ");
    }

    fn volumes(&mut self, volumes: &Moves, name: &str) {
        let moved = &volumes.moved[..shown(volumes.moved.len(), VOLUMES_SHOWN)];
        self.moves((&volumes.unit, moved), name, |_| "");
        self.more(volumes.moved.len() - moved.len(), "flow");
    }

    fn profits(&mut self, profits: &Moves, name: &str) {
        let moved = &profits.moved[..shown(profits.moved.len(), PROFITS_SHOWN)];
        let word = |by: &Rational| if by.is_negative() { "loses" } else { "gains" };
        self.moves((&profits.unit, moved), name, word);
        self.more(profits.moved.len() - moved.len(), "participant");
    }

    fn moves(&mut self, (unit, moved): (&str, &[Moved]), name: &str, word: fn(&Rational) -> &'static str) {
        if moved.is_empty() {
            return;
        }
        let before: Vec<&Rational> = moved.iter().map(|one| &one.before).collect();
        let after: Vec<&Rational> = moved.iter().map(|one| &one.after).collect();
        let by: Vec<Rational> = moved.iter().map(Moved::by).collect();
        let changes = aligned_whole(&by.iter().collect::<Vec<_>>()).into_iter().map(|by| signed(&by));
        let mut table = Table::default();
        let first = self.comparison.states.first().map_or("", |state| state.name.as_str());
        table.row([unit, first, name, "change", ""].map(str::to_owned));
        let columns = aligned_whole(&before).into_iter().zip(aligned_whole(&after)).zip(changes);
        for ((one, change), ((before, after), by)) in moved.iter().zip(&by).zip(columns) {
            table.row([one.name.clone(), before, after, by, word(change).to_owned()]);
        }
        self.blank();
        for (place, line) in table.lines(1).iter().enumerate() {
            let line = format!("    {line}");
            self.line(&if place == 0 { self.paint.dim(&line) } else { line });
        }
    }

    fn more(&mut self, count: usize, word: &str) {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            let line = format!("    and {count} more {word}{plural} (all with --format json)");
            self.line(&self.paint.dim(&line));
        }
    }
}
