//! All flows of a model, in declaration order.

use super::runs::{At, Runs};
use super::{DeclaredFlow, Flow, FlowId, FlowRows, ImportId};

/// The flows of a model: those of the source one by one, those of tables in columns.
#[derive(Debug, Default)]
pub struct Flows(Runs<DeclaredFlow, FlowRows>);

fn shown(at: At<'_, DeclaredFlow, FlowRows>) -> Flow<'_> {
    match at {
        At::Source(flow) => Flow::of(flow),
        At::Row(rows, place) => rows.get(place),
    }
}

impl Flows {
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many stand in tables.
    #[must_use]
    pub fn in_tables(&self) -> usize {
        self.0.in_tables()
    }

    /// Adds a flow of the source.
    pub fn push(&mut self, flow: DeclaredFlow) {
        self.0.push(flow);
    }

    /// Adds the flows of a table.
    pub fn append(&mut self, mut rows: FlowRows) {
        rows.finish();
        self.0.append(rows);
    }

    /// The flow of an id.
    #[must_use]
    #[inline]
    pub fn get(&self, id: FlowId) -> Flow<'_> {
        shown(self.0.at(id.index()))
    }

    pub fn iter(&self) -> impl Iterator<Item = Flow<'_>> {
        self.0.all().map(shown)
    }

    /// A flow of the source, to be filled.
    pub fn declared(&mut self, id: FlowId) -> Option<&mut DeclaredFlow> {
        self.0.declared(id.index())
    }

    /// The flows of an import, to be filled; nothing where it has none.
    pub fn of_import(&mut self, import: ImportId) -> Option<&mut FlowRows> {
        self.0.tables_mut().find(|rows| rows.import() == import)
    }
}
