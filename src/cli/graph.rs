//! `loopc graph`: the model as a drawing.

use super::arguments::{Graph, GraphFormat};
use super::output::{Screen, read_source};
use super::solve::known;
use super::{Exit, Refusal};
use crate::analysis::Verdict;
use crate::model::FlowId;
use crate::pipeline::{Solution, compile};
use crate::report;
use crate::source::Disk;

pub(super) fn run(arguments: &Graph, screen: &Screen) -> Result<Exit, Refusal> {
    let mut compilation = compile(read_source(&arguments.path)?, &[], &Disk);
    if compilation.has_errors() {
        return Ok(screen.report(&compilation, &arguments.messages).0);
    }
    let marked = match &arguments.analysis {
        Some(name) => {
            known(&compilation, name)?;
            let solution = compilation.solve(std::slice::from_ref(name));
            solution.as_ref().map(best).unwrap_or_default()
        }
        None => Vec::new(),
    };
    let drawing = report::draw(&compilation.checked.model, &marked);
    screen.print(&match arguments.format {
        GraphFormat::Dot => report::dot(&drawing),
        GraphFormat::Mermaid => report::mermaid(&drawing),
    })?;
    Ok(screen.report(&compilation, &arguments.messages).0)
}

/// The flows of the best loop or path, and what rides them.
fn best(solution: &Solution) -> Vec<FlowId> {
    let walks = solution.findings.iter().filter_map(|finding| match &finding.verdict {
        Verdict::Loops(found) => found.loops.first(),
        Verdict::Path(found) => Some(&found.path),
        _ => None,
    });
    walks
        .flat_map(|walk| &walk.hops)
        .flat_map(|hop| std::iter::once(hop.flow).chain(hop.riders.iter().copied()))
        .collect()
}
