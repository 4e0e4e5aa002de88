//! Names and what they stand for, found by hash: a table may declare a million of them.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;

use super::names::Thing;

/// Names, each with what it stands for.
///
/// Invariant: names are only ever looked up by hash, and listed in the order in which they came: how the hashes
/// fall differs from run to run, and nobody can see it.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// All names, one after the other.
    text: String,
    entries: Vec<Entry>,
    places: HashTable<u32>,
    /// Keyed anew in each run, so that no table can be made whose names all collide.
    hasher: RandomState,
}

#[derive(Debug)]
struct Entry {
    start: usize,
    length: u32,
    thing: Thing,
}

impl Index {
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn get(&self, name: &str) -> Option<Thing> {
        self.place(name).map(|place| self.entries[place].thing)
    }

    fn place(&self, name: &str) -> Option<usize> {
        let is = |place: &u32| name_at(&self.text, &self.entries, *place) == name;
        self.places.find(self.hasher.hash_one(name), is).map(|place| *place as usize)
    }

    /// Lets a name stand for something; what it stood for before, if it did.
    pub fn insert(&mut self, name: &str, thing: Thing) -> Option<Thing> {
        if let Some(place) = self.place(name) {
            return Some(std::mem::replace(&mut self.entries[place].thing, thing));
        }
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let length = u32::try_from(name.len()).unwrap_or(u32::MAX);
        self.entries.push(Entry { start: self.text.len(), length, thing });
        self.text.push_str(name);
        let Self { text, entries, places, hasher } = self;
        let hash = |place: &u32| hasher.hash_one(name_at(text, entries, *place));
        places.insert_unique(hasher.hash_one(name), place, hash);
        None
    }

    /// All names, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Thing)> {
        let name = |place| name_at(&self.text, &self.entries, place);
        (0..).zip(&self.entries).map(move |(place, entry)| (name(place), entry.thing))
    }
}

fn name_at<'t>(text: &'t str, entries: &[Entry], place: u32) -> &'t str {
    let Entry { start, length, .. } = entries[place as usize];
    &text[start..start + length as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FlowId;

    #[test]
    fn names_are_found_again_and_listed_as_they_came() {
        let mut index = Index::default();
        // A prime keeps them apart.
        let name = |place: u32| format!("n{}", place * 7_919 % 100_003);
        for place in 0..5_000 {
            assert_eq!(index.insert(&name(place), Thing::Flow(FlowId(place))), None);
        }
        assert_eq!(index.insert(&name(7), Thing::Lost), Some(Thing::Flow(FlowId(7))));
        assert_eq!((index.len(), index.get("n"), index.get("")), (5_000, None, None));
        for (place, (listed, thing)) in (0..).zip(index.iter()) {
            assert_eq!(listed, name(place));
            assert_eq!(Some(thing), index.get(listed));
            assert_eq!(thing, if place == 7 { Thing::Lost } else { Thing::Flow(FlowId(place)) });
        }
    }
}
