//! The columns of a Parquet file: their names, and what their cells are.

use super::ParquetFault;
use super::thrift::{Field, Thrift};
use crate::source::Unread;

/// The most digits of a decimal that is read; the widest that programs write have 76.
const MOST_DIGITS: i64 = 150;

/// How values lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    Truth,
    /// A whole number of four or eight bytes, the lowest first.
    Whole(usize),
    /// So many bytes.
    Fixed(usize),
    /// As many bytes as each one says.
    Bytes,
}

/// The parts of a second that a time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Thousandths,
    Millionths,
    Billionths,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Truth,
    Whole,
    /// A whole number without a sign.
    Count,
    /// A whole number with so many of its digits behind the point.
    Decimal(usize),
    Single,
    Double,
    Day,
    Time(Unit),
    /// A day and a time, with whether it is one of Greenwich.
    Moment(Unit, bool),
    /// The same as of the first writers: billionths of a second, and the day since 4713 BC.
    OldMoment,
    Text,
    /// Sixteen bytes that are written in hexadecimal digits.
    Identifier,
}

/// What each cell of a column is, and how it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    pub stored: Stored,
    pub meant: Meant,
    /// Whether cells may be empty.
    pub optional: bool,
}

/// A column at the top of the schema.
#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    /// Its place among the chunks of a row group.
    pub leaf: usize,
    pub cells: Result<Cells, Unread>,
}

/// What the schema says of one column or group.
#[derive(Debug, Default)]
struct Element {
    stored: Option<i64>,
    length: i64,
    repetition: i64,
    name: String,
    children: usize,
    converted: Option<i64>,
    scale: i64,
    precision: i64,
    logical: Option<Logical>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Logical {
    Text,
    /// With its digits behind the point, and all of them, where they are not said elsewhere.
    Decimal(Option<(i64, i64)>),
    Day,
    Time(Unit),
    Moment(Unit, bool),
    Integer(bool),
    Identifier,
    /// Another, by its name.
    Other(&'static str),
}

/// Reads the list of the schema's elements.
pub(super) fn columns(thrift: &mut Thrift<'_>, field: Field) -> Result<Vec<Column>, ParquetFault> {
    let mut left = thrift.structures(field)?;
    let mut next = |thrift: &mut Thrift<'_>| {
        left = left.checked_sub(1).ok_or(ParquetFault::Damaged)?;
        Element::read(thrift)
    };
    let root = next(thrift)?;
    let (mut columns, mut leaf) = (Vec::new(), 0_usize);
    for _ in 0..root.children {
        let element = next(thrift)?;
        // What lies in a group is counted, however deep, and not read.
        let (mut inside, first) = (element.children, leaf);
        leaf += usize::from(inside == 0);
        while let Some(rest) = inside.checked_sub(1) {
            let child = next(thrift)?;
            inside = rest.checked_add(child.children).ok_or(ParquetFault::Damaged)?;
            leaf += usize::from(child.children == 0);
        }
        let cells = element.cells();
        columns.push(Column { name: element.name, leaf: first, cells });
    }
    if left == 0 { Ok(columns) } else { Err(ParquetFault::Damaged) }
}

impl Element {
    fn read(thrift: &mut Thrift<'_>) -> Result<Self, ParquetFault> {
        let (mut element, mut last) = (Self::default(), 0);
        while let Some(field) = thrift.field(&mut last)? {
            match field.id {
                1 => element.stored = Some(thrift.whole(field)?),
                2 => element.length = thrift.whole(field)?,
                3 => element.repetition = thrift.whole(field)?,
                4 => element.name = thrift.text(field)?,
                5 => element.children = thrift.count(field)?,
                6 => element.converted = Some(thrift.whole(field)?),
                7 => element.scale = thrift.whole(field)?,
                8 => element.precision = thrift.whole(field)?,
                10 => element.logical = logical(thrift, field)?,
                _ => thrift.skip(field)?,
            }
        }
        Ok(element)
    }

    fn cells(&self) -> Result<Cells, Unread> {
        const REPEATED: i64 = 2;
        if self.children > 0 {
            return Err(Unread::Nested);
        }
        if self.repetition == REPEATED {
            return Err(Unread::Repeated);
        }
        let kind = |name: &str| Unread::Kind(name.to_owned());
        let length = || usize::try_from(self.length).ok().filter(|length| *length > 0);
        let (stored, name) = match self.stored {
            Some(0) => (Stored::Truth, "BOOLEAN"),
            Some(1) => (Stored::Whole(4), "INT32"),
            Some(2) => (Stored::Whole(8), "INT64"),
            Some(3) => (Stored::Fixed(12), "INT96"),
            Some(4) => (Stored::Fixed(4), "FLOAT"),
            Some(5) => (Stored::Fixed(8), "DOUBLE"),
            Some(6) => (Stored::Bytes, "BYTE_ARRAY"),
            Some(7) => (Stored::Fixed(length().ok_or_else(|| kind("no length"))?), "FIXED_LEN_BYTE_ARRAY"),
            _ => return Err(kind("an unknown type")),
        };
        let logical = self.logical.or_else(|| self.converted.and_then(converted));
        let meant = self.meant(name, stored, logical).map_err(|name| kind(&name))?;
        Ok(Cells { stored, meant, optional: self.repetition == 1 })
    }

    /// What the values are; else the name of their type.
    fn meant(&self, name: &str, stored: Stored, logical: Option<Logical>) -> Result<Meant, String> {
        Ok(match (name, logical) {
            (_, Some(Logical::Other(other))) => return Err(other.to_owned()),
            ("BOOLEAN", None) => Meant::Truth,
            ("INT96", None) => Meant::OldMoment,
            ("FLOAT", None) => Meant::Single,
            ("DOUBLE", None) => Meant::Double,
            ("INT32" | "INT64" | "BYTE_ARRAY" | "FIXED_LEN_BYTE_ARRAY", Some(Logical::Decimal(given))) => {
                let (scale, digits) = given.unwrap_or((self.scale, self.precision));
                let places = usize::try_from(scale).ok().filter(|_| scale <= digits && digits <= MOST_DIGITS);
                Meant::Decimal(places.ok_or_else(|| format!("DECIMAL({digits}, {scale})"))?)
            }
            ("INT32" | "INT64", None | Some(Logical::Integer(true))) => Meant::Whole,
            ("INT32" | "INT64", Some(Logical::Integer(false))) => Meant::Count,
            ("INT32", Some(Logical::Day)) => Meant::Day,
            ("INT32" | "INT64", Some(Logical::Time(unit))) => Meant::Time(unit),
            ("INT64", Some(Logical::Moment(unit, utc))) => Meant::Moment(unit, utc),
            ("BYTE_ARRAY" | "FIXED_LEN_BYTE_ARRAY", None | Some(Logical::Text)) => Meant::Text,
            ("FIXED_LEN_BYTE_ARRAY", Some(Logical::Identifier)) if stored == Stored::Fixed(16) => {
                Meant::Identifier
            }
            _ => return Err(format!("{name} of another kind")),
        })
    }
}

/// The kind that files of before 2018 give, and most of today beside the other.
const fn converted(code: i64) -> Option<Logical> {
    Some(match code {
        0 | 4 | 19 => Logical::Text,
        5 => Logical::Decimal(None),
        6 => Logical::Day,
        7 => Logical::Time(Unit::Thousandths),
        8 => Logical::Time(Unit::Millionths),
        9 => Logical::Moment(Unit::Thousandths, true),
        10 => Logical::Moment(Unit::Millionths, true),
        11..=14 => Logical::Integer(false),
        15..=18 => Logical::Integer(true),
        20 => Logical::Other("BSON"),
        21 => Logical::Other("INTERVAL"),
        _ => Logical::Other("an unknown kind"),
    })
}

/// The kind that is one field of a union, with what it says.
fn logical(thrift: &mut Thrift<'_>, field: Field) -> Result<Option<Logical>, ParquetFault> {
    Thrift::structure(field)?;
    let (mut found, mut last) = (None, 0);
    while let Some(kind) = thrift.field(&mut last)? {
        Thrift::structure(kind)?;
        found = match kind.id {
            5 => Some(decimal(thrift)?),
            7 => Some(Logical::Time(time(thrift)?.0)),
            8 => {
                let (unit, utc) = time(thrift)?;
                Some(Logical::Moment(unit, utc))
            }
            10 => Some(Logical::Integer(integer(thrift)?)),
            other => {
                thrift.skip(kind)?;
                // Of kind 11 are columns that have nothing but empty cells.
                (other != 11).then(|| plain(other))
            }
        };
    }
    Ok(found)
}

/// A kind that says nothing more, or nothing that matters here.
const fn plain(id: i64) -> Logical {
    match id {
        1 | 4 | 12 => Logical::Text,
        6 => Logical::Day,
        13 => Logical::Other("BSON"),
        14 => Logical::Identifier,
        15 => Logical::Other("FLOAT16"),
        16 => Logical::Other("VARIANT"),
        17 => Logical::Other("GEOMETRY"),
        18 => Logical::Other("GEOGRAPHY"),
        _ => Logical::Other("an unknown kind"),
    }
}

fn decimal(thrift: &mut Thrift<'_>) -> Result<Logical, ParquetFault> {
    let (mut scale, mut digits, mut last) = (0, 0, 0);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            1 => scale = thrift.whole(field)?,
            2 => digits = thrift.whole(field)?,
            _ => thrift.skip(field)?,
        }
    }
    Ok(Logical::Decimal(Some((scale, digits))))
}

/// Whether it is a time of Greenwich, and what it counts.
fn time(thrift: &mut Thrift<'_>) -> Result<(Unit, bool), ParquetFault> {
    let (mut unit, mut utc, mut last) = (Unit::Thousandths, false, 0);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            1 => utc = Thrift::truth(field)?,
            2 => {
                Thrift::structure(field)?;
                let mut last = 0;
                while let Some(counted) = thrift.field(&mut last)? {
                    unit = match counted.id {
                        1 => Unit::Thousandths,
                        2 => Unit::Millionths,
                        _ => Unit::Billionths,
                    };
                    thrift.skip(counted)?;
                }
            }
            _ => thrift.skip(field)?,
        }
    }
    Ok((unit, utc))
}

/// Whether a whole number has a sign.
fn integer(thrift: &mut Thrift<'_>) -> Result<bool, ParquetFault> {
    let (mut signed, mut last) = (true, 0);
    while let Some(field) = thrift.field(&mut last)? {
        match field.id {
            2 => signed = Thrift::truth(field)?,
            _ => thrift.skip(field)?,
        }
    }
    Ok(signed)
}
