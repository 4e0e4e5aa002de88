//! Products of powers: what units and dimensions are made of.

use smallvec::SmallVec;

/// Things, each to a power. Hardly any product has more than two, which stand side by side without a place of their own
/// in memory: every value that is computed has such a product.
///
/// Invariant: in the order of the things, each once, and none to the power of zero.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Powers<T: Copy + Ord>(SmallVec<[(T, i32); 2]>);

impl<T: Copy + Ord> Default for Powers<T> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

impl<T: Copy + Ord> Powers<T> {
    pub fn of(thing: T) -> Self {
        Self(SmallVec::from_buf_and_len([(thing, 1), (thing, 1)], 1))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The power of a thing; zero where it is none of them.
    pub fn get(&self, thing: T) -> i32 {
        self.place(thing).map_or(0, |place| self.0[place].1)
    }

    pub fn set(&mut self, thing: T, power: i32) {
        match (self.place(thing), power) {
            (Ok(place), 0) => drop(self.0.remove(place)),
            (Ok(place), _) => self.0[place].1 = power,
            (Err(_), 0) => {}
            (Err(place), _) => self.0.insert(place, (thing, power)),
        }
    }

    /// Multiplies with a power of a thing; powers saturate.
    pub fn put(&mut self, thing: T, power: i32) {
        self.set(thing, self.get(thing).saturating_add(power));
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (T, i32)> + '_ {
        self.0.iter().copied()
    }

    fn place(&self, thing: T) -> Result<usize, usize> {
        self.0.binary_search_by_key(&thing, |(known, _)| *known)
    }
}

#[cfg(test)]
mod tests {
    use super::Powers;

    #[test]
    fn things_stand_in_their_order_and_vanish_with_their_power() {
        let mut powers = Powers::of(5);
        for (thing, power) in [(9, 2), (1, -1), (5, 1), (7, 3), (9, -2), (8, 0)] {
            powers.put(thing, power);
        }
        assert_eq!(powers.iter().collect::<Vec<_>>(), [(1, -1), (5, 2), (7, 3)]);
        assert_eq!((powers.get(7), powers.get(9)), (3, 0));
        powers.put(7, i32::MAX);
        assert_eq!(powers.get(7), i32::MAX);
        [1, 5, 7].iter().for_each(|thing| powers.set(*thing, 0));
        assert!(powers.is_empty());
    }
}
