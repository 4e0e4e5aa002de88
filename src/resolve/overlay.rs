//! A scenario laid over the files of a model: trees go in, other trees come out, and names are not yet ids.
//!
//! Source: language §7.

use std::collections::BTreeMap;

use super::files::Loaded;
use super::{Setting, faults, normalized};
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Ast, Attribute, Expr, Hop, Item, ItemKind, Name, Scenario, Value};
use crate::syntax::{unquoted, unquoted_name};

/// The most scenarios that a model may have: each is a model of its own to check.
pub const MOST_SCENARIOS: usize = 1_000;

/// A scenario as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub label: Option<String>,
    /// Where its name stands.
    pub span: Span,
    /// The whole declaration.
    pub item: Span,
}

/// Something declared that a scenario changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its declaration, and the name there.
    pub base: Span,
    pub name: Span,
    /// What the scenario says of it.
    pub said: Span,
}

/// All scenarios of a model, in declaration order.
#[must_use]
pub fn scenarios(trees: &[Ast], sources: &Sources) -> Vec<Named> {
    all(trees)
        .map(|(tree, place, scenario)| Named {
            name: spelled(sources, scenario.name),
            label: scenario.label.map(|label| unquoted(sources.text(label.span))),
            span: scenario.name.span,
            item: trees[tree].items[place].span,
        })
        .collect()
}

/// The files of a model with a scenario laid over them, and whatever it is laid upon before; and its own faults.
///
/// Errors: L0217.
#[must_use]
pub fn overlaid(loaded: &Loaded, sources: &Sources, named: &str) -> (Loaded, Vec<Diagnostic>) {
    let chain = chain(&loaded.trees, sources, named);
    let mut base = loaded.clone();
    // Settings of the command line come last: they win.
    let settings = std::mem::take(&mut base.settings);
    for tree in &mut base.trees {
        // A claim belongs to where it is written.
        tree.items.retain(|item| !matches!(item.kind, ItemKind::Expect { .. }));
        for item in &mut tree.items {
            if let ItemKind::Scenario(scenario) = &mut item.kind {
                scenario.items.clear();
            }
        }
    }
    let mut laid = Laid::new(base, sources);
    for (at, (tree, scenario)) in chain.iter().enumerate() {
        laid.lay(&loaded.trees[*tree], scenario, at + 1 == chain.len());
    }
    let Laid { mut loaded, faults, .. } = laid;
    loaded.settings.extend(settings);
    loaded.overlay.laid = true;
    (loaded, faults)
}

fn spelled(sources: &Sources, name: Name) -> String {
    normalized(&unquoted_name(sources.text(name.span))).into_owned()
}

/// All scenarios, with the places of their trees and items.
fn all(trees: &[Ast]) -> impl Iterator<Item = (usize, usize, &Scenario)> {
    trees.iter().enumerate().flat_map(|(tree, ast)| {
        ast.items.iter().enumerate().filter_map(move |(place, item)| match &item.kind {
            ItemKind::Scenario(scenario) => Some((tree, place, &**scenario)),
            _ => None,
        })
    })
}

/// A scenario and those that it is laid upon, the lowest first, with the places of their trees; of a ring, each once.
fn chain<'a>(trees: &'a [Ast], sources: &Sources, named: &str) -> Vec<(usize, &'a Scenario)> {
    let mut known = BTreeMap::new();
    for (tree, _, scenario) in all(trees) {
        known.entry(spelled(sources, scenario.name)).or_insert((tree, scenario));
    }
    let mut chain: Vec<(usize, &Scenario)> = Vec::new();
    let mut next = Some(named.to_owned());
    while let Some((tree, scenario)) = next.and_then(|name| known.remove(&name)) {
        chain.push((tree, scenario));
        next = scenario.from.map(|from| spelled(sources, from));
    }
    chain.reverse();
    chain
}

/// Where a declaration stands: its tree, and its place there.
type At = (usize, usize);

/// Files over which scenarios are laid, one after the other.
struct Laid<'a> {
    sources: &'a Sources,
    loaded: Loaded,
    /// Participants, flows and analyses, and values: two spaces of names.
    things: BTreeMap<String, At>,
    values: BTreeMap<String, At>,
    faults: Vec<Diagnostic>,
}

impl<'a> Laid<'a> {
    fn new(loaded: Loaded, sources: &'a Sources) -> Self {
        let (things, values) = (BTreeMap::new(), BTreeMap::new());
        let mut laid = Self { sources, loaded, things, values, faults: Vec::new() };
        (0..laid.loaded.trees.len()).for_each(|tree| laid.know(tree));
        laid
    }

    /// Takes note of what a tree declares; of two of one name the first counts.
    fn know(&mut self, tree: usize) {
        for (place, item) in self.loaded.trees[tree].items.iter().enumerate() {
            for name in names_of(&item.kind) {
                let known = if is_thing(&item.kind) { &mut self.things } else { &mut self.values };
                known.entry(spelled(self.sources, name)).or_insert((tree, place));
            }
        }
    }

    fn lay(&mut self, file: &Ast, scenario: &Scenario, is_last: bool) {
        let mut added = Vec::new();
        for item in &scenario.items {
            match &item.kind {
                ItemKind::Set { name, value } => self.set(*name, value.clone(), item.span),
                ItemKind::Change { name, attributes } => self.change(*name, attributes, item.span),
                ItemKind::Remove { names } => names.iter().for_each(|name| self.remove(*name)),
                ItemKind::Expect { .. } if !is_last => {}
                _ => added.push(item.clone()),
            }
        }
        let comments = file.comments.clone();
        self.loaded.trees.push(Ast {
            file: file.file,
            items: added,
            comments,
            cuts: Vec::new(),
            lost: Vec::new(),
        });
        self.know(self.loaded.trees.len() - 1);
    }

    fn item(&self, (tree, place): At) -> Option<&Item> {
        self.loaded.trees.get(tree)?.items.get(place)
    }

    fn set(&mut self, name: Name, value: Expr, said: Span) {
        let spelled = spelled(self.sources, name);
        if let Some(item) = self.values.get(&spelled).and_then(|at| self.item(*at))
            && let ItemKind::Param(param) = &item.kind
        {
            let change = Change { base: item.span, name: param.name.span, said };
            self.loaded.overlay.named.push((name.span, change.name));
            self.loaded.overlay.changes.push(change);
        }
        self.loaded.settings.push(Setting { name: spelled, value, span: name.span });
    }

    fn change(&mut self, name: Name, attributes: &[Attribute], said: Span) {
        let spelled = spelled(self.sources, name);
        let found = self.things.get(&spelled).copied();
        let item = found.and_then(|(tree, place)| self.loaded.trees.get_mut(tree)?.items.get_mut(place));
        let Some(item) = item else { return self.cannot("change", (&spelled, name.span)) };
        let declared = names_of(&item.kind).next().map_or(item.span, |name| name.span);
        let change = Change { base: item.span, name: declared, said };
        if let Some(own) = attributes_of(&mut item.kind) {
            merge(own, attributes, self.sources);
            self.loaded.overlay.changes.push(change);
        }
        self.loaded.overlay.named.push((name.span, declared));
    }

    /// Removes a participant, flow or analysis before a value of the same name.
    fn remove(&mut self, name: Name) {
        let spelled = spelled(self.sources, name);
        let found = self.things.remove(&spelled).or_else(|| self.values.remove(&spelled));
        let item = found.and_then(|(tree, place)| self.loaded.trees.get_mut(tree)?.items.get_mut(place));
        let Some(item) = item else { return self.cannot("remove", (&spelled, name.span)) };
        let is_it = |one: &Name| self::spelled(self.sources, *one) == spelled;
        let declared = names_of(&item.kind).find(is_it).map(|one| one.span);
        self.loaded.overlay.named.extend(declared.map(|declared| (name.span, declared)));
        match &mut item.kind {
            ItemKind::Units { names } if names.len() > 1 => {
                names.retain(|one| self::spelled(self.sources, *one) != spelled);
            }
            // What declares nothing stands in its place, so that all others keep theirs.
            kind => *kind = ItemKind::Remove { names: Vec::new() },
        }
        self.loaded.overlay.removed.insert(spelled, name.span);
    }

    /// Tells that something cannot be changed or removed.
    fn cannot(&mut self, word: &str, (name, place): (&str, Span)) {
        let known = self.values.get(name).and_then(|at| self.item(*at)).map(|item| item.span);
        // Very many faults are told without what is like their names.
        let like = if self.faults.len() < MOST_LIKE { usize::MAX } else { 0 };
        let values = self.values.keys().filter(|_| word == "remove");
        let names = self.things.keys().chain(values).map(String::as_str).take(like);
        let fault = faults::cannot_change((word, name), place, known, names);
        self.faults.push(fault);
    }
}

/// So many faults of a scenario are told with names that are like theirs.
const MOST_LIKE: usize = 100;

/// Gives a declaration other values of attributes; those that it has not are new.
fn merge(own: &mut Vec<Attribute>, others: &[Attribute], sources: &Sources) {
    let key = |attribute: &Attribute| {
        let hop =
            attribute.key.hop.map(|hop| if let Hop::Number(number) = hop { Some(number) } else { None });
        (sources.text(attribute.key.span), hop)
    };
    let mut left = BTreeMap::new();
    for (place, attribute) in own.iter().enumerate() {
        left.entry(key(attribute)).or_insert(place);
    }
    for other in others {
        let wanted = key(other);
        // Requirements repeat: another is one more. What is given twice is told to be: the second finds no place any more.
        match left.remove(&wanted).filter(|_| wanted.0 != "require") {
            Some(place) => lay_attribute(&mut own[place], other, sources),
            None => own.push(other.clone()),
        }
    }
}

fn lay_attribute(own: &mut Attribute, other: &Attribute, sources: &Sources) {
    match (&mut own.value, &other.value) {
        // The hop of a chain keeps what is not changed.
        (Value::Block(own), Value::Block(others)) => merge(own, others, sources),
        _ => *own = other.clone(),
    }
}

/// Whether a declaration is of the space of names of participants, flows and analyses.
const fn is_thing(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Participant(_) | ItemKind::Flow(_) | ItemKind::Analysis(_))
}

/// What a declaration declares that a scenario may name.
fn names_of(kind: &ItemKind) -> impl Iterator<Item = Name> {
    let (one, more): (Option<Name>, &[Name]) = match kind {
        ItemKind::Currency { name, .. }
        | ItemKind::DerivedUnit { name, .. }
        | ItemKind::Medium { name, .. }
        | ItemKind::Role { name, .. }
        | ItemKind::Measure { name, .. } => (Some(*name), &[]),
        ItemKind::Units { names } => (None, names),
        ItemKind::Param(param) => (Some(param.name), &[]),
        ItemKind::Participant(participant) => (Some(participant.name), &[]),
        ItemKind::Flow(flow) => (Some(flow.name), &[]),
        ItemKind::Analysis(analysis) => (Some(analysis.name), &[]),
        _ => (None, &[]),
    };
    one.into_iter().chain(more.iter().copied())
}

fn attributes_of(kind: &mut ItemKind) -> Option<&mut Vec<Attribute>> {
    match kind {
        ItemKind::Participant(participant) => Some(&mut participant.attributes),
        ItemKind::Flow(flow) => Some(&mut flow.attributes),
        ItemKind::Analysis(analysis) => Some(&mut analysis.attributes),
        _ => None,
    }
}
