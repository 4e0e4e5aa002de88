//! Random analyses: scopes and objectives.

use loopc::exact::Rational;

use super::describe::{Ask, Form, Goal, Kind, MEDIA, Pick, Subject, TAGS, What, World, fraction};
use super::random::Random;

pub fn asks(random: &mut Random, world: &World) -> Vec<Ask> {
    let mut asks = vec![unscoped(Kind::Loop { top: 1 })];
    if random.chance(50) {
        asks[0].kind = Kind::Loop { top: 2 + random.below(4) };
    }
    for _ in 0..2 {
        let top = 1 + random.below(4);
        let mut ask = scoped(random, world, Kind::Loop { top });
        if random.chance(75) {
            let goal = loop_goal(random, world, ask.whose);
            ask.goal = Some(goal);
        }
        asks.push(ask);
    }
    let parties = world.parties.len();
    let from = random.below(parties);
    let to = (from + 1 + random.below(parties - 1)) % parties;
    let kind = Kind::Path { from, to };
    let mut path = if random.chance(40) { unscoped(kind) } else { scoped(random, world, kind) };
    path.goal = Some(path_goal(random, world));
    asks.push(path);
    asks.push(Ask { whose: None, ..scoped(random, world, Kind::Closure) });
    asks.extend(restricted(random, world));
    random.shuffle(&mut asks);
    asks
}

fn unscoped(kind: Kind) -> Ask {
    Ask {
        kind,
        over: Vec::new(),
        only: Vec::new(),
        avoid: Vec::new(),
        whose: None,
        through: Vec::new(),
        length: None,
        goal: None,
    }
}

fn scoped(random: &mut Random, world: &World, kind: Kind) -> Ask {
    let mut ask = unscoped(kind);
    let used = |tag: &usize| world.flows.iter().any(|flow| flow.tags.contains(tag));
    if random.chance(22) {
        let most = 2 + random.below(3);
        for _ in 0..most {
            let pick = match random.below(4) {
                0 => Pick::Tag(random.below(TAGS)),
                _ => Pick::Medium(random.below(MEDIA.len())),
            };
            if !matches!(pick, Pick::Tag(tag) if !used(&tag)) {
                ask.over.push(pick);
            }
        }
    }
    let (parties, flows) = (world.parties.len(), world.flows.len());
    if random.chance(20) {
        let many = 2 + random.below(parties - 1);
        ask.only = random.places(many, parties).into_iter().map(Subject::Party).collect();
    }
    if random.chance(10) {
        let many = 1 + random.below(flows);
        ask.only.extend(subjects(random, world, many));
    }
    if random.chance(15) {
        let many = 1 + random.below(2);
        ask.avoid = subjects(random, world, many);
    }
    if random.chance(10) {
        ask.avoid.push(Subject::Party(random.below(parties)));
    }
    ask.whose = random.chance(20).then(|| random.below(parties));
    ask
}

/// A loop and a path with restrictions, or with the other's kind of objective.
fn restricted(random: &mut Random, world: &World) -> Vec<Ask> {
    let parties = world.parties.len();
    let from = random.below(parties);
    let to = (from + 1 + random.below(parties - 1)) % parties;
    let kinds = [Kind::Loop { top: 1 + random.below(4) }, Kind::Path { from, to }];
    let mut asks = Vec::new();
    for kind in kinds {
        let mut ask = if random.chance(70) { unscoped(kind) } else { scoped(random, world, kind) };
        let linear = random.chance(50);
        ask.goal = Some(if linear { path_goal(random, world) } else { loop_goal(random, world, ask.whose) });
        for _ in 0..random.below(3) {
            let flow = random.below(world.flows.len());
            let subject = match world.flows[flow].chain {
                _ if random.chance(60) => Subject::Party(random.below(parties)),
                Some((chain, 2)) => Subject::Chain(chain),
                _ => Subject::Flow(flow),
            };
            let rides = |flow: &usize| world.is_named(*flow, subject) && world.flows[*flow].rides.is_some();
            if !(0..world.flows.len()).any(|flow| rides(&flow)) {
                ask.through.push(subject);
            }
        }
        let low = 1 + random.below(4);
        ask.length = random.chance(40).then(|| (low, low + random.below(3)));
        asks.push(ask);
    }
    asks
}

/// Flows and chains, none of which are riders alone: those cannot be chosen.
fn subjects(random: &mut Random, world: &World, many: usize) -> Vec<Subject> {
    let named = |flow: usize| match world.flows[flow].chain {
        Some((chain, 2)) => Subject::Chain(chain),
        _ => Subject::Flow(flow),
    };
    let is_rider = |flow: usize| world.flows[flow].rides.is_some();
    let some = |subject: &Subject| match subject {
        Subject::Chain(chain) => world.hops(*chain).into_iter().any(|hop| !is_rider(hop)),
        Subject::Flow(flow) => !is_rider(*flow),
        Subject::Party(_) => true,
    };
    random.places(many, world.flows.len()).into_iter().map(named).filter(some).collect()
}

/// Anything that objectives can ask about: a participant's, a flow's, or a chain's.
fn subject(random: &mut Random, world: &World) -> Subject {
    let flow = random.below(world.flows.len());
    match (random.below(3), world.flows[flow].chain) {
        (0, _) => Subject::Party(random.below(world.parties.len())),
        (1, Some((chain, _))) => Subject::Chain(chain),
        _ => Subject::Flow(flow),
    }
}

fn factor(random: &mut Random) -> Rational {
    random.pick(&[Rational::ONE, Rational::ONE, fraction(2, 1), fraction(1, 2), fraction(3, 10)])
}

/// What is asked of the whole model, now and then of a part of it.
fn term(random: &mut Random, world: &World, what: What, percent: usize) -> (Rational, What, Option<Subject>) {
    let about = random.chance(percent).then(|| subject(random, world));
    // Delays are nobody's.
    let about = about.filter(|about| what != What::Delay || !matches!(about, Subject::Party(_)));
    (factor(random), what, about)
}

fn money(random: &mut Random, world: &World) -> Form {
    let one = |what| (Rational::ONE, what, None);
    match random.below(6) {
        0 => vec![one(What::Revenue)],
        1 => vec![one(What::Profit)],
        2 => vec![one(What::Revenue), (-Rational::ONE, What::Cost, None)],
        3 => vec![term(random, world, What::Profit, 80)],
        4 => vec![term(random, world, What::Revenue, 60), term(random, world, What::Profit, 60)],
        _ => vec![term(random, world, What::Revenue, 60), (-factor(random), What::Cost, None)],
    }
}

fn loop_goal(random: &mut Random, world: &World, whose: Option<usize>) -> Goal {
    let one = |what| (Rational::ONE, what, None);
    let plain = whose.is_none() || random.chance(50);
    let below = match random.below(8) {
        0..3 if plain => vec![one(What::Cost)],
        3 | 4 => vec![(factor(random), What::Delay, None)],
        5 => vec![one(What::Cost), term(random, world, What::Cost, 80)],
        6 => vec![one(What::Delay), term(random, world, What::Delay, 80)],
        7 => vec![one(What::Revenue)],
        _ => vec![term(random, world, What::Cost, 30)],
    };
    let minimize = random.chance(30);
    let above = match random.below(8) {
        _ if minimize => vec![term(random, world, What::Cost, 30)],
        0 => vec![term(random, world, What::Delay, 30)],
        1 => vec![term(random, world, What::Cost, 80)],
        _ => money(random, world),
    };
    Goal { minimize, above, below: Some(below) }
}

fn path_goal(random: &mut Random, world: &World) -> Goal {
    let minimize = random.chance(45);
    let above = match random.below(5) {
        0 => vec![(factor(random), What::Delay, None)],
        1 => vec![term(random, world, What::Delay, 20), term(random, world, What::Delay, 80)],
        2 | 3 if minimize => vec![term(random, world, What::Cost, 20)],
        _ if minimize => vec![term(random, world, What::Cost, 0), term(random, world, What::Cost, 90)],
        _ => money(random, world),
    };
    Goal { minimize, above, below: None }
}
