//! What may stand behind `loopc completions` and `loopc man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc completions bash > loopc.bash
  loopc completions zsh > _loopc")]
pub(in crate::cli) struct Completions {
    /// Whose script is written to standard output
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc man solve > loopc-solve.1
  loopc man --output man1")]
pub(in crate::cli) struct Man {
    /// The command whose page is written to standard output; without one, that of loopc
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write the pages of all commands to this folder instead, each to a file of its own
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    pub output: Option<PathBuf>,
}
