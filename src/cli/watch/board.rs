//! What a person sees: the report, what is wrong, what changed since the last run, and a line for each model.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use super::inputs::{Inputs, Interest};
use super::round::{Round, Solved};
use crate::cli::Refusal;
use crate::cli::arguments::Watch;
use crate::cli::output::{Screen, legible};
use crate::diagnostic::{Code, Diagnostic, Severity, Told};
use crate::pipeline::reports;
use crate::report::compare::{self, Form, StateReport};
use crate::report::{self, Report};

/// Erases the screen and what was scrolled off it, and begins at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// How wide the line is that stands between two runs.
const WIDTH: usize = 80;

/// Of more files that changed only the first are named.
const MOST_NAMED: usize = 3;

pub(super) struct Board<'a> {
    arguments: &'a Watch,
    screen: &'a Screen,
    models: Vec<Model>,
    /// In which order they are shown.
    order: Vec<PathBuf>,
    /// Why models are solved again.
    causes: BTreeSet<String>,
    /// Whether anything was shown.
    begun: bool,
    /// Whether it is told that something goes on.
    busy: bool,
}

/// What is known of a model.
struct Model {
    path: PathBuf,
    inputs: Inputs,
    /// Its report as text.
    text: String,
    /// What is wrong, as it is shown.
    faults: String,
    /// What changed, against the last run that had answers.
    changes: String,
    line: String,
    /// The reports of the last run that had answers.
    last: Vec<Report>,
    /// Whether nobody saw it yet.
    fresh: bool,
}

impl<'a> Board<'a> {
    pub const fn new(arguments: &'a Watch, screen: &'a Screen) -> Self {
        Self {
            arguments,
            screen,
            models: Vec::new(),
            order: Vec::new(),
            causes: BTreeSet::new(),
            begun: false,
            busy: false,
        }
    }

    /// Whether nobody can see any more what is shown.
    pub fn is_unseen(&self) -> bool {
        self.screen.is_closed()
    }

    /// Folders in which something may happen to the files of models.
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        self.models.iter().flat_map(|model| model.inputs.folders()).collect()
    }

    pub fn interest(&self, listed: &[PathBuf], roots: Vec<PathBuf>) -> Interest {
        Interest::new(self.models.iter().map(|model| &model.inputs), listed, roots)
    }

    /// The models that are new or have changed; those that are not listed any more are forgotten.
    pub fn due(&mut self, listed: &[PathBuf]) -> Result<Vec<PathBuf>, Refusal> {
        self.order = listed.to_vec();
        let mut due = Vec::new();
        let known: BTreeMap<&PathBuf, &Model> =
            self.models.iter().map(|model| (&model.path, model)).collect();
        for path in listed {
            let known = known.get(path);
            let causes: Vec<String> = match known {
                Some(model) => model.inputs.changed().map(legible).collect(),
                None => vec![legible(path)],
            };
            if !causes.is_empty() {
                due.push(path.clone());
                self.causes.extend(causes);
            }
        }
        let order: BTreeSet<&PathBuf> = listed.iter().collect();
        let is_gone = |model: &Model| !order.contains(&model.path);
        let gone: Vec<String> =
            self.models.iter().filter(|model| is_gone(model)).map(|model| legible(&model.path)).collect();
        self.models.retain(|model| !is_gone(model));
        let nothing_yet = listed.is_empty() && !self.begun;
        if !gone.is_empty() || nothing_yet {
            self.causes.extend(gone.iter().cloned());
            self.show(&gone)?;
        }
        Ok(due)
    }

    /// Takes what models came to, and shows it.
    pub fn take(&mut self, rounds: Vec<Round>) -> Result<(), Refusal> {
        if rounds.is_empty() {
            return Ok(());
        }
        let mut places: BTreeMap<PathBuf, usize> =
            self.models.iter().enumerate().map(|(place, model)| (model.path.clone(), place)).collect();
        for round in rounds {
            let place = places.get(&round.model).copied();
            let last = place.map_or_else(Vec::new, |place| std::mem::take(&mut self.models[place].last));
            let model = self.model(round, last);
            match place {
                Some(place) => self.models[place] = model,
                None => {
                    places.insert(model.path.clone(), self.models.len());
                    self.models.push(model);
                }
            }
        }
        let order: BTreeMap<&PathBuf, usize> = self.order.iter().zip(0..).collect();
        self.models.sort_by_key(|model| order.get(&model.path).copied());
        self.show(&[])
    }

    /// Says once that something goes on, where it would be erased again.
    pub fn busy(&mut self) -> Result<(), Refusal> {
        let may = self.screen.clears() && self.screen.shows_progress();
        if !may || std::mem::replace(&mut self.busy, true) {
            return Ok(());
        }
        let unicode = self.screen.paint(false).unicode;
        self.screen.print(if unicode { "\nsolving …\n" } else { "\nsolving ...\n" })
    }

    fn model(&self, round: Round, last: Vec<Report>) -> Model {
        let Round { model: path, inputs, solved } = round;
        let name = legible(&path);
        let mut model = Model {
            path,
            inputs,
            text: String::new(),
            faults: String::new(),
            changes: String::new(),
            line: String::new(),
            last,
            fresh: true,
        };
        match solved {
            Err(why) => model.line = format!("FAILED  {name}: {why}\n"),
            Ok(solved) => {
                let found = reports(&solved.states);
                model.line = line(&name, &solved, &found);
                let told = solved.states.iter().zip(&found);
                let told = told.map(|(state, diagnostics)| Told { sources: &state.sources, diagnostics });
                model.faults =
                    self.screen.told(&told.collect::<Vec<_>>(), self.arguments.messages.message_format);
                if let Some(reports) = solved.reports {
                    let paint = self.screen.paint(false);
                    let texts: Vec<String> = reports.iter().map(|one| report::text(one, paint)).collect();
                    model.text = texts.join("\n");
                    // A model that asks nothing may be one that is not written to its end yet.
                    if reports.iter().any(|report| !report.analyses.is_empty()) {
                        model.changes = self.changes(&name, &model.last, &reports);
                        model.last = reports;
                    }
                }
            }
        }
        model
    }

    /// What changed between two runs of a model, state by state.
    fn changes(&self, name: &str, before: &[Report], now: &[Report]) -> String {
        let mut out = String::new();
        for report in now {
            let scenario = |report: &Report| report.asked.scenario.as_ref().map(|(name, _)| name.clone());
            let of = scenario(report).map_or_else(String::new, |scenario| format!(", scenario {scenario}"));
            let Some(before) = before.iter().find(|before| scenario(before) == scenario(report)) else {
                continue;
            };
            let state =
                |word: &str| StateReport { name: word.to_owned(), label: None, source: name.to_owned() };
            let states = vec![(state("before"), before.clone()), (state("now"), report.clone())];
            let comparison = compare::compare(Form::Files, states);
            let paint = self.screen.paint(false);
            let heading = paint.bold(&format!("since the last run of {name}{of}"));
            let _ = match comparison.differs() {
                true => writeln!(out, "\n{heading}\n{}", compare::changes(&comparison, paint).trim_end()),
                false => writeln!(out, "\n{heading}: no answer changed"),
            };
        }
        out
    }

    /// Shows everything on a terminal, which is erased before; elsewhere what is new, below a line.
    fn show(&mut self, gone: &[String]) -> Result<(), Refusal> {
        let clears = self.screen.clears();
        let causes: Vec<String> = std::mem::take(&mut self.causes).into_iter().collect();
        let head = match (clears, self.begun) {
            (true, _) => CLEAR.to_owned(),
            (false, true) => self.separator(&causes),
            (false, false) => String::new(),
        };
        let parts: BTreeSet<PathBuf> = self.models.iter().flat_map(Model::parts).collect();
        let named: Vec<PathBuf> =
            self.arguments.paths.iter().map(|path| crate::cli::output::near(path)).collect();
        let is_part = |model: &Model| {
            !named.contains(&model.path) && model.path.canonicalize().is_ok_and(|path| parts.contains(&path))
        };
        let seen: Vec<&Model> =
            self.models.iter().filter(|model| (clears || model.fresh) && !is_part(model)).collect();
        // Of many models the reports would hide what changed.
        let single = self.models.iter().filter(|model| !is_part(model)).count() == 1;
        let texts = seen.iter().filter(|_| single).map(|model| model.text.as_str());
        self.screen.print(&format!("{head}{}", texts.collect::<String>()))?;
        self.screen.error(&seen.iter().map(|model| model.faults.as_str()).collect::<String>());
        let mut end: String =
            seen.iter().filter(|model| model.fresh).map(|model| model.changes.as_str()).collect();
        end.push('\n');
        seen.iter().for_each(|model| end.push_str(&model.line));
        gone.iter().for_each(|name| end.push_str(&format!("gone    {name}\n")));
        if self.models.is_empty() {
            end.push_str("there is no `.loop` file here yet\n");
        }
        if clears {
            end.push_str("watching; Ctrl-C ends it\n");
        }
        self.screen.print(&end)?;
        self.models.iter_mut().for_each(|model| model.fresh = false);
        (self.begun, self.busy) = (true, false);
        Ok(())
    }

    /// The line between two runs: which files changed.
    fn separator(&self, causes: &[String]) -> String {
        let more = causes.len().saturating_sub(MOST_NAMED);
        let mut named = causes[..causes.len() - more].join(", ");
        if more > 0 {
            let _ = write!(named, " and {more} more");
        }
        let dash = if self.screen.paint(false).unicode { "─" } else { "-" };
        let said = format!(" {named} changed ");
        let rest = WIDTH.saturating_sub(2 + said.chars().count()).max(2);
        format!("\n{}{said}{}\n\n", dash.repeat(2), dash.repeat(rest))
    }
}

impl Model {
    /// The files that it uses.
    fn parts(&self) -> Vec<PathBuf> {
        let own = self.path.canonicalize().ok();
        self.inputs.files().filter(|file| own.as_ref() != Some(file)).collect()
    }
}

/// How a model stands, in a line.
fn line(name: &str, solved: &Solved, found: &[Vec<Diagnostic>]) -> String {
    let count =
        |counted: &dyn Fn(&Diagnostic) -> bool| found.iter().flatten().filter(|one| counted(one)).count();
    let errors = count(&|one| one.is_error() && one.code != Code::L0421);
    let warnings = count(&|one| one.severity == Severity::Warning);
    let (held, all) = solved.claims;
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let claims = match (held, all) {
        (_, 0) => "no expectations".to_owned(),
        (held, all) if held == all => many(all, "expectation"),
        (held, all) => format!("{} of {all} expectations fail", all - held),
    };
    let told = [
        (errors > 0, many(errors, "error")),
        (errors == 0 || all > 0, claims),
        (warnings > 0, many(warnings, "warning")),
    ];
    let told: Vec<String> =
        told.into_iter().filter(|(is_told, _)| *is_told).map(|(_, words)| words).collect();
    let word = if errors > 0 || held < all { "FAILED" } else { "ok" };
    format!("{word:<7} {name}: {}\n", told.join(", "))
}
