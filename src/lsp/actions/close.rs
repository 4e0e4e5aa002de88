//! The fewest flows that close what a closure found open.

use gen_lsp_types::{CodeAction, CodeActionKind};

use super::fixes::Fixes;
use super::offered;
use crate::diagnostic::Code;
use crate::lsp::navigation::name;
use crate::lsp::tree::around;
use crate::lsp::view::View;
use crate::report::{Body, ClosureReport, Report};
use crate::source::Span;
use crate::syntax::ast::{Expr, ExprKind, Item, ItemKind};

/// At a closure itself.
pub(super) fn at(view: &View<'_>, offset: usize) -> Option<CodeAction> {
    let found = around(view.tree()?, offset)?;
    let ItemKind::Analysis(analysis) = &found.item.kind else { return None };
    let name = name(view, analysis.name.span);
    let closure = closures(report(view, found.scenario)?).find(|(known, _)| *known == name)?.1;
    let (title, edit) = closing(view, closure, found.scenario)?;
    offered(view, (title, CodeActionKind::RefactorRewrite), vec![edit])
}

impl Fixes<'_> {
    /// Where a flow is on no loop, or a claim that all are does not hold.
    pub(super) fn close(&mut self) {
        let view = self.view;
        let found = self
            .one
            .place()
            .and_then(|place| around(view.model.opened.tree(place.file)?, place.start as usize));
        let Some(found) = found else { return };
        let Some(report) = report(view, found.scenario) else { return };
        let about = |(named, closure): &(&str, &ClosureReport)| match (&found.item.kind, self.one.code) {
            (ItemKind::Flow(flow), Code::L0501) => {
                let own = name(view, flow.name.span);
                let is_own = |flow: &str| flow == own || is_hop(flow, &own);
                closure.open.iter().any(|open| is_own(&open.flow))
            }
            (ItemKind::Expect { claim }, Code::L0421) => {
                let mut asks = false;
                closed_of(claim, &mut |span| asks |= name(view, span) == *named);
                asks
            }
            _ => false,
        };
        let closing =
            closures(report).filter(about).find_map(|(_, closure)| closing(view, closure, found.scenario));
        if let Some((title, edit)) = closing {
            self.add(title, vec![edit], false);
        }
    }
}

/// Whether a name is that of a hop: `ask.2` of `ask`.
fn is_hop(flow: &str, chain: &str) -> bool {
    flow.strip_prefix(chain)
        .and_then(|rest| rest.strip_prefix('.'))
        .is_some_and(|hop| hop.parse::<u32>().is_ok())
}

/// What solving found of the model, or of the scenario that a declaration stands in.
fn report<'a>(view: &View<'a>, scenario: Option<&Item>) -> Option<&'a Report> {
    let laid = |state: &crate::pipeline::Compilation| state.laid.as_ref().map(|laid| laid.scenario.item);
    let wanted = scenario.map(|item| item.span);
    let state = view.model.opened.states.iter().position(|state| laid(state) == wanted)?;
    view.model.solved.as_ref()?.reports.get(state)?.as_ref()
}

/// The closures that are open.
fn closures(report: &Report) -> impl Iterator<Item = (&str, &ClosureReport)> {
    report.analyses.iter().filter_map(|one| match &one.body {
        Body::Closure(closure) if !closure.mends.is_empty() => Some((one.name.as_str(), closure)),
        _ => None,
    })
}

/// The flows at the end of the file, or of the scenario.
fn closing(
    view: &View<'_>,
    closure: &ClosureReport,
    scenario: Option<&Item>,
) -> Option<(String, (Span, String))> {
    let count = closure.mends.len();
    let title = format!("close it with {count} flow{}", if count == 1 { "" } else { "s" });
    let lines = |indent: &str| -> String {
        closure.mends.iter().map(|mend| format!("{indent}{}\n", mend.source)).collect()
    };
    let Some(item) = scenario else {
        let text = view.text();
        let gap = if text.ends_with('\n') { "" } else { "\n" };
        return Some((title, (view.span(text.len()..text.len()), format!("{gap}\n{}", lines("")))));
    };
    let body = view.said(item.span).strip_suffix('}')?;
    let at = item.span.start as usize + body.len();
    let gap = if body.ends_with('\n') { "" } else { "\n" };
    Some((title, (Span::new(item.span.file, at..at), format!("{gap}{}", lines("    ")))))
}

/// The names before `.closed` in a condition.
fn closed_of(whole: &Expr, found: &mut impl FnMut(Span)) {
    match &whole.kind {
        ExprKind::Reference(reference) if reference.member.is_some() => found(reference.name.span),
        ExprKind::Not(inner) => closed_of(inner, found),
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().for_each(|part| closed_of(part, found)),
        _ => {}
    }
}
