//! How many turns go from one vertex to another along given steps.
//!
//! Source: Edmonds, Karp 1972.

use std::collections::{BTreeMap, VecDeque};

use super::residual::{Residual, Step};
use crate::exact::whole::Whole;
use crate::network::Vertex;
use crate::simplex::{Budget, Exhausted};

/// Turns that are sent by arcs whose both directions are allowed alike.
#[derive(Debug)]
pub struct Pushed<'a, W> {
    residual: &'a Residual<'a, W>,
    /// How many turns each arc has risen by.
    risen: BTreeMap<usize, W>,
    seen: Vec<Option<Option<Step>>>,
    touched: Vec<Vertex>,
}

impl<'a, W: Whole> Pushed<'a, W> {
    pub fn new(residual: &'a Residual<'a, W>) -> Self {
        let seen = vec![None; residual.graph.vertex_count()];
        Self { residual, risen: BTreeMap::new(), seen, touched: Vec::new() }
    }

    /// The most turns that go, up to a limit; any number where nothing is given.
    ///
    /// Invariant: `allowed` says the same of a step and of the step back.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn most(
        &mut self,
        (from, to): (Vertex, Vertex),
        limit: Option<&W>,
        (allowed, budget): (&dyn Fn(Step) -> bool, &mut Budget),
    ) -> Result<Option<W>, Exhausted> {
        self.risen.clear();
        let mut total = W::zero();
        while limit.is_none_or(|limit| total < *limit) {
            let found = self.search((from, to), allowed, budget)?;
            let steps = if found { self.steps(from, to) } else { Vec::new() };
            for vertex in self.touched.drain(..) {
                self.seen[vertex.index()] = None;
            }
            if !found {
                break;
            }
            let room = steps.iter().filter_map(|step| self.room(*step)).min();
            let Some(room) = room else { return Ok(limit.cloned()) };
            total = total.plus(&room);
            for step in steps {
                let risen = self.risen.entry(step.arc.index()).or_insert_with(W::zero);
                *risen = if step.rises { risen.plus(&room) } else { risen.minus(&room) };
            }
        }
        Ok(Some(limit.map_or(total.clone(), |limit| total.min(limit.clone()))))
    }

    fn room(&self, step: Step) -> Option<W> {
        let room = self.residual.room(step)?;
        let Some(risen) = self.risen.get(&step.arc.index()) else { return Some(room) };
        Some(if step.rises { room.minus(risen) } else { room.plus(risen) })
    }

    /// Whether a step is open after what was sent.
    fn is_open(&self, step: Step) -> bool {
        match self.risen.get(&step.arc.index()) {
            None => self.residual.is_open(step),
            Some(_) => self.room(step).is_none_or(|room| room > W::zero()),
        }
    }

    /// The shortest way from one vertex to the other; whether there is one.
    fn search(
        &mut self,
        (from, to): (Vertex, Vertex),
        allowed: &dyn Fn(Step) -> bool,
        budget: &mut Budget,
    ) -> Result<bool, Exhausted> {
        let mut queue = VecDeque::from([from]);
        self.seen[from.index()] = Some(None);
        self.touched.push(from);
        let graph = self.residual.graph;
        while let Some(vertex) = queue.pop_front() {
            let rise = graph.outgoing(vertex).iter().map(|arc| Step { arc: *arc, rises: true });
            let fall = graph.incoming(vertex).iter().map(|arc| Step { arc: *arc, rises: false });
            for step in rise.chain(fall) {
                budget.spend()?;
                let next = self.residual.to(step);
                if self.seen[next.index()].is_none() && allowed(step) && self.is_open(step) {
                    self.seen[next.index()] = Some(Some(step));
                    self.touched.push(next);
                    if next == to {
                        return Ok(true);
                    }
                    queue.push_back(next);
                }
            }
        }
        Ok(false)
    }

    fn steps(&self, from: Vertex, to: Vertex) -> Vec<Step> {
        let (mut steps, mut at) = (Vec::new(), to);
        while at != from
            && let Some(Some(step)) = self.seen[at.index()]
        {
            steps.push(step);
            at = self.residual.from(step);
        }
        steps
    }
}
