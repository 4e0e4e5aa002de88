//! What an editor lets the server carry out: the report of an analysis, and the page of a code.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use gen_lsp_types::{ExecuteCommandParams, Uri};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde_json::Value;

use super::background::{self, Event};
use super::server::Server;
use crate::diagnostic::Code;
use crate::pipeline::{Opened, Solved};
use crate::report::{self, AnalysisReport, Digits, Paint, Report};

/// The commands, by their names.
pub(super) const NAMES: [&str; 2] = ["loopc.solve", "loopc.explain"];

/// The answer; nothing, where it comes later.
pub(super) fn run(server: &mut Server, request: Request) -> Option<Response> {
    let (id, params) = (request.id, request.params);
    let asked: ExecuteCommandParams = match serde_json::from_value(params) {
        Ok(asked) => asked,
        Err(fault) => return Some(Response::new_err(id, ErrorCode::InvalidParams as i32, fault.to_string())),
    };
    let arguments = asked.arguments.unwrap_or_default();
    let text = |place: usize| arguments.get(place).and_then(Value::as_str).map(str::to_owned);
    let done = match asked.command.as_str() {
        "loopc.solve" => match wanted(server, (text(0), text(1), text(2))) {
            Ok(wanted) => {
                let sender = server.connection.sender.clone();
                let kept = server.keep(&wanted);
                // Others are answered while it is solved.
                background::begin(move || {
                    let wanted = wanted.solved_for(kept);
                    drop(sender.send(answer(id, wanted.told()).into()));
                });
                return None;
            }
            Err(why) => Err(why),
        },
        "loopc.explain" => explain(text(0)),
        other => Err(format!("loopc has no command `{other}`")),
    };
    Some(answer(id, done))
}

fn answer(id: RequestId, done: Result<String, String>) -> Response {
    match done {
        Ok(text) => Response::new_ok(id, text),
        Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
    }
}

/// What is to be reported.
struct Wanted {
    main: PathBuf,
    opened: Arc<Opened>,
    solved: Option<Arc<Solved>>,
    /// Of which state, and of which analysis if one is named.
    place: usize,
    analysis: Option<String>,
    digits: Digits,
}

/// Where what is found is to be kept, and as of which compilation.
type Kept = Option<(u64, Sender<Event>)>;

impl Server {
    /// Where models are solved when somebody asks, all of it is found at once, for the lines above analyses too.
    fn keep(&mut self, wanted: &Wanted) -> Kept {
        if self.settings.background() || wanted.solved.is_some() {
            return None;
        }
        let generation = self.models.begin(&wanted.main)?;
        self.jobs.begin(wanted.main.clone(), generation);
        Some((generation, self.events.clone()))
    }
}

/// The model, and the state of it in a scenario if one is named.
fn wanted(
    server: &mut Server,
    (uri, analysis, scenario): (Option<String>, Option<String>, Option<String>),
) -> Result<Wanted, String> {
    let uri = uri.and_then(|uri| Uri::parse(&uri).ok());
    let uri = uri.ok_or("the first argument is the address of a model")?;
    let Server { desk, models, client, .. } = server;
    let path = desk.path(&uri);
    let view =
        models.view(&path, desk, client.encoding).ok_or("this file is part of no model that is open")?;
    let (opened, solved) = (Arc::clone(&view.model.opened), view.model.solved.clone());
    let (main, digits) = (view.model.paths.first().cloned().unwrap_or(path), view.model.digits);
    let named = |state: &crate::pipeline::Compilation| {
        state.laid.as_ref().map(|laid| &laid.scenario.name) == scenario.as_ref()
    };
    let place = opened.states.iter().position(named).ok_or("the model has no such scenario")?;
    if opened.states[place].has_errors() {
        return Err("the model has errors".to_owned());
    }
    Ok(Wanted { main, opened, solved, place, analysis, digits })
}

impl Wanted {
    /// Solves the model with all its scenarios, where that is to be kept.
    fn solved_for(mut self, kept: Kept) -> Self {
        if let Some((generation, events)) = kept {
            self.solved = background::solved(&self.opened);
            drop(events.send(Event::Solved(self.main.clone(), generation, self.solved.clone())));
        }
        self
    }

    /// The text report of the state, or of one analysis of it.
    fn told(&self) -> Result<String, String> {
        let known = self.solved.as_ref().and_then(|solved| solved.reports.get(self.place)?.clone());
        let report: Report = match known {
            Some(report) => report,
            None => {
                let state = &self.opened.states[self.place];
                let (solution, found) = state.solved(&[]);
                if state.stop.is_asked() {
                    return Err("the model changed while it was solved".to_owned());
                }
                let why = || {
                    let fault = found.iter().find(|one| one.is_error());
                    fault.map_or_else(|| "the model cannot be solved".to_owned(), |one| one.message.clone())
                };
                state.written(&solution.ok_or_else(why)?, &[])
            }
        };
        let is_it = |one: &&AnalysisReport| self.analysis.as_ref().is_none_or(|name| one.name == *name);
        let analyses = report.analyses.iter().filter(is_it).cloned();
        let report = Report { analyses: analyses.collect(), ..report };
        if report.analyses.is_empty() {
            return Err("the model has no such analysis".to_owned());
        }
        Ok(report::text_in(&report, (Paint { color: false, unicode: true }, self.digits)))
    }
}

fn explain(code: Option<String>) -> Result<String, String> {
    let code = code.as_deref().and_then(Code::named).ok_or("there is no such code")?;
    Ok(code.page().to_owned())
}
