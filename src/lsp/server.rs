//! The conversation: messages in their order, one at a time; in the pauses models are compiled and solved.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
#[allow(clippy::disallowed_types, reason = "when somebody paused; no answer depends on it")]
use std::time::{Duration, Instant};

use gen_lsp_types::{InitializeParams, InitializeResult, ServerInfo, WorkspaceFolders};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde_json::json;

use super::background::{self, Event};
use super::capabilities::{Client, offered};
use super::configuration::Configuration;
use super::desk::{Desk, path_of};
use super::jobs::Jobs;
use super::models::Models;
use super::outlines::Outlines;
use super::publish::Published;
use super::settings::Settings;
use super::{answer, commands};

/// So long a search has to end when the conversation does.
const PATIENCE: Duration = Duration::from_millis(500);

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the client wished.
    Well,
    /// The client was gone before it said so.
    Gone,
}

/// Everything that answers depend on.
pub(super) struct Server {
    pub desk: Desk,
    pub models: Models,
    pub outlines: Outlines,
    pub client: Client,
    pub folders: Vec<PathBuf>,
    pub published: Published,
    pub jobs: Jobs,
    /// What the client wants, and how it came to be known.
    pub settings: Settings,
    pub configuration: Configuration,
    /// How many times the folders were looked through, and what was told of since the last time began.
    pub scans: u64,
    pub meanwhile: BTreeSet<PathBuf>,
    pub connection: Connection,
    pub events: Sender<Event>,
    /// Messages that have come and wait.
    waiting: VecDeque<Message>,
    asked_to_end: bool,
    /// Whether the client is gone: what it said before is heard first.
    gone: bool,
    /// When a text changed last.
    #[allow(clippy::disallowed_types, reason = "when somebody paused; no answer depends on it")]
    pub changed: Instant,
    /// Counts what the server itself asks of the client.
    asked: i32,
}

/// Holds a conversation until it ends. `pages`: the folder in which pages of codes are kept, where there is one.
///
/// # Errors
/// What keeps it from beginning.
pub fn serve(connection: Connection, pages: Option<PathBuf>) -> Result<Ended, String> {
    let (id, params) = connection.initialize_start().map_err(|fault| fault.to_string())?;
    let configuration = Configuration::begin(params.get("initializationOptions"));
    let params: InitializeParams = serde_json::from_value(params).map_err(|fault| fault.to_string())?;
    let client = Client::of(&params);
    let (name, version) = ("loopc".to_owned(), Some(env!("CARGO_PKG_VERSION").to_owned()));
    let result =
        InitializeResult { capabilities: offered(client), server_info: Some(ServerInfo { name, version }) };
    let result = serde_json::to_value(result).map_err(|fault| fault.to_string())?;
    connection.initialize_finish(id, result).map_err(|fault| fault.to_string())?;
    let (events, received) = channel();
    background::read(connection.receiver.clone(), events.clone());
    let mut server = Server {
        desk: Desk::default(),
        models: Models::default(),
        outlines: Outlines::default(),
        client,
        folders: folders_of(&params),
        published: Published::new(pages),
        jobs: Jobs::default(),
        settings: Settings::default(),
        configuration,
        scans: 0,
        meanwhile: BTreeSet::new(),
        connection,
        events,
        waiting: VecDeque::new(),
        asked_to_end: false,
        gone: false,
        #[allow(clippy::disallowed_types, reason = "when somebody paused; no answer depends on it")]
        changed: Instant::now(),
        asked: 0,
    };
    server.configure();
    server.watch_files();
    server.scan();
    let ended = server.run(&received);
    server.close(&received);
    Ok(ended)
}

fn folders_of(params: &InitializeParams) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(list)) => {
            list.iter().map(|folder| path_of(&folder.uri)).collect()
        }
        _ => Vec::new(),
    };
    if folders.is_empty() {
        #[allow(deprecated, reason = "what older clients send")]
        folders.extend(params.root_uri.as_ref().map(path_of));
    }
    folders
}

impl Server {
    fn run(&mut self, received: &Receiver<Event>) -> Ended {
        loop {
            // What has come already is heard first: of many changes in a row only the last is compiled.
            while let Ok(event) = received.try_recv() {
                self.hear(event);
            }
            if let Some(message) = self.waiting.pop_front() {
                if let Some(ended) = self.act(message) {
                    return ended;
                }
                continue;
            }
            if self.gone {
                return Ended::Gone;
            }
            self.catch_up();
            let event = match self.wait() {
                Some(wait) => match received.recv_timeout(wait) {
                    Ok(event) => event,
                    Err(RecvTimeoutError::Timeout) => {
                        self.solve();
                        self.show_late();
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return Ended::Gone,
                },
                None => match received.recv() {
                    Ok(event) => event,
                    Err(_) => return Ended::Gone,
                },
            };
            self.hear(event);
        }
    }

    /// Lets what is being solved end, and with it what it started and left on the disk.
    fn close(&mut self, received: &Receiver<Event>) {
        self.models.stop();
        while !self.jobs.is_empty() {
            match received.recv_timeout(PATIENCE) {
                Ok(Event::Solved(main, generation, _)) => drop(self.jobs.end(&main, generation)),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }

    /// After how long there is something to do that nobody asks for. Questions do not put it off, changes do.
    fn wait(&self) -> Option<Duration> {
        let waits = self.settings.background() && self.models.has_unsolved();
        let pause = waits.then(|| self.settings.pause().saturating_sub(self.changed.elapsed()));
        let late = self.jobs.due().filter(|_| self.client.progress);
        pause.into_iter().chain(late).min()
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Client(Message::Notification(note)) if note.method == "$/cancelRequest" => {
                self.cancel(&note)
            }
            Event::Client(message) => self.waiting.push_back(message),
            Event::Gone => self.gone = true,
            Event::Solved(main, generation, solved) => {
                if let Some(token) = self.jobs.end(&main, generation) {
                    self.progress(&token, json!({ "kind": "end" }));
                }
                if solved.is_some_and(|solved| self.models.take(&main, generation, solved)) {
                    self.refresh();
                }
            }
            // Of two scans the later was begun for the folders that are open now.
            Event::Scanned(number, workspace) if number == self.scans => {
                self.models.workspace = workspace;
                self.look_again();
                let files = self.models.workspace.files().filter(|path| !self.outlines.knows(path));
                let paths = files.cloned().collect();
                background::outline((number, paths), self.client.encoding, self.events.clone());
            }
            Event::Outlined(number, outlines) if number == self.scans => {
                outlines.into_iter().for_each(|outline| self.outlines.learn(outline));
            }
            Event::Scanned(..) | Event::Outlined(..) => {}
        }
    }

    /// Takes back a request that still waits; one that was answered is answered.
    fn cancel(&mut self, note: &Notification) {
        let id = match note.params.get("id") {
            Some(serde_json::Value::String(id)) => RequestId::from(id.clone()),
            Some(id) => match id.as_i64().and_then(|id| i32::try_from(id).ok()) {
                Some(id) => RequestId::from(id),
                None => return,
            },
            None => return,
        };
        let is_it = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
        if let Some(place) = self.waiting.iter().position(is_it) {
            drop(self.waiting.remove(place));
            self.fail(id, ErrorCode::RequestCanceled, "the request was taken back");
        }
    }

    fn act(&mut self, message: Message) -> Option<Ended> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Notification(note) if note.method == "exit" => {
                return Some(if self.asked_to_end { Ended::Well } else { Ended::Gone });
            }
            Message::Notification(note) => self.note(note),
            Message::Response(response) => self.hear_answer(&response),
        }
        None
    }

    fn request(&mut self, request: Request) {
        if request.method == "shutdown" {
            self.asked_to_end = true;
            return self.send(Response::new_ok(request.id, ()).into());
        }
        if self.asked_to_end {
            return self.fail(request.id, ErrorCode::InvalidRequest, "the server was asked to end");
        }
        let id = request.id.clone();
        // A fault of loopc costs one answer, not the conversation.
        let answered =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| match request.method.as_str() {
                "workspace/executeCommand" => commands::run(self, request),
                _ => Some(answer::answer(self, request)),
            }));
        match answered {
            Ok(response) => response.into_iter().for_each(|response| self.send(response.into())),
            Err(_) => self.fail(id, ErrorCode::InternalError, "this is a fault of loopc; please report it"),
        }
    }

    /// Compiles what changed, and tells what is at fault.
    fn catch_up(&mut self) {
        self.models.follow(&self.desk);
        self.compile();
        if self.models.part(&self.desk) {
            self.models.follow(&self.desk);
            self.compile();
        }
        let gone = self.published.without(&self.models.paths());
        gone.into_iter().for_each(|note| self.send(note.into()));
    }

    fn compile(&mut self) {
        for main in self.models.paths() {
            // A fault of loopc costs the diagnostics of one model, not the conversation.
            drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                self.models.compile(&main, &self.desk);
                // A request may have compiled it before.
                if self.models.has_news(&main) {
                    self.publish(&main);
                }
            })));
        }
    }

    fn publish(&mut self, main: &std::path::Path) {
        let Some(model) = self.models.model(main) else { return };
        let notes = self.published.of(main, model, (&self.desk, self.client.encoding));
        notes.into_iter().for_each(|note| self.send(note.into()));
    }

    /// Solves what is not solved, once nobody typed for a moment.
    fn solve(&mut self) {
        if !self.settings.background() || self.changed.elapsed() < self.settings.pause() {
            return;
        }
        for job in self.models.unsolved() {
            self.jobs.begin(job.0.clone(), job.1);
            background::solve(job, self.events.clone());
        }
    }

    /// Shows what takes long.
    fn show_late(&mut self) {
        if self.client.progress {
            for (token, value) in self.jobs.late() {
                drop(self.ask("window/workDoneProgress/create", json!({ "token": token })));
                self.progress(&token, value);
            }
        }
    }

    fn progress(&self, token: &str, value: serde_json::Value) {
        let params = json!({ "token": token, "value": value });
        self.send(Notification::new("$/progress".to_owned(), params).into());
    }

    /// What hangs on what was solved is to be asked anew.
    pub fn refresh(&mut self) {
        if self.client.refreshes {
            for method in ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"] {
                drop(self.ask(method, serde_json::Value::Null));
            }
        }
    }

    /// Asks to be told of files that change on the disk.
    fn watch_files(&mut self) {
        if self.client.watches {
            let patterns = ["**/*.loop", "**/*.{csv,tsv,txt,xlsx,xlsm,parquet}", "**/loop.toml"];
            let watchers: Vec<_> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
            let registration = json!({ "registrations": [{
                "id": "files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            }] });
            drop(self.ask("client/registerCapability", registration));
        }
    }

    /// Asks the client something; under which number.
    pub fn ask(&mut self, method: &str, params: serde_json::Value) -> RequestId {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.send(Request::new(id.clone(), method.to_owned(), params).into());
        id
    }

    fn fail(&self, id: RequestId, code: ErrorCode, why: &str) {
        self.send(Response::new_err(id, code as i32, why.to_owned()).into());
    }

    pub fn send(&self, message: Message) {
        // Nobody hears it any more: the next event says so.
        drop(self.connection.sender.send(message));
    }
}
