//! Machine words of one length: what cost scaling counts turns and costs in.

use std::fmt::Debug;
use std::ops::{Add, Neg, Shl, Shr, Sub};

/// A signed machine word.
///
/// Invariant: whoever counts in words has shown that no sum leaves their range.
pub trait Word:
    Copy
    + Ord
    + Default
    + Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Neg<Output = Self>
    + Shl<u32, Output = Self>
    + Shr<u32, Output = Self>
    + From<u32>
    + Into<i128>
{
    /// Sums of more bits than this, signs not included, are not formed.
    const MOST_BITS: u32;

    /// The same number; nothing where it is too long.
    fn of(number: i128) -> Option<Self>;

    /// A number that is not negative as one of 32 bits, or the greatest of those.
    fn short(self) -> u32;
}

impl Word for i64 {
    const MOST_BITS: u32 = 61;

    fn of(number: i128) -> Option<Self> {
        Self::try_from(number).ok()
    }

    fn short(self) -> u32 {
        u32::try_from(self).unwrap_or(u32::MAX)
    }
}

impl Word for i128 {
    const MOST_BITS: u32 = 125;

    fn of(number: i128) -> Option<Self> {
        Some(number)
    }

    fn short(self) -> u32 {
        u32::try_from(self).unwrap_or(u32::MAX)
    }
}

/// How many bits a number takes, its sign not included.
pub fn bits(number: i128) -> u32 {
    u128::BITS - number.unsigned_abs().leading_zeros()
}
