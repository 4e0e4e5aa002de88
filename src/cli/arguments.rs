//! What may stand on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::pipeline::Options;
use crate::pipeline::memory::Memory;
use crate::solve::{Choice, Engine};
use crate::stop::Stop;

/// A compiler for closed-loop business models: exact answers, each with its proof.
#[derive(Debug, Parser)]
#[command(name = "loopc", version, max_term_width = 100, after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub look: LookArguments,
}

const EXAMPLES: &str = "\
Examples:
  loopc new shop                       a first model, in the folder shop
  loopc check models                   check every model below a folder
  loopc fmt models                     bring every model below a folder into the one style
  loopc solve models/wanda.loop        print the best loops and their proof
  loopc explain L0302                  what an error means, and its mend

Exit status: 0 all is well, 1 the model is at fault, 2 the command line is, 3 loopc is.";

#[derive(Debug, Args)]
pub(super) struct LookArguments {
    /// When to colour; auto is on a terminal where NO_COLOR is not set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Draw with ASCII signs only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Whether a terminal is shown how far a long command is; auto is not in CI, nor on a dumb terminal
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub progress: Shown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shown {
    Auto,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check models: names, units, meaning, and what only the graph can show
    Check(Check),
    /// Bring models into the one style, in place
    Fmt(Fmt),
    /// Solve the analyses of a model and print the report
    Solve(Solve),
    /// Explain a code, or list all of them
    Explain(Explain),
    /// Check every proof of a report again, from the source and the report alone
    Verify(Verify),
    /// Draw a model as a graph
    Graph(Graph),
    /// Write the linear program of an analysis, for other solvers
    Export(Export),
    /// Begin a model: a folder with a first file that solves
    New(New),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Short,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct MessageArguments {
    /// How errors and warnings are written, on standard error: drawn, one line each, or one JSON object a line
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
    /// Make warnings errors: `--deny warnings`
    #[arg(long, value_name = "WHAT", value_parser = ["warnings"])]
    pub deny: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc check                          every model below this folder
  loopc check models/o2o.loop --deny warnings
  loopc check - < models/o2o.loop      standard input")]
pub(super) struct Check {
    /// Files, folders, or - for standard input
    #[arg(value_name = "FILE|DIR", default_value = ".")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc fmt                            every model below this folder
  loopc fmt --check models             for CI: exit 1 if a file is not in its style
  loopc fmt - < models/o2o.loop        from standard input to standard output")]
pub(super) struct Fmt {
    /// Files, folders, or - for standard input, which goes to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not in their style, and exit 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print what would change, as a unified diff
    #[arg(long)]
    pub diff: bool,
    /// How errors are written, on standard error: drawn, one line each, or one JSON object a line
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Args)]
pub(super) struct FileArguments {
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
pub(super) struct SettingArguments {
    /// Give a param another value, typed and checked like source; may repeat
    #[arg(long = "set", value_name = "PARAM=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For reading; of long lists what matters most
    Text,
    /// Everything, with the proofs
    Json,
    /// A row for each flow of a plan, loop or path, for spreadsheets
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc solve models/wanda.loop
  loopc solve models/wanda.loop --analysis capital --format json
  loopc solve models/wanda.loop --format csv -o flows.csv
  loopc solve models/neighbourhood.loop --set 'take=4%'")]
pub(super) struct Solve {
    /// The model, or - for standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// Solve this analysis only; may repeat
    #[arg(long, value_name = "NAME")]
    pub analysis: Vec<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
    /// Who is asked for a first guess; the answer, its proof and the report are the same for all
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = solver_names().map(chosen))]
    pub solver: Choice,
    /// By which method answers are looked for; the answer, its proof and the report are the same for all
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = engine_names().map(engine))]
    pub engine: Engine,
    /// Write the report to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc explain
  loopc explain L0302")]
pub(super) struct Explain {
    /// A code such as L0302; without one, all codes are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc solve models/wanda.loop --format json -o report.json
  loopc verify report.json")]
pub(super) struct Verify {
    /// A report that `loopc solve --format json` wrote, or - for standard input
    #[arg(value_name = "REPORT")]
    pub path: PathBuf,
    /// The model's file, where it is not where the report says
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    Dot,
    Mermaid,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc graph models/neighbourhood.loop --format mermaid
  loopc graph models/wanda.loop --format dot --analysis capital")]
pub(super) struct Graph {
    /// The model, or - for standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    #[arg(long, value_name = "FORMAT")]
    pub format: GraphFormat,
    /// Mark the best loop or path of this analysis
    #[arg(long, value_name = "NAME")]
    pub analysis: Option<String>,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgramFormat {
    Mps,
    Lp,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc export models/wanda.loop --analysis capital --format lp
  loopc export models/tramp-steamer.loop --format mps -o tramp.mps")]
pub(super) struct Export {
    /// The model, or - for standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// Whose program to write; may be left out where only one analysis has one
    #[arg(long, value_name = "NAME")]
    pub analysis: Option<String>,
    /// Free MPS, or CPLEX LP
    #[arg(long, value_name = "FORMAT")]
    pub format: ProgramFormat,
    /// Write the program to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc new shop
  loopc solve shop/model.loop")]
pub(super) struct New {
    /// A folder that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
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
