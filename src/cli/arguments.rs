//! What may stand on the command line: one struct for each subcommand.

mod shared;
mod shell;
mod test;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use shared::{
    FileArguments, Loops, MessageArguments, MessageFormat, ScenarioArguments, SettingArguments,
    SolverArguments,
};
use shared::{digits, loops};
pub(super) use shell::{Completions, Man};
pub(super) use test::Test;
pub(super) use watch::Watch;

use crate::report::{Digits, MOST_LOOPS};

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
    /// Mend what can be mended for certain, in models and in the files that they use
    Fix(Fix),
    /// Solve the analyses of a model and print the report
    Solve(Solve),
    /// Test models: every expectation, and every report against its snapshot
    Test(Test),
    /// Hold a model's scenarios against it, or a model against another or against what it was
    Compare(Compare),
    /// Explain a code, or list all of them
    Explain(Explain),
    /// Check every proof of a report again, from the source and the report alone
    Verify(Verify),
    /// Draw a model as a graph
    Graph(Graph),
    /// Write the linear program of an analysis, for other solvers
    Export(Export),
    /// Begin a project: a first model that solves, its test, and a workflow that checks every change
    New(New),
    /// Check and solve models whenever they are saved, and show what changed
    Watch(Watch),
    /// Serve an editor over standard input and output (Language Server Protocol)
    #[command(
        after_help = "Examples:\n  loopc lsp                            what an editor starts, and talks to"
    )]
    Lsp,
    /// Write the script by which a shell completes loopc's command lines
    Completions(Completions),
    /// Write the manual, as pages for man
    Man(Man),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc check                          every model below this folder
  loopc check models/o2o.loop --deny warnings
  loopc check - < models/o2o.loop      standard input
  loopc check models --message-format sarif > models.sarif")]
pub(super) struct Check {
    /// Files, folders, or - for standard input [default: the project's members, or all below this folder]
    #[arg(value_name = "FILE|DIR")]
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
    /// Files, folders, or - for standard input, which goes to standard output [default: the project's members, or all
    /// below this folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not in their style, and exit 1 if there are any
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print what would change, as a unified diff
    #[arg(long)]
    pub diff: bool,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc fix models --dry-run           what would be changed, as a diff
  loopc fix models/o2o.loop")]
pub(super) struct Fix {
    /// Files or folders [default: the project's members, or all below this folder]
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Print what would be changed as a unified diff, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
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
  loopc solve models/neighbourhood.loop --set 'take=4%'
  loopc solve models/neighbourhood.loop --scenario own_card")]
pub(super) struct Solve {
    /// The model, or - for standard input
    #[arg(value_name = "FILE")]
    pub path: PathBuf,
    /// Solve this analysis only; may repeat
    #[arg(long, value_name = "NAME")]
    pub analysis: Vec<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReportFormat,
    #[command(flatten)]
    pub solver: SolverArguments,
    /// How many significant digits rounded numbers of a text report have, from 3 to 30 [default: 6]
    #[arg(long, value_name = "COUNT", value_parser = digits)]
    pub digits: Option<Digits>,
    /// How many loops of each plan a JSON report lists, those that bring most: a number, or all
    #[arg(long, value_name = "COUNT", default_value_t = Loops(Some(MOST_LOOPS)), value_parser = loops)]
    pub loops: Loops,
    /// Write the report to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub scenarios: ScenarioArguments,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    /// For reading
    Text,
    /// For a pull request
    Markdown,
    /// Everything, as one document
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc compare models/neighbourhood.loop
  loopc compare models/neighbourhood.loop own_card
  loopc compare HEAD~1:models/wanda.loop models/wanda.loop --format markdown
  loopc compare main:models/wanda.loop models/wanda.loop --fail-on-change")]
pub(super) struct Compare {
    /// The model, or - for standard input, or what git has of it at a revision: REVISION:PATH
    #[arg(value_name = "MODEL")]
    pub model: String,
    /// Scenarios of the model, all if none is named; or another file or revision that is held against it
    #[arg(value_name = "SCENARIO|MODEL")]
    pub others: Vec<String>,
    /// Compare this analysis only; may repeat
    #[arg(long, value_name = "NAME")]
    pub analysis: Vec<String>,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CompareFormat,
    /// Exit with 1 if any answer, loop or expectation differs
    #[arg(long)]
    pub fail_on_change: bool,
    /// Write the comparison to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub solver: SolverArguments,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    /// How errors are written, on standard error
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
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
    /// Lay this scenario over the model
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub solver: SolverArguments,
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
    /// Lay this scenario over the model
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
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
    /// A folder that does not exist yet, or has nothing in it but perhaps `.git`
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
