//! Prices against programs that are stated anew with one bound moved, and solved from nothing.

use loopc::exact::Rational;
use loopc::program::{Column, ColumnId, Program, Row, RowId};
use loopc::simplex::{
    Budget, Crash, Direction, End, Ends, LexicographicEnd, Price, Side, Simplex, Variable, lexicographic,
};

use super::programs::{crash, level, ratio};
use super::{SEEDS, budget, program};

/// The program with one bound moved by so much, or both.
fn moved(program: &Program, variable: Variable, (ends, by): (Ends, &Rational)) -> Program {
    let shift = |lower: &Option<Rational>, upper: &Option<Rational>| {
        let moves = |which: Side| ends == Ends::Both || ends == Ends::One(which);
        let end = |end: &Option<Rational>, which: Side| {
            end.as_ref().map(|end| if moves(which) { end + by } else { end.clone() })
        };
        (end(lower, Side::Lower), end(upper, Side::Upper))
    };
    let mut other = Program::new(program.sense());
    for (place, column) in (0..).zip(program.columns()) {
        let (mut lower, mut upper) = (column.lower.clone(), column.upper.clone());
        if variable == Variable::Column(ColumnId(place)) {
            (lower, upper) = shift(&lower, &upper);
        }
        other.add_column(Column { lower, upper, ..column.clone() });
    }
    for (place, row) in (0..).zip(program.rows()) {
        let (mut lower, mut upper) = (row.lower.clone(), row.upper.clone());
        if variable == Variable::Row(RowId(place)) {
            (lower, upper) = shift(&lower, &upper);
        }
        other.add_row(Row { lower, upper, ..row.clone() });
    }
    other
}

/// The maximum; none where nothing keeps all conditions.
fn maximum(program: &Program) -> Option<Rational> {
    let objective = level(program);
    let mut simplex = Simplex::new(program, &Crash::default());
    match simplex.maximize(&objective, &mut budget()).expect("enough pivots") {
        End::Optimal => Some(objective.iter().zip(simplex.values()).map(|(cost, value)| cost * &value).sum()),
        End::Infeasible { .. } => None,
        End::Unbounded { .. } => panic!("moving a bound cannot do that"),
    }
}

/// Steps over which a price is compared: within its range, at its end, and just beyond.
fn compare(program: &Program, question: (Variable, Ends, Direction), price: &Price) {
    let (variable, ends, direction) = question;
    let sign = if direction == Direction::More { Rational::ONE } else { -Rational::ONE };
    let tiny = ratio(1, 1_000_000_000_000_000);
    let at = |length: &Rational| maximum(&moved(program, variable, (ends, &(&sign * length))));
    let Price::Holds { rate, until } = price else {
        return assert_eq!(at(&tiny), None, "{question:?} is feasible");
    };
    let here = maximum(program).expect("an optimum");
    let along = |length: &Rational| &here + &(&(rate * &sign) * length);
    let far = until.clone().unwrap_or_else(|| Rational::from(1_000_000_007));
    for length in [tiny.clone(), &far * &ratio(1, 2), far.clone()] {
        if length <= far {
            assert_eq!(at(&length), Some(along(&length)), "{question:?} {price:?} over {length}");
        }
    }
    if until.is_some() {
        let beyond = &far + &tiny;
        assert_ne!(at(&beyond), Some(along(&beyond)), "{question:?} {price:?} holds longer");
    }
}

fn bounds(column: &Column) -> (&Option<Rational>, &Option<Rational>) {
    (&column.lower, &column.upper)
}

fn sides(row: &Row) -> (&Option<Rational>, &Option<Rational>) {
    (&row.lower, &row.upper)
}

#[test]
fn prices_are_what_solving_again_gives() {
    let mut seen = [0; 4];
    for seed in 0..SEEDS / 3 {
        let (program, mut random) = program(seed);
        let levels = [level(&program)];
        let mut simplex = Simplex::new(&program, &crash(&mut random, &program));
        let end = lexicographic(&mut simplex, &levels, &mut budget()).expect("enough pivots");
        if !matches!(end, LexicographicEnd::Optimal(_)) {
            continue;
        }
        let sensitivity = simplex.sensitivity(&levels[0]);
        let columns = (0..).take(program.columns().len()).map(|place| Variable::Column(ColumnId(place)));
        let rows = (0..).take(program.rows().len()).map(|place| Variable::Row(RowId(place)));
        for variable in columns.chain(rows) {
            let (lower, upper) = match variable {
                Variable::Column(id) => bounds(&program.columns()[id.index()]),
                Variable::Row(id) => sides(&program.rows()[id.index()]),
            };
            let equation = lower.is_some() && lower == upper;
            let ends = [Ends::One(Side::Lower), Ends::One(Side::Upper), Ends::Both];
            let ends = ends.into_iter().filter(|ends| equation || *ends != Ends::Both);
            let asked = ends.flat_map(|ends| [(ends, Direction::More), (ends, Direction::Less)]);
            for asked in asked {
                let price = sensitivity.price(variable, asked, &mut budget()).expect("enough pivots");
                compare(&program, (variable, asked.0, asked.1), &price);
                seen[match price {
                    Price::Infeasible => 0,
                    Price::Holds { rate, .. } if rate.is_zero() => 1,
                    Price::Holds { until: None, .. } => 2,
                    Price::Holds { .. } => 3,
                }] += 1;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 100), "{seen:?}");
}

#[test]
fn an_exhausted_budget_is_said() {
    let mut exhausted = 0;
    for seed in 0..200 {
        let (program, _) = program(seed);
        let objective = level(&program);
        let mut simplex = Simplex::new(&program, &Crash::default());
        if simplex.maximize(&objective, &mut budget()) != Ok(End::Optimal) {
            continue;
        }
        let sensitivity = simplex.sensitivity(&objective);
        for place in (0..).take(program.columns().len()) {
            let with = |pivots_left| sensitivity.entering(ColumnId(place), &mut Budget::of(pivots_left));
            exhausted += usize::from(with(0).is_err());
            assert!(with(10_000).is_ok());
        }
    }
    assert!(exhausted > 10, "{exhausted}");
}
