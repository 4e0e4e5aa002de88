//! What an editor lets the server carry out: the report of an analysis, and the page of a code.

use gen_lsp_types::{ExecuteCommandParams, Uri};
use lsp_server::{ErrorCode, Request, Response};
use serde_json::Value;

use super::desk::path_of;
use super::server::Server;
use crate::diagnostic::Code;
use crate::report::{self, Paint, Report};

/// The commands, by their names.
pub(super) const NAMES: [&str; 2] = ["loopc.solve", "loopc.explain"];

pub(super) fn run(server: &mut Server, request: Request) -> Response {
    let (id, params) = (request.id, request.params);
    let asked: ExecuteCommandParams = match serde_json::from_value(params) {
        Ok(asked) => asked,
        Err(fault) => return Response::new_err(id, ErrorCode::InvalidParams as i32, fault.to_string()),
    };
    let arguments = asked.arguments.unwrap_or_default();
    let text = |place: usize| arguments.get(place).and_then(Value::as_str);
    let done = match asked.command.as_str() {
        "loopc.solve" => solve(server, (text(0), text(1), text(2))),
        "loopc.explain" => explain(text(0)),
        other => Err(format!("loopc has no command `{other}`")),
    };
    match done {
        Ok(text) => Response::new_ok(id, text),
        Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
    }
}

/// The text report of a model, or of one analysis of it, in a scenario if one is named.
fn solve(
    server: &mut Server,
    (uri, analysis, scenario): (Option<&str>, Option<&str>, Option<&str>),
) -> Result<String, String> {
    let uri =
        uri.and_then(|uri| Uri::parse(uri).ok()).ok_or("the first argument is the address of a model")?;
    let path = path_of(&uri);
    let Server { desk, models, client, .. } = server;
    let view =
        models.view(&path, desk, client.encoding).ok_or("this file is part of no model that is open")?;
    let opened = &view.model.opened;
    let named = |state: &crate::pipeline::Compilation| {
        state.laid.as_ref().map(|laid| laid.scenario.name.clone()).as_deref() == scenario
    };
    let place = opened.states.iter().position(named).ok_or("the model has no such scenario")?;
    let state = &opened.states[place];
    if state.has_errors() {
        return Err("the model has errors".to_owned());
    }
    let known = view.model.solved.as_ref().and_then(|solved| solved.reports.get(place)?.clone());
    let report: Report = match known {
        Some(report) => report,
        None => {
            let (solution, _) = state.solved(&[]);
            state.written(&solution.ok_or("the model cannot be solved")?, &[])
        }
    };
    let analyses = report.analyses.iter().filter(|one| analysis.is_none_or(|name| one.name == name)).cloned();
    let report = Report { analyses: analyses.collect(), ..report };
    if report.analyses.is_empty() {
        return Err("the model has no such analysis".to_owned());
    }
    Ok(report::text(&report, Paint { color: false, unicode: true }))
}

fn explain(code: Option<&str>) -> Result<String, String> {
    let code = code.and_then(Code::named).ok_or("there is no such code")?;
    Ok(code.page().to_owned())
}
