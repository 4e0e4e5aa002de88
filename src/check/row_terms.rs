//! What all flows come to: those of the source one by one, those of tables in columns.

use std::borrow::Cow;

use super::{Bound, FlowTerms, RareTerms, Terms};
use crate::exact::{Numbers, Short};
use crate::model::{Column, FlowId, ImportId, MeasureId, Row};
use crate::units::{Quantity, Unit};

/// What a flow counts by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Cost,
    Revenue,
    Measure(MeasureId),
    Amount,
}

/// The terms of all flows, by their ids.
///
/// Invariant: the runs follow one another without a gap, and none is empty.
#[derive(Debug, Default)]
pub struct AllTerms {
    runs: Vec<Run>,
    count: usize,
}

/// Flows that stand together: some of the source, or those of one import.
#[derive(Debug)]
struct Run {
    first: usize,
    terms: Kind,
}

#[derive(Debug)]
enum Kind {
    Source(Vec<FlowTerms>),
    Table(ImportId, Box<RowTerms>),
}

impl AllTerms {
    /// Adds the terms of the next flow.
    pub(super) fn push(&mut self, terms: FlowTerms, row: Option<Row>) {
        match (self.runs.last_mut().map(|run| &mut run.terms), row.map(|row| row.import)) {
            (Some(Kind::Source(all)), None) => all.push(terms),
            (Some(Kind::Table(import, rows)), Some(of)) if *import == of => rows.push(terms),
            (_, import) => {
                let terms = match import {
                    None => Kind::Source(vec![terms]),
                    Some(import) => {
                        let mut rows = Box::<RowTerms>::default();
                        rows.push(terms);
                        Kind::Table(import, rows)
                    }
                };
                self.runs.push(Run { first: self.count, terms });
            }
        }
        self.count += 1;
    }

    /// The run that a flow is in, and its place there.
    fn run(&self, id: FlowId) -> (&Kind, usize) {
        let behind = self.runs.partition_point(|run| run.first <= id.index());
        let run = &self.runs[behind.saturating_sub(1)];
        (&run.terms, id.index() - run.first)
    }

    /// The terms of a flow. Invariant asked of the caller, here and below: there is such a flow.
    #[must_use]
    pub fn get(&self, id: FlowId) -> Cow<'_, FlowTerms> {
        match self.run(id) {
            (Kind::Source(all), place) => Cow::Borrowed(&all[place]),
            (Kind::Table(_, rows), place) => Cow::Owned(rows.get(place)),
        }
    }

    /// What a flow of a table counts, where that is kept as a word.
    #[must_use]
    pub fn short(&self, id: FlowId, figure: Figure) -> Option<Short> {
        match self.run(id) {
            (Kind::Source(_), _) => None,
            (Kind::Table(_, rows), place) => rows.short(place, figure),
        }
    }

    /// Adds the next row of the import that the last flow was of, whose figures are short; whether it was of it.
    pub(super) fn push_short(&mut self, row: Row, figures: &[(Figure, Short)]) -> bool {
        match self.runs.last_mut().map(|run| &mut run.terms) {
            Some(Kind::Table(import, rows)) if *import == row.import => rows.push_short(figures),
            _ => return false,
        }
        self.count += 1;
        true
    }

    #[must_use]
    pub fn bounds(&self, id: FlowId) -> &[Bound] {
        match self.run(id) {
            (Kind::Source(all), place) => &all[place].own.bounds,
            (Kind::Table(_, rows), place) => rows.others(place).map_or(&[], |others| &others.bounds),
        }
    }

    #[must_use]
    pub fn rare(&self, id: FlowId) -> &RareTerms {
        match self.run(id) {
            (Kind::Source(all), place) => all[place].rare(),
            (Kind::Table(_, rows), place) => {
                rows.others(place).and_then(|others| others.rare.as_deref()).unwrap_or(RareTerms::NONE)
            }
        }
    }
}

/// The terms of the rows of one import.
#[derive(Debug, Default)]
struct RowTerms {
    count: usize,
    cost: Numbers,
    revenue: Numbers,
    measures: Vec<(MeasureId, Numbers)>,
    /// Amounts; all are in the unit of the first.
    amounts: Option<(Unit, Numbers)>,
    /// Whether the amount is cash that changes hands: the medium may stand in the table.
    transfers: Column<bool>,
    /// Bounds and what else few networks have; nothing where no row has any.
    others: Vec<Option<Box<Others>>>,
}

#[derive(Debug)]
struct Others {
    bounds: Vec<Bound>,
    rare: Option<Box<RareTerms>>,
}

impl RowTerms {
    fn push(&mut self, terms: FlowTerms) {
        let place = self.count;
        let FlowTerms { own, amount, transfers, rare } = terms;
        self.cost.push(own.cost);
        self.revenue.push(own.revenue);
        for (id, value) in own.measures {
            let known = self.measures.iter().position(|(measure, _)| *measure == id);
            let at = known.unwrap_or_else(|| {
                self.measures.push((id, Numbers::zeros(place)));
                self.measures.len() - 1
            });
            self.measures[at].1.push(value);
        }
        self.transfers.push(place, transfers);
        if let Some(Quantity { value, unit }) = amount {
            self.amounts.get_or_insert_with(|| (unit, Numbers::zeros(place))).1.push(value);
        }
        self.count += 1;
        // Rows with a fault lack what others have.
        let all = self.measures.iter_mut().map(|(_, values)| values);
        all.chain(self.amounts.as_mut().map(|(_, amounts)| amounts)).for_each(|values| values.pad(place + 1));
        if !own.bounds.is_empty() || rare.is_some() {
            self.others.resize_with(place, || None);
            self.others.push(Some(Box::new(Others { bounds: own.bounds, rare })));
        }
    }

    /// Adds a row that is as the one before, but for its figures. Invariant asked of the caller: those are all
    /// that the one before has.
    fn push_short(&mut self, figures: &[(Figure, Short)]) {
        let place = self.count;
        self.count += 1;
        for (figure, value) in figures {
            let column = match figure {
                Figure::Cost => &mut self.cost,
                Figure::Revenue => &mut self.revenue,
                Figure::Amount => match &mut self.amounts {
                    Some((_, amounts)) => amounts,
                    None => continue,
                },
                Figure::Measure(id) => match self.measures.iter_mut().find(|(measure, _)| measure == id) {
                    Some((_, values)) => values,
                    None => continue,
                },
            };
            column.push_short(*value);
        }
        self.cost.pad(place + 1);
        self.revenue.pad(place + 1);
        let transfers = place.checked_sub(1).and_then(|before| self.transfers.get(before));
        self.transfers.push(place, transfers == Some(true));
    }

    fn short(&self, place: usize, figure: Figure) -> Option<Short> {
        match figure {
            Figure::Cost => self.cost.short(place),
            Figure::Revenue => self.revenue.short(place),
            Figure::Amount => self.amounts.as_ref()?.1.short(place),
            Figure::Measure(id) => match self.measures.iter().find(|(measure, _)| *measure == id) {
                Some((_, values)) => values.short(place),
                None => Some(Short::ZERO),
            },
        }
    }

    fn others(&self, place: usize) -> Option<&Others> {
        self.others.get(place)?.as_deref()
    }

    fn get(&self, place: usize) -> FlowTerms {
        let others = self.others(place);
        let amount = self.amounts.as_ref();
        FlowTerms {
            own: Terms {
                cost: self.cost.get(place),
                revenue: self.revenue.get(place),
                measures: self.measures.iter().map(|(id, values)| (*id, values.get(place))).collect(),
                bounds: others.map_or_else(Vec::new, |others| others.bounds.clone()),
            },
            amount: amount.map(|(unit, values)| Quantity { value: values.get(place), unit: unit.clone() }),
            transfers: self.transfers.get(place) == Some(true),
            rare: others.and_then(|others| others.rare.clone()),
        }
    }
}
