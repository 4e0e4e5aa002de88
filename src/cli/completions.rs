//! `loopc completions`: the script by which a shell completes the words of a command line.

use clap::CommandFactory as _;

use super::arguments::{Arguments, Completions};
use super::output::Screen;
use super::{Exit, Refusal};

pub(super) fn run(arguments: &Completions, screen: &Screen) -> Result<Exit, Refusal> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "loopc", &mut script);
    screen.print_with(&|out| out.write_all(&script))?;
    Ok(Exit::Well)
}
