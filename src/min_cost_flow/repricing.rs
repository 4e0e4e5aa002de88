//! Prices set for all vertices at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::scaling::Scaling;
use super::word::Word;

/// Not reached.
const FAR: u32 = u32::MAX;

/// Vertices by their distance, each in a list that begins at its distance's place.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    begins: Vec<u32>,
    /// A vertex, and the place of the next.
    entries: Vec<(u32, u32)>,
    /// How many vertices all of them hold.
    held: usize,
}

impl Buckets {
    fn clear(&mut self) {
        self.begins.clear();
        self.entries.clear();
        self.held = 0;
    }

    fn put(&mut self, distance: u32, vertex: u32) {
        let place = distance as usize;
        if self.begins.len() <= place {
            self.begins.resize(place + 1, FAR);
        }
        let entry = u32::try_from(self.entries.len()).unwrap_or(FAR);
        self.entries.push((vertex, std::mem::replace(&mut self.begins[place], entry)));
        self.held += 1;
    }

    fn take(&mut self, distance: u32) -> Option<u32> {
        let place = distance as usize;
        let (vertex, next) = self.entries.get(self.begins[place] as usize).copied()?;
        self.begins[place] = next;
        self.held -= 1;
        Some(vertex)
    }
}

impl<C: Word, F: Word> Scaling<C, F> {
    /// Raises prices by how much nearer, in steps of ε, each vertex is to where turns are missing than the furthest at
    /// which there are too many; whether all of those reach one.
    ///
    /// Invariant: a flow that was best but for ε still is.
    ///
    /// Source: Goldberg 1997, *price update*.
    pub(super) fn reprice(&mut self, exponent: u32) -> bool {
        let (count, none) = (self.price.len(), F::default());
        let furthest = u32::try_from(count).unwrap_or(FAR / 16).saturating_mul(8);
        let (mut distance, mut buckets) = (vec![FAR; count], std::mem::take(&mut self.buckets));
        buckets.clear();
        let mut waiting = 0;
        for (vertex, excess) in (0u32..).zip(&self.excess) {
            if *excess < none {
                distance[vertex as usize] = 0;
                buckets.put(0, vertex);
            } else if *excess > none {
                waiting += 1;
            }
        }
        let (mut reached, mut at, mut beyond) = (Vec::new(), 0, false);
        while waiting > 0 {
            if buckets.held == 0 {
                if !beyond || !self.all_reach() {
                    return false;
                }
                at = furthest;
                break;
            }
            let Some(vertex) = buckets.take(at) else {
                at += 1;
                continue;
            };
            // Once it is reached it is not looked at again.
            if distance[vertex as usize] != at {
                continue;
            }
            reached.push((vertex, at));
            waiting -= usize::from(self.excess[vertex as usize] > none);
            let price = self.price[vertex as usize];
            for half in self.of(vertex as usize) {
                let from = half.to as usize;
                if half.return_room <= none || distance[from] <= at {
                    continue;
                }
                let reduced = self.price[from] - price - half.cost;
                let next = ((reduced >> exponent) + C::from(1)).short().saturating_add(at);
                if next >= furthest {
                    beyond = true;
                } else if next < distance[from] {
                    distance[from] = next;
                    buckets.put(next, half.to);
                }
            }
        }
        for (vertex, distance) in reached {
            let vertex = vertex as usize;
            self.price[vertex] = self.price[vertex] + (C::from(at - distance) << exponent);
        }
        self.buckets = buckets;
        // Steps to what rose may gain now, wherever they begin.
        self.current.copy_from_slice(&self.starts[..count]);
        true
    }

    /// Whether open steps lead from wherever there are too many turns to where some are missing.
    fn all_reach(&self) -> bool {
        let none = F::default();
        let mut reaches: Vec<bool> = self.excess.iter().map(|excess| *excess < none).collect();
        let mut stack: Vec<usize> = (0..reaches.len()).filter(|vertex| reaches[*vertex]).collect();
        while let Some(vertex) = stack.pop() {
            for half in self.of(vertex).filter(|half| half.return_room > none) {
                if !std::mem::replace(&mut reaches[half.to as usize], true) {
                    stack.push(half.to as usize);
                }
            }
        }
        self.excess.iter().zip(reaches).all(|(excess, reaches)| reaches || *excess <= none)
    }

    /// The least that a walk to each vertex costs, the empty one included, each open step one unit longer than it is.
    ///
    /// Source: Johnson 1977 (reduced weights); Dijkstra 1959.
    pub(super) fn least_walks(&self) -> Vec<C> {
        let mut least: Vec<C> = self.price.iter().map(|price| -*price).collect();
        let mut heap: BinaryHeap<(Reverse<C>, u32)> =
            least.iter().copied().map(Reverse).zip(0u32..).collect();
        while let Some((Reverse(length), vertex)) = heap.pop() {
            let vertex = vertex as usize;
            if length > least[vertex] {
                continue;
            }
            for half in self.of(vertex).filter(|half| half.room > F::default()) {
                let longer = length + self.reduced(vertex, half) + C::from(1);
                let known = &mut least[half.to as usize];
                if longer < *known {
                    *known = longer;
                    heap.push((Reverse(longer), half.to));
                }
            }
        }
        least.iter().zip(&self.price).map(|(least, price)| *least + *price).collect()
    }
}
