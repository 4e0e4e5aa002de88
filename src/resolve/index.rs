//! Names and what they stand for, found by hash: a table may declare a million of them.
//!
//! Of a million names none is in the processor's cache, so what counts is how many places of memory a look-up touches: what
//! a name stands for lies beside the name itself, unless that is long.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::names::Thing;

/// Names, each with what it stands for.
///
/// Invariant: names are only ever looked up by hash, and listed in the order in which they came: how the hashes
/// fall differs from run to run, and nobody can see it.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// All long names, one after the other.
    text: String,
    entries: Vec<Entry>,
    places: HashTable<u32>,
    /// Keyed anew in each run, so that no table can be made whose names all collide.
    hasher: RandomState,
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

impl Index {
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn get(&self, name: &str) -> Option<Thing> {
        self.place(name, self.hasher.hash_one(name)).map(|place| self.entries[place].thing)
    }

    fn place(&self, name: &str, hash: u64) -> Option<usize> {
        let short = Name::short(name);
        let is = |place: &u32| {
            let entry = &self.entries[*place as usize];
            match short {
                Some(short) => entry.name == short,
                None => matches!(entry.name, Name::Long(..)) && entry.spelled(&self.text) == name,
            }
        };
        self.places.find(hash, is).map(|place| *place as usize)
    }

    /// Lets a name stand for something; what it stood for before, if it did.
    pub fn insert(&mut self, name: &str, thing: Thing) -> Option<Thing> {
        let hash = self.hasher.hash_one(name);
        if let Some(place) = self.place(name, hash) {
            return Some(std::mem::replace(&mut self.entries[place].thing, thing));
        }
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let name = Name::short(name).unwrap_or_else(|| {
            let start = self.text.len() as u64;
            self.text.push_str(name);
            Name::Long(start, u32::try_from(name.len()).unwrap_or(u32::MAX))
        });
        self.entries.push(Entry { name, thing });
        let Self { text, entries, places, hasher } = self;
        let hash_of = |place: &u32| hasher.hash_one(entries[*place as usize].spelled(text));
        places.insert_unique(hash, place, hash_of);
        None
    }

    /// All names, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Thing)> {
        self.entries.iter().map(|entry| (entry.spelled(&self.text), entry.thing))
    }
}

impl Entry {
    /// The name, which may stand among the long ones.
    fn spelled<'n>(&'n self, long: &'n str) -> &'n str {
        match &self.name {
            // What is cut nowhere but where the name ends is text.
            Name::Short(length, bytes) => str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or(""),
            Name::Long(start, length) => {
                let start = usize::try_from(*start).unwrap_or(usize::MAX);
                long.get(start..start.saturating_add(*length as usize)).unwrap_or("")
            }
        }
    }
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
    fn an_entry_is_half_of_what_memory_is_read_by() {
        assert!(size_of::<Entry>() <= 32);
    }
}
