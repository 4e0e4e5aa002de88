//! What an optimal flow gains when one bound moves a little, and how far that holds.
//!
//! One more turn that may go on an arc is worth its reduced worth less the shortest detour back; it holds for as many
//! turns as go by detours of that length. One turn less goes by the shortest detour beside the arc.
//!
//! Source: mathematics §4, *Prices*; Ahuja, Magnanti, Orlin 1993, §9.11 (sensitivity).

use std::collections::BTreeMap;

use super::arcs::{Arc, Levels};
use super::optimum::{Network, change};
use super::residual::Residual;
use super::search::{Detour, Search};
use super::shape::Part;
use crate::exact::Rational;
use crate::exact::whole::{Big, Scaled, Whole};
use crate::network::Edge;
use crate::program::ColumnId;
use crate::simplex::{Budget, Direction, Ends, Exhausted, Price, Side, Variable};

/// The numbers of an optimal flow.
#[derive(Debug)]
enum Numbers {
    Short(Flow<i64>),
    Machine(Flow<i128>),
    Big(Flow<Big>),
}

#[derive(Debug)]
struct Flow<W> {
    arcs: Vec<Arc<W>>,
    flow: Vec<W>,
    reduced: Vec<W>,
    search: Search<W>,
}

/// An optimal flow of a network, ready to be priced.
#[derive(Debug)]
pub struct Pricer<'a> {
    network: &'a Network<'a>,
    level: Scaled,
    numbers: Numbers,
    /// The rows that bound each column, if any.
    bounding: BTreeMap<usize, Vec<usize>>,
}

/// What is asked: a bound of an arc, and which way it moves.
pub type Question = (Variable, Ends, Direction);

impl<'a> Pricer<'a> {
    /// Shape: values of all columns, prices of all rows: those of the optimum of this objective alone.
    ///
    /// Nothing where the numbers are not those of this network.
    #[must_use]
    pub fn new(
        network: &'a Network<'a>,
        objective: &[Rational],
        (values, duals): (&[Rational], &[Rational]),
    ) -> Option<Self> {
        let levels = Levels::of(std::slice::from_ref(&objective.to_vec()), network.graph.vertex_count())?;
        let level = levels.each().first()?.clone();
        let numbers = if network.fits_short(&levels) {
            Numbers::Short(flow(network, &level, (values, duals))?)
        } else if network.fits_machine(&levels) {
            Numbers::Machine(flow(network, &level, (values, duals))?)
        } else {
            Numbers::Big(flow(network, &level, (values, duals))?)
        };
        let mut bounding: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, part) in network.shape.rows.iter().enumerate() {
            if let Part::Bound(column) = part {
                bounding.entry(column.index()).or_default().push(row);
            }
        }
        Some(Self { network, level, numbers, bounding })
    }

    /// What one more turn on each arc is worth while the rest goes as it does: no bound is worth more.
    #[must_use]
    pub fn reduced(&self) -> Vec<Rational> {
        let restored = |numbers: &mut dyn Iterator<Item = Rational>| numbers.collect();
        match &self.numbers {
            Numbers::Short(flow) => restored(&mut flow.reduced.iter().map(|one| self.level.restored(one))),
            Numbers::Machine(flow) => restored(&mut flow.reduced.iter().map(|one| self.level.restored(one))),
            Numbers::Big(flow) => restored(&mut flow.reduced.iter().map(|one| self.level.restored(one))),
        }
    }

    /// The prices that are asked for, in the order in which they are. Once the budget is exhausted, none is known.
    #[must_use]
    pub fn prices(&self, questions: &[Question], budget: &mut Budget) -> Vec<Result<Price, Exhausted>> {
        match &self.numbers {
            Numbers::Short(flow) => self.priced(flow, questions, budget),
            Numbers::Machine(flow) => self.priced(flow, questions, budget),
            Numbers::Big(flow) => self.priced(flow, questions, budget),
        }
    }

    fn priced<W: Whole>(
        &self,
        flow: &Flow<W>,
        questions: &[Question],
        budget: &mut Budget,
    ) -> Vec<Result<Price, Exhausted>> {
        let mut moving = Moving { pricer: self, flow, search: flow.search.clone(), budget };
        questions.iter().map(|question| moving.price(*question)).collect()
    }

    /// The column that a variable bounds; nothing where it is a balance.
    #[must_use]
    pub fn column(&self, variable: Variable) -> Option<usize> {
        match variable {
            Variable::Column(column) => Some(column.index()),
            Variable::Row(row) => match self.network.shape.rows.get(row.index())? {
                Part::Bound(column) => Some(column.index()),
                Part::Balance(_) => None,
            },
        }
    }

    /// One end of a variable's own range.
    fn end(&self, variable: Variable, upper: bool) -> Option<&Rational> {
        let program = self.network.program;
        let (lower, above) = match variable {
            Variable::Column(column) => {
                program.columns().get(column.index()).map(|column| (&column.lower, &column.upper))?
            }
            Variable::Row(row) => program.rows().get(row.index()).map(|row| (&row.lower, &row.upper))?,
        };
        if upper { above.as_ref() } else { lower.as_ref() }
    }

    /// All that bounds a column but this.
    fn others(&self, column: usize, variable: Variable) -> impl Iterator<Item = Variable> + '_ {
        let rows = self.bounding.get(&column).into_iter().flatten();
        let rows = rows.map(|row| Variable::Row(crate::program::RowId::at(*row)));
        std::iter::once(Variable::Column(ColumnId::at(column)))
            .chain(rows)
            .filter(move |one| *one != variable)
    }
}

fn flow<W: Whole>(
    network: &Network<'_>,
    level: &Scaled,
    (values, duals): (&[Rational], &[Rational]),
) -> Option<Flow<W>> {
    let (arcs, flow) = (network.bounds.arcs::<W>(&network.shape)?, network.bounds.scaled::<W>(values)?);
    let mut worth = vec![Rational::ZERO; network.graph.vertex_count()];
    for (part, dual) in network.shape.rows.iter().zip(duals) {
        if let Part::Balance(vertex) = part {
            worth[vertex.index()] = dual.clone();
        }
    }
    let (numbers, worth) = (level.numbers::<W>()?, level.alike(&worth)?.numbers::<W>()?);
    let reduced: Vec<W> = (0..arcs.len()).map(|arc| change((&arcs, &numbers), &worth, arc)).collect();
    let residual = Residual { graph: &network.graph, arcs: &arcs, flow: &flow };
    let search = Search::new(&residual, &reduced);
    Some(Flow { arcs, flow, reduced, search })
}

/// A bound on the move.
struct Moving<'a, 'b, W> {
    pricer: &'a Pricer<'a>,
    flow: &'a Flow<W>,
    search: Search<W>,
    budget: &'b mut Budget,
}

/// An arc whose turns change, and which way.
#[derive(Clone, Copy)]
struct Change {
    arc: usize,
    rising: bool,
}

impl<W: Whole> Moving<'_, '_, W> {
    fn price(&mut self, (variable, ends, direction): Question) -> Result<Price, Exhausted> {
        let Some(arc) = self.pricer.column(variable) else { return Err(Exhausted) };
        let change = Change { arc, rising: direction == Direction::More };
        let own = [false, true].map(|upper| self.pricer.end(variable, upper).cloned());
        let is_fixed = own[0].is_some() && own[0] == own[1];
        let side = match ends {
            Ends::Both => return self.forced(change, self.distance(variable, change, false)),
            Ends::One(side) => side,
        };
        if is_fixed {
            return self.parted(variable, (side, change));
        }
        let Some(bound) = &own[usize::from(side == Side::Upper)] else { return Ok(NOTHING) };
        let apart = self.scaled(bound, arc);
        if change.rising == (side == Side::Upper) {
            let room = self.distance(variable, change, false);
            let binds = apart == W::zero() && room.as_ref() != Some(&W::zero());
            return if binds { self.loosened(change, room) } else { Ok(NOTHING) };
        }
        let room = self.distance(variable, change, true);
        if apart == W::zero() {
            return self.forced(change, room);
        }
        self.aside(change, (apart, room))
    }

    /// One end of a range without width moves away from the other: a gain counts, a loss is not taken.
    fn parted(&mut self, variable: Variable, (side, change): (Side, Change)) -> Result<Price, Exhausted> {
        if change.rising == (side == Side::Lower) {
            return Ok(Price::Infeasible);
        }
        Ok(match self.forced(change, self.distance(variable, change, false))? {
            Price::Holds { rate, until } if rate.is_positive() == change.rising && !rate.is_zero() => {
                Price::Holds { rate, until }
            }
            Price::Holds { .. } | Price::Infeasible => NOTHING,
        })
    }

    /// Turns may change this way, and do if that gains.
    fn loosened(&mut self, change: Change, room: Option<W>) -> Result<Price, Exhausted> {
        let reduced = &self.flow.reduced[change.arc];
        let gain = if change.rising { reduced.clone() } else { reduced.negated() };
        if gain <= W::zero() {
            return Ok(NOTHING);
        }
        let detour = self.detour(change);
        match self.search.least(detour, Some(&gain), self.budget)? {
            Some(least) => self.holds(change, &least, room),
            None => Ok(NOTHING),
        }
    }

    /// Turns must change this way, up to a limit.
    fn forced(&mut self, change: Change, room: Option<W>) -> Result<Price, Exhausted> {
        if room.as_ref() == Some(&W::zero()) {
            return Ok(Price::Infeasible);
        }
        match self.search.least(self.detour(change), None, self.budget)? {
            Some(least) => self.holds(change, &least, room),
            None => Ok(Price::Infeasible),
        }
    }

    /// A bound moves towards turns that are so far away: nothing changes until it meets them, nor while they may go on
    /// at no loss.
    fn aside(&mut self, change: Change, (apart, room): (W, Option<W>)) -> Result<Price, Exhausted> {
        let price =
            if room.as_ref() == Some(&W::zero()) { Price::Infeasible } else { self.forced(change, room)? };
        let apart = self.pricer.network.bounds.restored(&apart);
        let until = match price {
            Price::Holds { rate, until } if rate.is_zero() => until.map(|until| until + &apart),
            _ => Some(apart),
        };
        Ok(Price::Holds { rate: Rational::ZERO, until })
    }

    fn holds(&mut self, change: Change, least: &W, room: Option<W>) -> Result<Price, Exhausted> {
        let reduced = &self.flow.reduced[change.arc];
        let rate = if change.rising { reduced.minus(least) } else { reduced.plus(least) };
        let until = self.search.room((self.detour(change), least), room.as_ref(), self.budget)?;
        let until = until.map(|until| self.pricer.network.bounds.restored(&until));
        Ok(Price::Holds { rate: self.pricer.level.restored(&rate), until })
    }

    /// More turns on an arc go back from its head to its tail, fewer go from its tail to its head beside it.
    fn detour(&self, change: Change) -> Detour {
        let arc = &self.flow.arcs[change.arc];
        let (from, to) = if change.rising { (arc.head, arc.tail) } else { (arc.tail, arc.head) };
        Detour { from, to, beside: Edge::at(change.arc) }
    }

    /// How far turns may change before they meet a bound of the column other than this one; its own as well, if asked.
    fn distance(&self, variable: Variable, change: Change, own: bool) -> Option<W> {
        let own = own.then_some(variable);
        let bounds = self.pricer.others(change.arc, variable).chain(own);
        let ends = bounds.filter_map(|bound| self.pricer.end(bound, change.rising));
        ends.map(|end| self.scaled(end, change.arc)).min()
    }

    /// How far a bound is from the turns of a column.
    fn scaled(&self, bound: &Rational, column: usize) -> W {
        let bound: Option<Vec<W>> = self.pricer.network.bounds.scaled(std::slice::from_ref(bound));
        let flow = &self.flow.flow[column];
        let apart = bound.and_then(|bound| bound.first().map(|bound| bound.minus(flow)));
        let apart = apart.unwrap_or_else(W::zero);
        if apart < W::zero() { apart.negated() } else { apart }
    }
}

/// Nothing changes, however far the bound moves.
const NOTHING: Price = Price::Holds { rate: Rational::ZERO, until: None };
