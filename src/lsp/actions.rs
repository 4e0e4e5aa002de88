//! What can be done about what is at fault at a place, and about a loop that does not close.

use gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, Command, Diagnostic as Told, Range, TextEdit, Uri,
    WorkspaceEdit,
};
use serde_json::json;

use super::tree::around;
use super::view::View;
use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Body;
use crate::source::{FileId, Span};
use crate::syntax::ast::ItemKind;

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
        fixes.silence();
        fixes.explain();
    }
    close(view, start, &mut all);
    fix_all(view, &mut all);
    all.retain(|action| action.kind.as_ref().is_none_or(&wanted));
    all
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

/// What can be done about one diagnostic.
struct Fixes<'a> {
    view: &'a View<'a>,
    one: &'a Diagnostic,
    told: Vec<Told>,
    all: &'a mut Vec<CodeAction>,
}

impl Fixes<'_> {
    fn add(&mut self, title: String, edits: Vec<(Span, String)>, preferred: bool) {
        let view = self.view;
        if edits.is_empty() || edits.iter().any(|(span, _)| !view.may_change(span.file)) {
            return;
        }
        let edit = |(span, new_text): (Span, String)| {
            Some((view.uri(span.file)?, TextEdit { range: view.range(span), new_text }))
        };
        let Some(edits) = edits.into_iter().map(edit).collect::<Option<Vec<_>>>() else { return };
        self.all.push(CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: (!self.told.is_empty()).then(|| self.told.clone()),
            is_preferred: preferred.then_some(true),
            edit: Some(workspace_edit(edits)),
            ..CodeAction::default()
        });
    }

    /// What mends it for certain.
    fn mend(&mut self) {
        if let Some(mend) = &self.one.mend {
            let edits = mend.edits.iter().map(|edit| (edit.span, edit.replacement.clone())).collect();
            self.add(mend.title.clone(), edits, true);
        }
    }

    /// A name that was perhaps meant.
    fn meant(&mut self) {
        let (Some(place), None) = (self.one.place(), &self.one.mend) else { return };
        let near = self.one.help.iter().find_map(|help| help.strip_prefix("did you mean `")?.split_once('`'));
        if let Some((name, _)) = near {
            let name = name.to_owned();
            self.add(format!("write `{name}`"), vec![(place, name)], false);
        }
    }

    /// A participant that nobody declares: it may be the next declaration.
    fn declare(&mut self) {
        let named =
            self.one.message.strip_prefix("unknown participant `").and_then(|rest| rest.split_once('`'));
        let (Some((name, _)), Some(place)) = (named, self.one.place()) else { return };
        let Some(at) = self.item_start(place) else { return };
        let declaration = format!("participant {name}: business\n");
        self.add(format!("declare the participant `{name}`"), vec![(at, declaration)], false);
    }

    /// A comment that lets a lint pass, above the declaration where it stands.
    fn silence(&mut self) {
        if self.one.severity != Severity::Warning {
            return;
        }
        let Some(at) = self.one.place().and_then(|place| self.item_start(place)) else { return };
        let line =
            self.view.model.source(at.file).text[..at.start as usize].rsplit('\n').next().unwrap_or("");
        let indent: String = line.chars().take_while(|letter| letter.is_whitespace()).collect();
        let comment = format!("// loopc: allow {}\n{indent}", self.one.code);
        self.add(format!("allow {} here", self.one.code), vec![(at, comment)], false);
    }

    /// Where the declaration around a place begins.
    fn item_start(&self, place: Span) -> Option<Span> {
        let tree = self.view.model.opened.tree(place.file)?;
        let item = around(tree, place.start as usize)?.item;
        Some(Span { end: item.span.start, ..item.span })
    }

    fn explain(&mut self) {
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

/// The fewest flows that close what a closure found open, put at the end of its file.
fn close(view: &View<'_>, offset: usize, all: &mut Vec<CodeAction>) {
    let Some(found) = view.tree().and_then(|tree| around(tree, offset)) else { return };
    let ItemKind::Analysis(analysis) = &found.item.kind else { return };
    let name = super::navigation::name(view, analysis.name.span);
    let report = view.model.solved.as_ref().and_then(|solved| solved.reports.first()?.as_ref());
    let report = report.and_then(|report| report.analyses.iter().find(|one| one.name == name));
    let Some(Body::Closure(closure)) = report.map(|report| &report.body) else { return };
    if closure.mends.is_empty() || found.scenario.is_some() {
        return;
    }
    let lines: String = closure.mends.iter().map(|mend| format!("{}\n", mend.source)).collect();
    let end = view.text().len();
    let gap = if view.text().ends_with('\n') { "" } else { "\n" };
    let at = view.range(view.span(end..end));
    let Some(uri) = view.uri(view.file) else { return };
    let count = closure.mends.len();
    all.push(CodeAction {
        title: format!("close it with {count} flow{}", if count == 1 { "" } else { "s" }),
        kind: Some(CodeActionKind::RefactorRewrite),
        edit: Some(workspace_edit(vec![(uri, TextEdit { range: at, new_text: format!("{gap}\n{lines}") })])),
        ..CodeAction::default()
    });
}

/// All mends of the model's files at once.
fn fix_all(view: &View<'_>, all: &mut Vec<CodeAction>) {
    let mended = view.model.opened.base().mended(&|_| true);
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
