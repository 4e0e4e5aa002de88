//! A chain as single flows: one for each hop, with what each hop and the hop itself say of it.

use std::collections::BTreeSet;

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::offered;
use super::uses::{Edits, Site, is_sound, said_with, sites, styled, taken, together};
use crate::lsp::navigation::name;
use crate::lsp::rename::spelled;
use crate::lsp::tree::around;
use crate::lsp::view::View;
use crate::model::{ChainId, Symbol};
use crate::source::Span;
use crate::syntax::allowances;
use crate::syntax::ast::{Attribute, Flow, Hop, Item, ItemKind, Value};

/// Offered on a chain, unless something is said of the whole chain that cannot be said of its flows.
pub(super) fn at(view: &View<'_>, offset: usize) -> Option<CodeAction> {
    let found = around(view.tree()?, offset)?;
    let ItemKind::Flow(flow) = &found.item.kind else { return None };
    if flow.stops.len() < 3 || !is_sound(view) || has_comments(view, found.item, flow) {
        return None;
    }
    let chain = Chain { view, flow, names: names(view, flow)? };
    let edits = chain.edits(found.item, found.scenario.is_some())?;
    let title = format!("write it as {} single flows", chain.names.len());
    offered(view, (title, CodeActionKind::RefactorRewrite), edits)
}

/// Whether comments stand between the attributes of a chain: they would have no place.
fn has_comments(view: &View<'_>, item: &Item, flow: &Flow) -> bool {
    let inside = |one: &Attribute, comment: Span| match &one.value {
        Value::Block(inner) => inner.iter().any(|inner| inner.span.contains(comment)),
        Value::Terms(_) => one.span.contains(comment),
    };
    view.tree().is_some_and(|tree| {
        let mut own = tree.comments.iter().filter(|comment| item.span.contains(comment.span));
        own.any(|comment| !flow.attributes.iter().any(|one| inside(one, comment.span)))
    })
}

/// A free name for each hop, as it is written: `f_1`, `f_2`.
fn names(view: &View<'_>, flow: &Flow) -> Option<Vec<String>> {
    let (own, taken) = (name(view, flow.name.span), taken(view));
    let hops = 1..flow.stops.len();
    let numbered = (2..100).map(|number| format!("{own}_hop_{number}"));
    let first = [own.clone(), format!("{own}_hop")].into_iter();
    let free = |stem: &String| !hops.clone().any(|hop| taken.contains(&format!("{stem}_{hop}")));
    let stem = first.chain(numbered).find(free)?;
    let symbol = Symbol::Chain(ChainId::at(0));
    hops.map(|hop| spelled(&format!("{stem}_{hop}"), symbol).ok()).collect()
}

struct Chain<'a> {
    view: &'a View<'a>,
    flow: &'a Flow,
    names: Vec<String>,
}

impl Chain<'_> {
    fn edits(&self, item: &Item, in_scenario: bool) -> Option<Edits> {
        let own = name(self.view, self.flow.name.span);
        let places = self.view.model.index.of_declared(self.flow.name.span);
        // A hop is named by its number, behind the name of its chain.
        let named = |span: &Span| *span != self.flow.name.span && name(self.view, *span) == own;
        let mut left: BTreeSet<Span> = places.map(|one| one.span).filter(named).collect();
        let (mut others, mut changed, mut fails) = (Vec::new(), Vec::new(), false);
        sites(self.view, &mut |site| {
            if left.remove(&site.name().span) {
                match site {
                    Site::Changed(item, _, attributes) => changed.push((item, attributes)),
                    site => match self.renamed(&site) {
                        Some(edit) => others.push(edit),
                        None => fails = true,
                    },
                }
            }
        });
        if fails || !left.is_empty() {
            return None;
        }
        let mut wholes = vec![(item.span, self.declared(item, in_scenario, &others))];
        for (change, attributes) in &changed {
            let elsewhere: Vec<&[Attribute]> =
                changed.iter().filter(|(other, _)| other.span != change.span).map(|(_, one)| *one).collect();
            wholes.push((change.span, self.changed(attributes, &elsewhere, &others)?));
        }
        Some(together(wholes, others))
    }

    /// What is written instead of the chain or of one of its hops.
    fn renamed(&self, site: &Site<'_>) -> Option<(Span, String)> {
        if let Some(hop) = site.hop() {
            let number: usize = self.view.said(hop.span).parse().ok()?;
            return Some((site.written(), self.names.get(number.checked_sub(1)?)?.clone()));
        }
        let each = |text: &dyn Fn(&str) -> String, between: &str| {
            self.names.iter().map(|name| text(name)).collect::<Vec<_>>().join(between)
        };
        match site {
            Site::Listed(whole, _) => Some((whole.span, each(&str::to_owned, ", "))),
            Site::Removed(name) => Some((name.span, each(&str::to_owned, ", "))),
            Site::Counted { call, word, .. } => {
                let word = self.view.said(word.span);
                Some((call.span, format!("({})", each(&|name| format!("{word}({name})"), " + "))))
            }
            Site::Member { claim, analysis, bare, .. } => {
                let analysis = self.view.said(analysis.span);
                let all = each(&|name| format!("{name} in {analysis}"), " and ");
                Some((claim.span, if *bare { all } else { format!("({all})") }))
            }
            Site::One(..) | Site::Changed(..) => None,
        }
    }

    /// The flows that the chain declares.
    fn declared(&self, item: &Item, in_scenario: bool, edits: &Edits) -> String {
        let (view, flow) = (self.view, self.flow);
        let (each, own) = blocks(&flow.attributes);
        let allowed = allowed(view, item);
        let mut lines = Vec::new();
        for (place, (ends, name)) in flow.stops.windows(2).zip(&self.names).enumerate() {
            let said = |span: Span| view.said(span);
            let mut line = format!("{} flow {name}: ", said(flow.medium.span));
            line.push_str(&format!("{} -> {}", said(ends[0].span), said(ends[1].span)));
            if let Some(label) = flow.label {
                line.push_str(&format!(" {}", said(label.span)));
            }
            let given = merged(view, each, hop_of(&own, place));
            if !given.is_empty() {
                line.push_str(&format!(" {}", block(view, &given, edits)));
            }
            // An allowance is for the declaration below it alone, and what stands above stays there.
            if place > 0 {
                lines.extend(allowed.iter().cloned());
            }
            lines.push(line);
        }
        styled(view, &lines.join("\n"), in_scenario)
    }

    /// What a scenario changes, flow by flow; nothing where that depends on another scenario.
    fn changed(&self, attributes: &[Attribute], elsewhere: &[&[Attribute]], edits: &Edits) -> Option<String> {
        let view = self.view;
        let key = |attribute: &Attribute| view.said(attribute.key.span);
        let (each, own) = blocks(attributes);
        let (_, base) = blocks(&self.flow.attributes);
        let mut lines = Vec::new();
        for (place, flow) in self.names.iter().enumerate() {
            let gives =
                |block: &[Attribute], wanted: &Attribute| block.iter().any(|one| key(one) == key(wanted));
            let other = elsewhere.iter().any(|other| {
                let (_, other) = blocks(other);
                each.iter().any(|one| gives(hop_of(&other, place), one))
            });
            if other {
                return None;
            }
            // What the hop says of itself stands against what is said of each.
            let given: Vec<&Attribute> = merged(view, each, hop_of(&own, place))
                .into_iter()
                .filter(|one| gives(hop_of(&own, place), one) || !gives(hop_of(&base, place), one))
                .collect();
            if !given.is_empty() {
                lines.push(format!("change {flow} {}", block(view, &given, edits)));
            }
        }
        (!lines.is_empty()).then(|| styled(view, &lines.join("\n"), true))
    }
}

/// The blocks of a chain: that of each hop, and those of hops by their numbers.
fn blocks(attributes: &[Attribute]) -> (&[Attribute], Vec<(u32, &[Attribute])>) {
    let (mut each, mut own) = (&[][..], Vec::new());
    for attribute in attributes {
        match (attribute.key.hop, &attribute.value) {
            (Some(Hop::Each), Value::Block(inner)) => each = inner,
            (Some(Hop::Number(number)), Value::Block(inner)) => own.push((number, inner.as_slice())),
            _ => {}
        }
    }
    (each, own)
}

/// What a hop says for itself, counted from 0.
fn hop_of<'a>(own: &[(u32, &'a [Attribute])], place: usize) -> &'a [Attribute] {
    own.iter().find(|(number, _)| *number as usize == place + 1).map_or(&[], |(_, block)| *block)
}

/// What a hop gives for itself replaces what each hop gives.
fn merged<'a>(view: &View<'_>, each: &'a [Attribute], own: &'a [Attribute]) -> Vec<&'a Attribute> {
    let key = |attribute: &Attribute| view.said(attribute.key.span);
    let kept = each.iter().filter(|one| !own.iter().any(|other| key(other) == key(one)));
    kept.chain(own).collect()
}

/// Attributes in braces, on one line where they fit.
pub(super) fn block(view: &View<'_>, attributes: &[&Attribute], edits: &Edits) -> String {
    let said: Vec<String> = attributes.iter().map(|one| said_with(view, one.span, edits)).collect();
    let length: usize = said.iter().map(|one| one.chars().count() + 2).sum();
    if length > 60 || said.iter().any(|one| one.contains('\n')) {
        format!("{{\n    {}\n}}", said.join("\n    "))
    } else {
        format!("{{ {} }}", said.join(", "))
    }
}

/// The comments above a declaration that allow warnings.
fn allowed(view: &View<'_>, item: &Item) -> Vec<String> {
    let Some(tree) = view.tree() else { return Vec::new() };
    let all = allowances(tree, view.model.source(view.file));
    let above = tree.comments.get(item.above.clone()).unwrap_or(&[]);
    let allows = |span: Span| all.iter().any(|one| one.codes.iter().any(|(_, code)| span.contains(*code)));
    above.iter().filter(|one| allows(one.span)).map(|one| view.said(one.span).trim().to_owned()).collect()
}
