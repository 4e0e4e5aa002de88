//! The loops that a plan is made of.
//!
//! Source: mathematics §4, *Loops of a plan*.

use crate::exact::Rational;
use crate::network::{Arc, Circulation};

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
pub(super) fn rounds(circulation: &Circulation, carried: &[Rational]) -> Vec<Round> {
    let mut apart = Apart::new(circulation, carried);
    let mut found = Vec::new();
    for start in apart.order.clone() {
        while apart.left[start].is_positive() {
            match apart.next(start) {
                Some(round) => found.push(round),
                // Turns that lead nowhere: no circulation, which conservation excludes.
                None => return found,
            }
        }
    }
    found
}

struct Apart<'a> {
    arcs: &'a [Arc],
    left: Vec<Rational>,
    /// All arcs, earliest strand first.
    order: Vec<usize>,
    /// By participant's place, outside last: the arcs that leave, earliest first, and how many of them are empty.
    leaving: Vec<(Vec<usize>, usize)>,
    /// The way walked so far, and for each participant the step by which it was left.
    way: Vec<usize>,
    step: Vec<Option<usize>>,
    ends: Vec<(usize, usize)>,
}

impl<'a> Apart<'a> {
    fn new(circulation: &'a Circulation, carried: &[Rational]) -> Self {
        let arcs = circulation.arcs.as_slice();
        let outside = circulation.participants.len();
        let place = |end: &Option<crate::model::ParticipantId>| {
            end.as_ref().and_then(|id| circulation.participants.binary_search(id).ok()).unwrap_or(outside)
        };
        let ends: Vec<(usize, usize)> = arcs.iter().map(|arc| (place(&arc.tail), place(&arc.head))).collect();
        let mut order: Vec<usize> = (0..arcs.len()).collect();
        order.sort_by_key(|at| arcs[*at].strand);
        let mut leaving = vec![(Vec::new(), 0); outside + 1];
        for at in &order {
            leaving[ends[*at].0].0.push(*at);
        }
        let step = vec![None; outside + 1];
        Self { arcs, left: carried.to_vec(), order, leaving, way: Vec::new(), step, ends }
    }

    /// The next loop on the way that begins with an arc. What was walked before stays walked: its strands are
    /// the earliest still, but for those that the last loop emptied.
    fn next(&mut self, start: usize) -> Option<Round> {
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
        while arcs.get(*empty).is_some_and(|arc| !self.left[*arc].is_positive()) {
            *empty += 1;
        }
        arcs.get(*empty).copied()
    }

    /// Takes the loop from a step of the way on out of what is left.
    fn close(&mut self, first: usize) -> Round {
        let mut arcs = self.way.split_off(first);
        for arc in &arcs {
            self.step[self.ends[*arc].0] = None;
        }
        let turns = arcs.iter().map(|arc| &self.left[*arc]).min().cloned().unwrap_or_default();
        for arc in &arcs {
            self.left[*arc] -= &turns;
        }
        // A loop is told from its earliest strand on.
        let lead = arcs.iter().enumerate().min_by_key(|(_, arc)| self.arcs[**arc].strand);
        let lead = lead.map_or(0, |(at, _)| at);
        arcs.rotate_left(lead);
        Round { arcs, turns }
    }
}
