//! The values of a page, one after the other, and the dictionary that pages may number instead of saying them again.

use std::ops::Range;

use super::ParquetFault;
use super::pages::{Encoding, Page};
use super::runs::{Deltas, Runs, bits};
use super::schema::Stored;

/// A value as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'v> {
    Truth(bool),
    Whole(i64),
    Bytes(&'v [u8]),
}

impl<'v> Value<'v> {
    fn of(bytes: &'v [u8], stored: Stored) -> Option<Self> {
        Some(match stored {
            Stored::Whole(4) => Self::Whole(i64::from(i32::from_le_bytes(bytes.try_into().ok()?))),
            Stored::Whole(_) => Self::Whole(i64::from_le_bytes(bytes.try_into().ok()?)),
            _ => Self::Bytes(bytes),
        })
    }
}

/// Values that are numbered from 0.
#[derive(Debug)]
pub(super) struct Dictionary<'b> {
    page: Page<'b>,
    stored: Stored,
    /// Where each begins; only of values that differ in length.
    starts: Vec<u32>,
}

impl<'b> Dictionary<'b> {
    pub fn of(page: Page<'b>, stored: Stored) -> Result<Self, ParquetFault> {
        if !matches!(page.encoding, Encoding::Plain | Encoding::Dictionary) {
            return Err(ParquetFault::Damaged);
        }
        let (mut starts, mut at) = (Vec::new(), page.data);
        if stored == Stored::Bytes {
            // Each takes four bytes at least: there are no more starts than bytes.
            for _ in 0..page.count {
                starts.push(u32::try_from(at).map_err(|_| ParquetFault::TooLarge)?);
                at = plain(&page.bytes, at, stored).ok_or(ParquetFault::Damaged)?.end;
            }
        }
        Ok(Self { page, stored, starts })
    }

    fn get(&self, number: u64) -> Option<&[u8]> {
        let number = usize::try_from(number).ok().filter(|number| *number < self.page.count)?;
        let start = match self.stored {
            Stored::Truth => return None,
            Stored::Whole(size) | Stored::Fixed(size) => {
                number.checked_mul(size)?.checked_add(self.page.data)?
            }
            Stored::Bytes => *self.starts.get(number)? as usize,
        };
        self.page.bytes.get(plain(&self.page.bytes, start, self.stored)?)
    }
}

/// Where a value lies that begins here; behind its length, where it has one.
fn plain(bytes: &[u8], at: usize, stored: Stored) -> Option<Range<usize>> {
    let (start, size) = match stored {
        Stored::Truth => return None,
        Stored::Whole(size) | Stored::Fixed(size) => (at, size),
        Stored::Bytes => {
            let length = bytes.get(at..)?.first_chunk::<4>()?;
            (at + 4, u32::from_le_bytes(*length) as usize)
        }
    };
    let end = start.checked_add(size)?;
    (end <= bytes.len()).then_some(start..end)
}

/// How far the values of a page are read.
#[derive(Debug)]
enum State {
    Plain(usize),
    Bits(usize),
    Numbers(Runs),
    Runs(Runs),
    Deltas(Deltas),
    Lengths(Deltas, usize),
    Prefixes(Deltas, Deltas, usize),
    /// The place of the next value, and how many there are.
    Split(usize, usize),
}

/// The values of one page.
#[derive(Debug)]
pub(super) struct Values<'b> {
    pub page: Page<'b>,
    state: State,
    stored: Stored,
    /// A value that lies nowhere in one piece.
    joined: Vec<u8>,
}

impl<'b> Values<'b> {
    pub fn of(page: Page<'b>, stored: Stored) -> Result<Self, ParquetFault> {
        let state = match page.encoding {
            Encoding::Other(name) => return Err(ParquetFault::Encoding(name)),
            _ => State::of(&page, stored).ok_or(ParquetFault::Damaged)?,
        };
        Ok(Self { page, state, stored, joined: Vec::new() })
    }

    /// The next value; nothing where the page has no more.
    pub fn next<'v>(&'v mut self, dictionary: Option<&'v Dictionary<'b>>) -> Option<Value<'v>> {
        let (bytes, stored) = (self.page.bytes.as_ref(), self.stored);
        match &mut self.state {
            State::Plain(at) => {
                let place = plain(bytes, *at, stored)?;
                *at = place.end;
                Value::of(bytes.get(place)?, stored)
            }
            State::Bits(at) => {
                let bit = bits(bytes, *at, 1)?;
                *at += 1;
                Some(Value::Truth(bit == 1))
            }
            State::Runs(runs) => runs.next(bytes).map(|bit| Value::Truth(bit == 1)),
            State::Numbers(runs) => Value::of(dictionary?.get(runs.next(bytes)?)?, stored),
            State::Deltas(deltas) => {
                let number = deltas.next(bytes)?;
                // Differences of four bytes run over as those of eight do.
                let short = stored == Stored::Whole(4);
                Some(Value::Whole(if short { i64::from(number as i32) } else { number }))
            }
            State::Lengths(lengths, at) => {
                let place = following(at, lengths.next(bytes)?)?;
                bytes.get(place).map(Value::Bytes)
            }
            State::Prefixes(prefixes, lengths, at) => {
                let kept = usize::try_from(prefixes.next(bytes)?).ok()?;
                let place = following(at, lengths.next(bytes)?)?;
                prefixed(&mut self.joined, kept, bytes.get(place)?)?;
                let fits = !matches!(stored, Stored::Fixed(size) if size != self.joined.len());
                fits.then_some(Value::Bytes(&self.joined))
            }
            State::Split(place, count) => {
                let (Stored::Whole(size) | Stored::Fixed(size)) = stored else { return None };
                gathered(&mut self.joined, bytes.get(self.page.data..)?, (*place, *count, size))?;
                *place += 1;
                Value::of(&self.joined, stored)
            }
        }
    }
}

/// The next so many bytes.
fn following(at: &mut usize, length: i64) -> Option<Range<usize>> {
    let start = *at;
    *at = start.checked_add(usize::try_from(length).ok()?)?;
    Some(start..*at)
}

/// Keeps so much of the value before, and puts the rest behind it.
fn prefixed(joined: &mut Vec<u8>, kept: usize, rest: &[u8]) -> Option<()> {
    if kept > joined.len() {
        return None;
    }
    joined.truncate(kept);
    joined.extend_from_slice(rest);
    Some(())
}

/// Puts the bytes of a value together, of which there are so many of a size.
fn gathered(joined: &mut Vec<u8>, values: &[u8], (place, count, size): (usize, usize, usize)) -> Option<()> {
    joined.clear();
    if place >= count {
        return None;
    }
    for byte in 0..size {
        joined.push(*values.get(byte * count + place)?);
    }
    Some(())
}

impl State {
    /// Nothing, where values of this kind are not written so, or their head is wrong.
    fn of(page: &Page<'_>, stored: Stored) -> Option<Self> {
        let (bytes, at, end) = (page.bytes.as_ref(), page.data, page.bytes.len());
        let deltas = |at| Deltas::new(bytes, at, page.count);
        Some(match (page.encoding, stored) {
            (Encoding::Plain, Stored::Truth) => Self::Bits(at.checked_mul(8)?),
            (Encoding::Plain, _) => Self::Plain(at),
            (Encoding::Dictionary, Stored::Whole(_) | Stored::Fixed(_) | Stored::Bytes) => {
                match bytes.get(at) {
                    Some(width) if u32::from(*width) <= Runs::WIDEST => {
                        Self::Numbers(Runs::new(at + 1, end, u32::from(*width)))
                    }
                    Some(_) => return None,
                    // A page of empty cells alone may be without.
                    None => Self::Numbers(Runs::new(end, end, 0)),
                }
            }
            (Encoding::Runs, Stored::Truth) => {
                let length = u32::from_le_bytes(*bytes.get(at..)?.first_chunk::<4>()?) as usize;
                let end = at.checked_add(4)?.checked_add(length).filter(|stop| *stop <= end)?;
                Self::Runs(Runs::new(at + 4, end, 1))
            }
            (Encoding::Deltas, Stored::Whole(_)) => Self::Deltas(deltas(at)?),
            (Encoding::Lengths, Stored::Bytes) => {
                let lengths = deltas(at)?;
                let end = ended(lengths.clone(), bytes)?;
                Self::Lengths(lengths, end)
            }
            (Encoding::Prefixes, Stored::Bytes | Stored::Fixed(_)) => {
                let prefixes = deltas(at)?;
                let lengths = deltas(ended(prefixes.clone(), bytes)?)?;
                let end = ended(lengths.clone(), bytes)?;
                Self::Prefixes(prefixes, lengths, end)
            }
            (Encoding::Split, Stored::Whole(size) | Stored::Fixed(size)) => {
                let values = end.checked_sub(at).filter(|values| values.is_multiple_of(size))?;
                Self::Split(0, values / size)
            }
            _ => return None,
        })
    }
}

/// Where numbers end that are written as differences.
fn ended(mut deltas: Deltas, bytes: &[u8]) -> Option<usize> {
    while deltas.left() > 0 {
        deltas.next(bytes)?;
    }
    Some(deltas.end())
}
