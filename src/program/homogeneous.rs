//! A ratio plan as one linear program, for solvers that know no ratios.

use super::{Column, ColumnId, Origin, PlanProgram, Program, Row};
use crate::exact::Rational;

/// The program whose columns are a plan's, times one over its denominator, which is the last column.
///
/// Its optimum is the best ratio, if every plan has a positive denominator. Whole numbers are no longer whole when
/// they are scaled: nothing for a plan that has any. A linear objective needs no other program: nothing either.
///
/// Source: mathematics §4, *Ratio plans*; Charnes, Cooper 1962.
#[must_use]
pub fn homogeneous(plan: &PlanProgram) -> Option<Program> {
    let (below, constant) = plan.denominator.as_ref()?;
    let stated = &plan.program;
    if stated.columns().iter().any(|column| column.integral) {
        return None;
    }
    let mut program = Program::new(stated.sense());
    for column in stated.columns() {
        // A bound other than 0 grows with the scale: it becomes a row.
        let lower = column.lower.clone().filter(Rational::is_zero);
        program.add_column(Column { lower, upper: None, ..column.clone() });
    }
    let scale = program.add_column(Column {
        name: "scale".to_owned(),
        origin: Origin::Normal,
        lower: Some(Rational::ZERO),
        upper: None,
        objective: stated.constant.clone(),
        integral: false,
    });
    let mut bounded =
        |name: String, origin, terms: &[(ColumnId, Rational)], bounds: [&Option<Rational>; 2]| {
            let [lower, upper] = bounds;
            if lower == upper {
                let right = lower.clone().unwrap_or_default();
                let terms = terms.iter().cloned().chain([(scale, -right)]);
                program.add_row(Row::equal(name, origin, terms.collect(), Rational::ZERO));
                return;
            }
            for (bound, word) in [(lower, "least"), (upper, "most")] {
                let Some(bound) = bound else { continue };
                let terms = terms.iter().cloned().chain([(scale, -bound)]).collect();
                let zero = |wanted| (word == wanted).then_some(Rational::ZERO);
                let name = format!("{word}_{name}");
                program.add_row(Row { name, origin, terms, lower: zero("least"), upper: zero("most") });
            }
        };
    for row in stated.rows() {
        bounded(row.name.clone(), row.origin, &row.terms, [&row.lower, &row.upper]);
    }
    for (place, column) in stated.columns().iter().enumerate() {
        let lower = column.lower.clone().filter(|lower| !lower.is_zero());
        if lower.is_some() || column.upper.is_some() {
            let terms = [(ColumnId::at(place), Rational::ONE)];
            bounded(column.name.clone(), column.origin, &terms, [&lower, &column.upper]);
        }
    }
    let terms = below.iter().enumerate().map(|(place, count)| (ColumnId::at(place), count.clone()));
    let terms = terms.chain([(scale, constant.clone())]).collect();
    program.add_row(Row::equal("normal".to_owned(), Origin::Normal, terms, Rational::ONE));
    Some(program)
}
