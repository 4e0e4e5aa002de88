//! Several objectives by cost scaling, one after the other: each among the best flows of those before.
//!
//! Given prices that prove a flow best, the best flows are those that change only where a turn more or less is worth
//! nothing. So the next objective asks of those arcs alone; mostly they are few.
//!
//! Source: mathematics §4, *Networks*.

use super::arcs::Arc;
use super::scaling::{End, Offer, Scaling};
use super::word::Word;
use crate::simplex::{Budget, Exhausted};

/// A best flow, and for each level what turns are worth from each vertex on.
#[derive(Debug)]
pub struct Descended {
    pub flow: Vec<i128>,
    pub potentials: Vec<Vec<i128>>,
}

/// How the search ended.
#[derive(Debug)]
pub enum Descent {
    Found(Descended),
    Infeasible,
    /// There is no best flow, or words are too short: another method has to say.
    Unsaid,
    /// The budget is exhausted: the flow where the search stood, if it kept all bounds.
    Cut(Option<Vec<i128>>),
}

/// Maximises each level over the optima of those before.
pub fn descend(vertices: usize, arcs: &[Arc<i128>], levels: &[Vec<i128>], budget: &mut Budget) -> Descent {
    let Some(mut search) = Search::new(vertices, arcs) else { return Descent::Unsaid };
    let mut potentials = Vec::with_capacity(levels.len());
    for level in levels {
        match search.maximize(level, budget) {
            Ok(Step::Best(potential)) => {
                search.keep_best(level, &potential);
                potentials.push(potential);
            }
            Ok(Step::Infeasible) => return Descent::Infeasible,
            Ok(Step::Unsaid) => return Descent::Unsaid,
            Err(Exhausted) => return Descent::Cut(search.balanced()),
        }
    }
    let flow = search.flow;
    if is_best((arcs, &flow), levels, &potentials) {
        Descent::Found(Descended { flow, potentials })
    } else {
        // Bounds that are none were met: the worth grows for ever.
        Descent::Unsaid
    }
}

/// How one level ended.
enum Step {
    /// With potentials that prove the flow best.
    Best(Vec<i128>),
    Infeasible,
    Unsaid,
}

struct Search<'a> {
    arcs: &'a [Arc<i128>],
    flow: Vec<i128>,
    excess: Vec<i128>,
    /// Those that may change among the best flows of the levels before.
    open: Vec<usize>,
    /// What stands for a bound that is missing: more than any flow needs that cannot be taken apart.
    far: i128,
}

impl<'a> Search<'a> {
    /// Every arc at a bound; nothing where bounds are too long.
    fn new(vertices: usize, arcs: &'a [Arc<i128>]) -> Option<Self> {
        let bounds = arcs.iter().flat_map(|arc| [arc.lower, arc.upper]).flatten();
        let all = bounds.fold(1u128, |sum, bound| sum.saturating_add(bound.unsigned_abs()));
        let far = i128::try_from(all).ok().filter(|far| *far < 1 << 120)?;
        let at = |arc: &Arc<i128>| arc.lower.or(arc.upper).unwrap_or(0);
        let flow: Vec<i128> = arcs.iter().map(at).collect();
        let mut excess = vec![0; vertices];
        for (arc, flow) in arcs.iter().zip(&flow) {
            excess[arc.tail.index()] -= flow;
            excess[arc.head.index()] += flow;
        }
        Some(Self { arcs, flow, excess, open: (0..arcs.len()).collect(), far })
    }

    /// The best flow by this level.
    fn maximize(&mut self, level: &[i128], budget: &mut Budget) -> Result<Step, Exhausted> {
        if !self.turn_own_loops(level) {
            return Ok(Step::Unsaid);
        }
        let offers = self.offers(level);
        let tied = tied(&offers, self.excess.len());
        let balanced = self.excess.iter().all(|excess| *excess == 0);
        let zeros = vec![0; tied.len()];
        let (own, alone) = (violation(&offers, &tied), violation(&offers, &zeros));
        if own == 0 && balanced {
            return Ok(Step::Best(tied));
        }
        let prices = if own < alone { tied } else { zeros };
        if let Some(scaling) = Scaling::<i64, i64>::new(&offers, &self.excess, &prices) {
            match self.scaled(scaling, budget)? {
                Step::Unsaid => {}
                step => return Ok(step),
            }
        }
        match Scaling::<i128, i128>::new(&offers, &self.excess, &prices) {
            Some(scaling) => self.scaled(scaling, budget),
            None => Ok(Step::Unsaid),
        }
    }

    fn scaled<C: Word, F: Word>(
        &mut self,
        mut scaling: Scaling<C, F>,
        budget: &mut Budget,
    ) -> Result<Step, Exhausted> {
        let end = scaling.run(budget);
        match end {
            Ok(End::Infeasible) => return Ok(Step::Infeasible),
            Ok(End::Long) => return Ok(Step::Unsaid),
            Ok(End::Best) | Err(Exhausted) => {}
        }
        if let Some(rooms) = scaling.rooms() {
            let arcs = self.arcs;
            let carried = self.open.iter().filter(|place| !is_own_loop(&arcs[**place]));
            for (place, left) in carried.zip(rooms) {
                let left: i128 = left.into();
                self.flow[*place] += room(&arcs[*place], self.flow[*place], self.far).0 - left;
            }
            self.excess.iter_mut().for_each(|excess| *excess = 0);
        }
        end.map(|_| Step::Best(scaling.least().into_iter().map(Into::into).collect()))
    }

    /// Turns on arcs that lead back to where they begin change nothing else; whether they have a best number.
    fn turn_own_loops(&mut self, level: &[i128]) -> bool {
        for place in self.open.iter().copied().filter(|place| is_own_loop(&self.arcs[*place])) {
            let arc = &self.arcs[place];
            let end = match level[place].signum() {
                0 => continue,
                1 => arc.upper,
                _ => arc.lower,
            };
            let Some(end) = end else { return false };
            self.flow[place] = end;
        }
        true
    }

    fn offers(&self, level: &[i128]) -> Vec<Offer> {
        let offer = |place: &usize| {
            let arc = &self.arcs[*place];
            let (rise, fall) = room(arc, self.flow[*place], self.far);
            Offer { tail: arc.tail.0, head: arc.head.0, rise, fall, cost: -level[*place] }
        };
        self.open.iter().filter(|place| !is_own_loop(&self.arcs[**place])).map(offer).collect()
    }

    /// Only arcs that change at no loss may change from here on.
    fn keep_best(&mut self, level: &[i128], potential: &[i128]) {
        let arcs = self.arcs;
        self.open.retain(|place| reduced(&arcs[*place], level[*place], potential) == 0);
    }

    fn balanced(self) -> Option<Vec<i128>> {
        self.excess.iter().all(|excess| *excess == 0).then_some(self.flow)
    }
}

/// How many turns an arc may rise and fall by.
fn room(arc: &Arc<i128>, flow: i128, far: i128) -> (i128, i128) {
    let rise = arc.upper.map_or(far - flow, |upper| upper - flow);
    let fall = arc.lower.map_or(far + flow, |lower| flow - lower);
    (rise.max(0), fall.max(0))
}

fn is_own_loop(arc: &Arc<i128>) -> bool {
    arc.tail == arc.head
}

/// What one more turn on an arc is worth, while the rest of its loop goes as the potentials say.
fn reduced(arc: &Arc<i128>, worth: i128, potential: &[i128]) -> i128 {
    worth - potential[arc.tail.index()] + potential[arc.head.index()]
}

/// Prices under which every arc between its bounds costs nothing, as far as such arcs close no loops.
fn tied(offers: &[Offer], vertices: usize) -> Vec<i128> {
    let (mut prices, mut seen) = (vec![0i128; vertices], vec![false; vertices]);
    let mut beside: Vec<Vec<(u32, i128)>> = vec![Vec::new(); vertices];
    for offer in offers.iter().filter(|offer| offer.rise > 0 && offer.fall > 0) {
        beside[offer.tail as usize].push((offer.head, offer.cost));
        beside[offer.head as usize].push((offer.tail, -offer.cost));
    }
    let mut queue = std::collections::VecDeque::new();
    for first in 0..vertices {
        if std::mem::replace(&mut seen[first], true) {
            continue;
        }
        queue.push_back(first);
        while let Some(vertex) = queue.pop_front() {
            for (next, cost) in &beside[vertex] {
                let next = *next as usize;
                if !std::mem::replace(&mut seen[next], true) {
                    prices[next] = prices[vertex] + cost;
                    queue.push_back(next);
                }
            }
        }
    }
    prices
}

/// The most that a step which is open gains.
fn violation(offers: &[Offer], prices: &[i128]) -> i128 {
    let gain = |offer: &Offer| {
        let reduced = offer.cost + prices[offer.tail as usize] - prices[offer.head as usize];
        let rises = if offer.rise > 0 { -reduced } else { 0 };
        rises.max(if offer.fall > 0 { reduced } else { 0 })
    };
    offers.iter().map(gain).max().unwrap_or(0).max(0)
}

/// Whether no arc that may rise gains by the levels, one after the other, and none that may fall loses.
fn is_best((arcs, flow): (&[Arc<i128>], &[i128]), levels: &[Vec<i128>], potentials: &[Vec<i128>]) -> bool {
    let holds = |place: usize| {
        let (arc, turns) = (&arcs[place], &flow[place]);
        let mut worths = levels.iter().zip(potentials).map(|(level, own)| reduced(arc, level[place], own));
        match worths.find(|worth| *worth != 0) {
            Some(worth) if worth > 0 => arc.upper == Some(*turns),
            Some(_) => arc.lower == Some(*turns),
            None => true,
        }
    };
    let keeps = |place: usize| {
        let (arc, turns) = (&arcs[place], flow[place]);
        arc.lower.is_none_or(|lower| lower <= turns) && arc.upper.is_none_or(|upper| turns <= upper)
    };
    (0..arcs.len()).all(|place| holds(place) && keeps(place))
}
