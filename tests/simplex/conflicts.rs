//! Conflicts: irreducible, the same from every start, gone with what mends them and not with less.

use loopc::certify::linear::check_infeasible;
use loopc::exact::Rational;
use loopc::program::{Column, ColumnId, Program, Row, RowId};
use loopc::simplex::{Budget, Condition, Crash, Exhausted, Feasibility, Side, Simplex, Variable};

use super::programs::{column, crash, ratio, row, terms, whole};
use super::random::Random;
use super::{SEEDS, budget, program};

fn is_feasible(program: &Program) -> bool {
    let mut simplex = Simplex::new(program, &Crash::default());
    match simplex.make_feasible(&mut budget()).expect("enough pivots") {
        Feasibility::Feasible => true,
        Feasibility::Infeasible { farkas } => {
            assert_eq!(check_infeasible(program, &farkas), Ok(()));
            false
        }
    }
}

/// The program with its bounds changed by a function of the variable, the side and the bound.
fn with(program: &Program, change: impl Fn(Variable, Side, &Rational) -> Option<Rational>) -> Program {
    let mut other = Program::new(program.sense());
    let ends = |variable: Variable, lower: &Option<Rational>, upper: &Option<Rational>| {
        let end =
            |side: Side, end: &Option<Rational>| end.as_ref().and_then(|end| change(variable, side, end));
        (end(Side::Lower, lower), end(Side::Upper, upper))
    };
    for (place, column) in (0..).zip(program.columns()) {
        let (lower, upper) = ends(Variable::Column(ColumnId(place)), &column.lower, &column.upper);
        other.add_column(Column { lower, upper, ..column.clone() });
    }
    for (place, row) in (0..).zip(program.rows()) {
        let (lower, upper) = ends(Variable::Row(RowId(place)), &row.lower, &row.upper);
        other.add_row(Row { lower, upper, ..row.clone() });
    }
    other
}

/// The program without the conditions at some places.
fn without(program: &Program, conditions: &[Condition], dropped: impl Fn(usize) -> bool) -> Program {
    with(program, |variable, side, end| {
        let named =
            |(place, condition): (usize, &Condition)| dropped(place) && condition.contains(&(variable, side));
        (!conditions.iter().enumerate().any(named)).then(|| end.clone())
    })
}

/// Bounds as conditions: some alone, some in pairs, equations whole; some are left to the background.
fn conditions(program: &Program, random: &mut Random) -> Vec<Condition> {
    let columns = (0..).zip(program.columns());
    let columns = columns.map(|(place, one)| (Variable::Column(ColumnId(place)), &one.lower, &one.upper));
    let rows = (0..).zip(program.rows());
    let rows = rows.map(|(place, one)| (Variable::Row(RowId(place)), &one.lower, &one.upper));
    let mut found: Vec<Condition> = Vec::new();
    for (variable, lower, upper) in columns.chain(rows) {
        if random.chance(25) {
            continue;
        }
        let sides = [(Side::Lower, lower), (Side::Upper, upper)];
        let sides = sides.into_iter().filter(|(_, end)| end.is_some()).map(|(side, _)| (variable, side));
        if lower == upper {
            found.push(sides.collect());
        } else {
            sides.for_each(|side| found.push(vec![side]));
        }
        if found.len() > 1 && random.chance(10) {
            let last = found.pop().unwrap();
            found.last_mut().unwrap().extend(last);
        }
    }
    found.retain(|condition| !condition.is_empty());
    random.shuffle(&mut found);
    found
}

#[test]
fn conflicts_are_irreducible_and_the_same_from_every_start() {
    let (mut found, mut mended) = (0, 0);
    for seed in 0..SEEDS {
        let (program, mut random) = program(seed);
        let conditions = conditions(&program, &mut random);
        let conflict = |crash: &Crash| {
            let mut simplex = Simplex::new(&program, crash);
            let found = simplex.conflict(&conditions, &mut budget()).expect("enough pivots");
            let feasible = simplex.make_feasible(&mut budget()) == Ok(Feasibility::Feasible);
            assert_eq!(found.is_none(), feasible, "the bounds are as before");
            found
        };
        let Some(conflict_here) = conflict(&Crash::default()) else {
            assert!(is_feasible(&program), "seed {seed}");
            continue;
        };
        let members = &conflict_here.members;
        let only = without(&program, &conditions, |place| !members.contains(&place));
        assert_eq!(check_infeasible(&only, &conflict_here.farkas), Ok(()), "seed {seed}");
        for member in members {
            let fewer = without(&program, &conditions, |place| !members.contains(&place) || place == *member);
            assert!(is_feasible(&fewer), "seed {seed}: {member} is not needed");
        }
        let other = conflict(&crash(&mut random, &program)).unwrap();
        assert_eq!((members, &conflict_here.mends), (&other.members, &other.mends), "seed {seed}");
        found += usize::from(!members.is_empty());
        for (member, mend) in members.iter().zip(&conflict_here.mends) {
            let condition = &conditions[*member];
            let Some(mend) = mend else { continue };
            let by = |amount: Rational| {
                with(&only, |variable, side, end| {
                    Some(if condition.contains(&(variable, side)) { end + &amount } else { end.clone() })
                })
            };
            assert!(is_feasible(&by(mend.clone())), "seed {seed}: {mend} does not mend {member}");
            let less = mend * &ratio(999_999_999, 1_000_000_000);
            assert!(!is_feasible(&by(less)), "seed {seed}: less than {mend} mends {member}");
            mended += 1;
        }
    }
    assert!(found > 100 && mended > 200, "{found} found, {mended} mended");
}

/// A promise of 10, a budget of 12 at 2 each, and a capacity of 7 that has no part in it.
#[test]
fn a_budget_against_a_promise() {
    let mut program = Program::new(loopc::program::Sense::Maximize);
    program.add_column(column(Some(whole(0)), Some(whole(70)), whole(1)));
    program.add_row(row(terms(&[whole(1)]), Some(whole(10)), None));
    program.add_row(row(terms(&[whole(2)]), None, Some(whole(12))));
    let condition = |place: u32, side: Side| vec![(Variable::Row(RowId(place)), side)];
    let capacity = vec![(Variable::Column(ColumnId(0)), Side::Upper)];
    let conditions = [condition(0, Side::Lower), condition(1, Side::Upper), capacity];
    let mut simplex = Simplex::new(&program, &Crash::default());
    let conflict = simplex.conflict(&conditions, &mut budget()).unwrap().unwrap();
    assert_eq!(conflict.members, [0, 1]);
    assert_eq!(conflict.mends, [Some(whole(-4)), Some(whole(8))]);
    let none = &mut Budget::of(0);
    let mut fresh = Simplex::new(&program, &Crash::default());
    assert_eq!(fresh.conflict(&conditions, none), Err(Exhausted));
}
