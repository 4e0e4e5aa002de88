//! A linear program as ordered, exact columns and rows.

use crate::exact::Rational;
use crate::model::{FlowId, ParticipantId};
use crate::network::{Edge, Vertex};

/// A column's place in its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(pub u32);

/// A row's place in its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl ColumnId {
    /// The id of a place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl RowId {
    /// The id of a place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Self(u32::try_from(place).unwrap_or(u32::MAX))
    }

    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Maximize,
    Minimize,
}

/// What a column or a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The turns of an edge, in a program about a bare graph.
    Edge(Edge),
    /// What leaves a vertex is what enters it.
    Vertex(Vertex),
    /// The row that sets the scale of a ratio.
    Normal,
    /// The turns of a flow.
    Flow(FlowId),
    /// The turns that enter the model at a participant.
    Source(ParticipantId),
    /// The turns that leave the model at a participant.
    Sink(ParticipantId),
    /// The turns that leave the model at a participant; negative, those that enter there.
    Exchange(ParticipantId),
    /// Whether a flow with a fixed cost is used: 0 or 1, and the row that ties it to the flow's turns.
    Used(FlowId),
    /// What leaves a participant is what arrives there.
    Balance(ParticipantId),
    /// A flow carries at least its minimum: a row, because turns are not negative without it either.
    Minimum(FlowId),
    /// A flow carries the volume that is set.
    Volume(FlowId),
    /// All turns that leave a participant by flows: the column, and the row that adds them up.
    Leaving(ParticipantId),
    /// A flow takes its share of what leaves its tail.
    Share(FlowId),
    /// A requirement of the analysis, by its place there.
    Requirement(usize),
}

/// A variable: its bounds, and what one unit of it adds to the objective.
///
/// Invariant: a bound that is missing is infinite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub origin: Origin,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
    pub objective: Rational,
    /// Whether it takes whole values only.
    pub integral: bool,
}

/// A condition on a weighted sum of variables: `lower <= sum <= upper`, where each side may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub origin: Origin,
    pub terms: Vec<(ColumnId, Rational)>,
    pub lower: Option<Rational>,
    pub upper: Option<Rational>,
}

/// A linear program.
///
/// Invariant: each row's terms name columns of this program, each once, in their order, and none is zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    sense: Sense,
    /// What the objective is worth where every variable is 0.
    pub constant: Rational,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

impl Program {
    #[must_use]
    pub const fn new(sense: Sense) -> Self {
        Self { sense, constant: Rational::ZERO, columns: Vec::new(), rows: Vec::new() }
    }

    #[must_use]
    pub const fn sense(&self) -> Sense {
        self.sense
    }

    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn add_column(&mut self, column: Column) -> ColumnId {
        let id = ColumnId(u32::try_from(self.columns.len()).unwrap_or(u32::MAX));
        self.columns.push(column);
        id
    }

    /// Bounds a column anew.
    pub fn bound_column(&mut self, column: ColumnId, bounds: (Option<Rational>, Option<Rational>)) {
        if let Some(column) = self.columns.get_mut(column.index()) {
            (column.lower, column.upper) = bounds;
        }
    }

    /// Says that a column takes whole numbers only.
    pub fn set_whole(&mut self, column: ColumnId) {
        if let Some(column) = self.columns.get_mut(column.index()) {
            column.integral = true;
        }
    }

    /// Drops bounds of a column: the lower one, the upper one.
    pub fn free_column(&mut self, column: ColumnId, (lower, upper): (bool, bool)) {
        if let Some(column) = self.columns.get_mut(column.index()) {
            column.lower = column.lower.take().filter(|_| !lower);
            column.upper = column.upper.take().filter(|_| !upper);
        }
    }

    /// Drops sides of a row: the lower one, the upper one.
    pub fn free_row(&mut self, row: RowId, (lower, upper): (bool, bool)) {
        if let Some(row) = self.rows.get_mut(row.index()) {
            row.lower = row.lower.take().filter(|_| !lower);
            row.upper = row.upper.take().filter(|_| !upper);
        }
    }

    /// Sets what each column adds to the objective, and what it is worth where every column is 0.
    pub fn set_objective(&mut self, counts: Vec<Rational>, constant: Rational) {
        for (column, count) in self.columns.iter_mut().zip(counts) {
            column.objective = count;
        }
        self.constant = constant;
    }

    /// The same rows and columns with another objective.
    #[must_use]
    pub fn with_objective(&self, sense: Sense, counts: Vec<Rational>) -> Self {
        let mut program = Self { sense, ..self.clone() };
        program.set_objective(counts, Rational::ZERO);
        program
    }

    /// The columns that take whole numbers only.
    #[must_use]
    pub fn whole(&self) -> Vec<ColumnId> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| column.integral).map(|(place, _)| ColumnId::at(place)).collect()
    }

    /// Adds a row; terms on one column are added up, and terms on no column of this program are dropped.
    pub fn add_row(&mut self, mut row: Row) -> RowId {
        let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        row.terms.retain(|(column, _)| column.index() < self.columns.len());
        row.terms.sort_by_key(|(column, _)| *column);
        row.terms.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 += &later.1;
            }
            same
        });
        row.terms.retain(|(_, factor)| !factor.is_zero());
        self.rows.push(row);
        id
    }

    /// Gives columns and rows other names and origins, where `label` has some for theirs.
    pub fn relabel(&mut self, label: &dyn Fn(Origin) -> Option<(String, Origin)>) {
        let columns = self.columns.iter_mut().map(|column| (&mut column.name, &mut column.origin));
        let rows = self.rows.iter_mut().map(|row| (&mut row.name, &mut row.origin));
        for (name, origin) in columns.chain(rows) {
            if let Some(labelled) = label(*origin) {
                (*name, *origin) = labelled;
            }
        }
    }

    /// What the objective is worth at these values.
    #[must_use]
    pub fn objective(&self, values: &[Rational]) -> Rational {
        let terms = self.columns.iter().zip(values).map(|(column, value)| &column.objective * value);
        terms.fold(self.constant.clone(), |total, term| total + term)
    }

    /// Whether what takes whole numbers only has one.
    #[must_use]
    pub fn is_whole(&self, values: &[Rational]) -> bool {
        self.columns.iter().zip(values).all(|(column, value)| !column.integral || value.is_integer())
    }

    /// Whether these values keep every bound and every row, exactly; whole numbers aside.
    #[must_use]
    pub fn is_feasible(&self, values: &[Rational]) -> bool {
        let within = |(column, value): (&Column, &Rational)| within(value, &column.lower, &column.upper);
        values.len() == self.columns.len()
            && self.columns.iter().zip(values).all(within)
            && self.rows.iter().all(|row| row.holds(values))
    }
}

impl Row {
    /// A row whose sum is one number.
    #[must_use]
    pub fn equal(name: String, origin: Origin, terms: Vec<(ColumnId, Rational)>, right: Rational) -> Self {
        Self { name, origin, terms, lower: Some(right.clone()), upper: Some(right) }
    }

    /// The row's weighted sum at these values.
    #[must_use]
    pub fn sum(&self, values: &[Rational]) -> Rational {
        let term = |(column, factor): &(ColumnId, Rational)| {
            values.get(column.index()).map_or(Rational::ZERO, |value| factor * value)
        };
        self.terms.iter().map(term).sum()
    }

    /// Whether these values keep the row, exactly.
    #[must_use]
    pub fn holds(&self, values: &[Rational]) -> bool {
        within(&self.sum(values), &self.lower, &self.upper)
    }
}

fn within(value: &Rational, lower: &Option<Rational>, upper: &Option<Rational>) -> bool {
    lower.as_ref().is_none_or(|lower| value >= lower) && upper.as_ref().is_none_or(|upper| value <= upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_add_up_terms_on_one_column() {
        let mut program = Program::new(Sense::Minimize);
        let column = |name: &str| Column {
            name: name.to_owned(),
            origin: Origin::Normal,
            lower: Some(Rational::ZERO),
            upper: None,
            objective: Rational::ONE,
            integral: false,
        };
        let x = program.add_column(column("x"));
        let y = program.add_column(column("y"));
        let terms = [(y, 2), (x, 1), (y, -2), (x, 3), (ColumnId(9), 1)];
        program.add_row(Row {
            name: "row".to_owned(),
            origin: Origin::Normal,
            terms: terms.map(|(column, factor)| (column, Rational::from(factor))).to_vec(),
            lower: Some(Rational::from(8)),
            upper: None,
        });
        assert_eq!(program.rows()[0].terms, [(x, Rational::from(4))]);
        assert!(program.is_feasible(&[Rational::from(2), Rational::ZERO]));
        assert!(!program.is_feasible(&[Rational::ONE, Rational::ONE]));
        assert!(!program.is_feasible(&[Rational::from(2), Rational::from(-1)]));
        assert_eq!(program.objective(&[Rational::from(2), Rational::from(3)]), Rational::from(5));
    }
}
