//! `loopc solve`: the report of a model.

use std::path::Path;

use super::arguments::{ReportFormat, Solve};
use super::interrupt::Watch;
use super::output::{Screen, compile_states, write_with};
use super::progress::Line;
use super::project::{Flags, Showing, manifest};
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, nearest};
use crate::pipeline::{Compilation, Solution};
use crate::report::{self, Digits, Report};
use crate::source::Disk;
use crate::stop::Stop;

pub(super) fn run(arguments: &Solve, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let flags = flags.with_solver(&arguments.solver).with_settings(&arguments.settings.settings);
    let project = manifest(&arguments.path, &Disk, showing)?;
    let digits = arguments.digits.or(project.digits).unwrap_or_default();
    let options = flags.options(&project);
    let line = Line::of(&stop, screen);
    let mut states = compile_states(&arguments.path, options, &arguments.scenarios.states())?;
    if states.len() > 1 && arguments.format == ReportFormat::Csv {
        return Err(Refusal::new("a table is of one state of the model: name one with --scenario"));
    }
    for state in &mut states {
        if arguments.format == ReportFormat::Json {
            state.loops = arguments.loops.0;
        }
        if !state.has_errors() {
            for name in &arguments.analysis {
                known(state, name)?;
            }
        }
        if let Some(output) = &arguments.output {
            refuse_source(state, output)?;
        }
    }
    let watch = Watch::over(&stop, &line);
    let solutions: Vec<Option<Solution>> =
        states.iter_mut().map(|state| state.solve(&arguments.analysis)).collect();
    drop(watch);
    drop(line);
    let (mut exit, mut reports) = (Exit::Well, Vec::new());
    let json = arguments.format == ReportFormat::Json;
    let mut found = Vec::new();
    for (state, solution) in states.iter_mut().zip(solutions) {
        let refused = solution.as_ref().and_then(|solution| state.unwritable(solution));
        found.push(match (&refused, solution) {
            (Some(_), _) => None,
            (None, Some(solution)) => Some(solution),
            // A machine reads the diagnostics from the document; a person has seen them.
            (None, None) => json.then(|| Solution { findings: Vec::new(), claims: Vec::new() }),
        });
        state.diagnostics.extend(refused);
    }
    let all_shown = screen.report_states(&states, &arguments.messages);
    for ((state, solution), shown) in states.iter().zip(found).zip(all_shown) {
        if state.has_errors() || shown.iter().any(Diagnostic::is_error) || state.stop.is_asked() {
            exit = Exit::Model;
        }
        reports.extend(solution.map(|solution| state.written(&solution, &shown)));
    }
    deliver(&reports, digits, (arguments, screen))?;
    Ok(exit)
}

/// Writes the reports as they are asked for.
fn deliver(
    reports: &[Report],
    digits: Digits,
    (arguments, screen): (&Solve, &Screen),
) -> Result<(), Refusal> {
    let Some(first) = reports.first() else { return Ok(()) };
    let paint = screen.paint(arguments.output.is_some());
    // A JSON report writes itself: as a text it would weigh more than what it is made from.
    let text = match arguments.format {
        ReportFormat::Text => Some(
            reports
                .iter()
                .map(|report| report::text_in(report, (paint, digits)))
                .collect::<Vec<_>>()
                .join("\n"),
        ),
        ReportFormat::Json => None,
        ReportFormat::Csv => Some(report::spreadsheet(first)),
    };
    let written = |out: &mut dyn std::io::Write| match &text {
        Some(text) => out.write_all(text.as_bytes()),
        None if arguments.scenarios.is_one() => report::write_json(first, out),
        None => report::write_all_json(reports, out),
    };
    match &arguments.output {
        Some(path) => write_with(path, &written),
        None => screen.print_with(&written),
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
