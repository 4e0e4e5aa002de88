//! Many exact numbers in little memory: what a column of a table holds.

use super::short::raised;
use super::{Rational, Short};

/// A list of exact numbers, a word for each that fits one over a common power of ten.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// What all mantissas are multiplied with. Invariant: above zero or below it.
    unit: Rational,
    /// All mantissas count tenths to this power.
    places: u32,
    mantissas: Vec<i64>,
    /// Numbers that do not fit, by their place in the list, in order.
    large: Vec<(usize, Rational)>,
}

/// A list of integers, as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Words<'n> {
    mantissas: &'n [i64],
    /// Whether each stands for its negative.
    turned: bool,
}

impl Words<'_> {
    /// The integer at a place; zero behind the end.
    #[must_use]
    #[inline]
    pub fn get(&self, place: usize) -> i64 {
        let word = self.mantissas.get(place).copied().unwrap_or(0);
        // What is no number of either sign is never kept as a word.
        if self.turned { word.wrapping_neg() } else { word }
    }

    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        (0..self.mantissas.len()).map(|place| self.get(place))
    }

    /// The greatest magnitude; zero where there is none.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.mantissas.iter().fold(0, |most, word| most.max(word.unsigned_abs()))
    }

    /// Whether none is less than zero.
    #[must_use]
    pub fn none_is_negative(&self) -> bool {
        self.mantissas.iter().all(|word| if self.turned { *word <= 0 } else { *word >= 0 })
    }
}

impl Default for Numbers {
    fn default() -> Self {
        Self { unit: Rational::ONE, places: 0, mantissas: Vec::new(), large: Vec::new() }
    }
}

impl FromIterator<Rational> for Numbers {
    fn from_iter<I: IntoIterator<Item = Rational>>(numbers: I) -> Self {
        let mut all = Self::default();
        numbers.into_iter().for_each(|number| all.push(number));
        all
    }
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
        let number = Short { mantissa, places: self.places }.to_rational();
        if self.unit == Rational::ONE { number } else { &number * &self.unit }
    }

    /// The sum of the numbers at some places.
    #[must_use]
    pub fn sum(&self, places: impl IntoIterator<Item = usize>) -> Rational {
        places.into_iter().map(|place| self.get(place)).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = Rational> {
        (0..self.len()).map(|place| self.get(place))
    }

    /// The number at a place, where it is kept as a word, and all are as they were added.
    #[must_use]
    pub fn short(&self, place: usize) -> Option<Short> {
        let mantissa = *self.mantissas.get(place)?;
        // A number that is kept apart has a zero here.
        let apart = mantissa == 0 && self.large.binary_search_by_key(&place, |(place, _)| *place).is_ok();
        (!apart && self.unit == Rational::ONE).then_some(Short { mantissa, places: self.places })
    }

    /// All numbers times one that is not zero.
    #[must_use]
    pub fn times(mut self, factor: &Rational) -> Self {
        self.unit = &self.unit * factor;
        self.large.iter_mut().for_each(|(_, number)| *number = &*number * factor);
        self
    }

    /// All numbers as integers, and what they were multiplied with, above zero; nothing where some are no words.
    #[must_use]
    pub fn integers(&self) -> Option<(Words<'_>, Rational)> {
        if !self.large.is_empty() {
            return None;
        }
        let scale = &Short { mantissa: 1, places: self.places }.to_rational() * &self.unit;
        let (turned, scale) = (scale.is_negative(), scale.reciprocal()?);
        Some((Words { mantissas: &self.mantissas, turned }, if turned { -scale } else { scale }))
    }

    pub fn push_short(&mut self, number: Short) {
        if number.places > self.places {
            self.widen(number.places);
        }
        match raised(number.mantissa, self.places - number.places) {
            Some(mantissa) => self.mantissas.push(mantissa),
            None => self.push_large(number.to_rational()),
        }
    }

    /// Adds a number; what is no short decimal is kept as it is.
    pub fn push(&mut self, number: Rational) {
        match Short::of(&number) {
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
                    moved.push((place, Short { mantissa: *mantissa, places: self.places }.to_rational()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::cell;

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
