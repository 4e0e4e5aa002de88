//! The compact protocol of Thrift, in which a Parquet file says what it holds: fields with numbers, in structs.
//!
//! Nothing is set aside for a size before its bytes are there, and what is skipped is walked to a bounded depth.

use super::ParquetFault;

/// The deepest nesting that is walked.
const DEEPEST: usize = 32;

/// What a field or an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    True,
    False,
    Byte,
    Whole,
    Double,
    Binary,
    List,
    Map,
    Struct,
    Uuid,
}

impl Kind {
    const fn of(code: u8) -> Option<Self> {
        Some(match code {
            1 => Self::True,
            2 => Self::False,
            3 => Self::Byte,
            4..=6 => Self::Whole,
            7 => Self::Double,
            8 => Self::Binary,
            9 | 10 => Self::List,
            11 => Self::Map,
            12 => Self::Struct,
            13 => Self::Uuid,
            _ => return None,
        })
    }
}

/// A field that has begun: its number in its struct, and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub id: i64,
    pub kind: Kind,
}

/// Bytes that are read from the front.
#[derive(Debug)]
pub(super) struct Thrift<'b> {
    rest: &'b [u8],
}

type Read<T> = Result<T, ParquetFault>;

impl<'b> Thrift<'b> {
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// How many bytes are left.
    pub const fn left(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, count: usize) -> Read<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(ParquetFault::Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Read<u8> {
        self.take(1)?.first().copied().ok_or(ParquetFault::Damaged)
    }

    fn unsigned(&mut self) -> Read<u64> {
        let (number, read) = varint(self.rest).ok_or(ParquetFault::Damaged)?;
        self.take(read)?;
        Ok(number)
    }

    fn signed(&mut self) -> Read<i64> {
        self.unsigned().map(zigzag)
    }

    fn size(&mut self) -> Read<usize> {
        usize::try_from(self.unsigned()?).map_err(|_| ParquetFault::Damaged)
    }

    /// The next field of a struct; nothing at its end. `last` is the number of the field before, 0 at first.
    pub fn field(&mut self, last: &mut i64) -> Read<Option<Field>> {
        let head = self.byte()?;
        if head & 0x0f == 0 {
            return Ok(None);
        }
        let kind = Kind::of(head & 0x0f).ok_or(ParquetFault::Damaged)?;
        let id = match head >> 4 {
            0 => self.signed()?,
            step => last.checked_add(i64::from(step)).ok_or(ParquetFault::Damaged)?,
        };
        *last = id;
        Ok(Some(Field { id, kind }))
    }

    pub fn whole(&mut self, field: Field) -> Read<i64> {
        match field.kind {
            Kind::Whole => self.signed(),
            Kind::Byte => self.byte().map(|byte| i64::from(byte.cast_signed())),
            _ => Err(ParquetFault::Damaged),
        }
    }

    /// A number that counts something.
    pub fn count(&mut self, field: Field) -> Read<usize> {
        usize::try_from(self.whole(field)?).map_err(|_| ParquetFault::Damaged)
    }

    pub fn truth(field: Field) -> Read<bool> {
        match field.kind {
            Kind::True => Ok(true),
            Kind::False => Ok(false),
            _ => Err(ParquetFault::Damaged),
        }
    }

    pub fn text(&mut self, field: Field) -> Read<String> {
        if field.kind != Kind::Binary {
            return Err(ParquetFault::Damaged);
        }
        let size = self.size()?;
        Ok(String::from_utf8_lossy(self.take(size)?).into_owned())
    }

    /// A struct that begins here, as a field.
    pub fn structure(field: Field) -> Read<()> {
        if field.kind == Kind::Struct { Ok(()) } else { Err(ParquetFault::Damaged) }
    }

    /// How many structs the list has that begins here; each takes a byte at least.
    pub fn structures(&mut self, field: Field) -> Read<usize> {
        let (kind, count) = self.list(field.kind)?;
        if kind == Kind::Struct || count == 0 { Ok(count) } else { Err(ParquetFault::Damaged) }
    }

    fn list(&mut self, kind: Kind) -> Read<(Kind, usize)> {
        if kind != Kind::List {
            return Err(ParquetFault::Damaged);
        }
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.size()?,
            few => usize::from(few),
        };
        if count > self.left() {
            return Err(ParquetFault::Damaged);
        }
        // Of an empty list some writers say no kind.
        let kind = if count == 0 { Some(Kind::Byte) } else { Kind::of(head & 0x0f) };
        Ok((kind.ok_or(ParquetFault::Damaged)?, count))
    }

    /// Walks over a field that nobody asks for.
    pub fn skip(&mut self, field: Field) -> Read<()> {
        match field.kind {
            Kind::True | Kind::False => Ok(()),
            kind => self.walk(kind, DEEPEST),
        }
    }

    fn walk(&mut self, kind: Kind, depth: usize) -> Read<()> {
        let depth = depth.checked_sub(1).ok_or(ParquetFault::Damaged)?;
        match kind {
            // A truth value in a list is a byte.
            Kind::True | Kind::False | Kind::Byte => self.byte().map(drop),
            Kind::Whole => self.unsigned().map(drop),
            Kind::Double => self.take(8).map(drop),
            Kind::Uuid => self.take(16).map(drop),
            Kind::Binary => {
                let size = self.size()?;
                self.take(size).map(drop)
            }
            Kind::List => {
                let (kind, count) = self.list(kind)?;
                (0..count).try_for_each(|_| self.walk(kind, depth))
            }
            Kind::Map => self.walk_map(depth),
            Kind::Struct => {
                let mut last = 0;
                while let Some(field) = self.field(&mut last)? {
                    if !matches!(field.kind, Kind::True | Kind::False) {
                        self.walk(field.kind, depth)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn walk_map(&mut self, depth: usize) -> Read<()> {
        let count = self.size()?;
        if count == 0 {
            return Ok(());
        }
        let kinds = self.byte()?;
        let (Some(key), Some(value)) = (Kind::of(kinds >> 4), Kind::of(kinds & 0x0f)) else {
            return Err(ParquetFault::Damaged);
        };
        // Each entry takes bytes, so that a count that is too large ends with them.
        (0..count).try_for_each(|_| self.walk(key, depth).and_then(|()| self.walk(value, depth)))
    }
}

/// A number of seven bits a byte, the lowest first, and how many bytes it takes.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0_u64;
    for (place, byte) in (0_u32..10).zip(bytes) {
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((number, place as usize + 1));
        }
    }
    None
}

/// The number that is written as another without a sign: 0, -1, 1, -2 and so on.
pub(super) const fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::{Kind, Thrift, varint, zigzag};

    #[test]
    fn numbers_take_the_bytes_that_they_need() {
        assert_eq!(varint(&[0x7f]), Some((127, 1)));
        assert_eq!(varint(&[0xac, 0x02, 9]), Some((300, 2)));
        assert_eq!(varint(&[0x80]), None);
        assert_eq!(varint(&[0xff; 20]), None);
        assert_eq!([0, 1, 2, 3].map(zigzag), [0, -1, 1, -2]);
        assert_eq!(zigzag(u64::MAX), i64::MIN);
    }

    #[test]
    fn fields_are_read_or_skipped() {
        // 1: true, 3: the list [5, -1], 4: "ab", then 20: 7.
        let bytes = [0x11, 0x29, 0x25, 0x0a, 0x01, 0x18, 0x02, b'a', b'b', 0x05, 0x28, 0x0e, 0x00];
        let (mut thrift, mut last) = (Thrift::new(&bytes), 0);
        let first = thrift.field(&mut last).unwrap().unwrap();
        assert_eq!((first.id, Thrift::truth(first).unwrap()), (1, true));
        let list = thrift.field(&mut last).unwrap().unwrap();
        assert_eq!((list.id, list.kind), (3, Kind::List));
        thrift.skip(list).unwrap();
        let text = thrift.field(&mut last).unwrap().unwrap();
        assert_eq!(thrift.text(text).unwrap(), "ab");
        let far = thrift.field(&mut last).unwrap().unwrap();
        assert_eq!((far.id, thrift.whole(far).unwrap()), (20, 7));
        assert!(thrift.field(&mut last).unwrap().is_none());
    }

    #[test]
    fn claims_are_held_against_the_bytes() {
        // A list of more elements than bytes are left, one in the other without end, and a text cut off.
        for bytes in [vec![0x19, 0xf1, 0xff, 0xff, 0x03], vec![0x19; 10_000], vec![0x18, 0x05, b'a']] {
            let (mut thrift, mut last) = (Thrift::new(&bytes), 0);
            let field = thrift.field(&mut last).unwrap().unwrap();
            assert!(thrift.skip(field).is_err());
        }
    }
}
