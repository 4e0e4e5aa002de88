//! The pages of a column in one group of rows: what each says of itself, held against the bytes that there are.

use std::borrow::Cow;
use std::ops::Range;

use super::ParquetFault;
use super::footer::Chunk;
use super::thrift::{Field, Thrift};

/// How many bytes may still be read, and unpacked: chunks of a file that means well do not lie in each other.
#[derive(Debug)]
pub(super) struct Limits {
    pub read: usize,
    pub unpacked: usize,
}

/// How the values of a page are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Dictionary,
    /// Runs of truth values.
    Runs,
    Deltas,
    /// Texts end to end, behind the differences of their lengths.
    Lengths,
    /// Texts that begin as the one before.
    Prefixes,
    /// The first byte of every value, then the second of every value, and so on.
    Split,
    /// One that is not read, by its name.
    Other(&'static str),
}

impl Encoding {
    const fn of(code: i64) -> Self {
        match code {
            0 => Self::Plain,
            2 | 8 => Self::Dictionary,
            3 => Self::Runs,
            4 => Self::Other("BIT_PACKED"),
            5 => Self::Deltas,
            6 => Self::Lengths,
            7 => Self::Prefixes,
            9 => Self::Split,
            _ => Self::Other("an unknown encoding"),
        }
    }
}

/// A page, unpacked.
#[derive(Debug)]
pub(super) struct Page<'b> {
    pub bytes: Cow<'b, [u8]>,
    /// Whether its values are those that other pages number.
    pub is_dictionary: bool,
    /// How many cells it has, or values of a dictionary.
    pub count: usize,
    pub encoding: Encoding,
    /// Where it says which cells are empty; only of columns that may have such.
    pub levels: Range<usize>,
    /// Where the values of the others begin.
    pub data: usize,
}

/// What stands before a page.
#[derive(Debug, Default)]
struct Head {
    kind: i64,
    unpacked: usize,
    packed: usize,
    count: usize,
    encoding: i64,
    levels_encoding: Option<i64>,
    /// Of pages of the second version: bytes of levels, which are never packed, of repetition and of definition.
    repeats: usize,
    defines: usize,
    is_packed: bool,
}

/// Reads pages from the front of a chunk.
#[derive(Debug)]
pub(super) struct Pages<'b> {
    bytes: &'b [u8],
    chunk: Chunk,
}

const DATA: i64 = 0;
const DICTIONARY: i64 = 2;
const DATA_OF_VERSION_2: i64 = 3;

impl<'b> Pages<'b> {
    pub fn of(file: &'b [u8], chunk: Chunk) -> Result<Self, ParquetFault> {
        let end = chunk.start.checked_add(chunk.bytes).ok_or(ParquetFault::Damaged)?;
        let bytes = file.get(chunk.start..end).ok_or(ParquetFault::Damaged)?;
        Ok(Self { bytes, chunk })
    }

    /// The next page; nothing at the end.
    pub fn next(&mut self, optional: bool, limits: &mut Limits) -> Result<Option<Page<'b>>, ParquetFault> {
        while !self.bytes.is_empty() {
            let mut thrift = Thrift::new(self.bytes);
            let head = Head::read(&mut thrift)?;
            let before = self.bytes.len() - thrift.left();
            let rest = self.bytes.get(before..).unwrap_or_default();
            let (body, rest) = rest.split_at_checked(head.packed).ok_or(ParquetFault::Damaged)?;
            limits.read = limits.read.checked_sub(before + body.len()).ok_or(ParquetFault::Damaged)?;
            self.bytes = rest;
            // There are pages of indexes, too.
            if matches!(head.kind, DATA | DICTIONARY | DATA_OF_VERSION_2) {
                return self.unpacked(&head, body, optional, limits).map(Some);
            }
        }
        Ok(None)
    }

    fn unpacked(
        &self,
        head: &Head,
        body: &'b [u8],
        optional: bool,
        limits: &mut Limits,
    ) -> Result<Page<'b>, ParquetFault> {
        limits.unpacked = limits.unpacked.checked_sub(head.unpacked).ok_or(ParquetFault::TooLarge)?;
        let plain = self.chunk.codec == super::codec::Codec::None || !head.is_packed;
        let levels = head.repeats.checked_add(head.defines).ok_or(ParquetFault::Damaged)?;
        let bytes = if plain {
            Cow::Borrowed(body)
        } else {
            let (above, packed) = body.split_at_checked(levels).ok_or(ParquetFault::Damaged)?;
            let size = head.unpacked.checked_sub(levels).ok_or(ParquetFault::Damaged)?;
            let mut out = above.to_vec();
            if size > 0 {
                self.chunk.codec.unpack(packed, size, &mut out)?;
            }
            Cow::Owned(out)
        };
        if bytes.len() != head.unpacked || levels > bytes.len() {
            return Err(ParquetFault::Damaged);
        }
        let is_dictionary = head.kind == DICTIONARY;
        let levels = match head.kind {
            DATA_OF_VERSION_2 => head.repeats..levels,
            DATA if optional => head.first_levels(&bytes)?,
            _ => 0..0,
        };
        let data = levels.end;
        let encoding = Encoding::of(head.encoding);
        Ok(Page { bytes, is_dictionary, count: head.count, encoding, levels, data })
    }
}

impl Head {
    fn read(thrift: &mut Thrift<'_>) -> Result<Self, ParquetFault> {
        let (mut head, mut last) = (Self { is_packed: true, ..Self::default() }, 0);
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                1 => head.kind = thrift.whole(field)?,
                2 => head.unpacked = thrift.count(field)?,
                3 => head.packed = thrift.count(field)?,
                5 | 7 => head.read_first(thrift, field)?,
                8 => head.read_second(thrift, field)?,
                _ => thrift.skip(field)?,
            }
        }
        Ok(head)
    }

    /// Of a page of the first version, or a dictionary.
    fn read_first(&mut self, thrift: &mut Thrift<'_>, field: Field) -> Result<(), ParquetFault> {
        Thrift::structure(field)?;
        let (of_data, mut last) = (field.id == 5, 0);
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                1 => self.count = thrift.count(field)?,
                2 => self.encoding = thrift.whole(field)?,
                3 if of_data => self.levels_encoding = Some(thrift.whole(field)?),
                _ => thrift.skip(field)?,
            }
        }
        Ok(())
    }

    fn read_second(&mut self, thrift: &mut Thrift<'_>, field: Field) -> Result<(), ParquetFault> {
        Thrift::structure(field)?;
        let mut last = 0;
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                1 => self.count = thrift.count(field)?,
                4 => self.encoding = thrift.whole(field)?,
                5 => self.defines = thrift.count(field)?,
                6 => self.repeats = thrift.count(field)?,
                7 => self.is_packed = Thrift::truth(field)?,
                _ => thrift.skip(field)?,
            }
        }
        Ok(())
    }

    /// Where a page of the first version says which cells are empty: behind a length.
    fn first_levels(&self, bytes: &[u8]) -> Result<Range<usize>, ParquetFault> {
        if let Some(Encoding::Other(name)) = self.levels_encoding.map(Encoding::of) {
            return Err(ParquetFault::Encoding(name));
        }
        let length = bytes.first_chunk::<4>().map(|length| u32::from_le_bytes(*length) as usize);
        let end = length.and_then(|length| length.checked_add(4)).filter(|end| *end <= bytes.len());
        end.map(|end| 4..end).ok_or(ParquetFault::Damaged)
    }
}
