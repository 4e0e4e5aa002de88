//! The scope of an analysis: which flows it may use, as a compact graph.

use super::{Digraph, Edge, Vertex};
use crate::model::{Analysis, AnalysisKind, Flow, FlowId, Model, ParticipantId, Selector, SubjectKind};

/// The flows of one analysis and their ends.
///
/// Invariant: `flows[e]` is edge e and `participants[v]` vertex v of `graph`, both in declaration order; riders
/// are not among them.
#[derive(Debug)]
pub struct Scope {
    pub graph: Digraph,
    pub flows: Vec<FlowId>,
    pub participants: Vec<ParticipantId>,
}

impl Scope {
    /// The flows that `over`, `only` and `avoid` leave.
    #[must_use]
    pub fn of(model: &Model, analysis: &Analysis) -> Self {
        let rule = Rule::of(model, analysis);
        let flows: Vec<FlowId> = model.flow_ids().filter(|id| rule.admits(*id, model.flow(*id))).collect();
        // A closure asks after the participants that it names, flows or not.
        let named = rule.only_participants.clone().filter(|_| analysis.kind == AnalysisKind::Closure);
        let mut inside = named.unwrap_or_else(|| vec![false; model.participants.len()]);
        for flow in &flows {
            inside[model.flow(*flow).tail.index()] = true;
            inside[model.flow(*flow).head.index()] = true;
        }
        let participants: Vec<ParticipantId> =
            model.participant_ids().filter(|id| inside[id.index()]).collect();
        let mut vertices = vec![Vertex(0); model.participants.len()];
        for (place, id) in participants.iter().enumerate() {
            vertices[id.index()] = Vertex::at(place);
        }
        let ends =
            |id: &FlowId| (vertices[model.flow(*id).tail.index()], vertices[model.flow(*id).head.index()]);
        let edges: Vec<(Vertex, Vertex)> = flows.iter().map(ends).collect();
        Self { graph: Digraph::new(participants.len(), &edges), flows, participants }
    }

    #[must_use]
    pub fn flow(&self, edge: Edge) -> FlowId {
        self.flows[edge.index()]
    }

    #[must_use]
    pub fn participant(&self, vertex: Vertex) -> ParticipantId {
        self.participants[vertex.index()]
    }

    #[must_use]
    pub fn flows_of(&self, edges: &[Edge]) -> Vec<FlowId> {
        edges.iter().map(|edge| self.flow(*edge)).collect()
    }

    /// A participant's vertex, if it is in scope.
    #[must_use]
    pub fn vertex(&self, id: ParticipantId) -> Option<Vertex> {
        self.participants.binary_search(&id).ok().map(Vertex::at)
    }

    /// A flow's edge, if it is in scope.
    #[must_use]
    pub fn edge(&self, id: FlowId) -> Option<Edge> {
        self.flows.binary_search(&id).ok().map(Edge::at)
    }
}

/// What an analysis admits, as tables that answer at once.
struct Rule<'a> {
    over: &'a [Selector],
    /// Participants that `only` names, with their desks; nothing where it names none.
    only_participants: Option<Vec<bool>>,
    only_flows: Option<Vec<bool>>,
    avoided_participants: Vec<bool>,
    avoided_flows: Vec<bool>,
    kind: AnalysisKind,
}

impl<'a> Rule<'a> {
    fn of(model: &Model, analysis: &'a Analysis) -> Self {
        let (only_participants, only_flows) = tables(model, &analysis.only);
        let (avoided_participants, avoided_flows) = tables(model, &analysis.avoid);
        let named = |table: Vec<bool>| table.contains(&true).then_some(table);
        Self {
            over: &analysis.over,
            only_participants: named(only_participants),
            only_flows: named(only_flows),
            avoided_participants,
            avoided_flows,
            kind: analysis.kind,
        }
    }

    fn admits(&self, id: FlowId, flow: &Flow) -> bool {
        let selected = self.over.is_empty()
            || self.over.iter().any(|selector| match selector {
                Selector::Medium(medium) => flow.medium == *medium,
                Selector::Tag(tag) => flow.tags.contains(tag),
            });
        let among = |table: &[bool], participant: ParticipantId| table[participant.index()];
        let inside = self
            .only_participants
            .as_ref()
            .is_none_or(|table| among(table, flow.tail) && among(table, flow.head));
        let chosen = self.only_flows.as_ref().is_none_or(|table| table[id.index()]);
        let passed = [flow.tail, flow.head].into_iter().chain(flow.via.iter().copied());
        let avoided = self.avoided_flows[id.index()]
            || passed.into_iter().any(|participant| among(&self.avoided_participants, participant));
        // A simple path neither leaves its end nor comes back to its start.
        let astray =
            matches!(self.kind, AnalysisKind::Path { from, to } if flow.tail == to || flow.head == from);
        flow.rides.is_none() && !astray && selected && inside && chosen && !avoided
    }
}

/// Which participants (with their desks) and which flows a list names.
fn tables(model: &Model, subjects: &[crate::model::Subject]) -> (Vec<bool>, Vec<bool>) {
    let mut participants = vec![false; model.participants.len()];
    let mut flows = vec![false; model.flows.len()];
    for subject in subjects {
        match &subject.kind {
            SubjectKind::Participant(company) => {
                for id in model.participant_ids() {
                    participants[id.index()] |= model.is_of(id, *company);
                }
            }
            SubjectKind::Flows(named) => named.iter().for_each(|id| flows[id.index()] = true),
        }
    }
    (participants, flows)
}
