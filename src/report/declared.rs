//! What a model says, one line for each declaration, every value computed: so that two versions can be told apart by
//! what changed in them, and not by how they are written.

use super::build::of_lines;
use crate::check::{Bound, Checked, Terms};
use crate::exact::Rational;
use crate::model::{FlowId, Model, ParticipantId, Value, ValueKind};
use crate::source::{Sources, Span};
use crate::units::{Quantity, Unit};

/// One line for each declaration, in declaration order: params, participants, flows, tables, analyses. Rows of tables
/// are told by the digest of their table.
#[must_use]
pub fn declared(checked: &Checked, sources: &Sources) -> Vec<String> {
    let teller = Teller { checked, sources };
    let model = &checked.model;
    let mut lines: Vec<String> =
        model.values.iter().zip(0..).filter_map(|(value, at)| teller.param(value, at)).collect();
    let in_source = |id: &ParticipantId| !teller.in_table(model.participant(*id).item);
    lines.extend(model.participant_ids().filter(in_source).map(|id| teller.participant(id)));
    lines.extend(model.flow_ids().filter(|id| model.flow(*id).row.is_none()).map(|id| teller.flow(id)));
    lines.extend(teller.tables());
    lines.extend(model.analyses.iter().map(|analysis| teller.folded(analysis.item)));
    lines
}

struct Teller<'a> {
    checked: &'a Checked,
    sources: &'a Sources,
}

impl Teller<'_> {
    const fn model(&self) -> &Model {
        &self.checked.model
    }

    /// Whether a declaration is an import.
    fn in_table(&self, item: Span) -> bool {
        self.model().imports.iter().any(|import| import.item == item)
    }

    fn shown(&self, value: &Rational, unit: Unit) -> String {
        self.checked.units.shown(&Quantity { value: value.clone(), unit })
    }

    fn money(&self, value: &Rational) -> String {
        self.shown(value, self.checked.money_unit())
    }

    fn param(&self, value: &Value, at: usize) -> Option<String> {
        let ValueKind::Param(param) = &value.kind else { return None };
        let worth = self.checked.values.get(at)?.as_ref().filter(|_| param.row.is_none())?;
        Some(format!("param {} = {}", value.declared.name, self.checked.units.shown(worth)))
    }

    fn participant(&self, id: ParticipantId) -> String {
        let one = self.model().participant(id);
        let mut line = format!("participant {}: {}", one.name, self.model().roles[one.role.index()].name);
        if let Some(company) = one.company {
            line.push_str(&format!(" of {}", self.model().participant(company).name));
        }
        self.terms(self.checked.participant(id), &mut line);
        line
    }

    fn flow(&self, id: FlowId) -> String {
        let (flow, model) = (self.model().flow(id), self.model());
        let name = |id: ParticipantId| model.participant(id).name;
        let mut line = format!(
            "{} flow {}: {} -> {}",
            model.medium(flow.medium),
            flow.name,
            name(flow.tail),
            name(flow.head)
        );
        let mut put = |word: &str, text: &str| line.extend([word, text]);
        for (place, stop) in flow.via.iter().enumerate() {
            put(if place == 0 { " via " } else { ", " }, name(*stop));
        }
        let (terms, rare) = (self.checked.flow(id), self.checked.rare(id));
        if let Some(amount) = &terms.amount {
            put(", amount ", &self.checked.units.shown(amount));
        }
        for (word, share) in
            [(", yield ", &rare.arrives), (", share ", &rare.share), (", delivers ", &rare.delivers)]
        {
            share.iter().for_each(|share| put(word, &self.shown(share, Unit::none())));
        }
        if let Some(rest) = flow.rest.and_then(|rest| rest.otherwise) {
            put(" else ", name(rest));
        }
        if let Some(rides) = flow.rides {
            put(", rides ", &model.flow(rides.flow).name.to_string());
            rare.factor.iter().for_each(|factor| put(" * ", &self.shown(factor, Unit::none())));
        }
        for (word, party) in [(", payer ", flow.payer), (", earner ", flow.earner)] {
            party.iter().for_each(|party| put(word, name(*party)));
        }
        for (place, tag) in flow.tags.iter().enumerate() {
            put(if place == 0 { ", tags " } else { " " }, &model.tags[tag.index()].name);
        }
        rare.fixed.iter().for_each(|(fixed, by_time)| {
            put(", fixed ", &self.money(fixed));
            put(if *by_time { " a day" } else { "" }, "");
        });
        put(if flow.integral.is_some() { ", integral" } else { "" }, "");
        self.terms(&terms.own, &mut line);
        line
    }

    fn terms(&self, terms: &Terms, line: &mut String) {
        let mut put = |word: &str, text: String| line.extend([", ", word, " ", text.as_str()]);
        if !terms.cost.is_zero() {
            put("cost", self.money(&terms.cost));
        }
        if !terms.revenue.is_zero() {
            put("revenue", self.money(&terms.revenue));
        }
        for (id, value) in &terms.measures {
            put(self.model().measure_name(*id), self.shown(value, self.checked.measures[id.index()].clone()));
        }
        for Bound { numeric, stated, unit, .. } in &terms.bounds {
            put(
                numeric.word(),
                stated
                    .as_ref()
                    .map_or_else(|| "unlimited".to_owned(), |stated| self.shown(stated, unit.clone())),
            );
        }
    }

    fn tables(&self) -> impl Iterator<Item = String> {
        self.model().imports.iter().map(|import| {
            let digest = of_lines(self.sources.file(import.file));
            format!("{} // sha256 {digest}", self.folded(import.item))
        })
    }

    /// A declaration as it is written, without comments, white space folded.
    fn folded(&self, item: Span) -> String {
        let text = self.sources.text(item);
        let code = text.lines().map(|line| without_comment(line).trim());
        let words: Vec<&str> = code.flat_map(str::split_whitespace).collect();
        words.join(" ")
    }
}

/// A line up to its comment: slashes in quotes begin none.
fn without_comment(line: &str) -> &str {
    let (mut quote, mut before) = (None, ' ');
    for (at, letter) in line.char_indices() {
        match quote {
            Some(open) if letter == open && before != '\\' => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None if letter == '/' && before == '/' => return &line[..at - 1],
            _ => {}
        }
        before = letter;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::without_comment;

    #[test]
    fn comments_are_cut_off_and_quotes_are_not() {
        for (line, code) in [
            ("top: 3 // three", "top: 3 "),
            ("loop l \"a // b\" { } // c", "loop l \"a // b\" { } "),
            ("through: 'a//b'", "through: 'a//b'"),
            ("\"a\\\" // b\" //", "\"a\\\" // b\" "),
            ("a / b", "a / b"),
        ] {
            assert_eq!(without_comment(line), code);
        }
    }
}
