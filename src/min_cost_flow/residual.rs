//! What may still change about a flow.

use super::arcs::Arc;
use crate::exact::whole::Whole;
use crate::network::{Digraph, Edge, Vertex};

/// A step of a walk through a flow: an arc, and whether its turns rise or fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub arc: Edge,
    pub rises: bool,
}

/// A flow, and how far each arc is from its bounds.
#[derive(Debug)]
pub struct Residual<'a, W> {
    pub graph: &'a Digraph,
    pub arcs: &'a [Arc<W>],
    pub flow: &'a [W],
}

impl<W: Whole> Residual<'_, W> {
    /// How far an arc's turns may rise or fall; any number where nothing is given.
    pub fn room(&self, step: Step) -> Option<W> {
        let (arc, flow) = (&self.arcs[step.arc.index()], &self.flow[step.arc.index()]);
        if step.rises {
            arc.upper.as_ref().map(|upper| upper.minus(flow))
        } else {
            arc.lower.as_ref().map(|lower| flow.minus(lower))
        }
    }

    pub fn is_open(&self, step: Step) -> bool {
        let (arc, flow) = (&self.arcs[step.arc.index()], &self.flow[step.arc.index()]);
        if step.rises { arc.upper.as_ref() != Some(flow) } else { arc.lower.as_ref() != Some(flow) }
    }

    /// The open steps that lead to a vertex, and where from.
    pub fn entering(&self, vertex: Vertex) -> impl Iterator<Item = (Step, Vertex)> + '_ {
        let rise = self.graph.incoming(vertex).iter().map(|arc| Step { arc: *arc, rises: true });
        let fall = self.graph.outgoing(vertex).iter().map(|arc| Step { arc: *arc, rises: false });
        rise.chain(fall).filter(|step| self.is_open(*step)).map(|step| (step, self.from(step)))
    }

    pub fn from(&self, step: Step) -> Vertex {
        if step.rises { self.graph.tail(step.arc) } else { self.graph.head(step.arc) }
    }

    pub fn to(&self, step: Step) -> Vertex {
        if step.rises { self.graph.head(step.arc) } else { self.graph.tail(step.arc) }
    }
}
