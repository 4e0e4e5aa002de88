//! `loopc verify`: every proof of a report, checked again.

use std::path::{Path, PathBuf};

use super::arguments::Verify;
use super::output::{Screen, compile_one, read};
use super::progress::Line;
use super::project::Flags;
use super::{Exit, Refusal};
use crate::diagnostic::Diagnostic;
use crate::pipeline::memory::{self, Memory, Stage};
use crate::project::Manifest;
use crate::source::Sources;
use crate::stop::Stop;
use crate::verify::{Told, Verified, changed, told, unreadable};

pub(super) fn run(arguments: &Verify, screen: &Screen) -> Result<Exit, Refusal> {
    let bytes = read(&arguments.path)?;
    let document = memory::document(bytes.len() as u64);
    let name = format!("`{}`", arguments.path.display());
    let refused = Memory(arguments.files.max_memory).refuses(Stage::Verifying, (&name, document));
    let show = |fault: Diagnostic| {
        screen.diagnostics(&[fault], &Sources::default(), &arguments.messages);
        Ok(Exit::Model)
    };
    if let Some(refused) = refused {
        return show(refused);
    }
    let document: serde_json::Value = match serde_json::from_slice(&bytes) {
        Ok(document) => document,
        Err(fault) => return show(unreadable(&fault.to_string())),
    };
    // Several states of a model are several reports.
    let several = document
        .as_object()
        .filter(|document| document.get("format").is_some_and(|one| one == "loopc-reports"));
    let reports = match several.and_then(|document| document.get("reports")) {
        Some(serde_json::Value::Array(reports)) => reports.as_slice(),
        _ => std::slice::from_ref(&document),
    };
    let mut exit = Exit::Well;
    for report in reports {
        if report_holds(report, (arguments, screen))? != Exit::Well {
            exit = Exit::Model;
        }
    }
    Ok(exit)
}

/// Verifies one report, and says what came of it.
fn report_holds(
    document: &serde_json::Value,
    (arguments, screen): (&Verify, &Screen),
) -> Result<Exit, Refusal> {
    let show = |faults: &[Diagnostic], sources: &Sources| {
        screen.diagnostics(faults, sources, &arguments.messages);
        Ok(Exit::Model)
    };
    let told = match told(document) {
        Ok(told) => told,
        Err(fault) => return show(&[*fault], &Sources::default()),
    };
    let main = source(arguments, &told)?;
    if told.outside && !arguments.files.allow_outside {
        // A report must not make anybody read files that he did not mean to.
        return Err(Refusal::new(
            "the report's model uses files outside the project's folder; verify it with --allow-outside",
        ));
    }
    let stop = Stop::default();
    let line = Line::of(&stop, screen);
    // What a report was made with stands in it: no project has anything to say.
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let mut options = flags.with_settings(&told.settings).options(&Manifest::default());
    options.most_bad_rows = options.most_bad_rows.max(told.most_bad_rows);
    let compilation = compile_one(&main, options, told.scenario.as_deref())?;
    let faults = changed(&told, &compilation.digests());
    if !faults.is_empty() {
        drop(line);
        return show(&faults, &compilation.sources);
    }
    if compilation.has_errors() {
        drop(line);
        return Ok(screen.report(&compilation, &arguments.messages).0);
    }
    if let Some(refused) = compilation.refused(Stage::Verifying, &[]) {
        drop(line);
        return show(&[refused], &compilation.sources);
    }
    let verified = compilation.verify(document);
    drop(line);
    if !verified.faults.is_empty() {
        return show(&verified.faults, &compilation.sources);
    }
    // A machine that asked for a document gets one, though nothing is wrong.
    screen.diagnostics(&[], &compilation.sources, &arguments.messages);
    for (name, status) in &verified.analyses {
        let checked = match status.as_str() {
            "failed" => "which claims nothing",
            "found" => "checked, and not proved to be the best",
            _ => "proof checked",
        };
        screen.print(&format!("{name}: {status}, {checked}\n"))?;
    }
    screen.print(&summary(&verified, &told, &main))?;
    Ok(Exit::Well)
}

/// What was verified, and what the report leaves open.
fn summary(verified: &Verified, told: &Told, main: &Path) -> String {
    let (count, missing) = (verified.analyses.len(), &verified.missing);
    let all = if missing.is_empty() { String::new() } else { format!(" of {}", count + missing.len()) };
    let plural = if count + missing.len() == 1 { "analysis" } else { "analyses" };
    let with: Vec<String> = told.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(", ")) };
    let scenario = told.scenario.as_ref().map_or_else(String::new, |name| format!(" in the scenario {name}"));
    let mut out =
        format!("verified {count}{all} {plural} of {}{scenario}{with} without a solver\n", main.display());
    if !missing.is_empty() {
        out.push_str(&format!("not in the report: {}\n", missing.join(", ")));
    }
    match verified.unmet {
        0 => {}
        1 => out.push_str("one expectation does not hold, as the report says\n"),
        unmet => out.push_str(&format!("{unmet} expectations do not hold, as the report says\n")),
    }
    out
}

/// The model's file: as told on the command line, else where the report says, from here or from beside the report.
fn source(arguments: &Verify, told: &Told) -> Result<PathBuf, Refusal> {
    if let Some(model) = &arguments.model {
        return Ok(model.clone());
    }
    let path = told.files.first().map_or("", |file| file.path.as_str());
    let beside = arguments.path.parent().unwrap_or(Path::new("")).join(path);
    let places = [PathBuf::from(path), beside];
    places.into_iter().find(|place| place.is_file()).ok_or_else(|| {
        Refusal::new(format!("cannot find the model `{path}` of the report; name it with --model FILE"))
    })
}
