//! Cost scaling: from any flow to a best one by flows that are best but for less and less.
//!
//! A flow is best but for ε if no step that is open has a reduced cost below −ε. With costs multiplied by more than the
//! number of vertices, and with ε = 1, it is best. From one ε to the next, which is a sixteenth of it, turns are pushed
//! where that gains, and what is too many at a vertex goes on to where turns are missing.
//!
//! Source: mathematics §4, *Networks*; Goldberg, Tarjan 1990; Goldberg 1997; Bünnagel, Korte, Vygen 1998.

use super::word::{Word, bits};
use crate::simplex::{Budget, Exhausted};

/// By how many bits ε shrinks.
const FEWER_BITS: u32 = 4;

/// An arc that costs so much for each turn, and by how many turns it may rise and fall.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    pub tail: u32,
    pub head: u32,
    pub rise: i128,
    pub fall: i128,
    pub cost: i128,
}

/// An arc as one of its ends sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Half<C, F> {
    pub cost: C,
    /// How many turns may still be sent this way.
    pub room: F,
    /// How many may be sent back.
    pub return_room: F,
    pub to: u32,
    /// The place of the same arc as the other end sees it.
    pub back: u32,
}

/// A flow on its way to the best.
#[derive(Debug)]
pub struct Scaling<C, F> {
    /// Where the halves of each vertex begin.
    pub(super) starts: Vec<u32>,
    pub(super) halves: Vec<Half<C, F>>,
    pub(super) price: Vec<C>,
    /// Turns that arrive and do not leave.
    pub(super) excess: Vec<F>,
    /// Where the search for a step goes on.
    pub(super) current: Vec<u32>,
    /// No price goes beyond this.
    pub(super) limit: C,
    /// The places of the arcs.
    places: Vec<u32>,
    /// By how many bits costs were made longer.
    longer: u32,
    /// The rooms of the last flow that balanced everywhere.
    balanced: Option<Vec<F>>,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The flow balances everywhere, and is as good as was asked.
    Best,
    /// No flow balances everywhere.
    Infeasible,
    /// A price is longer than a word.
    Long,
}

impl<C: Word, F: Word> Scaling<C, F> {
    /// Nothing where the words are too short.
    pub fn new(offers: &[Offer], excess: &[i128], prices: &[i128]) -> Option<Self> {
        let count = excess.len();
        let longer = bits(i128::try_from(count).ok()? + 1);
        let most = offers.iter().map(|offer| bits(offer.cost)).chain(prices.iter().map(|price| bits(*price)));
        // No price moves further than the steps of a way through all vertices, each as long as the first ε.
        if most.max().unwrap_or(0) + 2 * longer + 4 > C::MOST_BITS {
            return None;
        }
        let turns = offers.iter().flat_map(|offer| [offer.rise, offer.fall]).chain(excess.iter().copied());
        let all = turns.fold(0u128, |sum, turns| sum.saturating_add(turns.unsigned_abs()));
        if u128::BITS - all.leading_zeros() > F::MOST_BITS {
            return None;
        }
        let long = |number: i128| C::of(number).map(|number| number << longer);
        let mut found = Self {
            starts: starts(offers, count),
            halves: Vec::new(),
            price: prices.iter().map(|price| long(*price)).collect::<Option<_>>()?,
            excess: excess.iter().map(|excess| F::of(*excess)).collect::<Option<_>>()?,
            current: vec![0; count],
            limit: C::from(1) << C::MOST_BITS,
            places: Vec::with_capacity(offers.len()),
            longer,
            balanced: None,
        };
        let none = F::default();
        let empty = Half { cost: C::default(), room: none, return_room: none, to: 0, back: 0 };
        found.halves = vec![empty; offers.len() * 2];
        let mut next = found.starts.clone();
        let mut place = |vertex: u32| {
            let place = next[vertex as usize];
            next[vertex as usize] += 1;
            place
        };
        for offer in offers {
            let (own, back) = (place(offer.tail), place(offer.head));
            let cost = long(offer.cost)?;
            let (room, return_room) = (F::of(offer.rise)?, F::of(offer.fall)?);
            let half = Half { cost, room, return_room, to: offer.head, back };
            let other = Half { cost: -cost, room: return_room, return_room: room, to: offer.tail, back: own };
            found.halves[own as usize] = half;
            found.halves[back as usize] = other;
            found.places.push(own);
        }
        if found.is_balanced() {
            found.keep();
        }
        Some(found)
    }

    /// Makes the flow best.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn run(&mut self, budget: &mut Budget) -> Result<End, Exhausted> {
        let mut exponent = self.violation();
        while exponent > 0 || !self.is_balanced() {
            exponent = exponent.saturating_sub(FEWER_BITS);
            match self.refine(exponent, budget)? {
                End::Best => self.keep(),
                end => return Ok(end),
            }
        }
        Ok(End::Best)
    }

    /// How many turns may still be sent by each arc, in the last flow that balanced everywhere.
    pub fn rooms(&self) -> Option<&[F]> {
        self.balanced.as_deref()
    }

    /// For each vertex the least that a walk to it costs, the empty one included, through what is open in a best flow.
    ///
    /// Of as cheap walks the one of the fewest steps counts: that makes every step one unit longer than it is, which leaves
    /// none below zero under the prices of a flow that is best but for one unit.
    pub fn least(&self) -> Vec<C> {
        self.least_walks().into_iter().map(|least| least >> self.longer).collect()
    }

    fn is_balanced(&self) -> bool {
        self.excess.iter().all(|excess| *excess == F::default())
    }

    fn keep(&mut self) {
        let halves = &self.halves;
        self.balanced = Some(self.places.iter().map(|place| halves[*place as usize].room).collect());
    }

    /// The bits of the least power of two that the flow is best but for.
    fn violation(&self) -> u32 {
        let mut most = C::default();
        for vertex in 0..self.price.len() {
            for half in self.of(vertex).filter(|half| half.room > F::default()) {
                most = most.max(-self.reduced(vertex, half));
            }
        }
        bits(most.into())
    }

    pub(super) fn of(&self, vertex: usize) -> impl Iterator<Item = &Half<C, F>> {
        self.halves[self.starts[vertex] as usize..self.starts[vertex + 1] as usize].iter()
    }

    pub(super) fn reduced(&self, vertex: usize, half: &Half<C, F>) -> C {
        half.cost + self.price[vertex] - self.price[half.to as usize]
    }
}

/// Where the halves of each vertex begin, and where the last end.
fn starts(offers: &[Offer], count: usize) -> Vec<u32> {
    let mut starts = vec![0u32; count + 1];
    for offer in offers {
        starts[offer.tail as usize + 1] += 1;
        starts[offer.head as usize + 1] += 1;
    }
    for vertex in 0..count {
        starts[vertex + 1] += starts[vertex];
    }
    starts
}
