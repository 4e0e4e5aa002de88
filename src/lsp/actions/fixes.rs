//! What can be done about one diagnostic.

use gen_lsp_types::{CodeAction, CodeActionKind, Command, Diagnostic as Told};
use serde_json::json;

use super::{factor, offered};
use crate::diagnostic::{Diagnostic, spelled};
use crate::lsp::tree::around;
use crate::lsp::view::View;
use crate::source::Span;

/// The diagnostic, and the actions so far.
pub(super) struct Fixes<'a> {
    pub view: &'a View<'a>,
    pub one: &'a Diagnostic,
    /// What the client has of it.
    pub told: Vec<Told>,
    pub all: &'a mut Vec<CodeAction>,
}

impl Fixes<'_> {
    pub(super) fn add(&mut self, title: String, edits: Vec<(Span, String)>, preferred: bool) {
        if let Some(action) = offered(self.view, (title, CodeActionKind::QuickFix), edits) {
            self.all.push(CodeAction {
                diagnostics: (!self.told.is_empty()).then(|| self.told.clone()),
                is_preferred: preferred.then_some(true),
                ..action
            });
        }
    }

    /// What mends it for certain.
    pub(super) fn mend(&mut self) {
        if let Some(mend) = &self.one.mend {
            let edits = mend.edits.iter().map(|edit| (edit.span, edit.replacement.clone())).collect();
            self.add(mend.title.clone(), edits, true);
        }
    }

    /// A name that was perhaps meant.
    pub(super) fn meant(&mut self) {
        let (Some(place), None) = (self.one.place(), &self.one.mend) else { return };
        let near = self.one.help.iter().find_map(|help| help.strip_prefix("did you mean `")?.split_once('`'));
        if let Some((name, _)) = near {
            // A hop is written with its point; what is no word otherwise stands in quotes.
            let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.'));
            let name = if is_plain { name.to_owned() } else { spelled(name) };
            self.add(format!("write `{name}`"), vec![(place, name)], false);
        }
    }

    /// A participant that nobody declares: it may be the next declaration.
    pub(super) fn declare(&mut self) {
        let named =
            self.one.message.strip_prefix("unknown participant `").and_then(|rest| rest.split_once('`'));
        let (Some((name, _)), Some(place)) = (named, self.one.place()) else { return };
        let Some(at) = self.before(place) else { return };
        let declaration = format!("participant {}: business\n", spelled(name));
        self.add(format!("declare the participant `{name}`"), vec![(at, declaration)], false);
    }

    /// A unit that is missing, or one factor too few.
    pub(super) fn unit_factor(&mut self) {
        if let Some((title, edits)) = factor::mended(self.view, self.one) {
            self.add(title, edits, false);
        }
    }

    /// Before the declaration around a place, and before the comments that belong to it.
    fn before(&self, place: Span) -> Option<Span> {
        let tree = self.view.model.opened.tree(place.file)?;
        let found = around(tree, place.start as usize)?;
        let item = found.scenario.unwrap_or(found.item);
        let first = tree.comments.get(item.above.clone()).and_then(<[_]>::first);
        let start = first.map_or(item.span, |comment| comment.span).start;
        Some(Span { start, end: start, ..item.span })
    }

    pub(super) fn explain(&mut self) {
        let code = self.one.code;
        self.all.push(CodeAction {
            title: format!("explain {code}"),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: (!self.told.is_empty()).then(|| self.told.clone()),
            command: Some(Command {
                title: format!("explain {code}"),
                command: "loopc.explain".to_owned(),
                arguments: Some(vec![json!(code.name())]),
                tooltip: None,
            }),
            ..CodeAction::default()
        });
    }
}
