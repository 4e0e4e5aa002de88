//! The cells of one column in one group of rows, across its pages.

use super::ParquetFault;
use super::footer::Chunk;
use super::pages::{Limits, Pages};
use super::runs::Runs;
use super::schema::Cells;
use super::values::{Dictionary, Value, Values};

/// Reads a column cell by cell; one page of it is unpacked at a time, and its dictionary.
#[derive(Debug)]
pub(super) struct Reader<'b> {
    pub cells: Cells,
    pages: Pages<'b>,
    dictionary: Option<Dictionary<'b>>,
    values: Option<Values<'b>>,
    /// Which cells of the page have a value.
    levels: Option<Runs>,
    /// How many cells of the page have not been read.
    left: usize,
}

impl<'b> Reader<'b> {
    pub fn of(file: &'b [u8], chunk: Chunk, cells: Cells) -> Result<Self, ParquetFault> {
        let pages = Pages::of(file, chunk)?;
        Ok(Self { cells, pages, dictionary: None, values: None, levels: None, left: 0 })
    }

    /// The next cell; nothing in it, where it is empty.
    pub fn next(&mut self, limits: &mut Limits) -> Result<Option<Value<'_>>, ParquetFault> {
        while self.left == 0 {
            self.turn(limits)?;
        }
        self.left -= 1;
        let values = self.values.as_mut().ok_or(ParquetFault::Damaged)?;
        if let Some(levels) = &mut self.levels
            && levels.next(&values.page.bytes).ok_or(ParquetFault::Damaged)? == 0
        {
            return Ok(None);
        }
        values.next(self.dictionary.as_ref()).map(Some).ok_or(ParquetFault::Damaged)
    }

    /// Goes on to the next page; a chunk that ends before its rows is damaged.
    fn turn(&mut self, limits: &mut Limits) -> Result<(), ParquetFault> {
        let optional = self.cells.optional;
        let page = self.pages.next(optional, limits)?.ok_or(ParquetFault::Damaged)?;
        if page.is_dictionary {
            self.dictionary = Some(Dictionary::of(page, self.cells.stored)?);
            return Ok(());
        }
        self.left = page.count;
        self.levels = optional.then(|| Runs::new(page.levels.start, page.levels.end, 1));
        self.values = Some(Values::of(page, self.cells.stored)?);
        Ok(())
    }
}
