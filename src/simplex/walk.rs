//! Following an optimum while one bound moves.

use std::rc::Rc;

use super::matrix::Sparse;
use super::price::{Price, Sensitivity, Side, width};
use super::ratio::Move;
use super::{Budget, Exhausted, Simplex};
use crate::exact::Compact;

/// An optimum on its way: a copy of the simplex, and the bound that moves.
///
/// Invariant: between two exchanges the basis is optimal, and it stays so for some length or is about to be
/// exchanged where it would not.
pub struct Walk<'s> {
    simplex: Simplex,
    costs: &'s [Compact],
    reduced: Vec<Compact>,
    place: usize,
    side: Side,
    rising: bool,
    /// Whether both ends move: those of an equation do.
    equation: bool,
    walked: Compact,
    rate: Option<Compact>,
}

/// What happens next on the way.
enum Next {
    /// At this rate, so far; without end where nothing is given.
    Along(Compact, Option<Compact>),
    /// The basic variable at this position must leave; `raised` where it is below its range.
    Leaves { position: usize, raised: bool },
    /// The range of the moving variable is used up.
    Closed,
}

impl<'s> Walk<'s> {
    pub fn new(from: &'s Sensitivity<'_>, place: usize, (side, rising): (Side, bool)) -> Self {
        Self {
            simplex: from.simplex.clone(),
            costs: &from.costs,
            reduced: from.reduced.clone(),
            place,
            side,
            rising,
            equation: from.simplex.ranges[place].is_fixed(),
            walked: Compact::ZERO,
            rate: None,
        }
    }

    /// Walks while the rate is the same.
    ///
    /// Where the way is blocked, the blocking variable leaves the basis and a dual ratio test finds what enters;
    /// first places decide among equals, so that no basis comes twice.
    ///
    /// Source: mathematics §4 (prices); parametric dual simplex, Gass, Saaty 1955; Bland 1977.
    pub fn run(mut self, budget: &mut Budget) -> Result<Price, Exhausted> {
        loop {
            let column = self.column();
            match self.next(&column) {
                Next::Along(rate, length) => {
                    if self.rate.as_ref().is_some_and(|before| *before != rate) {
                        return Ok(self.price(true));
                    }
                    self.rate = Some(rate);
                    let Some(length) = length else { return Ok(self.price(false)) };
                    self.advance(&column, &length);
                }
                Next::Leaves { position, raised } => {
                    budget.spend()?;
                    if !self.exchange(position, raised) {
                        return Ok(self.price(true));
                    }
                }
                Next::Closed => return Ok(self.price(true)),
            }
        }
    }

    fn price(&self, ends: bool) -> Price {
        match &self.rate {
            Some(rate) => {
                Price::Holds { rate: rate.to_rational(), until: ends.then(|| self.walked.to_rational()) }
            }
            None => Price::Infeasible,
        }
    }

    /// The moving variable's column, where it moves with its bound; none where it is basic or elsewhere.
    fn column(&self) -> Option<Sparse> {
        let stands = self.simplex.values[self.place] == *self.bound();
        let follows = self.simplex.basis.position(self.place).is_none() && stands;
        follows.then(|| self.simplex.basis.column(&self.simplex.matrix, self.place))
    }

    fn bound(&self) -> &Compact {
        let range = &self.simplex.ranges[self.place];
        range.end(self.side == Side::Upper).unwrap_or(&self.simplex.values[self.place])
    }

    fn next(&self, column: &Option<Sparse>) -> Next {
        let tightens = self.equation || self.rising == (self.side == Side::Lower);
        let left = if tightens { width(&self.simplex.ranges[self.place]) } else { None };
        let Some(column) = column else { return self.aside(tightens, left) };
        if let Some((position, raised)) = self.blocked(column) {
            return Next::Leaves { position, raised };
        }
        if tightens && self.is_closed() {
            return Next::Closed;
        }
        let length = match (self.simplex.room(column, self.rising), left) {
            (Some(room), Some(left)) => Some(room.min(left)),
            (room, left) => room.or(left),
        };
        Next::Along(self.simplex.rate(self.costs, self.place, column), length)
    }

    /// While the moving variable does not stand at the bound: nothing changes until the bound meets it.
    fn aside(&self, tightens: bool, left: Option<Compact>) -> Next {
        if !tightens {
            return Next::Along(Compact::ZERO, None);
        }
        if self.is_closed() {
            return Next::Closed;
        }
        let apart = self.simplex.values[self.place].minus(self.bound()).abs();
        match self.simplex.basis.position(self.place) {
            Some(position) if apart.is_zero() => Next::Leaves { position, raised: self.rising },
            Some(_) => Next::Along(Compact::ZERO, Some(apart)),
            None => Next::Along(Compact::ZERO, left),
        }
    }

    /// Whether the two ends of a range that was none of an equation have met.
    fn is_closed(&self) -> bool {
        !self.equation && self.simplex.ranges[self.place].is_fixed()
    }

    /// The first basic variable that stands at a bound and would be pushed beyond, and whether it falls below.
    fn blocked(&self, column: &Sparse) -> Option<(usize, bool)> {
        let pushed = |(position, entry): &(usize, Compact)| {
            let variable = self.simplex.basis.heading()[*position];
            let lifts = entry.is_negative() == self.rising;
            let meets = !self.simplex.ranges[variable].lets(lifts, &self.simplex.values[variable]);
            meets.then_some((variable, *position, !lifts))
        };
        column.iter().filter_map(pushed).min().map(|(_, position, raised)| (position, raised))
    }

    /// Moves the bound, and with it what follows.
    fn advance(&mut self, column: &Option<Sparse>, length: &Compact) {
        let step = if self.rising { length.clone() } else { length.negated() };
        for (position, entry) in column.iter().flatten() {
            let variable = self.simplex.basis.heading()[*position];
            self.simplex.values[variable].subtract_product(entry, &step);
        }
        let range = &mut self.simplex.ranges[self.place];
        for (side, end) in [(Side::Lower, &mut range.lower), (Side::Upper, &mut range.upper)] {
            if (self.equation || side == self.side)
                && let Some(end) = end
            {
                *end = end.plus(&step);
            }
        }
        if column.is_some() {
            self.simplex.values[self.place] = self.simplex.values[self.place].plus(&step);
        }
        self.walked = self.walked.plus(length);
    }

    /// Lets a basic variable leave to its bound; whether anything could enter for it.
    fn exchange(&mut self, position: usize, raised: bool) -> bool {
        let row = self.simplex.combined(&self.simplex.basis.inverse_row(position));
        let enters = |(variable, entry): &(usize, Compact)| {
            let rising = entry.is_negative() == raised;
            let lets = self.simplex.ranges[*variable].lets(rising, &self.simplex.values[*variable]);
            lets.then(|| (self.reduced[*variable].over(entry).abs(), *variable, rising))
        };
        let Some((_, entering, rising)) = row.iter().filter_map(enters).min() else { return false };
        let column = self.simplex.basis.column(&self.simplex.matrix, entering);
        let step = Move { entering, rising, column };
        self.simplex.update(&mut self.reduced, &step, position);
        let matrix = Rc::clone(&self.simplex.matrix);
        self.simplex.basis.exchange(&matrix, entering, (position, &step.column));
        true
    }
}
