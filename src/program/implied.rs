//! Columns that can only be whole, because others are.

use super::{ColumnId, Origin, Program};
use crate::exact::Rational;

impl Program {
    /// Says of each column that it is whole where that follows: where a row of whole factors has a whole sum, and all
    /// other columns in it are whole, and this one has the factor 1 or −1.
    ///
    /// Only rows of these origins count: what follows from a condition would outlive it, where a conflict is looked for
    /// and the condition is left out.
    ///
    /// Turns are handed on through balances: so a search may split what many flows have in common, instead of one after
    /// the other. No point is lost, and none is gained. Linear in the number of terms.
    pub fn imply_whole(&mut self, always: impl Fn(&Origin) -> bool) {
        // A program that asks for no whole number stays a linear one.
        if self.whole().is_empty() {
            return;
        }
        let mut on: Vec<Vec<usize>> = vec![Vec::new(); self.columns().len()];
        let mut left = vec![0_usize; self.rows().len()];
        let mut ready = Vec::new();
        for (place, row) in self.rows().iter().enumerate() {
            let whole = always(&row.origin)
                && row.lower == row.upper
                && row.lower.as_ref().is_some_and(Rational::is_integer)
                && row.terms.iter().all(|(_, factor)| factor.is_integer());
            if !whole {
                continue;
            }
            for (column, _) in &row.terms {
                on[column.index()].push(place);
            }
            let columns = self.columns();
            left[place] = row.terms.iter().filter(|(column, _)| !columns[column.index()].integral).count();
            if left[place] == 1 {
                ready.push(place);
            }
        }
        while let Some(row) = ready.pop() {
            let Some(column) = self.last_of(row) else { continue };
            self.set_whole(column);
            for other in &on[column.index()] {
                left[*other] -= 1;
                if left[*other] == 1 {
                    ready.push(*other);
                }
            }
        }
    }

    /// The one column of a row that is not whole, if its factor is 1 or −1.
    fn last_of(&self, row: usize) -> Option<ColumnId> {
        let open = |(column, _): &&(ColumnId, Rational)| !self.columns()[column.index()].integral;
        let (column, factor) = self.rows().get(row)?.terms.iter().find(open)?;
        (factor.abs() == Rational::ONE).then_some(*column)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Column, Row, Sense};
    use super::*;

    #[test]
    fn what_follows_from_whole_columns_is_whole() {
        let mut program = Program::new(Sense::Maximize);
        for place in 0..5 {
            program.add_column(Column {
                name: format!("x{place}"),
                origin: Origin::Normal,
                lower: Some(Rational::ZERO),
                upper: None,
                objective: Rational::ZERO,
                integral: place < 2,
            });
        }
        let mut row = |factors: &[(u32, i64)], right: Rational| {
            let terms = factors.iter().map(|(column, factor)| (ColumnId(*column), Rational::from(*factor)));
            program.add_row(Row::equal(String::new(), Origin::Normal, terms.collect(), right));
        };
        let half = Rational::ONE.checked_div(&Rational::from(2)).unwrap();
        // The fourth follows from the third, which follows from the first two; the fifth from nothing.
        row(&[(2, 1), (3, -1)], Rational::from(4));
        row(&[(0, 1), (1, 3), (2, -1)], Rational::ZERO);
        row(&[(0, 1), (4, 2)], Rational::ZERO);
        row(&[(0, 1), (4, 1)], half);
        program.imply_whole(|_| true);
        let whole = |program: &Program| program.whole().into_iter().map(ColumnId::index).collect::<Vec<_>>();
        assert_eq!(whole(&program), [0, 1, 2, 3]);
        let mut linear = Program::new(Sense::Maximize);
        let column = Column { integral: false, ..program.columns()[0].clone() };
        let only = vec![(linear.add_column(column), Rational::ONE)];
        linear.add_row(Row::equal(String::new(), Origin::Normal, only, Rational::ZERO));
        linear.imply_whole(|_| true);
        assert!(whole(&linear).is_empty());
    }
}
