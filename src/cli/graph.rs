//! `loopc graph`: the model as a drawing.

use super::arguments::{Graph, GraphFormat};
use super::output::{Screen, compile_one};
use super::progress::Line;
use super::project::{Flags, Showing, manifest};
use super::solve::known;
use super::{Exit, Refusal};
use crate::report;
use crate::source::Disk;
use crate::stop::Stop;

pub(super) fn run(arguments: &Graph, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let showing = Showing { screen, format: arguments.messages.message_format, as_result: false };
    let flags = Flags::new(&arguments.files, &stop).with_levels(&arguments.messages)?;
    let project = manifest(&arguments.path, &Disk, showing)?;
    let options = flags.with_solver(&arguments.solver).options(&project);
    let line = Line::of(&stop, screen);
    let mut compilation = compile_one(&arguments.path, options, arguments.scenario.as_deref())?;
    if compilation.has_errors() {
        drop(line);
        return Ok(screen.report(&compilation, &arguments.messages).0);
    }
    let solution = match &arguments.analysis {
        Some(name) => {
            known(&compilation, name)?;
            compilation.solve(std::slice::from_ref(name))
        }
        None => None,
    };
    drop(line);
    let drawing = compilation.drawing(solution.as_ref());
    screen.print(&match arguments.format {
        GraphFormat::Dot => report::dot(&drawing),
        GraphFormat::Mermaid => report::mermaid(&drawing),
    })?;
    Ok(screen.report(&compilation, &arguments.messages).0)
}
