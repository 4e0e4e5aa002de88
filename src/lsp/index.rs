//! Every place where a name stands, and what it stands for.

use crate::model::{Model, Symbol};
use crate::pipeline::Opened;
use crate::source::{FileId, Span};

/// A name at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub span: Span,
    /// In which state of the model `symbol` has its meaning.
    pub state: usize,
    pub symbol: Symbol,
    /// Where the name is declared; nowhere for what is built in.
    pub declared: Option<Span>,
}

impl Occurrence {
    pub fn declares(&self) -> bool {
        self.declared == Some(self.span)
    }
}

/// All of them, in the order of their places, each once.
#[derive(Debug, Default)]
pub(super) struct Index {
    all: Vec<Occurrence>,
}

impl Index {
    pub fn of(opened: &Opened) -> Self {
        let mut all = Vec::new();
        for (state, compilation) in opened.states.iter().enumerate() {
            let model = &compilation.checked.model;
            let mut add = |span, symbol| {
                all.push(Occurrence { span, state, symbol, declared: model.declared_at(symbol) });
            };
            for symbol in declared(model) {
                if let Some(span) = model.declared_at(symbol).filter(|span| opened.tree(span.file).is_some())
                {
                    add(span, symbol);
                }
            }
            model.uses.iter().for_each(|one| add(one.span, one.symbol));
        }
        // Of many states the first tells what a name means.
        all.sort_by_key(|one| (one.span, one.state));
        all.dedup_by_key(|one| one.span);
        let mut index = Self { all };
        index.add_named(&opened.named);
        index
    }

    /// Adds where scenarios name what they change: it means what is declared there.
    fn add_named(&mut self, named: &[(Span, Span)]) {
        if named.is_empty() {
            return;
        }
        let mut more: Vec<Occurrence> = Vec::new();
        for (span, declared) in named {
            if let Some(known) = self.at_span(*declared) {
                more.push(Occurrence { span: *span, ..*known });
            }
        }
        self.all.append(&mut more);
        self.all.sort_by_key(|one| (one.span, one.state));
        self.all.dedup_by_key(|one| one.span);
    }

    fn at_span(&self, span: Span) -> Option<&Occurrence> {
        let place = self.all.binary_search_by_key(&span, |one| one.span).ok()?;
        self.all.get(place)
    }

    /// What stands at a byte of a file, or ends there.
    pub fn at(&self, file: FileId, offset: usize) -> Option<&Occurrence> {
        let at = u32::try_from(offset).ok()?;
        let behind = self.all.partition_point(|one| (one.span.file, one.span.start) <= (file, at));
        // Names do not nest, but where one ends another may begin.
        let before = self.all[..behind].iter().rev().take(2);
        before.into_iter().find(|one| one.span.file == file && at <= one.span.end)
    }

    /// Every place of what is declared at a span, its declaration among them.
    pub fn of_declared(&self, declared: Span) -> impl Iterator<Item = &Occurrence> {
        self.all.iter().filter(move |one| one.declared == Some(declared))
    }

    /// Every place of something that is built in.
    pub fn of_built_in(&self, symbol: Symbol) -> impl Iterator<Item = &Occurrence> {
        self.all.iter().filter(move |one| one.declared.is_none() && one.symbol == symbol)
    }

    /// All names of a file.
    pub fn of_file(&self, file: FileId) -> &[Occurrence] {
        let start = self.all.partition_point(|one| one.span.file < file);
        let end = self.all.partition_point(|one| one.span.file <= file);
        &self.all[start..end]
    }
}

/// What a model declares that has a name; a hop is its chain's.
fn declared(model: &Model) -> Vec<Symbol> {
    use crate::model::{AnalysisId, ChainId, FlowId, MediumId, ParticipantId, RoleId, TagId, ValueId};
    let mut all: Vec<Symbol> = Vec::new();
    all.extend((0..model.values.len()).map(|place| Symbol::Value(ValueId::at(place))));
    all.extend((0..model.media.len()).map(|place| Symbol::Medium(MediumId::at(place))));
    all.extend((0..model.roles.len()).map(|place| Symbol::Role(RoleId::at(place))));
    all.extend((0..model.chains.len()).map(|place| Symbol::Chain(ChainId::at(place))));
    all.extend((0..model.analyses.len()).map(|place| Symbol::Analysis(AnalysisId::at(place))));
    all.extend((0..model.scenarios.len()).map(|place| Symbol::Scenario(u32::try_from(place).unwrap_or(0))));
    all.extend((0..model.tags.len()).map(|place| Symbol::Tag(TagId::at(place))));
    // Rows of tables have their names in the tables, and there may be a million of them.
    let source = |place: &usize| model.participant(ParticipantId::at(*place)).row.is_none();
    let participants = (0..model.participants.len()).filter(source);
    all.extend(participants.map(|place| Symbol::Participant(ParticipantId::at(place))));
    let own = |place: &usize| {
        let flow = model.flow(FlowId::at(*place));
        flow.row.is_none() && flow.chain.is_none()
    };
    all.extend((0..model.flows.len()).filter(own).map(|place| Symbol::Flow(FlowId::at(place))));
    all
}
