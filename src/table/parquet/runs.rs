//! Small numbers as Parquet writes them: runs of one number, and numbers packed into as many bits as they need.

use super::thrift::varint;

/// The number of so many bits that begins at a bit, the lowest first; nothing beyond the end.
pub(super) fn bits(bytes: &[u8], at: usize, width: u32) -> Option<u64> {
    let end = at.checked_add(width as usize)?.div_ceil(8);
    let taken = bytes.get(at / 8..end)?;
    let mut whole = 0_u128;
    for (place, byte) in (0_u32..).zip(taken) {
        whole |= u128::from(*byte) << (8 * place);
    }
    let mask = if width >= 64 { u64::MAX } else { (1 << width) - 1 };
    // At most nine bytes were taken, and seven bits lie before the number.
    u64::try_from((whole >> (at % 8)) & u128::from(mask)).ok()
}

/// What is read next.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// One number, so many times.
    Same(u64, usize),
    /// Numbers that lie bit by bit from a bit on, so many.
    Packed(usize, usize),
}

/// Reads numbers of one width from a part of a page.
#[derive(Debug)]
pub(super) struct Runs {
    at: usize,
    end: usize,
    width: u32,
    run: Run,
}

impl Runs {
    /// The widest numbers there are.
    pub const WIDEST: u32 = 32;

    pub const fn new(at: usize, end: usize, width: u32) -> Self {
        Self { at, end, width, run: Run::Same(0, 0) }
    }

    /// The next number; nothing where the part ends.
    pub fn next(&mut self, bytes: &[u8]) -> Option<u64> {
        let bytes = bytes.get(..self.end)?;
        loop {
            match &mut self.run {
                Run::Same(number, left) if *left > 0 => {
                    *left -= 1;
                    return Some(*number);
                }
                Run::Packed(at, left) if *left > 0 => {
                    let number = bits(bytes, *at, self.width)?;
                    (*at, *left) = (*at + self.width as usize, *left - 1);
                    return Some(number);
                }
                _ => self.begin(bytes)?,
            }
        }
    }

    fn begin(&mut self, bytes: &[u8]) -> Option<()> {
        let (head, read) = varint(bytes.get(self.at..)?)?;
        self.at += read;
        let count = usize::try_from(head >> 1).ok()?;
        if head & 1 == 0 {
            let wide = self.width.div_ceil(8);
            let number = bits(bytes, self.at.checked_mul(8)?, 8 * wide)?;
            self.at += wide as usize;
            self.run = Run::Same(number, count);
        } else {
            let size = count.checked_mul(self.width as usize)?;
            self.run = Run::Packed(self.at.checked_mul(8)?, count.checked_mul(8)?);
            // The last run may be cut off where no numbers are.
            self.at = self.at.checked_add(size)?;
        }
        Some(())
    }
}

/// Whole numbers as the differences to those before, in blocks with a least difference each.
#[derive(Clone, Debug)]
pub(super) struct Deltas {
    at: usize,
    /// How many numbers have not been read.
    left: usize,
    value: i64,
    first: bool,
    of_a_part: usize,
    parts: usize,
    /// Where the widths of a block's parts stand, which part is read, and what is left of it.
    widths: usize,
    part: usize,
    of_this_part: usize,
    least: i64,
    bit: usize,
}

impl Deltas {
    /// Reads the head; nothing where it says what no program writes.
    pub fn new(bytes: &[u8], at: usize, most: usize) -> Option<Self> {
        const MOST_OF_A_BLOCK: u64 = 1 << 20;
        let mut read = at;
        let mut number = || {
            let (number, bytes) = varint(bytes.get(read..)?)?;
            read += bytes;
            Some(number)
        };
        let (block, parts, count, first) = (number()?, number()?, number()?, number()?);
        let count = usize::try_from(count).ok().filter(|count| *count <= most)?;
        let fits = block <= MOST_OF_A_BLOCK && parts > 0 && block.is_multiple_of(parts);
        if !fits || block == 0 || !(block / parts).is_multiple_of(8) {
            return None;
        }
        Some(
            Self {
                at: read,
                left: count,
                value: super::thrift::zigzag(first),
                first: true,
                of_a_part: usize::try_from(block / parts).ok()?,
                parts: usize::try_from(parts).ok()?,
                widths: read,
                part: 0,
                of_this_part: 0,
                least: 0,
                bit: 0,
            }
            .before_the_first_block(),
        )
    }

    /// As if all parts of a block had been read.
    const fn before_the_first_block(mut self) -> Self {
        self.part = self.parts;
        self
    }

    pub fn next(&mut self, bytes: &[u8]) -> Option<i64> {
        self.left = self.left.checked_sub(1)?;
        if self.first {
            self.first = false;
            return Some(self.value);
        }
        if self.of_this_part == 0 {
            self.begin(bytes)?;
        }
        let width = u32::from(*bytes.get(self.widths + self.part)?);
        let more = bits(bytes, self.bit, width)?;
        self.bit += width as usize;
        self.of_this_part -= 1;
        self.value = self.value.wrapping_add(self.least).wrapping_add(more.cast_signed());
        Some(self.value)
    }

    /// Begins a part, and a block where the one before has no more.
    fn begin(&mut self, bytes: &[u8]) -> Option<()> {
        self.part += 1;
        if self.part >= self.parts {
            let (least, read) = varint(bytes.get(self.at..)?)?;
            self.least = super::thrift::zigzag(least);
            self.widths = self.at + read;
            self.at = self.widths.checked_add(self.parts)?;
            self.part = 0;
        }
        let width = usize::from(*bytes.get(self.widths + self.part)?);
        if width > 64 {
            return None;
        }
        self.of_this_part = self.of_a_part;
        self.bit = self.at.checked_mul(8)?;
        self.at += width * self.of_a_part / 8;
        Some(())
    }

    /// How many numbers have not been read.
    pub const fn left(&self) -> usize {
        self.left
    }

    /// Where the numbers end: behind the last part that has any.
    pub const fn end(&self) -> usize {
        self.at
    }
}

#[cfg(test)]
mod tests {
    use super::{Deltas, Runs, bits};

    #[test]
    fn bits_lie_lowest_first() {
        let bytes = [0b1000_1000, 0b1100_0110, 0b1111_1010];
        let found: Vec<u64> = (0..8).map(|place| bits(&bytes, 3 * place, 3).unwrap()).collect();
        assert_eq!(found, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(bits(&bytes, 22, 3), None);
        assert_eq!(bits(&[0xff; 9], 7, 64), Some(u64::MAX));
        assert_eq!(bits(&[], 0, 0), Some(0));
    }

    #[test]
    fn runs_and_packed_numbers_take_turns() {
        // Three times 4, then eight numbers of three bits.
        let bytes = [0x06, 0x04, 0x03, 0b1000_1000, 0b1100_0110, 0b1111_1010];
        let mut runs = Runs::new(0, bytes.len(), 3);
        let found: Vec<u64> = std::iter::from_fn(|| runs.next(&bytes)).collect();
        assert_eq!(found, [4, 4, 4, 0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn differences_add_up() {
        // 1, 2, 3, 4, 5: no difference beyond the least, 1.
        let bytes = [0x80, 0x01, 0x04, 0x05, 0x02, 0x02, 0, 0, 0, 0];
        let mut deltas = Deltas::new(&bytes, 0, 5).unwrap();
        let found: Vec<i64> = std::iter::from_fn(|| deltas.next(&bytes)).collect();
        assert_eq!(found, [1, 2, 3, 4, 5]);
        assert_eq!((deltas.left(), deltas.end()), (0, bytes.len()));
        assert!(Deltas::new(&bytes, 0, 4).is_none());
    }
}
