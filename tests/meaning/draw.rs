//! Random descriptions of models: participants, flows, chains and riders.

use loopc::exact::Rational;

use super::ask::asks;
use super::describe::{Amount, CASH, Flow, MEDIA, Own, Party, TAGS, World, fraction};
use super::random::Random;

/// What numbers a model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temper {
    /// Costs and delays are positive, so that most loops have a ratio.
    Kind,
    /// Few different numbers, so that loops tie.
    Flat,
    /// Either sign, and zero.
    Wild,
}

pub fn world(seed: u64) -> World {
    let random = &mut Random::new(seed);
    let temper =
        random.pick(&[Temper::Kind, Temper::Kind, Temper::Kind, Temper::Flat, Temper::Flat, Temper::Wild]);
    let mut world = World::default();
    let parties = 2 + random.below(5);
    for _ in 0..parties {
        let own = if random.chance(25) { own(random, temper) } else { Own::default() };
        world.parties.push(Party { own, company: None });
    }
    desks(random, &mut world);
    let mut pieces = pieces(random, parties, temper);
    random.shuffle(&mut pieces);
    let mut core = Vec::new();
    for (piece, is_core) in pieces {
        let chain = world.chains;
        let is_chain = piece.len() > 1;
        world.chains += usize::from(is_chain);
        for (place, mut flow) in piece.into_iter().enumerate() {
            flow.chain = is_chain.then_some((chain, place + 1));
            world.flows.push(flow);
            core.push(is_core);
        }
    }
    riders(random, &mut world, &core);
    world.asks = asks(random, &world);
    world
}

fn desks(random: &mut Random, world: &mut World) {
    for desk in 0..world.parties.len() {
        let company = random.below(world.parties.len());
        if random.chance(20) && !world.belongs(company, desk) {
            world.parties[desk].company = Some(company);
        }
    }
}

/// Flows, and chains as several; with each whether it is part of a ring that is there to be a loop.
fn pieces(random: &mut Random, parties: usize, temper: Temper) -> Vec<(Vec<Flow>, bool)> {
    let most = random.pick(&[1, 2, 4, 6, 8, 10, 12, 12]);
    let mut pieces = Vec::new();
    if random.chance(80) {
        let many = 2 + random.below(parties - 1);
        let ring = random.places(many, parties);
        for (place, tail) in ring.iter().enumerate() {
            let head = ring[(place + 1) % ring.len()];
            pieces.push((vec![flow(random, (*tail, head), parties, temper)], true));
        }
    }
    let mut count = pieces.len();
    while count < most {
        let hops = if random.chance(12) { 2 + random.below(2) } else { 1 };
        let piece = piece(random, hops, parties, temper);
        count += piece.len();
        // Parallel flows, sometimes with the same numbers; and now and then the way back.
        if hops == 1 && random.chance(20) {
            let own = if random.chance(50) { own(random, temper) } else { piece[0].own.clone() };
            pieces.push((vec![Flow { own, ..piece[0].clone() }], false));
            count += 1;
        }
        if hops == 1 && random.chance(20) {
            let ends = (piece[0].head, piece[0].tail);
            pieces.push((vec![flow(random, ends, parties, temper)], false));
            count += 1;
        }
        pieces.push((piece, false));
    }
    pieces
}

/// A flow, or the hops of a chain: of one medium, passing nobody, and often alike.
fn piece(random: &mut Random, hops: usize, parties: usize, temper: Temper) -> Vec<Flow> {
    let mut stops = vec![random.below(parties)];
    for _ in 0..hops {
        let next = (stops[stops.len() - 1] + 1 + random.below(parties - 1)) % parties;
        stops.push(next);
    }
    let mut piece: Vec<Flow> =
        stops.windows(2).map(|ends| flow(random, (ends[0], ends[1]), parties, temper)).collect();
    let first = piece[0].clone();
    for hop in piece.iter_mut().filter(|_| hops > 1) {
        hop.medium = first.medium;
        hop.via.clear();
        if random.chance(50) {
            hop.own = first.own.clone();
        }
    }
    piece
}

fn flow(random: &mut Random, (tail, head): (usize, usize), parties: usize, temper: Temper) -> Flow {
    let medium = random.pick(&[CASH, CASH, 1, 1, 2, 3, MEDIA.len() - 1]);
    let someone = |random: &mut Random, percent| random.chance(percent).then(|| random.below(parties));
    let via = if random.chance(20) { 1 + random.below(2) } else { 0 };
    let amount = match random.below(10) {
        0..4 => Amount::None,
        4..8 => Amount::Money(random.pick(&[0, 1, 2, 5]).into()),
        _ => Amount::Parcels(random.pick(&[fraction(1, 1), fraction(3, 1), fraction(1, 2)])),
    };
    let yields = random.chance(20).then(|| {
        let share =
            random.pick(&[fraction(1, 2), fraction(2, 5), fraction(3, 4), fraction(1, 25), Rational::ONE]);
        let back = if random.chance(93) { tail } else { random.below(parties) };
        let needs = share != Rational::ONE || random.chance(60);
        (share, needs.then_some(back))
    });
    Flow {
        medium,
        tail,
        head,
        via: random.places(via, parties),
        own: own(random, temper),
        amount,
        payer: someone(random, 15),
        earner: someone(random, 15),
        yields,
        rides: None,
        tags: (0..TAGS).filter(|_| random.chance(25)).collect(),
        chain: None,
    }
}

fn own(random: &mut Random, temper: Temper) -> Own {
    let number = |random: &mut Random, of: &[(i64, i64)]| {
        let (above, below) = random.pick(of);
        fraction(above, below)
    };
    let positive = [(1, 1), (2, 1), (1, 2), (5, 4), (3, 1), (1, 3)];
    let earned = [(0, 1), (0, 1), (1, 1), (2, 1), (3, 2), (6, 1), (7, 3)];
    let wild = [(0, 1), (0, 1), (1, 1), (-1, 1), (2, 1), (-3, 2), (1, 7)];
    match temper {
        Temper::Kind => Own {
            cost: number(random, &positive),
            revenue: number(random, &earned),
            delay: number(random, &positive),
        },
        Temper::Flat => {
            Own { cost: Rational::ONE, revenue: number(random, &[(0, 1), (1, 1)]), delay: Rational::ONE }
        }
        Temper::Wild => Own {
            cost: number(random, &[(0, 1), (1, 1), (2, 1), (1, 3), (-1, 2), (3, 1)]),
            revenue: number(random, &wild),
            delay: number(random, &[(0, 1), (1, 1), (1, 2), (2, 1), (-1, 4)]),
        },
    }
}

/// Lets flows ride others, seldom those of the ring.
fn riders(random: &mut Random, world: &mut World, core: &[bool]) {
    for (rider, is_core) in core.iter().enumerate() {
        let ridden = random.below(world.flows.len());
        let often = if *is_core { 3 } else { 25 };
        if !random.chance(often) || world.rides_on(ridden, rider) {
            continue;
        }
        let factor =
            random.pick(&[Rational::ONE, Rational::ONE, fraction(1, 2), fraction(3, 2), Rational::ZERO]);
        world.flows[rider].rides = Some((ridden, factor));
        world.flows[rider].yields = None;
    }
}
