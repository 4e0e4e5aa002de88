//! A plan's linear program as the oracle has it: columns, rows with their conditions, and the objective.

use loopc::exact::Rational;

use super::solve::{Constraint, Relation};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Tries of a flow.
    Flow(usize),
    Enters(usize),
    Leaves(usize),
    /// Whether a flow with a fixed cost is used: 0 or 1.
    Used(usize),
}

/// A condition that the source states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stated {
    Requirement(usize),
    Capacity(usize),
    Minimum(usize),
    Volume(usize),
    Share(usize),
    Source(usize),
    Sink(usize),
}

/// Units: what a form counts, by the plan's period.
#[derive(Clone, Debug)]
pub struct Row {
    pub factors: Vec<Rational>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    /// Nothing for conservation.
    pub stated: Option<Stated>,
}

#[derive(Clone, Debug)]
pub struct Linear {
    pub factors: Vec<Rational>,
    pub constant: Rational,
}

#[derive(Clone, Debug)]
pub struct Program {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub minimize: bool,
    /// As stated, not turned for `minimize`.
    pub above: Linear,
    pub below: Option<Linear>,
}

pub fn sum(factors: &[Rational], point: &[Rational]) -> Rational {
    factors.iter().zip(point).map(|(factor, value)| factor * value).sum()
}

impl Linear {
    pub fn at(&self, point: &[Rational]) -> Rational {
        sum(&self.factors, point) + &self.constant
    }

    /// This, or its negative.
    pub fn turned(&self, turn: bool) -> Self {
        let sign = Rational::from(if turn { -1 } else { 1 });
        Self {
            factors: self.factors.iter().map(|factor| factor * &sign).collect(),
            constant: &self.constant * &sign,
        }
    }
}

impl Row {
    pub fn constraints(&self) -> Vec<Constraint> {
        let one = |relation, right: &Rational| Constraint {
            factors: self.factors.clone(),
            relation,
            right: right.clone(),
        };
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower == upper => vec![one(Relation::Equal, lower)],
            (lower, upper) => {
                let lower = lower.as_ref().map(|lower| one(Relation::AtLeast, lower));
                lower.into_iter().chain(upper.as_ref().map(|upper| one(Relation::AtMost, upper))).collect()
            }
        }
    }

    pub fn holds(&self, point: &[Rational]) -> bool {
        let value = sum(&self.factors, point);
        self.lower.as_ref().is_none_or(|lower| *lower <= value)
            && self.upper.as_ref().is_none_or(|upper| value <= *upper)
    }
}

impl Program {
    pub fn constraints(&self) -> Vec<Constraint> {
        self.rows.iter().flat_map(Row::constraints).collect()
    }

    /// With conservation, and of what is stated only these.
    pub fn only(&self, kept: &[Stated]) -> Self {
        let keep = |row: &&Row| row.stated.is_none_or(|stated| kept.contains(&stated));
        Self { rows: self.rows.iter().filter(keep).cloned().collect(), ..self.clone() }
    }

    pub fn row(&self, stated: Stated) -> Option<&Row> {
        self.rows.iter().find(|row| row.stated == Some(stated))
    }

    /// With other sides of one condition.
    pub fn moved(&self, stated: Stated, sides: (Option<Rational>, Option<Rational>)) -> Self {
        let mut program = self.clone();
        for row in program.rows.iter_mut().filter(|row| row.stated == Some(stated)) {
            (row.lower, row.upper) = sides.clone();
        }
        program
    }

    pub fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|other| *other == column)
    }

    /// A row that counts one column.
    pub fn single(&self, place: usize) -> Vec<Rational> {
        let mut factors = vec![Rational::ZERO; self.columns.len()];
        factors[place] = Rational::ONE;
        factors
    }
}
