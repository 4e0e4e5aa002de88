//! Second pass, for values, participants and flows.

use std::sync::Arc;

use super::expressions::Place;
use super::names::Thing;
use super::{Resolver, faults};
use crate::model::{DeclaredFlow, Distribution, FlowId, MediumId, ParticipantId, Symbol, ValueId, ValueKind};
use crate::source::Span;
use crate::syntax::ast::{self, Hop, Name, Value};

impl Resolver<'_> {
    pub(super) fn fill_currency(&mut self, name: Name, worth: Option<&ast::Expr>) {
        let Some(worth) = worth else { return };
        let resolved = self.expression(worth, Place::Value);
        self.set_value(name, ValueKind::Currency { worth: Some(resolved) });
    }

    pub(super) fn fill_unit(&mut self, name: Name, worth: &ast::Expr) {
        let worth = self.expression(worth, Place::Value);
        self.set_value(name, ValueKind::DerivedUnit { worth });
    }

    pub(super) fn fill_measure(&mut self, name: Name, unit: &ast::Expr) {
        let unit = self.expression(unit, Place::Value);
        if let Some(id) = self.own_value(name)
            && let ValueKind::Measure { unit: place, .. } = &mut self.model.values[id.index()].kind
        {
            *place = unit;
        }
    }

    pub(super) fn fill_param(&mut self, param: &ast::Param) {
        let name = self.spelled(param.name);
        let setting = self.settings.iter().rev().find(|setting| setting.name == name);
        let value = self.expression(setting.map_or(&param.value, |setting| &setting.value), Place::Value);
        let range = param
            .range
            .as_ref()
            .map(|(low, high)| (self.expression(low, Place::Value), self.expression(high, Place::Value)));
        let distribution = param.distribution.as_ref().map(|distribution| Distribution {
            name: self.spelled(distribution.name).into_owned(),
            span: distribution.name.span,
            arguments: distribution
                .arguments
                .iter()
                .map(|part| self.expression(part, Place::Value))
                .collect(),
            truncated: distribution.truncated,
        });
        self.set_value(
            param.name,
            ValueKind::Param(Box::new(crate::model::Param {
                value: Arc::new(value),
                row: None,
                range,
                distribution,
            })),
        );
    }

    fn set_value(&mut self, name: Name, kind: ValueKind) {
        if let Some(id) = self.own_value(name) {
            self.model.values[id.index()].kind = kind;
        }
    }

    /// The value that this very declaration declared; nothing for the second of two.
    fn own_value(&self, name: Name) -> Option<ValueId> {
        let id = *self.names.values.get(&*self.spelled(name))?;
        (self.model.value(id).declared.span == Some(name.span)).then_some(id)
    }

    pub(super) fn fill_participant(&mut self, participant: &ast::Participant) {
        let role = self.role(participant.role);
        let company = participant.company.and_then(|company| self.participant_named(company));
        let name = self.spelled(participant.name);
        let Some(Thing::Participant(id)) = self.names.thing(&name) else { return };
        if self.model.participant(id).span != Some(participant.name.span) {
            return;
        }
        self.participant_attributes(id, &participant.attributes);
        let Some(place) = self.model.participants.declared(id) else { return };
        place.company = company;
        if let Some(role) = role {
            place.role = role;
        }
    }

    fn role(&mut self, name: Name) -> Option<crate::model::RoleId> {
        let spelled = self.spelled(name);
        if let Some(id) = self.names.roles.get(&*spelled) {
            self.used(name, Symbol::Role(*id));
            return Some(*id);
        }
        if !self.names.lost.contains(&*spelled) {
            let roles = self.model.roles.iter().map(|role| role.name.as_str());
            let fault = faults::unknown_word("role", &spelled, name.span, roles.take(self.patience()));
            self.fault(fault);
        }
        None
    }

    fn medium(&mut self, name: Name) -> Option<MediumId> {
        let spelled = self.spelled(name);
        // A flow without a medium has been reported; it stands for its own word.
        if spelled == "flow" || self.names.lost.contains(&*spelled) {
            return None;
        }
        if let Some(id) = self.names.media.get(&*spelled) {
            self.used(name, Symbol::Medium(*id));
            return Some(*id);
        }
        let media = self.model.media.iter().map(|medium| medium.name.as_str());
        let fault = faults::unknown_word("medium", &spelled, name.span, media.take(self.patience()));
        self.fault(fault);
        None
    }

    /// A participant by name; anything else is a fault.
    pub(super) fn participant_named(&mut self, name: Name) -> Option<ParticipantId> {
        let spelled = self.spelled(name);
        match self.names.thing(&spelled) {
            Some(Thing::Participant(id)) => {
                self.used(name, Symbol::Participant(id));
                Some(id)
            }
            Some(Thing::Lost) => None,
            Some(thing) => {
                self.fault(faults::other_kind(&spelled, thing.word(), "a participant", name.span));
                None
            }
            None => {
                let known = self.like(|thing| matches!(thing, Thing::Participant(_)));
                let fault = faults::unknown_participant(&spelled, name.span, known);
                self.fault(fault);
                None
            }
        }
    }

    pub(super) fn fill_flow(&mut self, written: &ast::Flow) {
        let medium = self.medium(written.medium);
        let stops: Vec<Option<ParticipantId>> =
            written.stops.iter().map(|stop| self.participant_named(*stop)).collect();
        let via: Vec<ParticipantId> =
            written.via.iter().filter_map(|name| self.participant_named(*name)).collect();
        self.check_stops(written, &stops);
        let name = self.spelled(written.name);
        match self.names.thing(&name) {
            Some(Thing::Flow(id)) if self.model.flow(id).span == Some(written.name.span) => {
                self.place(id, (medium, stops[0], stops[1]));
                self.change_flow(id, |flow| flow.via = via);
                self.flow_attributes(id, &written.attributes);
            }
            Some(Thing::Chain(id))
                if self.model.chains[id.index()].declared.span == Some(written.name.span) =>
            {
                let hops = self.model.chains[id.index()].hops.clone();
                for (hop, ends) in hops.iter().zip(stops.windows(2)) {
                    self.place(*hop, (medium, ends[0], ends[1]));
                }
                if let Some(first) = written.via.first() {
                    self.fault(faults::via_of_chain(first.span));
                }
                self.chain_attributes(&hops, written);
            }
            _ => {}
        }
    }

    fn place(&mut self, id: FlowId, ends: (Option<MediumId>, Option<ParticipantId>, Option<ParticipantId>)) {
        self.change_flow(id, |flow| {
            flow.medium = ends.0.unwrap_or(flow.medium);
            flow.tail = ends.1.unwrap_or(flow.tail);
            flow.head = ends.2.unwrap_or(flow.head);
        });
    }

    /// Changes a flow of the source.
    pub(super) fn change_flow(&mut self, id: FlowId, change: impl FnOnce(&mut DeclaredFlow)) {
        if let Some(flow) = self.model.flows.declared(id) {
            change(flow);
        }
    }

    fn check_stops(&mut self, written: &ast::Flow, stops: &[Option<ParticipantId>]) {
        for (ends, names) in stops.windows(2).zip(written.stops.windows(2)) {
            if ends[0].is_some() && ends[0] == ends[1] {
                let name = self.sources.text(names[0].span);
                self.fault(faults::flow_to_itself(name, names[0].span, names[1].span));
            }
        }
    }

    /// A chain takes `each hop: { … }` and `hop n: { … }` alone; the latter override, wherever they stand.
    fn chain_attributes(&mut self, hops: &[FlowId], written: &ast::Flow) {
        let mut blocks: Vec<Vec<&ast::Attribute>> = vec![Vec::new(); hops.len()];
        let mut bare: Vec<Span> = Vec::new();
        for attribute in self.hop_attributes(written) {
            match (attribute.key.hop, &attribute.value) {
                (Some(Hop::Each), Value::Block(inner)) => {
                    blocks.iter_mut().for_each(|block| block.extend(inner));
                }
                (Some(Hop::Number(number)), Value::Block(inner)) => {
                    match (number as usize).checked_sub(1).and_then(|place| blocks.get_mut(place)) {
                        Some(block) => self.override_with(block, inner),
                        None => {
                            let (name, count) = (self.sources.text(written.name.span), hops.len());
                            let span = attribute.key.span;
                            self.fault(faults::no_such_hop(name, &number.to_string(), count, span));
                        }
                    }
                }
                (Some(_), Value::Terms(_)) => self.fault(faults::hop_without_block(attribute.key.span)),
                (None, _) => bare.push(attribute.key.span),
            }
        }
        if !bare.is_empty() {
            let stops: Vec<&str> = written.stops.iter().map(|stop| self.sources.text(stop.span)).collect();
            self.fault(faults::bare_attributes(&bare, written.name.span, &stops));
        }
        for (hop, block) in hops.iter().zip(blocks) {
            self.flow_attributes(*hop, block);
        }
    }

    /// The attributes of a chain, `each hop` first; a hop that is given twice is a fault, and counts once.
    fn hop_attributes<'b>(&mut self, written: &'b ast::Flow) -> Vec<&'b ast::Attribute> {
        let mut kept: Vec<&ast::Attribute> = Vec::new();
        for attribute in &written.attributes {
            let hop = attribute.key.hop;
            match kept.iter().find(|first| hop.is_some() && first.key.hop == hop) {
                Some(first) => {
                    let key = self.sources.text(attribute.key.span);
                    self.fault(faults::attribute_twice(key, attribute.key.span, first.key.span));
                }
                None => kept.push(attribute),
            }
        }
        kept.sort_by_key(|attribute| attribute.key.hop != Some(Hop::Each));
        kept
    }

    /// What a hop gives for itself replaces what each hop gives.
    fn override_with<'b>(&self, block: &mut Vec<&'b ast::Attribute>, inner: &'b [ast::Attribute]) {
        let key = |attribute: &ast::Attribute| self.normal(attribute.key.span);
        block.retain(|other| !inner.iter().any(|own| key(own) == key(other)));
        block.extend(inner);
    }
}
