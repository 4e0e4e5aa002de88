//! Elimination of a square sparse matrix, pivots chosen so that little fills in.

use super::factor::{Factor, Pivot};
use super::matrix::Sparse;
use crate::exact::Compact;

/// What is not eliminated yet.
///
/// Invariant: `columns[q]` lists exactly the rows that have an entry at position q.
struct Active {
    rows: Vec<Sparse>,
    columns: Vec<Vec<usize>>,
    row_left: Vec<bool>,
    column_left: Vec<bool>,
    /// Rows and columns that came down to one entry; some may be done since.
    single_columns: Vec<usize>,
    single_rows: Vec<usize>,
}

/// Factors a basis given by columns; nothing where it is singular.
///
/// Rows and columns with a single entry go first, without arithmetic: bases of networks are nearly all of that.
/// What is left is pivoted where rows and columns are shortest.
///
/// Source: Markowitz 1957; Maros 2003, chapter 8.
pub fn factor(columns: &[Sparse]) -> Option<Factor> {
    let mut active = Active::new(columns);
    let mut factor = Factor::new(columns.len());
    for _ in 0..columns.len() {
        let (row, position) = active.next_single().or_else(|| active.shortest())?;
        active.eliminate(row, position, &mut factor)?;
    }
    factor.close();
    Some(factor)
}

impl Active {
    fn new(given: &[Sparse]) -> Self {
        let size = given.len();
        let mut rows = vec![Sparse::new(); size];
        let mut columns = vec![Vec::new(); size];
        for (position, column) in given.iter().enumerate() {
            for (row, value) in column {
                rows[*row].push((position, value.clone()));
                columns[position].push(*row);
            }
        }
        let single_columns = (0..size).rev().filter(|place| columns[*place].len() == 1).collect();
        let single_rows = (0..size).rev().filter(|place| rows[*place].len() == 1).collect();
        let (row_left, column_left) = (vec![true; size], vec![true; size]);
        Self { rows, columns, row_left, column_left, single_columns, single_rows }
    }

    fn next_single(&mut self) -> Option<(usize, usize)> {
        while let Some(position) = self.single_columns.pop() {
            if let (true, [row]) = (self.column_left[position], self.columns[position].as_slice()) {
                return Some((*row, position));
            }
        }
        while let Some(row) = self.single_rows.pop() {
            if let (true, [(position, _)]) = (self.row_left[row], self.rows[row].as_slice()) {
                return Some((row, *position));
            }
        }
        None
    }

    /// The entry of the shortest column whose row is shortest; among equals the one with the fewest bits.
    fn shortest(&self) -> Option<(usize, usize)> {
        let left = (0..self.columns.len()).filter(|position| self.column_left[*position]);
        let position = left.min_by_key(|position| (self.columns[*position].len(), *position))?;
        let cost = |row: &&usize| {
            let value = self.rows[**row].iter().find(|(place, _)| *place == position);
            (self.rows[**row].len(), value.map_or(0, |(_, value)| value.bits()), **row)
        };
        self.columns[position].iter().min_by_key(cost).map(|row| (*row, position))
    }

    fn eliminate(&mut self, row: usize, position: usize, factor: &mut Factor) -> Option<()> {
        let mut entries = std::mem::take(&mut self.rows[row]);
        let at = entries.iter().position(|(place, _)| *place == position)?;
        let (_, value) = entries.swap_remove(at);
        self.row_left[row] = false;
        self.column_left[position] = false;
        for (place, _) in &entries {
            self.columns[*place].retain(|other| *other != row);
        }
        let mut multipliers = Sparse::new();
        for other in std::mem::take(&mut self.columns[position]) {
            if other == row {
                continue;
            }
            let at = self.rows[other].iter().position(|(place, _)| *place == position)?;
            let multiplier = self.rows[other].swap_remove(at).1.over(&value);
            self.combine(other, &multiplier, &entries);
            if self.rows[other].len() == 1 {
                self.single_rows.push(other);
            }
            multipliers.push((other, multiplier));
        }
        let shrunk = entries.iter().filter(|(place, _)| self.columns[*place].len() == 1);
        self.single_columns.extend(shrunk.map(|(place, _)| *place));
        factor.push(Pivot { row, position, value }, multipliers, entries);
        Some(())
    }

    /// Takes `multiplier × entries` away from a row.
    fn combine(&mut self, row: usize, multiplier: &Compact, entries: &Sparse) {
        for (place, value) in entries {
            match self.rows[row].iter().position(|(other, _)| other == place) {
                Some(at) => {
                    self.rows[row][at].1.subtract_product(multiplier, value);
                    if self.rows[row][at].1.is_zero() {
                        self.rows[row].swap_remove(at);
                        self.columns[*place].retain(|other| *other != row);
                    }
                }
                None => {
                    self.rows[row].push((*place, multiplier.times(value).negated()));
                    self.columns[*place].push(row);
                }
            }
        }
    }
}
