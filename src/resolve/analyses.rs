//! Second pass, for analyses and claims.

use std::collections::BTreeMap;

use super::attributes::value_span;
use super::expressions::Place;
use super::keys::{CLOSURE, LOOP, PATH, PLAN};
use super::names::Thing;
use super::{Resolver, faults};
use crate::model::{
    Analysis, AnalysisId, AnalysisKind, Claim, Declared, Expr, ExprKind, Objective, ParticipantId,
    Requirement, Selector, Sense, Subject, SubjectKind, Symbol,
};
use crate::source::Span;
use crate::syntax::ast::{self, AnalysisWord, Attribute, Name, Reference};

impl Resolver<'_> {
    pub(super) fn blank_analysis(declared: Declared, item: Span) -> Analysis {
        Analysis {
            declared,
            item,
            kind: AnalysisKind::Loop,
            over: Vec::new(),
            only: Vec::new(),
            avoid: Vec::new(),
            through: Vec::new(),
            length: None,
            whose: None,
            objective: None,
            top: None,
            period: None,
            requirements: Vec::new(),
        }
    }

    pub(super) fn fill_analysis(&mut self, written: &ast::Analysis, item: Span) {
        let name = self.spelled(written.name);
        let Some(Thing::Analysis(id)) = self.names.thing(&name) else { return };
        if self.model.analysis(id).declared.span != Some(written.name.span) {
            return;
        }
        let kind = match written.word {
            AnalysisWord::Loop => ("a loop", LOOP),
            AnalysisWord::Path => ("a path", PATH),
            AnalysisWord::Closure => ("a closure", CLOSURE),
            AnalysisWord::Plan => ("a plan", PLAN),
        };
        let mut seen = BTreeMap::new();
        let attributes: Vec<&Attribute> = written
            .attributes
            .iter()
            .filter(|attribute| self.may_stand(attribute, kind, &mut seen))
            .collect();
        let mut analysis = Self::blank_analysis(self.declared(written.name, written.label), item);
        analysis.kind = match written.word {
            AnalysisWord::Loop => AnalysisKind::Loop,
            AnalysisWord::Path => self.ends(written.name, &attributes),
            AnalysisWord::Closure => AnalysisKind::Closure,
            AnalysisWord::Plan => AnalysisKind::Plan,
        };
        // Whose money it is must be known before the objective is read.
        analysis.whose = self.attribute(&attributes, "for").and_then(|found| self.one_participant(found));
        for attribute in &attributes {
            self.analysis_attribute(&mut analysis, attribute);
        }
        if matches!(written.word, AnalysisWord::Path | AnalysisWord::Plan)
            && !seen.contains_key("maximize")
            && !seen.contains_key("minimize")
        {
            self.fault(faults::missing_attribute(&name, "`minimize:` or `maximize:`", written.name.span));
        }
        self.model.analyses[id.index()] = analysis;
    }

    fn attribute<'b>(&self, attributes: &[&'b Attribute], key: &str) -> Option<&'b Attribute> {
        attributes.iter().copied().find(|attribute| self.normal(attribute.key.span) == key)
    }

    fn ends(&mut self, name: Name, attributes: &[&Attribute]) -> AnalysisKind {
        let mut end = |key: &str| -> Option<(ParticipantId, Span)> {
            match self.attribute(attributes, key) {
                Some(attribute) => Some((self.one_participant(attribute)?, value_span(attribute))),
                None => {
                    let fault =
                        faults::missing_attribute(&self.spelled(name), &format!("`{key}:`"), name.span);
                    self.fault(fault);
                    None
                }
            }
        };
        match (end("from"), end("to")) {
            (Some((from, first)), Some((to, second))) => {
                if from == to {
                    self.fault(faults::path_to_itself(first, second));
                }
                AnalysisKind::Path { from, to }
            }
            _ => AnalysisKind::Path { from: ParticipantId::at(0), to: ParticipantId::at(0) },
        }
    }

    fn analysis_attribute(&mut self, analysis: &mut Analysis, attribute: &Attribute) {
        match &*self.normal(attribute.key.span) {
            "over" => analysis.over = self.selectors(attribute),
            "only" => analysis.only = self.subjects(attribute),
            "avoid" => analysis.avoid = self.subjects(attribute),
            "maximize" => self.objective(analysis, attribute, Sense::Maximize),
            "minimize" => self.objective(analysis, attribute, Sense::Minimize),
            "top" => {
                let word = self.bare_name(attribute);
                if word.is_some_and(|word| !self.names.values.contains_key(&*self.spelled(word))) {
                    return self.fault(faults::other_value("top", "a whole number", value_span(attribute)));
                }
                let term = self.one_term(attribute, "a whole number");
                analysis.top = term.map(|term| self.expression(&term.value, Place::Value));
            }
            "through" => analysis.through = self.subjects(attribute),
            "length" => analysis.length = self.length(attribute),
            "period" => {
                let term = self.one_term(attribute, "one unit of time");
                analysis.period = term.map(|term| self.expression(&term.value, Place::Value));
            }
            "require" => {
                let wanted = "one condition; each further one is a `require` of its own";
                if let Some(term) = self.one_term(attribute, wanted) {
                    let condition = self.expression(&term.value, Place::Requirement(analysis.whose));
                    analysis.requirements.push(Requirement { condition, key: attribute.key.span });
                }
            }
            _ => {}
        }
    }

    /// The name that an attribute's value is, if it is one.
    fn bare_name(&self, attribute: &Attribute) -> Option<Name> {
        let ast::Value::Terms(terms) = &attribute.value else { return None };
        match terms.as_slice() {
            [ast::Term { value: ast::Expr { kind: ast::ExprKind::Reference(reference), .. }, .. }] => {
                Some(reference.name)
            }
            _ => None,
        }
    }

    fn objective(&mut self, analysis: &mut Analysis, attribute: &Attribute, sense: Sense) {
        if let Some(first) = &analysis.objective {
            let fault = faults::two_objectives(attribute.key.span, first.key);
            return self.fault(fault);
        }
        let term = self.one_term(attribute, "an objective");
        // A fault in an objective has been reported; the default must not take its place.
        let unknown = Expr { span: attribute.span, kind: ExprKind::Unknown };
        let place = match analysis.kind {
            AnalysisKind::Plan => Place::PlanObjective(analysis.whose),
            _ => Place::Objective(analysis.whose),
        };
        let value = term.map_or(unknown, |term| self.expression(&term.value, place));
        analysis.objective = Some(Objective { sense, value, key: attribute.key.span });
    }

    fn selectors(&mut self, attribute: &Attribute) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for reference in self.references(attribute, "media or tags") {
            let spelled = self.spelled(reference.name);
            match (self.names.media.get(&*spelled), self.names.tags.get(&*spelled)) {
                (Some(medium), _) => {
                    self.used(reference.name, Symbol::Medium(*medium));
                    selectors.push(Selector::Medium(*medium));
                }
                (None, Some(tag)) => {
                    self.used(reference.name, Symbol::Tag(*tag));
                    selectors.push(Selector::Tag(*tag));
                }
                (None, None) if self.names.lost.contains(&*spelled) => {}
                (None, None) => {
                    let fault = match self.names.thing(&spelled) {
                        Some(thing) => faults::other_kind(
                            &spelled,
                            thing.word(),
                            "a medium or a tag",
                            reference.name.span,
                        ),
                        None => {
                            let known =
                                self.names.media.keys().chain(self.names.tags.keys()).map(String::as_str);
                            faults::unknown_word(
                                "medium or tag",
                                &spelled,
                                reference.name.span,
                                known.take(self.patience()),
                            )
                        }
                    };
                    self.fault(fault);
                }
            }
        }
        selectors
    }

    fn subjects(&mut self, attribute: &Attribute) -> Vec<Subject> {
        let wanted = "participants or flows";
        let mut subjects = Vec::new();
        for reference in self.references(attribute, wanted) {
            if let Some(kind) = self.subject(reference) {
                subjects.push(Subject { kind, span: reference.name.span });
            }
        }
        subjects
    }

    fn subject(&mut self, reference: &Reference) -> Option<SubjectKind> {
        if reference.member.is_none()
            && let Some(Thing::Participant(id)) = self.names.thing(&self.spelled(reference.name))
        {
            self.used(reference.name, Symbol::Participant(id));
            return Some(SubjectKind::Participant(id));
        }
        self.flows_of(reference, "a participant or a flow").map(SubjectKind::Flows)
    }

    /// An analysis by name; anything else is a fault.
    pub(super) fn analysis_named(&mut self, name: Name) -> Option<AnalysisId> {
        let spelled = self.spelled(name);
        match self.names.thing(&spelled) {
            Some(Thing::Analysis(id)) => {
                self.used(name, Symbol::Analysis(id));
                Some(id)
            }
            Some(Thing::Lost) => None,
            Some(thing) => {
                self.fault(faults::other_kind(&spelled, thing.word(), "an analysis", name.span));
                None
            }
            None => {
                let known = self.like(|thing| matches!(thing, Thing::Analysis(_)));
                let fault = faults::unknown_analysis(&spelled, name.span, known);
                self.fault(fault);
                None
            }
        }
    }

    pub(super) fn fill_claim(&mut self, claim: &ast::Expr, item: Span) {
        let condition = self.expression(claim, Place::Claim);
        let about = about(&condition);
        self.model.claims.push(Claim { condition, item, about });
    }
}

/// The analyses that a condition speaks of, each once.
fn about(condition: &Expr) -> Vec<AnalysisId> {
    let mut about = Vec::new();
    condition.visit(&mut |part| {
        if let ExprKind::Property(id, _) | ExprKind::FlowsIn(_, id) | ExprKind::ParticipantIn(_, id) =
            &part.kind
            && !about.contains(id)
        {
            about.push(*id);
        }
    });
    about
}
