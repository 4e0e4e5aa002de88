//! Parquet files: the columns that are asked for as a text of rows, so that all that holds of such texts holds of them.
//!
//! The format is read here itself, as workbooks are: a file says how many bytes and values there are, and here every
//! such claim is held against the bytes that it stands for before anything is set aside. The crate of the format is
//! for files that mean well: it follows groups in groups as deep as they go, makes room for as many fields and values
//! of a dictionary as are claimed, and panics at a text that is cut off. Tests write with it what is read here. This
//! is the only folder that names the crates of Snappy and gzip.

mod codec;
mod footer;
mod pages;
mod reader;
mod runs;
mod schema;
mod thrift;
mod values;
mod written;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use super::quoted::push_quoted;
use crate::source::{LeftOut, MOST_BYTES, Unread};
use footer::{Chunk, Footer, Group};
use pages::Limits;
use reader::Reader;
use schema::{Cells, Column, Meant};

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParquetFault {
    /// It begins or ends as no such file does.
    NoParquet,
    /// Parts of it are encrypted.
    Locked,
    /// Its values lie in other files.
    Elsewhere,
    /// It says what no program writes, or is cut off.
    Damaged,
    /// What is read of it, or its rows as a text, are more than [`MOST_BYTES`].
    TooLarge,
    /// Values are written in a way that is not read, by its name.
    Encoding(&'static str),
    /// A row, from 1, and a column whose cell there is no UTF-8.
    NotText(usize, String),
    /// No column can be read: the first of them, and why.
    NoColumn(Option<(String, Unread)>),
}

/// The columns that are asked for as a text with a header, and those that it does not have.
#[derive(Debug)]
pub struct Columns {
    pub text: String,
    pub left_out: Vec<LeftOut>,
}

/// A column by the name that an import gives it.
fn called(column: &Column) -> String {
    column.name.trim().nfc().collect()
}

/// Why a column cannot be read, if so: by its kind, or by how its values are packed.
fn unread(column: &Column, footer: &Footer) -> Option<Unread> {
    if let Err(why) = &column.cells {
        return Some(why.clone());
    }
    let chunks = footer.groups.iter().filter_map(|group| group.chunks.get(column.leaf));
    chunks.filter_map(|chunk| chunk.codec.unread()).next().map(|name| Unread::Packed(name.to_owned()))
}

/// Reads the columns of these names; where no column has one, the first, since rows count even so.
///
/// # Errors
/// [`ParquetFault`]
pub fn columns(bytes: &[u8], wanted: &BTreeSet<String>) -> Result<Columns, ParquetFault> {
    let footer = Footer::of(bytes)?;
    let mut known: Vec<(&Column, Option<Unread>)> =
        footer.columns.iter().map(|column| (column, unread(column, &footer))).collect();
    let named = |column: &Column| wanted.contains(&called(column));
    let any = known.iter().any(|(column, why)| why.is_none() && named(column));
    let first = known.iter().position(|(_, why)| why.is_none());
    let mut read = Vec::new();
    for (place, (column, why)) in known.iter_mut().enumerate() {
        let asked = if any { named(column) } else { Some(place) == first };
        match &column.cells {
            Ok(cells) if why.is_none() && asked => read.push((*column, *cells)),
            _ => drop(why.get_or_insert(Unread::NotAsked)),
        }
    }
    if read.is_empty() {
        let first = known.into_iter().next();
        return Err(ParquetFault::NoColumn(
            first.and_then(|(column, why)| why.map(|why| (called(column), why))),
        ));
    }
    let text = Rows::of(&footer, &read)?.read(bytes)?;
    let left_out = known
        .into_iter()
        .filter_map(|(column, why)| why.map(|why| LeftOut { name: called(column), why }))
        .collect();
    Ok(Columns { text, left_out })
}

/// Rows as they are put together.
struct Rows<'f> {
    groups: &'f [Group],
    read: &'f [(&'f Column, Cells)],
    text: String,
    count: usize,
}

impl<'f> Rows<'f> {
    /// Begins with the names.
    fn of(footer: &'f Footer, read: &'f [(&'f Column, Cells)]) -> Result<Self, ParquetFault> {
        // Each cell takes a byte at least.
        if footer.rows().saturating_mul(read.len()) > MOST_BYTES {
            return Err(ParquetFault::TooLarge);
        }
        let mut rows = Self { groups: &footer.groups, read, text: String::new(), count: 0 };
        for (place, (column, _)) in read.iter().enumerate() {
            rows.begin_cell(place);
            push_quoted(&mut rows.text, &column.name);
        }
        rows.end_row(0)?;
        Ok(rows)
    }

    fn read(mut self, bytes: &[u8]) -> Result<String, ParquetFault> {
        let mut limits = Limits { read: bytes.len(), unpacked: MOST_BYTES };
        for group in self.groups {
            let chunk = |column: &Column| group.chunks.get(column.leaf).copied();
            let reader = |(column, cells): &(&Column, Cells)| -> Result<Reader<'_>, ParquetFault> {
                let chunk: Chunk = chunk(column).ok_or(ParquetFault::Damaged)?;
                Reader::of(bytes, chunk, *cells)
            };
            let mut readers = self.read.iter().map(reader).collect::<Result<Vec<_>, _>>()?;
            for _ in 0..group.rows {
                self.row(&mut readers, &mut limits)?;
            }
        }
        Ok(self.text)
    }

    fn row(&mut self, readers: &mut [Reader<'_>], limits: &mut Limits) -> Result<(), ParquetFault> {
        self.count += 1;
        let start = self.text.len();
        for (place, reader) in readers.iter_mut().enumerate() {
            self.begin_cell(place);
            let cells = reader.cells;
            if let Some(value) = reader.next(limits)?
                && written::push(&mut self.text, value, cells).is_none()
            {
                let name = self.read.get(place).map_or_else(String::new, |(column, _)| called(column));
                return Err(match cells.meant {
                    Meant::Text => ParquetFault::NotText(self.count, name),
                    _ => ParquetFault::Damaged,
                });
            }
        }
        self.end_row(start)
    }

    fn begin_cell(&mut self, place: usize) {
        if place > 0 {
            self.text.push(',');
        }
    }

    /// A row of one empty cell would be an empty line, and no row.
    fn end_row(&mut self, start: usize) -> Result<(), ParquetFault> {
        if self.text.len() == start {
            self.text.push_str("\"\"");
        }
        self.text.push('\n');
        if self.text.len() > MOST_BYTES { Err(ParquetFault::TooLarge) } else { Ok(()) }
    }
}
