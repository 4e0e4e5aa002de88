//! What linear forms count for each turn of a plan's columns.

use crate::check::{Checked, Form};
use crate::exact::Rational;
use crate::model::{FlowId, Numeric, ParticipantId, Total, What, Whose};
use crate::network::{Circulation, Ledger};

/// Counts forms over the columns of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Counter<'a> {
    pub checked: &'a Checked,
    pub ledger: &'a Ledger,
    pub circulation: &'a Circulation,
}

impl Counter<'_> {
    /// What a form counts for one try of each flow and one turn that enters or leaves. Units: base units.
    #[must_use]
    pub fn form(&self, form: &Form) -> Vec<Rational> {
        let mut counts = vec![Rational::ZERO; self.circulation.columns()];
        for (coefficient, total) in &form.terms {
            for (place, count) in counts.iter_mut().enumerate() {
                let one = self.total(total, place);
                if !one.is_zero() {
                    *count += &(coefficient * &one);
                }
            }
        }
        counts
    }

    fn total(&self, total: &Total, place: usize) -> Rational {
        let (flows, sources) = (&self.circulation.flows, self.circulation.sources.len());
        if let Some(flow) = flows.get(place) {
            return self.of_flow(total, *flow);
        }
        let sink =
            place.checked_sub(flows.len() + sources).and_then(|place| self.circulation.sinks.get(place));
        sink.map_or(Rational::ZERO, |sink| self.of_sink(total, *sink))
    }

    fn of_flow(&self, total: &Total, flow: FlowId) -> Rational {
        match total.what {
            What::Volume => self.volume(&total.whose, flow),
            What::Moved => self.moved(&total.whose, flow),
            What::Cost | What::Revenue | What::Profit | What::Measure(_) => {
                // The ledger counts by turns that arrive; a plan's columns by those tried.
                self.ledger.total(self.checked, total, flow) * &self.arrives(flow)
            }
        }
    }

    fn arrives(&self, flow: FlowId) -> Rational {
        self.checked.rare(flow).arrives.clone().unwrap_or(Rational::ONE)
    }

    /// Whether a flow is one of those that a total names.
    fn named(&self, whose: &Whose, flow: FlowId) -> bool {
        match whose {
            Whose::Model => true,
            Whose::Participant(_) => false,
            Whose::Flows(flows) => flows.contains(&flow),
            Whose::Tag(tag) => self.checked.model.flow(flow).tags.contains(tag),
        }
    }

    /// Turns of flows by name, riders too; of a participant, those that bear its own cost, as riders passed `via` do.
    fn volume(&self, whose: &Whose, id: FlowId) -> Rational {
        let flow = self.checked.model.flow(id);
        let count = |holds: bool| if holds { Rational::ONE } else { Rational::ZERO };
        match whose {
            Whose::Model => Rational::ONE,
            Whose::Participant(company) => {
                let bears = |at: &ParticipantId| count(self.checked.model.is_of(*at, *company));
                let passed = |rider: FlowId| -> Rational {
                    self.checked.model.flow(rider).via.iter().map(bears).sum()
                };
                let riding = self.ledger.riding(id).map(|(rider, factor)| passed(rider) * factor);
                bears(&flow.tail) + passed(id) + riding.sum::<Rational>()
            }
            Whose::Flows(_) | Whose::Tag(_) => {
                let riding = self.ledger.riding(id).filter(|(rider, _)| self.named(whose, *rider));
                count(self.named(whose, id)) + riding.map(|(_, factor)| factor).sum::<Rational>()
            }
        }
    }

    /// Amounts that arrive: of a flow its own, of riders with every try.
    fn moved(&self, whose: &Whose, id: FlowId) -> Rational {
        let amount = |flow: FlowId| {
            let terms = self.checked.flow(flow);
            terms.amount.as_ref().map_or(Rational::ONE, |amount| amount.value.clone())
        };
        let own = if self.named(whose, id) { amount(id) * &self.arrives(id) } else { Rational::ZERO };
        let riding = self.ledger.riding(id).filter(|(rider, _)| self.named(whose, *rider));
        own + riding.map(|(rider, factor)| amount(rider) * factor).sum::<Rational>()
    }

    /// A turn that ends bears the own cost of the participant where it does.
    fn of_sink(&self, total: &Total, at: ParticipantId) -> Rational {
        let own = self.checked.participant(at);
        let counted = match &total.whose {
            Whose::Model => true,
            Whose::Participant(company) => self.checked.model.is_of(at, *company),
            Whose::Flows(_) | Whose::Tag(_) => false,
        };
        if !counted {
            return Rational::ZERO;
        }
        match total.what {
            What::Cost => own.cost.clone(),
            What::Revenue => own.revenue.clone(),
            What::Profit => &own.revenue - &own.cost,
            What::Measure(id) => {
                own.measures.iter().filter(|(known, _)| *known == id).map(|(_, value)| value).sum()
            }
            What::Volume if matches!(total.whose, Whose::Participant(_)) => Rational::ONE,
            What::Volume | What::Moved => Rational::ZERO,
        }
    }

    /// What using a flow with a fixed cost at all counts, by the day where the plan has a period.
    #[must_use]
    pub fn fixed(&self, form: &Form, flow: FlowId) -> Rational {
        let Some((fixed, _)) = &self.checked.rare(flow).fixed else { return Rational::ZERO };
        let model = &self.checked.model;
        let payer = model.flow(flow).payer.unwrap_or(model.flow(flow).tail);
        let counts = |total: &Total| {
            let whose = match &total.whose {
                Whose::Participant(company) => model.is_of(payer, *company),
                other => self.named(other, flow),
            };
            match total.what {
                What::Cost if whose => fixed.clone(),
                What::Profit if whose => -fixed,
                _ => Rational::ZERO,
            }
        };
        form.terms.iter().map(|(coefficient, total)| coefficient * &counts(total)).sum()
    }

    /// The bound that a flow or participant states.
    #[must_use]
    pub fn bound(&self, of: Result<FlowId, ParticipantId>, numeric: Numeric) -> Option<&crate::check::Bound> {
        let bounds = match of {
            Ok(flow) => self.checked.bounds(flow),
            Err(participant) => &self.checked.participant(participant).bounds,
        };
        bounds.iter().find(|bound| bound.numeric == numeric)
    }
}
