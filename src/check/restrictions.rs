//! What restricts loops and paths: how many flows they may have.

use super::evaluate::{Evaluator, Known};
use super::{Checked, faults};
use crate::diagnostic::Diagnostic;
use crate::model::{Expr, Length, ValueId};
use crate::source::Span;
use crate::units::Quantity;

/// Any number of flows: loops and paths have at least one.
const ANY: (usize, usize) = (1, usize::MAX);

struct Names<'a>(&'a Checked);

impl Known for Names<'_> {
    fn value(&self, id: ValueId) -> Option<Quantity> {
        self.0.value(id).cloned()
    }
}

/// Computes the lengths of all analyses.
///
/// Errors: L0417, and those of expressions.
pub(super) fn compute(checked: &mut Checked, found: &mut Vec<Diagnostic>) {
    let lengths = checked.model.analyses.iter().map(|analysis| {
        let length = analysis.length.as_ref()?;
        bounds(checked, length, found)
    });
    checked.lengths = lengths.map(|length| length.unwrap_or(ANY)).collect();
}

fn bounds(checked: &Checked, length: &Length, found: &mut Vec<Diagnostic>) -> Option<(usize, usize)> {
    let low = whole(checked, &length.low, found);
    let Some(high) = &length.high else { return low.map(|low| (low, low)) };
    let most = whole(checked, high, found);
    let (low, most) = (low?, most?);
    if low > most {
        found.push(faults::falling_length(length.low.span, high.span));
        return None;
    }
    Some((low, most))
}

/// A number of flows; one too great for any network is the greatest there is.
fn whole(checked: &Checked, expr: &Expr, found: &mut Vec<Diagnostic>) -> Option<usize> {
    let mut evaluator = Evaluator::new(&checked.units, &checked.model.values);
    let value = evaluator.quantity(expr, &Names(checked));
    found.append(&mut evaluator.faults);
    let value = value?;
    if value.unit.is_none() && value.value.is_integer() && value.value.is_positive() {
        return Some(usize::try_from(value.value.numerator()).unwrap_or(usize::MAX));
    }
    found.push(no_length(checked, &value, expr.span));
    None
}

fn no_length(checked: &Checked, value: &Quantity, span: Span) -> Diagnostic {
    let shown = checked.units.shown(value);
    faults::out_of_bounds("length", "a whole number of flows, 1 or more", &shown, span)
}
