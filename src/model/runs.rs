//! What is declared, in declaration order: things of the source one by one, those of tables in columns.

/// Rows of a table that stand together.
pub trait Counted {
    fn count(&self) -> usize;
}

/// All things of one kind.
///
/// Invariant: the runs follow one another without a gap, and none is empty.
#[derive(Debug)]
pub struct Runs<S, R> {
    runs: Vec<Run<S, R>>,
    count: usize,
}

/// Things that stand together.
#[derive(Debug)]
struct Run<S, R> {
    first: usize,
    things: Kind<S, R>,
}

#[derive(Debug)]
enum Kind<S, R> {
    Source(Vec<S>),
    Table(Box<R>),
}

/// Where a thing is kept.
#[derive(Clone, Copy, Debug)]
pub enum At<'a, S, R> {
    Source(&'a S),
    /// The row at a place of a table.
    Row(&'a R, usize),
}

impl<S, R> Default for Runs<S, R> {
    fn default() -> Self {
        Self { runs: Vec::new(), count: 0 }
    }
}

impl<S, R: Counted> Runs<S, R> {
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
        self.tables().map(R::count).sum()
    }

    /// Adds a thing of the source.
    pub fn push(&mut self, thing: S) {
        match self.runs.last_mut() {
            Some(Run { things: Kind::Source(things), .. }) => things.push(thing),
            _ => self.runs.push(Run { first: self.count, things: Kind::Source(vec![thing]) }),
        }
        self.count += 1;
    }

    /// Adds the rows of a table.
    pub fn append(&mut self, rows: R) {
        let (first, count) = (self.count, rows.count());
        if count > 0 {
            self.runs.push(Run { first, things: Kind::Table(Box::new(rows)) });
        }
        self.count += count;
    }

    /// Adds one row to the table that came last, or begins another where this row is not of it.
    pub fn push_row(
        &mut self,
        is_of: impl Fn(&R) -> bool,
        begin: impl FnOnce() -> R,
        push: impl FnOnce(&mut R),
    ) {
        match self.runs.last_mut() {
            Some(Run { things: Kind::Table(rows), .. }) if is_of(rows) => push(rows),
            _ => {
                let mut rows = begin();
                push(&mut rows);
                self.runs.push(Run { first: self.count, things: Kind::Table(Box::new(rows)) });
            }
        }
        self.count += 1;
    }

    /// The run that a thing is in, and its place there.
    #[inline]
    fn run(&self, place: usize) -> (usize, usize) {
        let behind = self.runs.partition_point(|run| run.first <= place);
        let run = behind.saturating_sub(1);
        (run, place - self.runs.get(run).map_or(0, |run| run.first))
    }

    /// The thing at a place. Invariant asked of the caller: there is one.
    #[must_use]
    #[inline]
    pub fn at(&self, place: usize) -> At<'_, S, R> {
        let (run, place) = self.run(place);
        match &self.runs[run].things {
            Kind::Source(things) => At::Source(&things[place]),
            Kind::Table(rows) => At::Row(rows, place),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = At<'_, S, R>> {
        self.runs.iter().flat_map(|run| {
            let (source, table) = match &run.things {
                Kind::Source(things) => (things.as_slice(), None),
                Kind::Table(rows) => (&[][..], Some(&**rows)),
            };
            let of_table =
                table.into_iter().flat_map(|rows| (0..rows.count()).map(move |place| At::Row(rows, place)));
            source.iter().map(At::Source).chain(of_table)
        })
    }

    /// A thing of the source, to be filled.
    pub fn declared(&mut self, place: usize) -> Option<&mut S> {
        let (run, place) = self.run(place);
        match &mut self.runs.get_mut(run)?.things {
            Kind::Source(things) => things.get_mut(place),
            Kind::Table(_) => None,
        }
    }

    fn tables(&self) -> impl Iterator<Item = &R> {
        self.runs.iter().filter_map(|run| match &run.things {
            Kind::Table(rows) => Some(&**rows),
            Kind::Source(_) => None,
        })
    }

    pub fn tables_mut(&mut self) -> impl Iterator<Item = &mut R> {
        self.runs.iter_mut().filter_map(|run| match &mut run.things {
            Kind::Table(rows) => Some(rows.as_mut()),
            Kind::Source(_) => None,
        })
    }
}
