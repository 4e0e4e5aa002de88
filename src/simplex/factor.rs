//! A factored basis: triangular solves that skip what is zero.

use super::matrix::Sparse;
use crate::exact::Compact;

/// Where an elimination step stood, and what stood there.
#[derive(Clone, Debug)]
pub struct Pivot {
    pub row: usize,
    pub position: usize,
    pub value: Compact,
}

/// `L U` of a basis, each factor both by rows and by columns.
///
/// Shape: rows are those of the program; positions are places in the basis.
#[derive(Clone, Debug)]
pub struct Factor {
    pivots: Vec<Pivot>,
    /// For each pivot, in order: rows below and their multipliers.
    lower: Vec<Sparse>,
    /// The same by rows: for each row, the pivots' rows it was reduced by.
    lower_by_row: Vec<Sparse>,
    /// For each pivot, in order: the positions right of it in its row.
    upper: Vec<Sparse>,
    /// The same by columns: for each position, the rows above its pivot.
    upper_by_column: Vec<Sparse>,
}

impl Factor {
    pub fn new(size: usize) -> Self {
        Self {
            pivots: Vec::with_capacity(size),
            lower: Vec::with_capacity(size),
            lower_by_row: vec![Sparse::new(); size],
            upper: Vec::with_capacity(size),
            upper_by_column: vec![Sparse::new(); size],
        }
    }

    /// The next step of an elimination.
    pub fn push(&mut self, pivot: Pivot, multipliers: Sparse, entries: Sparse) {
        self.pivots.push(pivot);
        self.lower.push(multipliers);
        self.upper.push(entries);
    }

    /// After the last step: writes both factors the other way as well.
    pub fn close(&mut self) {
        for (pivot, (lower, upper)) in self.pivots.iter().zip(self.lower.iter().zip(&self.upper)) {
            for (row, multiplier) in lower {
                self.lower_by_row[*row].push((pivot.row, multiplier.clone()));
            }
            for (position, value) in upper {
                self.upper_by_column[*position].push((pivot.row, value.clone()));
            }
        }
    }

    /// How many entries both factors have.
    pub fn entries(&self) -> usize {
        self.pivots.len() + self.lower.iter().chain(&self.upper).map(Vec::len).sum::<usize>()
    }

    /// Solves `B x = a`, where a is given by rows and spent; x comes by positions.
    pub fn solve(&self, mut given: Vec<Compact>) -> Vec<Compact> {
        for (pivot, lower) in self.pivots.iter().zip(&self.lower) {
            if lower.is_empty() || given[pivot.row].is_zero() {
                continue;
            }
            let value = given[pivot.row].clone();
            for (row, multiplier) in lower {
                given[*row].subtract_product(multiplier, &value);
            }
        }
        let mut solved = vec![Compact::ZERO; self.pivots.len()];
        for pivot in self.pivots.iter().rev() {
            if given[pivot.row].is_zero() {
                continue;
            }
            let value = given[pivot.row].over(&pivot.value);
            for (row, entry) in &self.upper_by_column[pivot.position] {
                given[*row].subtract_product(entry, &value);
            }
            solved[pivot.position] = value;
        }
        solved
    }

    /// Solves `y B = c`, where c is given by positions and spent; y comes by rows.
    pub fn solve_transposed(&self, mut given: Vec<Compact>) -> Vec<Compact> {
        let mut solved = vec![Compact::ZERO; self.pivots.len()];
        for (pivot, upper) in self.pivots.iter().zip(&self.upper) {
            if given[pivot.position].is_zero() {
                continue;
            }
            let value = given[pivot.position].over(&pivot.value);
            for (position, entry) in upper {
                given[*position].subtract_product(entry, &value);
            }
            solved[pivot.row] = value;
        }
        for pivot in self.pivots.iter().rev() {
            let reduced = &self.lower_by_row[pivot.row];
            if reduced.is_empty() || solved[pivot.row].is_zero() {
                continue;
            }
            let value = solved[pivot.row].clone();
            for (row, multiplier) in reduced {
                solved[*row].subtract_product(multiplier, &value);
            }
        }
        solved
    }
}

#[cfg(test)]
mod tests {
    use super::super::eliminate::factor;
    use super::*;

    fn sparse(dense: &[i64]) -> Sparse {
        let entries = dense.iter().enumerate().filter(|(_, value)| **value != 0);
        entries.map(|(row, value)| (row, Compact::whole(*value))).collect()
    }

    fn whole(numbers: &[i64]) -> Vec<Compact> {
        numbers.iter().map(|number| Compact::whole(*number)).collect()
    }

    /// Columns of a matrix with a dense core, and of one that is a triangle in disguise.
    const MATRICES: [[[i64; 4]; 4]; 2] = [
        [[2, 1, 0, 3], [1, 0, 5, -1], [4, 1, 1, 1], [0, 7, 2, 1]],
        [[0, 0, 3, 0], [1, 0, 2, 0], [0, 5, 0, 0], [4, 1, 0, -1]],
    ];

    #[test]
    fn solves_both_ways() {
        for matrix in MATRICES {
            let factored = factor(&matrix.map(|column| sparse(&column))).unwrap();
            let wanted = [3, -2, 0, 11];
            let rows = |row: usize| (0..4).map(|position| matrix[position][row] * wanted[position]).sum();
            let right: Vec<i64> = (0..4).map(rows).collect();
            assert_eq!(factored.solve(whole(&right)), whole(&wanted));
            let columns = |position: usize| (0..4).map(|row| matrix[position][row] * wanted[row]).sum();
            let right: Vec<i64> = (0..4).map(columns).collect();
            assert_eq!(factored.solve_transposed(whole(&right)), whole(&wanted));
        }
    }

    #[test]
    fn singular_matrices_have_no_factors() {
        assert!(factor(&[sparse(&[1, 2]), sparse(&[2, 4])]).is_none());
        assert!(factor(&[sparse(&[1, 0]), sparse(&[0, 0])]).is_none());
        assert!(factor(&[]).is_some());
    }
}
