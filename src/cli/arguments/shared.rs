//! Options that several subcommands share.

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use crate::cli::Refusal;
use crate::diagnostic::{Code, Level, Levels, lint};
use crate::pipeline::States;
use crate::pipeline::memory::size;
use crate::report::Digits;
use crate::solve::{Choice, Engine};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MessageFormat {
    /// Drawn, on standard error as all but what follows
    Human,
    /// One line each, as `file:line:column: error[L0302]: …`
    Short,
    /// One JSON object a line; this and what follows goes to standard output, where no report does
    Json,
    /// One SARIF 2.1.0 log, for code scanning
    Sarif,
    /// Commands that annotate the lines of a change on GitHub
    Github,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MessageArguments {
    /// How errors and warnings are written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// Do not show a lint; may repeat
    #[arg(long, value_name = "CODE", value_parser = a_lint)]
    pub allow: Vec<Code>,
    /// Show a lint as a warning, whatever the project says: a code, or `warnings`; may repeat
    #[arg(long, value_name = "CODE|warnings", value_parser = lints)]
    pub warn: Vec<Lints>,
    /// Make a lint an error: a code, or `warnings` for all; may repeat
    #[arg(long, value_name = "CODE|warnings", value_parser = lints)]
    pub deny: Vec<Lints>,
}

/// What a level is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Lints {
    One(Code),
    All,
}

impl MessageArguments {
    /// This form, and no levels.
    pub const fn of(message_format: MessageFormat) -> Self {
        Self { message_format, allow: Vec::new(), warn: Vec::new(), deny: Vec::new() }
    }

    /// The levels of lints.
    ///
    /// Errors: a lint that is given two of them.
    pub fn levels(&self) -> Result<Levels, Refusal> {
        let allowed = self.allow.iter().map(|code| (Lints::One(*code), Level::Allow));
        let warned = self.warn.iter().map(|lints| (*lints, Level::Warn));
        let denied = self.deny.iter().map(|lints| (*lints, Level::Deny));
        let mut levels = Levels::default();
        for (lints, level) in allowed.chain(warned).chain(denied) {
            let known = match lints {
                Lints::One(code) => levels.said(code),
                Lints::All => levels.strict().map(|strict| if strict { Level::Deny } else { Level::Warn }),
            };
            if let Some(known) = known.filter(|known| *known != level) {
                let name = match lints {
                    Lints::One(code) => code.name(),
                    Lints::All => WARNINGS,
                };
                let (one, other) = (known.word(), level.word());
                return Err(Refusal::new(format!("{name} is given two levels: --{one} and --{other}")));
            }
            match lints {
                Lints::One(code) => levels.set(code, level),
                Lints::All => levels.set_strict(level == Level::Deny),
            }
        }
        Ok(levels)
    }
}

const WARNINGS: &str = "warnings";

fn a_lint(name: &str) -> Result<Code, String> {
    lint(name).map_err(|(why, mend)| mend.map_or(why.clone(), |mend| format!("{why}: {mend}")))
}

fn lints(name: &str) -> Result<Lints, String> {
    if name == WARNINGS { Ok(Lints::All) } else { a_lint(name).map(Lints::One) }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SolverArguments {
    /// Who is asked for a first guess; no answer, proof or report depends on it [default: auto]
    #[arg(long, value_name = "NAME", value_parser = solver_names().map(chosen))]
    pub solver: Option<Choice>,
    /// By which method answers are looked for; no answer, proof or report depends on it [default: auto]
    #[arg(long, value_name = "NAME", value_parser = engine_names().map(engine))]
    pub engine: Option<Engine>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FileArguments {
    /// Leave out up to this many bad rows of each import, with a warning, rather than refuse it [default: 0]
    #[arg(long, value_name = "COUNT")]
    pub max_bad_rows: Option<usize>,
    /// Let `use` and `import` name files outside the project's folder
    #[arg(long)]
    pub allow_outside: bool,
    /// Refuse what would need more memory than this, as in 512MiB or 2GB, before it is taken
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_memory: Option<u64>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SettingArguments {
    /// Give a param another value, typed and checked like source; may repeat
    #[arg(long = "set", value_name = "PARAM=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ScenarioArguments {
    /// Lay this scenario over the model; may repeat: a report for each
    #[arg(long, value_name = "NAME", conflicts_with = "all_scenarios")]
    pub scenario: Vec<String>,
    /// Report the model without any scenario, then with each
    #[arg(long)]
    pub all_scenarios: bool,
}

impl ScenarioArguments {
    pub fn states(&self) -> States {
        match (self.all_scenarios, self.scenario.as_slice()) {
            (true, _) => States::All,
            (false, []) => States::Base,
            (false, names) => States::Scenarios(names.to_vec()),
        }
    }

    /// Whether one state is asked for, whatever the model has.
    pub fn is_one(&self) -> bool {
        !self.all_scenarios && self.scenario.len() < 2
    }
}

/// How many loops of a plan are listed; nothing for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Loops(pub Option<usize>);

impl std::fmt::Display for Loops {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(count) => count.fmt(f),
            None => f.write_str("all"),
        }
    }
}

fn solver_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Choice::ALL.map(Choice::name))
}

/// The choice of a name that is one of [`solver_names`].
fn chosen(name: String) -> Choice {
    Choice::named(&name).unwrap_or_default()
}

fn engine_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Engine::ALL.map(Engine::name))
}

/// The engine of a name that is one of [`engine_names`].
fn engine(name: String) -> Engine {
    Engine::named(&name).unwrap_or_default()
}

pub(super) fn digits(text: &str) -> Result<Digits, String> {
    let wrong = || format!("it is a whole number from {} to {}", Digits::RANGE.start(), Digits::RANGE.end());
    text.parse().ok().and_then(Digits::new).ok_or_else(wrong)
}

pub(super) fn loops(text: &str) -> Result<Loops, String> {
    if text == "all" {
        return Ok(Loops(None));
    }
    text.parse().map(|count| Loops(Some(count))).map_err(|_| "it is a number, or `all`".to_owned())
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("a setting is written PARAM=VALUE".to_owned()),
    }
}
