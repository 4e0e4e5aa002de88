//! Rows whose figures are short decimals straight from their cells: nearly all of them are.

use super::flows::Computer;
use super::{Checked, Figure, FlowTerms};
use crate::exact::{Rational, Short};
use crate::model::{Flow, ImportId, MediumId, Model, Numeric, Row};

/// How the figures of an import's rows follow from its columns, as a row showed that has no fault.
pub(super) struct ShortRows {
    import: ImportId,
    medium: MediumId,
    figures: Vec<(Figure, Multiple)>,
}

/// `constant + coefficient × column`
#[derive(Clone, Copy, Debug)]
pub(super) struct Multiple {
    pub constant: Short,
    pub column: Option<(u32, Short)>,
}

impl Multiple {
    fn at(self, model: &Model, row: Row) -> Option<Short> {
        match self.column {
            None => Some(self.constant),
            Some((column, coefficient)) => {
                self.constant.plus(coefficient.times(model.short_cell(row, column)?)?)
            }
        }
    }
}

impl Computer<'_> {
    /// How all rows of a table's flow follow from their columns; nothing where they are more than short figures.
    pub(super) fn short_rows(&self, flow: Flow<'_>) -> Option<ShortRows> {
        let import = flow.row?.import;
        let mut figures = Vec::with_capacity(flow.given.len());
        for given in flow.given {
            let span = given.value.span;
            let figure = match given.numeric {
                Numeric::Cost => Figure::Cost,
                Numeric::Revenue => Figure::Revenue,
                Numeric::Measure(id) => Figure::Measure(id),
                Numeric::Amount => Figure::Amount,
                _ => return None,
            };
            if figure != Figure::Amount && !self.has_right_unit(span) {
                return None;
            }
            let (_, linear) = self.linear.get(import.index())?.iter().find(|(known, _)| *known == span)?;
            figures.push((figure, linear.as_ref()?.multiple()?));
        }
        Some(ShortRows { import, medium: flow.medium, figures })
    }
}

impl ShortRows {
    /// The figures of a flow, where they are short and nothing is wrong with them.
    pub fn read(&self, checked: &Checked, flow: Flow<'_>, figures: &mut Vec<(Figure, Short)>) -> bool {
        let Some(row) = flow.row.filter(|row| row.import == self.import && flow.medium == self.medium) else {
            return false;
        };
        figures.clear();
        for (figure, multiple) in &self.figures {
            match multiple.at(&checked.model, row) {
                Some(value) if *figure != Figure::Amount || !value.is_negative() => {
                    figures.push((*figure, value));
                }
                _ => return false,
            }
        }
        true
    }
}

/// The least common denominator of all values so far, as that of one number.
#[derive(Debug)]
pub(super) struct Common {
    pub number: Rational,
    twos: u32,
    fives: u32,
}

impl Default for Common {
    fn default() -> Self {
        Self { number: Rational::ONE, twos: 0, fives: 0 }
    }
}

impl Common {
    pub fn add(&mut self, terms: &FlowTerms) {
        let own = [&terms.own.cost, &terms.own.revenue].into_iter();
        let own = own.chain(terms.transfer()).chain(&terms.rare().factor).chain(&terms.rare().arrives);
        let own = own.chain(terms.own.measures.iter().map(|(_, value)| value));
        for value in own.filter(|value| !value.is_integer()) {
            self.number = self.number.with_denominator_of(value);
        }
    }

    pub fn add_short(&mut self, figures: &[(Figure, Short)]) {
        for (_, value) in figures {
            let (twos, fives) = value.denominator_powers();
            if twos > self.twos || fives > self.fives {
                (self.twos, self.fives) = (self.twos.max(twos), self.fives.max(fives));
                // Each power is at most 18, as a short number has no more places.
                let number = Rational::of_words(1, 2_u64.pow(self.twos) * 5_u64.pow(self.fives));
                self.number = self.number.with_denominator_of(&number);
            }
        }
    }
}
