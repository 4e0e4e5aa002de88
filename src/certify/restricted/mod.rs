//! Loops and paths under restrictions: what they must use, and how many edges they may have. NP-hard.
//!
//! What lives here: an exact search, depth first over simple loops or paths, that leaves out what bounds prove
//! to come too late in the one order; the bounds; and the bound that is left where the search does not close.
//! Limits count nodes and work. What a solver suggests is a place to start from, and no more.
//!
//! Source: mathematics §2 "restricted loops", §3.

mod answer;
mod assignment;
mod ceiling;
mod layers;
mod list;
mod reduce;
mod search;
mod trail;
mod weighing;

use dashu_base::BitTest;
use dashu_int::IBig;

pub use answer::{RestrictedAnswer, Suggest, best, proved};

use super::number::{Exact, Narrowed, Scaled, narrowed_sparing};
use crate::exact::Rational;
use crate::network::{Digraph, Edge, Vertex};
use crate::program::RatioProblem;
use list::{Candidate, List};
use reduce::{Reduced, reduce};
use search::Search;

/// Which loops, or paths, are best among those that use an edge of each item and are neither too short nor too
/// long?
///
/// Invariant: one number for each edge in each list; where there are denominators, those of every loop (and of
/// every path between the ends) sum to more than zero; the ends, where there are any, are two vertices, no edge
/// leaves the second and none enters the first. Callers who minimise negate the numerators.
#[derive(Clone, Copy, Debug)]
pub struct RestrictedProblem<'a> {
    pub graph: &'a Digraph,
    pub numerator: &'a [Rational],
    /// Nothing where the numerators alone are summed.
    pub denominator: Option<&'a [Rational]>,
    /// The ends of a path; nothing for a loop.
    pub ends: Option<(Vertex, Vertex)>,
    /// For each item the edges of which one must be used.
    pub through: &'a [Vec<Edge>],
    /// The fewest and the most edges.
    pub length: (usize, usize),
}

/// A loop or path and its value.
///
/// Invariant: a loop's edges stand from the least on, a path's from its beginning on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedWalk {
    pub edges: Vec<Edge>,
    pub value: Rational,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// The best that were met, in the one order.
    pub walks: Vec<RankedWalk>,
    /// Whether nothing was left to look at: then the walks are the best ones, proved.
    pub closed: bool,
    /// Whether a walk that is not listed ties with the last that is; unknown where the search did not close.
    pub tie_at_cut: bool,
    /// How many beginnings of walks were looked at.
    pub nodes: usize,
}

impl RestrictedProblem<'_> {
    /// The value of a walk.
    #[must_use]
    pub fn value(&self, edges: &[Edge]) -> Option<Rational> {
        let sum = |numbers: &[Rational]| -> Rational {
            edges.iter().filter_map(|edge| numbers.get(edge.index())).sum()
        };
        match self.denominator {
            Some(denominator) => sum(self.numerator).checked_div(&sum(denominator)),
            None => Some(sum(self.numerator)),
        }
    }

    /// Whether these edges are a loop, or path, that keeps the restrictions.
    #[must_use]
    pub fn admits(&self, edges: &[Edge]) -> bool {
        let known = edges.iter().all(|edge| edge.index() < self.graph.edge_count());
        let Some(first) = edges.first().filter(|_| known) else { return false };
        let (from, to) = self.ends.unwrap_or((self.graph.tail(*first), self.graph.tail(*first)));
        self.graph.is_simple(edges, from, to)
            && (self.length.0..=self.length.1).contains(&edges.len())
            && self.through.iter().all(|item| edges.iter().any(|edge| item.contains(edge)))
    }

    /// Both lists of numbers; ones where the numerators alone count.
    fn numbers(&self, ones: &[Rational]) -> (Vec<Rational>, Vec<Rational>) {
        (self.numerator.to_vec(), self.denominator.unwrap_or(ones).to_vec())
    }
}

/// A problem over one kind of exact number, without what no answer can use.
struct Task<'a, W> {
    problem: &'a RestrictedProblem<'a>,
    scaled: &'a Scaled<'a, W>,
    reduced: &'a Reduced,
    /// What one step of arithmetic costs, for the limit on work.
    price: usize,
}

/// Searches for the best `top` walks, at least one, starting from those known.
///
/// Where the search closes, its walks are the same whatever was known, and its nodes depend on what was known
/// alone. Walks known that the problem does not admit are ignored.
#[must_use]
pub fn search(problem: &RestrictedProblem<'_>, top: usize, known: &[Vec<Edge>]) -> Searched {
    let Some(reduced) = reduce(problem) else {
        return Searched { walks: Vec::new(), closed: true, tie_at_cut: false, nodes: 0 };
    };
    let request = Request { top: top.max(1), known };
    with_task(problem, &reduced, &mut Searching(&request))
}

/// Whether it is plain, without a search, that nothing meets the restrictions.
#[must_use]
pub fn is_impossible(problem: &RestrictedProblem<'_>) -> bool {
    reduce(problem).is_none()
}

/// A value that no walk exceeds; nothing where none is known. It depends on the problem alone.
#[must_use]
pub fn ceiling(problem: &RestrictedProblem<'_>) -> Option<Rational> {
    with_task(problem, &reduce(problem)?, &mut Bounding)
}

struct Request<'a> {
    top: usize,
    known: &'a [Vec<Edge>],
}

/// What is done with a task, whatever its numbers are.
trait Act {
    type Out;
    fn act<W: Exact>(&mut self, task: &Task<'_, W>) -> Self::Out;
}

struct Searching<'a>(&'a Request<'a>);

impl Act for Searching<'_> {
    type Out = Searched;

    fn act<W: Exact>(&mut self, task: &Task<'_, W>) -> Searched {
        let mut list = List::new(task, self.0.top);
        for edges in self.0.known.iter().filter(|edges| task.problem.admits(edges)) {
            list.offer(Candidate::of(task, edges));
        }
        list.forget_ties();
        Search::new(task, list).run()
    }
}

struct Bounding;

impl Act for Bounding {
    type Out = Option<Rational>;

    fn act<W: Exact>(&mut self, task: &Task<'_, W>) -> Option<Rational> {
        ceiling::ceiling(task)
    }
}

fn with_task<A: Act>(problem: &RestrictedProblem<'_>, reduced: &Reduced, act: &mut A) -> A::Out {
    let ones = vec![Rational::ONE; problem.graph.edge_count()];
    let (numerator, denominator) = problem.numbers(&ones);
    let ratio = RatioProblem { graph: problem.graph, numerator: &numerator, denominator: &denominator };
    // Duals of an assignment grow with the number of vertices, and so do their sums.
    let spared = 2 * (problem.graph.vertex_count() + 1).bit_len() + 8;
    match narrowed_sparing(&ratio, spared) {
        Narrowed::Machine(scaled) => act.act(&Task { problem, scaled: &scaled, reduced, price: 1 }),
        Narrowed::Integers(scaled) => {
            let bits = |numbers: &[IBig]| numbers.iter().map(BitTest::bit_len).max().unwrap_or(0);
            let price = 8 + (bits(&scaled.numerator) + bits(&scaled.denominator)) / 32;
            act.act(&Task { problem, scaled: &scaled, reduced, price })
        }
        Narrowed::Fractions(scaled) => act.act(&Task { problem, scaled: &scaled, reduced, price: 5_000 }),
    }
}
