//! The values of forms for many flows: by the ledger, or straight from the columns of a table where that says the
//! same.

use super::Ledger;
use crate::check::{Checked, Figure, Form};
use crate::exact::{Numbers, Short};
use crate::model::{FlowId, What, Whose};

/// A form over figures of the flow alone, each with a short coefficient.
struct Plain(Vec<(Short, Figure)>);

impl Plain {
    /// Nothing where the form asks more of a flow than its own figures.
    fn of(form: &Form) -> Option<Self> {
        const MINUS_ONE: Short = Short { mantissa: -1, places: 0 };
        let mut figures = Vec::new();
        for (coefficient, total) in &form.terms {
            if !matches!(total.whose, Whose::Model) {
                return None;
            }
            let one = Short::of(coefficient)?;
            match total.what {
                What::Revenue => figures.push((one, Figure::Revenue)),
                What::Cost => figures.push((one, Figure::Cost)),
                What::Profit => {
                    figures.push((one, Figure::Revenue));
                    figures.push((one.times(MINUS_ONE)?, Figure::Cost));
                }
                What::Measure(id) => figures.push((one, Figure::Measure(id))),
                What::Volume | What::Moved => return None,
            }
        }
        Some(Self(figures))
    }

    fn value(&self, checked: &Checked, flow: FlowId) -> Option<Short> {
        self.0.iter().try_fold(Short::ZERO, |sum, (coefficient, figure)| {
            sum.plus(coefficient.times(checked.flows.short(flow, *figure)?)?)
        })
    }
}

impl Ledger {
    /// The values of two forms for one turn through each of some flows, in base units.
    #[must_use]
    pub fn numbers(&self, checked: &Checked, forms: [&Form; 2], flows: &[FlowId]) -> [Numbers; 2] {
        let plain = forms.map(Plain::of);
        let mut numbers = [Numbers::default(), Numbers::default()];
        for flow in flows {
            let plain = match &plain {
                [Some(first), Some(second)] if self.is_plain(checked, *flow) => {
                    Option::zip(first.value(checked, *flow), second.value(checked, *flow))
                }
                _ => None,
            };
            if let Some((first, second)) = plain {
                numbers[0].push_short(first);
                numbers[1].push_short(second);
            } else {
                let entries = self.of(checked, *flow);
                for (numbers, form) in numbers.iter_mut().zip(forms) {
                    numbers.push(Self::count_form(checked, form, &entries));
                }
            }
        }
        numbers
    }

    /// Whether a turn through a flow brings about nothing but the flow's own figures, once.
    ///
    /// Flows of tables have neither riders' factors nor yields nor stops on the way.
    fn is_plain(&self, checked: &Checked, flow: FlowId) -> bool {
        let one = checked.model.flow(flow);
        let tail = checked.participant(one.tail);
        let of_tail = !tail.cost.is_zero() || !tail.revenue.is_zero() || !tail.measures.is_empty();
        one.row.is_some() && !of_tail && !self.ends_at(one.head) && self.riders(flow).next().is_none()
    }
}
