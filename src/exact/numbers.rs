//! Many exact numbers in little memory: what a column of a table holds.

use super::Rational;
use super::cell::Short;

/// A list of exact numbers, a word for each that fits one over a common power of ten.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// All mantissas count tenths to this power.
    places: u32,
    mantissas: Vec<i64>,
    /// Numbers that do not fit, by their place in the list, in order.
    large: Vec<(usize, Rational)>,
}

impl Numbers {
    /// So many zeros.
    #[must_use]
    pub fn zeros(count: usize) -> Self {
        Self { mantissas: vec![0; count], ..Self::default() }
    }

    /// Adds zeros up to a length.
    pub fn pad(&mut self, length: usize) {
        if self.mantissas.len() < length {
            self.mantissas.resize(length, 0);
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.mantissas.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mantissas.is_empty()
    }

    /// The number at a place; zero behind the end.
    #[must_use]
    pub fn get(&self, place: usize) -> Rational {
        if let Ok(found) = self.large.binary_search_by_key(&place, |(place, _)| *place) {
            return self.large[found].1.clone();
        }
        let mantissa = self.mantissas.get(place).copied().unwrap_or(0);
        of_short(Short { mantissa, places: self.places })
    }

    pub fn push_short(&mut self, number: Short) {
        if number.places > self.places {
            self.widen(number.places);
        }
        match raised(number.mantissa, self.places - number.places) {
            Some(mantissa) => self.mantissas.push(mantissa),
            None => self.push_large(of_short(number)),
        }
    }

    /// Adds a number; what is no short decimal is kept as it is.
    pub fn push(&mut self, number: Rational) {
        match shortened(&number) {
            Some(short) => self.push_short(short),
            None => self.push_large(number),
        }
    }

    fn push_large(&mut self, number: Rational) {
        self.large.push((self.mantissas.len(), number));
        self.mantissas.push(0);
    }

    /// Counts finer tenths; numbers that no longer fit go where the large ones are.
    fn widen(&mut self, places: u32) {
        let more = places - self.places;
        let mut moved = Vec::new();
        for (place, mantissa) in self.mantissas.iter_mut().enumerate() {
            match raised(*mantissa, more) {
                Some(raised) => *mantissa = raised,
                None => {
                    moved.push((place, of_short(Short { mantissa: *mantissa, places: self.places })));
                    *mantissa = 0;
                }
            }
        }
        if !moved.is_empty() {
            self.large.append(&mut moved);
            self.large.sort_by_key(|(place, _)| *place);
        }
        self.places = places;
    }

    pub fn shrink_to_fit(&mut self) {
        self.mantissas.shrink_to_fit();
    }
}

/// `mantissa × 10^places`, where it fits.
fn raised(mantissa: i64, places: u32) -> Option<i64> {
    if mantissa == 0 { Some(0) } else { 10_i64.checked_pow(places)?.checked_mul(mantissa) }
}

/// The number as a short decimal, if it is one.
fn shortened(number: &Rational) -> Option<Short> {
    let (mut denominator, mut places) = (u64::try_from(number.denominator()).ok()?, 0_u32);
    let mut mantissa = i64::try_from(number.numerator()).ok()?;
    while denominator > 1 {
        // One place more takes a 2 and a 5 from the denominator; what is not there multiplies the mantissa.
        let (two, five) = (denominator.is_multiple_of(2), denominator.is_multiple_of(5));
        if !two && !five {
            return None;
        }
        denominator /= if two { 2 } else { 1 } * if five { 5 } else { 1 };
        mantissa = mantissa.checked_mul(if two { 1 } else { 2 } * if five { 1 } else { 5 })?;
        places += 1;
    }
    (places <= 18).then_some(Short { mantissa, places })
}

fn of_short(number: Short) -> Rational {
    // Words have no more places than these, by construction.
    let power = 10_u64.checked_pow(number.places).unwrap_or(u64::MAX);
    Rational::of_words(number.mantissa, power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::cell;

    #[test]
    fn short_decimals_are_kept_short() {
        for (text, mantissa, places) in [("12.5", 125, 1), ("0.125", 125, 3), ("-3", -3, 0), ("0.04", 4, 2)] {
            assert_eq!(shortened(&cell::parse(text).unwrap()), Some(Short { mantissa, places }), "{text}");
        }
        assert_eq!(shortened(&Rational::from(1).checked_div(&Rational::from(3)).unwrap()), None);
        assert_eq!(shortened(&cell::parse("1e30").unwrap()), None);
    }

    #[test]
    fn numbers_come_back_as_they_were() {
        let texts = [
            "0",
            "1",
            "-2.5",
            "0.000000000000000001",
            "999999999999999999",
            "-0.10",
            "1e30",
            "3",
            "1e-30",
            "12.34",
            "0.125",
        ];
        for rotation in 0..texts.len() {
            let mut turned = texts.to_vec();
            turned.rotate_left(rotation);
            let mut numbers = Numbers::default();
            for text in &turned {
                match cell::short(text) {
                    Some(short) => numbers.push_short(short),
                    None => numbers.push(cell::parse(text).unwrap()),
                }
            }
            let back: Vec<Rational> = (0..numbers.len()).map(|place| numbers.get(place)).collect();
            let wanted: Vec<Rational> = turned.iter().map(|text| cell::parse(text).unwrap()).collect();
            assert_eq!(back, wanted);
        }
    }
}
