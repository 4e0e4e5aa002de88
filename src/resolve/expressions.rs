//! Names in expressions: what each stands for depends on where the expression stands.

use super::declare::unknown;
use super::names::Thing;
use super::{Resolver, faults};
use crate::model::{
    Comparison, Expr, ExprKind, FlowId, Function, MeasureId, ParticipantId, Symbol, Total, ValueId,
    ValueKind, What, Whose,
};
use crate::source::Span;
use crate::syntax::ast::{self, Name, Reference};

/// Where an expression stands, and so what its names may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A param, a unit, a participant's attribute.
    Value,
    /// An attribute of a flow, which may name the amount.
    FlowAttribute,
    /// An objective, of the whole model or of one participant.
    Objective(Option<ParticipantId>),
    /// The objective of a plan, which may count turns.
    PlanObjective(Option<ParticipantId>),
    /// A plan's `require`.
    Requirement(Option<ParticipantId>),
    /// An `expect`.
    Claim,
}

impl Resolver<'_> {
    pub(super) fn expression(&mut self, written: &ast::Expr, place: Place) -> Expr {
        use ast::ExprKind as Written;
        let span = written.span;
        let kind = match &written.kind {
            Written::Broken => ExprKind::Unknown,
            Written::Number(number) => ExprKind::Number(number.clone()),
            Written::Text => {
                self.fault(faults::text_for_value(span));
                ExprKind::Unknown
            }
            Written::Counted(value, unit) => self.counted(value, *unit, place),
            Written::Reference(reference) => self.reference(reference, span, place),
            Written::Negative(inner) => ExprKind::Negative(Box::new(self.expression(inner, place))),
            Written::Sum(terms) => ExprKind::Sum(self.row(terms, place)),
            Written::Product(factors) => ExprKind::Product(self.row(factors, place)),
            Written::Power(base, exponent) => ExprKind::Power(
                Box::new(self.expression(base, place)),
                Box::new(self.expression(exponent, place)),
            ),
            Written::Comparison(..)
            | Written::And(_)
            | Written::Or(_)
            | Written::Not(_)
            | Written::In(..) => {
                return self.condition(written, place);
            }
        };
        Expr { span, kind }
    }

    fn row(&mut self, parts: &[(bool, ast::Expr)], place: Place) -> Vec<(bool, Expr)> {
        parts.iter().map(|(inverse, part)| (*inverse, self.expression(part, place))).collect()
    }

    /// Conditions stand in claims; anywhere else they are no value.
    fn condition(&mut self, written: &ast::Expr, place: Place) -> Expr {
        use ast::ExprKind as Written;
        if let (Place::Requirement(_), Written::And(_)) = (place, &written.kind) {
            self.fault(faults::joined_requirements(written.span));
            return unknown(written.span);
        }
        let compared = matches!((place, &written.kind), (Place::Requirement(_), Written::Comparison(..)));
        if place != Place::Claim && !compared {
            self.fault(faults::condition_for_value(written.span));
            return unknown(written.span);
        }
        let all = |resolver: &mut Self, terms: &[ast::Expr]| -> Vec<Expr> {
            terms.iter().map(|term| resolver.expression(term, place)).collect()
        };
        let kind = match &written.kind {
            Written::Comparison(first, rest) => {
                let first = self.expression(first, place);
                let rest = rest.iter().map(|(sign, side)| (comparison(*sign), self.expression(side, place)));
                ExprKind::Comparison(Box::new(first), rest.collect())
            }
            Written::And(terms) => ExprKind::And(all(self, terms)),
            Written::Or(terms) => ExprKind::Or(all(self, terms)),
            Written::Not(inner) => ExprKind::Not(Box::new(self.expression(inner, place))),
            Written::In(member, analysis) => self.membership(member, analysis),
            _ => ExprKind::Unknown,
        };
        Expr { span: written.span, kind }
    }

    fn counted(&mut self, value: &ast::Expr, unit: Name, place: Place) -> ExprKind {
        let value = self.expression(value, place);
        match self.unit(unit) {
            Some(id) => ExprKind::Counted(Box::new(value), id, unit.span),
            None => ExprKind::Unknown,
        }
    }

    /// A unit or currency by name.
    fn unit(&mut self, name: Name) -> Option<ValueId> {
        let spelled = self.spelled(name);
        match self.names.values.get(&*spelled).map(|id| (*id, &self.model.value(*id).kind)) {
            Some((
                id,
                ValueKind::BuiltIn
                | ValueKind::Currency { .. }
                | ValueKind::Unit
                | ValueKind::DerivedUnit { .. },
            )) => {
                self.used(name, Symbol::Value(id));
                Some(id)
            }
            Some((_, ValueKind::Param(_) | ValueKind::Measure { .. })) => {
                self.fault(faults::no_unit(&spelled, name.span));
                None
            }
            None => {
                if !self.names.lost.contains(&*spelled) {
                    let is_unit =
                        |kind: &ValueKind| !matches!(kind, ValueKind::Param(_) | ValueKind::Measure { .. });
                    let units = self.model.values.iter().filter(|value| is_unit(&value.kind));
                    let names = units.map(|value| value.declared.name.as_str());
                    let fault = faults::unknown_unit(&spelled, name.span, names.take(self.patience()));
                    self.fault(fault);
                }
                None
            }
        }
    }

    fn reference(&mut self, reference: &Reference, span: Span, place: Place) -> ExprKind {
        if let Some(column) = self.column_of(reference, span) {
            return column;
        }
        if let Some(member) = reference.member {
            return match place {
                Place::Claim => self.property(reference, member),
                _ => {
                    self.fault(faults::member_for_value(self.sources.text(span), span));
                    ExprKind::Unknown
                }
            };
        }
        let spelled = self.spelled(reference.name);
        if let Some((whose, plan)) = place.counts()
            && let Some(what) = self.what(&spelled, plan)
        {
            if let What::Measure(id) = what {
                self.used(reference.name, Symbol::Value(self.model.measures[id.index()]));
            }
            return self.total(what, reference, whose);
        }
        match &reference.arguments {
            Some(arguments) => self.call(&spelled, reference.name, arguments, place),
            None if place == Place::FlowAttribute && spelled == "amount" => ExprKind::Amount,
            None => self.value(&spelled, reference.name, place),
        }
    }

    fn call(&mut self, spelled: &str, name: Name, arguments: &[ast::Expr], place: Place) -> ExprKind {
        match Function::named(spelled) {
            Some(function) => {
                let arguments = arguments.iter().map(|argument| self.expression(argument, place)).collect();
                ExprKind::Call(function, arguments)
            }
            None => {
                self.fault(if plans_only(place, spelled) {
                    faults::plans_only(spelled, name.span)
                } else {
                    faults::unknown_function(spelled, name.span)
                });
                ExprKind::Unknown
            }
        }
    }

    fn value(&mut self, spelled: &str, name: Name, place: Place) -> ExprKind {
        if let Some(id) = self.names.values.get(spelled).copied() {
            if matches!(self.model.value(id).kind, ValueKind::Measure { .. }) {
                self.fault(faults::measure_for_value(spelled, name.span, self.model.value(id).declared.span));
                return ExprKind::Unknown;
            }
            self.used(name, Symbol::Value(id));
            return ExprKind::Value(id);
        }
        if plans_only(place, spelled) {
            self.fault(faults::plans_only(spelled, name.span));
            return ExprKind::Unknown;
        }
        match self.names.thing(spelled) {
            Some(Thing::Lost) => {}
            Some(thing) => self.fault(faults::thing_for_value(spelled, thing.word(), name.span)),
            None => {
                // A measure is no value; where it may be counted, it has been found before.
                let is_value =
                    |id: &ValueId| !matches!(self.model.value(*id).kind, ValueKind::Measure { .. });
                let counts = place.counts().is_some();
                let values = self.names.values.iter().filter(|(_, id)| counts || is_value(id));
                let mut known: Vec<&str> =
                    values.map(|(name, _)| name.as_str()).take(self.patience()).collect();
                match place.counts() {
                    Some((_, true)) => known.extend(["cost", "revenue", "profit", "volume"]),
                    Some((_, false)) => known.extend(["cost", "revenue", "profit"]),
                    None => {}
                }
                let fault = faults::unknown_value(spelled, name.span, known);
                self.fault(fault);
            }
        }
        ExprKind::Unknown
    }

    /// What an objective's word adds up.
    fn what(&self, word: &str, plan: bool) -> Option<What> {
        Some(match word {
            "volume" if plan => What::Volume,
            "moved" if plan => What::Moved,
            "cost" => What::Cost,
            "revenue" => What::Revenue,
            "profit" => What::Profit,
            _ => What::Measure(self.measure(word)?),
        })
    }

    pub(super) fn measure(&self, word: &str) -> Option<MeasureId> {
        match self.model.value(*self.names.values.get(word)?).kind {
            ValueKind::Measure { id, .. } => Some(id),
            _ => None,
        }
    }

    fn total(&mut self, what: What, reference: &Reference, whose: Option<ParticipantId>) -> ExprKind {
        let Some(arguments) = &reference.arguments else {
            // A measure is nobody's money: `for:` does not touch it.
            let owner = whose.filter(|_| matches!(what, What::Cost | What::Revenue | What::Profit));
            if what == What::Moved {
                self.fault(faults::moved_by_nothing(reference.name.span));
                return ExprKind::Unknown;
            }
            return ExprKind::Total(Total { what, whose: owner.map_or(Whose::Model, Whose::Participant) });
        };
        let subject = match arguments.as_slice() {
            [ast::Expr { kind: ast::ExprKind::Reference(subject), .. }] if subject.arguments.is_none() => {
                subject
            }
            _ => {
                self.fault(faults::one_subject(self.sources.text(reference.name.span), reference.name.span));
                return ExprKind::Unknown;
            }
        };
        match self.participant_flows_or_tag(subject) {
            Some(Whose::Participant(_)) if matches!(what, What::Measure(_) | What::Moved) => {
                self.fault(faults::measure_of_participant(subject.name.span));
                ExprKind::Unknown
            }
            Some(whose) => ExprKind::Total(Total { what, whose }),
            None => ExprKind::Unknown,
        }
    }

    pub(super) fn participant_or_flows(&mut self, subject: &Reference) -> Option<Whose> {
        if subject.member.is_none() {
            let spelled = self.spelled(subject.name);
            if let Some(Thing::Participant(id)) = self.names.thing(&spelled) {
                self.used(subject.name, Symbol::Participant(id));
                return Some(Whose::Participant(id));
            }
        }
        self.flows_of(subject, "a participant or a flow").map(Whose::Flows)
    }

    fn participant_flows_or_tag(&mut self, subject: &Reference) -> Option<Whose> {
        let spelled = self.spelled(subject.name);
        match (self.names.thing(&spelled), self.names.tags.get(&*spelled)) {
            (None, Some(tag)) if subject.member.is_none() => {
                self.used(subject.name, Symbol::Tag(*tag));
                Some(Whose::Tag(*tag))
            }
            _ => self.participant_or_flows(subject),
        }
    }

    /// A flow, one hop (`consult.1`), or all hops of a chain.
    pub(super) fn flows_of(&mut self, reference: &Reference, wanted: &str) -> Option<Vec<FlowId>> {
        let spelled = self.spelled(reference.name);
        match (self.names.thing(&spelled), reference.member) {
            (Some(Thing::Flow(id)), None) => {
                self.used(reference.name, Symbol::Flow(id));
                Some(vec![id])
            }
            (Some(Thing::Chain(id)), None) => {
                self.used(reference.name, Symbol::Chain(id));
                Some(self.model.chains[id.index()].hops.clone())
            }
            (Some(Thing::Chain(id)), Some(member)) => {
                self.used(reference.name, Symbol::Chain(id));
                let hops = &self.model.chains[id.index()].hops;
                let number: Option<usize> = self.sources.text(member.span).parse().ok();
                let hop = number.and_then(|number| hops.get(number.checked_sub(1)?).copied());
                if hop.is_none() {
                    let fault = faults::no_such_hop(
                        &spelled,
                        self.sources.text(member.span),
                        hops.len(),
                        member.span,
                    );
                    self.fault(fault);
                }
                hop.map(|hop| {
                    self.used(member, Symbol::Flow(hop));
                    vec![hop]
                })
            }
            (Some(Thing::Lost), _) => None,
            (Some(thing), _) => {
                self.fault(faults::other_kind(&spelled, thing.word(), wanted, reference.name.span));
                None
            }
            (None, _) => {
                // One flow is neither a participant nor, without its hop, a chain.
                let one = wanted == "a flow";
                let flows = self.like(|thing| match thing {
                    Thing::Participant(_) => !one,
                    Thing::Chain(_) => !one || reference.member.is_some(),
                    Thing::Flow(_) | Thing::Row(_) => true,
                    Thing::Analysis(_) | Thing::Scenario(_) | Thing::Lost => false,
                });
                let fault = faults::unknown_flow(&spelled, reference.name.span, wanted, flows);
                self.fault(fault);
                None
            }
        }
    }
}

impl Place {
    /// Whether totals of flows may be named here: whose they are by default, and whether turns are counted.
    const fn counts(self) -> Option<(Option<ParticipantId>, bool)> {
        match self {
            Self::Objective(whose) => Some((whose, false)),
            Self::PlanObjective(whose) | Self::Requirement(whose) => Some((whose, true)),
            Self::Value | Self::FlowAttribute | Self::Claim => None,
        }
    }
}

/// Whether a word counts turns where nothing does.
fn plans_only(place: Place, word: &str) -> bool {
    matches!(place, Place::Objective(_)) && matches!(word, "volume" | "moved")
}

pub(super) fn comparison(sign: ast::Comparison) -> Comparison {
    match sign {
        ast::Comparison::AtMost => Comparison::AtMost,
        ast::Comparison::AtLeast => Comparison::AtLeast,
        ast::Comparison::Equal => Comparison::Equal,
        ast::Comparison::Unequal => Comparison::Unequal,
        ast::Comparison::Below => Comparison::Below,
        ast::Comparison::Above => Comparison::Above,
    }
}
