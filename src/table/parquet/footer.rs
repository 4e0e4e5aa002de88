//! What stands at the end of a Parquet file: its columns, and where each group of rows has their values.

use super::ParquetFault;
use super::codec::Codec;
use super::schema::{self, Column};
use super::thrift::{Field, Thrift};

const MAGIC: &[u8] = b"PAR1";

/// The most bytes of what stands at the end: some hundred thousand chunks of columns. It takes more memory when it is
/// read, and says nothing of a row.
const MOST_BYTES: usize = 32 << 20;

/// A file that has been opened.
#[derive(Debug)]
pub(super) struct Footer {
    pub columns: Vec<Column>,
    pub groups: Vec<Group>,
}

/// Rows whose values lie together, column by column.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub rows: usize,
    /// By the leaves of the schema.
    pub chunks: Vec<Chunk>,
}

/// The values of one column in one group of rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chunk {
    pub codec: Codec,
    pub start: usize,
    pub bytes: usize,
}

/// What stands between the length at the end of a file and its rows.
fn section(bytes: &[u8]) -> Result<&[u8], ParquetFault> {
    let (rest, tail) = bytes.split_last_chunk::<8>().ok_or(ParquetFault::NoParquet)?;
    let [a, b, c, d, magic @ ..] = tail;
    if magic == b"PARE" {
        return Err(ParquetFault::Locked);
    }
    if magic != MAGIC || !rest.starts_with(MAGIC) {
        return Err(ParquetFault::NoParquet);
    }
    let length = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
    if length > MOST_BYTES {
        return Err(ParquetFault::TooLarge);
    }
    let start = rest.len().checked_sub(length).filter(|start| *start >= MAGIC.len());
    start.and_then(|start| rest.get(start..)).ok_or(ParquetFault::Damaged)
}

impl Footer {
    pub fn of(bytes: &[u8]) -> Result<Self, ParquetFault> {
        let mut thrift = Thrift::new(section(bytes)?);
        let (mut columns, mut groups, mut last) = (None, Vec::new(), 0);
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                2 => columns = Some(schema::columns(&mut thrift, field)?),
                4 => {
                    let count = thrift.structures(field)?;
                    groups = (0..count).map(|_| group(&mut thrift)).collect::<Result<_, _>>()?;
                }
                8 => return Err(ParquetFault::Locked),
                _ => thrift.skip(field)?,
            }
        }
        Ok(Self { columns: columns.ok_or(ParquetFault::Damaged)?, groups })
    }

    pub fn rows(&self) -> usize {
        self.groups.iter().fold(0, |sum, group| sum.saturating_add(group.rows))
    }
}

fn group(thrift: &mut Thrift<'_>) -> Result<Group, ParquetFault> {
    let (mut group, mut last) = (Group::default(), 0);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            1 => {
                let count = thrift.structures(field)?;
                group.chunks = (0..count).map(|_| chunk(thrift)).collect::<Result<_, _>>()?;
            }
            3 => group.rows = thrift.count(field)?,
            _ => thrift.skip(field)?,
        }
    }
    Ok(group)
}

fn chunk(thrift: &mut Thrift<'_>) -> Result<Chunk, ParquetFault> {
    let (mut chunk, mut last) = (None, 0);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            // Values that lie in another file.
            1 => return Err(ParquetFault::Elsewhere),
            3 => chunk = Some(described(thrift, field)?),
            8 => return Err(ParquetFault::Locked),
            _ => thrift.skip(field)?,
        }
    }
    chunk.ok_or(ParquetFault::Damaged)
}

fn described(thrift: &mut Thrift<'_>, field: Field) -> Result<Chunk, ParquetFault> {
    Thrift::structure(field)?;
    let (mut chunk, mut last) = (Chunk::default(), 0);
    let (mut data, mut dictionary) = (None, None);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            4 => chunk.codec = Codec::of(thrift.whole(field)?),
            7 => chunk.bytes = thrift.count(field)?,
            9 => data = Some(thrift.count(field)?),
            // Some writers say 0 where there is none.
            11 => dictionary = Some(thrift.count(field)?).filter(|start| *start > 0),
            _ => thrift.skip(field)?,
        }
    }
    let data = data.ok_or(ParquetFault::Damaged)?;
    Ok(Chunk { start: dictionary.map_or(data, |dictionary| dictionary.min(data)), ..chunk })
}
