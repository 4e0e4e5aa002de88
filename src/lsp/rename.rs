//! Giving something another name, everywhere, unless that name is taken or none.

use std::collections::BTreeMap;

use gen_lsp_types::{Position, PrepareRenamePlaceholder, PrepareRenameResult, TextEdit, Uri, WorkspaceEdit};

use super::index::Occurrence;
use super::navigation::{all, at, name};
use super::view::View;
use crate::model::Symbol;
use crate::source::Span;
use crate::syntax::words;

/// What would be renamed at a place, if anything can be.
pub(super) fn prepare(view: &View<'_>, place: Position) -> Option<PrepareRenameResult> {
    let one = at(view, place)?;
    places(view, one).ok()?;
    let placeholder = name(view, one.span);
    Some(PrepareRenameResult::PrepareRenamePlaceholder(PrepareRenamePlaceholder {
        range: view.range(one.span),
        placeholder,
    }))
}

/// The edits that give what stands at a place another name.
///
/// # Errors
/// Why it cannot have that name.
pub(super) fn rename(view: &View<'_>, place: Position, new: &str) -> Result<WorkspaceEdit, String> {
    let one = at(view, place).ok_or("there is no name here")?;
    let places = places(view, one)?;
    let new = crate::resolve::normalized(&crate::syntax::unquoted_name(new.trim())).into_owned();
    let written = spelled(&new, one.symbol)?;
    if space(one.symbol) == Space::Values && is_of_keys(&new) {
        return Err(format!("`{new}` is a word of keys and objectives"));
    }
    if let Some(taken) = taken(view, one, &new) {
        return Err(format!("`{new}` is the name of {taken} already"));
    }
    let mut edits: BTreeMap<Uri, Vec<TextEdit>> = BTreeMap::new();
    for span in places {
        let uri = view.uri(span.file).ok_or("a file that names it has no address")?;
        edits.entry(uri).or_default().push(TextEdit { range: view.range(span), new_text: written.clone() });
    }
    Ok(WorkspaceEdit { changes: Some(edits.into_iter().collect()), ..WorkspaceEdit::default() })
}

/// Every place of a name.
fn places(view: &View<'_>, one: &Occurrence) -> Result<Vec<Span>, String> {
    let declared = one.declared.ok_or("it is a word of the language")?;
    if !view.may_change(declared.file) {
        return Err("it is declared in a table".to_owned());
    }
    let own = name(view, declared);
    if let Some(why) = out_of_reach(view, (one, declared), &own) {
        return Err(why);
    }
    // A hop is called by its number, which stays.
    if name(view, one.span) != own {
        return Err("the hop of a chain is called by its number".to_owned());
    }
    let named = all(view, one).into_iter().map(|other| other.span).filter(|span| name(view, *span) == own);
    Ok(named.collect())
}

/// Why not every place of a name can be changed here.
fn out_of_reach(view: &View<'_>, (one, declared): (&Occurrence, Span), own: &str) -> Option<String> {
    let path = view.model.paths.get(declared.file.0 as usize)?;
    let models = view.workspace.map(|workspace| workspace.models_of(path)).unwrap_or_default();
    if let Some(other) = models.iter().find(|model| view.model.file(model).is_none()) {
        let name = other.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return Some(format!("another model uses the file where it is declared: {name}"));
    }
    let again = |other: &&Occurrence| {
        other.declares() && other.declared != Some(declared) && space(other.symbol) == space(one.symbol)
    };
    let trees = view.model.opened.trees().iter();
    let mut others = trees.flat_map(|tree| view.model.index.of_file(tree.file)).filter(again);
    if others.any(|other| name(view, other.span) == own) {
        return Some(format!("`{own}` is declared in several places"));
    }
    let in_tables = view.model.opened.states.iter().any(|state| {
        let model = &state.checked.model;
        let Symbol::Participant(id) = one.symbol else { return false };
        let names = |flow: crate::model::Flow<'_>| flow.row.is_some() && (flow.tail == id || flow.head == id);
        !model.imports.is_empty() && model.flow_ids().any(|flow| names(model.flow(flow)))
    });
    in_tables.then(|| "rows of a table name it".to_owned())
}

/// Whether a value of this name would be something else where keys and totals stand.
fn is_of_keys(new: &str) -> bool {
    let totals = ["amount", "cost", "revenue", "profit", "volume", "moved"];
    totals.contains(&new)
        || ["flow", "participant"].iter().any(|kind| crate::resolve::keys_of(kind).contains(&new))
}

/// A name as it is written: in quotes where it is no word.
pub(super) fn spelled(new: &str, symbol: Symbol) -> Result<String, String> {
    let mut letters = new.chars();
    let first = letters.next().ok_or("a name has at least one letter")?;
    if new.contains(['\n', '\r']) || new.chars().any(char::is_control) {
        return Err("a name stands on one line".to_owned());
    }
    let is_word =
        (first == '_' || first.is_alphabetic()) && letters.all(|one| one == '_' || one.is_alphanumeric());
    let reserved = words::is_reserved(new);
    if is_word && !reserved {
        return Ok(new.to_owned());
    }
    match symbol {
        Symbol::Participant(_)
        | Symbol::Flow(_)
        | Symbol::Chain(_)
        | Symbol::Analysis(_)
        | Symbol::Scenario(_)
            if !is_word =>
        {
            Ok(format!("'{}'", new.replace('\'', "''")))
        }
        _ if reserved => Err(format!("`{new}` is a word of the language")),
        _ => Err(format!("`{new}` is no name: it is made of letters, digits and `_`")),
    }
}

/// What has the name already, in any state of the model, in the same space of names.
fn taken(view: &View<'_>, one: &Occurrence, new: &str) -> Option<&'static str> {
    let space = space(one.symbol);
    let named = |other: &&Occurrence| other.declares() && other.declared != one.declared;
    let files = view.model.opened.trees().iter().flat_map(|tree| view.model.index.of_file(tree.file));
    let clashes =
        files.filter(named).find(|other| self::space(other.symbol) == space && name(view, other.span) == new);
    if let Some(clash) = clashes {
        return Some(word(clash.symbol));
    }
    // What tables declare, and what is built in, is no occurrence.
    view.model.opened.states.iter().find_map(|state| {
        let model = &state.checked.model;
        let found = match space {
            Space::Values => model.values.iter().any(|value| value.declared.name == new).then_some("a value"),
            Space::Things => {
                let party =
                    model.participants.iter().any(|party| party.name == new).then_some("a participant");
                party.or_else(|| {
                    let flow = |id: crate::model::FlowId| model.flow(id).name.to_string() == new;
                    model.flow_ids().any(flow).then_some("a flow")
                })
            }
            Space::Media => model.media.iter().any(|medium| medium.name == new).then_some("a medium"),
            Space::Roles => model.roles.iter().any(|role| role.name == new).then_some("a role"),
            Space::Tags => None,
        };
        // Lists take tags beside media, participants and flows.
        let is_tag = |model: &crate::model::Model| model.tags.iter().any(|tag| tag.name == new);
        let beside = match space {
            Space::Things | Space::Media => is_tag(model).then_some("a tag"),
            Space::Tags => {
                let party = model.participants.iter().any(|party| party.name == new);
                let flow = model.flow_ids().any(|id| model.flow(id).name.to_string() == new);
                let medium = model.media.iter().any(|medium| medium.name == new);
                (party || flow || medium).then_some("something else that lists name")
            }
            Space::Values | Space::Roles => None,
        };
        let found = found.or(beside);
        found.filter(|_| name(view, one.span) != new)
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Values,
    Things,
    Media,
    Roles,
    Tags,
}

const fn space(symbol: Symbol) -> Space {
    match symbol {
        Symbol::Value(_) => Space::Values,
        Symbol::Participant(_)
        | Symbol::Flow(_)
        | Symbol::Chain(_)
        | Symbol::Analysis(_)
        | Symbol::Scenario(_) => Space::Things,
        Symbol::Medium(_) => Space::Media,
        Symbol::Role(_) => Space::Roles,
        Symbol::Tag(_) => Space::Tags,
    }
}

/// What a person would call it.
pub(super) const fn word(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Value(_) => "a value",
        Symbol::Participant(_) => "a participant",
        Symbol::Flow(_) => "a flow",
        Symbol::Chain(_) => "a chain",
        Symbol::Analysis(_) => "an analysis",
        Symbol::Scenario(_) => "a scenario",
        Symbol::Medium(_) => "a medium",
        Symbol::Role(_) => "a role",
        Symbol::Tag(_) => "a tag",
    }
}
