//! What an editor lets the server carry out: the report of an analysis, and the page of a code.

use std::sync::Arc;

use gen_lsp_types::{ExecuteCommandParams, Uri};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde_json::Value;

use super::background;
use super::server::Server;
use crate::diagnostic::Code;
use crate::pipeline::{Opened, Solved};
use crate::report::{self, AnalysisReport, Paint, Report};

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
                // Others are answered while it is solved.
                background::begin(move || drop(sender.send(answer(id, wanted.told()).into())));
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
    opened: Arc<Opened>,
    solved: Option<Arc<Solved>>,
    /// Of which state, and of which analysis if one is named.
    place: usize,
    analysis: Option<String>,
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
    let named = |state: &crate::pipeline::Compilation| {
        state.laid.as_ref().map(|laid| &laid.scenario.name) == scenario.as_ref()
    };
    let place = opened.states.iter().position(named).ok_or("the model has no such scenario")?;
    if opened.states[place].has_errors() {
        return Err("the model has errors".to_owned());
    }
    Ok(Wanted { opened, solved, place, analysis })
}

impl Wanted {
    /// The text report of the state, or of one analysis of it.
    fn told(&self) -> Result<String, String> {
        let known = self.solved.as_ref().and_then(|solved| solved.reports.get(self.place)?.clone());
        let report: Report = match known {
            Some(report) => report,
            None => {
                let state = &self.opened.states[self.place];
                let (solution, _) = state.solved(&[]);
                if state.stop.is_asked() {
                    return Err("the model changed while it was solved".to_owned());
                }
                state.written(&solution.ok_or("the model cannot be solved")?, &[])
            }
        };
        let is_it = |one: &&AnalysisReport| self.analysis.as_ref().is_none_or(|name| one.name == *name);
        let analyses = report.analyses.iter().filter(is_it).cloned();
        let report = Report { analyses: analyses.collect(), ..report };
        if report.analyses.is_empty() {
            return Err("the model has no such analysis".to_owned());
        }
        Ok(report::text(&report, Paint { color: false, unicode: true }))
    }
}

fn explain(code: Option<String>) -> Result<String, String> {
    let code = code.as_deref().and_then(Code::named).ok_or("there is no such code")?;
    Ok(code.page().to_owned())
}
