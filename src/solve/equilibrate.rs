//! Scales for doubles: powers of two, so that scaling itself rounds nothing.

/// Passes over rows and columns; each brings their magnitudes nearer to one, and the first do most of it.
const PASSES: usize = 4;

/// A scale's greatest exponent of two: the product of a few stays within the range of doubles.
const MOST_EXPONENT: i32 = 120;

/// The factors of a program's rows, by row, with the columns they stand on.
pub(super) type Factors = Vec<Vec<(usize, f64)>>;

/// What rows and columns are multiplied by.
#[derive(Debug)]
pub(super) struct Scales {
    pub rows: Vec<f64>,
    pub columns: Vec<f64>,
}

/// Scales that bring the factors of every row and every column near to one, in the geometric mean of the
/// greatest and the least; whole columns keep their unit.
///
/// Source: Curtis, Reid 1972, for the aim; Fourer 1982 for the mean of the extremes.
pub(super) fn equilibrated(factors: &Factors, whole: &[bool]) -> Scales {
    let mut rows = vec![0; factors.len()];
    let mut columns = vec![0; whole.len()];
    for _ in 0..PASSES {
        for (row, terms) in rows.iter_mut().zip(factors) {
            let mut spread = Spread::default();
            terms.iter().for_each(|(column, factor)| spread.add(*factor, columns[*column]));
            *row = spread.scale();
        }
        let mut spreads = vec![Spread::default(); columns.len()];
        for (row, terms) in rows.iter().zip(factors) {
            terms.iter().for_each(|(column, factor)| spreads[*column].add(*factor, *row));
        }
        for ((column, spread), whole) in columns.iter_mut().zip(&spreads).zip(whole) {
            *column = if *whole { 0 } else { spread.scale() };
        }
    }
    let powers = |exponents: Vec<i32>| exponents.into_iter().map(power_of_two).collect();
    Scales { rows: powers(rows), columns: powers(columns) }
}

/// The least and the greatest exponent of some magnitudes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spread(Option<(i32, i32)>);

impl Spread {
    /// Takes in a number that a scale multiplies by 2 to the power of `by`.
    pub fn add(&mut self, number: f64, by: i32) {
        if number != 0.0 && number.is_finite() {
            let exponent = exponent(number) + by;
            let (least, most) = self.0.unwrap_or((exponent, exponent));
            self.0 = Some((least.min(exponent), most.max(exponent)));
        }
    }

    pub const fn is_empty(self) -> bool {
        self.0.is_none()
    }

    /// The exponent that brings the middle of the spread to one.
    pub fn scale(self) -> i32 {
        let middle = self.0.map_or(0, |(least, most)| (least + most).div_euclid(2));
        (-middle).clamp(-MOST_EXPONENT, MOST_EXPONENT)
    }

    /// The exponent that brings the greatest to one.
    pub fn scale_of_greatest(self) -> i32 {
        self.0.map_or(0, |(_, most)| -most).clamp(-MOST_EXPONENT, MOST_EXPONENT)
    }
}

/// The exponent of a double: its magnitude lies between this power of two and the next.
fn exponent(number: f64) -> i32 {
    let biased = (number.to_bits() >> 52) & 0x7ff;
    i32::try_from(biased).map_or(0, |biased| biased - 1023)
}

/// Two to a power within the range of normal doubles.
pub(super) fn power_of_two(exponent: i32) -> f64 {
    let biased = u64::try_from(exponent.clamp(-1022, 1023) + 1023).unwrap_or(1023);
    f64::from_bits(biased << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_exponents_are_each_others_inverse() {
        for power in [-1022, -120, -1, 0, 1, 52, 1023] {
            assert_eq!(exponent(power_of_two(power)), power);
        }
        assert_eq!((power_of_two(10), power_of_two(-1), exponent(-12.5)), (1024.0, 0.5, 3));
    }

    #[test]
    fn scales_undo_units() {
        // A benign matrix whose rows and columns were written in other units.
        let units = (vec![1e-9, 1.0, 1e6], vec![1e12, 1e-3, 1.0]);
        let number = |row: usize, column: usize| units.0[row] * units.1[column];
        let factors: Factors =
            (0..3).map(|row| (0..3).map(|column| (column, number(row, column))).collect()).collect();
        let scales = equilibrated(&factors, &[false; 3]);
        for (row, terms) in factors.iter().enumerate() {
            for (column, factor) in terms {
                let scaled = factor * scales.rows[row] * scales.columns[*column];
                assert!((0.1..10.0).contains(&scaled), "{scaled}");
            }
        }
        assert_eq!(equilibrated(&factors, &[true; 3]).columns, [1.0; 3]);
    }
}
