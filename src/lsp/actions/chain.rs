//! Single flows as a chain: a run of flows of one medium, each of which begins where the one before it ends.

use std::collections::BTreeSet;
use std::ops::Range;

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::offered;
use super::unchain::block;
use super::uses::{Edits, Site, is_sound, said_with, sites, styled, taken, together};
use crate::lsp::navigation::name;
use crate::lsp::rename::spelled;
use crate::lsp::tree::around;
use crate::lsp::view::View;
use crate::model::{ChainId, Symbol};
use crate::source::Span;
use crate::syntax::allowances;
use crate::syntax::ast::{Ast, Attribute, Flow, Item, ItemKind};

/// No chain that anybody reads is longer.
const LONGEST: usize = 64;

/// Offered on the first of two or more such flows, or where they are selected.
pub(super) fn at(view: &View<'_>, selected: Range<usize>) -> Option<CodeAction> {
    let tree = view.tree()?;
    let found = around(tree, selected.start)?;
    let items = match found.scenario.map(|scenario| &scenario.kind) {
        Some(ItemKind::Scenario(scenario)) => &scenario.items,
        _ => &tree.items,
    };
    let first = items.iter().position(|item| item.span == found.item.span)?;
    let touched = |item: &&Item| selected.is_empty() || (item.span.start as usize) < selected.end;
    let run = run(view, tree, items.get(first..)?.iter().take(LONGEST).take_while(touched));
    if run.len() < 2 || !is_sound(view) {
        return None;
    }
    let flows = &run[..run.len().min(stays(view, &run))];
    if flows.len() < 2 {
        return None;
    }
    let edits = Run { view, tree, flows }.edits(found.scenario.is_some())?;
    let title = format!("write {} flows as a chain", flows.len());
    offered(view, (title, CodeActionKind::RefactorRewrite), edits)
}

/// How many of the first flows no scenario removes: a hop cannot be taken out of its chain.
fn stays(view: &View<'_>, run: &[(&Item, &Flow)]) -> usize {
    let mut removed = BTreeSet::new();
    sites(view, &mut |site| {
        if let Site::Removed(name) = site {
            removed.insert(name.span);
        }
    });
    let goes =
        |flow: &Flow| view.model.index.of_declared(flow.name.span).any(|one| removed.contains(&one.span));
    run.iter().position(|(_, flow)| goes(flow)).unwrap_or(run.len())
}

/// The flows from the first on that can be hops of one chain.
fn run<'a>(view: &View<'_>, tree: &Ast, items: impl Iterator<Item = &'a Item>) -> Vec<(&'a Item, &'a Flow)> {
    let allowed: Vec<Option<Span>> =
        allowances(tree, view.model.source(tree.file)).into_iter().map(|one| one.scope).collect();
    let mut run: Vec<(&Item, &Flow)> = Vec::new();
    for item in items {
        let ItemKind::Flow(flow) = &item.kind else { break };
        if flow.stops.len() != 2 || !flow.via.is_empty() {
            break;
        }
        if let Some((_, last)) = run.last() {
            let same = |one: Span, other: Span| name(view, one) == name(view, other);
            let label = |flow: &Flow| flow.label.map(|label| view.said(label.span));
            let follows = same(last.stops[1].span, flow.stops[0].span)
                && same(last.medium.span, flow.medium.span)
                && label(last) == label(flow)
                && !allowed.contains(&Some(item.span));
            if !follows {
                break;
            }
        }
        run.push((item, flow));
    }
    run
}

struct Run<'a> {
    view: &'a View<'a>,
    tree: &'a Ast,
    flows: &'a [(&'a Item, &'a Flow)],
}

impl Run<'_> {
    fn edits(&self, in_scenario: bool) -> Option<Edits> {
        let chain = self.name()?;
        let mut places: Vec<(Span, usize)> = Vec::new();
        for (hop, (_, flow)) in self.flows.iter().enumerate() {
            let own = self.view.model.index.of_declared(flow.name.span).filter(|one| !one.declares());
            places.extend(own.map(|one| (one.span, hop + 1)));
        }
        places.sort_unstable();
        let (mut others, mut changed, mut seen, mut fails) = (Vec::new(), Vec::new(), 0, false);
        sites(self.view, &mut |site| {
            let Ok(place) = places.binary_search_by_key(&site.name().span, |(span, _)| *span) else { return };
            let hop = places[place].1;
            seen += 1;
            match site {
                Site::Changed(item, name, _) => changed.push((item, name, hop)),
                Site::Removed(_) => fails = true,
                site => others.push((site.written(), format!("{chain}.{hop}"))),
            }
        });
        if fails || seen != places.len() {
            return None;
        }
        let (first, last) = (self.flows.first()?.0.span, self.flows.last()?.0.span);
        let mut wholes = vec![(first.to(last), self.declared(&chain, in_scenario, &others)?)];
        for (item, name, hop) in changed {
            let said = said_with(self.view, Span { start: name.span.end, ..item.span }, &others);
            let text = format!("change {chain} {{ hop {hop}: {} }}", said.trim());
            wholes.push((item.span, styled(self.view, &text, true)));
        }
        Some(together(wholes, others))
    }

    /// What `f_1`, `f_2` have in common, if that is free; else the name of the first.
    fn name(&self) -> Option<String> {
        let names: Vec<String> = self.flows.iter().map(|(_, flow)| name(self.view, flow.name.span)).collect();
        let first = names.first()?;
        let stem = first.strip_suffix("_1").filter(|stem| !stem.is_empty());
        let numbered = |stem: &&str| {
            names.iter().enumerate().all(|(place, name)| *name == format!("{stem}_{}", place + 1))
        };
        let free = stem.filter(numbered).filter(|stem| !taken(self.view).contains(*stem));
        spelled(free.unwrap_or(first), Symbol::Chain(ChainId::at(0))).ok()
    }

    fn declared(&self, chain: &str, in_scenario: bool, edits: &Edits) -> Option<String> {
        let view = self.view;
        let (_, first) = self.flows.first()?;
        let stops = self.flows.iter().map(|(_, flow)| view.said(flow.stops[1].span));
        let stops: Vec<&str> = std::iter::once(view.said(first.stops[0].span)).chain(stops).collect();
        let mut text = format!("{} flow {chain}: {}", view.said(first.medium.span), stops.join(" -> "));
        if let Some(label) = first.label {
            text.push_str(&format!(" {}", view.said(label.span)));
        }
        let said = |one: &Attribute| said_with(view, one.span, edits);
        // Comments inside braces stay among the attributes that they stand beside.
        let plain = !self
            .flows
            .iter()
            .any(|(item, _)| self.tree.comments.iter().any(|comment| item.span.contains(comment.span)));
        let every = |one: &&Attribute| {
            plain
                && self
                    .flows
                    .iter()
                    .all(|(_, flow)| flow.attributes.iter().any(|other| said(other) == said(one)))
        };
        let common: Vec<&Attribute> = first.attributes.iter().filter(every).collect();
        let mut lines = Vec::new();
        if !common.is_empty() {
            lines.push(format!("each hop: {}", block(view, &common, edits)));
        }
        let mut hops = usize::from(!common.is_empty());
        for (place, (item, flow)) in self.flows.iter().enumerate() {
            lines.extend(self.comments(place));
            let is_common = |one: &&Attribute| common.iter().any(|other| said(other) == said(one));
            let rest: Vec<&Attribute> = flow.attributes.iter().filter(|one| !is_common(one)).collect();
            if rest.is_empty() {
                continue;
            }
            hops += 1;
            let own = if plain { block(view, &rest, edits) } else { self.braces(item, flow, edits)? };
            lines.push(format!("hop {}: {own}", place + 1));
        }
        if hops == 0 && !lines.is_empty() {
            // A block of comments alone says nothing.
            return None;
        }
        let breaks =
            lines.len() > 2 || lines.iter().any(|line| line.contains('\n') || line.starts_with("//"));
        let wide =
            lines.iter().map(|line| line.chars().count() + 2).sum::<usize>() + text.chars().count() > 96;
        if !lines.is_empty() {
            let laid = if breaks || wide {
                format!(" {{\n    {}\n}}", lines.join("\n    "))
            } else {
                format!(" {{ {} }}", lines.join(", "))
            };
            text.push_str(&laid);
        }
        Some(styled(view, &text, in_scenario))
    }

    /// The braces of a flow as they are.
    fn braces(&self, item: &Item, flow: &Flow, edits: &Edits) -> Option<String> {
        let head = flow.label.map_or(flow.stops[1].span, |label| label.span.to(flow.stops[1].span));
        let head = head.end.max(flow.stops[1].span.end);
        let said = said_with(self.view, Span { start: head, ..item.span }, edits);
        let said = said.trim();
        said.starts_with('{').then(|| said.to_owned())
    }

    /// The comments between the flows that are about one: above it, or behind it on its line.
    fn comments(&self, place: usize) -> Vec<String> {
        let (item, _) = self.flows[place];
        let start = if place == 0 { item.span.start } else { self.flows[place - 1].0.span.end };
        let last = self.flows.len() - 1;
        let end = if place == last { item.span.start } else { self.flows[place + 1].0.span.start };
        let between = self.tree.comments.iter().filter(|one| {
            let above = one.alone && start <= one.span.start && one.span.end <= item.span.start;
            let behind = !one.alone && item.span.end <= one.span.start && one.span.end <= end;
            above || behind
        });
        between.map(|one| format!("// {}", self.view.said(one.span).trim_start_matches('/').trim())).collect()
    }
}
