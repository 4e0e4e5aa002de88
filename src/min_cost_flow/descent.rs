//! Several objectives by cost scaling, one after the other: each among the best flows of those before.
//!
//! Given prices that prove a flow best, the best flows are those that change only where a turn more or less is worth
//! nothing. So the next objective asks of those arcs alone; mostly they are few.
//!
//! Source: mathematics §4, *Networks*.

use super::arcs::Arc;
use super::pieces::{Parts, tied, violation};
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
    ///
    /// Flows that balance change only where steps that are open lead around. So each part of the network which is tied together
    /// by such loops has a question of its own, if it has one: where the arcs between their bounds close no loop, and all
    /// others lose against them, nothing changes.
    fn maximize(&mut self, level: &[i128], budget: &mut Budget) -> Result<Step, Exhausted> {
        if !self.turn_own_loops(level) {
            return Ok(Step::Unsaid);
        }
        let (places, offers) = self.offers(level);
        if self.excess.iter().any(|excess| *excess != 0) {
            let (excess, prices) = (self.excess.clone(), vec![0; self.excess.len()]);
            return self.sought(&places, (&offers, &excess, &prices), budget);
        }
        let parts = Parts::of(&offers, self.excess.len());
        let mut prices = tied(&offers, self.excess.len());
        let asking = parts.asking(&offers, &prices);
        if !asking.offers.is_empty() {
            let own: Vec<i128> = asking.vertices.iter().map(|vertex| prices[*vertex]).collect();
            let zeros = vec![0; own.len()];
            let begin = if violation(&asking.offers, &own) < violation(&asking.offers, &zeros) {
                &own
            } else {
                &zeros
            };
            let places: Vec<usize> = asking.places.iter().map(|place| places[*place]).collect();
            match self.sought(&places, (&asking.offers, &zeros, begin), budget)? {
                Step::Best(found) => {
                    for (vertex, price) in asking.vertices.iter().zip(found) {
                        prices[*vertex] = price;
                    }
                }
                step => return Ok(step),
            }
        }
        parts.join(&offers, &mut prices);
        Ok(Step::Best(prices))
    }

    /// The best flow on these arcs, in words as short as suffice.
    fn sought(
        &mut self,
        places: &[usize],
        (offers, excess, prices): (&[Offer], &[i128], &[i128]),
        budget: &mut Budget,
    ) -> Result<Step, Exhausted> {
        if let Some(scaling) = Scaling::<i64, i64>::new(offers, excess, prices) {
            match self.scaled(places, scaling, budget)? {
                Step::Unsaid => {}
                step => return Ok(step),
            }
        }
        match Scaling::<i128, i128>::new(offers, excess, prices) {
            Some(scaling) => self.scaled(places, scaling, budget),
            None => Ok(Step::Unsaid),
        }
    }

    fn scaled<C: Word, F: Word>(
        &mut self,
        places: &[usize],
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
            for (place, left) in places.iter().zip(rooms) {
                let left: i128 = left.into();
                self.flow[*place] += room(&self.arcs[*place], self.flow[*place], self.far).0 - left;
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

    /// The arcs that may still change, but those that lead back to where they begin.
    fn offers(&self, level: &[i128]) -> (Vec<usize>, Vec<Offer>) {
        let offer = |place: usize| {
            let arc = &self.arcs[place];
            let (rise, fall) = room(arc, self.flow[place], self.far);
            (place, Offer { tail: arc.tail.0, head: arc.head.0, rise, fall, cost: -level[place] })
        };
        let carried = self.open.iter().copied().filter(|place| !is_own_loop(&self.arcs[*place]));
        carried.map(offer).filter(|(_, offer)| offer.rise > 0 || offer.fall > 0).unzip()
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
