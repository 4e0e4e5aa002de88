//! Random descriptions of models with one plan, such that every kind of verdict comes up often.

use loopc::exact::Rational;

use super::describe::{Amount, CASH, Flow, Limit, MEDIA, Own, Party, Ride, TIMES, World, fraction};
use super::goals::{goal, requirements};
use super::random::Random;

/// What numbers a model has.
#[derive(Clone, Copy, Debug)]
pub struct Taste {
    /// How many in a hundred flows have a capacity, and how many a minimum.
    pub capacities: usize,
    pub minima: usize,
    /// Whether costs and revenues have either sign, and are often zero.
    pub wild: bool,
    /// Whether few different numbers come up, so that much is degenerate.
    pub flat: bool,
    /// Whether the objective is a ratio.
    pub ratio: bool,
    /// How many in a hundred participants let turns enter, and how many let them leave.
    pub open: usize,
}

pub fn number(random: &mut Random, of: &[(i64, i64)]) -> Rational {
    let (above, below) = random.pick(of);
    fraction(above, below)
}

/// The model of a seed.
pub fn world(seed: u64) -> World {
    let random = &mut Random::new(seed);
    let capacities = random.pick(&[0, 0, 30, 80, 80, 80]);
    let taste = Taste {
        capacities,
        minima: random.pick(if capacities == 0 { &[0, 0, 40] } else { &[0, 10, 20] }),
        wild: random.chance(20),
        flat: random.chance(30),
        ratio: random.chance(45),
        open: random.pick(&[0, 20, 60]),
    };
    let most = random.pick(&[3, 3, 3, 5]);
    let parties = 2 + random.below(most);
    let mut world = World {
        parties: (0..parties).map(|_| party(random, taste)).collect(),
        flows: Vec::new(),
        period: random.chance(80).then(|| random.below(TIMES.len())),
        over: Vec::new(),
        avoid: Vec::new(),
        whose: random.chance(10).then(|| random.below(parties)),
        minimize: false,
        above: super::goals::nothing(),
        below: None,
        requirements: Vec::new(),
    };
    for desk in 0..parties {
        let company = random.below(parties);
        if random.chance(12) && !world.belongs(company, desk) {
            world.parties[desk].company = Some(company);
        }
    }
    flows(random, &mut world, taste);
    shares(random, &mut world);
    riders(random, &mut world);
    scope(random, &mut world);
    goal(random, &mut world, taste);
    requirements(random, &mut world, taste);
    world
}

/// The same with flows that take whole turns only, few enough to try them all, and with fixed costs.
pub fn whole_world(seed: u64) -> World {
    let mut world = world(seed);
    let random = &mut Random::new(seed ^ 0xABCD);
    let mut whole = 0;
    for flow in world.flows.iter_mut().filter(|flow| flow.rides.is_none()) {
        let asked = (whole < 3 && random.chance(50), random.chance(25));
        let small = flow.capacity.as_ref().is_some_and(|most| *most <= Rational::from(4));
        if (asked.0 && !small) || (asked.1 && flow.capacity.is_none()) {
            flow.capacity = Some(number(random, &[(1, 1), (2, 1), (3, 1), (5, 2), (7, 2)]));
        }
        whole += usize::from(asked.0);
        flow.integral = asked.0;
        flow.fixed = asked.1.then(|| number(random, &[(1, 1), (2, 1), (1, 2), (5, 1), (0, 1)]));
    }
    world
}

fn party(random: &mut Random, taste: Taste) -> Party {
    let own = if random.chance(15) { own(random, taste) } else { Own::default() };
    let limit = |random: &mut Random| {
        random.chance(taste.open).then(|| match random.below(4) {
            0 => Limit::Unlimited,
            _ => Limit::Most(number(random, &[(0, 1), (1, 1), (5, 1), (10, 1), (5, 2)])),
        })
    };
    Party { own, company: None, source: limit(random), sink: limit(random) }
}

fn own(random: &mut Random, taste: Taste) -> Own {
    if taste.wild {
        return Own {
            cost: number(random, &[(0, 1), (0, 1), (1, 1), (2, 1), (-1, 2), (-1, 1)]),
            revenue: number(random, &[(0, 1), (0, 1), (1, 1), (3, 1), (-3, 2)]),
            delay: number(random, &[(0, 1), (1, 1), (-1, 4)]),
        };
    }
    if taste.flat {
        let cost = number(random, &[(1, 1), (1, 1), (0, 1)]);
        return Own { cost, revenue: number(random, &[(0, 1), (2, 1)]), delay: Rational::ZERO };
    }
    Own {
        cost: number(random, &[(0, 1), (1, 1), (2, 1), (1, 2), (5, 4), (3, 1)]),
        revenue: number(random, &[(0, 1), (0, 1), (1, 1), (3, 2), (6, 1), (7, 3)]),
        delay: number(random, &[(0, 1), (0, 1), (1, 1), (1, 2), (2, 1)]),
    }
}

fn flows(random: &mut Random, world: &mut World, taste: Taste) {
    let parties = world.parties.len();
    let mut ends: Vec<(usize, usize)> = Vec::new();
    if random.chance(85) {
        let many = 2 + random.below(parties - 1);
        let ring = random.places(many, parties);
        ends.extend((0..ring.len()).map(|place| (ring[place], ring[(place + 1) % ring.len()])));
    }
    let most = random.pick(&[2, 3, 4, 5, 6, 6, 9]);
    while ends.len() < most {
        let tail = random.below(parties);
        ends.push((tail, (tail + 1 + random.below(parties - 1)) % parties));
    }
    random.shuffle(&mut ends);
    for (tail, head) in ends {
        let flow = flow(random, (tail, head), parties, taste);
        world.flows.push(flow);
    }
}

fn flow(random: &mut Random, (tail, head): (usize, usize), parties: usize, taste: Taste) -> Flow {
    let someone = |random: &mut Random, percent| random.chance(percent).then(|| random.below(parties));
    let amount = match random.below(10) {
        0..6 => Amount::None,
        6..8 => Amount::Money(number(random, &[(0, 1), (1, 1), (2, 1), (5, 1)])),
        _ => Amount::Parcels(number(random, &[(1, 1), (3, 1), (1, 2)])),
    };
    let yields = random.chance(22).then(|| {
        let share = number(random, &[(1, 2), (2, 5), (3, 4), (1, 4), (1, 1)]);
        (share, if random.chance(50) { tail } else { random.below(parties) })
    });
    let bounds: &[(i64, i64)] = if taste.flat {
        &[(0, 1), (1, 1), (10, 1), (10, 1)]
    } else {
        &[(0, 1), (1, 1), (3, 1), (10, 1), (15, 2)]
    };
    let lower: &[(i64, i64)] = &[(0, 1), (1, 1), (2, 1), (1, 3)];
    Flow {
        medium: random.pick(&[CASH, CASH, 1, 2]),
        tail,
        head,
        via: if random.chance(12) { random.places(1, parties) } else { Vec::new() },
        own: own(random, taste),
        amount,
        payer: someone(random, 12),
        earner: someone(random, 12),
        yields,
        capacity: random.chance(taste.capacities).then(|| number(random, bounds)),
        minimum: random.chance(taste.minima).then(|| number(random, lower)),
        volume: random.chance(4).then(|| number(random, lower)),
        tagged: random.chance(30),
        ..Flow::default()
    }
}

/// Shares of one participant come to 100% at most, also where some of its flows are out of scope.
fn shares(random: &mut Random, world: &mut World) {
    let mut left = vec![Rational::ONE; world.parties.len()];
    for flow in &mut world.flows {
        let share = number(random, &[(1, 2), (1, 4), (3, 4), (1, 3), (0, 1), (1, 1)]);
        if random.chance(12) && share <= left[flow.tail] {
            left[flow.tail] -= &share;
            flow.share = Some(share);
        }
    }
}

/// Lets some flows ride others; what rides has no bounds of its own.
fn riders(random: &mut Random, world: &mut World) {
    for rider in 0..world.flows.len() {
        let ridden = random.below(world.flows.len());
        if !random.chance(15) || world.rides_on(ridden, rider) {
            continue;
        }
        let factor = number(random, &[(1, 1), (1, 1), (1, 2), (3, 2), (0, 1)]);
        let delivers = match random.chance(30) && !factor.is_zero() {
            true => number(random, &[(1, 1), (1, 2), (1, 4)]),
            false => Rational::ZERO,
        };
        let flow = &mut world.flows[rider];
        flow.rides = Some(Ride { flow: ridden, factor, delivers });
        (flow.yields, flow.share) = (None, None);
        (flow.capacity, flow.minimum, flow.volume) = (None, None, None);
    }
}

/// Leaves some flows out, never all.
fn scope(random: &mut Random, world: &mut World) {
    let whole = world.clone();
    if random.chance(8) {
        let many = 1 + random.below(2);
        world.over = random.places(many, MEDIA.len());
    }
    if random.chance(8) {
        let flows: Vec<usize> = world.scope();
        world.avoid.extend((!flows.is_empty()).then(|| random.pick(&flows)));
    }
    if world.scope().is_empty() {
        (world.over, world.avoid) = (whole.over, whole.avoid);
    }
}
