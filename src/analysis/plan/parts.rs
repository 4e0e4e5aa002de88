//! The loops that a plan is made of.
//!
//! Source: mathematics §4, *Loops of a plan*.

use crate::exact::Rational;
use crate::exact::whole::Scaled;
use crate::network::Circulation;

/// Common denominators of more bits than this make whole numbers slower than fractions.
const MOST_SCALE_BITS: usize = 4_096;

/// Sums of more bits than this, signs included, are not formed in machine words.
const MACHINE_BITS: usize = 120;

/// One loop of a plan: strands, as places among the circulation's arcs, and how often they are turned together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub arcs: Vec<usize>,
    pub turns: Rational,
}

/// Takes a circulation apart: from the earliest strand with turns left along the earliest such, until a
/// participant repeats; that loop is taken out as often as it can be; again.
///
/// At most one loop a strand. *Outside* is one more participant.
pub(super) fn rounds(circulation: &Circulation, carried: &[Rational], mut found: impl FnMut(Round)) {
    match whole(carried) {
        Some((scaled, numbers)) => Apart::new(circulation, &numbers)
            .rounds(|arcs, turns| found(Round { arcs, turns: scaled.restored(&turns) })),
        None => Apart::new(circulation, carried).rounds(|arcs, turns| found(Round { arcs, turns })),
    }
}

/// Numbers as whole ones, where any sum of different ones among them fits in a machine word.
pub(super) fn whole(numbers: &[Rational]) -> Option<(Scaled, Vec<i128>)> {
    let scaled =
        Scaled::of(numbers, MOST_SCALE_BITS).filter(|scaled| scaled.bits_of_all() <= MACHINE_BITS)?;
    let numbers = scaled.numbers()?;
    Some((scaled, numbers))
}

/// What turns are counted in.
trait Turns: Clone + Ord + Default {
    fn take(&mut self, other: &Self);
}

impl Turns for i128 {
    fn take(&mut self, other: &Self) {
        *self -= other;
    }
}

impl Turns for Rational {
    fn take(&mut self, other: &Self) {
        *self -= other;
    }
}

/// Arcs are told by their rank here: the earliest strand is the first.
struct Apart<N> {
    /// Their places among the circulation's arcs.
    order: Vec<usize>,
    left: Vec<N>,
    ends: Vec<(usize, usize)>,
    /// By participant's place, outside last: the arcs that leave, earliest first, and how many of them are empty.
    leaving: Vec<(Vec<usize>, usize)>,
    /// The way walked so far, and for each participant the step by which it was left.
    way: Vec<usize>,
    step: Vec<Option<usize>>,
}

impl<N: Turns> Apart<N> {
    fn new(circulation: &Circulation, carried: &[N]) -> Self {
        let arcs = circulation.arcs.as_slice();
        let outside = circulation.participants.len();
        let place = |end: &Option<crate::model::ParticipantId>| {
            end.as_ref().and_then(|id| circulation.participants.binary_search(id).ok()).unwrap_or(outside)
        };
        let mut order: Vec<usize> = (0..arcs.len()).collect();
        order.sort_by_key(|at| arcs[*at].strand);
        let ends = order.iter().map(|at| (place(&arcs[*at].tail), place(&arcs[*at].head)));
        let ends: Vec<(usize, usize)> = ends.collect();
        let mut leaving = vec![(Vec::new(), 0); outside + 1];
        for (rank, (tail, _)) in ends.iter().enumerate() {
            leaving[*tail].0.push(rank);
        }
        let left = order.iter().map(|at| carried[*at].clone()).collect();
        let step = vec![None; outside + 1];
        Self { order, left, ends, leaving, way: Vec::new(), step }
    }

    fn rounds(mut self, mut found: impl FnMut(Vec<usize>, N)) {
        for start in 0..self.order.len() {
            while self.left[start] > N::default() {
                match self.next(start) {
                    Some((arcs, turns)) => found(arcs, turns),
                    // Turns that lead nowhere: no circulation, which conservation excludes.
                    None => return,
                }
            }
        }
    }

    /// The next loop on the way that begins with an arc. What was walked before stays walked: its strands are
    /// the earliest still, but for those that the last loop emptied.
    fn next(&mut self, start: usize) -> Option<(Vec<usize>, N)> {
        if self.way.is_empty() {
            self.take(start);
        }
        loop {
            let at = self.way.last().map(|arc| self.ends[*arc].1)?;
            if let Some(first) = self.step[at] {
                return Some(self.close(first));
            }
            let arc = self.earliest(at)?;
            self.take(arc);
        }
    }

    fn take(&mut self, arc: usize) {
        self.step[self.ends[arc].0] = Some(self.way.len());
        self.way.push(arc);
    }

    /// The earliest arc with turns left that leaves a participant.
    fn earliest(&mut self, at: usize) -> Option<usize> {
        let (arcs, empty) = &mut self.leaving[at];
        while arcs.get(*empty).is_some_and(|arc| self.left[*arc] <= N::default()) {
            *empty += 1;
        }
        arcs.get(*empty).copied()
    }

    /// Takes the loop from a step of the way on out of what is left.
    fn close(&mut self, first: usize) -> (Vec<usize>, N) {
        let mut arcs = self.way.split_off(first);
        for arc in &arcs {
            self.step[self.ends[*arc].0] = None;
        }
        let turns = arcs.iter().map(|arc| &self.left[*arc]).min().cloned().unwrap_or_default();
        for arc in &arcs {
            self.left[*arc].take(&turns);
        }
        // A loop is told from its earliest strand on.
        let lead = arcs.iter().enumerate().min_by_key(|(_, arc)| **arc).map_or(0, |(at, _)| at);
        arcs.rotate_left(lead);
        arcs.iter_mut().for_each(|arc| *arc = self.order[*arc]);
        (arcs, turns)
    }
}
