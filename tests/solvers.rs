//! Every solver that is there, on programs whose optimum is known.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "tests")]

mod programs;

use loopc::exact::{Rational, door};
use loopc::program::{Column, Origin, Program, Row, Sense};
use loopc::solve::{Choice, SolveFault, Suggestion, asked, suggest};
use loopc::stop::Stop;
use programs::{Known, PLAIN, Taste, known};

/// The solvers of this build and machine; microlp and Clarabel always are.
fn there() -> Vec<Choice> {
    let there: Vec<Choice> = Choice::ALL
        .into_iter()
        .filter(|choice| choice.solver().is_some() && choice.lacks().is_none())
        .collect();
    assert!(there.contains(&Choice::Microlp) && there.contains(&Choice::Clarabel));
    there
}

fn ask(choice: Choice, program: &Program) -> Result<Suggestion, SolveFault> {
    asked(choice.solver().unwrap(), program, &loopc::stop::Stop::default())
}

/// How far the value of a suggestion is from the optimum, relatively.
fn error(known: &Known, suggestion: &Suggestion) -> f64 {
    let columns = known.program.columns();
    assert_eq!(columns.len(), suggestion.values.len());
    let terms = columns.iter().zip(&suggestion.values);
    let value: f64 = terms.map(|(column, value)| door::to_double(&column.objective) * value).sum();
    let right = door::to_double(&known.value);
    (value + door::to_double(&known.program.constant) - right).abs() / right.abs().max(1.0)
}

/// Of so many random programs: without a suggestion, and with a wrong one.
fn failures(choice: Choice, count: u64, taste: Taste) -> (u64, u64) {
    let (mut none, mut wrong) = (0, 0);
    for seed in 0..count {
        let known = known(seed, taste);
        match ask(choice, &known.program) {
            Ok(suggestion) => wrong += u64::from(error(&known, &suggestion) > 1e-5),
            Err(_) => none += 1,
        }
    }
    (none, wrong)
}

#[test]
fn solvers_solve() {
    for choice in there() {
        let outside = !matches!(choice, Choice::Microlp | Choice::Clarabel | Choice::Highs);
        let count = if outside { 40 } else { 300 };
        let (none, wrong) = failures(choice, count, PLAIN);
        // microlp 0.6 calls about one in a hundred unbounded; `auto` asks another then.
        assert!(none * 50 <= count && wrong == 0, "{}: {none} without, {wrong} wrong", choice.name());
    }
}

#[test]
fn scaling_makes_up_for_units() {
    let taste = Taste { integral: false, columns: 60, rows: 40, tens: (-9, 12), divisor: 1 };
    let (none, wrong) = failures(Choice::Microlp, 200, taste);
    assert!(none <= 8 && wrong == 0, "{none} without, {wrong} wrong");
}

#[test]
fn auto_has_an_answer() {
    let taste = Taste { columns: 20, rows: 12, ..PLAIN };
    for seed in 0..300 {
        let known = known(seed, taste);
        let suggestion = suggest((Choice::Auto, &Stop::default()), &known.program).unwrap();
        assert!(error(&known, &suggestion) < 1e-5, "seed {seed}");
    }
}

/// One column of this kind, maximised, with a row of this factor below this side.
fn single(column: (Option<i64>, Option<i64>, bool), row: Option<(i64, i64)>) -> Program {
    let (lower, upper, integral) = column;
    let mut program = Program::new(Sense::Maximize);
    let column = program.add_column(Column {
        name: "x".to_owned(),
        origin: Origin::Normal,
        lower: lower.map(Rational::from),
        upper: upper.map(Rational::from),
        objective: Rational::ONE,
        integral,
    });
    if let Some((factor, upper)) = row {
        let terms = vec![(column, Rational::from(factor))];
        let (name, origin) = ("most".to_owned(), Origin::Normal);
        program.add_row(Row { name, origin, terms, lower: None, upper: Some(Rational::from(upper)) });
    }
    program
}

#[test]
fn awkward_programs_are_solved() {
    let awkward = [
        // Whole numbers beyond 32 bits.
        (single((Some(0), Some(5_000_000_000), true), Some((1, 6_000_000_000))), 5e9),
        (single((Some(0), None, true), Some((1, 6_000_000_000))), 6e9),
        // A column that is bounded above alone, and below zero.
        (single((None, Some(-3), false), Some((1, 10))), -3.0),
        (single((None, None, false), Some((1, -7))), -7.0),
        // No row, or one that says nothing.
        (single((Some(0), Some(4), false), None), 4.0),
        (single((Some(0), Some(4), false), Some((0, 1))), 4.0),
    ];
    for choice in there() {
        for (place, (program, right)) in awkward.iter().enumerate() {
            let value = ask(choice, program).map(|suggestion| suggestion.values[0]);
            let near = |value: &f64| (value - right).abs() <= 1e-6 * right.abs();
            assert!(value.as_ref().is_ok_and(near), "{} on {place}: {value:?}", choice.name());
        }
    }
}

#[test]
fn what_has_no_optimum_has_no_suggestion() {
    let hopeless = [
        single((Some(0), None, false), Some((-1, 6))),
        single((Some(5), None, false), Some((1, 4))),
        single((Some(0), Some(1), false), Some((0, -1))),
    ];
    for choice in there() {
        for (place, program) in hopeless.iter().enumerate() {
            let told = ask(choice, program);
            assert!(matches!(told, Err(SolveFault::NoSolution(_))), "{} on {place}: {told:?}", choice.name());
        }
        let mut vast = single((Some(0), None, false), Some((1, 4)));
        vast.add_row(Row {
            name: "vast".to_owned(),
            origin: Origin::Normal,
            terms: vec![(loopc::program::ColumnId(0), Rational::from(10).power(400).unwrap())],
            lower: None,
            upper: Some(Rational::ONE),
        });
        assert_eq!(ask(choice, &vast), Err(SolveFault::BeyondDoubles));
    }
}

#[test]
fn what_is_not_there_says_so() {
    for choice in Choice::ALL {
        if choice.lacks().is_some() {
            let told = suggest((choice, &Stop::default()), &single((Some(0), Some(4), false), None));
            assert!(matches!(told, Err(SolveFault::Missing(_))), "{}: {told:?}", choice.name());
        }
    }
}
