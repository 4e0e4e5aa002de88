//! `loopc solve`: the report of a model.

use std::path::Path;

use super::arguments::{ReportFormat, Solve};
use super::interrupt::Watch;
use super::output::{Screen, read_source, write};
use super::progress::Line;
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, nearest};
use crate::pipeline::{Compilation, Solution, compile_with};
use crate::report;
use crate::source::Disk;
use crate::stop::Stop;

pub(super) fn run(arguments: &Solve, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let line = Line::of(&stop, screen);
    let options = arguments.files.options(&arguments.settings.settings, &stop);
    let mut compilation = compile_with(read_source(&arguments.path)?, options, &Disk);
    compilation.solver = arguments.solver;
    compilation.engine = arguments.engine;
    if !compilation.has_errors() {
        for name in &arguments.analysis {
            known(&compilation, name)?;
        }
    }
    if let Some(output) = &arguments.output {
        refuse_source(&compilation, output)?;
    }
    let watch = Watch::over(&stop, &line);
    let solution = compilation.solve(&arguments.analysis);
    drop(watch);
    drop(line);
    let json = arguments.format == ReportFormat::Json;
    let refused = solution.as_ref().and_then(|solution| compilation.unwritable(solution, json));
    let writable = refused.is_none();
    compilation.diagnostics.extend(refused);
    let (mut exit, shown) = screen.report(&compilation, &arguments.messages);
    if compilation.stop.is_asked() {
        exit = Exit::Model;
    }
    if !writable {
        return Ok(exit);
    }
    let solution = match solution {
        Some(solution) => solution,
        // A machine reads the diagnostics from the document; a person has seen them.
        None if json => Solution { findings: Vec::new(), claims: Vec::new() },
        None => return Ok(exit),
    };
    deliver(&compilation, (&solution, &shown), (arguments, screen))?;
    Ok(exit)
}

/// Writes the report as it is asked for.
fn deliver(
    compilation: &Compilation,
    (solution, shown): (&Solution, &[Diagnostic]),
    (arguments, screen): (&Solve, &Screen),
) -> Result<(), Refusal> {
    let line = Line::of(&compilation.stop, screen);
    let report = compilation.written(solution, shown);
    let text = match arguments.format {
        ReportFormat::Text => report::text(&report, screen.paint(arguments.output.is_some())),
        ReportFormat::Json => report::json(&report),
        ReportFormat::Csv => report::spreadsheet(&report),
    };
    drop(line);
    match &arguments.output {
        Some(path) => write(path, &text),
        None => screen.print(&text),
    }
}

/// Refuses to write over a file that the output is made from.
pub(super) fn refuse_source(compilation: &Compilation, output: &Path) -> Result<(), Refusal> {
    let Ok(target) = output.canonicalize() else { return Ok(()) };
    let files = compilation.sources.iter().filter_map(|(_, file)| Path::new(&file.path).canonicalize().ok());
    if files.into_iter().any(|file| file == target) {
        return Err(Refusal::new(format!(
            "{} is a source of the model: it is not overwritten",
            output.display()
        )));
    }
    Ok(())
}

/// Refuses the name of an analysis that the model does not have.
pub(super) fn known(compilation: &Compilation, name: &str) -> Result<(), Refusal> {
    let names: Vec<&str> =
        compilation.checked.model.analyses.iter().map(|analysis| analysis.declared.name.as_str()).collect();
    if names.contains(&name) {
        return Ok(());
    }
    let mend = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", names.join(", ")),
    };
    Err(Refusal::new(format!("the model has no analysis `{name}`: {mend}")))
}
