//! What can be done about what is at fault at a place, and how what stands there can be written otherwise.

mod chain;
mod close;
mod factor;
mod fixes;
mod group;
mod silence;
mod unchain;
mod uses;

use gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionTriggerKind, Diagnostic as Told, Range,
    TextEdit, Uri, WorkspaceEdit,
};

use super::view::View;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use fixes::Fixes;

pub(super) fn actions(view: &View<'_>, range: Range, context: &CodeActionContext) -> Vec<CodeAction> {
    let wanted = |kind: &CodeActionKind| {
        let only = context.only.as_ref();
        only.is_none_or(|only| only.iter().any(|one| is_within(kind, one)))
    };
    let (start, end) = (view.offset(range.start), view.offset(range.end));
    let touches =
        |span: Span| span.file == view.file && start <= span.end as usize && span.start as usize <= end;
    let mut all = Vec::new();
    let diagnostics = view.model.opened.diagnostics(view.model.solved.as_deref());
    for one in diagnostics.iter().filter(|one| one.labels.iter().any(|label| touches(label.span))) {
        let mut fixes = Fixes { view, one, told: matching(one, context), all: &mut all };
        fixes.mend();
        fixes.meant();
        fixes.declare();
        fixes.unit_factor();
        fixes.close();
        fixes.silence();
        fixes.explain();
    }
    all.extend(close::at(view, start));
    all.extend(unchain::at(view, start));
    all.extend(chain::at(view, start..end));
    // Nobody who only moves the cursor asks for another order of the whole file.
    let asked = context.only.is_some() || context.trigger_kind != Some(CodeActionTriggerKind::Automatic);
    if asked && wanted(&CodeActionKind::Source) {
        all.extend(group::whole(view));
    }
    fix_all(view, &mut all);
    all.retain(|action| action.kind.as_ref().is_none_or(&wanted));
    all
}

/// An action that makes edits; nothing where a file of one of them is not for an editor to change.
fn offered(
    view: &View<'_>,
    (title, kind): (String, CodeActionKind),
    edits: Vec<(Span, String)>,
) -> Option<CodeAction> {
    if edits.is_empty() || edits.iter().any(|(span, _)| !view.may_change(span.file)) {
        return None;
    }
    let edit = |(span, new_text): (Span, String)| {
        Some((view.uri(span.file)?, TextEdit { range: view.range(span), new_text }))
    };
    let edits = edits.into_iter().map(edit).collect::<Option<Vec<_>>>()?;
    Some(CodeAction { title, kind: Some(kind), edit: Some(workspace_edit(edits)), ..CodeAction::default() })
}

/// Whether a kind is another, or of its family.
fn is_within(kind: &CodeActionKind, family: &CodeActionKind) -> bool {
    let name =
        |kind: &CodeActionKind| serde_json::to_value(kind).ok().and_then(|it| it.as_str().map(str::to_owned));
    match (name(kind), name(family)) {
        (Some(kind), Some(family)) => {
            family.is_empty() || kind == family || kind.starts_with(&format!("{family}."))
        }
        _ => false,
    }
}

/// The diagnostics of the client that are this one.
fn matching(one: &Diagnostic, context: &CodeActionContext) -> Vec<Told> {
    let is_it = |told: &&Told| {
        told.code == Some(gen_lsp_types::Code::String(one.code.name().to_owned()))
            && serde_json::to_value(&told.message).is_ok_and(|words| {
                words.as_str().is_some_and(|words| words.starts_with(one.message.as_str()))
            })
    };
    context.diagnostics.iter().filter(is_it).cloned().collect()
}

/// The same edits, file by file.
pub(super) fn workspace_edit(edits: Vec<(Uri, TextEdit)>) -> WorkspaceEdit {
    let mut files: Vec<(Uri, Vec<TextEdit>)> = Vec::new();
    for (uri, edit) in edits {
        match files.iter_mut().find(|(known, _)| *known == uri) {
            Some((_, edits)) => edits.push(edit),
            None => files.push((uri, vec![edit])),
        }
    }
    WorkspaceEdit { changes: Some(files.into_iter().collect()), ..WorkspaceEdit::default() }
}

/// All mends of the model's files at once.
fn fix_all(view: &View<'_>, all: &mut Vec<CodeAction>) {
    let mended = view.model.mended();
    let whole = |(file, text): &(FileId, String)| {
        let span = Span::new(*file, 0..view.model.source(*file).text.len());
        Some((view.uri(*file)?, TextEdit { range: view.range(span), new_text: text.clone() }))
    };
    let edits: Vec<(Uri, TextEdit)> = mended.files.iter().filter_map(whole).collect();
    if mended.mends > 0 && !edits.is_empty() {
        let count = mended.mends;
        all.push(CodeAction {
            title: format!("mend {count} fault{} in this model", if count == 1 { "" } else { "s" }),
            kind: Some(CodeActionKind::SourceFixAll),
            edit: Some(workspace_edit(edits)),
            ..CodeAction::default()
        });
    }
}
