//! The arcs that turns of a plan take: flows, the rests of yields, deliveries, and what enters and leaves.
//!
//! Source: mathematics §1 (1.1).

use super::{Digraph, Ledger, Scope, Vertex};
use crate::check::{Bound, Checked};
use crate::exact::Rational;
use crate::model::{FlowId, Numeric, ParticipantId};

/// What turns take from one participant to another.
///
/// The order is that in which a plan is taken apart: by flow, then what enters and leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strand {
    /// What arrives of a flow.
    Flow(FlowId),
    /// What does not, and returns to where its `else` says.
    Rest(FlowId),
    /// What a rider brings to its head, from outside.
    Delivery(FlowId),
    /// What enters the model at a participant.
    Source(ParticipantId),
    /// What leaves it there.
    Sink(ParticipantId),
}

/// One strand with its ends; an end that is missing is outside of the model.
#[derive(Clone, Debug)]
pub struct Arc {
    pub strand: Strand,
    pub tail: Option<ParticipantId>,
    pub head: Option<ParticipantId>,
    /// The column whose turns it carries: a place among flows, then sources, sinks and exchanges.
    pub column: usize,
    /// How many turns it carries for each of that column's; none where that is negative. Negative only where an
    /// exchange's turns enter.
    pub factor: Rational,
}

/// Everything that turns of a plan can take, in the order of strands' columns.
///
/// Invariant: with *outside* as one more participant, conservation at every participant makes turns circulate.
#[derive(Clone, Debug)]
pub struct Circulation {
    /// The flows in scope: the first columns.
    pub flows: Vec<FlowId>,
    /// Participants where turns may enter: the next columns.
    pub sources: Vec<ParticipantId>,
    /// Participants where turns may leave: the next columns.
    pub sinks: Vec<ParticipantId>,
    /// Participants where turns may enter and may leave, and which costs nothing: the last columns, negative
    /// where turns enter. One column for both, because turns that enter and leave at once are no other plan.
    pub exchanges: Vec<ParticipantId>,
    pub participants: Vec<ParticipantId>,
    pub arcs: Vec<Arc>,
}

impl Circulation {
    /// The arcs of a scope; exchanges are merged, unless something counts what ends at a participant.
    #[must_use]
    pub fn of(checked: &Checked, ledger: &Ledger, scope: &Scope, merges: bool) -> Self {
        let open = |numeric: Numeric| {
            let at = move |bound: &&Bound| bound.numeric == numeric;
            let own = |id: &ParticipantId| checked.participant(*id).bounds.iter().find(at).is_some();
            scope.participants.iter().copied().filter(own).collect::<Vec<_>>()
        };
        let (mut sources, mut sinks) = (open(Numeric::Source), open(Numeric::Sink));
        let free = |id: &ParticipantId| {
            let own = checked.participant(*id);
            let open =
                own.bounds.iter().all(|bound| bound.stated.as_ref().is_none_or(|most| !most.is_zero()));
            own.cost.is_zero() && own.revenue.is_zero() && own.measures.is_empty() && open
        };
        let both = |id: &ParticipantId| sinks.binary_search(id).is_ok();
        let exchanges: Vec<ParticipantId> =
            sources.iter().copied().filter(|id| merges && free(id) && both(id)).collect();
        let apart = |id: &ParticipantId| exchanges.binary_search(id).is_err();
        sources.retain(apart);
        sinks.retain(apart);
        let mut circulation = Self {
            flows: scope.flows.clone(),
            sources,
            sinks,
            exchanges,
            participants: scope.participants.clone(),
            arcs: Vec::new(),
        };
        for column in 0..circulation.flows.len() {
            circulation.flow(checked, ledger, column);
        }
        circulation.ends();
        circulation
    }

    /// The arcs as a graph; *outside* is its last vertex.
    #[must_use]
    pub fn graph(&self) -> Digraph {
        let outside = self.participants.len();
        let place = |end: &Option<ParticipantId>| {
            let known = end.as_ref().and_then(|id| self.participants.binary_search(id).ok());
            Vertex::at(known.unwrap_or(outside))
        };
        let ends: Vec<(Vertex, Vertex)> =
            self.arcs.iter().map(|arc| (place(&arc.tail), place(&arc.head))).collect();
        Digraph::new(outside + 1, &ends)
    }

    /// How many columns it has.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.flows.len() + self.sources.len() + self.sinks.len() + self.exchanges.len()
    }

    fn flow(&mut self, checked: &Checked, ledger: &Ledger, column: usize) {
        let id = self.flows[column];
        let flow = checked.model.flow(id);
        let arrives = checked.rare(id).arrives.clone().unwrap_or(Rational::ONE);
        let (tail, head) = (Some(flow.tail), Some(flow.head));
        self.arcs.push(Arc { strand: Strand::Flow(id), tail, head, column, factor: arrives.clone() });
        let back = flow.rest.and_then(|rest| rest.otherwise).filter(|back| *back != flow.tail);
        let rest = &Rational::ONE - &arrives;
        if let Some(back) = back.filter(|_| rest.is_positive()) {
            self.arcs.push(Arc { strand: Strand::Rest(id), tail, head: Some(back), column, factor: rest });
        }
        for (rider, factor) in ledger.riding(id) {
            let Some(turns) = checked.rare(rider).delivers.as_ref().filter(|turns| turns.is_positive())
            else {
                continue;
            };
            let (factor, head) = (turns * factor, Some(checked.model.flow(rider).head));
            self.arcs.push(Arc { strand: Strand::Delivery(rider), tail: None, head, column, factor });
        }
    }

    fn ends(&mut self) {
        let mut column = self.flows.len();
        for at in &self.sources {
            let (strand, head) = (Strand::Source(*at), Some(*at));
            self.arcs.push(Arc { strand, tail: None, head, column, factor: Rational::ONE });
            column += 1;
        }
        for at in &self.sinks {
            let (strand, tail) = (Strand::Sink(*at), Some(*at));
            self.arcs.push(Arc { strand, tail, head: None, column, factor: Rational::ONE });
            column += 1;
        }
        for at in &self.exchanges {
            let (enters, leaves) = (Strand::Source(*at), Strand::Sink(*at));
            let factor = Rational::from(-1);
            self.arcs.push(Arc { strand: enters, tail: None, head: Some(*at), column, factor });
            self.arcs.push(Arc {
                strand: leaves,
                tail: Some(*at),
                head: None,
                column,
                factor: Rational::ONE,
            });
            column += 1;
        }
    }
}
