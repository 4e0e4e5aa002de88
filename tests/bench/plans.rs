//! Programs as plans of any size have them, the same each time.

use loopc::exact::Rational;
use loopc::program::{Column, ColumnId, Origin, Program, Row, Sense};

use crate::random::Random;

/// How many balances share the flows.
const FLOWS_EACH: usize = 5;

fn ratio(above: usize, below: usize) -> Rational {
    let number = |value: usize| Rational::from(i64::try_from(value).unwrap_or_default());
    &number(above) / &number(below)
}

/// A network with yields, capacities, sources, sinks and a hundredth as many requirements as flows.
pub fn plan(flows: usize) -> Program {
    let mut random = Random::new(7);
    let mut program = Program::new(Sense::Maximize);
    let vertices = (flows / FLOWS_EACH).max(2);
    let mut balances = vec![Vec::new(); vertices];
    for number in 0..flows {
        let id = flow(&mut program, &mut random, (number, number < vertices));
        let tail = number % vertices;
        // A ring without capacities first, so that every vertex has a way on and back.
        let ring = number < vertices;
        let head = if ring { (tail + 1) % vertices } else { random.below(vertices) };
        match number % 50 {
            _ if ring => between(&mut balances, (tail, head), (id, &mut random)),
            // A source, and a sink that earns.
            3 => balances[head].push((id, Rational::from(-1))),
            7 => balances[tail].push((id, Rational::ONE)),
            _ => between(&mut balances, (tail, head), (id, &mut random)),
        }
    }
    for terms in balances {
        program.add_row(Row::equal(String::new(), Origin::Normal, terms, Rational::ZERO));
    }
    for number in 0..flows / 100 {
        requirement(&mut program, &mut random, number);
    }
    program
}

fn flow(program: &mut Program, random: &mut Random, (number, ring): (usize, bool)) -> ColumnId {
    let capacity = (random.chance(60) || number % 50 == 3).then(|| ratio(100 + random.below(900), 1));
    let capacity = capacity.filter(|_| !ring);
    let earns = number % 50 == 7 && !ring;
    let cost = ratio(if earns { 3_000 + random.below(2_000) } else { random.below(500) }, 100);
    program.add_column(Column {
        name: String::new(),
        origin: Origin::Normal,
        lower: Some(Rational::ZERO),
        upper: capacity,
        objective: if earns { cost } else { -cost },
        integral: false,
    })
}

/// A flow between two vertices; one in ten loses a part on the way, which returns elsewhere.
fn between(
    balances: &mut [Vec<(ColumnId, Rational)>],
    (tail, head): (usize, usize),
    (id, random): (ColumnId, &mut Random),
) {
    balances[tail].push((id, Rational::ONE));
    if random.chance(10) {
        let gained = 90 + random.below(10);
        let rest = random.below(balances.len());
        balances[head].push((id, -ratio(gained, 100)));
        balances[rest].push((id, -ratio(100 - gained, 100)));
    } else {
        balances[head].push((id, Rational::from(-1)));
    }
}

/// A budget over a tenth of the flows, or what a few of them must reach together.
fn requirement(program: &mut Program, random: &mut Random, number: usize) {
    let columns = program.columns().len();
    let budget = !number.is_multiple_of(4);
    let mut terms = Vec::new();
    for place in 0..columns {
        if random.below(columns) < columns / if budget { 10 } else { 100 } {
            let factor = if budget { ratio(1 + random.below(300), 100) } else { Rational::ONE };
            terms.push((ColumnId(u32::try_from(place).unwrap_or_default()), factor));
        }
    }
    let (lower, upper) = if budget {
        (None, Some(ratio(columns * (2 + random.below(6)), 1)))
    } else {
        (Some(ratio(columns / 100, 1)), None)
    };
    program.add_row(Row { name: String::new(), origin: Origin::Normal, terms, lower, upper });
}
