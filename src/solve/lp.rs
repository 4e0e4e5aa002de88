//! The simplex method, through good_lp. The only file that names it.

use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, WithTimeLimit, constraint, variable,
};

use super::{SolveFault, Solver, Suggestion};
use crate::exact::{Rational, door};
use crate::program::{Program, Sense};

/// The most time a suggestion is worth. It bears on speed alone: no answer depends on a suggestion.
const MOST_SECONDS: f64 = 3.0;

/// good_lp with microlp, a simplex method in pure Rust.
#[derive(Clone, Copy, Debug, Default)]
pub struct Simplex;

impl Solver for Simplex {
    fn name(&self) -> &'static str {
        "good_lp/microlp"
    }

    fn suggest(&self, program: &Program) -> Result<Suggestion, SolveFault> {
        let doubles = Doubles::of(program).ok_or(SolveFault::BeyondDoubles)?;
        solve(program, &doubles)
    }
}

/// A program's numbers as doubles.
///
/// Invariant: all finite, but for bounds that are missing.
struct Doubles {
    objective: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    factors: Vec<Vec<f64>>,
    /// The two sides of each row; infinite where one is missing.
    sides: Vec<(f64, f64)>,
}

impl Doubles {
    fn of(program: &Program) -> Option<Self> {
        let (columns, rows) = (program.columns(), program.rows());
        let bound = |bound: &Option<Rational>, missing: f64| bound.as_ref().map_or(Some(missing), finite);
        Some(Self {
            objective: columns.iter().map(|column| finite(&column.objective)).collect::<Option<_>>()?,
            lower: columns
                .iter()
                .map(|column| bound(&column.lower, f64::NEG_INFINITY))
                .collect::<Option<_>>()?,
            upper: columns.iter().map(|column| bound(&column.upper, f64::INFINITY)).collect::<Option<_>>()?,
            factors: rows
                .iter()
                .map(|row| row.terms.iter().map(|(_, factor)| finite(factor)).collect())
                .collect::<Option<_>>()?,
            sides: rows
                .iter()
                .map(|row| Some((bound(&row.lower, f64::NEG_INFINITY)?, bound(&row.upper, f64::INFINITY)?)))
                .collect::<Option<_>>()?,
        })
    }
}

fn finite(number: &Rational) -> Option<f64> {
    Some(door::to_double(number)).filter(|double| double.is_finite())
}

fn solve(program: &Program, doubles: &Doubles) -> Result<Suggestion, SolveFault> {
    let mut variables = ProblemVariables::new();
    let bounds = doubles.lower.iter().zip(&doubles.upper);
    let columns: Vec<Variable> =
        bounds.map(|(lower, upper)| variables.add(variable().min(*lower).max(*upper))).collect();
    let objective = sum(&columns, doubles.objective.iter().copied().enumerate());
    let unsolved = match program.sense() {
        Sense::Maximize => variables.maximise(objective),
        Sense::Minimize => variables.minimise(objective),
    };
    let mut model = unsolved.using(good_lp::microlp).with_time_limit(MOST_SECONDS);
    for ((row, factors), (lower, upper)) in program.rows().iter().zip(&doubles.factors).zip(&doubles.sides) {
        let places = row.terms.iter().map(|(column, _)| column.index());
        let left = || sum(&columns, places.clone().zip(factors.iter().copied()));
        if row.lower.is_some() && row.lower == row.upper {
            model = model.with(constraint::eq(left(), *lower));
            continue;
        }
        if upper.is_finite() {
            model = model.with(constraint::leq(left(), *upper));
        }
        if lower.is_finite() {
            model = model.with(constraint::geq(left(), *lower));
        }
    }
    let solution = model.solve().map_err(|fault| SolveFault::NoSolution(fault.to_string()))?;
    Ok(Suggestion { values: columns.iter().map(|column| solution.value(*column)).collect() })
}

fn sum(columns: &[Variable], terms: impl Iterator<Item = (usize, f64)>) -> Expression {
    let mut sum = Expression::default();
    for (column, factor) in terms.filter_map(|(place, factor)| Some((*columns.get(place)?, factor))) {
        sum.add_mul(factor, column);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::literal::parse_exact;
    use crate::program::{Column, Origin, Row};

    fn program(objective: &str, factor: &str) -> Program {
        let number = |text: &str| parse_exact(text).unwrap();
        let mut program = Program::new(Sense::Maximize);
        let column = program.add_column(Column {
            name: "x".to_owned(),
            origin: Origin::Normal,
            lower: Some(Rational::ZERO),
            upper: None,
            objective: number(objective),
            integral: false,
        });
        program.add_row(Row {
            name: "most".to_owned(),
            origin: Origin::Normal,
            terms: vec![(column, number(factor))],
            lower: None,
            upper: Some(Rational::from(6)),
        });
        program
    }

    #[test]
    fn solves() {
        let suggestion = Simplex.suggest(&program("1", "2")).expect("bounded");
        assert!((suggestion.values[0] - 3.0).abs() < 1e-9);
    }

    #[test]
    fn says_so_where_it_cannot() {
        assert!(matches!(Simplex.suggest(&program("1", "-1")), Err(SolveFault::NoSolution(_))));
        let vast = format!("1{}", "0".repeat(400));
        assert_eq!(Simplex.suggest(&program(&vast, "1")), Err(SolveFault::BeyondDoubles));
    }
}
