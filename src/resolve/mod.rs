//! Resolving: files joined, names turned into ids, attributes sorted by what they mean.
//!
//! What lives here: loading what `use` names, the two namespaces, and the resolution of every form of
//! declaration. No unit is checked and no value computed here.

mod analyses;
mod attributes;
mod claims;
mod confusable;
mod declare;
mod expressions;
mod faults;
mod files;
mod flows;
mod import;
mod index;
mod keys;
mod load_table;
mod names;
mod overlay;
mod restrictions;
mod scenarios;

pub use files::{Loaded, Overlay, Remembered, Setting, load};
pub use keys::keys_of;
pub use overlay::{Change, MOST_SCENARIOS, Named, overlaid, scenarios};

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use import::{Scope, Tables};
use names::{Names, Thing};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Symbol, Use};
use crate::source::{Sources, Span};
use crate::stop::Progress;
use crate::syntax;
use crate::syntax::ast::{Ast, Item, ItemKind, Name, Text};

/// The model that the files declare, and the faults of its names.
///
/// Errors: L0201–L0206, L0212, L0214–L0216, L0218, L0219, L0401–L0407, L0415, L0416, L0418; warnings L0211.
#[must_use]
pub fn resolve(
    loaded: Loaded,
    sources: &Sources,
    (most_bad, progress): (usize, &Progress),
) -> (Model, Vec<Diagnostic>, Vec<Ast>) {
    let Loaded { mut trees, settings, incomplete, tables, overlay, indexed, spelling: _ } = loaded;
    let mut resolver = Resolver {
        sources,
        settings: &settings,
        names: Names::default(),
        model: Model::default(),
        titled: None,
        faults: Vec::new(),
        tables: Tables { files: tables, most_bad, progress: progress.clone(), ..Tables::default() },
        scope: None,
        compared: Cell::new(0),
        uses: indexed.then(RefCell::default),
    };
    resolver.declare_all(&trees);
    resolver.check_scenarios(&trees);
    if !overlay.laid {
        // What a scenario uses is of use; the scenario itself is checked with all its uses.
        resolver.model.mentioned = scenarios::mentioned(&trees, |span| sources.text(span).to_owned());
    }
    resolver.model.participants.finish();
    // What tables lack stands in their cells; it is no shadow of a file that could not be had.
    let found = std::mem::take(&mut resolver.faults);
    for tree in &mut trees {
        // Trees are large, and nothing but an editor needs them after names: each item goes when it was read.
        for item in std::mem::take(&mut tree.items) {
            resolver.fill(&item);
            if indexed || matches!(item.kind, ItemKind::Analysis(_) | ItemKind::Expect { .. }) {
                tree.items.push(item);
            }
        }
    }
    for tree in &trees {
        resolver.fill_analyses(tree);
    }
    resolver.check_settings();
    resolver.tell_removed(&overlay.removed);
    resolver.check_confusable();
    if incomplete || resolver.tables.incomplete {
        // What the file that could not be had declares is not known: names that nobody declares are its fault.
        let unknown = [Code::L0201, Code::L0202, Code::L0203, Code::L0204, Code::L0205, Code::L0303];
        resolver.faults.retain(|fault| !unknown.contains(&fault.code));
        resolver.faults.iter_mut().for_each(|fault| fault.mend = None);
    }
    resolver.model.uses = resolver.uses.take().map(RefCell::into_inner).unwrap_or_default();
    (resolver.model, found.into_iter().chain(resolver.faults).collect(), trees)
}

/// A name as it is compared: in NFC.
#[must_use]
pub fn normalized(written: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization as _;
    if written.is_ascii() { Cow::Borrowed(written) } else { Cow::Owned(written.nfc().collect()) }
}

/// The state of one resolution.
struct Resolver<'a> {
    sources: &'a Sources,
    settings: &'a [Setting],
    names: Names,
    model: Model,
    /// Where the model's title stands.
    titled: Option<Span>,
    faults: Vec<Diagnostic>,
    tables: Tables,
    /// What names stand for in the values of the import that is being filled.
    scope: Option<Scope>,
    /// How many names were looked at for suggestions.
    compared: Cell<usize>,
    /// Where names are used, if anybody asks.
    uses: Option<RefCell<Vec<Use>>>,
}

/// Suggestions stop when so many names were looked at: with thousands of unknown names and thousands of known
/// ones, looking at all pairs would take minutes.
const MOST_COMPARED: usize = 200_000;

impl<'a> Resolver<'a> {
    /// How many names the next suggestion may look at: all, or none any more.
    fn patience(&self) -> usize {
        let compared = self.compared.get();
        if compared > MOST_COMPARED {
            return 0;
        }
        self.compared.set(compared + self.names.count());
        usize::MAX
    }

    /// The names of things of one kind, for suggestions, in alphabetical order; none any more, where all patience
    /// is spent.
    fn like(&self, kind: impl Fn(Thing) -> bool) -> Vec<&str> {
        if self.patience() == 0 { Vec::new() } else { self.names.like(kind) }
    }

    /// Takes note of what a name stands for.
    fn used(&self, name: Name, symbol: Symbol) {
        if let Some(uses) = &self.uses {
            uses.borrow_mut().push(Use { span: name.span, symbol });
        }
    }

    fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// A name as it is looked up: without quotes, in NFC.
    fn spelled(&self, name: Name) -> Cow<'a, str> {
        self.normal(name.span)
    }

    fn normal(&self, span: Span) -> Cow<'a, str> {
        match syntax::unquoted_name(self.sources.text(span)) {
            Cow::Borrowed(name) => normalized(name),
            Cow::Owned(name) => Cow::Owned(normalized(&name).into_owned()),
        }
    }

    /// What stands inside a string's quotes.
    fn unquoted(&self, text: Text) -> String {
        syntax::unquoted(self.sources.text(text.span))
    }

    /// Second pass: what each declaration says, now that all names are known.
    fn fill(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Currency { name, worth } => self.fill_currency(*name, worth.as_ref()),
            ItemKind::DerivedUnit { name, worth } => self.fill_unit(*name, worth),
            ItemKind::Measure { name, unit } => self.fill_measure(*name, unit),
            ItemKind::Param(param) => self.fill_param(param),
            ItemKind::Participant(participant) => self.fill_participant(participant),
            ItemKind::Flow(flow) => self.fill_flow(flow),
            ItemKind::Import(import) => self.fill_import(import),
            // They name tags, which all flows declare: see `fill_analyses`.
            ItemKind::Analysis(_) | ItemKind::Expect { .. } => {}
            ItemKind::Model { .. }
            | ItemKind::Units { .. }
            | ItemKind::Medium { .. }
            | ItemKind::Role { .. }
            | ItemKind::Use { .. }
            | ItemKind::Scenario(_)
            | ItemKind::Set { .. }
            | ItemKind::Change { .. }
            | ItemKind::Remove { .. }
            | ItemKind::Later { .. } => {}
        }
    }

    fn fill_analyses(&mut self, tree: &Ast) {
        for item in &tree.items {
            match &item.kind {
                ItemKind::Analysis(analysis) => self.fill_analysis(analysis, item.span),
                ItemKind::Expect { claim } => self.fill_claim(claim, item.span),
                _ => {}
            }
        }
    }
}
