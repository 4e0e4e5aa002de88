//! Where names of flows stand, and what around each would have to be written otherwise with it.

use std::collections::BTreeSet;

use crate::lsp::tree::{attributes, expressions, inner};
use crate::lsp::view::View;
use crate::model::FlowId;
use crate::source::Span;
use crate::syntax::ast::{Ast, Attribute, Expr, ExprKind, Item, ItemKind, Name, Reference, Value};

/// A place where the name of a flow may stand.
pub(super) enum Site<'a> {
    /// In a list, where several may stand.
    Listed(&'a Expr, &'a Reference),
    /// `cost(f)`: the call, and what it is of.
    Counted { call: &'a Expr, word: Name, of: &'a Reference },
    /// `f in a`, and whether more conditions may be put beside it with `and`.
    Member { claim: &'a Expr, name: &'a Reference, analysis: &'a Expr, bare: bool },
    /// Anywhere else, where one flow stands.
    One(&'a Reference),
    /// `change f { … }`
    Changed(&'a Item, Name, &'a [Attribute]),
    /// `remove f`
    Removed(Name),
}

impl Site<'_> {
    /// The name that stands there.
    pub fn name(&self) -> Name {
        match self {
            Self::Listed(_, of) | Self::Counted { of, .. } | Self::One(of) => of.name,
            Self::Member { name, .. } => name.name,
            Self::Changed(_, name, _) | Self::Removed(name) => *name,
        }
    }

    /// The hop that it says, `2` of `f.2`.
    pub fn hop(&self) -> Option<Name> {
        match self {
            Self::Listed(_, of) | Self::Counted { of, .. } | Self::One(of) => of.member,
            Self::Member { name, .. } => name.member,
            Self::Changed(..) | Self::Removed(_) => None,
        }
    }

    /// The name with its hop.
    pub fn written(&self) -> Span {
        let name = self.name().span;
        self.hop().map_or(name, |hop| name.to(hop.span))
    }
}

/// Attributes whose lists may hold several flows.
const LISTS: [&str; 3] = ["only", "avoid", "through"];

/// Shows every site of all files.
pub(super) fn sites<'a>(view: &View<'a>, see: &mut impl FnMut(Site<'a>)) {
    for tree in view.model.opened.trees() {
        of_tree(view, tree, see);
    }
}

fn of_tree<'a>(view: &View<'a>, tree: &'a Ast, see: &mut impl FnMut(Site<'a>)) {
    for item in &tree.items {
        of_item(view, item, see);
        if let ItemKind::Scenario(scenario) = &item.kind {
            scenario.items.iter().for_each(|item| of_item(view, item, see));
        }
    }
}

fn of_item<'a>(view: &View<'a>, item: &'a Item, see: &mut impl FnMut(Site<'a>)) {
    match &item.kind {
        ItemKind::Change { name, attributes } => see(Site::Changed(item, *name, attributes)),
        ItemKind::Remove { names } => names.iter().for_each(|name| see(Site::Removed(*name))),
        _ => {}
    }
    expressions(&item.kind).into_iter().for_each(|whole| of_expression(whole, true, see));
    attributes(&item.kind).iter().for_each(|attribute| of_attribute(view, attribute, see));
}

fn of_attribute<'a>(view: &View<'a>, attribute: &'a Attribute, see: &mut impl FnMut(Site<'a>)) {
    match &attribute.value {
        Value::Block(inside) => inside.iter().for_each(|one| of_attribute(view, one, see)),
        Value::Terms(terms) => {
            let lists = LISTS.contains(&view.said(attribute.key.span));
            for term in terms {
                match plain(&term.value) {
                    Some(reference) if lists => see(Site::Listed(&term.value, reference)),
                    _ => of_expression(&term.value, false, see),
                }
                term.to.iter().for_each(|high| of_expression(high, false, see));
            }
        }
    }
}

/// A name, or a hop of one.
fn plain(expr: &Expr) -> Option<&Reference> {
    match &expr.kind {
        ExprKind::Reference(reference) if reference.arguments.is_none() => Some(reference),
        _ => None,
    }
}

/// An expression and its parts: it nests no deeper than the parser lets it.
fn of_expression<'a>(whole: &'a Expr, bare: bool, see: &mut impl FnMut(Site<'a>)) {
    match &whole.kind {
        ExprKind::In(of, analysis) => {
            if let Some(name) = plain(of) {
                return see(Site::Member { claim: whole, name, analysis, bare });
            }
        }
        ExprKind::Reference(reference) => match reference.arguments.as_deref() {
            None => return see(Site::One(reference)),
            Some([one]) if reference.member.is_none() => {
                if let Some(of) = plain(one) {
                    return see(Site::Counted { call: whole, word: reference.name, of });
                }
            }
            Some(_) => {}
        },
        _ => {}
    }
    let joins = bare && matches!(whole.kind, ExprKind::And(_));
    inner(whole).into_iter().for_each(|part| of_expression(part, joins, see));
}

/// Edits that replace what stands at places.
pub(super) type Edits = Vec<(Span, String)>;

/// What stands at a place once the edits inside it are made.
pub(super) fn said_with(view: &View<'_>, place: Span, edits: &Edits) -> String {
    let mut inside: Vec<&(Span, String)> = edits.iter().filter(|(span, _)| place.contains(*span)).collect();
    inside.sort_by_key(|(span, _)| *span);
    let mut text = view.said(place).to_owned();
    for (span, new) in inside.into_iter().rev() {
        let start = (span.start - place.start) as usize;
        text.replace_range(start..start + (span.end - span.start) as usize, new);
    }
    text
}

/// Edits of whole declarations, and the others that none of these has in it.
pub(super) fn together(wholes: Edits, others: Edits) -> Edits {
    let apart: Edits = others
        .into_iter()
        .filter(|(span, _)| !wholes.iter().any(|(whole, _)| whole.contains(*span)))
        .collect();
    wholes.into_iter().chain(apart).collect()
}

/// Whether every state of the model is without errors, so that each name means what it says.
pub(super) fn is_sound(view: &View<'_>) -> bool {
    !view.model.opened.states.iter().any(crate::pipeline::Compilation::has_errors)
}

/// All names that something has, in any state of the model.
pub(super) fn taken(view: &View<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for state in &view.model.opened.states {
        let model = &state.checked.model;
        all.extend(model.values.iter().map(|one| one.declared.name.clone()));
        all.extend(model.participants.iter().map(|one| one.name.to_owned()));
        all.extend((0..model.flows.len()).map(|place| model.flow(FlowId::at(place)).name.to_string()));
        all.extend(model.chains.iter().map(|one| one.declared.name.clone()));
        all.extend(model.analyses.iter().map(|one| one.declared.name.clone()));
        all.extend(model.scenarios.iter().chain(&model.tags).map(|one| one.name.clone()));
    }
    all
}

/// Declarations in the style of the formatter, indented where they stand in a scenario; the first line is not.
pub(super) fn styled(view: &View<'_>, text: &str, in_scenario: bool) -> String {
    let wrapped = if in_scenario { format!("scenario s {{\n{text}\n}}\n") } else { format!("{text}\n") };
    let source = crate::source::SourceFile::from_text(String::new(), wrapped);
    let Ok(laid_out) = crate::format::formatted(view.file, &source) else { return text.to_owned() };
    let inside = if in_scenario {
        laid_out.split_once('\n').and_then(|(_, rest)| rest.trim_end().strip_suffix('}')).unwrap_or(text)
    } else {
        &laid_out
    };
    inside.trim().to_owned()
}
