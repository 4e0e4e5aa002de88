//! The comparison as Markdown, for pull requests: a table of all answers, then what is behind each change.

use super::words::{CAPTIONS, proofs, signed};
use super::{AnalysisComparison, Comparison, Difference, Moves, StateReport};
use crate::exact::Rational;
use crate::report::columns::rounded;
use crate::report::listed::{MOST_LISTED, first_names, shown};

/// How many rows a table of volumes or participants has; JSON has them all.
const ROWS_SHOWN: usize = 20;

/// The comparison as Markdown.
#[must_use]
pub fn markdown(comparison: &Comparison) -> String {
    let mut out = Page { comparison, text: String::new() };
    out.head();
    out.answers();
    comparison.analyses.iter().for_each(|analysis| out.analysis(analysis));
    out.claims();
    out.text
}

struct Page<'c> {
    comparison: &'c Comparison,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// One blank line, and no more.
    fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().collect();
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    fn head(&mut self) {
        let states = &self.comparison.states;
        let first = states.first().map(StateReport::file).unwrap_or_default();
        let title = self.comparison.title.as_deref().unwrap_or(&first);
        self.line(&format!("## {}\n", escaped(title)));
        for (place, state) in states.iter().enumerate() {
            let about = match (&state.label, state.about(self.comparison.form, place)) {
                (Some(label), _) => format!(": {}", escaped(label)),
                (None, Some(source)) => format!(": {}", code(&source)),
                (None, None) => String::new(),
            };
            self.line(&format!("- **{}**{about}", escaped(&state.name)));
        }
        self.line(&format!("\n{}.", self.comparison.summary()));
    }

    /// A row for each analysis and each state that is held against the first.
    fn answers(&mut self) {
        if self.comparison.analyses.is_empty() {
            return;
        }
        let states = self.comparison.states.iter();
        let mut heading = vec!["analysis".to_owned()];
        let mut rule = vec!["---".to_owned()];
        for (place, state) in states.enumerate() {
            heading.push(escaped(&state.name));
            rule.push("---:".to_owned());
            if place > 0 {
                heading.push("change".to_owned());
                rule.push("---:".to_owned());
            }
        }
        self.line("");
        self.row(heading);
        self.row(rule);
        for analysis in &self.comparison.analyses {
            let mut cells = vec![format!("{} {}", analysis.kind, code(&analysis.name))];
            let first = analysis.sides.first().and_then(Option::as_ref);
            for (place, side) in analysis.sides.iter().enumerate() {
                cells.push(side.as_ref().map_or_else(|| "–".to_owned(), |side| escaped(&side.words(false))));
                let difference = place.checked_sub(1).and_then(|place| analysis.differences.get(place));
                cells.extend(difference.map(|one| {
                    let words = escaped(&one.words(first, side.as_ref()));
                    one.proof.map_or(words.clone(), |proof| format!("{words}, {}", proofs(proof)))
                }));
            }
            self.row(cells);
        }
    }

    /// What is behind the changes of an analysis.
    fn analysis(&mut self, analysis: &AnalysisComparison) {
        for (place, difference) in analysis.differences.iter().enumerate() {
            let plain = Difference { proof: None, change: super::Change::Unchanged, ..difference.clone() };
            let conflict = analysis.sides[place + 1].as_ref().map_or(&[][..], |side| &side.conflict);
            if !plain.differs() && conflict.is_empty() {
                continue;
            }
            let name = &self.comparison.states[place + 1].name;
            self.line(&format!("\n### {} {}, {}\n", analysis.kind, code(&analysis.name), escaped(name)));
            self.difference(difference);
            for one in conflict {
                self.line(&format!("- in conflict: {}", code(one)));
            }
            self.moves(&difference.volumes, name, None);
            self.moves(&difference.profits, name, Some(gains));
        }
    }

    fn difference(&mut self, difference: &Difference) {
        if let Some((before, after)) = &difference.question {
            self.line(&format!("- asked before: {}, now: {}", code(before), code(after)));
        }
        let turnovers = [&difference.flows, &difference.riders, &difference.open];
        for (turnover, caption) in turnovers.into_iter().zip(&CAPTIONS) {
            for (names, word) in [(&turnover.left, caption.left), (&turnover.entered, caption.entered)] {
                let names: Vec<String> =
                    first_names(names.iter(), MOST_LISTED).iter().map(|name| code(name)).collect();
                if !names.is_empty() {
                    self.line(&format!("- {word}: {}", names.join(", ")));
                }
            }
        }
    }

    fn moves(&mut self, moves: &Moves, name: &str, word: Option<fn(&Rational) -> &'static str>) {
        if moves.moved.is_empty() {
            return;
        }
        let first = self.comparison.states.first().map_or("", |state| state.name.as_str());
        let cells = [moves.unit.as_str(), first, name, "change"].map(escaped);
        self.blank();
        self.row(cells.into_iter().chain(word.map(|_| String::new())));
        self.row(
            ["---", "---:", "---:", "---:"]
                .map(str::to_owned)
                .into_iter()
                .chain(word.map(|_| "---".to_owned())),
        );
        let shown = shown(moves.moved.len(), ROWS_SHOWN);
        for one in &moves.moved[..shown] {
            let by = one.by();
            let numbers = [rounded(&one.before), rounded(&one.after), signed(&rounded(&by))];
            let numbers = numbers.map(|number| escaped(&number));
            let cells = std::iter::once(code(&one.name)).chain(numbers);
            self.row(cells.chain(word.map(|word| word(&by).to_owned())));
        }
        if moves.moved.len() > shown {
            self.line(&format!("\nand {} more", moves.moved.len() - shown));
        }
    }

    fn claims(&mut self) {
        let (turned, own) = self.comparison.told_claims();
        if turned.is_empty() && own.is_empty() {
            return;
        }
        self.line("\n### Expectations\n");
        let word = |holds: bool| if holds { "holds" } else { "**fails**" };
        for claim in turned {
            let states = self.comparison.states.iter().zip(&claim.holds);
            let states: Vec<String> = states
                .filter_map(|(state, holds)| Some(format!("{} in {}", word((*holds)?), escaped(&state.name))))
                .collect();
            self.line(&format!("- {}: {}", code(&claim.text), states.join(", ")));
        }
        for one in own {
            let state = escaped(&self.comparison.states[one.state].name);
            for claim in one.failing.iter().chain(&one.holding) {
                let holds = claim.holds[one.state] == Some(true);
                self.line(&format!("- {}: of {state} alone, {}", code(&claim.text), word(holds)));
            }
            one.others().iter().for_each(|others| self.line(&format!("- of {state} alone: {others}")));
        }
    }
}

fn gains(by: &Rational) -> &'static str {
    if by.is_negative() { "loses" } else { "gains" }
}

/// A text that means nothing but itself, in a cell as well.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let word = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
        match letter {
            // Inside a word it marks nothing.
            '_' if word(out.chars().next_back()) && word(letters.peek().copied()) => out.push('_'),
            '\n' | '\r' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // A person or team who is named so would be told of it.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}

/// A text as code, where it can stand as such in a cell.
fn code(text: &str) -> String {
    let plain = !text.is_empty() && !text.contains(['`', '|', '\\', '\n', '\r']);
    if plain { format!("`{text}`") } else { escaped(text) }
}

#[cfg(test)]
mod tests {
    use super::{code, escaped};

    #[test]
    fn nothing_that_a_model_says_is_markup() {
        assert_eq!(escaped("a|b <i> *c* @d\n`e`"), "a\\|b &lt;i> \\*c\\* &#64;d `e`".replace('`', "\\`"));
        assert_eq!(escaped("74_400_000 _x_ a__b"), "74_400_000 \\_x\\_ a\\_\\_b");
        assert_eq!(code("card_checkout"), "`card_checkout`");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(code("a`b"), "a\\`b");
    }
}
