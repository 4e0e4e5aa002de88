//! The scope of an analysis: which flows it may use, as a compact graph.

use super::{Digraph, Edge, Vertex};
use crate::check::Checked;
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
    /// For closures and plans, flows in scope whose rests return to another participant than their tail, and to
    /// which: a rest is a flow of its own there. For a closure it stands under the same rules.
    pub rests: Vec<(FlowId, ParticipantId)>,
    /// For plans, riders that deliver turns to their heads, of flows in scope.
    pub deliveries: Vec<FlowId>,
    /// Whether the rules leave nothing. A path may find no flow to use among those that they leave.
    pub is_empty: bool,
}

impl Scope {
    /// The flows that `over`, `only` and `avoid` leave.
    #[must_use]
    pub fn of(checked: &Checked, analysis: &Analysis) -> Self {
        let model = &checked.model;
        let rule = Rule::of(model, analysis);
        let mut flows: Vec<FlowId> =
            model.flow_ids().filter(|id| rule.admits(*id, model.flow(*id))).collect();
        let left = !flows.is_empty();
        if let AnalysisKind::Path { from, to } = analysis.kind {
            // A simple path neither leaves its end nor comes back to its start.
            flows.retain(|id| model.flow(*id).tail != to && model.flow(*id).head != from);
        }
        let rests = rule.rests(checked, &flows);
        let mut inside = rule.named();
        for flow in &flows {
            inside[model.flow(*flow).tail.index()] = true;
            inside[model.flow(*flow).head.index()] = true;
        }
        rests.iter().for_each(|(_, back)| inside[back.index()] = true);
        let deliveries =
            if analysis.kind == AnalysisKind::Plan { delivering(checked, &flows) } else { Vec::new() };
        deliveries.iter().for_each(|rider| inside[model.flow(*rider).head.index()] = true);
        let participants: Vec<ParticipantId> =
            model.participant_ids().filter(|id| inside[id.index()]).collect();
        let mut vertices = vec![Vertex(0); model.participants.len()];
        for (place, id) in participants.iter().enumerate() {
            vertices[id.index()] = Vertex::at(place);
        }
        let ends =
            |id: &FlowId| (vertices[model.flow(*id).tail.index()], vertices[model.flow(*id).head.index()]);
        let edges: Vec<(Vertex, Vertex)> = flows.iter().map(ends).collect();
        let is_empty = !left && participants.is_empty();
        Self {
            graph: Digraph::new(participants.len(), &edges),
            flows,
            participants,
            rests,
            deliveries,
            is_empty,
        }
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

    fn admits(&self, id: FlowId, flow: Flow<'_>) -> bool {
        let selected = self.over.is_empty()
            || self.over.iter().any(|selector| match selector {
                Selector::Medium(medium) => flow.medium == *medium,
                Selector::Tag(tag) => flow.tags.contains(tag),
            });
        let chosen = self.only_flows.as_ref().is_none_or(|table| table[id.index()]);
        let avoided = self.avoided_flows[id.index()]
            || flow.via.iter().any(|participant| self.avoided_participants[participant.index()]);
        let joins = self.admits_end(flow.tail) && self.admits_end(flow.head);
        flow.rides.is_none() && selected && joins && chosen && !avoided
    }

    /// Whether a flow may leave from or lead to a participant.
    fn admits_end(&self, participant: ParticipantId) -> bool {
        let among = self.only_participants.as_ref().is_none_or(|table| table[participant.index()]);
        among && !self.avoided_participants[participant.index()]
    }

    /// The participants that a closure asks after because it names them, flows or not.
    fn named(&self) -> Vec<bool> {
        let none = || vec![false; self.avoided_participants.len()];
        let named = self.only_participants.clone().filter(|_| self.kind == AnalysisKind::Closure);
        let mut named = named.unwrap_or_else(none);
        for (named, avoided) in named.iter_mut().zip(&self.avoided_participants) {
            *named &= !avoided;
        }
        named
    }

    fn rests(&self, checked: &Checked, flows: &[FlowId]) -> Vec<(FlowId, ParticipantId)> {
        if !matches!(self.kind, AnalysisKind::Closure | AnalysisKind::Plan) {
            return Vec::new();
        }
        let plan = self.kind == AnalysisKind::Plan;
        let elsewhere = |id: &FlowId| {
            let flow = checked.model.flow(*id);
            let back = flow.rest?.otherwise?;
            (checked.loses(*id) && back != flow.tail && (plan || self.admits_end(back)))
                .then_some((*id, back))
        };
        flows.iter().filter_map(elsewhere).collect()
    }
}

/// The riders that deliver turns and whose flows are among these.
fn delivering(checked: &Checked, flows: &[FlowId]) -> Vec<FlowId> {
    let model = &checked.model;
    let ridden = |at: &FlowId| model.flow(*at).rides.map(|rides| rides.flow);
    let root = |id: FlowId| std::iter::successors(Some(id), ridden).take(model.flows.len()).last();
    let delivers = |id: &FlowId| {
        let turns = checked.rare(*id).delivers.as_ref().is_some_and(|turns| !turns.is_zero());
        turns && model.flow(*id).rides.is_some()
    };
    let inside = |id: &FlowId| root(*id).is_some_and(|root| flows.binary_search(&root).is_ok());
    model.flow_ids().filter(delivers).filter(inside).collect()
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
