//! What can be done about one diagnostic.

use gen_lsp_types::{CodeAction, CodeActionKind, Command, Diagnostic as Told};
use serde_json::json;

use super::{factor, offered};
use crate::diagnostic::Diagnostic;
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
            let name = name.to_owned();
            self.add(format!("write `{name}`"), vec![(place, name)], false);
        }
    }

    /// A participant that nobody declares: it may be the next declaration.
    pub(super) fn declare(&mut self) {
        let named =
            self.one.message.strip_prefix("unknown participant `").and_then(|rest| rest.split_once('`'));
        let (Some((name, _)), Some(place)) = (named, self.one.place()) else { return };
        let Some(at) = self.item_start(place) else { return };
        let declaration = format!("participant {name}: business\n");
        self.add(format!("declare the participant `{name}`"), vec![(at, declaration)], false);
    }

    /// A unit that is missing, or one factor too few.
    pub(super) fn unit_factor(&mut self) {
        if let Some((title, edits)) = factor::mended(self.view, self.one) {
            self.add(title, edits, false);
        }
    }

    /// Where the declaration around a place begins.
    pub(super) fn item_start(&self, place: Span) -> Option<Span> {
        let tree = self.view.model.opened.tree(place.file)?;
        let item = around(tree, place.start as usize)?.item;
        Some(Span { end: item.span.start, ..item.span })
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
