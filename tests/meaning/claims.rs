//! Claims about what the oracle found, true ones and false ones.

use loopc::exact::Rational;

use super::describe::{Ask, Kind, Subject, What, World, fraction};
use super::graph::arcs;
use super::judge::{Route, Verdict, goal};
use super::random::Random;
use super::spell::number;

/// A condition, and whether it holds; nothing where an analysis that it needs has no answer.
pub type Claim = (String, Option<bool>);

/// A few claims about the analyses of a model.
pub fn claims(world: &World, verdicts: &[Verdict], random: &mut Random) -> Vec<Claim> {
    let count = random.below(5);
    let one = |random: &mut Random| {
        let place = random.below(verdicts.len());
        about(world, (place, &world.asks[place], &verdicts[place]), random)
    };
    (0..count)
        .map(|_| {
            let (left, right) = (one(random), one(random));
            match random.below(5) {
                0 => (format!("{} and {}", left.0, right.0), both(left.1, right.1)),
                1 => {
                    let holds = both(left.1.map(|it| !it), right.1.map(|it| !it)).map(|neither| !neither);
                    (format!("{} or {}", left.0, right.0), holds)
                }
                2 => (format!("not {}", left.0), left.1.map(|holds| !holds)),
                _ => left,
            }
        })
        .collect()
}

/// False where either is false, whatever the other; nothing where that is open.
fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn about(world: &World, (place, ask, verdict): (usize, &Ask, &Verdict), random: &mut Random) -> Claim {
    let name = format!("a{place}");
    match verdict {
        Verdict::Closing(found) => match random.below(2) {
            0 => (format!("{name}.closed"), Some(found.open.is_empty())),
            _ => (format!("{name}.proved"), Some(true)),
        },
        Verdict::Loops(found) => route(world, ask, &name, &found.best[0], random),
        Verdict::Path(found, _) => route(world, ask, &name, found, random),
        Verdict::Kept(found) => route(world, ask, &name, &found.best[0], random),
        Verdict::Empty if ask.kind == Kind::Closure => (format!("{name}.proved"), Some(false)),
        _ => match random.below(3) {
            0 => (format!("{name}.proved"), Some(false)),
            1 => (format!("{name}.cost == 1 CNY"), None),
            _ => (format!("{name}.length < 2"), None),
        },
    }
}

fn route(world: &World, ask: &Ask, name: &str, found: &Route, random: &mut Random) -> Claim {
    let party = random.below(world.parties.len());
    let kept = |account: &(usize, Rational, Rational)| (account.0 == party).then(|| &account.1 - &account.2);
    let keeps = found.accounts.iter().find_map(kept).unwrap_or_default();
    let length = Rational::from(i64::try_from(found.flows.len()).unwrap());
    match random.below(9) {
        0 => equal(&format!("{name}.cost"), Some(found.cost.clone()), " CNY", random),
        1 => equal(&format!("{name}.revenue"), Some(found.revenue.clone()), " CNY", random),
        2 => equal(&format!("{name}.profit"), Some(&found.revenue - &found.cost), " CNY", random),
        3 => equal(&format!("{name}.profit(p{party})"), Some(keeps), " CNY", random),
        4 => equal(&format!("{name}.length"), Some(length), "", random),
        5 => equal(&format!("{name}.ratio"), found.revenue.checked_div(&found.cost), "", random),
        6 => equal(&format!("{name}.value"), Some(found.value.clone()), unit(ask), random),
        7 => {
            let on = arcs(world, &found.flows).into_iter().flat_map(|(tail, head)| [tail, head]);
            let passed = found.flows.iter().flat_map(|flow| world.flows[*flow].via.clone());
            let holds = on.chain(passed).any(|stop| world.belongs(stop, party));
            (format!("p{party} in {name}"), Some(holds))
        }
        _ => {
            let flow = random.below(world.flows.len());
            let named = match world.flows[flow].chain {
                Some((chain, _)) if random.chance(50) => Subject::Chain(chain),
                _ => Subject::Flow(flow),
            };
            let happens =
                |flow: &usize| found.flows.contains(&world.root(*flow)) && !world.times(*flow).is_zero();
            let holds =
                (0..world.flows.len()).filter(|flow| world.is_named(*flow, named)).all(|flow| happens(&flow));
            (format!("{} in {name}", world.subject_name(named)), Some(holds))
        }
    }
}

/// A comparison with a number that may be a little off.
fn equal(what: &str, value: Option<Rational>, unit: &str, random: &mut Random) -> Claim {
    let off = random.pick(&[Rational::ZERO, Rational::ZERO, fraction(1, 1000), fraction(-1, 7)]);
    let said = value.clone().unwrap_or_default() + &off;
    let sign = random.pick(&["==", "<=", ">", "!="]);
    let holds = value.map(|value| match sign {
        "==" => value == said,
        "<=" => value <= said,
        ">" => value > said,
        _ => value != said,
    });
    (format!("{what} {sign} {}{unit}", number(&said)), holds)
}

/// The unit of a goal.
fn unit(ask: &Ask) -> &'static str {
    let goal = goal(ask);
    let days = |form: &[(Rational, What, Option<Subject>)]| form[0].1 == What::Delay;
    match (days(&goal.above), goal.below.as_ref().map(|form| days(form))) {
        (false, None) => " CNY",
        (true, None) => " day",
        (false, Some(true)) => " CNY / day",
        (true, Some(false)) => " day / CNY",
        _ => "",
    }
}
