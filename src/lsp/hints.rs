//! What a model says without words: the names of hops, the values of params, and volumes at the optimum.

use gen_lsp_types::{InlayHint, InlayHintKind, Label, Range, Tooltip};

use super::describe::number;
use super::found::Age;
use super::settings::Hints;
use super::view::View;
use crate::model::ValueKind;
use crate::report::Body;
use crate::source::Span;
use crate::syntax::ast::{ExprKind, Flow, ItemKind, Param};

pub(super) fn hints(view: &View<'_>, range: Range, wanted: Hints) -> Option<Vec<InlayHint>> {
    let (start, end) = (view.offset(range.start), view.offset(range.end));
    let seen = |span: Span| start <= span.end as usize && span.start as usize <= end;
    let mut hints = Vec::new();
    for item in view.tree()?.items.iter().filter(|item| seen(item.span)) {
        match &item.kind {
            ItemKind::Param(param) if wanted.values => hints.extend(value(view, param)),
            ItemKind::Flow(flow) => {
                if wanted.hops {
                    hops(view, flow, &mut hints);
                }
                hints.extend(volumes(view, flow).filter(|_| wanted.volumes));
            }
            _ => {}
        }
    }
    Some(hints)
}

fn hint(view: &View<'_>, offset: u32, text: String) -> InlayHint {
    InlayHint {
        position: view.position(offset as usize),
        label: Label::String(text),
        kind: Some(InlayHintKind::Type),
        padding_left: Some(true),
        text_edits: None,
        tooltip: None,
        padding_right: None,
        data: None,
    }
}

/// What a param is worth, where that is not what is written.
fn value(view: &View<'_>, param: &Param) -> Option<InlayHint> {
    let written = matches!(param.value.kind, ExprKind::Number(_) | ExprKind::Counted(..));
    let checked = &view.model.opened.base().checked;
    let is_it = |value: &crate::model::Value| {
        matches!(value.kind, ValueKind::Param(_)) && value.declared.span == Some(param.name.span)
    };
    let place = checked.model.values.iter().position(is_it).filter(|_| !written)?;
    let quantity = checked.value(crate::model::ValueId::at(place))?;
    Some(hint(view, param.value.span.end, format!("= {}", checked.units.shown(quantity))))
}

/// The name of each hop of a chain, behind its arrow's end.
fn hops(view: &View<'_>, flow: &Flow, hints: &mut Vec<InlayHint>) {
    if flow.stops.len() > 2 {
        let name = super::navigation::name(view, flow.name.span);
        for (place, stop) in flow.stops.iter().enumerate().skip(1) {
            hints.push(hint(view, stop.span.end, format!("{name}.{place}")));
        }
    }
}

/// How often the best plans use a flow.
fn volumes(view: &View<'_>, flow: &Flow) -> Option<InlayHint> {
    let name = super::navigation::name(view, flow.name.span);
    let found = view.model.found(0)?;
    let told = found.analyses().filter_map(|analysis| {
        let Body::Plan(plan) = &analysis.body else { return None };
        let used = plan.flows.iter().find(|used| used.flow == name)?;
        Some(format!("{}: {} {}", analysis.name, number(&used.turns, view.model.digits), plan.turn_unit))
    });
    let told: Vec<String> = told.collect();
    let last = flow.stops.last().filter(|_| flow.stops.len() == 2 && !told.is_empty())?;
    let last = flow.via.last().map_or(last.span, |via| via.span);
    let hint = hint(view, last.end, told.join(", "));
    Some(match (found.age, &hint.label) {
        (Age::Now, _) | (_, Label::InlayHintLabelPartList(_)) => hint,
        // It keeps its place while somebody types, and says no more than it knows.
        (age, Label::String(text)) => InlayHint {
            label: Label::String(format!("{text} …")),
            tooltip: age.words().map(|when| Tooltip::String(when.to_owned())),
            ..hint
        },
    })
}
