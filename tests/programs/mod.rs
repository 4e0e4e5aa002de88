//! Random linear programs whose optimum is known, because they are built around a primal and a dual solution.

#![allow(dead_code, reason = "each test binary uses its own part")]

use loopc::exact::Rational;
use loopc::program::{Column, ColumnId, Origin, Program, Row, Sense};

/// Steele, Lea, Flood 2014: a sequence that depends on its seed alone.
pub struct SplitMix64(pub u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    pub fn one_in(&mut self, most: i64) -> bool {
        self.between(1, most) == 1
    }

    fn power_of_ten(&mut self, (low, high): (i64, i64)) -> Rational {
        Rational::from(10).power(self.between(low, high) as i32).unwrap()
    }
}

/// A program with the value of its optimum, and where it is reached.
pub struct Known {
    pub program: Program,
    pub value: Rational,
    pub at: Vec<Rational>,
}

/// What the random programs are like.
#[derive(Clone, Copy)]
pub struct Taste {
    pub columns: i64,
    pub rows: i64,
    /// Whether columns may be integral.
    pub integral: bool,
    /// Units of rows and columns range over these powers of ten.
    pub tens: (i64, i64),
    /// What some numbers are divided by: 3 for thirds.
    pub divisor: i64,
}

pub const PLAIN: Taste = Taste { columns: 8, rows: 6, integral: true, tens: (0, 0), divisor: 1 };

/// Whether something is held by its lower side, its upper side, both, or neither.
#[derive(Clone, Copy)]
enum Held {
    Lower,
    Upper,
    Both,
    Neither,
}

impl Held {
    fn draw(draw: &mut SplitMix64) -> Self {
        match draw.between(0, 5) {
            0 | 1 => Self::Lower,
            2 => Self::Upper,
            3 => Self::Both,
            _ => Self::Neither,
        }
    }

    /// Lower and upper side around a value that is held so.
    fn sides(self, value: &Rational, draw: &mut SplitMix64) -> (Option<Rational>, Option<Rational>) {
        let mut away = || (!draw.one_in(3)).then(|| Rational::from(draw.between(1, 9)));
        let (below, above) = (away().map(|away| value - &away), away().map(|away| value + &away));
        match self {
            Self::Lower => (Some(value.clone()), above),
            Self::Upper => (below, Some(value.clone())),
            Self::Both => (Some(value.clone()), Some(value.clone())),
            Self::Neither => (below, above),
        }
    }

    /// A price that such a side may have, for maximising.
    fn price(self, draw: &mut SplitMix64) -> Rational {
        Rational::from(match self {
            Self::Lower => -draw.between(0, 4),
            Self::Upper => draw.between(0, 4),
            Self::Both => draw.between(-4, 4),
            Self::Neither => 0,
        })
    }
}

/// A column's value before units, its unit, and what one more of it is worth so far.
struct Drawn {
    value: Rational,
    unit: Rational,
    integral: bool,
    slope: Rational,
}

/// A feasible, bounded program: complementary slackness makes `at` optimal, also among whole numbers.
pub fn known(seed: u64, taste: Taste) -> Known {
    let mut draw = SplitMix64(seed);
    let mut columns: Vec<Drawn> =
        (0..draw.between(1, taste.columns)).map(|_| drawn(&mut draw, taste)).collect();
    let rows: Vec<Row> =
        (0..draw.between(0, taste.rows)).map(|place| row(place, &mut columns, taste, &mut draw)).collect();
    let sense = if draw.one_in(2) { Sense::Maximize } else { Sense::Minimize };
    let mut program = Program::new(sense);
    for (place, column) in columns.iter().enumerate() {
        let held = Held::draw(&mut draw);
        let slope = &column.slope + &held.price(&mut draw);
        let (lower, upper) = held.sides(&column.value, &mut draw);
        let less = |side: Option<Rational>| side.map(|side| &side / &column.unit);
        program.add_column(Column {
            name: format!("column {place}"),
            origin: Origin::Normal,
            lower: less(lower),
            upper: less(upper),
            objective: if sense == Sense::Maximize { slope } else { -slope } * &column.unit,
            integral: column.integral,
        });
    }
    for row in rows {
        program.add_row(row);
    }
    program.constant = Rational::from(draw.between(-20, 20));
    let at: Vec<Rational> = columns.iter().map(|column| &column.value / &column.unit).collect();
    assert!(program.is_feasible(&at), "seed {seed}");
    Known { value: program.objective(&at), program, at }
}

fn drawn(draw: &mut SplitMix64, taste: Taste) -> Drawn {
    let integral = taste.integral && draw.one_in(3);
    let unit = if integral { Rational::ONE } else { draw.power_of_ten(taste.tens) };
    Drawn { value: Rational::from(draw.between(-6, 9)), unit, integral, slope: Rational::ZERO }
}

fn row(place: i64, columns: &mut [Drawn], taste: Taste, draw: &mut SplitMix64) -> Row {
    let held = Held::draw(draw);
    let (price, scale) = (held.price(draw), draw.power_of_ten(taste.tens));
    let (mut terms, mut sum) = (Vec::new(), Rational::ZERO);
    for (at, column) in columns.iter_mut().enumerate() {
        if draw.one_in(2) {
            let divisor = Rational::from(if draw.one_in(2) { taste.divisor } else { 1 });
            let factor = &Rational::from(draw.between(-5, 5)) / &divisor;
            sum += &(&factor * &column.value);
            column.slope += &(&factor * &price);
            terms.push((ColumnId(at as u32), factor * &scale * &column.unit));
        }
    }
    let (lower, upper) = held.sides(&sum, draw);
    let scaled = |side: Option<Rational>| side.map(|side| side * &scale);
    let (lower, upper) = (scaled(lower), scaled(upper));
    Row { name: format!("row {place}"), origin: Origin::Normal, terms, lower, upper }
}
