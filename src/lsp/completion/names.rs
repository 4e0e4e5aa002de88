//! What a model declares, as offers.

use std::path::Path;

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::block::Place;
use super::super::view::View;
use super::Offer;
use crate::check::Checked;
use crate::diagnostic::spelled;
use crate::model::{AnalysisKind, Model, ParticipantId, ValueKind};
use crate::source::{FileId, Files as _, SourceFile};
use crate::table::Table;

/// So many rows of tables are offered; more are found by their first letters.
const MOST_ROWS: usize = 5_000;

/// A larger table is looked into only where the model has read it.
const MOST_TABLE_BYTES: u64 = 16 << 20;

/// The names that are in sight at a place: those of the scenario that it stands in.
pub(super) struct Names<'a> {
    view: &'a View<'a>,
    /// Where the word at the cursor begins.
    at: usize,
    pub checked: &'a Checked,
    /// The letters that are there, in lower case: of very many names only those that have them.
    begun: String,
}

impl<'a> Names<'a> {
    pub fn of(view: &'a View<'a>, place: &Place) -> Self {
        let states = &view.model.opened.states;
        let scenario =
            place.frames.iter().find(|frame| frame.opener == "scenario").map(|frame| frame.name.as_str());
        let inside = states.iter().find(|state| {
            state.laid.as_ref().is_some_and(|laid| Some(laid.scenario.name.as_str()) == scenario)
        });
        let begun = view.text()[place.word.clone()].trim_start_matches('\'').to_lowercase();
        Self { view, at: place.word.start, checked: &inside.unwrap_or(&states[0]).checked, begun }
    }

    /// Whether a name has the letters that are there.
    fn fits(&self, name: &str) -> bool {
        self.begun.is_empty() || name.to_lowercase().contains(&self.begun)
    }

    pub fn model(&self) -> &'a Model {
        &self.checked.model
    }

    pub fn participants(&self) -> Vec<Offer> {
        let model = self.model();
        let role =
            |role: crate::model::RoleId| model.roles.get(role.index()).map_or("", |role| role.name.as_str());
        let some = model.participants.iter().filter(|one| self.fits(one.name)).take(MOST_ROWS);
        some.map(|one| {
            let detail = one
                .label
                .map_or_else(|| role(one.role).to_owned(), |label| format!("{} · {label}", role(one.role)));
            let offer = Offer::new(spelled(one.name), Kind::Class).detail(detail);
            Offer { documentation: one.doc.map(str::to_owned), ..offer }
        })
        .collect()
    }

    /// Flows and chains; with their hops, where one flow is asked for.
    pub fn flows(&self, hops: bool) -> Vec<Offer> {
        let model = self.model();
        let name = |id: ParticipantId| model.participant(id).name;
        let ids = model.flow_ids().filter(|id| {
            let flow = model.flow(*id);
            (hops || flow.chain.is_none()) && self.fits(&flow.name.to_string())
        });
        let ids = ids.take(MOST_ROWS);
        let flows = ids.map(|id| {
            let flow = model.flow(id);
            let label =
                if flow.chain.is_some() { flow.name.to_string() } else { spelled(&flow.name.to_string()) };
            let detail =
                format!("{} flow · {} → {}", model.medium(flow.medium), name(flow.tail), name(flow.head));
            Offer {
                documentation: flow.doc.map(str::to_owned),
                ..Offer::new(label, Kind::Event).detail(detail)
            }
        });
        let chains = model.chains.iter().map(|chain| {
            let detail = format!("chain of {} hops", chain.hops.len());
            Offer::new(spelled(&chain.declared.name), Kind::Event).detail(detail)
        });
        flows.chain(chains).collect()
    }

    pub fn analyses(&self) -> Vec<Offer> {
        let all = self.model().analyses.iter();
        all.map(|one| Offer::new(spelled(&one.declared.name), Kind::Function).detail(one.kind.word()))
            .collect()
    }

    pub fn scenarios(&self) -> Vec<Offer> {
        let all = self.view.model.opened.base().checked.model.scenarios.iter();
        all.map(|one| Offer::new(spelled(&one.name), Kind::Module)).collect()
    }

    /// What a scenario can change or remove.
    pub fn changeable(&self) -> Vec<Offer> {
        let mut all = self.participants();
        all.extend(self.flows(false));
        all.extend(self.analyses());
        all
    }

    pub fn media(&self) -> Vec<Offer> {
        self.model()
            .media
            .iter()
            .map(|one| declared(&one.name, one.label.as_deref(), Kind::EnumMember))
            .collect()
    }

    pub fn is_medium(&self, word: &str) -> bool {
        self.model().media.iter().any(|one| one.name == word)
    }

    pub fn roles(&self) -> Vec<Offer> {
        self.model()
            .roles
            .iter()
            .map(|one| declared(&one.name, one.label.as_deref(), Kind::EnumMember))
            .collect()
    }

    pub fn tags(&self) -> Vec<Offer> {
        self.model()
            .tags
            .iter()
            .map(|one| Offer::new(spelled(&one.name), Kind::Constant).detail("tag"))
            .collect()
    }

    pub fn params(&self) -> Vec<Offer> {
        self.values(|kind| matches!(kind, ValueKind::Param(_)), Kind::Variable)
    }

    pub fn measures(&self) -> Vec<Offer> {
        self.values(|kind| matches!(kind, ValueKind::Measure { .. }), Kind::Property)
    }

    /// Units and currencies.
    pub fn units(&self) -> Vec<Offer> {
        self.values(|kind| !matches!(kind, ValueKind::Param(_) | ValueKind::Measure { .. }), Kind::Unit)
    }

    fn values(&self, wanted: impl Fn(&ValueKind) -> bool, kind: Kind) -> Vec<Offer> {
        let all =
            self.model().values.iter().zip(&self.checked.values).filter(|(value, _)| wanted(&value.kind));
        all.map(|(value, quantity)| {
            let shown = quantity.as_ref().filter(|_| kind == Kind::Variable);
            let detail = shown.map(|quantity| format!("= {}", self.checked.units.shown(quantity)));
            Offer { detail, ..Offer::new(spelled(&value.declared.name), kind) }
        })
        .collect()
    }

    /// Whether a name is that of a chain.
    pub fn is_chain(&self, name: &str) -> bool {
        self.model().chains.iter().any(|chain| spelled(&chain.declared.name) == name)
    }

    /// What a name is, as the first word of its declaration.
    pub fn kind_of(&self, name: &str) -> &'static str {
        let model = self.model();
        if model.participants.iter().any(|one| spelled(one.name) == name) {
            return "participant";
        }
        let analysis = model.analyses.iter().find(|one| spelled(&one.declared.name) == name);
        analysis.map_or("flow", |one| one.kind.word())
    }

    /// What kind of analysis a name is.
    pub fn analysis(&self, name: &str) -> Option<AnalysisKind> {
        Some(self.model().analyses.iter().find(|one| spelled(&one.declared.name) == name)?.kind)
    }

    /// The columns of the table that the import around the place names, be the import whole or not.
    pub fn columns(&self) -> Vec<Offer> {
        let before = self.view.text().get(..self.at).unwrap_or("");
        let named = before.rsplit_once("from \"").and_then(|(_, rest)| rest.split_once('"'));
        let Some((named, _)) = named else { return Vec::new() };
        let own = self.view.model.paths.get(self.view.file.0 as usize).and_then(|path| path.parent());
        let Some(path) = own.and_then(|folder| folder.join(named).canonicalize().ok()) else {
            return Vec::new();
        };
        let small = |path: &Path| self.view.desk.size(path).is_some_and(|size| size < MOST_TABLE_BYTES);
        let read = || {
            let is_text =
                path.extension().is_none_or(|ending| ["csv", "tsv", "txt"].iter().any(|one| ending == *one));
            let bytes = self.view.desk.read(&path).ok().filter(|_| is_text && small(&path))?;
            Table::of(FileId(0), &SourceFile::from_bytes(String::new(), bytes), None).ok()
        };
        let known = self
            .view
            .model
            .file(&path)
            .and_then(|file| Table::of(file, self.view.model.source(file), None).ok());
        let names = known.or_else(read).map(|table| table.names()).unwrap_or_default();
        names
            .into_iter()
            .map(|name| Offer::new(spelled(&name), Kind::Field).detail("column").rank(0))
            .collect()
    }

    /// Files that a `use` or an `import` may name, as far as the path is written.
    pub fn paths(&self, words: &[String], begun: &str) -> Vec<Offer> {
        let endings: &[&str] = match words.first().map(String::as_str) {
            Some("use") => &["loop"],
            Some("import") => &["csv", "tsv", "txt", "xlsx", "xlsm", "parquet"],
            _ => return Vec::new(),
        };
        let own = self.view.model.paths.get(self.view.file.0 as usize);
        let Some(folder) = own.and_then(|path| path.parent()) else { return Vec::new() };
        let stem = begun.rsplit_once('/').map_or("", |(stem, _)| stem);
        let Ok(entries) = std::fs::read_dir(folder.join(stem)) else { return Vec::new() };
        let mut offers = Vec::new();
        for entry in entries.filter_map(Result::ok).take(MOST_ROWS) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let label = if stem.is_empty() { name.clone() } else { format!("{stem}/{name}") };
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("");
            if name.starts_with('.') || own == Some(&path) {
                continue;
            }
            if path.is_dir() {
                offers.push(Offer::new(format!("{label}/"), Kind::Folder));
            } else if endings.contains(&ending) {
                offers.push(Offer::new(label, Kind::File).rank(0));
            }
        }
        offers
    }
}

fn declared(name: &str, label: Option<&str>, kind: Kind) -> Offer {
    let offer = Offer::new(name, kind);
    match label {
        Some(label) => offer.detail(label),
        None => offer,
    }
}
