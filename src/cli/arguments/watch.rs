//! What may stand behind `loopc watch`.

use std::path::PathBuf;

use clap::Args;

use super::shared::{FileArguments, MessageArguments, ScenarioArguments, SettingArguments, SolverArguments};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc watch models/wanda.loop
  loopc watch models/neighbourhood.loop --scenario own_card
  loopc watch                          every model below this folder")]
pub(in crate::cli) struct Watch {
    /// Files or folders [default: the project's members, or all below this folder]
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// Solve this analysis only; may repeat
    #[arg(long, value_name = "NAME")]
    pub analysis: Vec<String>,
    #[command(flatten)]
    pub solver: SolverArguments,
    #[command(flatten)]
    pub scenarios: ScenarioArguments,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}
