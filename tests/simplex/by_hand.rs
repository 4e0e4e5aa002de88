//! Programs by hand, each with its answer worked out on paper.

use loopc::certify::linear::{check_infeasible, check_optimal, check_unbounded};
use loopc::exact::Rational;
use loopc::program::{ColumnId, Program, Sense};
use loopc::simplex::{
    Budget, Crash, End, Exhausted, Feasibility, LexicographicEnd, Optimum, Simplex, Variable, lexicographic,
};

use super::programs::{column, ratio, row, standard, terms, whole};

fn numbers(numbers: &[i64]) -> Vec<Rational> {
    numbers.iter().map(|number| whole(*number)).collect()
}

/// Columns with these bounds, under rows `lower <= a·x <= upper`.
fn program(bounds: &[(Option<i64>, Option<i64>)], rows: &[(&[i64], Option<i64>, Option<i64>)]) -> Program {
    let mut program = Program::new(Sense::Maximize);
    for (lower, upper) in bounds {
        program.add_column(column(lower.map(whole), upper.map(whole), Rational::ZERO));
    }
    for (factors, lower, upper) in rows {
        program.add_row(row(terms(&numbers(factors)), lower.map(whole), upper.map(whole)));
    }
    program
}

const FROM_ZERO: (Option<i64>, Option<i64>) = (Some(0), None);
const FREE: (Option<i64>, Option<i64>) = (None, None);

/// Solves for one level; the value, with the whole answer checked.
fn solved(program: &Program, objective: &[Rational]) -> Result<Optimum, LexicographicEnd> {
    let mut simplex = Simplex::new(program, &Crash::default());
    let levels = [objective.to_vec()];
    match lexicographic(&mut simplex, &levels, &mut Budget::of(1_000)).unwrap() {
        LexicographicEnd::Optimal(optimum) => {
            let first = check_optimal(program, &levels, &optimum.values, &optimum.duals[..1]);
            assert_eq!(first, Ok(()));
            Ok(optimum)
        }
        LexicographicEnd::Unbounded { level, ray } => {
            assert_eq!(check_unbounded(program, objective, &simplex.values(), &ray), Ok(()));
            Err(LexicographicEnd::Unbounded { level, ray })
        }
        LexicographicEnd::Infeasible { farkas } => {
            assert_eq!(check_infeasible(program, &farkas), Ok(()));
            Err(LexicographicEnd::Infeasible { farkas })
        }
    }
}

#[test]
fn beale_does_not_cycle() {
    let rows = [
        (vec![ratio(1, 4), whole(-8), whole(-1), whole(9)], whole(0)),
        (vec![ratio(1, 2), whole(-12), ratio(-1, 2), whole(3)], whole(0)),
        (numbers(&[0, 0, 1, 0]), whole(1)),
    ];
    let objective = [ratio(3, 4), whole(-20), ratio(1, 2), whole(-6)];
    let optimum = solved(&standard(&objective, &rows), &objective).unwrap();
    assert_eq!(optimum.values, numbers(&[1, 0, 1, 0]));
}

#[test]
fn klee_minty_in_eight_dimensions() {
    let size = 8;
    let row = |place: usize| -> Vec<i64> {
        (0..size)
            .map(|other| match other.cmp(&place) {
                std::cmp::Ordering::Less => 2 * 10_i64.pow(u32::try_from(place - other).unwrap()),
                std::cmp::Ordering::Equal => 1,
                std::cmp::Ordering::Greater => 0,
            })
            .collect()
    };
    let factors: Vec<Vec<i64>> = (0..size).map(row).collect();
    let right = |place: usize| 100_i64.pow(u32::try_from(place).unwrap());
    let rows: Vec<_> = (0..size).map(|place| (factors[place].as_slice(), None, Some(right(place)))).collect();
    let stated = program(&[FROM_ZERO; 8], &rows);
    let objective: Vec<Rational> =
        (0..size).map(|place| whole(10_i64.pow(u32::try_from(size - 1 - place).unwrap()))).collect();
    let optimum = solved(&stated, &objective).unwrap();
    assert_eq!(optimum.values[7], whole(10_i64.pow(14)));
    assert!(optimum.values[..7].iter().all(Rational::is_zero));
    assert!(optimum.unique);
}

#[test]
fn bounds_of_every_kind() {
    // A free column, a fixed one, one between bounds, one with an upper bound alone.
    let bounds = [FREE, (Some(2), Some(2)), (Some(-1), Some(3)), (None, Some(4))];
    let rows: [(&[i64], _, _); 2] = [(&[1, 1, 1, 1], Some(-5), Some(10)), (&[1, 0, 0, -1], Some(0), Some(0))];
    let stated = program(&bounds, &rows);
    let optimum = solved(&stated, &numbers(&[1, 0, 1, 0])).unwrap();
    // x0 = x3, so 2·x0 + 2 + x2 <= 10 with x2 <= 3 gives x0 = 5/2.
    let half = ratio(5, 2);
    assert_eq!(optimum.values, [half.clone(), whole(2), whole(3), half]);
    assert!(optimum.unique);
    let optimum = solved(&stated, &numbers(&[-1, 0, 0, 0])).unwrap();
    assert_eq!(optimum.values[0], whole(-5), "2·x0 + 2 + x2 >= -5 with x2 = 3");
}

#[test]
fn empty_and_repeated_rows() {
    let rows: [(&[i64], _, _); 4] = [
        (&[0, 0], Some(-1), Some(1)),
        (&[1, 1], Some(3), Some(3)),
        (&[2, 2], Some(6), Some(6)),
        (&[1, 1], None, Some(3)),
    ];
    let optimum = solved(&program(&[FROM_ZERO; 2], &rows), &numbers(&[1, 2])).unwrap();
    assert_eq!(optimum.values, numbers(&[0, 3]));
    let rows: [(&[i64], _, _); 1] = [(&[0, 0], Some(1), None)];
    assert!(matches!(
        solved(&program(&[FROM_ZERO; 2], &rows), &numbers(&[0, 0])),
        Err(LexicographicEnd::Infeasible { .. })
    ));
}

#[test]
fn no_rows_and_no_columns() {
    let stated = program(&[(Some(1), Some(2)), (Some(0), Some(5))], &[]);
    assert_eq!(solved(&stated, &numbers(&[1, -1])).unwrap().values, numbers(&[2, 0]));
    assert!(solved(&program(&[], &[]), &[]).unwrap().unique);
    let endless = solved(&program(&[FROM_ZERO], &[]), &numbers(&[1]));
    assert_eq!(endless, Err(LexicographicEnd::Unbounded { level: 0, ray: numbers(&[1]) }));
}

#[test]
fn infeasible_and_unbounded() {
    let rows: [(&[i64], _, _); 2] = [(&[1, 1], Some(5), None), (&[1, 1], None, Some(4))];
    let verdict = solved(&program(&[FROM_ZERO; 2], &rows), &numbers(&[1, 1]));
    assert!(matches!(verdict, Err(LexicographicEnd::Infeasible { .. })));
    let verdict = solved(&program(&[(Some(3), Some(2))], &[]), &numbers(&[0]));
    assert!(matches!(verdict, Err(LexicographicEnd::Infeasible { .. })));
    let rows: [(&[i64], _, _); 1] = [(&[1, -1], Some(0), Some(0))];
    let endless = solved(&program(&[FROM_ZERO; 2], &rows), &numbers(&[2, -1]));
    assert_eq!(endless, Err(LexicographicEnd::Unbounded { level: 0, ray: numbers(&[1, 1]) }));
}

#[test]
fn ties_are_broken_by_levels_and_then_by_columns() {
    let rows: [(&[i64], _, _); 1] = [(&[1, 1, 1], Some(6), Some(6))];
    let stated = program(&[(Some(0), Some(4)); 3], &rows);
    let optimum = solved(&stated, &numbers(&[0, 0, 0])).unwrap();
    assert!(!optimum.unique);
    assert_eq!(optimum.values, numbers(&[0, 2, 4]));
    assert_eq!(optimum.minimized, [ColumnId(0), ColumnId(1)]);
    let mut simplex = Simplex::new(&stated, &Crash::default());
    let levels = [numbers(&[1, 1, 0]), numbers(&[0, -1, 0])];
    let end = lexicographic(&mut simplex, &levels, &mut Budget::of(100)).unwrap();
    let LexicographicEnd::Optimal(optimum) = end else { panic!("{end:?}") };
    assert_eq!(optimum.values, numbers(&[4, 2, 0]));
    assert!(!optimum.unique && optimum.minimized.is_empty());
}

/// A vertex with more tight conditions than it needs is the only optimum all the same.
#[test]
fn degenerate_and_unique() {
    let rows: [(&[i64], _, _); 3] =
        [(&[1, 1], None, Some(0)), (&[1, 2], None, Some(0)), (&[1, -1], Some(0), Some(0))];
    let stated = program(&[FROM_ZERO; 2], &rows);
    assert!(solved(&stated, &numbers(&[0, 0])).unwrap().unique);
}

#[test]
fn bounds_change_and_the_basis_stays() {
    let rows: [(&[i64], _, _); 1] = [(&[1, 1], None, Some(10))];
    let stated = program(&[FROM_ZERO; 2], &rows);
    let mut simplex = Simplex::new(&stated, &Crash::default());
    let mut budget = Budget::of(100);
    assert_eq!(simplex.maximize(&numbers(&[2, 1]), &mut budget), Ok(End::Optimal));
    let first = Variable::Column(ColumnId(0));
    simplex.set_bounds(first, Some(whole(0)), Some(whole(4)));
    assert!(simplex.is_basic(first));
    assert_eq!(simplex.maximize(&numbers(&[2, 1]), &mut budget), Ok(End::Optimal));
    assert_eq!(simplex.values(), numbers(&[4, 6]));
    simplex.set_bounds(first, Some(whole(11)), None);
    assert!(matches!(simplex.make_feasible(&mut budget), Ok(Feasibility::Infeasible { .. })));
    simplex.set_bounds(first, None, None);
    assert!(matches!(simplex.maximize(&numbers(&[-1, -1]), &mut budget), Ok(End::Unbounded { .. })));
    assert_eq!(simplex.make_feasible(&mut Budget::of(0)), Ok(Feasibility::Feasible));
    simplex.set_bounds(first, Some(whole(1)), None);
    assert_eq!(simplex.maximize(&numbers(&[2, 1]), &mut Budget::of(0)), Err(Exhausted));
}
