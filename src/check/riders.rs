//! Riders and desks: what they must not do, and that neither stands in a ring.

use super::faults;
use crate::diagnostic::Diagnostic;
use crate::model::{FlowId, Model, Numeric, ParticipantId, SubjectKind};

pub(super) fn check(model: &Model, found: &mut Vec<Diagnostic>) {
    for id in model.flow_ids() {
        own_attributes(model, id, found);
    }
    rider_rings(model, found);
    desk_rings(model, found);
    for analysis in &model.analyses {
        for subject in analysis.avoid.iter().chain(&analysis.only) {
            // A chain of riders is all riders; a mixed chain is named for the rest of it.
            let SubjectKind::Flows(flows) = &subject.kind else { continue };
            let rider = |flow: &FlowId| model.flow(*flow).rides.as_ref();
            if let [first, ..] = flows.as_slice()
                && flows.iter().all(|flow| rider(flow).is_some())
            {
                let name = &model.flow(*first).declared.name;
                found.push(faults::rider_avoided(name, subject.span, rider(first).map(|rides| rides.key)));
            }
        }
    }
}

/// A rider has no yield, share, fixed or bounds of its own (language §4); only a rider delivers.
fn own_attributes(model: &Model, id: FlowId, found: &mut Vec<Diagnostic>) {
    let flow = model.flow(id);
    let Some(rides) = &flow.rides else { return };
    let forbidden = [Numeric::Share, Numeric::Fixed, Numeric::Capacity, Numeric::Minimum, Numeric::Volume];
    for numeric in forbidden {
        if let Some(given) = flow.given(numeric) {
            found.push(faults::rider_with(numeric.word(), given.key, rides.key));
        }
    }
    if let Some(rest) = &flow.rest {
        found.push(faults::rider_with("yield", rest.key, rides.key));
    }
}

fn rider_rings(model: &Model, found: &mut Vec<Diagnostic>) {
    let next =
        |at: usize| model.flows.get(at).and_then(|flow| flow.rides.as_ref()).map(|rides| rides.flow.index());
    for ring in rings(model.flows.len(), next) {
        let flows: Vec<_> = ring.iter().map(|at| model.flow(FlowId::at(*at))).collect();
        let mut names: Vec<String> = flows.iter().map(|flow| format!("`{}`", flow.declared.name)).collect();
        names.extend(names.first().cloned());
        let spans = flows.iter().filter_map(|flow| flow.rides.as_ref()).map(|rides| rides.span).collect();
        found.push(faults::rider_ring(&names, spans));
    }
}

fn desk_rings(model: &Model, found: &mut Vec<Diagnostic>) {
    let next = |at: usize| model.participants.get(at)?.company.map(ParticipantId::index);
    for ring in rings(model.participants.len(), next) {
        let desks: Vec<_> =
            ring.iter().map(|at| &model.participant(ParticipantId::at(*at)).declared).collect();
        let mut names: Vec<String> = desks.iter().map(|desk| format!("`{}`", desk.name)).collect();
        names.extend(names.first().cloned());
        found.push(faults::desk_ring(&names, desks.iter().filter_map(|desk| desk.span).collect()));
    }
}

/// The rings of a table in which each row names at most one other: each once, from its first row.
fn rings(count: usize, next: impl Fn(usize) -> Option<usize>) -> Vec<Vec<usize>> {
    let mut visit = vec![0usize; count];
    let mut found = Vec::new();
    for start in 0..count {
        let (mark, mut at) = (start + 1, Some(start));
        while let Some(here) = at.filter(|here| visit[*here] == 0) {
            visit[here] = mark;
            at = next(here);
        }
        if let Some(entry) = at.filter(|here| visit[*here] == mark) {
            let mut ring = vec![entry];
            while let Some(here) = next(ring[ring.len() - 1]).filter(|here| *here != entry) {
                ring.push(here);
            }
            found.push(ring);
        }
    }
    found
}
