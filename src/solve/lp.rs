//! What the solvers behind good_lp have in common: a program in scaled doubles, and the way back.

use good_lp::variable::UnsolvedProblem;
use good_lp::{Constraint, Expression, ProblemVariables, Solution, Variable, constraint, variable};

use super::equilibrate::{Factors, Scales, Spread, equilibrated, power_of_two};
use super::{SolveFault, Suggestion};
use crate::exact::{Rational, door};
use crate::program::{Column, Program, Sense};

/// Which integral columns a solver is told are integral. Those that it is not told of are relaxed, which a
/// suggestion may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whole {
    /// None: the solver knows no integers.
    Relaxed,
    /// Those bounded within 32 bits: the solver would cap others there without a word.
    Narrow,
    /// All.
    Kept,
}

impl Whole {
    fn is_told(self, column: &Column) -> bool {
        let narrow = |bound: &Option<Rational>| {
            bound.as_ref().is_some_and(|bound| bound.abs() <= Rational::from(i64::from(i32::MAX)))
        };
        match self {
            _ if !column.integral => false,
            Self::Relaxed => false,
            Self::Narrow => narrow(&column.lower) && narrow(&column.upper),
            Self::Kept => true,
        }
    }
}

/// A program as good_lp takes it.
pub(super) struct Posed {
    pub unsolved: UnsolvedProblem,
    pub rows: Vec<Constraint>,
    pub reading: Reading,
}

impl Posed {
    /// # Errors
    /// [`SolveFault::BeyondDoubles`]; [`SolveFault::NoSolution`] where a row without terms cannot hold.
    pub fn of(program: &Program, whole: Whole) -> Result<Self, SolveFault> {
        let doubles = Doubles::of(program, whole).ok_or(SolveFault::BeyondDoubles)?;
        let mut variables = ProblemVariables::new();
        let columns: Vec<Variable> =
            doubles.columns.iter().map(|column| column.variable(&mut variables)).collect();
        let mut rows = Vec::new();
        for row in &doubles.rows {
            row.pose(&columns, &mut rows)?;
        }
        if rows.is_empty() {
            // Not every solver takes a program without rows: such a one gets a row that always holds.
            rows.push(constraint::leq(variables.add(variable().min(0.0).max(1.0)), 1.0));
        }
        let objective = sum(&columns, doubles.columns.iter().map(|column| column.objective).enumerate());
        let unsolved = match program.sense() {
            Sense::Maximize => variables.maximise(objective),
            Sense::Minimize => variables.minimise(objective),
        };
        let units = doubles.columns.iter().map(|column| column.unit).collect();
        Ok(Self { unsolved, rows, reading: Reading { columns, units } })
    }
}

/// How a solver's values become those of the program.
pub(super) struct Reading {
    columns: Vec<Variable>,
    /// What one of a solver's variable is in its column.
    units: Vec<f64>,
}

impl Reading {
    pub fn suggestion(&self, solution: &impl Solution) -> Suggestion {
        let values = self.columns.iter().zip(&self.units);
        Suggestion { values: values.map(|(column, unit)| solution.value(*column) * unit).collect() }
    }
}

/// A program's numbers as doubles, scaled.
///
/// Invariant: all finite, but for bounds that are missing.
struct Doubles {
    columns: Vec<DoubleColumn>,
    rows: Vec<DoubleRow>,
}

/// Invariant: a column that is bounded on one side is bounded below; one that was bounded above alone is
/// mirrored. The files that external solvers read take a missing lower bound for zero.
struct DoubleColumn {
    objective: f64,
    lower: f64,
    upper: f64,
    whole: bool,
    /// What one of this is in the program's column; negative where it is mirrored.
    unit: f64,
}

struct DoubleRow {
    terms: Vec<(usize, f64)>,
    lower: f64,
    upper: f64,
}

impl Doubles {
    fn of(program: &Program, whole: Whole) -> Option<Self> {
        let factors = factors(program)?;
        let told: Vec<bool> = program.columns().iter().map(|column| whole.is_told(column)).collect();
        // The objective is scaled as a row among rows, so that columns on no row find their unit, too.
        let objective = program.columns().iter().map(|column| finite(&column.objective));
        let objective: Vec<f64> = objective.collect::<Option<_>>()?;
        let with: Factors =
            factors.iter().cloned().chain([objective.into_iter().enumerate().collect()]).collect();
        let scales = equilibrated(&with, &told);
        let mut columns = columns(program, &scales, &told)?;
        let mut rows = rows(program, factors, &scales, &columns)?;
        normalise(&mut columns, &mut rows);
        let finite = columns.iter().all(|column| column.objective.is_finite() && column.unit.is_finite())
            && rows.iter().all(|row| row.terms.iter().all(|(_, factor)| factor.is_finite()));
        finite.then_some(Self { columns, rows })
    }
}

fn factors(program: &Program) -> Option<Factors> {
    let terms = |row: &crate::program::Row| {
        row.terms.iter().map(|(column, factor)| Some((column.index(), finite(factor)?))).collect()
    };
    program.rows().iter().map(terms).collect()
}

fn columns(program: &Program, scales: &Scales, told: &[bool]) -> Option<Vec<DoubleColumn>> {
    let column = |((column, scale), whole): ((&Column, &f64), &bool)| {
        let mirrored = column.lower.is_none() && column.upper.is_some();
        let unit = if mirrored { -scale } else { *scale };
        let (first, second) =
            (bound(&column.lower, f64::NEG_INFINITY)?, bound(&column.upper, f64::INFINITY)?);
        let (lower, upper) = if mirrored { (second, first) } else { (first, second) };
        let objective = finite(&column.objective)? * unit;
        Some(DoubleColumn { objective, lower: lower / unit, upper: upper / unit, whole: *whole, unit })
    };
    program.columns().iter().zip(&scales.columns).zip(told).map(column).collect()
}

fn rows(
    program: &Program,
    factors: Factors,
    scales: &Scales,
    columns: &[DoubleColumn],
) -> Option<Vec<DoubleRow>> {
    let mut rows = Vec::new();
    for ((row, terms), scale) in program.rows().iter().zip(factors).zip(&scales.rows) {
        let scaled =
            |(column, factor): (usize, f64)| Some((column, factor * scale * columns.get(column)?.unit));
        rows.push(DoubleRow {
            terms: terms.into_iter().map(scaled).collect::<Option<_>>()?,
            lower: bound(&row.lower, f64::NEG_INFINITY)? * scale,
            upper: bound(&row.upper, f64::INFINITY)? * scale,
        });
    }
    Some(rows)
}

/// The power of two to which the middle of all sides and bounds is brought.
///
/// Solvers keep rows to absolute tolerances of about 10⁻⁷; this leaves them digits to be right in.
const MIDDLE: i32 = 7;

/// Brings the greatest number of the objective to about one, and the middle of sides and bounds to [`MIDDLE`].
fn normalise(columns: &mut [DoubleColumn], rows: &mut [DoubleRow]) {
    let mut spread = Spread::default();
    columns.iter().for_each(|column| spread.add(column.objective, 0));
    let scale = power_of_two(spread.scale_of_greatest());
    columns.iter_mut().for_each(|column| column.objective *= scale);
    // The unit of whole columns is theirs.
    if columns.iter().any(|column| column.whole) {
        return;
    }
    let mut spread = Spread::default();
    rows.iter().for_each(|row| {
        spread.add(row.lower, 0);
        spread.add(row.upper, 0);
    });
    columns.iter().for_each(|column| {
        spread.add(column.lower, 0);
        spread.add(column.upper, 0);
    });
    if spread.is_empty() {
        return;
    }
    let scale = power_of_two(spread.scale() + MIDDLE);
    for row in rows {
        row.lower *= scale;
        row.upper *= scale;
    }
    for column in columns {
        column.lower *= scale;
        column.upper *= scale;
        column.unit /= scale;
    }
}

impl DoubleColumn {
    fn variable(&self, variables: &mut ProblemVariables) -> Variable {
        let definition = variable().min(self.lower).max(self.upper);
        variables.add(if self.whole { definition.integer() } else { definition })
    }
}

impl DoubleRow {
    fn pose(&self, columns: &[Variable], rows: &mut Vec<Constraint>) -> Result<(), SolveFault> {
        if self.terms.is_empty() {
            let holds = self.lower <= 0.0 && self.upper >= 0.0;
            return if holds { Ok(()) } else { Err(SolveFault::NoSolution("infeasible".to_owned())) };
        }
        let left = || sum(columns, self.terms.iter().copied());
        if self.lower.is_finite() && self.lower == self.upper {
            rows.push(constraint::eq(left(), self.lower));
            return Ok(());
        }
        if self.upper.is_finite() {
            rows.push(constraint::leq(left(), self.upper));
        }
        if self.lower.is_finite() {
            rows.push(constraint::geq(left(), self.lower));
        }
        Ok(())
    }
}

fn finite(number: &Rational) -> Option<f64> {
    Some(door::to_double(number)).filter(|double| double.is_finite())
}

fn bound(bound: &Option<Rational>, missing: f64) -> Option<f64> {
    bound.as_ref().map_or(Some(missing), finite)
}

fn sum(columns: &[Variable], terms: impl Iterator<Item = (usize, f64)>) -> Expression {
    let mut sum = Expression::default();
    for (column, factor) in terms.filter_map(|(place, factor)| Some((*columns.get(place)?, factor))) {
        sum.add_mul(factor, column);
    }
    sum
}
