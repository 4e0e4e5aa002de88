//! From a program that is a network to its one optimum, with the prices that prove it.

use super::arcs::{Arc, Bounds, Levels, Worth};
use super::descent::{Descended, Descent, descend};
use super::network_simplex::{End, NetworkSimplex};
use super::potentials::Heaviest;
use super::residual::{Residual, Step};
use super::shape::{Part, Shape};
use crate::exact::Rational;
use crate::exact::whole::{Big, Whole};
use crate::network::{Components, Digraph, Edge, Subgraph, Vertex};
use crate::program::{ColumnId, Program};
use crate::simplex::{Budget, Exhausted, Optimum};

/// Numbers of more bits than this in all are left to the general method: a gigabyte.
const MOST_BITS: usize = 1 << 33;

/// From so many arcs on, cost scaling finds the best flow sooner than the network simplex method.
const MOST_FOR_SIMPLEX: usize = 1_000;

/// By which method the best flow is sought. Both find the same, and prove it alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Whichever is sooner.
    BySize,
    Simplex,
    /// Unfit where words are too short for it, or there is no best flow: then the other has to say.
    Scaling,
}

/// How maximising several objectives ended.
#[derive(Debug)]
pub enum NetworkEnd {
    /// `only` where the levels leave no choice.
    Optimal {
        optimum: Optimum,
        only: bool,
    },
    Infeasible,
    /// Some level has no optimum among those of the levels before, if there is any flow: that is not looked into.
    Unbounded,
    /// The numbers have no common denominator of a reasonable length.
    Unfit,
    /// The budget was exhausted, or somebody asked to stop: the flow where the search stood, if it kept all bounds.
    Cut {
        values: Option<Vec<Rational>>,
    },
}

/// A program that is a network.
#[derive(Debug)]
pub struct Network<'a> {
    pub(super) program: &'a Program,
    pub(super) shape: Shape,
    pub(super) bounds: Bounds,
    pub(super) graph: Digraph,
}

impl<'a> Network<'a> {
    /// The network that a program is; nothing where it is none, or its numbers have no common denominator of a
    /// reasonable length.
    #[must_use]
    pub fn of(program: &'a Program) -> Option<Self> {
        let shape = Shape::of(program)?;
        let bounds = Bounds::of(program, &shape)?;
        let graph = Digraph::new(shape.vertices, &shape.ends);
        Some(Self { program, shape, bounds, graph })
    }

    /// Maximises each level over the optima of those before, as `simplex::lexicographic` does.
    ///
    /// The prices are those of the heaviest walks, which depend on the optimum alone.
    ///
    /// Source: mathematics §4, *Networks*.
    #[must_use]
    pub fn lexicographic(&self, levels: &[Vec<Rational>], budget: &mut Budget) -> NetworkEnd {
        self.lexicographic_by(Method::BySize, levels, budget)
    }

    /// The same by the method that is asked for.
    #[must_use]
    pub fn lexicographic_by(
        &self,
        method: Method,
        levels: &[Vec<Rational>],
        budget: &mut Budget,
    ) -> NetworkEnd {
        let Some(levels) = Levels::of(levels, self.graph.vertex_count()) else {
            return NetworkEnd::Unfit;
        };
        let scales = match method {
            Method::BySize => self.shape.ends.len() >= MOST_FOR_SIMPLEX,
            Method::Simplex => false,
            Method::Scaling => true,
        };
        let end = if self.fits_machine(&levels) {
            let scaled = if scales { self.scaled(&levels, budget) } else { None };
            let other = method != Method::Scaling;
            scaled.or_else(|| if other { self.solved::<i128>(&levels, budget) } else { None })
        } else if self.fits_memory(&levels) && method != Method::Scaling {
            self.solved::<Big>(&levels, budget)
        } else {
            None
        };
        end.unwrap_or(NetworkEnd::Unfit)
    }

    /// Whether flows and potentials of long numbers are not too much together.
    fn fits_memory(&self, levels: &Levels) -> bool {
        let places = self.shape.ends.len() + self.graph.vertex_count();
        let bits = self.bounds.bits() + levels.bits(self.graph.vertex_count());
        bits.saturating_mul(places) <= MOST_BITS
    }

    pub(super) fn fits_machine(&self, levels: &Levels) -> bool {
        self.bounds.fit_machine() && levels.fit_machine(self.graph.vertex_count())
    }

    /// Whether words of half the length suffice.
    pub(super) fn fits_short(&self, levels: &Levels) -> bool {
        self.bounds.fit_short() && levels.fit_short(self.graph.vertex_count())
    }

    /// The end by cost scaling; nothing where the network simplex method has to say.
    fn scaled(&self, levels: &Levels, budget: &mut Budget) -> Option<NetworkEnd> {
        let vertices = self.graph.vertex_count();
        let arcs = self.bounds.arcs::<i128>(&self.shape)?;
        let each: Vec<Vec<i128>> =
            levels.each().iter().map(|level| level.numbers()).collect::<Option<_>>()?;
        match descend(vertices, &arcs, &each, budget) {
            Descent::Found(Descended { flow, potentials }) => {
                let (potential, worths) = (levels.together(&potentials, vertices)?, levels.worths()?);
                self.settled(levels, (&arcs, &worths), (&flow, &potential))
            }
            Descent::Infeasible => Some(NetworkEnd::Infeasible),
            Descent::Unsaid => None,
            Descent::Cut(flow) => Some(NetworkEnd::Cut { values: flow.map(|flow| self.restored(&flow)) }),
        }
    }

    /// The end by the network simplex method.
    fn solved<W: Whole>(&self, levels: &Levels, budget: &mut Budget) -> Option<NetworkEnd> {
        let (arcs, worths) = (self.bounds.arcs::<W>(&self.shape)?, levels.worths::<W>()?);
        let mut search = NetworkSimplex::new(self.graph.vertex_count(), &arcs, &worths);
        match search.run(budget) {
            Ok(End::Optimal) => {
                self.settled(levels, (&arcs, &worths), (&search.flow[..arcs.len()], &search.potential))
            }
            Ok(End::Infeasible) => Some(NetworkEnd::Infeasible),
            Ok(End::Unbounded) => Some(NetworkEnd::Unbounded),
            Err(Exhausted) => {
                let values = search.is_balanced().then(|| self.restored(&search.flow[..arcs.len()]));
                Some(NetworkEnd::Cut { values })
            }
        }
    }

    fn restored<W: Whole>(&self, flow: &[W]) -> Vec<Rational> {
        flow.iter().map(|flow| self.bounds.restored(flow)).collect()
    }

    /// What is told of a best flow, given potentials that prove it: the same whichever those are.
    fn settled<W: Whole>(
        &self,
        levels: &Levels,
        (arcs, worths): (&[Arc<W>], &[Worth<W>]),
        (flow, potential): (&[W], &[Worth<W>]),
    ) -> Option<NetworkEnd> {
        let residual = Residual { graph: &self.graph, arcs, flow };
        let reduced = |arc: usize| {
            let ends = &arcs[arc];
            worths[arc].minus(&potential[ends.tail.index()]).plus(&potential[ends.head.index()])
        };
        let only = is_only(&residual, &|arc| reduced(arc) == Worth::zero());
        let heaviest = Heaviest::walks(&residual, (potential, &reduced));
        let mut proof = Proof { duals: Vec::new(), reduced: Vec::new() };
        let mut unique = true;
        for (place, level) in levels.each().iter().enumerate() {
            let numbers = level.numbers::<W>()?;
            let worth = heaviest.worth(&residual, &numbers);
            if place == 0 {
                let tight = |arc: usize| change((arcs, &numbers), &worth, arc) == W::zero();
                unique = is_only(&residual, &tight);
            }
            let reduced = |column: ColumnId| change((arcs, &numbers), &worth, column.index());
            proof.duals.push(worth.iter().map(|worth| level.restored(worth)).collect());
            proof.reduced.push(self.bound_columns().map(|column| level.restored(&reduced(column))).collect());
        }
        let values = self.restored(residual.flow);
        let duals = self.duals(&proof, &values);
        let optimum = Optimum { values, duals, unique, minimized: Vec::new() };
        Some(NetworkEnd::Optimal { optimum, only })
    }

    /// The columns that rows bound, in the order of the rows.
    fn bound_columns(&self) -> impl Iterator<Item = ColumnId> + '_ {
        self.shape.rows.iter().filter_map(|part| match part {
            Part::Bound(column) => Some(*column),
            Part::Balance(_) => None,
        })
    }

    /// The prices of the rows, level by level. What a bound by a row is worth is worth nothing where the column's own
    /// bound is the same, or an earlier row's.
    fn duals(&self, proof: &Proof, values: &[Rational]) -> Vec<Vec<Rational>> {
        let mut duals = vec![vec![Rational::ZERO; self.shape.rows.len()]; proof.duals.len()];
        let mut taken = vec![false; self.shape.ends.len()];
        let mut bound = 0;
        for (place, (row, part)) in self.program.rows().iter().zip(&self.shape.rows).enumerate() {
            match part {
                Part::Balance(vertex) => {
                    for (dual, level) in duals.iter_mut().zip(&proof.duals) {
                        dual[place] = level[vertex.index()].clone();
                    }
                }
                Part::Bound(column) => {
                    let (own, value) = (&self.program.columns()[column.index()], &values[column.index()]);
                    let first =
                        proof.reduced.iter().map(|level| &level[bound]).find(|reduced| !reduced.is_zero());
                    let binds = first.is_some_and(|reduced| {
                        let rises = reduced.is_positive();
                        let end = |lower: &'_ Option<Rational>, upper: &'_ Option<Rational>| {
                            if rises { upper.as_ref() == Some(value) } else { lower.as_ref() == Some(value) }
                        };
                        end(&row.lower, &row.upper) && !end(&own.lower, &own.upper)
                    });
                    if binds && !std::mem::replace(&mut taken[column.index()], true) {
                        for (dual, level) in duals.iter_mut().zip(&proof.reduced) {
                            dual[place] = level[bound].clone();
                        }
                    }
                    bound += 1;
                }
            }
        }
        duals
    }
}

/// The parts of a proof, level by level: a price for each vertex, a reduced worth for each row that is a bound.
struct Proof {
    duals: Vec<Vec<Rational>>,
    reduced: Vec<Vec<Rational>>,
}

/// What one more turn on an arc is worth under these potentials.
pub(super) fn change<W: Whole>((arcs, level): (&[Arc<W>], &[W]), worth: &[W], arc: usize) -> W {
    let ends = &arcs[arc];
    level[arc].minus(&worth[ends.tail.index()]).plus(&worth[ends.head.index()])
}

/// Whether no other flow is as good, where these arcs are the ones that may change at no loss.
///
/// Arcs between their bounds may change both ways: there is another flow where they close a loop, or where what is
/// left closes one among the pieces that they tie together.
fn is_only<W: Whole>(residual: &Residual<'_, W>, tight: &dyn Fn(usize) -> bool) -> bool {
    let mut pieces = Pieces((0..residual.graph.vertex_count()).collect());
    let mut ways: Vec<(Edge, bool)> = Vec::new();
    for arc in residual.graph.edges().filter(|arc| tight(arc.index())) {
        let [rises, falls] = [true, false].map(|rises| residual.is_open(Step { arc, rises }));
        if rises && falls {
            let (tail, head) = (residual.graph.tail(arc), residual.graph.head(arc));
            if !pieces.join(tail.index(), head.index()) {
                return false;
            }
        } else if rises || falls {
            ways.push((arc, rises));
        }
    }
    let mut piece = |vertex: Vertex| Vertex::at(pieces.of(vertex.index()));
    let ends: Vec<(Vertex, Vertex)> = ways
        .into_iter()
        .map(|(arc, rises)| {
            let step = Step { arc, rises };
            (piece(residual.from(step)), piece(residual.to(step)))
        })
        .collect();
    let graph = Digraph::new(residual.graph.vertex_count(), &ends);
    let scope = Subgraph::whole(&graph);
    let components = Components::strong(scope);
    !graph.edges().any(|edge| components.joins(scope, edge))
}

/// Vertices that are tied together, as trees of pointers.
struct Pieces(Vec<usize>);

impl Pieces {
    fn of(&mut self, vertex: usize) -> usize {
        let mut at = vertex;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Ties two pieces together; whether they were two.
    fn join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.of(one), self.of(other));
        self.0[one] = other;
        one != other
    }
}
