//! Which programs are networks.

use crate::exact::Rational;
use crate::network::Vertex;
use crate::program::{ColumnId, Origin, Program, Row};

/// What a row is to a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What leaves this vertex is what arrives there.
    Balance(Vertex),
    /// It bounds this column.
    Bound(ColumnId),
}

/// A program as a network: an arc for each column.
///
/// Invariant: a circulation, with *outside* as the last vertex, where arcs begin or end that leave or enter the model.
#[derive(Clone, Debug)]
pub struct Shape {
    pub vertices: usize,
    pub ends: Vec<(Vertex, Vertex)>,
    pub rows: Vec<Part>,
    /// The bounds of each arc, those by rows included.
    pub lower: Vec<Option<Rational>>,
    pub upper: Vec<Option<Rational>>,
}

impl Shape {
    /// The network that a program is; nothing where it is none.
    ///
    /// It is one if every row is a balance of turns, in which each column leaves once and arrives once, or bounds a
    /// column; if no column is whole; and if no range is empty, which conflicts are about.
    #[must_use]
    pub fn of(program: &Program) -> Option<Self> {
        if program.columns().iter().any(|column| column.integral) {
            return None;
        }
        let balances = program.rows().iter().filter(|row| matches!(row.origin, Origin::Balance(_))).count();
        let outside = Vertex::at(balances);
        let columns = program.columns();
        let mut shape = Self {
            vertices: balances + 1,
            ends: vec![(outside, outside); columns.len()],
            rows: Vec::new(),
            lower: columns.iter().map(|column| column.lower.clone()).collect(),
            upper: columns.iter().map(|column| column.upper.clone()).collect(),
        };
        let mut met = 0;
        for row in program.rows() {
            let part = if matches!(row.origin, Origin::Balance(_)) {
                met += 1;
                shape.balance(row, (Vertex::at(met - 1), outside))?
            } else {
                shape.bound(row)?
            };
            shape.rows.push(part);
        }
        let crossed = |(lower, upper): (&Option<Rational>, &Option<Rational>)| matches!((lower, upper), (Some(lower), Some(upper)) if lower > upper);
        (!shape.lower.iter().zip(&shape.upper).any(crossed)).then_some(shape)
    }

    fn balance(&mut self, row: &Row, (vertex, outside): (Vertex, Vertex)) -> Option<Part> {
        let zero = |side: &Option<Rational>| side.as_ref().is_some_and(Rational::is_zero);
        if !zero(&row.lower) || !zero(&row.upper) {
            return None;
        }
        for (column, factor) in &row.terms {
            let ends = self.ends.get_mut(column.index())?;
            let end = if factor.is_positive() { &mut ends.0 } else { &mut ends.1 };
            if *end != outside || factor.abs() != Rational::ONE {
                return None;
            }
            *end = vertex;
        }
        Some(Part::Balance(vertex))
    }

    fn bound(&mut self, row: &Row) -> Option<Part> {
        let [(column, factor)] = row.terms.as_slice() else { return None };
        if *factor != Rational::ONE {
            return None;
        }
        let (lower, upper) = (self.lower.get_mut(column.index())?, self.upper.get_mut(column.index())?);
        let tighter = |own: &Option<Rational>, other: &Option<Rational>, upper: bool| match (own, other) {
            (Some(own), Some(other)) => Some(if upper == (own < other) { own } else { other }.clone()),
            (own, other) => own.as_ref().or(other.as_ref()).cloned(),
        };
        *lower = tighter(lower, &row.lower, false);
        *upper = tighter(upper, &row.upper, true);
        Some(Part::Bound(*column))
    }
}
