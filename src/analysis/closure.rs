//! Closure: is every flow on a loop, is all of it connected, and what would mend it (mathematics §5).

use std::collections::BTreeSet;

use crate::model::{FlowId, MediumId, Model, ParticipantId};
use crate::network::{Digraph, Scope, Vertex, closure};

/// What a closure analysis found.
#[derive(Debug)]
pub struct ClosureFinding {
    /// Whether every flow in scope is on a loop.
    pub closed: bool,
    /// Whether every participant in scope leads to every other.
    pub connected: bool,
    /// The weakly connected parts.
    pub pieces: Vec<PieceFinding>,
    /// Flows on no loop, in declaration order.
    pub open: Vec<OpenFlow>,
    /// The fewest flows that close every part, each part by itself.
    pub mends: Vec<Mend>,
}

#[derive(Debug)]
pub struct PieceFinding {
    pub participants: Vec<ParticipantId>,
    pub closed: bool,
}

/// A flow on no loop, and why.
#[derive(Debug)]
pub struct OpenFlow {
    pub flow: FlowId,
    /// Whether it is the rest of a yield that is on no loop, not the flow itself.
    pub rest: bool,
    /// A participant that it leads to and nothing leads on from.
    pub stuck_at: ParticipantId,
    /// A participant that leads to it and nothing leads to.
    pub begun_at: ParticipantId,
}

/// A flow to add.
#[derive(Debug)]
pub struct Mend {
    pub name: String,
    pub medium: MediumId,
    pub from: ParticipantId,
    pub to: ParticipantId,
}

/// The graph of a scope with the rests of yields, from the tail to where the rest returns, after its own flows.
pub(super) fn with_rests(model: &Model, scope: &Scope) -> Digraph {
    let ends = scope.graph.edges().map(|edge| (scope.graph.tail(edge), scope.graph.head(edge)));
    let rests = scope
        .rests
        .iter()
        .filter_map(|(id, back)| Some((scope.vertex(model.flow(*id).tail)?, scope.vertex(*back)?)));
    let edges: Vec<(Vertex, Vertex)> = ends.chain(rests).collect();
    Digraph::new(scope.participants.len(), &edges)
}

pub(super) fn find(model: &Model, scope: &Scope) -> ClosureFinding {
    let found = closure(&with_rests(model, scope));
    let own = scope.flows.len();
    let open: Vec<OpenFlow> = found
        .open
        .iter()
        .map(|open| {
            let place = open.edge.index();
            let rest = place.checked_sub(own).and_then(|place| scope.rests.get(place));
            OpenFlow {
                flow: rest.map_or_else(|| scope.flow(open.edge), |(flow, _)| *flow),
                rest: rest.is_some(),
                stuck_at: scope.participant(open.stuck_at),
                begun_at: scope.participant(open.begun_at),
            }
        })
        .collect();
    let mut taken = names(model);
    let mends = found.pieces.iter().flat_map(|piece| &piece.mend).map(|(from, to)| {
        let (from, to) = (scope.participant(*from), scope.participant(*to));
        Mend { name: fresh(model, from, to, &mut taken), medium: medium(model, scope, &open, from), from, to }
    });
    let mends = mends.collect();
    let pieces = found.pieces.iter().map(|piece| PieceFinding {
        participants: piece.vertices.iter().map(|vertex| scope.participant(*vertex)).collect(),
        closed: piece.closed,
    });
    ClosureFinding {
        closed: open.is_empty(),
        connected: found.connected,
        pieces: pieces.collect(),
        open,
        mends,
    }
}

/// The medium of the first open flow that is stuck where the mend begins; else of the first flow in scope.
fn medium(model: &Model, scope: &Scope, open: &[OpenFlow], from: ParticipantId) -> MediumId {
    let stuck = open.iter().find(|open| open.stuck_at == from).map(|open| open.flow);
    let flow = stuck.or(scope.flows.first().copied());
    flow.map_or(MediumId::at(0), |flow| model.flow(flow).medium)
}

fn names(model: &Model) -> BTreeSet<String> {
    let participants = model.participants.iter().map(|participant| participant.name.to_owned());
    let flows = model.flows.iter().map(|flow| flow.name.to_string());
    let chains = model.chains.iter().map(|chain| &chain.declared);
    let analyses = model.analyses.iter().map(|analysis| &analysis.declared);
    let others = chains.chain(analyses).map(|declared| declared.name.clone());
    participants.chain(others).chain(flows).collect()
}

/// A name that nothing has: `courier_to_platform`.
fn fresh(model: &Model, from: ParticipantId, to: ParticipantId, taken: &mut BTreeSet<String>) -> String {
    let word = |id: ParticipantId| model.participant(id).name.replace(|c: char| !c.is_alphanumeric(), "_");
    let plain = format!("{}_to_{}", word(from), word(to));
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
    let name = free.unwrap_or(plain);
    taken.insert(name.clone());
    name
}
