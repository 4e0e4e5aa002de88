//! Which flows are on a loop of some analysis: a flow on none is probably a mistake.

use super::{Question, closure, faults};
use crate::diagnostic::Diagnostic;
use crate::model::{AnalysisKind, Model, ParticipantId};
use crate::network::{Circulation, Strand, Subgraph, edges_on_loops};

/// What the analyses seen so far cover.
pub(super) struct Coverage {
    covered: Vec<bool>,
    /// Whether any analysis asked after loops at all.
    asked: bool,
}

impl Coverage {
    pub fn new(model: &Model) -> Self {
        Self { covered: vec![false; model.flows.len()], asked: false }
    }

    /// Where an analysis has no loop at all it says so itself: its flows are not reported once more.
    pub fn add(&mut self, question: &Question<'_>) {
        if matches!(question.analysis().kind, AnalysisKind::Path { .. }) {
            return;
        }
        // An analysis with nothing in scope asks after nothing, and has been told so.
        if question.is_empty() {
            return;
        }
        self.asked = true;
        let scope = &question.scope;
        if question.analysis().kind == AnalysisKind::Plan {
            let circulation = Circulation::of(question.checked(), &question.ground.ledger, scope, true);
            let on_loops = edges_on_loops(Subgraph::whole(&circulation.graph()));
            for (arc, on_loop) in circulation.arcs.iter().zip(on_loops) {
                if let Strand::Flow(flow) = arc.strand {
                    self.covered[flow.index()] |= on_loop;
                }
            }
            return;
        }
        let wider = (!scope.rests.is_empty()).then(|| closure::with_rests(question.model(), scope));
        let on_loops = edges_on_loops(Subgraph::whole(wider.as_ref().unwrap_or(&scope.graph)));
        let none = question.analysis().kind == AnalysisKind::Loop && !on_loops.contains(&true);
        for (flow, on_loop) in scope.flows.iter().zip(on_loops) {
            self.covered[flow.index()] |= on_loop || none;
        }
    }

    /// L0501 for each flow that is covered by none.
    pub fn lints(&self, model: &Model) -> Vec<Diagnostic> {
        if !self.asked {
            return Vec::new();
        }
        let (mut left, mut entered) =
            (vec![false; model.participants.len()], vec![false; model.participants.len()]);
        for flow in model.flows.iter().filter(|flow| flow.rides.is_none()) {
            left[flow.tail.index()] = true;
            entered[flow.head.index()] = true;
        }
        let bare = model.flow_ids().filter(|id| !self.covered[id.index()] && model.flow(*id).rides.is_none());
        let lint = |id| {
            let flow = model.flow(id);
            let name = |party: ParticipantId| model.participant(party).name;
            let why = match (left[flow.head.index()], entered[flow.tail.index()]) {
                (false, _) => format!("nothing leads on from `{}`", name(flow.head)),
                (_, false) => format!("nothing leads to `{}`", name(flow.tail)),
                _ => "no analysis has a loop through it in scope".to_owned(),
            };
            faults::on_no_loop(model, id, why)
        };
        bare.filter_map(lint).collect()
    }
}
