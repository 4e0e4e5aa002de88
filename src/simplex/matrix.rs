//! The rows of a program as a sparse matrix, read by columns and by rows.

use crate::exact::Compact;
use crate::program::Program;

/// A sparse vector: places and what stands there, none of it zero.
pub type Sparse = Vec<(usize, Compact)>;

/// The columns of `A x − r = 0`, where x are a program's columns and r its rows' sums.
///
/// Shape: variable v is a column of the program while v is below `columns`, and after that the sum of a row.
#[derive(Debug)]
pub struct Matrix {
    by_column: Vec<Sparse>,
    by_row: Vec<Sparse>,
}

impl Matrix {
    pub fn new(program: &Program) -> Self {
        let mut by_column = vec![Sparse::new(); program.columns().len()];
        let mut by_row = Vec::with_capacity(program.rows().len());
        for (row, stated) in program.rows().iter().enumerate() {
            let terms: Sparse =
                stated.terms.iter().map(|(column, factor)| (column.index(), factor.into())).collect();
            for (column, factor) in &terms {
                by_column[*column].push((row, factor.clone()));
            }
            by_row.push(terms);
        }
        Self { by_column, by_row }
    }

    pub fn columns(&self) -> usize {
        self.by_column.len()
    }

    pub fn rows(&self) -> usize {
        self.by_row.len()
    }

    pub fn variables(&self) -> usize {
        self.columns() + self.rows()
    }

    /// The variable that stands for a row's sum.
    pub fn sum_of(&self, row: usize) -> usize {
        self.columns() + row
    }

    /// Calls for each entry of a variable's column: the row and the factor.
    pub fn each_entry(&self, variable: usize, mut visit: impl FnMut(usize, &Compact)) {
        match self.by_column.get(variable) {
            Some(entries) => entries.iter().for_each(|(row, factor)| visit(*row, factor)),
            None => visit(variable - self.columns(), &Compact::MINUS_ONE),
        }
    }

    pub fn row(&self, row: usize) -> &Sparse {
        &self.by_row[row]
    }
}
