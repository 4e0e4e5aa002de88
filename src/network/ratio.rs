//! The loop with the greatest ratio of two sums, over any numbers.
//!
//! From any loop's ratio on, every loop that weighs more than zero under numerator − ratio × denominator has a
//! greater ratio; where none is left, the ratio is the greatest, whatever the search was told at the start.
//!
//! Source: mathematics §2 (2.3); Lawler 1976; Dasdan 2004, "Experimental analysis of the fastest optimum cycle
//! ratio and mean algorithms".

use super::heights::{Heights, Settled, Step, Weighed};
use super::rounds::by_rounds;
use super::{Components, Edge, Figures, Subgraph, Vertex, Weight};
use crate::exact::Words;
use crate::stop::Stop;

/// A fraction that is never divided out.
#[derive(Clone, Debug)]
pub struct Ratio<W> {
    pub numerator: W,
    pub denominator: W,
}

impl<W: Weight> Ratio<W> {
    /// Whether this fraction is greater; both denominators are positive.
    pub(super) fn exceeds(&self, other: &Self) -> bool {
        self.numerator.times(&other.denominator).exceeds(&other.numerator.times(&self.denominator))
    }
}

/// What a search for the greatest ratio works on.
///
/// Invariant: one numerator and one denominator for each edge, and every loop's denominators sum to more than
/// zero.
#[derive(Clone, Copy, Debug)]
pub struct RatioTask<'g, F> {
    pub scope: Subgraph<'g>,
    pub components: &'g Components,
    pub numerator: &'g F,
    pub denominator: &'g F,
}

/// Who waits for a search for the greatest ratio: whether it is to end, and who is told of every greater one.
#[derive(Clone, Copy)]
pub struct Watched<'a, W> {
    pub stop: &'a Stop,
    pub better: &'a dyn Fn(&Ratio<W>),
}

impl<W> std::fmt::Debug for Watched<'_, W> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.stop.fmt(out)
    }
}

/// The greatest ratio, and what shows it; or, where somebody asked to stop, the greatest that was met.
#[derive(Debug)]
pub struct Maximum<'g, F: Figures> {
    pub ratio: Ratio<F::Number>,
    /// A loop that attains it; not the canonical one.
    pub edges: Vec<Edge>,
    /// Whether there is no greater one, proved.
    pub closed: bool,
    /// The heaviest walk that leaves each vertex under the ratio, where it is the greatest.
    pub heaviest: Heaviest<'g, F>,
}

/// The heaviest walks, in machine words where nothing that is computed from them can leave their range.
#[derive(Debug)]
pub enum Heaviest<'g, F: Figures> {
    Words(Heights<i64>, InWords<'g>),
    Full(Heights<F::Number>, InFull<'g, F>),
}

/// The edges in scope, weighed under a ratio p/q: numerator × q − denominator × p.
#[derive(Clone, Debug)]
pub struct InFull<'g, F: Figures> {
    scope: Subgraph<'g>,
    numerator: &'g F,
    denominator: &'g F,
    ratio: Ratio<F::Number>,
}

impl<'g, F: Figures> InFull<'g, F> {
    pub(super) fn new(task: &RatioTask<'g, F>, ratio: &Ratio<F::Number>) -> Self {
        let RatioTask { scope, numerator, denominator, .. } = *task;
        Self { scope, numerator, denominator, ratio: ratio.clone() }
    }
}

impl<F: Figures> Weighed for InFull<'_, F> {
    type Weight = F::Number;

    fn weight(&self, edge: Edge) -> F::Number {
        let gained = self.numerator.at(edge.index()).times(&self.ratio.denominator);
        gained.minus(&self.denominator.at(edge.index()).times(&self.ratio.numerator))
    }

    fn all(&self) -> impl Iterator<Item = Step<F::Number>> {
        self.scope.edges().map(|edge| step(self, self.scope, edge))
    }

    fn entering(&self, vertex: Vertex) -> impl Iterator<Item = Step<F::Number>> {
        self.scope.incoming(vertex).map(|edge| step(self, self.scope, edge))
    }
}

/// The same in machine words.
#[derive(Clone, Copy, Debug)]
pub struct InWords<'g> {
    scope: Subgraph<'g>,
    numerator: Words<'g>,
    denominator: Words<'g>,
    ratio: (i64, i64),
}

impl Weighed for InWords<'_> {
    type Weight = i64;

    #[inline]
    fn weight(&self, edge: Edge) -> i64 {
        let (above, below) = self.ratio;
        self.numerator.get(edge.index()) * below - self.denominator.get(edge.index()) * above
    }

    fn all(&self) -> impl Iterator<Item = Step<i64>> {
        self.scope.edges().map(|edge| step(self, self.scope, edge))
    }

    fn entering(&self, vertex: Vertex) -> impl Iterator<Item = Step<i64>> {
        self.scope.incoming(vertex).map(|edge| step(self, self.scope, edge))
    }
}

/// An edge of a graph as a search meets it.
#[inline]
pub fn step<N: Weighed>(network: &N, scope: Subgraph<'_>, edge: Edge) -> Step<N::Weight> {
    let (tail, head) = (scope.graph().tail(edge), scope.graph().head(edge));
    Step { edge, tail, head, weight: network.weight(edge) }
}

/// The figures of a task as words, with their greatest magnitudes.
#[derive(Clone, Copy)]
struct Narrow<'g> {
    scope: Subgraph<'g>,
    figures: [Words<'g>; 2],
    most: [i128; 2],
}

impl<'g> Narrow<'g> {
    fn of<F: Figures>(task: &RatioTask<'g, F>) -> Option<Self> {
        let figures = [task.numerator.words()?, task.denominator.words()?];
        let most = figures.map(|words| i128::from(words.most()));
        Some(Self { scope: task.scope, figures, most })
    }

    /// The weights under a ratio, where they are words, and so is eight times what a walk through every vertex weighs: a
    /// walk that is valued has two edges for each at most, and the nearest ways of gaps add up six such walks.
    fn weighed<W: Weight>(&self, ratio: &Ratio<W>) -> Option<InWords<'g>> {
        let (above, below) = (ratio.numerator.word()?, ratio.denominator.word()?);
        let most = self.most[0].checked_mul(i128::from(below).abs())?;
        let most = most.checked_add(self.most[1].checked_mul(i128::from(above).abs())?)?;
        let vertices = i128::try_from(self.scope.graph().vertex_count()).ok()?;
        let walked = most.checked_mul(8 * (vertices + 1))?;
        let ([numerator, denominator], scope) = (self.figures, self.scope);
        let words = InWords { scope, numerator, denominator, ratio: (above, below) };
        (walked <= i128::from(i64::MAX)).then_some(words)
    }
}

/// How many edges a search may look at beside sweeps, for each edge that there is, before it turns to rounds over all
/// vertices, which are never many.
const LOOKS: usize = 8;

/// The greatest ratio in scope, or nothing where there is no loop.
///
/// The hint is the edge by which a good loop leaves each vertex. Wrong hints cost time, never the answer.
#[must_use]
pub fn maximum_ratio<'g, F: Figures>(
    task: &RatioTask<'g, F>,
    hint: &[Option<Edge>],
    watched: &Watched<'_, F::Number>,
) -> Option<Maximum<'g, F>> {
    let looks = task.scope.graph().edge_count().saturating_mul(LOOKS);
    maximum_with(task, (hint, looks), watched)
}

/// The same, with so many looks at edges beside sweeps.
fn maximum_with<'g, F: Figures>(
    task: &RatioTask<'g, F>,
    (hint, mut looks): (&[Option<Edge>], usize),
    watched: &Watched<'_, F::Number>,
) -> Option<Maximum<'g, F>> {
    let policy = sensible(task.scope, hint);
    let first = best(task, loops_of(task.scope, &policy));
    let (mut ratio, mut edges) =
        first.or_else(|| best(task, loops_of(task.scope, &started(task, &policy))))?;
    let narrow = Narrow::of(task);
    let headed = |edge: &Option<Edge>| edge.map(|edge| (edge, task.scope.graph().head(edge)));
    let mut known: Heights<i64> = Heights::new(policy.iter().map(headed));
    drop(policy);
    loop {
        (watched.better)(&ratio);
        let (settled, heaviest) = match narrow.and_then(|narrow| narrow.weighed(&ratio)) {
            Some(words) => {
                let mut heights = known;
                let settled = heights.settle(&words, (&mut looks, watched.stop));
                (settled, Heaviest::Words(heights, words))
            }
            None => {
                let (mut heights, full) = (known.again(), InFull::new(task, &ratio));
                let settled = heights.settle(&full, (&mut looks, watched.stop));
                (settled, Heaviest::Full(heights, full))
            }
        };
        match settled {
            Settled::Loops(loops) => match best(task, loops) {
                Some(better) if better.0.exceeds(&ratio) => (ratio, edges) = better,
                // Unreachable: a loop that weighs more than zero has a greater ratio. Rounds over all vertices do not mind.
                _ => return Some(by_rounds(task, (ratio, edges), &heaviest.policy(), watched)),
            },
            Settled::Unsettled => {
                return Some(by_rounds(task, (ratio, edges), &heaviest.policy(), watched));
            }
            Settled::Heaviest | Settled::Stopped => {
                return Some(Maximum { ratio, edges, closed: settled == Settled::Heaviest, heaviest });
            }
        }
        known = match heaviest {
            Heaviest::Words(heights, _) => heights,
            Heaviest::Full(heights, _) => heights.again(),
        };
    }
}

impl<F: Figures> Heaviest<'_, F> {
    /// The edges of heaviest walks.
    #[must_use]
    pub fn policy(&self) -> Vec<Option<Edge>> {
        let edge = |next: Option<(Edge, Vertex)>| next.map(|(edge, _)| edge);
        match self {
            Self::Words(heights, _) => heights.policy().map(edge).collect(),
            Self::Full(heights, _) => heights.policy().map(edge).collect(),
        }
    }

    /// The edges in scope that go on with a heaviest walk, in order.
    #[must_use]
    pub fn tight(&self) -> Vec<Edge> {
        match self {
            Self::Words(heights, words) => heights.tight(words),
            Self::Full(heights, full) => heights.tight(full),
        }
    }
}

/// A loop and its ratio.
pub(super) type Rated<W> = (Ratio<W>, Vec<Edge>);

/// The best of these loops, the first where they tie.
pub(super) fn best<F: Figures>(task: &RatioTask<'_, F>, loops: Vec<Vec<Edge>>) -> Option<Rated<F::Number>> {
    let mut best: Option<Rated<F::Number>> = None;
    for edges in loops {
        let sum = |numbers: &F| numbers.sum(edges.iter().map(|edge| edge.index()));
        let ratio = Ratio { numerator: sum(task.numerator), denominator: sum(task.denominator) };
        if ratio.denominator.exceeds(&Weight::zero())
            && best.as_ref().is_none_or(|(kept, _)| ratio.exceeds(kept))
        {
            best = Some((ratio, edges));
        }
    }
    best
}

/// The hint without what cannot be: each edge left is in scope and leaves the vertex that it is given for.
fn sensible(scope: Subgraph<'_>, hint: &[Option<Edge>]) -> Vec<Option<Edge>> {
    let graph = scope.graph();
    let possible = |edge: &Edge| edge.index() < graph.edge_count() && scope.holds(*edge);
    graph
        .vertices()
        .map(|vertex| {
            let edge = hint.get(vertex.index()).copied().flatten().filter(possible)?;
            (graph.tail(edge) == vertex).then_some(edge)
        })
        .collect()
}

/// The policy, with the earliest edge on a loop where it has none: so it has a loop, if there is one.
fn started<F>(task: &RatioTask<'_, F>, policy: &[Option<Edge>]) -> Vec<Option<Edge>> {
    let on_loop = |edge: &Edge| task.components.joins(task.scope, *edge);
    let vertices = task.scope.graph().vertices();
    let chosen = |edge: Option<Edge>, vertex| {
        edge.filter(on_loop).or_else(|| task.scope.outgoing(vertex).find(on_loop))
    };
    vertices.zip(policy).map(|(vertex, edge)| chosen(*edge, vertex)).collect()
}

/// The loops of a policy, by its vertices' order. Linear time.
#[must_use]
pub fn loops_of(scope: Subgraph<'_>, policy: &[Option<Edge>]) -> Vec<Vec<Edge>> {
    let graph = scope.graph();
    let mut seen = vec![u32::MAX; policy.len()];
    let (mut loops, mut path) = (Vec::new(), Vec::new());
    for start in graph.vertices() {
        let mut at = start;
        path.clear();
        while seen[at.index()] == u32::MAX {
            seen[at.index()] = start.0;
            let Some(edge) = policy[at.index()] else { break };
            path.push(edge);
            at = graph.head(edge);
        }
        // Only a walk that comes back to what it saw itself has closed a loop.
        if seen[at.index()] == start.0 && policy[at.index()].is_some() {
            let place = path.iter().position(|edge: &Edge| graph.tail(*edge) == at);
            loops.extend(place.map(|place| path.split_off(place)));
        }
    }
    loops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Digraph;

    /// Rounds over all vertices, with no look at what changed, end where looking at that does.
    #[test]
    fn rounds_find_the_same_maximum() {
        let mut state = 5_u64;
        let mut below = |end: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % end
        };
        let mut found = 0;
        for round in 0..2_000 {
            let vertices = 1 + below(9);
            let count = 1 + below(30);
            let mut end = || Vertex(u32::try_from(below(vertices)).unwrap_or(0));
            let ends: Vec<_> = (0..count).map(|_| (end(), end())).collect();
            let graph = Digraph::new(0, &ends);
            let mut numbers =
                |least: i128| -> Vec<i128> { ends.iter().map(|_| i128::from(below(20)) + least).collect() };
            let (numerator, denominator) = (numbers(-9), numbers(1));
            let alive: Vec<bool> = (0..ends.len()).map(|place| (place + round) % 5 != 0).collect();
            let scope = Subgraph::masked(&graph, &alive);
            let components = Components::strong(scope);
            let task = RatioTask {
                scope,
                components: &components,
                numerator: &numerator,
                denominator: &denominator,
            };
            let (stop, better) = (Stop::default(), |_: &Ratio<i128>| {});
            let watched = Watched { stop: &stop, better: &better };
            let searched = |looks| {
                let maximum = maximum_with(&task, (&[], looks), &watched)?;
                assert!(maximum.closed);
                let Heaviest::Full(heights, _) = &maximum.heaviest else { panic!("no list of words") };
                let values: Vec<i128> = heights.values().copied().collect();
                // Exactly as great: each is no greater than the other.
                Some((maximum.ratio, values, maximum.heaviest.tight()))
            };
            match (searched(usize::MAX), searched(0)) {
                (None, None) => assert!(scope.edges().all(|edge| !components.joins(scope, edge))),
                (Some(one), Some(other)) => {
                    assert!(!one.0.exceeds(&other.0) && !other.0.exceeds(&one.0), "round {round}");
                    let (p, q) = (one.0.denominator, other.0.denominator);
                    let same = one.1.iter().zip(&other.1).all(|(one, other)| one * q == other * p);
                    assert!(same && one.2 == other.2, "round {round}");
                    found += 1;
                }
                (one, other) => panic!("round {round}: {} {}", one.is_some(), other.is_some()),
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
