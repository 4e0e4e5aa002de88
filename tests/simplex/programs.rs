//! Small random programs: networks with yields and shares, general rows, ties on purpose, no way out on purpose.

use loopc::exact::Rational;
use loopc::program::{Column, ColumnId, Origin, Program, Row, RowId, Sense};
use loopc::simplex::{Crash, Variable};

use super::random::Random;

pub fn whole(number: i64) -> Rational {
    Rational::from(number)
}

pub fn ratio(above: i64, below: i64) -> Rational {
    &whole(above) / &whole(below)
}

pub fn column(lower: Option<Rational>, upper: Option<Rational>, objective: Rational) -> Column {
    Column { name: String::new(), origin: Origin::Normal, lower, upper, objective, integral: false }
}

pub fn row(terms: Vec<(ColumnId, Rational)>, lower: Option<Rational>, upper: Option<Rational>) -> Row {
    Row { name: String::new(), origin: Origin::Normal, terms, lower, upper }
}

/// Columns from zero up, with these costs, under rows of `a·x <= b`.
pub fn standard(costs: &[Rational], rows: &[(Vec<Rational>, Rational)]) -> Program {
    let mut program = Program::new(Sense::Maximize);
    for cost in costs {
        program.add_column(column(Some(Rational::ZERO), None, cost.clone()));
    }
    for (factors, right) in rows {
        program.add_row(row(terms(factors), None, Some(right.clone())));
    }
    program
}

pub fn terms(factors: &[Rational]) -> Vec<(ColumnId, Rational)> {
    let ids = (0..).map(ColumnId);
    ids.zip(factors).map(|(column, factor)| (column, factor.clone())).collect()
}

/// The objective as a level to be maximised.
pub fn level(program: &Program) -> Vec<Rational> {
    program.columns().iter().map(|column| column.objective.clone()).collect()
}

/// A number that is often zero or small, and at times hostile.
fn number(random: &mut Random, hostile: bool) -> Rational {
    let near = |random: &mut Random| i64::try_from(random.below(7)).unwrap() - 3;
    match random.below(if hostile { 14 } else { 10 }) {
        0..=6 => whole(near(random)),
        7 => ratio(near(random), 2),
        8 => ratio(97, 100),
        9 => ratio(near(random), 7),
        10 => ratio(1, 1_000_000_000),
        11 => whole(1_000_000_000_000),
        12 => whole(1_000_000_000_001),
        _ => ratio(-1_000_000_007, 999_999_937),
    }
}

fn nonzero(random: &mut Random, hostile: bool) -> Rational {
    let drawn = number(random, hostile);
    if drawn.is_zero() { Rational::ONE } else { drawn }
}

/// A network of a few vertices, some of whose vertices let turns in or out, with further rows.
pub fn network(random: &mut Random) -> Program {
    let hostile = random.chance(15);
    let mut program = Program::new(if random.chance(50) { Sense::Maximize } else { Sense::Minimize });
    let vertices = 2 + random.below(5);
    let flows = 2 + random.below(9);
    let mut balances = vec![Vec::new(); vertices];
    for _ in 0..flows {
        let lower = if random.chance(80) { Rational::ZERO } else { whole(1 + random.below(2) as i64) };
        let upper = random.chance(50).then(|| &lower + &whole(random.below(5) as i64));
        let cost = number(random, hostile);
        let id = program.add_column(column(Some(lower), upper, cost));
        balances[random.below(vertices)].push((id, Rational::ONE));
        let gained = if random.chance(25) { number(random, hostile) } else { Rational::ONE };
        balances[random.below(vertices)].push((id, -gained));
    }
    for balance in balances {
        let (source, sink) = (open_end(random), -open_end(random));
        program.add_row(row(balance, Some(sink), Some(source)));
    }
    further(random, &mut program, hostile);
    program
}

/// How much may come in or go out at a vertex: mostly nothing.
fn open_end(random: &mut Random) -> Rational {
    if random.chance(20) { whole(random.below(6) as i64) } else { Rational::ZERO }
}

/// Columns of every kind of range under general rows.
pub fn general(random: &mut Random) -> Program {
    let hostile = random.chance(15);
    let mut program = Program::new(Sense::Maximize);
    for _ in 0..1 + random.below(6) {
        let lower = random.chance(75).then(|| number(random, hostile));
        let width = whole(random.below(4) as i64);
        let upper = random.chance(40).then(|| lower.as_ref().map_or(width.clone(), |lower| lower + &width));
        let cost = number(random, hostile);
        program.add_column(column(lower, upper, cost));
    }
    for _ in 0..1 + random.below(3) {
        further(random, &mut program, hostile);
    }
    program
}

/// A row over some columns; often one that is there already, repeated or summed up.
fn further(random: &mut Random, program: &mut Program, hostile: bool) {
    let columns = u32::try_from(program.columns().len()).unwrap();
    for _ in 0..random.below(4) {
        let mut terms: Vec<(ColumnId, Rational)> = Vec::new();
        if random.chance(25) && !program.rows().is_empty() {
            let repeated = random.pick(program.rows());
            terms = repeated.terms;
        }
        for id in (0..columns).map(ColumnId) {
            if random.chance(40) && terms.iter().all(|(other, _)| *other != id) {
                terms.push((id, nonzero(random, hostile)));
            }
        }
        let right = if random.chance(40) { Rational::ZERO } else { number(random, hostile) };
        let (lower, upper) = match random.below(5) {
            0 => (Some(right.clone()), Some(right)),
            1 => (Some(right), None),
            2 => (Some(right.clone()), Some(&right + &whole(2))),
            _ => (None, Some(right)),
        };
        program.add_row(row(terms, lower, upper));
    }
}

/// Wishes in no order, of any number, some twice, some of what there is not.
pub fn crash(random: &mut Random, program: &Program) -> Crash {
    let columns = u32::try_from(program.columns().len()).unwrap();
    let rows = u32::try_from(program.rows().len()).unwrap();
    let mut basic: Vec<Variable> = (0..columns + 1).map(|place| Variable::Column(ColumnId(place))).collect();
    basic.extend((0..rows + 1).map(|place| Variable::Row(RowId(place))));
    random.shuffle(&mut basic);
    basic.truncate(random.below(basic.len() + 1));
    basic.extend(basic.first().copied());
    let at_upper = (0..random.below(program.columns().len() + 2)).map(|_| random.chance(50)).collect();
    Crash { basic, at_upper }
}
