//! Where the simplex stands: bounds, basis and values.

use std::rc::Rc;

use super::basis::Basis;
use super::crash::{Crash, complete};
use super::matrix::{Matrix, Sparse};
use super::range::Range;
use crate::exact::{Compact, Rational};
use crate::program::{ColumnId, Program, RowId};

/// A column of a program, or the sum of one of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    Column(ColumnId),
    Row(RowId),
}

/// A program with a basis: what stands where, and what may move.
///
/// Invariant: variables that are not basic stand at a bound, or at zero without one; the basic ones have the
/// values that keep every row, unless `stale`. Basic variables may be out of bounds.
#[derive(Clone, Debug)]
pub struct Simplex {
    pub(super) matrix: Rc<Matrix>,
    pub(super) ranges: Vec<Range>,
    pub(super) basis: Basis,
    pub(super) values: Vec<Compact>,
    /// Kept where they stand, on the optimal face of an objective.
    pub(super) kept: Vec<bool>,
    /// Reduced costs of the last objective that was maximised to its end.
    pub(super) reduced: Vec<Compact>,
    stale: bool,
    /// All zero between two uses.
    working: Vec<Compact>,
}

impl Simplex {
    /// Starts at the basis that is nearest to the wishes.
    #[must_use]
    pub fn new(program: &Program, crash: &Crash) -> Self {
        let matrix = Matrix::new(program);
        let of_columns = program.columns().iter().map(|column| range(&column.lower, &column.upper));
        let of_rows = program.rows().iter().map(|row| range(&row.lower, &row.upper));
        let ranges: Vec<Range> = of_columns.chain(of_rows).collect();
        let stand = |(place, range): (usize, &Range)| {
            let upper = crash.at_upper.get(place).copied().unwrap_or(false).then_some(range.upper.as_ref());
            upper.flatten().cloned().unwrap_or_else(|| range.nearest(&Compact::ZERO))
        };
        let values = ranges.iter().enumerate().map(stand).collect();
        let basis = Basis::new(&matrix, complete(&matrix, &crash.basic));
        let variables = matrix.variables();
        Self {
            matrix: Rc::new(matrix),
            ranges,
            basis,
            values,
            kept: vec![false; variables],
            reduced: vec![Compact::ZERO; variables],
            stale: true,
            working: vec![Compact::ZERO; variables],
        }
    }

    /// Gives a variable other bounds; what is not basic moves with its bound. The basis stays.
    pub fn set_bounds(&mut self, variable: Variable, lower: Option<Rational>, upper: Option<Rational>) {
        let Some(place) = self.place(variable) else { return };
        let new = range(&lower, &upper);
        let old = std::mem::replace(&mut self.ranges[place], new.clone());
        if self.basis.position(place).is_some() || old == new {
            return;
        }
        let value = &self.values[place];
        let follow = [(old.lower, new.lower.clone()), (old.upper, new.upper.clone())];
        let followed =
            follow.into_iter().find(|(old, _)| old.as_ref() == Some(value)).and_then(|(_, new)| new);
        let moved = followed.unwrap_or_else(|| new.nearest(value));
        if moved != *value {
            self.values[place] = moved;
            self.stale = true;
        }
    }

    /// The bounds of a variable as they are now.
    #[must_use]
    pub fn bounds(&self, variable: Variable) -> (Option<Rational>, Option<Rational>) {
        let range = self.place(variable).map(|place| &self.ranges[place]);
        let exact = |end: Option<&Compact>| end.map(Compact::to_rational);
        (exact(range.and_then(|range| range.end(false))), exact(range.and_then(|range| range.end(true))))
    }

    /// The value of each column.
    #[must_use]
    pub fn values(&self) -> Vec<Rational> {
        self.values.iter().take(self.matrix.columns()).map(Compact::to_rational).collect()
    }

    /// The value of one column; zero for one that is not of the program.
    #[must_use]
    pub fn value(&self, column: ColumnId) -> Rational {
        let place = self.place(Variable::Column(column));
        place.map(|place| self.values[place].to_rational()).unwrap_or_default()
    }

    #[must_use]
    pub fn is_basic(&self, variable: Variable) -> bool {
        self.place(variable).is_some_and(|place| self.basis.position(place).is_some())
    }

    pub(super) fn place(&self, variable: Variable) -> Option<usize> {
        match variable {
            Variable::Column(column) => Some(column.index()).filter(|place| *place < self.matrix.columns()),
            Variable::Row(row) => {
                Some(self.matrix.sum_of(row.index())).filter(|place| *place < self.matrix.variables())
            }
        }
    }

    /// The variable at a place.
    pub(super) fn variable(&self, place: usize) -> Variable {
        let columns = self.matrix.columns();
        let id = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        match place.checked_sub(columns) {
            None => Variable::Column(ColumnId(id(place))),
            Some(row) => Variable::Row(RowId(id(row))),
        }
    }

    /// Puts a variable that is not basic at a bound.
    pub(super) fn stand(&mut self, variable: usize, bound: Compact) {
        if self.values[variable] != bound {
            self.values[variable] = bound;
            self.stale = true;
        }
    }

    /// Computes the basic values anew, where bounds have moved what they depend on.
    pub(super) fn settle(&mut self) {
        if !std::mem::replace(&mut self.stale, false) {
            return;
        }
        let mut given = vec![Compact::ZERO; self.matrix.rows()];
        for variable in 0..self.matrix.variables() {
            let value = &self.values[variable];
            if self.basis.position(variable).is_none() && !value.is_zero() {
                self.matrix.each_entry(variable, |row, factor| given[row].subtract_product(factor, value));
            }
        }
        for variable in self.basis.heading() {
            self.values[*variable] = Compact::ZERO;
        }
        for (position, value) in self.basis.solve(given) {
            self.values[self.basis.heading()[position]] = value;
        }
    }

    /// Whether a variable that is not basic may move at all.
    pub(super) fn is_mobile(&self, variable: usize) -> bool {
        !self.kept[variable] && !self.ranges[variable].is_fixed() && self.basis.position(variable).is_none()
    }

    /// `y · a` for the columns of all variables that are mobile; those that are zero are left out.
    pub(super) fn combined(&mut self, prices: &[Compact]) -> Sparse {
        let mut working = std::mem::take(&mut self.working);
        let mut touched = Vec::new();
        for (row, price) in prices.iter().enumerate().filter(|(_, price)| !price.is_zero()) {
            for (column, factor) in self.matrix.row(row) {
                if self.is_mobile(*column) {
                    if working[*column].is_zero() {
                        touched.push(*column);
                    }
                    let product = price.times(factor);
                    working[*column] = working[*column].plus(&product);
                }
            }
            let sum = self.matrix.sum_of(row);
            if self.is_mobile(sum) {
                working[sum] = price.negated();
                touched.push(sum);
            }
        }
        let combined = touched.into_iter().map(|variable| (variable, std::mem::take(&mut working[variable])));
        let combined = combined.filter(|(_, value)| !value.is_zero()).collect();
        self.working = working;
        combined
    }

    /// The reduced costs of all mobile variables, for costs of all variables, times one positive number.
    ///
    /// Prices share a denominator that divides the basis' determinant. Multiplied by it they are integers,
    /// and their sums need no common divisors: where numbers are long, that is most of the time.
    pub(super) fn reduced_costs(&mut self, costs: &[Compact]) -> Vec<Compact> {
        let mut prices = self.prices(costs);
        let scale = Compact::common_denominator(&prices);
        if scale != Compact::ONE {
            prices.iter_mut().for_each(|price| *price = price.times(&scale));
        }
        let mut reduced = vec![Compact::ZERO; costs.len()];
        for variable in 0..costs.len() {
            if self.is_mobile(variable) && !costs[variable].is_zero() {
                reduced[variable] = costs[variable].times(&scale);
            }
        }
        for (variable, product) in self.combined(&prices) {
            reduced[variable] = reduced[variable].minus(&product);
        }
        reduced
    }

    /// The y with `y B = c` for the costs of what is basic.
    pub(super) fn prices(&self, costs: &[Compact]) -> Vec<Compact> {
        let given = self.basis.heading().iter().map(|variable| costs[*variable].clone()).collect();
        self.basis.solve_transposed(given)
    }
}

fn range(lower: &Option<Rational>, upper: &Option<Rational>) -> Range {
    Range { lower: lower.as_ref().map(Compact::from), upper: upper.as_ref().map(Compact::from) }
}
