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

/// The rests of yields are flows of their own here: from the tail to where the rest returns.
struct Rests {
    flows: Vec<FlowId>,
    ends: Vec<(Vertex, Vertex)>,
}

fn rests(model: &Model, scope: &Scope) -> Rests {
    let mut rests = Rests { flows: Vec::new(), ends: Vec::new() };
    for id in &scope.flows {
        let flow = model.flow(*id);
        let Some(otherwise) = flow.rest.as_ref().and_then(|rest| rest.otherwise) else { continue };
        if otherwise == flow.tail {
            continue;
        }
        // Where the rest returns outside the scope, its loop does not close inside it.
        if let (Some(tail), Some(back)) = (scope.vertex(flow.tail), scope.vertex(otherwise)) {
            rests.flows.push(*id);
            rests.ends.push((tail, back));
        }
    }
    rests
}

pub(super) fn find(model: &Model, scope: &Scope) -> ClosureFinding {
    let rests = rests(model, scope);
    let ends = scope.graph.edges().map(|edge| (scope.graph.tail(edge), scope.graph.head(edge)));
    let edges: Vec<(Vertex, Vertex)> = ends.chain(rests.ends.iter().copied()).collect();
    let graph = Digraph::new(scope.participants.len(), &edges);
    let found = closure(&graph);
    let own = scope.flows.len();
    let open: Vec<OpenFlow> = found
        .open
        .iter()
        .map(|open| {
            let place = open.edge.index();
            let rest = place.checked_sub(own).and_then(|place| rests.flows.get(place));
            OpenFlow {
                flow: rest.copied().unwrap_or_else(|| scope.flow(open.edge)),
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
    let participants = model.participants.iter().map(|participant| &participant.declared);
    let flows = model.flows.iter().map(|flow| &flow.declared);
    let chains = model.chains.iter().map(|chain| &chain.declared);
    let analyses = model.analyses.iter().map(|analysis| &analysis.declared);
    participants.chain(flows).chain(chains).chain(analyses).map(|declared| declared.name.clone()).collect()
}

/// A name that nothing has: `courier_to_platform`.
fn fresh(model: &Model, from: ParticipantId, to: ParticipantId, taken: &mut BTreeSet<String>) -> String {
    let word =
        |id: ParticipantId| model.participant(id).declared.name.replace(|c: char| !c.is_alphanumeric(), "_");
    let plain = format!("{}_to_{}", word(from), word(to));
    let numbered = (2..).map(|number| format!("{plain}_{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
    let name = free.unwrap_or(plain);
    taken.insert(name.clone());
    name
}
