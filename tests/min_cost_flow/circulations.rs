//! Random circulations of some dozens of participants, as cost scaling is made for.

use loopc::exact::Rational;
use loopc::model::{FlowId, ParticipantId};
use loopc::program::{Column, ColumnId, Origin, Program, Row, Sense};

use super::random::Random;

/// What is particular about a circulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Few small numbers: most optima are tied.
    Tied,
    /// Costs and capacities of some digits, as of a trade.
    Plain,
    /// Every arc is worth the same, as where debts are cleared.
    Even,
    /// Some turns are asked for, so that no flow at all may keep all bounds.
    Asked,
    /// Some arcs have no bounds, so that the worth may grow for ever.
    Unlimited,
    /// Costs that words of 64 bits just hold once they are scaled, or do not.
    LongCosts,
    /// Capacities whose sum words of 64 bits just hold, or do not.
    LongTurns,
    /// Costs that words of 128 bits just hold, or do not.
    LongestCosts,
    /// Capacities whose sum words of 128 bits just hold, or do not.
    LongestTurns,
}

pub const KINDS: [Kind; 9] = [
    Kind::Tied,
    Kind::Plain,
    Kind::Even,
    Kind::Asked,
    Kind::Unlimited,
    Kind::LongCosts,
    Kind::LongTurns,
    Kind::LongestCosts,
    Kind::LongestTurns,
];

impl Kind {
    /// Whether numbers may be too long for words.
    pub fn is_long(self) -> bool {
        matches!(self, Self::LongestCosts | Self::LongestTurns)
    }

    fn worth(self, random: &mut Random) -> Rational {
        let size = match self {
            Self::Even => return Rational::ONE,
            Self::Tied => whole(random.below(3)),
            Self::LongCosts => power(38 + random.below(18), random),
            Self::LongestCosts => power(45 + random.below(32), random),
            _ => &whole(random.below(10_000)) / &whole(100),
        };
        if random.below(3) == 0 { size } else { -size }
    }

    fn most(self, random: &mut Random) -> Rational {
        match self {
            _ if random.below(12) == 0 => Rational::ZERO,
            Self::Tied => whole(1 + random.below(3)),
            Self::LongTurns => power(50 + random.below(12), random),
            Self::LongestTurns => power(100 + random.below(15), random),
            _ => &whole(1 + random.below(100_000)) / &whole(100),
        }
    }

    fn bounds(self, random: &mut Random) -> (Option<Rational>, Option<Rational>) {
        let most = self.most(random);
        match self {
            Self::Asked if random.below(40) == 0 => (Some(&most / &whole(4)), Some(most)),
            Self::Asked if random.below(20) == 0 => (Some(-most.clone()), Some(most)),
            Self::Unlimited => match random.below(40) {
                0 => (None, Some(most)),
                1..4 => (Some(Rational::ZERO), None),
                _ => (Some(Rational::ZERO), Some(most)),
            },
            _ => (Some(Rational::ZERO), Some(most)),
        }
    }
}

fn whole(number: usize) -> Rational {
    Rational::from(i64::try_from(number).unwrap())
}

/// About two to this power.
fn power(bits: usize, random: &mut Random) -> Rational {
    let two = whole(2);
    (0..bits).fold(Rational::ONE, |product, _| &product * &two) - whole(random.below(5))
}

/// Parts that do not meet, each of some participants; arcs may have others beside them and against them.
pub fn circulation(random: &mut Random, kind: Kind, is_small: bool) -> Program {
    let parts = 1 + random.below(3);
    let each = if is_small { 2 + random.below(4) } else { 5 + random.below(20) };
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for part in 0..parts {
        let mut at = || part * each + random.below(each);
        for _ in 0..each * 4 {
            ends.push((at(), at()));
        }
    }
    for (tail, head) in ends.clone() {
        match random.below(12) {
            0 => ends.push((tail, head)),
            1 => ends.push((head, tail)),
            _ => {}
        }
    }
    let mut program = Program::new(Sense::Maximize);
    let mut balances: Vec<Vec<(ColumnId, Rational)>> = vec![Vec::new(); parts * each];
    for (place, (tail, head)) in ends.into_iter().enumerate() {
        let (lower, upper) = kind.bounds(random);
        let objective = kind.worth(random);
        let origin = Origin::Flow(FlowId(u32::try_from(place).unwrap()));
        let column = program.add_column(Column {
            name: String::new(),
            origin,
            lower,
            upper,
            objective,
            integral: false,
        });
        if tail != head {
            balances[tail].push((column, Rational::ONE));
            balances[head].push((column, Rational::from(-1)));
        }
    }
    for (place, terms) in balances.into_iter().enumerate() {
        let origin = Origin::Balance(ParticipantId(u32::try_from(place).unwrap()));
        program.add_row(Row::equal(String::new(), origin, terms, Rational::ZERO));
    }
    program
}
