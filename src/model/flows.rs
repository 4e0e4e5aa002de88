//! All flows of a model, in declaration order: those of the source one by one, those of tables in columns.

use super::{DeclaredFlow, Flow, FlowId, FlowRows, ImportId};

/// The flows of a model.
///
/// Invariant: the runs follow one another without a gap, and none is empty.
#[derive(Debug, Default)]
pub struct Flows {
    runs: Vec<Run>,
    count: usize,
}

/// Flows that stand together.
#[derive(Debug)]
struct Run {
    first: usize,
    flows: Kind,
}

#[derive(Debug)]
enum Kind {
    Source(Vec<DeclaredFlow>),
    Table(Box<FlowRows>),
}

impl Flows {
    #[must_use]
    pub const fn len(&self) -> usize {
        self.count
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many stand in tables.
    #[must_use]
    pub fn in_tables(&self) -> usize {
        let count = |run: &Run| if let Kind::Table(rows) = &run.flows { rows.len() } else { 0 };
        self.runs.iter().map(count).sum()
    }

    /// Adds a flow of the source.
    pub fn push(&mut self, flow: DeclaredFlow) {
        match self.runs.last_mut() {
            Some(Run { flows: Kind::Source(flows), .. }) => flows.push(flow),
            _ => self.runs.push(Run { first: self.count, flows: Kind::Source(vec![flow]) }),
        }
        self.count += 1;
    }

    /// Adds the flows of a table.
    pub fn append(&mut self, mut rows: FlowRows) {
        rows.finish();
        let (first, count) = (self.count, rows.len());
        if count > 0 {
            self.runs.push(Run { first, flows: Kind::Table(Box::new(rows)) });
        }
        self.count += count;
    }

    /// The run that a flow is in, and its place there.
    #[inline]
    fn run(&self, id: FlowId) -> (usize, usize) {
        let behind = self.runs.partition_point(|run| run.first <= id.index());
        let run = behind.saturating_sub(1);
        (run, id.index() - self.runs.get(run).map_or(0, |run| run.first))
    }

    /// The flow of an id.
    #[must_use]
    #[inline]
    pub fn get(&self, id: FlowId) -> Flow<'_> {
        let (run, place) = self.run(id);
        match &self.runs[run].flows {
            Kind::Source(flows) => Flow::of(&flows[place]),
            Kind::Table(rows) => rows.get(place),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Flow<'_>> {
        self.runs.iter().flat_map(|run| {
            let (source, table) = match &run.flows {
                Kind::Source(flows) => (flows.as_slice(), None),
                Kind::Table(rows) => (&[][..], Some(rows)),
            };
            let of_table = table.into_iter().flat_map(|rows| (0..rows.len()).map(|place| rows.get(place)));
            source.iter().map(Flow::of).chain(of_table)
        })
    }

    /// A flow of the source, to be filled.
    pub fn declared(&mut self, id: FlowId) -> Option<&mut DeclaredFlow> {
        let (run, place) = self.run(id);
        match &mut self.runs.get_mut(run)?.flows {
            Kind::Source(flows) => flows.get_mut(place),
            Kind::Table(_) => None,
        }
    }

    /// The flows of an import, to be filled; nothing where it has none.
    pub fn of_import(&mut self, import: ImportId) -> Option<&mut FlowRows> {
        self.runs.iter_mut().find_map(|run| match &mut run.flows {
            Kind::Table(rows) if rows.import() == import => Some(rows.as_mut()),
            _ => None,
        })
    }
}
