//! `loopc graph`: the model as a drawing.

use super::arguments::{Graph, GraphFormat};
use super::output::{Screen, read_source};
use super::solve::known;
use super::{Exit, Refusal};
use crate::pipeline::compile_with;
use crate::report;
use crate::source::Disk;

pub(super) fn run(arguments: &Graph, screen: &Screen) -> Result<Exit, Refusal> {
    let mut compilation = compile_with(read_source(&arguments.path)?, arguments.files.options(&[]), &Disk);
    if compilation.has_errors() {
        return Ok(screen.report(&compilation, &arguments.messages).0);
    }
    let solution = match &arguments.analysis {
        Some(name) => {
            known(&compilation, name)?;
            compilation.solve(std::slice::from_ref(name))
        }
        None => None,
    };
    let drawing = compilation.drawing(solution.as_ref());
    screen.print(&match arguments.format {
        GraphFormat::Dot => report::dot(&drawing),
        GraphFormat::Mermaid => report::mermaid(&drawing),
    })?;
    Ok(screen.report(&compilation, &arguments.messages).0)
}
