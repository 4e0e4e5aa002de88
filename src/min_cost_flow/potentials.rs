//! The one list of potentials that is told: from each vertex the heaviest walk through what may still change.
//!
//! At an optimum no loop through what may still change gains, so the heaviest walks are simple, and what they are worth
//! depends on the flow alone. Given any potentials that prove the optimum, one search finds them.
//!
//! Source: mathematics §4, *Networks*; Johnson 1977 (reduced weights); Dijkstra 1959.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::arcs::Worth;
use super::residual::{Residual, Step};
use crate::exact::whole::Whole;
use crate::network::Vertex;

/// How the heaviest walk from each vertex begins.
#[derive(Debug)]
pub struct Heaviest {
    /// In an order in which each walk comes after its rest.
    order: Vec<Vertex>,
    /// Nothing where the empty walk is the heaviest.
    begins: Vec<Option<Step>>,
}

impl Heaviest {
    /// Shape: a potential for each vertex, and what each arc is worth under them.
    pub fn walks<W: Whole>(
        residual: &Residual<'_, W>,
        (potential, reduced): (&[Worth<W>], &dyn Fn(usize) -> Worth<W>),
    ) -> Self {
        let count = residual.graph.vertex_count();
        let mut walk: Vec<Worth<W>> = potential[..count].iter().map(Worth::negated).collect();
        let mut heap: BinaryHeap<(Worth<W>, Reverse<usize>)> =
            walk.iter().cloned().zip((0..count).map(Reverse)).collect();
        let (mut order, mut begins, mut settled) =
            (Vec::with_capacity(count), vec![None; count], vec![false; count]);
        while let Some((weight, Reverse(place))) = heap.pop() {
            if std::mem::replace(&mut settled[place], true) {
                continue;
            }
            let vertex = Vertex::at(place);
            order.push(vertex);
            for (step, from) in residual.entering(vertex) {
                let from = from.index();
                if settled[from] {
                    continue;
                }
                let own = reduced(step.arc.index());
                let longer = if step.rises { weight.plus(&own) } else { weight.minus(&own) };
                if longer > walk[from] {
                    walk[from] = longer.clone();
                    begins[from] = Some(step);
                    heap.push((longer, Reverse(from)));
                }
            }
        }
        Self { order, begins }
    }

    /// What the walks are worth by one level, less the walk from the last vertex, *outside*.
    pub fn worth<W: Whole>(&self, residual: &Residual<'_, W>, level: &[W]) -> Vec<W> {
        let mut worth = vec![W::zero(); self.begins.len()];
        for vertex in &self.order {
            if let Some(step) = self.begins[vertex.index()] {
                let (rest, own) = (&worth[residual.to(step).index()], &level[step.arc.index()]);
                worth[vertex.index()] = if step.rises { rest.plus(own) } else { rest.minus(own) };
            }
        }
        let outside = worth.last().cloned().unwrap_or_else(W::zero);
        worth.iter().map(|worth| worth.minus(&outside)).collect()
    }
}
