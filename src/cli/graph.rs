//! `loopc graph`: the model as a drawing.

use super::arguments::{Graph, GraphFormat};
use super::output::{Screen, compile_one};
use super::progress::Line;
use super::solve::known;
use super::{Exit, Refusal};
use crate::report;
use crate::stop::Stop;

pub(super) fn run(arguments: &Graph, screen: &Screen) -> Result<Exit, Refusal> {
    let stop = Stop::default();
    let line = Line::of(&stop, screen);
    let options = arguments.files.options(&[], &stop);
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
