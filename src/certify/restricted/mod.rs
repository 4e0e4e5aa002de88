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
use crate::network::Edge;
use crate::program::{RatioProblem, RestrictedProblem, Waiting};
use crate::stop::Stop;
use list::{Candidate, List};
use reduce::{Reduced, reduce};
pub use search::Begin;
use search::Search;

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

/// A problem over one kind of exact number, without what no answer can use.
struct Task<'a, W> {
    problem: &'a RestrictedProblem<'a>,
    scaled: &'a Scaled<'a, Vec<W>>,
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
    search_until(problem, (top, &Waiting::silently(&Stop::default())), known)
}

/// The same, until somebody asks to stop: then the search does not close.
fn search_until(
    problem: &RestrictedProblem<'_>,
    (top, waiting): (usize, &Waiting<'_>),
    known: &[Vec<Edge>],
) -> Searched {
    requested(problem, &Request { top: top.max(1), begin: Begin::Suited, known, waiting })
}

/// The same, told where loops begin.
#[must_use]
pub fn search_from(
    problem: &RestrictedProblem<'_>,
    (top, begin): (usize, Begin),
    known: &[Vec<Edge>],
) -> Searched {
    let stop = Stop::default();
    let waiting = &Waiting::silently(&stop);
    requested(problem, &Request { top: top.max(1), begin, known, waiting })
}

fn requested(problem: &RestrictedProblem<'_>, request: &Request<'_>) -> Searched {
    let Some(reduced) = reduce(problem) else {
        return Searched { walks: Vec::new(), closed: true, tie_at_cut: false, nodes: 0 };
    };
    with_task(problem, &reduced, &mut Searching(request))
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

/// The best ratio of all loops, restricted or not; paths are closed into loops by an edge of no weight.
fn highest(problem: &RestrictedProblem<'_>) -> Option<Rational> {
    with_task(problem, &reduce(problem)?, &mut Highest)
}

struct Highest;

impl Act for Highest {
    type Out = Option<Rational>;

    fn act<W: Exact>(&mut self, task: &Task<'_, W>) -> Option<Rational> {
        ceiling::highest(task)
    }
}

struct Request<'a> {
    top: usize,
    begin: Begin,
    known: &'a [Vec<Edge>],
    waiting: &'a Waiting<'a>,
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
        let mut list = List::new(task, self.0.top, self.0.waiting.better);
        for edges in self.0.known.iter().filter(|edges| task.problem.admits(edges)) {
            list.offer(Candidate::of(task, edges));
        }
        list.forget_ties();
        Search::new(task, list, (self.0.begin, self.0.waiting.stop)).run()
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
    let numerator = problem.numerator.iter().cloned().collect();
    let denominator = match problem.denominator {
        Some(denominator) => denominator.iter().cloned().collect(),
        None => problem.graph.edges().map(|_| Rational::ONE).collect(),
    };
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
