//! Names and what they stand for, found by hash: a table may declare a million of them.
//!
//! Of a million names none is in the processor's cache, so what counts is how many places of memory a look-up touches:
//! one that holds the hash, and one that holds what the name stands for beside the name itself, unless that is long.

use std::hash::{BuildHasher as _, RandomState};

use super::names::Thing;

/// Names, each with what it stands for.
///
/// Invariant: names are only ever looked up by hash, and listed in the order in which they came: how the hashes
/// fall differs from run to run, and nobody can see it.
#[derive(Debug)]
pub(super) struct Index {
    /// All long names, one after the other.
    text: String,
    entries: Vec<Entry>,
    /// By hash, and at the next place that is free: the hash, and the place of the entry and one more, or zero.
    ///
    /// Invariant: their number is a power of two, and at most three of four are taken.
    slots: Vec<(u32, u32)>,
    hasher: Hasher,
}

#[derive(Debug)]
struct Entry {
    name: Name,
    thing: Thing,
}

/// The most bytes of a name that stands where its entry does.
const SHORT: usize = 14;

/// A name, or where it stands among the long ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Short(u8, [u8; SHORT]),
    Long(u64, u32),
}

impl Name {
    /// A name that is short enough.
    fn short(name: &str) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        Some(Self::Short(u8::try_from(name.len()).ok()?, bytes))
    }
}

impl Default for Index {
    fn default() -> Self {
        Self { text: String::new(), entries: Vec::new(), slots: vec![(0, 0); 8], hasher: Hasher::default() }
    }
}

impl Index {
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn get(&self, name: &str) -> Option<Thing> {
        self.place(name, self.hasher.hash(name)).map(|place| self.entries[place].thing)
    }

    fn place(&self, name: &str, hash: u32) -> Option<usize> {
        let short = Name::short(name);
        let is = |entry: &Entry| match short {
            Some(short) => entry.name == short,
            None => matches!(entry.name, Name::Long(..)) && self.name(entry) == name,
        };
        let last = self.slots.len() - 1;
        let mut at = hash as usize & last;
        loop {
            let (known, next) = self.slots[at];
            let place = (next as usize).checked_sub(1)?;
            if known == hash && is(&self.entries[place]) {
                return Some(place);
            }
            at = (at + 1) & last;
        }
    }

    /// Lets a name stand for something; what it stood for before, if it did.
    pub fn insert(&mut self, name: &str, thing: Thing) -> Option<Thing> {
        let hash = self.hasher.hash(name);
        if let Some(place) = self.place(name, hash) {
            return Some(std::mem::replace(&mut self.entries[place].thing, thing));
        }
        let name = Name::short(name).unwrap_or_else(|| {
            let start = self.text.len() as u64;
            self.text.push_str(name);
            Name::Long(start, u32::try_from(name.len()).unwrap_or(u32::MAX))
        });
        self.entries.push(Entry { name, thing });
        if self.entries.len() > self.slots.len() / 4 * 3 {
            let twice = vec![(0, 0); self.slots.len() * 2];
            let slots = std::mem::replace(&mut self.slots, twice);
            slots.into_iter().filter(|(_, place)| *place > 0).for_each(|slot| self.settle(slot));
        }
        self.settle((hash, u32::try_from(self.entries.len()).unwrap_or(u32::MAX)));
        None
    }

    /// Puts what is not there yet at the first place that is free.
    fn settle(&mut self, slot: (u32, u32)) {
        let last = self.slots.len() - 1;
        let mut at = slot.0 as usize & last;
        while self.slots[at].1 > 0 {
            at = (at + 1) & last;
        }
        self.slots[at] = slot;
    }

    fn name<'n>(&'n self, entry: &'n Entry) -> &'n str {
        match &entry.name {
            // What is cut nowhere but where the name ends is text.
            Name::Short(length, bytes) => str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or(""),
            Name::Long(start, length) => {
                let start = usize::try_from(*start).unwrap_or(usize::MAX);
                self.text.get(start..start.saturating_add(*length as usize)).unwrap_or("")
            }
        }
    }

    /// All names, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Thing)> {
        self.entries.iter().map(|entry| (self.name(entry), entry.thing))
    }
}

/// Keyed anew in each run, so that no table can be made whose names all collide.
///
/// Source: Lemire, Kaser 2013, "Strongly universal string hashing is fast"; the folded product of Yi 2019 (wyhash).
#[derive(Debug)]
struct Hasher {
    keys: [u64; 3],
}

impl Default for Hasher {
    fn default() -> Self {
        let random = RandomState::new();
        // Odd, so that no product loses what it is made of.
        Self { keys: [1_u8, 2, 3].map(|which| random.hash_one(which) | 1) }
    }
}

impl Hasher {
    fn hash(&self, name: &str) -> u32 {
        let [first, second, third] = self.keys;
        let mut chunks = name.as_bytes().chunks_exact(8);
        let mut state = first ^ name.len() as u64;
        for chunk in &mut chunks {
            let word = chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            state = folded(state ^ word, second);
        }
        let rest = chunks.remainder().iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        let hash = folded(folded(state ^ rest, second), third);
        (hash ^ hash >> 32) as u32
    }
}

/// Both halves of a product, laid over each other.
fn folded(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    (product >> 64) as u64 ^ product as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FlowId;

    #[test]
    fn names_are_found_again_and_listed_as_they_came() {
        let mut index = Index::default();
        // A prime keeps them apart; some are long, and some are not of one byte a letter.
        let name = |place: u32| match place % 3 {
            0 => format!("n{}", place * 7_919 % 100_003),
            1 => format!("ü{}", place * 7_919 % 100_003),
            _ => format!("a name that is long {}", place * 7_919 % 100_003),
        };
        for place in 0..5_000 {
            assert_eq!(index.get(&name(place)), None);
            assert_eq!(index.insert(&name(place), Thing::Flow(FlowId(place))), None);
        }
        assert_eq!(index.insert(&name(7), Thing::Lost), Some(Thing::Flow(FlowId(7))));
        assert_eq!(index.insert(&name(8), Thing::Lost), Some(Thing::Flow(FlowId(8))));
        assert_eq!((index.len(), index.get("n"), index.get("")), (5_000, None, None));
        for (place, (listed, thing)) in (0..).zip(index.iter()) {
            assert_eq!(listed, name(place));
            assert_eq!(Some(thing), index.get(listed));
            let lost = place == 7 || place == 8;
            assert_eq!(thing, if lost { Thing::Lost } else { Thing::Flow(FlowId(place)) });
        }
    }

    #[test]
    fn names_that_differ_in_length_or_in_one_letter_have_other_hashes() {
        let hasher = Hasher::default();
        let names =
            ["", "\0", "a", "a\0", "b", "aaaaaaaa", "aaaaaaaa\0", "aaaaaaab", "baaaaaaa", "aaaaaaaaa"];
        let mut hashes: Vec<u32> = names.iter().map(|name| hasher.hash(name)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        // Of 45 pairs hardly ever one has the same 32 bits; no pair has them for a reason.
        assert!(hashes.len() >= names.len() - 1, "{hashes:?}");
    }

    #[test]
    fn an_entry_is_half_of_what_memory_is_read_by() {
        assert!(size_of::<Entry>() <= 32);
    }
}
