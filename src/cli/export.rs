//! `loopc export`: the linear program of an analysis, for other solvers.

use super::arguments::{Export, ProgramFormat};
use super::output::{Screen, compile_one, write};
use super::progress::Line;
use super::project::{Flags, Showing, manifest};
use super::solve::{known, refuse_source};
use super::{Exit, Refusal};
use crate::model::AnalysisId;
use crate::pipeline::Compilation;
use crate::pipeline::memory::Stage;
use crate::program::{Format, Program};
use crate::source::Disk;
use crate::stop::Stop;

pub(super) fn run(arguments: &Export, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let project = manifest(&arguments.path, &Disk, showing)?;
    let options = flags.with_settings(&arguments.settings.settings).options(&project);
    let line = Line::of(&stop, screen);
    let mut compilation = compile_one(&arguments.path, options, arguments.scenario.as_deref())?;
    drop(line);
    let named: Vec<String> = arguments.analysis.iter().cloned().collect();
    if !compilation.has_errors() {
        let refused = compilation.refused(Stage::Solving, &named);
        compilation.diagnostics.extend(refused);
    }
    let (exit, _) = screen.report(&compilation, &arguments.messages);
    if compilation.has_errors() {
        return Ok(exit);
    }
    if let Some(output) = &arguments.output {
        refuse_source(&compilation, output)?;
    }
    let (id, program) = match &arguments.analysis {
        Some(name) => of_name(&compilation, name)?,
        None => only(&compilation)?,
    };
    let format = match arguments.format {
        ProgramFormat::Mps => Format::Mps,
        ProgramFormat::Lp => Format::Lp,
    };
    let text = compilation.exported(id, &program, format).map_err(|fault| {
        Refusal::new(format!("the row {} cannot be written in decimals of bearable length", fault.row))
    })?;
    match &arguments.output {
        Some(path) => write(path, &text)?,
        None => screen.print(&text)?,
    }
    Ok(exit)
}

/// The program of the analysis of this name.
fn of_name(compilation: &Compilation, name: &str) -> Result<(AnalysisId, Program), Refusal> {
    known(compilation, name)?;
    let analyses = &compilation.checked.model.analyses;
    let place = analyses.iter().position(|analysis| analysis.declared.name == name).unwrap_or_default();
    let id = AnalysisId::at(place);
    let kind = compilation.checked.model.analysis(id).kind.word();
    let none = || Refusal::new(format!("the {kind} `{name}` has no linear program: it is answered without"));
    Ok((id, compilation.program(id).ok_or_else(none)?))
}

/// The only program that the model has.
fn only(compilation: &Compilation) -> Result<(AnalysisId, Program), Refusal> {
    let ids = (0..compilation.checked.model.analyses.len()).map(AnalysisId::at);
    let found: Vec<_> = ids.filter_map(|id| Some((id, compilation.program(id)?))).collect();
    let name = |id: &AnalysisId| format!("`{}`", compilation.checked.model.analysis(*id).declared.name);
    let names: Vec<String> = found.iter().map(|(id, _)| name(id)).collect();
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Refusal::new("no analysis of the model has a linear program")),
        _ => Err(Refusal::new(format!("{} have programs: name one with --analysis", names.join(", ")))),
    }
}
