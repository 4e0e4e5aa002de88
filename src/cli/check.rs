//! `loopc check`: every model named, or found below a folder.

use super::arguments::{Check, MessageFormat};
use super::models::Asked;
use super::output::{Screen, compile_states};
use super::progress::Line;
use super::project::{Flags, Projects, Showing};
use super::{Exit, Refusal};
use crate::diagnostic::{Diagnostic, Severity, Told};
use crate::pipeline::{Compilation, States, reports};
use crate::stop::Stop;

pub(super) fn run(arguments: &Check, screen: &Screen) -> Result<Exit, Refusal> {
    let format = arguments.messages.message_format;
    let showing = Showing { screen, format, as_result: true };
    let asked = Asked::of(&arguments.paths, showing)?;
    let stop = Stop::default();
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let projects = Projects::of(asked.paths(), showing)?;
    let line = Line::of(&stop, screen);
    let mut compiled = Vec::new();
    for path in asked.paths() {
        let mut states = compile_states(path, flags.options(&projects.manifest(path)), &States::All)?;
        states.iter_mut().for_each(Compilation::examine);
        compiled.push((path, states));
    }
    drop(line);
    let shown = Shown::of(asked.alone(compiled));
    let told = screen.told(&shown.told(), format);
    match format {
        MessageFormat::Human | MessageFormat::Short => screen.error(&told),
        MessageFormat::Json | MessageFormat::Sarif | MessageFormat::Github => screen.print(&told)?,
    }
    if format == MessageFormat::Human {
        screen.error(&shown.summary());
    }
    Ok(if shown.count(Severity::Error) > 0 { Exit::Model } else { Exit::Well })
}

/// Models, and what is shown of each of their states.
pub(super) struct Shown {
    models: usize,
    states: Vec<(Compilation, Vec<Diagnostic>)>,
}

impl Shown {
    pub fn of<T>(models: Vec<(T, Vec<Compilation>)>) -> Self {
        let count = models.len();
        let shown = models.into_iter().flat_map(|(_, states)| {
            let reports = reports(&states);
            states.into_iter().zip(reports)
        });
        Self { models: count, states: shown.collect() }
    }

    pub fn told(&self) -> Vec<Told<'_>> {
        let told = self.states.iter();
        told.map(|(compilation, diagnostics)| Told { sources: &compilation.sources, diagnostics }).collect()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.states.iter().flat_map(|(_, shown)| shown).filter(|one| one.severity == severity).count()
    }

    fn summary(&self) -> String {
        let models = counted(self.models, "model");
        match (self.count(Severity::Error), self.count(Severity::Warning)) {
            (0, 0) => format!("checked {models}: no errors, no warnings\n"),
            (errors, warnings) => {
                format!("checked {models}: {}, {}\n", counted(errors, "error"), counted(warnings, "warning"))
            }
        }
    }
}

/// A count and what is counted: `1 model`, `2 models`.
pub(super) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
