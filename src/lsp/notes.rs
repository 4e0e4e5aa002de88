//! What the client tells without asking: texts that open, change and close, files and folders that come and go.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
#[allow(clippy::disallowed_types, reason = "when somebody paused; no answer depends on it")]
use std::time::Instant;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams,
};
use lsp_server::Notification;
use serde::de::DeserializeOwned;

use super::background;
use super::desk::{Document, path_of};
use super::server::Server;
use super::workspace::is_model;

impl Server {
    pub fn note(&mut self, note: Notification) {
        match note.method.as_str() {
            "textDocument/didOpen" => {
                let Some(DidOpenTextDocumentParams { text_document: one }) = read(note) else { return };
                let (uri, version, text) = (one.uri, one.version, one.text);
                let path = self.desk.open(Document { uri, version, edition: 0, text });
                self.changed(&path, true);
            }
            "textDocument/didChange" => {
                let Some(DidChangeTextDocumentParams { text_document, content_changes }) = read(note) else {
                    return;
                };
                let path = self.desk.path(&text_document.text_document_identifier.uri);
                self.desk.change(&path, text_document.version, content_changes, self.client.encoding);
                self.changed(&path, false);
            }
            "textDocument/didClose" => {
                let Some(DidCloseTextDocumentParams { text_document }) = read(note) else { return };
                let path = self.desk.path(&text_document.uri);
                self.desk.close(&path);
                self.published.forget(&text_document.uri);
                self.changed(&path, true);
            }
            "workspace/didChangeWatchedFiles" => {
                let Some(DidChangeWatchedFilesParams { changes }) = read(note) else { return };
                for change in changes {
                    let path = self.desk.path(&change.uri);
                    // What is open does not change with the disk.
                    self.outlines.forget(&path);
                    if self.desk.get(&path).is_none() {
                        self.meanwhile.insert(path.clone());
                        self.changed(&path, false);
                    }
                }
                self.models.ask_again();
                self.models.follow(&self.desk);
            }
            "workspace/didChangeConfiguration" => self.reconfigure(&note),
            "workspace/didChangeWorkspaceFolders" => {
                let Some(DidChangeWorkspaceFoldersParams { event }) = read(note) else { return };
                let gone: BTreeSet<PathBuf> =
                    event.removed.iter().map(|folder| path_of(&folder.uri)).collect();
                self.folders.retain(|folder| !gone.contains(folder));
                self.folders.extend(event.added.iter().map(|folder| path_of(&folder.uri)));
                self.scan();
            }
            _ => {}
        }
    }

    /// Looks through the folders, beside the conversation.
    pub fn scan(&mut self) {
        self.scans += 1;
        self.meanwhile.clear();
        self.outlines.begin();
        background::scan((self.scans, self.folders.clone()), self.events.clone());
    }

    /// A file changed; `anew`: it may use others than before, or none.
    fn changed(&mut self, path: &Path, anew: bool) {
        #[allow(clippy::disallowed_types, reason = "when somebody paused; no answer depends on it")]
        let now = Instant::now();
        self.changed = now;
        if is_model(path) {
            self.models.workspace.look_at(path, &self.desk);
        }
        if anew {
            self.models.ask_again();
            self.models.follow(&self.desk);
        }
        self.models.changed(path);
    }

    /// The workspace is another: files may belong to other models.
    pub fn look_again(&mut self) {
        let open = self.desk.paths().filter(|path| is_model(path)).cloned();
        let told: Vec<PathBuf> = open.chain(std::mem::take(&mut self.meanwhile)).collect();
        let told = told.iter().filter(|path| is_model(path));
        told.for_each(|path| self.models.workspace.look_at(path, &self.desk));
        self.models.ask_again();
        self.models.follow(&self.desk);
    }
}

fn read<P: DeserializeOwned>(note: Notification) -> Option<P> {
    serde_json::from_value(note.params).ok()
}
