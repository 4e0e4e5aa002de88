//! Which variables are basic, and solving with them.

use super::eliminate::factor;
use super::factor::Factor;
use super::matrix::{Matrix, Sparse};
use crate::exact::Compact;

/// Exchanges after which the basis is factored anew, however short they are.
const MOST_EXCHANGES: usize = 64;

/// One exchange: the column that came in, as it stood in the basis before.
#[derive(Clone, Debug)]
struct Exchange {
    position: usize,
    value: Compact,
    others: Sparse,
}

/// A basis: one variable for each row, factored, with the exchanges since.
///
/// Invariant: the columns of the variables in `heading` are independent.
///
/// Source: product form of the inverse; Dantzig, Orchard-Hays 1954.
#[derive(Clone, Debug)]
pub struct Basis {
    heading: Vec<usize>,
    place: Vec<Option<usize>>,
    factor: Factor,
    exchanges: Vec<Exchange>,
    exchanged_entries: usize,
}

impl Basis {
    /// The basis of these variables; that of all rows' sums where they are no basis.
    pub fn new(matrix: &Matrix, heading: Vec<usize>) -> Self {
        let factored = (heading.len() == matrix.rows()).then(|| factor(&columns(matrix, &heading))).flatten();
        let (heading, factored) = match factored {
            Some(factored) => (heading, factored),
            None => sums(matrix),
        };
        let mut place = vec![None; matrix.variables()];
        for (position, variable) in heading.iter().enumerate() {
            place[*variable] = Some(position);
        }
        Self { heading, place, factor: factored, exchanges: Vec::new(), exchanged_entries: 0 }
    }

    pub fn heading(&self) -> &[usize] {
        &self.heading
    }

    /// The variable's position, if it is basic.
    pub fn position(&self, variable: usize) -> Option<usize> {
        self.place[variable]
    }

    /// Solves `B x = a`, with a by rows; what is not zero of x, by positions.
    pub fn solve(&self, given: Vec<Compact>) -> Sparse {
        let mut solved = self.factor.solve(given);
        for exchange in &self.exchanges {
            if solved[exchange.position].is_zero() {
                continue;
            }
            let value = solved[exchange.position].over(&exchange.value);
            for (position, entry) in &exchange.others {
                solved[*position].subtract_product(entry, &value);
            }
            solved[exchange.position] = value;
        }
        solved.into_iter().enumerate().filter(|(_, value)| !value.is_zero()).collect()
    }

    /// The column of a variable in terms of the basis.
    pub fn column(&self, matrix: &Matrix, variable: usize) -> Sparse {
        let mut given = vec![Compact::ZERO; self.heading.len()];
        matrix.each_entry(variable, |row, factor| given[row] = factor.clone());
        self.solve(given)
    }

    /// Solves `y B = c`, with c by positions; y by rows.
    pub fn solve_transposed(&self, mut given: Vec<Compact>) -> Vec<Compact> {
        for exchange in self.exchanges.iter().rev() {
            let mut value = given[exchange.position].clone();
            for (position, entry) in &exchange.others {
                if !given[*position].is_zero() {
                    value.subtract_product(entry, &given[*position]);
                }
            }
            given[exchange.position] = value.over(&exchange.value);
        }
        self.factor.solve_transposed(given)
    }

    /// The row of the basis' inverse at a position, by rows of the program.
    pub fn inverse_row(&self, position: usize) -> Vec<Compact> {
        let mut given = vec![Compact::ZERO; self.heading.len()];
        given[position] = Compact::ONE;
        self.solve_transposed(given)
    }

    /// Puts a variable, with its column in terms of the basis, where another stood; that one comes back.
    ///
    /// Invariant: the column is not zero at the position.
    pub fn exchange(
        &mut self,
        matrix: &Matrix,
        variable: usize,
        (position, column): (usize, &Sparse),
    ) -> usize {
        let leaving = std::mem::replace(&mut self.heading[position], variable);
        self.place[leaving] = None;
        self.place[variable] = Some(position);
        let value = column.iter().find(|(place, _)| *place == position);
        let value = value.map_or(Compact::ZERO, |(_, value)| value.clone());
        let others: Sparse = column.iter().filter(|(place, _)| *place != position).cloned().collect();
        self.exchanged_entries += others.len() + 1;
        self.exchanges.push(Exchange { position, value, others });
        let long = self.exchanged_entries > 2 * self.factor.entries() + self.heading.len();
        if (self.exchanges.len() >= MOST_EXCHANGES || long)
            && let Some(factored) = factor(&columns(matrix, &self.heading))
        {
            self.factor = factored;
            self.exchanges.clear();
            self.exchanged_entries = 0;
        }
        leaving
    }
}

fn columns(matrix: &Matrix, heading: &[usize]) -> Vec<Sparse> {
    let column = |variable: &usize| {
        let mut entries = Sparse::new();
        matrix.each_entry(*variable, |row, factor| entries.push((row, factor.clone())));
        entries
    };
    heading.iter().map(column).collect()
}

/// The basis of all rows' sums: its matrix is −1 on the diagonal.
fn sums(matrix: &Matrix) -> (Vec<usize>, Factor) {
    let heading: Vec<usize> = (0..matrix.rows()).map(|row| matrix.sum_of(row)).collect();
    let mut factored = Factor::new(matrix.rows());
    for row in 0..matrix.rows() {
        let pivot = super::factor::Pivot { row, position: row, value: Compact::MINUS_ONE };
        factored.push(pivot, Sparse::new(), Sparse::new());
    }
    factored.close();
    (heading, factored)
}
