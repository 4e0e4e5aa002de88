//! Names by what they mean, for colours: what a grammar of an editor cannot tell.

use gen_lsp_types::{SemanticToken, SemanticTokens, SemanticTokensLegend};

use super::index::Occurrence;
use super::tree::attributes;
use super::view::View;
use crate::model::{Symbol, ValueKind};
use crate::source::Span;
use crate::syntax::ast::{Attribute, Item, ItemKind, Value};

const TYPES: [&str; 9] =
    ["class", "event", "variable", "type", "function", "namespace", "enumMember", "property", "decorator"];
const MODIFIERS: [&str; 2] = ["declaration", "defaultLibrary"];

/// Which kinds of names there are.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.map(str::to_owned).to_vec(),
        token_modifiers: MODIFIERS.map(str::to_owned).to_vec(),
    }
}

fn type_of(view: &View<'_>, one: &Occurrence) -> &'static str {
    match one.symbol {
        Symbol::Participant(_) => "class",
        Symbol::Flow(_) | Symbol::Chain(_) => "event",
        Symbol::Analysis(_) => "function",
        Symbol::Scenario(_) => "namespace",
        Symbol::Medium(_) | Symbol::Role(_) => "enumMember",
        Symbol::Tag(_) => "decorator",
        Symbol::Value(id) => match view.model.opened.states[one.state].checked.model.value(id).kind {
            ValueKind::Param(_) => "variable",
            ValueKind::Measure { .. } => "property",
            _ => "type",
        },
    }
}

pub(super) fn tokens(view: &View<'_>) -> Option<SemanticTokens> {
    let tree = view.tree()?;
    let mut all: Vec<(Span, &str, u32)> = Vec::new();
    for one in view.model.index.of_file(view.file) {
        let modifiers = u32::from(one.declares()) | u32::from(one.declared.is_none()) << 1;
        all.push((one.span, type_of(view, one), modifiers));
    }
    tree.items.iter().for_each(|item| keys(item, &mut all));
    all.sort_by_key(|(span, ..)| *span);
    all.dedup_by_key(|(span, ..)| *span);
    Some(SemanticTokens { result_id: None, data: encoded(view, &all) })
}

fn keys(item: &Item, all: &mut Vec<(Span, &'static str, u32)>) {
    fn add(attributes: &[Attribute], all: &mut Vec<(Span, &'static str, u32)>) {
        for attribute in attributes {
            if attribute.key.hop.is_none() {
                all.push((attribute.key.span, "property", 0));
            }
            if let Value::Block(inner) = &attribute.value {
                add(inner, all);
            }
        }
    }
    add(attributes(&item.kind), all);
    if let ItemKind::Scenario(scenario) = &item.kind {
        scenario.items.iter().for_each(|inner| keys(inner, all));
    }
}

/// Each relative to the one before; names stand on one line and do not overlap.
fn encoded(view: &View<'_>, all: &[(Span, &str, u32)]) -> Vec<SemanticToken> {
    let (mut line, mut start, mut data) = (0, 0, Vec::new());
    for (span, kind, modifiers) in all {
        let range = view.range(*span);
        if range.start.line != range.end.line || (range.start.line, range.start.character) < (line, start) {
            continue;
        }
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 { range.start.character - start } else { range.start.character };
        (line, start) = (range.start.line, range.start.character);
        let place = TYPES.iter().position(|known| known == kind).unwrap_or_default();
        data.push(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: u32::try_from(place).unwrap_or_default(),
            token_modifiers_bitset: *modifiers,
        });
    }
    data
}
