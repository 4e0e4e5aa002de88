//! Diagnostics as an editor shows them, told when they change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code as Named, CodeDescription, Diagnostic as Told, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, Message as Words, Position, PublishDiagnosticsParams, Range, Uri,
};
use lsp_server::Notification;

use super::desk::Desk;
use super::pages::Pages;
use super::view::{Model, View};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::project;
use crate::source::{EditorLines, Encoding, FileId, Span};

/// What was told of each file, by the model that told it.
#[derive(Debug, Default)]
pub(super) struct Published {
    told: BTreeMap<Uri, BTreeMap<PathBuf, Vec<Told>>>,
    /// Of which version of an open file something was told last.
    versions: BTreeMap<Uri, i32>,
    pages: Pages,
}

impl Published {
    /// `pages`: the folder in which pages of codes are kept, where there is one.
    pub fn new(pages: Option<PathBuf>) -> Self {
        Self { pages: Pages::of(pages), ..Self::default() }
    }

    /// What is to be told of a model that was not told yet.
    pub fn of(
        &mut self,
        main: &Path,
        model: &Model,
        (desk, encoding): (&Desk, Encoding),
    ) -> Vec<Notification> {
        let view = View { model, desk, encoding, file: FileId(0), workspace: None };
        let mut now: BTreeMap<Uri, Vec<Told>> = BTreeMap::new();
        for one in model.opened.diagnostics(model.solved.as_deref()) {
            // A fault of the command line stands nowhere; that of a workbook's row stands where the workbook is named.
            let place = one.labels.iter().find_map(|label| Some((label.span, view.uri(label.span.file)?)));
            if let Some((span, uri)) = place {
                let page = self.pages.uri(one.code);
                now.entry(uri).or_default().push(told(&one, (span, page), &view));
            }
        }
        for (uri, one) in model.project.iter().flat_map(|read| of_project(read, (desk, encoding))) {
            now.entry(uri).or_default().push(one);
        }
        let before: Vec<Uri> =
            self.told.iter().filter(|(_, by)| by.contains_key(main)).map(|(uri, _)| uri.clone()).collect();
        let open = model.paths.iter().filter_map(|path| desk.get(path));
        let open: Vec<(Uri, i32)> = open.map(|document| (document.uri.clone(), document.version)).collect();
        let all: BTreeSet<Uri> = before
            .into_iter()
            .chain(now.keys().cloned())
            .chain(open.iter().map(|(uri, _)| uri.clone()))
            .collect();
        let mut notes = Vec::new();
        for uri in all {
            let found = now.remove(&uri);
            let by = self.told.entry(uri.clone()).or_default();
            let same = match (&found, by.get(main)) {
                (Some(found), Some(known)) => found == known,
                (None, None) => true,
                _ => false,
            };
            match found {
                Some(found) => drop(by.insert(main.to_path_buf(), found)),
                None => drop(by.remove(main)),
            }
            // Whoever changed a text hears that it was looked at, be it as good as before.
            let version = open.iter().find(|(known, _)| *known == uri).map(|(_, version)| *version);
            let seen =
                version.is_none_or(|version| self.versions.insert(uri.clone(), version) == Some(version));
            if !same || !seen {
                notes.push(self.note(&uri, desk));
            }
        }
        self.told.retain(|_, by| !by.is_empty());
        notes
    }

    /// What is to be told of models that are open no more: nothing is at fault with them.
    pub fn without(&mut self, open: &[PathBuf]) -> Vec<Notification> {
        let is_gone = |by: &BTreeMap<PathBuf, Vec<Told>>| by.keys().any(|main| !open.contains(main));
        let gone: Vec<Uri> =
            self.told.iter().filter(|(_, by)| is_gone(by)).map(|(uri, _)| uri.clone()).collect();
        for by in self.told.values_mut() {
            by.retain(|main, _| open.contains(main));
        }
        self.versions.retain(|uri, _| !gone.contains(uri));
        let notes = gone.iter().map(|uri| self.note(uri, &Desk::default())).collect();
        self.told.retain(|_, by| !by.is_empty());
        notes
    }

    /// A file is open no more: when it is again, its versions begin anew.
    pub fn forget(&mut self, uri: &Uri) {
        self.versions.remove(uri);
    }

    fn note(&self, uri: &Uri, desk: &Desk) -> Notification {
        let mut diagnostics: Vec<Told> = Vec::new();
        for one in self.told.get(uri).into_iter().flat_map(BTreeMap::values).flatten() {
            // Two models may say the same of a file that both use.
            if !diagnostics.contains(one) {
                diagnostics.push(one.clone());
            }
        }
        let version = desk.get(&super::desk::path_of(uri)).map(|document| document.version);
        let params = PublishDiagnosticsParams { uri: uri.clone(), version, diagnostics };
        Notification::new("textDocument/publishDiagnostics".to_owned(), params)
    }
}

/// The faults of a project file, in the project file.
fn of_project(read: &project::Read, (desk, encoding): (&Desk, Encoding)) -> Vec<(Uri, Told)> {
    let one = |fault: &Diagnostic| {
        let (_, source) = read.sources.iter().next()?;
        let (span, lines) = (fault.place()?, EditorLines::new(&source.text));
        let at = |offset: u32| {
            let (line, character) = lines.place(&source.text, offset as usize, encoding);
            Position { line, character }
        };
        let told = Told {
            range: Range { start: at(span.start), end: at(span.end) },
            severity: Some(severity(fault.severity)),
            code: Some(Named::String(fault.code.name().to_owned())),
            source: Some("loopc".to_owned()),
            message: Words::String(words(fault, span)),
            ..Told::default()
        };
        Some((desk.uri_of(Path::new(&source.path))?, told))
    };
    read.faults.iter().filter_map(one).collect()
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
    }
}

/// The message, what its place contributes, and the help.
fn words(one: &Diagnostic, place: Span) -> String {
    let mut words = one.message.clone();
    let label = one.labels.iter().find(|label| label.span == place).map(|label| label.text.as_str());
    if let Some(label) = label.filter(|label| !label.is_empty()) {
        words.push_str(&format!(": {label}"));
    }
    one.help.iter().for_each(|help| words.push_str(&format!("\nhelp: {help}")));
    words
}

/// A diagnostic as an editor shows it: the message with its help, and all other places beside it.
fn told(one: &Diagnostic, (place, page): (Span, Option<Uri>), view: &View<'_>) -> Told {
    let others = one.labels.iter().filter(|label| label.span != place);
    let related: Vec<DiagnosticRelatedInformation> = others
        .filter_map(|label| {
            Some(DiagnosticRelatedInformation {
                location: view.location(label.span)?,
                message: label.text.clone(),
            })
        })
        .collect();
    Told {
        range: view.range(place),
        severity: Some(severity(one.severity)),
        code: Some(Named::String(one.code.name().to_owned())),
        code_description: page.map(|href| CodeDescription { href }),
        source: Some("loopc".to_owned()),
        message: Words::String(words(one, place)),
        tags: (one.code == Code::L0502).then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}
