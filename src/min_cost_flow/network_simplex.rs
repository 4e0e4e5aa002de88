//! The network simplex method: from any flow to the best, by exchanges of one arc of a spanning tree.
//!
//! Trees are kept strongly feasible: from every vertex some turns could still be sent to the root. So no tree comes
//! twice, however many exchanges move nothing.
//!
//! Source: mathematics §4, *Networks*; Dantzig 1951; Cunningham 1976; Ahuja, Magnanti, Orlin 1993, chapter 11.

use super::arcs::{Arc, Worth};
use super::tree::{Branch, Tree};
use crate::exact::whole::Whole;
use crate::simplex::{Budget, Exhausted};

/// Where an arc that is not in the tree stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Tree,
    Lower,
    Upper,
    /// At zero, between no bounds.
    Free,
    /// Its bounds are equal.
    Fixed,
}

/// How the method ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Optimal,
    /// No flow keeps all bounds.
    Infeasible,
    /// The worth grows for ever, if there is any flow at all.
    Unbounded,
}

/// A flow, a tree, and what turns are worth from each vertex to the root.
#[derive(Debug)]
pub struct NetworkSimplex<'a, W> {
    arcs: &'a [Arc<W>],
    worths: &'a [Worth<W>],
    /// Of arcs, then of the artificial ones, each from a vertex to the root or back.
    pub flow: Vec<W>,
    state: Vec<State>,
    tree: Tree,
    /// Invariant: that of the root is within the limit while the search runs, and zero at its optimum.
    pub potential: Vec<Worth<W>>,
    limit: Limit<W>,
    /// Where the search for an arc goes on.
    next: usize,
}

/// An arc that enters the tree, with its reduced worth, and whether turns on it rise.
struct Entering<W> {
    arc: usize,
    reduced: Worth<W>,
    rising: bool,
}

/// What stops a change around a loop.
struct Stop<W> {
    length: Option<W>,
    /// The vertex that hangs by the arc that leaves, and whether it is on the side where the loop begins; nothing
    /// where the entering arc meets its own other bound.
    leaving: Option<(usize, bool)>,
}

impl<'a, W: Whole> NetworkSimplex<'a, W> {
    /// Every arc at a bound; what does not balance goes by artificial arcs that cost more than all else together.
    pub fn new(vertices: usize, arcs: &'a [Arc<W>], worths: &'a [Worth<W>]) -> Self {
        let mut state = Vec::with_capacity(arcs.len());
        let mut flow = Vec::with_capacity(arcs.len() + vertices);
        let mut excess = vec![W::zero(); vertices];
        for arc in arcs {
            let (at, value) = match (&arc.lower, &arc.upper) {
                (Some(lower), upper) if upper.as_ref() == Some(lower) => (State::Fixed, lower.clone()),
                (Some(lower), _) => (State::Lower, lower.clone()),
                (None, Some(upper)) => (State::Upper, upper.clone()),
                (None, None) => (State::Free, W::zero()),
            };
            let (tail, head) = (arc.tail.index(), arc.head.index());
            excess[tail] = excess[tail].minus(&value);
            excess[head] = excess[head].plus(&value);
            state.push(at);
            flow.push(value);
        }
        let zero = W::zero();
        let limit = Limit::of(vertices, worths);
        // No turns need artificial arcs that cost nothing where all is balanced.
        let balanced = excess.iter().all(|excess| *excess == zero);
        let penalty = if balanced { W::zero() } else { limit.first.clone() };
        let branches: Vec<Branch> = (arcs.len()..)
            .zip(&excess)
            .map(|(arc, excess)| Branch { arc: u32::try_from(arc).unwrap_or(u32::MAX), up: *excess >= zero })
            .collect();
        let potential = branches.iter().map(|branch| Worth {
            first: if branch.up { penalty.negated() } else { penalty.clone() },
            last: W::zero(),
        });
        let potential = potential.chain([Worth::zero()]).collect();
        let magnitude = |excess: W| if excess < zero { excess.negated() } else { excess };
        flow.extend(excess.into_iter().map(magnitude));
        Self { arcs, worths, flow, state, tree: Tree::star(&branches), potential, limit, next: 0 }
    }

    /// Exchanges arcs while that gains anything.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn run(&mut self, budget: &mut Budget) -> Result<End, Exhausted> {
        while let Some(entering) = self.entering() {
            budget.spend()?;
            if !self.exchange(&entering) {
                return Ok(End::Unbounded);
            }
        }
        self.settle();
        Ok(if self.is_balanced() { End::Optimal } else { End::Infeasible })
    }

    /// Whether no turns go by artificial arcs.
    pub fn is_balanced(&self) -> bool {
        self.flow[self.arcs.len()..].iter().all(|flow| *flow == W::zero())
    }

    /// What one more turn on an arc is worth, while the rest of its loop goes by the tree.
    pub fn reduced(&self, arc: usize) -> Worth<W> {
        let ends = &self.arcs[arc];
        self.worths[arc].minus(&self.potential[ends.tail.index()]).plus(&self.potential[ends.head.index()])
    }

    /// The arc that gains most of a block of arcs, and of the first block that has any.
    fn entering(&mut self) -> Option<Entering<W>> {
        let count = self.arcs.len();
        let block = count.isqrt().max(20);
        let mut best: Option<(Worth<W>, Entering<W>)> = None;
        for step in 1..=count {
            let arc = self.next;
            self.next = if arc + 1 == count { 0 } else { arc + 1 };
            if let Some((gain, entering)) = self.gain(arc)
                && best.as_ref().is_none_or(|(most, _)| gain > *most)
            {
                best = Some((gain, entering));
            }
            if step % block == 0 && best.is_some() {
                break;
            }
        }
        best.map(|(_, entering)| entering)
    }

    fn gain(&self, arc: usize) -> Option<(Worth<W>, Entering<W>)> {
        let state = self.state[arc];
        if matches!(state, State::Tree | State::Fixed) {
            return None;
        }
        let (reduced, zero) = (self.reduced(arc), Worth::zero());
        let rising = reduced > zero;
        let gains = match state {
            State::Lower => rising,
            State::Upper => reduced < zero,
            _ => reduced != zero,
        };
        let gain = if rising { reduced.clone() } else { reduced.negated() };
        gains.then_some((gain, Entering { arc, reduced, rising }))
    }

    /// Turns the loop that an arc closes as far as it goes, and exchanges what stops it; whether anything does.
    fn exchange(&mut self, entering: &Entering<W>) -> bool {
        let arc = &self.arcs[entering.arc];
        let (tail, head) = (arc.tail.index(), arc.head.index());
        let (first, second) = if entering.rising { (tail, head) } else { (head, tail) };
        let apex = self.tree.apex(first, second);
        let stop = self.stop(entering.arc, (first, second), apex);
        let Some(length) = stop.length else { return false };
        if length != W::zero() {
            self.turn(entering, (first, second), (apex, &length));
        }
        let Some((top, on_first)) = stop.leaving else {
            let other = if entering.rising { State::Upper } else { State::Lower };
            self.state[entering.arc] = other;
            return true;
        };
        self.leave(top);
        self.state[entering.arc] = State::Tree;
        let (at, under) = if on_first { (first, second) } else { (second, first) };
        let by = u32::try_from(entering.arc).unwrap_or(u32::MAX);
        self.tree.rehang((top, apex), (at, Branch { arc: by, up: at == tail }), under);
        let shift = if at == tail { entering.reduced.clone() } else { entering.reduced.negated() };
        self.shift(at, &shift);
        true
    }

    /// Moves the potentials of a branch against all others: of whichever are fewer. Only differences count.
    fn shift(&mut self, at: usize, by: &Worth<W>) {
        let potential = &mut self.potential;
        if !self.tree.holds_most(at) {
            return self.tree.below(at, |vertex| potential[vertex] = potential[vertex].plus(by));
        }
        self.tree.beside(at, |vertex| potential[vertex] = potential[vertex].minus(by));
        if self.potential.last().is_some_and(|root| self.limit.is_passed_by(root)) {
            self.settle();
        }
    }

    /// Lets the root's potential be zero again.
    fn settle(&mut self) {
        let Some(root) = self.potential.last().cloned() else { return };
        if root != Worth::zero() {
            self.potential.iter_mut().for_each(|potential| *potential = potential.minus(&root));
        }
    }

    /// What stops a loop first; of several the last, seen from the apex on along the turns. That keeps the tree
    /// strongly feasible.
    fn stop(&self, entering: usize, (first, second): (usize, usize), apex: usize) -> Stop<W> {
        let own = &self.arcs[entering];
        let length = own.lower.as_ref().zip(own.upper.as_ref()).map(|(lower, upper)| upper.minus(lower));
        let mut stop = Stop { length, leaving: None };
        let sooner = |room: &W, stop: &Stop<W>| stop.length.as_ref().is_none_or(|length| room < length);
        let mut vertex = first;
        while vertex != apex {
            if let Some(room) = self.room(vertex, false).filter(|room| sooner(room, &stop)) {
                stop = Stop { length: Some(room), leaving: Some((vertex, true)) };
            }
            vertex = self.tree.parent(vertex);
        }
        vertex = second;
        while vertex != apex {
            let no_later = |room: &W| sooner(room, &stop) || stop.length.as_ref() == Some(room);
            if let Some(room) = self.room(vertex, true).filter(no_later) {
                stop = Stop { length: Some(room), leaving: Some((vertex, false)) };
            }
            vertex = self.tree.parent(vertex);
        }
        stop
    }

    /// How many turns may still go up from a vertex to its parent, or down to it; any number where nothing is given.
    fn room(&self, vertex: usize, upwards: bool) -> Option<W> {
        let Branch { arc, up } = self.tree.branch(vertex);
        let flow = &self.flow[arc as usize];
        let Some(own) = self.arcs.get(arc as usize) else {
            return (upwards != up).then(|| flow.clone());
        };
        if upwards == up {
            own.upper.as_ref().map(|upper| upper.minus(flow))
        } else {
            own.lower.as_ref().map(|lower| flow.minus(lower))
        }
    }

    fn turn(&mut self, entering: &Entering<W>, (first, second): (usize, usize), (apex, length): (usize, &W)) {
        let moved = |flow: &W, rises: bool| if rises { flow.plus(length) } else { flow.minus(length) };
        self.flow[entering.arc] = moved(&self.flow[entering.arc], entering.rising);
        for (from, upwards) in [(first, false), (second, true)] {
            let mut vertex = from;
            while vertex != apex {
                let Branch { arc, up } = self.tree.branch(vertex);
                self.flow[arc as usize] = moved(&self.flow[arc as usize], upwards == up);
                vertex = self.tree.parent(vertex);
            }
        }
    }

    /// Where the arc by which a vertex hangs stands once it has left the tree.
    fn leave(&mut self, top: usize) {
        let arc = self.tree.branch(top).arc as usize;
        // An artificial arc never comes back.
        if let Some(own) = self.arcs.get(arc) {
            let at_lower = own.lower.as_ref() == Some(&self.flow[arc]);
            self.state[arc] = match at_lower {
                true if own.lower == own.upper => State::Fixed,
                true => State::Lower,
                false => State::Upper,
            };
        }
    }
}

/// What no walk without artificial arcs is worth.
#[derive(Debug)]
struct Limit<W> {
    first: W,
    last: W,
}

impl<W: Whole> Limit<W> {
    fn of(vertices: usize, worths: &[Worth<W>]) -> Self {
        let magnitude = |worth: W| worth.negated().max(worth);
        // Where nothing is worth anything, an artificial arc still costs.
        let most = |part: fn(&Worth<W>) -> &W| {
            worths
                .iter()
                .map(|worth| magnitude(part(worth).clone()))
                .max()
                .unwrap_or_else(W::one)
                .max(W::one())
        };
        let times = |most: W| (0..vertices + 2).fold(W::zero(), |sum, _| sum.plus(&most));
        Self { first: times(most(|worth| &worth.first)), last: times(most(|worth| &worth.last)) }
    }

    /// Whether a worth is further from zero in either part: sums of a few such still fit.
    fn is_passed_by(&self, worth: &Worth<W>) -> bool {
        let passes = |part: &W, limit: &W| *part > *limit || part.negated() > *limit;
        passes(&worth.first, &self.first) || passes(&worth.last, &self.last)
    }
}
