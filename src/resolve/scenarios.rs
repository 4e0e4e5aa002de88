//! Scenarios as declarations: their names, what they are laid upon, and what they take away.

use std::collections::BTreeMap;

use super::names::Thing;
use super::{MOST_SCENARIOS, Resolver, faults};
use crate::diagnostic::Code;
use crate::model::Symbol;
use crate::source::Span;
use crate::syntax::ast::{Ast, ItemKind, Scenario};
use crate::syntax::words;

impl Resolver<'_> {
    pub(super) fn declare_scenario(&mut self, scenario: &Scenario) {
        let place = u32::try_from(self.model.scenarios.len()).unwrap_or(u32::MAX);
        if self.declare_thing(scenario.name, Thing::Scenario(place)) {
            let declared = self.declared(scenario.name, scenario.label);
            self.model.scenarios.push(declared);
        }
    }

    /// What scenarios are laid upon must be scenarios, and none may be laid upon itself.
    pub(super) fn check_scenarios(&mut self, trees: &[Ast]) {
        let all = || {
            trees.iter().flat_map(|tree| &tree.items).filter_map(|item| match &item.kind {
                ItemKind::Scenario(scenario) => Some(&**scenario),
                _ => None,
            })
        };
        if let Some(scenario) = all().nth(MOST_SCENARIOS) {
            self.fault(faults::too_many_scenarios(scenario.name.span));
        }
        let mut upon: BTreeMap<String, (String, Span)> = BTreeMap::new();
        for scenario in all() {
            let Some(from) = scenario.from else { continue };
            let (name, below) = (self.spelled(scenario.name), self.spelled(from));
            match self.names.thing(&below) {
                Some(Thing::Scenario(place)) => {
                    self.used(from, Symbol::Scenario(place));
                    upon.entry(name.into_owned()).or_insert((below.into_owned(), from.span));
                }
                Some(Thing::Lost) => {}
                Some(thing) => self.fault(faults::other_kind(&below, thing.word(), "a scenario", from.span)),
                None => {
                    let known = self.like(|thing| matches!(thing, Thing::Scenario(_)));
                    let fault = faults::unknown_scenario(&below, from.span, known);
                    self.fault(fault);
                }
            }
        }
        while let Some((first, _)) = upon.first_key_value() {
            let mut ring: Vec<(String, Span)> = Vec::new();
            let mut at = first.clone();
            while let Some((below, place)) = upon.remove(&at) {
                ring.push((at, place));
                at = below;
            }
            if let Some(begin) = ring.iter().position(|(name, _)| *name == at) {
                self.fault(faults::scenario_ring(&ring[begin..]));
            }
        }
    }

    /// Uses of what the scenario removes are told with the place where it does.
    pub(super) fn tell_removed(&mut self, removed: &BTreeMap<String, Span>) {
        const UNKNOWN: [Code; 6] =
            [Code::L0201, Code::L0202, Code::L0203, Code::L0204, Code::L0205, Code::L0303];
        for fault in &mut self.faults {
            let Some(place) = fault.place().filter(|_| UNKNOWN.contains(&fault.code)) else { continue };
            let name = super::normalized(&words::unquoted_name(self.sources.text(place))).into_owned();
            if let Some(removal) = removed.get(&name) {
                *fault = faults::removed_and_used(&name, place, *removal);
            }
        }
    }
}

/// The names that scenarios mention: what they use is of use.
pub(super) fn mentioned(trees: &[Ast], text: impl Fn(Span) -> String) -> std::collections::BTreeSet<String> {
    let scenarios = trees.iter().flat_map(|tree| &tree.items);
    let scenarios = scenarios.filter(|item| matches!(item.kind, ItemKind::Scenario(_)));
    let mut names = std::collections::BTreeSet::new();
    for item in scenarios {
        let text = text(item.span);
        for name in words::names_in(&text) {
            names.insert(super::normalized(&words::unquoted_name(name)).into_owned());
        }
    }
    names
}
