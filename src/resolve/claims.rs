//! What claims ask of analyses: their properties, and what stands on their loops.

use super::{Resolver, faults};
use crate::model::{ExprKind, Property, Whose};
use crate::syntax::ast::{self, Name, Reference};

impl Resolver<'_> {
    pub(super) fn property(&mut self, reference: &Reference, member: Name) -> ExprKind {
        let Some(analysis) = self.analysis_named(reference.name) else { return ExprKind::Unknown };
        let word = self.spelled(member);
        let property = match (&*word, reference.arguments.as_deref()) {
            ("value", None) => Property::Value,
            ("ratio", None) => Property::Ratio,
            ("cost", None) => Property::Cost,
            ("revenue", None) => Property::Revenue,
            ("profit", None) => Property::Profit,
            ("length", None) => Property::Length,
            ("closed", None) => Property::Closed,
            ("proved", None) => Property::Proved,
            ("profit", Some([ast::Expr { kind: ast::ExprKind::Reference(subject), .. }])) => {
                match self.participant_named(subject.name) {
                    Some(id) => Property::ProfitOf(id),
                    None => return ExprKind::Unknown,
                }
            }
            ("volume", Some([ast::Expr { kind: ast::ExprKind::Reference(subject), .. }])) => {
                match self.one_flow(subject) {
                    Some(flow) => Property::VolumeOf(flow),
                    None => return ExprKind::Unknown,
                }
            }
            ("cost" | "revenue" | "value" | "ratio" | "length" | "closed" | "proved", Some(_)) => {
                self.fault(faults::property_of_nobody(&word, member.span));
                return ExprKind::Unknown;
            }
            _ => {
                self.fault(faults::no_such_property(&word, member.span));
                return ExprKind::Unknown;
            }
        };
        ExprKind::Property(analysis, property)
    }

    pub(super) fn membership(&mut self, member: &ast::Expr, analysis: &ast::Expr) -> ExprKind {
        let (ast::ExprKind::Reference(member), ast::ExprKind::Reference(analysis)) =
            (&member.kind, &analysis.kind)
        else {
            self.fault(faults::membership(member.span.to(analysis.span)));
            return ExprKind::Unknown;
        };
        let analysis = self.analysis_named(analysis.name);
        let whose = self.participant_or_flows(member);
        match (whose, analysis) {
            (Some(Whose::Participant(id)), Some(analysis)) => ExprKind::ParticipantIn(id, analysis),
            (Some(Whose::Flows(flows)), Some(analysis)) => ExprKind::FlowsIn(flows, analysis),
            _ => ExprKind::Unknown,
        }
    }
}
