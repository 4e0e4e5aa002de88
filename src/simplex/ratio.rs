//! How far a variable may move, and what stops it.

use super::Simplex;
use super::matrix::Sparse;
use crate::exact::Compact;

/// A variable that is to move, with its column in terms of the basis.
pub struct Move {
    pub entering: usize,
    pub rising: bool,
    pub column: Sparse,
}

/// Where a move ends.
pub struct Stop {
    pub length: Compact,
    /// The basic variable that stops it, by position, and the bound where that stands then; none where the
    /// moving variable meets its own other bound.
    pub leaving: Option<(usize, Compact)>,
}

/// How to choose among several that stop a move at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// What promises to save pivots: fixed variables, then the greatest pivot.
    Promising,
    /// The first variable, which rules out cycles.
    First,
}

/// A place where a basic variable meets a bound.
pub struct Meeting {
    pub length: Compact,
    pub position: usize,
    pub bound: Compact,
    /// The entry of the moving column there, without its sign.
    pub entry: Compact,
}

impl Move {
    /// Whether a basic variable with this entry rises while the move is made.
    pub fn lifts(&self, entry: &Compact) -> bool {
        entry.is_negative() == self.rising
    }
}

impl Simplex {
    /// The first stop of a move from a vertex within bounds; none where nothing ever stops it.
    pub(super) fn first_stop(&self, step: &Move, ties: Ties) -> Option<Stop> {
        let mut first: Option<Meeting> = None;
        for (position, entry) in &step.column {
            let variable = self.basis.heading()[*position];
            if let Some(bound) = self.ranges[variable].end(step.lifts(entry)) {
                let meeting = self.meeting((*position, entry), bound);
                if first.as_ref().is_none_or(|first| self.precedes(&meeting, first, ties)) {
                    first = Some(meeting);
                }
            }
        }
        let stop =
            first.map(|first| Stop { length: first.length, leaving: Some((first.position, first.bound)) });
        self.shorter(step, stop)
    }

    /// Where a basic variable with this entry meets a bound of its own.
    pub(super) fn meeting(&self, (position, entry): (usize, &Compact), bound: &Compact) -> Meeting {
        let value = &self.values[self.basis.heading()[position]];
        let entry = entry.abs();
        Meeting { length: bound.minus(value).abs().over(&entry), position, bound: bound.clone(), entry }
    }

    /// A stop, or that at the moving variable's own other bound where it comes no later.
    pub(super) fn shorter(&self, step: &Move, stop: Option<Stop>) -> Option<Stop> {
        let value = &self.values[step.entering];
        let own = self.ranges[step.entering].end(step.rising).map(|end| end.minus(value).abs());
        match (own, stop) {
            (Some(length), Some(stop)) if stop.length < length => Some(stop),
            (Some(length), _) => Some(Stop { length, leaving: None }),
            (None, stop) => stop,
        }
    }

    pub(super) fn precedes(&self, one: &Meeting, other: &Meeting, ties: Ties) -> bool {
        let of = |meeting: &Meeting| self.basis.heading()[meeting.position];
        let promise = |meeting: &Meeting| (self.ranges[of(meeting)].is_fixed(), meeting.entry.magnitude());
        one.length.cmp(&other.length).then_with(|| match ties {
            Ties::Promising => promise(other).cmp(&promise(one)).then(of(one).cmp(&of(other))),
            Ties::First => of(one).cmp(&of(other)),
        }) == std::cmp::Ordering::Less
    }

    /// Moves, and exchanges what enters with what leaves.
    pub(super) fn carry_out(&mut self, step: &Move, stop: Stop) {
        if !stop.length.is_zero() {
            let length = if step.rising { stop.length } else { stop.length.negated() };
            for (position, entry) in &step.column {
                let variable = self.basis.heading()[*position];
                self.values[variable].subtract_product(entry, &length);
            }
            self.values[step.entering] = self.values[step.entering].plus(&length);
        }
        if let Some((position, bound)) = stop.leaving {
            let leaving = self.basis.exchange(&self.matrix, step.entering, (position, &step.column));
            self.values[leaving] = bound;
        }
    }
}
