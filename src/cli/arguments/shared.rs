//! Options that several subcommands share.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::pipeline::memory::Memory;
use crate::pipeline::{Options, States};
use crate::solve::{Choice, Engine};
use crate::stop::Stop;

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
    /// Make warnings errors: `--deny warnings`
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FileArguments {
    /// Leave out up to this many bad rows of each import, with a warning, rather than refuse it
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub max_bad_rows: usize,
    /// Let `use` and `import` name files outside the project's folder
    #[arg(long)]
    pub allow_outside: bool,
    /// Refuse what would need more memory than this, as in 512MiB or 2GB, before it is taken
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub max_memory: Option<u64>,
}

impl FileArguments {
    /// What is asked of a compilation with these settings.
    pub fn options(&self, settings: &[(String, String)], stop: &Stop) -> Options {
        Options {
            settings: settings.to_vec(),
            most_bad_rows: self.max_bad_rows,
            allow_outside: self.allow_outside,
            memory: Memory(self.max_memory),
            stop: stop.clone(),
        }
    }
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

pub(super) fn solver_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Choice::ALL.map(Choice::name))
}

/// The choice of a name that is one of [`solver_names`].
pub(super) fn chosen(name: String) -> Choice {
    Choice::named(&name).unwrap_or_default()
}

pub(super) fn engine_names() -> PossibleValuesParser {
    PossibleValuesParser::new(Engine::ALL.map(Engine::name))
}

/// The engine of a name that is one of [`engine_names`].
pub(super) fn engine(name: String) -> Engine {
    Engine::named(&name).unwrap_or_default()
}

/// A number of bytes: `512MiB`, `2GB`, `1.5 GB`.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || "a size is written as 512MiB or 2GB".to_owned();
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let bytes: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "kib" => 1 << 10,
        "m" | "mb" => 1_000_000,
        "mib" => 1 << 20,
        "g" | "gb" => 1_000_000_000,
        "gib" => 1 << 30,
        "t" | "tb" => 1_000_000_000_000,
        "tib" => 1 << 40,
        _ => return Err(wrong()),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    // Parts of a unit are thousandths at the most.
    let tenths = 10_u64.pow(u32::try_from(part.len()).ok().filter(|places| *places <= 3).ok_or_else(wrong)?);
    let (whole, part) = (whole.parse::<u64>(), part.parse::<u64>());
    let (whole, part) = (whole.map_err(|_| wrong())?, part.map_err(|_| wrong())?);
    whole.checked_mul(bytes).and_then(|whole| whole.checked_add(part * bytes / tenths)).ok_or_else(wrong)
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

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        let read =
            ["0", "17", "2GB", "512MiB", "1.5 gb", "3k", "0.25kib", "1TiB"].map(|text| size(text).ok());
        let wanted = [0, 17, 2_000_000_000, 536_870_912, 1_500_000_000, 3_000, 256, 1 << 40];
        assert_eq!(read, wanted.map(Some));
        for wrong in ["", "GB", "-1", "1e9", "2 bushels", "1.2345GB", "1.GB", "1..2GB", "99999999999TB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
