//! Attributes of participants and flows: which there are, and what each takes.

use std::collections::BTreeMap;

use super::expressions::Place;
use super::keys::{FLOW, PARTICIPANT};
use super::{Resolver, faults};
use crate::model::{Declared, FlowId, Given, Numeric, ParticipantId, Rides, Symbol, TagId, Yield};
use crate::source::Span;
use crate::syntax::ast::{self, Attribute, ExprKind, Name, Reference, Term, Value};

impl Resolver<'_> {
    pub(super) fn participant_attributes(&mut self, id: ParticipantId, attributes: &[Attribute]) {
        let mut seen = BTreeMap::new();
        let (mut all, mut unlimited): (Vec<Given>, _) = (Vec::new(), Vec::new());
        for attribute in attributes {
            if !self.may_stand(attribute, ("a participant", PARTICIPANT), &mut seen) {
                continue;
            }
            let key = self.normal(attribute.key.span);
            let numeric = match &*key {
                "cost" => Numeric::Cost,
                "revenue" => Numeric::Revenue,
                "source" => Numeric::Source,
                "sink" => Numeric::Sink,
                _ => match self.measure(&key) {
                    Some(id) => Numeric::Measure(id),
                    None => continue,
                },
            };
            let may_be = matches!(numeric, Numeric::Source | Numeric::Sink);
            if may_be && self.is_word(attribute, "unlimited") {
                unlimited.push((numeric, attribute.span));
            } else {
                all.extend(self.given(numeric, attribute, Place::Value));
            }
        }
        if let Some(participant) = self.model.participants.declared(id) {
            (participant.given, participant.unlimited) = (all, unlimited);
        }
    }

    pub(super) fn flow_attributes<'b>(
        &mut self,
        id: FlowId,
        attributes: impl IntoIterator<Item = &'b Attribute>,
    ) {
        let mut seen = BTreeMap::new();
        let mut all: Vec<Given> = Vec::new();
        for attribute in attributes {
            if self.may_stand(attribute, ("a flow", FLOW), &mut seen) {
                all.extend(self.flow_attribute(id, attribute));
            }
        }
        self.change_flow(id, |flow| flow.given = all);
    }

    /// Sets what is no number; a number is given back.
    fn flow_attribute(&mut self, id: FlowId, attribute: &Attribute) -> Option<Given> {
        let key = self.normal(attribute.key.span);
        match &*key {
            "payer" => {
                let payer = self.one_participant(attribute);
                self.change_flow(id, |flow| flow.payer = payer);
            }
            "earner" => {
                let earner = self.one_participant(attribute);
                self.change_flow(id, |flow| flow.earner = earner);
            }
            "yield" => self.yields(id, attribute),
            "rides" => self.rides(id, attribute),
            "integral" => {
                let integral = self.integral(attribute);
                self.change_flow(id, |flow| flow.integral = integral);
            }
            "tags" => self.tags(id, attribute),
            _ => return self.number(&key, attribute),
        }
        None
    }

    /// Where `integral: yes` stands, if it does.
    pub(super) fn integral(&mut self, attribute: &Attribute) -> Option<Span> {
        if self.is_word(attribute, "yes") {
            return Some(attribute.span);
        }
        if !self.is_word(attribute, "no") {
            self.fault(faults::other_value("integral", "`yes` or `no`", value_span(attribute)));
        }
        None
    }

    /// An attribute whose value is a number.
    pub(super) fn number(&mut self, key: &str, attribute: &Attribute) -> Option<Given> {
        let numeric = match key {
            "amount" => Numeric::Amount,
            "cost" => Numeric::Cost,
            "revenue" => Numeric::Revenue,
            "capacity" => Numeric::Capacity,
            "minimum" => Numeric::Minimum,
            "volume" => Numeric::Volume,
            "share" => Numeric::Share,
            "fixed" => Numeric::Fixed,
            "delivers" => Numeric::Delivers,
            "source" => Numeric::Source,
            "sink" => Numeric::Sink,
            _ => Numeric::Measure(self.measure(key)?),
        };
        let plain = matches!(numeric, Numeric::Amount | Numeric::Source | Numeric::Sink);
        let place = if plain { Place::Value } else { Place::FlowAttribute };
        self.given(numeric, attribute, place)
    }

    /// One number.
    fn given(&mut self, numeric: Numeric, attribute: &Attribute, place: Place) -> Option<Given> {
        let term = self.one_term(attribute, "a number")?;
        if matches!(numeric, Numeric::Amount | Numeric::Cost | Numeric::Revenue) {
            self.check_percentages(&term.value);
        }
        let value = self.expression(&term.value, place);
        Some(Given { numeric, key: attribute.key.span, value })
    }

    /// Percentages above 100 in a row of factors: a slip of the point, more often than not.
    fn check_percentages(&mut self, value: &ast::Expr) {
        match &value.kind {
            ExprKind::Number(number)
                if *number > crate::exact::Rational::ONE
                    && self.sources.text(value.span).ends_with(['%', '‰']) =>
            {
                let fault = faults::large_percentage(self.sources.text(value.span), value.span);
                self.fault(fault);
            }
            ExprKind::Product(factors) => {
                factors.iter().for_each(|(_, factor)| self.check_percentages(factor))
            }
            ExprKind::Sum(terms) => terms.iter().for_each(|(_, term)| self.check_percentages(term)),
            ExprKind::Negative(inner) => self.check_percentages(inner),
            _ => {}
        }
    }

    /// The only term of an attribute; a block, a list, a range or an `else` is a fault.
    pub(super) fn one_term<'b>(&mut self, attribute: &'b Attribute, wanted: &str) -> Option<&'b Term> {
        match &attribute.value {
            Value::Terms(terms) => match terms.as_slice() {
                [term] if term.to.is_none() && term.otherwise.is_none() => return Some(term),
                // A comma inside a number has been reported where it stands.
                [first, second, ..] if self.is_decimal_comma(first, second) => return None,
                _ => {}
            },
            Value::Block(_) => {}
        }
        let key = self.normal(attribute.key.span);
        self.fault(faults::other_value(&key, wanted, value_span(attribute)));
        None
    }

    fn is_decimal_comma(&self, first: &Term, second: &Term) -> bool {
        let between = Span { start: first.span.end, end: second.span.start, ..first.span };
        let digit = |c: char| c.is_ascii_digit();
        self.sources.text(between) == ","
            && self.sources.text(first.span).ends_with(digit)
            && self.sources.text(second.span).starts_with(digit)
    }

    /// A single bare name.
    fn bare<'b>(&self, term: &'b Term) -> Option<&'b Reference> {
        match &term.value.kind {
            ExprKind::Reference(reference) if reference.arguments.is_none() => Some(reference),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, attribute: &Attribute, word: &str) -> bool {
        match &attribute.value {
            Value::Terms(terms) => match terms.as_slice() {
                [term] => self
                    .bare(term)
                    .is_some_and(|name| name.member.is_none() && self.spelled(name.name) == word),
                _ => false,
            },
            Value::Block(_) => false,
        }
    }

    pub(super) fn one_participant(&mut self, attribute: &Attribute) -> Option<ParticipantId> {
        let term = self.one_term(attribute, "a participant")?;
        match self.bare(term) {
            Some(Reference { name, member: None, .. }) => self.participant_named(*name),
            _ => {
                let key = self.normal(attribute.key.span);
                self.fault(faults::other_value(&key, "a participant", term.span));
                None
            }
        }
    }

    /// The names of a list, each alone; anything else in it is a fault.
    pub(super) fn references<'b>(&mut self, attribute: &'b Attribute, wanted: &str) -> Vec<&'b Reference> {
        let Value::Terms(terms) = &attribute.value else {
            let _ = self.one_term(attribute, wanted);
            return Vec::new();
        };
        let mut found = Vec::new();
        for term in terms {
            match self.bare(term) {
                Some(reference) if term.to.is_none() && term.otherwise.is_none() => found.push(reference),
                _ => {
                    let key = self.normal(attribute.key.span);
                    self.fault(faults::other_value(&key, wanted, term.span));
                }
            }
        }
        found
    }

    fn yields(&mut self, id: FlowId, attribute: &Attribute) {
        let term = match &attribute.value {
            Value::Terms(terms) if terms.len() == 1 && terms[0].to.is_none() => &terms[0],
            _ => {
                let _ = self.one_term(attribute, "a share, and `else` where the rest returns");
                return;
            }
        };
        let share = self.expression(&term.value, Place::FlowAttribute);
        let otherwise = term.otherwise.map(|name: Name| self.participant_named(name));
        // An `else` with a fault in it counts as given.
        let fallback = self.model.flow(id).tail;
        let otherwise = otherwise.map(|named| named.unwrap_or(fallback));
        let key = attribute.key.span;
        let rest = Yield { share, otherwise, key, span: term.span };
        self.change_flow(id, |flow| flow.rest = Some(rest));
    }

    fn rides(&mut self, id: FlowId, attribute: &Attribute) {
        let Some(term) = self.one_term(attribute, "a flow, with an optional factor") else { return };
        let (reference, factor) = match &term.value.kind {
            ExprKind::Reference(reference) if reference.arguments.is_none() => (&**reference, None),
            ExprKind::Product(factors) => match self.ridden(factors) {
                Some((reference, factor)) => (reference, Some(factor)),
                None => {
                    return self.fault(faults::other_value(
                        "rides",
                        "a flow, with an optional factor",
                        term.span,
                    ));
                }
            },
            _ => {
                return self.fault(faults::other_value(
                    "rides",
                    "a flow, with an optional factor",
                    term.span,
                ));
            }
        };
        let Some(flow) = self.one_flow(reference) else { return };
        let (key, span) = (attribute.key.span, reference.name.span);
        self.change_flow(id, |one| one.rides = Some(Rides { flow, factor, key, span }));
    }

    /// One flow by name; a chain is several.
    pub(super) fn one_flow(&mut self, reference: &Reference) -> Option<FlowId> {
        match self.flows_of(reference, "a flow")?.as_slice() {
            [flow] => Some(*flow),
            hops => {
                let name = self.spelled(reference.name);
                self.fault(faults::chain_for_flow(&name, hops.len(), reference.name.span));
                None
            }
        }
    }

    /// The flow among the factors of `checkout * 0.9`, and the rest as a factor.
    fn ridden<'b>(
        &mut self,
        factors: &'b [(bool, ast::Expr)],
    ) -> Option<(&'b Reference, crate::model::Expr)> {
        let is_flow = |(divides, factor): &(bool, ast::Expr)| match &factor.kind {
            ExprKind::Reference(reference) => {
                !divides
                    && reference.arguments.is_none()
                    && !self.names.values.contains_key(&*self.spelled(reference.name))
            }
            _ => false,
        };
        let place = factors.iter().position(is_flow)?;
        let ExprKind::Reference(reference) = &factors.get(place)?.1.kind else { return None };
        let mut rest = Vec::new();
        for (other, (divides, factor)) in factors.iter().enumerate() {
            if other != place {
                rest.push((*divides, self.expression(factor, Place::FlowAttribute)));
            }
        }
        let span = factors.first()?.1.span.to(factors.last()?.1.span);
        // A product begins with what does not divide.
        if rest.first().is_some_and(|(divides, _)| *divides) {
            let one = crate::model::ExprKind::Number(crate::exact::Rational::ONE);
            rest.insert(0, (false, crate::model::Expr { span, kind: one }));
        }
        Some((reference, crate::model::Expr { span, kind: crate::model::ExprKind::Product(rest) }))
    }

    fn tags(&mut self, id: FlowId, attribute: &Attribute) {
        for reference in self.references(attribute, "names") {
            let spelled = self.spelled(reference.name);
            let tag = self.tag(&spelled, reference.name.span);
            self.used(reference.name, Symbol::Tag(tag));
            self.change_flow(id, |flow| flow.tags.push(tag));
        }
    }

    /// The tag of a name; tags need no declaration.
    pub(super) fn tag(&mut self, name: &str, span: Span) -> TagId {
        if let Some(known) = self.names.tags.get(name) {
            return *known;
        }
        let tag = TagId::at(self.model.tags.len());
        self.names.tags.insert(name.to_owned(), tag);
        self.model.tags.push(Declared { name: name.to_owned(), label: None, span: Some(span) });
        tag
    }
}

/// Where an attribute's value stands.
pub(super) fn value_span(attribute: &Attribute) -> Span {
    match &attribute.value {
        Value::Terms(terms) => match (terms.first(), terms.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => attribute.span,
        },
        Value::Block(_) => attribute.span,
    }
}
