//! Values of rows: each is computed from its own numbers, and a fault of a row shows the row.

use super::flows::Computer;
use super::linear::Linear;
use crate::diagnostic::Code;
use crate::model::{Expr, Row};
use crate::source::Span;
use crate::units::Quantity;

/// How many rows of one import are told to be at fault.
pub(super) const ROWS_TOLD: usize = 10;

/// Faults that are the same in every row; all others depend on a row's numbers.
const OF_ALL_ROWS: [Code; 3] = [Code::L0301, Code::L0302, Code::L0313];

impl Computer<'_> {
    /// What a declaration comes to; a fault of a row shows the row, unless it is one of all rows.
    pub(super) fn of_row<T: Default>(
        &mut self,
        (row, place): (Option<Row>, Option<Span>),
        compute: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let Some(row) = row else { return compute(self) };
        let import = row.import.index();
        if self.patience.get(import).is_none_or(|left| *left == 0) {
            return T::default();
        }
        let before = self.evaluator.faults.len();
        let computed = compute(self);
        if self.evaluator.faults.len() == before {
            return computed;
        }
        let of_numbers =
            self.evaluator.faults[before..].iter().all(|fault| !OF_ALL_ROWS.contains(&fault.code));
        self.patience[import] = if of_numbers { self.patience[import] - 1 } else { 0 };
        let found = self.evaluator.faults.split_off(before);
        let last = of_numbers && self.patience[import] == 0;
        let shown = found.into_iter().map(|fault| match place {
            Some(place) if last => fault.label(place, "in this row").help("no further rows are looked at"),
            Some(place) if of_numbers => fault.label(place, "in this row"),
            _ => fault,
        });
        self.evaluator.faults.extend(shown);
        computed
    }

    pub(super) fn quantity(&mut self, expr: &Expr) -> Option<Quantity> {
        if let Some(row) = self.names.row {
            let known = self.linear.get_mut(row.import.index())?;
            let place = known.iter().position(|(span, _)| *span == expr.span).unwrap_or_else(|| {
                known.push((expr.span, Linear::of(expr, &mut self.evaluator, &self.names)));
                known.len() - 1
            });
            if let Some((_, Some(linear))) = known.get(place) {
                let value = linear.at(&self.checked.model, row)?;
                return self.evaluator.bounded(value, expr.span);
            }
        }
        self.evaluator.quantity(expr, &self.names)
    }
}
