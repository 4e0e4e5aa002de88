//! The loops that a plan is made of, in a report: of very many those that matter most, and what the rest comes to.
//!
//! A plan has up to as many loops as flows, and a loop has up to as many steps as there are participants: all of them
//! together can weigh a hundred times what the flows do, which say the same.

use super::build::Maker;
use super::plan::{MoreParts, PartReport, PartsReport, StepReport};
use crate::analysis::plan::{Part, Step, Strand};
use crate::exact::Rational;

impl Maker<'_> {
    /// Loops in their order: all, or as many as are asked for, those with the greatest profit, and of equals those
    /// that turn most; of equals the earlier.
    pub(super) fn parts(&self, parts: &[Part]) -> PartsReport {
        let most = self.loops.unwrap_or(parts.len());
        if parts.len() <= most {
            return PartsReport { listed: parts.iter().map(|part| self.part(part)).collect(), more: None };
        }
        let mut places: Vec<usize> = (0..parts.len()).collect();
        places.sort_by_cached_key(|place| {
            std::cmp::Reverse((parts[*place].profit(), parts[*place].turns.clone()))
        });
        let more = more(parts, &places.split_off(most));
        places.sort_unstable();
        let listed = places.into_iter().map(|place| self.part(&parts[place])).collect();
        PartsReport { listed, more: Some(Box::new(more)) }
    }

    fn part(&self, part: &Part) -> PartReport {
        PartReport {
            steps: part.steps.iter().map(|step| self.step(step)).collect(),
            turns: part.turns.clone(),
            cost: part.cost.clone(),
            revenue: part.revenue.clone(),
        }
    }

    fn step(&self, step: &Step) -> StepReport {
        let (kind, name) = match step.strand {
            Strand::Flow(flow) => ("flow", self.flow(flow)),
            Strand::Rest(flow) => ("rest", self.flow(flow)),
            Strand::Delivery(rider) => ("delivery", self.flow(rider)),
            Strand::Source(at) => ("source", self.party(at)),
            Strand::Sink(at) => ("sink", self.party(at)),
        };
        StepReport {
            kind,
            name,
            from: step.from.map(|id| self.party(id)),
            to: step.to.map(|id| self.party(id)),
        }
    }
}

/// What the loops of these places come to.
fn more(parts: &[Part], places: &[usize]) -> MoreParts {
    let sum = |of: fn(&Part) -> &Rational| places.iter().map(|place| of(&parts[*place])).sum();
    MoreParts {
        count: places.len(),
        turns: sum(|part| &part.turns),
        cost: sum(|part| &part.cost),
        revenue: sum(|part| &part.revenue),
    }
}
