//! What is known of a symbol, as Markdown: how it is declared, what it says of itself, its numbers, and what solving
//! found of it.

use super::found::Found;
use super::index::Occurrence;
use super::rename;
use super::view::View;
use crate::check::Checked;
use crate::exact::{Rational, decimal};
use crate::model::{FlowId, ParticipantId, Symbol, ValueId, ValueKind};
use crate::report::{AnalysisReport, Body, Digits, WalkReport};
use crate::source::Span;
use crate::units::{Quantity, Unit};

/// More lines of a declaration than this are cut.
const MOST_LINES: usize = 12;

/// Of more findings than this the others are left out.
const MOST_FINDINGS: usize = 6;

pub(super) fn symbol(view: &View<'_>, one: &Occurrence) -> String {
    let state = &view.model.opened.states[one.state];
    let told = Told { view, checked: &state.checked, state: one.state };
    let mut parts = vec![match one.declared {
        Some(declared) => told.declaration(declared),
        None => format!(
            "`{}` · {} of the language",
            super::navigation::name(view, one.span),
            match one.symbol {
                Symbol::Value(_) => "a unit",
                other => rename::word(other),
            }
        ),
    }];
    match one.symbol {
        Symbol::Value(id) => told.value(id, &mut parts),
        Symbol::Participant(id) => told.participant(id, &mut parts),
        Symbol::Flow(id) => told.flow(id, &mut parts),
        Symbol::Chain(id) => {
            let hops = state.checked.model.chains.get(id.index()).map_or(&[][..], |chain| &chain.hops);
            if let Some(doc) = hops.first().and_then(|hop| state.checked.model.flow(*hop).doc) {
                parts.push(doc.to_owned());
            }
            hops.iter().for_each(|hop| parts.push(told.hop(*hop)));
        }
        Symbol::Analysis(id) => parts.extend(told.analysis(&state.checked.model.analysis(id).declared.name)),
        Symbol::Scenario(_) | Symbol::Medium(_) | Symbol::Role(_) | Symbol::Tag(_) => {}
    }
    let places = super::navigation::all(view, one).len().saturating_sub(1);
    if one.declared.is_some() && places > 0 {
        parts.push(format!("used in {places} place{}", if places == 1 { "" } else { "s" }));
    }
    parts.join("\n\n")
}

/// A number as people read it: exactly, and as a decimal where that is another thing.
pub(super) fn number(value: &Rational, digits: Digits) -> String {
    match decimal::finite(value, 6) {
        Some(text) => decimal::grouped(&text),
        None => {
            let exact = value.to_string();
            let about = digits.rounded(value);
            if exact.len() <= 24 { format!("{exact} ≈ {about}") } else { format!("≈ {about}") }
        }
    }
}

struct Told<'a> {
    view: &'a View<'a>,
    checked: &'a Checked,
    state: usize,
}

impl Told<'_> {
    /// The declaration around a name, as it is written; of a row, its line.
    fn declaration(&self, name: Span) -> String {
        let tree = self.view.model.opened.tree(name.file);
        let found = tree.and_then(|tree| super::tree::around(tree, name.start as usize));
        let written = match found {
            Some(found) => self.view.said(found.item.span),
            None => self.view.said(name),
        };
        let lines: Vec<&str> = written.lines().collect();
        let mut shown = lines.iter().take(MOST_LINES).copied().collect::<Vec<_>>().join("\n");
        if lines.len() > MOST_LINES {
            shown.push_str("\n…");
        }
        let language = if found.is_some() { "loop" } else { "text" };
        format!("```{language}\n{}\n```", shown.replace("```", "'''"))
    }

    fn quantity(&self, value: &Rational, unit: Unit) -> String {
        self.checked.units.shown(&Quantity { value: value.clone(), unit })
    }

    fn money(&self, value: &Rational) -> String {
        self.quantity(value, self.checked.money_unit())
    }

    fn value(&self, id: ValueId, parts: &mut Vec<String>) {
        let value = self.checked.model.value(id);
        if let Some(quantity) = self.checked.value(id) {
            let shown = self.checked.units.shown(quantity);
            match &value.kind {
                ValueKind::Param(_) => parts.push(format!("= **{shown}**")),
                ValueKind::Currency { worth: Some(_) } | ValueKind::DerivedUnit { .. } => {
                    parts.push(format!("1 {} = **{shown}**", value.declared.name));
                }
                _ => {}
            }
        }
        if let ValueKind::Param(param) = &value.kind {
            if param.distribution.is_some() {
                parts.push("varies; its distribution is checked and not used yet".to_owned());
            }
            if let Some((setting, _)) = self.checked.model.imported_at(param.row) {
                parts.push(format!("from {}", self.view.said(setting)));
            }
        }
    }

    fn participant(&self, id: ParticipantId, parts: &mut Vec<String>) {
        let one = self.checked.model.participant(id);
        parts.extend(one.doc.map(str::to_owned));
        let terms = self.checked.participant(id);
        let mut own = Vec::new();
        if !terms.cost.is_zero() {
            own.push(format!("cost {}", self.money(&terms.cost)));
        }
        if !terms.revenue.is_zero() {
            own.push(format!("revenue {}", self.money(&terms.revenue)));
        }
        if !own.is_empty() {
            parts.push(format!("on each turn through it: {}", own.join(", ")));
        }
        let found = self.found(&|walk| walk.stops.iter().any(|stop| stop == one.name).then(String::new));
        parts.extend(self.list(found));
    }

    fn flow(&self, id: FlowId, parts: &mut Vec<String>) {
        let flow = self.checked.model.flow(id);
        parts.extend(flow.doc.map(str::to_owned));
        parts.push(self.hop(id));
        let name = flow.name.to_string();
        let mut found = self.found(&|walk| {
            let hop = walk
                .hops
                .iter()
                .find(|hop| hop.flow == name || hop.riders.iter().any(|one| one.flow == name))?;
            let (cost, revenue) = (self.money(&hop.cost), self.money(&hop.revenue));
            Some(format!(": cost {cost}, revenue {revenue} there"))
        });
        let digits = self.view.model.digits;
        found.extend(self.reports().filter_map(|report| gap(report, &name, digits)));
        found.extend(self.reports().filter_map(|report| volume(report, &name, digits)));
        parts.extend(self.list(found));
    }

    /// What a flow costs and earns by itself, and their ratio: of what it has.
    fn hop(&self, id: FlowId) -> String {
        let (flow, terms) = (self.checked.model.flow(id), self.checked.flow(id));
        let name = |id: ParticipantId| self.checked.model.participant(id).name;
        let mut facts = vec![format!("{} → {}", name(flow.tail), name(flow.head))];
        let (cost, revenue) = (&terms.own.cost, &terms.own.revenue);
        if !cost.is_zero() {
            facts.push(format!("cost {}", self.money(cost)));
        }
        if !revenue.is_zero() {
            facts.push(format!("revenue {}", self.money(revenue)));
        }
        if let Some(ratio) = revenue.checked_div(cost).filter(|ratio| !ratio.is_zero()) {
            facts.push(format!("ratio {}", number(&ratio, self.view.model.digits)));
        }
        if let Some(amount) = &terms.amount {
            facts.push(format!("amount {}", self.checked.units.shown(amount)));
        }
        match flow.chain {
            Some(_) => format!("`{}`: {}", flow.name, facts.join(" · ")),
            None => facts.join(" · "),
        }
    }

    fn reports(&self) -> impl Iterator<Item = &AnalysisReport> {
        self.view.model.found(self.state).into_iter().flat_map(Found::analyses)
    }

    /// Findings, one below the other, and of when they are.
    fn list(&self, mut found: Vec<String>) -> Option<String> {
        if found.len() > MOST_FINDINGS {
            let others = found.len() - MOST_FINDINGS;
            found.truncate(MOST_FINDINGS);
            found.push(format!("… and {others} more"));
        }
        let when = self.view.model.found(self.state)?.age.words();
        let lines = found.iter().map(|one| format!("- {one}")).collect::<Vec<_>>().join("\n");
        let when = when.map_or_else(String::new, |when| format!("{when}:\n\n"));
        (!found.is_empty()).then(|| format!("{when}{lines}"))
    }

    /// The loops and paths that something stands on: of each analysis the best, and how many others there are.
    fn found(&self, on: &dyn Fn(&WalkReport) -> Option<String>) -> Vec<String> {
        let of_report = |report: &AnalysisReport| {
            let walks = walks(&report.body);
            let mut all = walks.iter().enumerate().filter_map(|(place, walk)| Some((place, walk, on(walk)?)));
            let (place, walk, more) = all.next()?;
            let (kind, name, value) =
                (&report.kind, &report.name, number(&walk.value, self.view.model.digits));
            let which = match place {
                0 => format!("the best {kind}"),
                _ => format!("{kind} {}", place + 1),
            };
            let others = match all.count() {
                0 => String::new(),
                others => format!(" (and on {others} more)"),
            };
            Some(format!("on {which} of `{name}`, {value}{others}{more}"))
        };
        self.reports().filter_map(of_report).collect()
    }

    fn analysis(&self, name: &str) -> Option<String> {
        let report = self.reports().find(|report| report.name == name)?;
        let age = self.view.model.found(self.state)?.age;
        let mut text = super::lenses::verdict(report, (age, self.view.model.digits));
        if let Some(best) = walks(&report.body).first() {
            text.push_str(&format!(
                "\n\n{}",
                best.hops.iter().map(|hop| hop.flow.as_str()).collect::<Vec<_>>().join(" → ")
            ));
        }
        Some(text)
    }
}

/// The loops or paths of a report, the best first.
pub(super) fn walks(body: &Body) -> &[WalkReport] {
    match body {
        Body::Loops(found) => &found.walks,
        Body::Path(found) => std::slice::from_ref(&found.walk),
        Body::Restricted(found) => &found.walks,
        _ => &[],
    }
}

/// How far a flow is from the best loop.
fn gap(report: &AnalysisReport, flow: &str, digits: Digits) -> Option<String> {
    let Body::Loops(found) = &report.body else { return None };
    let (_, gap) = found.gaps.iter().find(|(name, _)| name == flow)?;
    Some(format!("gap {} {} to the best loop of `{}`", number(gap, digits), found.gap_unit, report.name))
}

/// How often the best plan uses a flow.
fn volume(report: &AnalysisReport, flow: &str, digits: Digits) -> Option<String> {
    let Body::Plan(found) = &report.body else { return None };
    match found.flows.iter().find(|used| used.flow == flow) {
        Some(used) => {
            Some(format!("{} {} in `{}`", number(&used.turns, digits), found.turn_unit, report.name))
        }
        None => {
            let rides = found.flows.iter().flat_map(|used| &used.riders).find(|rider| rider.flow == flow);
            let turns = rides.map(|rider| number(&rider.turns, digits))?;
            Some(format!("{turns} {} in `{}`", found.turn_unit, report.name))
        }
    }
}
