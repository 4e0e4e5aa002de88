//! Random programs that are networks: small and tied on purpose, with long numbers, with bounds as rows, with ways in
//! and out, with arcs that are none.

use loopc::exact::Rational;
use loopc::model::{FlowId, ParticipantId};
use loopc::program::{Column, ColumnId, Origin, Program, Row, Sense};

use super::random::Random;

/// What the numbers of a program are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Few small whole numbers: most optima are tied, most trees degenerate.
    Tied,
    /// Decimals of different lengths.
    Decimal,
    /// Scaled sums that just fit in 64 or 128 bits, or do not.
    Long,
    /// Numbers that differ in the last of twelve digits.
    Near,
}

impl Family {
    pub fn of(seed: u64) -> Self {
        [Self::Tied, Self::Decimal, Self::Long, Self::Near][usize::try_from(seed % 4).unwrap()]
    }

    fn number(self, random: &mut Random) -> Rational {
        let mut whole_below = |end: usize| i64::try_from(random.below(end)).unwrap();
        match self {
            Self::Tied => whole(whole_below(4)),
            Self::Decimal => {
                ratio(whole_below(10_000), [1, 10, 100, 3][usize::try_from(whole_below(4)).unwrap()])
            }
            Self::Long => {
                let bits = [31, 62, 60, 40][usize::try_from(whole_below(4)).unwrap()];
                let long = whole((1 << bits) - whole_below(3));
                if whole_below(3) == 0 { &long * &long } else { long }
            }
            Self::Near => ratio(1_000_000_000_000 + whole_below(3), 1_000),
        }
    }
}

pub fn whole(number: i64) -> Rational {
    Rational::from(number)
}

fn ratio(above: i64, below: i64) -> Rational {
    &whole(above) / &whole(below)
}

/// A network of up to seven participants and fourteen flows.
pub fn network(random: &mut Random, family: Family) -> Program {
    let vertices = 1 + random.below(7);
    let arcs = 1 + random.below(14);
    let mut program = Program::new(Sense::Maximize);
    let mut balances: Vec<Vec<(ColumnId, Rational)>> = vec![Vec::new(); vertices];
    for _ in 0..arcs {
        let column = column(&mut program, random, family);
        // One beyond the participants is outside.
        let mut end = || {
            let outside = usize::from(random.below(3) == 0);
            random.below(vertices + outside)
        };
        let (tail, head) = (end(), end());
        if let Some(balance) = balances.get_mut(tail) {
            balance.push((column, Rational::ONE));
        }
        if let Some(balance) = balances.get_mut(head) {
            balance.push((column, whole(-1)));
        }
    }
    for (place, terms) in balances.into_iter().enumerate() {
        let origin = Origin::Balance(ParticipantId(u32::try_from(place).unwrap()));
        program.add_row(Row::equal(String::new(), origin, terms, Rational::ZERO));
    }
    for _ in 0..random.below(3) {
        bound(&mut program, random, family);
    }
    program
}

fn column(program: &mut Program, random: &mut Random, family: Family) -> ColumnId {
    let (lower, upper) = match random.below(12) {
        0 => (Some(Rational::ZERO), None),
        1 => (None, Some(family.number(random))),
        2 => (Some(-family.number(random)), Some(family.number(random))),
        3 => (None, None),
        4 => {
            let fixed = family.number(random);
            (Some(fixed.clone()), Some(fixed))
        }
        5 => (Some(Rational::ZERO), Some(Rational::ZERO)),
        _ => (Some(Rational::ZERO), Some(family.number(random))),
    };
    let worth = family.number(random);
    let objective = if random.below(3) == 0 { -worth } else { worth };
    let origin = Origin::Flow(FlowId(u32::try_from(program.columns().len()).unwrap()));
    program.add_column(Column { name: String::new(), origin, lower, upper, objective, integral: false })
}

/// A minimum, a volume, or a most, as a row that does not empty the column's own range.
fn bound(program: &mut Program, random: &mut Random, family: Family) {
    let place = random.below(program.columns().len());
    let own = &program.columns()[place];
    let number = match (random.below(3), &own.lower, &own.upper) {
        (0, Some(lower), _) => lower.clone(),
        (_, _, Some(upper)) => upper.clone().min(family.number(random)),
        _ => family.number(random),
    };
    let number = own.lower.as_ref().map_or(number.clone(), |lower| number.max(lower.clone()));
    let (lower, upper) = match random.below(3) {
        0 => (Some(number), None),
        1 => (None, Some(number)),
        _ => (Some(number.clone()), Some(number)),
    };
    let earlier = program.rows().iter().any(|row| row.name == "bound" && row.terms[0].0.index() == place);
    if !earlier {
        let terms = vec![(ColumnId::at(place), Rational::ONE)];
        let origin = Origin::Minimum(FlowId(u32::try_from(place).unwrap()));
        program.add_row(Row { name: "bound".to_owned(), origin, terms, lower, upper });
    }
}

/// The program with one thing more that no network has.
pub fn spoiled(program: &Program, random: &mut Random) -> Option<Program> {
    let mut other = program.clone();
    let column = ColumnId::at(random.below(program.columns().len()));
    let row = |terms| Row {
        name: String::new(),
        origin: Origin::Requirement(0),
        terms,
        lower: None,
        upper: Some(whole(1_000_000)),
    };
    match random.below(4) {
        0 => other.set_whole(column),
        1 => {
            other.add_row(row(vec![(column, ratio(1, 2))]));
        }
        2 if program.columns().len() > 1 => {
            let next = ColumnId::at((column.index() + 1) % program.columns().len());
            other.add_row(row(vec![(column, Rational::ONE), (next, Rational::ONE)]));
        }
        3 => {
            let origin = Origin::Balance(ParticipantId(99));
            other.add_row(Row::equal(String::new(), origin, vec![(column, ratio(9, 10))], Rational::ZERO));
        }
        _ => return None,
    }
    Some(other)
}
