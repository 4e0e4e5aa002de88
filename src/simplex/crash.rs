//! A first basis from wishes.

use std::collections::BTreeSet;

use super::Variable;
use super::matrix::{Matrix, Sparse};
use crate::exact::Compact;

/// What somebody believes of the optimum: an order, no number.
///
/// Whatever is wished, the answer is the same; good wishes save pivots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crash {
    /// Variables that should be basic, best first: those strictly between their bounds, sums of slack rows before
    /// columns (they cost nothing), then those whose reduced cost is nearest to zero.
    pub basic: Vec<Variable>,
    /// For each column, whether it stands at its upper bound while it is not basic.
    pub at_upper: Vec<bool>,
}

/// Columns reduced one by one, so that a column in the span of those before shows as zero.
struct Echelon<'m> {
    matrix: &'m Matrix,
    /// For each row that has a pivot, its place in `reductions`.
    step: Vec<Option<usize>>,
    reductions: Vec<(usize, Sparse)>,
    /// All zero between two columns.
    working: Vec<Compact>,
}

/// The wished variables that are independent of those before them, completed by rows' sums to a basis.
pub fn complete(matrix: &Matrix, wishes: &[Variable]) -> Vec<usize> {
    let size = matrix.rows();
    let mut echelon = Echelon {
        matrix,
        step: vec![None; size],
        reductions: Vec::with_capacity(size),
        working: vec![Compact::ZERO; size],
    };
    let mut heading = Vec::with_capacity(size);
    for wish in wishes {
        if heading.len() == size {
            break;
        }
        if let Some(variable) = place(matrix, *wish)
            && echelon.add(variable)
        {
            heading.push(variable);
        }
    }
    let without = (0..size).filter(|row| echelon.step[*row].is_none());
    heading.extend(without.map(|row| matrix.sum_of(row)));
    heading
}

fn place(matrix: &Matrix, variable: Variable) -> Option<usize> {
    match variable {
        Variable::Column(column) => Some(column.index()).filter(|place| *place < matrix.columns()),
        Variable::Row(row) => (row.index() < matrix.rows()).then(|| matrix.sum_of(row.index())),
    }
}

impl Echelon<'_> {
    /// Adds a variable's column unless it depends on those before; whether it was added.
    fn add(&mut self, variable: usize) -> bool {
        let reduced = self.reduce(variable);
        let free = reduced.iter().filter(|(row, _)| self.step[*row].is_none());
        let Some(pivot) = free.map(|(row, _)| *row).min_by_key(|row| (self.matrix.row(*row).len(), *row))
        else {
            return false;
        };
        let value = reduced.iter().find(|(row, _)| *row == pivot).map(|(_, value)| value.reciprocal());
        let value = value.unwrap_or(Compact::ZERO);
        let others = reduced.into_iter().filter(|(row, _)| *row != pivot && self.step[*row].is_none());
        let multipliers = others.map(|(row, entry)| (row, entry.times(&value))).collect();
        self.step[pivot] = Some(self.reductions.len());
        self.reductions.push((pivot, multipliers));
        true
    }

    /// The column after all reductions that touch it.
    fn reduce(&mut self, variable: usize) -> Sparse {
        let mut touched = BTreeSet::new();
        let mut open = BTreeSet::new();
        let working = &mut self.working;
        self.matrix.each_entry(variable, |row, factor| {
            working[row] = factor.clone();
            touched.insert(row);
            open.extend(self.step[row]);
        });
        while let Some(step) = open.pop_first() {
            let (pivot, multipliers) = &self.reductions[step];
            let value = self.working[*pivot].clone();
            if value.is_zero() {
                continue;
            }
            for (row, multiplier) in multipliers {
                self.working[*row].subtract_product(multiplier, &value);
                touched.insert(*row);
                open.extend(self.step[*row]);
            }
        }
        let reduced = touched.into_iter().map(|row| (row, std::mem::take(&mut self.working[row])));
        reduced.filter(|(_, value)| !value.is_zero()).collect()
    }
}
