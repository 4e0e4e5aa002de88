//! First pass: every declared name gets its id, before any use is looked up.

use std::sync::Arc;

use super::names::Thing;
use super::{Resolver, Setting, faults};
use crate::model::{
    AnalysisId, Chain, ChainId, Declared, DeclaredFlow, DeclaredParticipant, Expr, ExprKind, FlowId, MEDIA,
    MeasureId, MediumId, Param, ParticipantId, ROLES, RoleId, Value, ValueId, ValueKind,
};
use crate::source::Span;
use crate::syntax;
use crate::syntax::ast::{self, Ast, ImportKind, Item, ItemKind, Name, Text};
use crate::units::UnitTable;

/// What is declared in one go. A name may be used before it is declared, in whatever phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Values, media, roles, the title.
    Words,
    /// Params of tables, which other tables' columns must not be called.
    Params,
    Participants,
    Flows,
}

/// When a declaration gets its names; nothing where it has none.
fn phase_of(kind: &ItemKind) -> Option<Phase> {
    match kind {
        ItemKind::Model { .. }
        | ItemKind::Currency { .. }
        | ItemKind::Units { .. }
        | ItemKind::DerivedUnit { .. }
        | ItemKind::Medium { .. }
        | ItemKind::Role { .. }
        | ItemKind::Measure { .. }
        | ItemKind::Param(_)
        | ItemKind::Later { .. } => Some(Phase::Words),
        ItemKind::Participant(_) => Some(Phase::Participants),
        ItemKind::Import(import) => Some(match import.kind {
            ImportKind::Params => Phase::Params,
            ImportKind::Participants => Phase::Participants,
            ImportKind::Flows => Phase::Flows,
        }),
        ItemKind::Flow(_) | ItemKind::Analysis(_) | ItemKind::Scenario(_) => Some(Phase::Flows),
        ItemKind::Expect { .. }
        | ItemKind::Use { .. }
        | ItemKind::Set { .. }
        | ItemKind::Change { .. }
        | ItemKind::Remove { .. } => None,
    }
}

impl Resolver<'_> {
    pub(super) fn declare_all(&mut self, trees: &[Ast]) {
        self.built_in();
        for tree in trees {
            for lost in &tree.lost {
                let name = self.spelled(*lost);
                self.names.lost.insert(name.into_owned());
            }
        }
        // Tables are read between: their cells name participants, and their rows are flows.
        self.declare_each(trees, Phase::Words);
        self.declare_each(trees, Phase::Params);
        self.declare_each(trees, Phase::Participants);
        self.read_flow_tables(trees);
        self.declare_each(trees, Phase::Flows);
        self.somebody();
    }

    /// A flow whose ends are unknown stands at the first participant: where flows are and no participant, one is
    /// made up, so that every id names something. Such a model has errors and is never solved.
    fn somebody(&mut self) {
        if self.model.participants.is_empty() && !self.model.flows.is_empty() {
            let declared = Declared::built_in("nobody");
            let item = self.model.flow(FlowId::at(0)).item;
            self.model.participants.push(blank_participant(declared, item));
        }
    }

    fn built_in(&mut self) {
        for name in UnitTable::default().names() {
            let id = ValueId::at(self.model.values.len());
            self.model.values.push(Value { declared: Declared::built_in(name), kind: ValueKind::BuiltIn });
            self.names.values.insert(name.to_owned(), id);
        }
        for (place, name) in MEDIA.into_iter().enumerate() {
            self.model.media.push(Declared::built_in(name));
            self.names.media.insert(name.to_owned(), MediumId::at(place));
        }
        for (place, name) in ROLES.into_iter().enumerate() {
            self.model.roles.push(Declared::built_in(name));
            self.names.roles.insert(name.to_owned(), RoleId::at(place));
        }
    }

    fn declare_each(&mut self, trees: &[Ast], phase: Phase) {
        for tree in trees {
            for item in &tree.items {
                if phase_of(&item.kind) == Some(phase) {
                    self.declare(tree, item);
                }
            }
        }
    }

    fn declare(&mut self, tree: &Ast, item: &Item) {
        match &item.kind {
            ItemKind::Model { title } => self.declare_model(*title, item.span),
            ItemKind::Currency { name, .. } => self.declare_value(*name, ValueKind::Currency { worth: None }),
            ItemKind::Units { names } => {
                for name in names {
                    self.declare_value(*name, ValueKind::Unit);
                }
            }
            ItemKind::DerivedUnit { name, .. } => {
                self.declare_value(*name, ValueKind::DerivedUnit { worth: unknown(name.span) });
            }
            ItemKind::Medium { name, label } => self.declare_medium(*name, *label),
            ItemKind::Role { name, label } => self.declare_role(*name, *label),
            ItemKind::Measure { name, .. } => self.declare_measure(*name),
            ItemKind::Param(param) => {
                let value = Arc::new(unknown(param.name.span));
                let blank = Param { value, row: None, range: None, distribution: None };
                self.declare_value(param.name, ValueKind::Param(Box::new(blank)));
            }
            ItemKind::Participant(participant) => self.declare_participant(participant, tree, item),
            ItemKind::Flow(flow) => self.declare_flow(flow, tree, item),
            ItemKind::Analysis(analysis) => {
                let id = AnalysisId::at(self.model.analyses.len());
                if self.declare_thing(analysis.name, Thing::Analysis(id)) {
                    let declared = self.declared(analysis.name, analysis.label);
                    self.model.analyses.push(Self::blank_analysis(declared, item.span));
                }
            }
            ItemKind::Scenario(scenario) => self.declare_scenario(scenario),
            ItemKind::Later { name: Some(name), .. } => {
                let name = self.spelled(*name);
                self.names.lost.insert(name.into_owned());
            }
            ItemKind::Import(import) if import.kind == ImportKind::Flows => {
                self.declare_flows_of(import.path.span);
            }
            ItemKind::Import(import) => self.read_import(import, item.span),
            ItemKind::Expect { .. }
            | ItemKind::Use { .. }
            | ItemKind::Set { .. }
            | ItemKind::Change { .. }
            | ItemKind::Remove { .. }
            | ItemKind::Later { name: None, .. } => {}
        }
    }

    pub(super) fn declared(&self, name: Name, label: Option<Text>) -> Declared {
        let label = label.map(|label| self.unquoted(label));
        Declared { name: self.spelled(name).into_owned(), label, span: Some(name.span) }
    }

    fn declare_model(&mut self, title: Text, span: Span) {
        match self.titled {
            Some(first) => self.fault(faults::second_model(span, first)),
            None => {
                self.model.title = Some(self.unquoted(title));
                self.titled = Some(span);
            }
        }
    }

    fn declare_value(&mut self, name: Name, kind: ValueKind) {
        let spelled = self.spelled(name);
        // A reserved word has been reported as one.
        if syntax::words::is_reserved(&spelled) {
            return;
        }
        if let Some(first) = self.names.values.get(&*spelled) {
            let first = self.model.value(*first).declared.span;
            self.fault(faults::twice(&spelled, name.span, first));
            return;
        }
        let declared = Declared { name: spelled.to_string(), label: None, span: Some(name.span) };
        self.names.values.insert(spelled.into_owned(), ValueId::at(self.model.values.len()));
        self.model.values.push(Value { declared, kind });
    }

    fn declare_measure(&mut self, name: Name) {
        let (before, id) = (self.model.values.len(), MeasureId::at(self.model.measures.len()));
        self.declare_value(name, ValueKind::Measure { id, unit: unknown(name.span) });
        if self.model.values.len() > before {
            self.model.measures.push(ValueId::at(before));
        }
    }

    fn declare_medium(&mut self, name: Name, label: Option<Text>) {
        let declared = self.declared(name, label);
        if let Some(first) = self.names.media.get(&declared.name) {
            let first = self.model.media[first.index()].span;
            self.fault(faults::twice(&declared.name, name.span, first));
            return;
        }
        self.names.media.insert(declared.name.clone(), MediumId::at(self.model.media.len()));
        self.model.media.push(declared);
    }

    fn declare_role(&mut self, name: Name, label: Option<Text>) {
        let declared = self.declared(name, label);
        if let Some(first) = self.names.roles.get(&declared.name) {
            let first = self.model.roles[first.index()].span;
            self.fault(faults::twice(&declared.name, name.span, first));
            return;
        }
        self.names.roles.insert(declared.name.clone(), RoleId::at(self.model.roles.len()));
        self.model.roles.push(declared);
    }

    /// Whether the name was free.
    pub(super) fn declare_thing(&mut self, name: Name, thing: Thing) -> bool {
        let spelled = self.spelled(name);
        match self.names.declared(&spelled) {
            Some(first) => {
                let first = self.span_of(first);
                self.fault(faults::twice(&spelled, name.span, first));
                false
            }
            None => {
                self.names.things.insert(&spelled, thing);
                true
            }
        }
    }

    fn declare_participant(&mut self, participant: &ast::Participant, tree: &Ast, item: &Item) {
        let id = ParticipantId::at(self.model.participants.len());
        if self.declare_thing(participant.name, Thing::Participant(id)) {
            let declared = self.declared(participant.name, participant.label);
            let doc = syntax::doc(tree, item, self.sources.file(tree.file));
            let blank = blank_participant(declared, item.span);
            self.model.participants.push(DeclaredParticipant { doc, ..blank });
        }
    }

    fn declare_flow(&mut self, flow: &ast::Flow, tree: &Ast, item: &Item) {
        let declared = self.declared(flow.name, flow.label);
        let doc = syntax::doc(tree, item, self.sources.file(tree.file));
        let first = self.model.flows.len();
        let hops = flow.stops.len() - 1;
        if hops == 1 {
            if self.declare_thing(flow.name, Thing::Flow(FlowId::at(first))) {
                self.model.flows.push(blank_flow(declared, item.span, doc, None));
            }
            return;
        }
        let chain = ChainId::at(self.model.chains.len());
        if self.declare_thing(flow.name, Thing::Chain(chain)) {
            for hop in 1..=hops {
                // A name in quotes may look like a hop's: then there are two of one name.
                let name = format!("{}.{hop}", declared.name);
                if let Some(first) = self.names.things.insert(&name, Thing::Flow(FlowId::at(first + hop - 1)))
                {
                    let first = self.span_of(first);
                    self.fault(faults::twice(&name, flow.name.span, first));
                }
                let declared = Declared { name: format!("{}.{hop}", declared.name), ..declared.clone() };
                self.model.flows.push(blank_flow(declared, item.span, doc.clone(), Some(chain)));
            }
            let hops = (first..first + hops).map(FlowId::at).collect();
            self.model.chains.push(Chain { declared, hops });
        }
    }

    /// Settings of the command line that name no param.
    pub(super) fn check_settings(&mut self) {
        let settings: &[Setting] = self.settings;
        for setting in settings {
            let known = self.names.values.get(&setting.name).map(|id| &self.model.value(*id).kind);
            if !matches!(known, Some(ValueKind::Param(_))) {
                let params =
                    self.model.values.iter().filter(|value| matches!(value.kind, ValueKind::Param(_)));
                let names = params.map(|value| value.declared.name.as_str());
                let fault = faults::unknown_setting(&setting.name, setting.span, names);
                self.fault(fault);
            }
        }
    }
}

impl Resolver<'_> {
    /// Where a thing is declared.
    pub(super) fn span_of(&self, thing: Thing) -> Option<Span> {
        match thing {
            Thing::Participant(id) => self.model.participant(id).span,
            Thing::Flow(id) => self.model.flow(id).span,
            Thing::Chain(id) => self.model.chains[id.index()].declared.span,
            Thing::Analysis(id) => self.model.analysis(id).declared.span,
            Thing::Scenario(place) => self.model.scenarios.get(place as usize)?.span,
            Thing::Row(span) => Some(span),
            Thing::Lost => None,
        }
    }
}

pub(super) fn unknown(span: Span) -> Expr {
    Expr { span, kind: ExprKind::Unknown }
}

/// A participant of which nothing more is known.
fn blank_participant(declared: Declared, item: Span) -> DeclaredParticipant {
    DeclaredParticipant {
        declared,
        item,
        doc: None,
        role: RoleId::at(0),
        company: None,
        given: Vec::new(),
        unlimited: Vec::new(),
    }
}

fn blank_flow(declared: Declared, item: Span, doc: Option<String>, chain: Option<ChainId>) -> DeclaredFlow {
    let nobody = ParticipantId::at(0);
    DeclaredFlow {
        declared,
        item,
        doc,
        medium: MediumId::at(0),
        tail: nobody,
        head: nobody,
        via: Vec::new(),
        given: Vec::new(),
        payer: None,
        earner: None,
        rest: None,
        rides: None,
        tags: Vec::new(),
        integral: None,
        chain,
    }
}
