//! Cost scaling: from any flow to a best one by flows that are best but for less and less.
//!
//! A flow is best but for ε if no step that is open has a reduced cost below −ε. With costs multiplied by more than the
//! number of vertices, and with ε = 1, it is best. From one ε to the next, which is a sixteenth of it, turns are pushed
//! where that gains, and what is too many at a vertex goes on to where turns are missing.
//!
//! Source: mathematics §4, *Networks*; Goldberg, Tarjan 1990; Goldberg 1997.

use super::repricing::Buckets;
use super::word::{Word, bits};
use crate::simplex::{Budget, Exhausted};

/// By how many bits ε shrinks.
const FEWER_BITS: u32 = 4;

/// An arc is left out where its reduced cost is more than ε times the number of vertices, less so many bits.
const NEARER_BITS: u32 = 5;

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

/// An arc, whichever end looks at it.
#[derive(Clone, Copy, Debug)]
struct Whole<C, F> {
    tail: u32,
    head: u32,
    cost: C,
    room: F,
    return_room: F,
}

/// A flow on its way to the best.
#[derive(Debug)]
pub struct Scaling<C, F> {
    /// All arcs, as of the last flow that balanced everywhere, if there was one.
    arcs: Vec<Whole<C, F>>,
    balanced: bool,
    /// Those that may change, and the places of their halves.
    shown: Vec<(u32, u32)>,
    /// Where the halves of each vertex begin.
    pub(super) starts: Vec<u32>,
    pub(super) halves: Vec<Half<C, F>>,
    pub(super) price: Vec<C>,
    /// Turns that arrive and do not leave.
    pub(super) excess: Vec<F>,
    /// Where the search for a step goes on.
    pub(super) current: Vec<u32>,
    pub(super) buckets: Buckets,
    /// No price goes beyond this.
    pub(super) limit: C,
    /// By how many bits costs were made longer.
    longer: u32,
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
        let whole = |offer: &Offer| {
            let (room, return_room) = (F::of(offer.rise)?, F::of(offer.fall)?);
            Some(Whole { tail: offer.tail, head: offer.head, cost: long(offer.cost)?, room, return_room })
        };
        let mut found = Self {
            arcs: offers.iter().map(whole).collect::<Option<_>>()?,
            balanced: excess.iter().all(|excess| *excess == 0),
            shown: Vec::new(),
            starts: Vec::new(),
            halves: Vec::new(),
            price: prices.iter().map(|price| long(*price)).collect::<Option<_>>()?,
            excess: excess.iter().map(|excess| F::of(*excess)).collect::<Option<_>>()?,
            current: vec![0; count],
            buckets: Buckets::default(),
            limit: C::from(1) << C::MOST_BITS,
            longer,
        };
        found.show(None);
        Some(found)
    }

    /// Makes the flow best.
    ///
    /// An arc whose reduced cost is some ε for each vertex hardly ever changes until the end, and is left out. In the end all
    /// are looked at, and where that was wrong, once more without leaving out any.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn run(&mut self, budget: &mut Budget) -> Result<End, Exhausted> {
        let (mut exponent, mut leaves_out) = (self.violation(), true);
        while exponent > 0 || !self.balanced {
            exponent = exponent.saturating_sub(FEWER_BITS);
            // Prices rise by up to eight steps of ε for each vertex at once. At first they fit; where arcs that were left out
            // begin the search anew, ε may be longer.
            if exponent + self.longer + 4 > C::MOST_BITS {
                return Ok(End::Long);
            }
            match self.refine(exponent, budget)? {
                End::Best => self.keep(),
                end => return Ok(end),
            }
            if exponent > 0 {
                let beyond = exponent + self.longer - NEARER_BITS.min(self.longer);
                self.show((leaves_out && beyond < C::MOST_BITS).then(|| C::from(1) << beyond));
            } else if self.shown.len() < self.arcs.len() {
                self.show(None);
                (exponent, leaves_out) = (self.violation(), false);
            }
        }
        Ok(End::Best)
    }

    /// How many turns may still be sent by each arc, in the last flow that balanced everywhere.
    pub fn rooms(&self) -> Option<impl Iterator<Item = F>> {
        self.balanced.then(|| self.arcs.iter().map(|arc| arc.room))
    }

    /// For each vertex the least that a walk to it costs, the empty one included, through what is open in a best flow.
    ///
    /// Of as cheap walks the one of the fewest steps counts: that makes every step one unit longer than it is, which leaves
    /// none below zero under the prices of a flow that is best but for one unit.
    pub fn least(&self) -> Vec<C> {
        self.least_walks().into_iter().map(|least| least >> self.longer).collect()
    }

    /// Looks at the arcs whose reduced costs are not beyond a bound.
    fn show(&mut self, bound: Option<C>) {
        let (price, arcs) = (&self.price, &self.arcs);
        let near = |arc: &Whole<C, F>| {
            let reduced = arc.cost + price[arc.tail as usize] - price[arc.head as usize];
            bound.is_none_or(|bound| reduced < bound && -reduced < bound)
        };
        let near: Vec<u32> = (0u32..).zip(arcs).filter(|(_, arc)| near(arc)).map(|(at, _)| at).collect();
        self.starts.clear();
        self.starts.resize(price.len() + 1, 0);
        for at in &near {
            let arc = &arcs[*at as usize];
            self.starts[arc.tail as usize + 1] += 1;
            self.starts[arc.head as usize + 1] += 1;
        }
        for vertex in 0..price.len() {
            self.starts[vertex + 1] += self.starts[vertex];
        }
        let none = F::default();
        let empty = Half { cost: C::default(), room: none, return_room: none, to: 0, back: 0 };
        self.halves.clear();
        self.halves.resize(near.len() * 2, empty);
        self.shown.clear();
        let mut next = self.starts.clone();
        let mut place = |vertex: u32| {
            let place = next[vertex as usize];
            next[vertex as usize] += 1;
            place
        };
        for at in near {
            let Whole { tail, head, cost, room, return_room } = arcs[at as usize];
            let (own, back) = (place(tail), place(head));
            self.halves[own as usize] = Half { cost, room, return_room, to: head, back };
            self.halves[back as usize] =
                Half { cost: -cost, room: return_room, return_room: room, to: tail, back: own };
            self.shown.push((at, own));
        }
    }

    /// Keeps a flow that balances everywhere.
    fn keep(&mut self) {
        for (at, place) in &self.shown {
            let (arc, half) = (&mut self.arcs[*at as usize], &self.halves[*place as usize]);
            (arc.room, arc.return_room) = (half.room, half.return_room);
        }
        self.balanced = true;
    }

    /// The exponent of the least power of two that the flow is best but for.
    fn violation(&self) -> u32 {
        let mut most = C::default();
        for vertex in 0..self.price.len() {
            for half in self.of(vertex).filter(|half| half.room > F::default()) {
                most = most.max(-self.reduced(vertex, half));
            }
        }
        let most: i128 = most.into();
        bits((most - 1).max(0))
    }

    pub(super) fn of(&self, vertex: usize) -> impl Iterator<Item = &Half<C, F>> {
        self.halves[self.starts[vertex] as usize..self.starts[vertex + 1] as usize].iter()
    }

    pub(super) fn reduced(&self, vertex: usize, half: &Half<C, F>) -> C {
        half.cost + self.price[vertex] - self.price[half.to as usize]
    }
}
