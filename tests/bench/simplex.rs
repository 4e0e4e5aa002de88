//! How long the exact simplex method takes for plans of two sizes: from nothing, from the values of an optimum
//! as a solver would suggest them, and phase by phase.

#![allow(
    clippy::disallowed_types,
    clippy::float_arithmetic,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a bench measures and prints"
)]

mod plans;
#[allow(dead_code, reason = "shared with tests")]
#[path = "../meaning/random.rs"]
mod random;

use std::time::Instant;

use loopc::certify::linear::check_optimal;
use loopc::exact::Rational;
use loopc::program::{ColumnId, Program, RowId};
use loopc::simplex::{Budget, Crash, LexicographicEnd, Optimum, Simplex, Variable, lexicographic};

const PIVOTS: u64 = 1_000_000;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("  {what:<46} {:>10.2} ms", start.elapsed().as_secs_f64() * 1e3);
    done
}

/// The objective, the least total, the least weighted total, the least total of mixed numbers.
fn levels(program: &Program) -> Vec<Vec<Rational>> {
    let count = program.columns().len();
    let each = |weight: fn(i64) -> i64| {
        (0..count).map(|place| Rational::from(-weight(i64::try_from(place).unwrap_or_default()))).collect()
    };
    let mixed =
        |place: i64| i64::try_from(random::Random::new(place.unsigned_abs()).next() >> 1).unwrap_or(1);
    let first = program.columns().iter().map(|column| column.objective.clone()).collect();
    vec![first, each(|_| 1), each(|place| place), each(mixed)]
}

/// What a solver that tells values alone would suggest.
fn suggested(program: &Program, values: &[Rational]) -> Crash {
    let mut basic = Vec::new();
    for (place, row) in (0..).zip(program.rows()) {
        let sum = Some(row.sum(values));
        if sum != row.lower && sum != row.upper {
            basic.push(Variable::Row(RowId(place)));
        }
    }
    let mut at_upper = Vec::new();
    for (place, (column, value)) in (0..).zip(program.columns().iter().zip(values)) {
        let ends = [&column.lower, &column.upper].map(|end| end.as_ref() == Some(value));
        if ends == [false, false] {
            basic.push(Variable::Column(ColumnId(place)));
        }
        at_upper.push(ends[1]);
    }
    Crash { basic, at_upper }
}

fn optimal_basis(program: &Program, simplex: &Simplex) -> Vec<Variable> {
    let columns = (0..).take(program.columns().len()).map(|place| Variable::Column(ColumnId(place)));
    let rows = (0..).take(program.rows().len()).map(|place| Variable::Row(RowId(place)));
    rows.chain(columns).filter(|variable| simplex.is_basic(*variable)).collect()
}

fn solve(program: &Program, crash: &Crash, levels: &[Vec<Rational>]) -> (Simplex, Optimum) {
    let mut simplex = timed("  basis from the wishes", || Simplex::new(program, crash));
    let mut budget = Budget::of(PIVOTS);
    timed("  feasible", || simplex.make_feasible(&mut budget)).expect("enough pivots");
    println!("    {} pivots", PIVOTS - budget.pivots_left);
    timed("  objective", || simplex.maximize(&levels[0], &mut budget)).expect("enough pivots");
    println!("    {} pivots", PIVOTS - budget.pivots_left);
    let end =
        timed("  canonical", || lexicographic(&mut simplex, levels, &mut budget)).expect("enough pivots");
    println!("    {} pivots", PIVOTS - budget.pivots_left);
    match end {
        LexicographicEnd::Optimal(optimum) => (simplex, optimum),
        LexicographicEnd::Unbounded { .. } => unreachable!("unbounded"),
        LexicographicEnd::Infeasible { .. } => unreachable!("infeasible"),
    }
}

fn main() {
    for flows in [500, 2_500] {
        let program = plans::plan(flows);
        println!("{flows} flows, {} rows", program.rows().len());
        let levels = levels(&program);
        let (_, optimum) = timed("from nothing", || solve(&program, &Crash::default(), &levels));
        let crash = suggested(&program, &optimum.values);
        let (simplex, again) = timed("from the values of the optimum", || solve(&program, &crash, &levels));
        let crash = Crash { basic: optimal_basis(&program, &simplex), ..crash };
        timed("from the basis of the optimum", || solve(&program, &crash, &levels));
        timed("check", || check_optimal(&program, &levels, &again.values, &again.duals)).expect("a proof");
        let digits = optimum.values.iter().map(Rational::digits).max();
        println!("  unique: {}, longest number: {digits:?} digits", again.unique);
    }
}
