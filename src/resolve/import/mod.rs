//! Imports: the rows of a table as participants, flows or params.
//!
//! A table is read once, row by row, before the names of the model are looked up: its rows declare some of them.
//! What a value says of a row is not read but kept: values stay expressions, which all rows share, and of the rows
//! only the numbers that those name are kept. See [`crate::model::Import`].

mod bad;
mod compile;
mod fill;
mod group;
mod make;
mod named;
mod party;
mod plan;
mod read;
mod row;
mod words;

pub(super) use fill::Scope;
pub(super) use named::names_of;

use std::collections::BTreeMap;

use crate::exact::Numbers;
use crate::model::{FlowRows, ImportId, ValueId};
use crate::source::{FileId, Span};
use crate::stop::Progress;
use crate::syntax::ast::{Ast, Import, ImportKind, ItemKind};

use super::Resolver;

/// What was read of the tables, by where their imports name them.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The tables that could be loaded.
    pub files: BTreeMap<Span, FileId>,
    /// Imports that were read; their flows wait for their place in the order of declarations.
    pub read: BTreeMap<Span, Read>,
    /// What rows of flows are called by that have no names of their own.
    pub stems: BTreeMap<Span, String>,
    /// How many rows of each import may be bad, and are left out then.
    pub most_bad: usize,
    /// Moved by each row.
    pub progress: Progress,
    /// Whether a table could not be read, or not all of it: names that nobody declares may be its.
    pub incomplete: bool,
}

/// An import that was read.
#[derive(Debug)]
pub(super) struct Read {
    pub id: ImportId,
    pub scope: Scope,
    /// Its flows, until they have their place among the model's.
    pub flows: Option<FlowRows>,
    /// The values that rows of params are.
    pub params: Vec<ValueId>,
}

/// What the rows of a table become.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// How many participants they are.
    pub participants: usize,
    /// Where rows are flows.
    pub flows: Option<FlowRows>,
    pub params: Vec<ValueId>,
    pub columns: Vec<Numbers>,
}

impl Resolver<'_> {
    /// Reads all tables of flows, those first that declare participants: others may name these.
    pub(super) fn read_flow_tables(&mut self, trees: &[Ast]) {
        self.name_stems(trees);
        for declares in [true, false] {
            for tree in trees {
                for item in &tree.items {
                    if let ItemKind::Import(import) = &item.kind
                        && import.kind == ImportKind::Flows
                        && self.gives(import, "role") == declares
                    {
                        self.read_import(import, item.span);
                    }
                }
            }
        }
    }

    /// Calls each table by its file, and by how often files of this name were imported before.
    fn name_stems(&mut self, trees: &[Ast]) {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for item in trees.iter().flat_map(|tree| &tree.items) {
            let ItemKind::Import(import) = &item.kind else { continue };
            let path = import.path.span;
            let Some(file) = self.tables.files.get(&path).filter(|_| import.kind == ImportKind::Flows) else {
                continue;
            };
            let named = &self.sources.file(*file).path;
            let name = named.rsplit('/').next().unwrap_or(named);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
            let before = times.entry(stem.clone()).or_default();
            *before += 1;
            let called = if *before == 1 { stem } else { format!("{stem}/{before}") };
            self.tables.stems.insert(path, called);
        }
    }

    /// Whether an import has an attribute of this name.
    fn gives(&self, import: &Import, key: &str) -> bool {
        import.attributes.iter().any(|attribute| self.normal(attribute.key.span) == key)
    }
}
