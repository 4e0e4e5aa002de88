//! What may stand behind `loopc watch`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::TypedValueParser as _;

use super::shared::{
    FileArguments, MessageArguments, ScenarioArguments, SettingArguments, chosen, engine, engine_names,
    solver_names,
};
use crate::solve::{Choice, Engine};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  loopc watch models/wanda.loop
  loopc watch models/neighbourhood.loop --scenario own_card
  loopc watch                          every model below this folder")]
pub(in crate::cli) struct Watch {
    /// Files or folders
    #[arg(value_name = "FILE|DIR", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Solve this analysis only; may repeat
    #[arg(long, value_name = "NAME")]
    pub analysis: Vec<String>,
    /// Who is asked for a first guess; no answer depends on it
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = solver_names().map(chosen))]
    pub solver: Choice,
    /// By which method answers are looked for; none depends on it
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = engine_names().map(engine))]
    pub engine: Engine,
    #[command(flatten)]
    pub scenarios: ScenarioArguments,
    #[command(flatten)]
    pub settings: SettingArguments,
    #[command(flatten)]
    pub files: FileArguments,
    #[command(flatten)]
    pub messages: MessageArguments,
}
