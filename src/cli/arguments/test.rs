//! What may stand behind `loopc test`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{FileArguments, MessageArguments, SolverArguments};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc test                           every model below this folder
  loopc test models --review           look at what differs, one by one
  loopc test models --accept           take all that differs for right
  loopc test --ci                      for CI: snapshots that are missing or of no model fail
  loopc test --ci --junit tests.xml")]
pub(in crate::cli) struct Test {
    /// Files or folders [default: the project's members, or all below this folder]
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Take reports that are new or differ for right
    #[arg(long, conflicts_with = "ci")]
    pub accept: bool,
    /// Show reports that are new or differ one by one, and ask for each whether it is right; needs a terminal
    #[arg(long, conflicts_with_all = ["ci", "accept"])]
    pub review: bool,
    /// Write no snapshots, and fail where one is missing or belongs to no model
    #[arg(long)]
    pub ci: bool,
    /// Write what came of every test to a file as well, as JUnit's XML, for CI
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,
    /// Test those models whose path has this in it
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    #[command(flatten)]
    pub solver: SolverArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}
