//! Riders and desks: what they must not do, and that neither stands in a ring.

use super::{Checked, faults};
use crate::diagnostic::Diagnostic;
use crate::exact::Rational;
use crate::exact::literal::MOST_DIGITS;
use crate::model::{FlowId, Model, Numeric, ParticipantId, SubjectKind};

pub(super) fn check(checked: &Checked, found: &mut Vec<Diagnostic>) {
    let model = &checked.model;
    for id in model.flow_ids() {
        own_attributes(model, id, found);
    }
    if !rider_rings(model, found) {
        factors(checked, found);
    }
    desk_rings(model, found);
    for analysis in &model.analyses {
        let rider = |flow: &FlowId| model.flow(*flow).rides;
        for subject in &analysis.through {
            // Each hop of a chain must be passed: one that rides never is by itself.
            let SubjectKind::Flows(flows) = &subject.kind else { continue };
            if let Some(first) = flows.iter().find(|flow| rider(flow).is_some()) {
                let name = &model.flow(*first).name.to_string();
                let place = (subject.span, "a rider is not passed by itself");
                found.push(faults::rider_named(name, place, rider(first).map(|rides| rides.key)));
            }
        }
        for subject in analysis.avoid.iter().chain(&analysis.only) {
            // A chain of riders is all riders; a mixed chain is named for the rest of it.
            let SubjectKind::Flows(flows) = &subject.kind else { continue };
            if let [first, ..] = flows.as_slice()
                && flows.iter().all(|flow| rider(flow).is_some())
            {
                let name = &model.flow(*first).name.to_string();
                let place = (subject.span, "a rider can be neither avoided nor chosen");
                found.push(faults::rider_named(name, place, rider(first).map(|rides| rides.key)));
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

/// L0308: factors multiply along a chain of riders, and the product is bounded as every value is.
fn factors(checked: &Checked, found: &mut Vec<Diagnostic>) {
    let model = &checked.model;
    let mut digits: Vec<Option<usize>> = vec![None; model.flows.len()];
    for id in model.flow_ids() {
        let (mut chain, mut at) = (Vec::new(), id);
        // Up to a flow whose digits are known, or that rides none.
        let mut product = loop {
            match (digits[at.index()], &model.flow(at).rides) {
                (Some(known), _) => break known,
                (None, None) => break 0,
                (None, Some(rides)) => {
                    chain.push((at, rides.span));
                    at = rides.flow;
                }
            }
        };
        for (rider, span) in chain.into_iter().rev() {
            let before = product;
            product += checked.rare(rider).factor.as_ref().map_or(0, Rational::digits);
            digits[rider.index()] = Some(product);
            // Once for each chain: those that ride on are only longer.
            if before <= MOST_DIGITS && product > MOST_DIGITS {
                found.push(faults::too_large(span));
            }
        }
    }
}

/// Whether there are any.
fn rider_rings(model: &Model, found: &mut Vec<Diagnostic>) -> bool {
    let next = |at: usize| model.flow(FlowId::at(at)).rides.map(|rides| rides.flow.index());
    let rings = rings(model.flows.len(), next);
    for ring in &rings {
        let flows: Vec<_> = ring.iter().map(|at| model.flow(FlowId::at(*at))).collect();
        let mut names: Vec<String> = flows.iter().map(|flow| format!("`{}`", flow.name)).collect();
        names.extend(names.first().cloned());
        let spans = flows.iter().filter_map(|flow| flow.rides).map(|rides| rides.span).collect();
        found.push(faults::rider_ring(&names, spans));
    }
    !rings.is_empty()
}

fn desk_rings(model: &Model, found: &mut Vec<Diagnostic>) {
    let next = |at: usize| model.participant(ParticipantId::at(at)).company.map(ParticipantId::index);
    for ring in rings(model.participants.len(), next) {
        let desks: Vec<_> = ring.iter().map(|at| model.participant(ParticipantId::at(*at))).collect();
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
