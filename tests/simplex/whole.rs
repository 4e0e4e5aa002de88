//! Whole numbers: branch and bound against the enumeration of all whole points, and its proofs by cases.

use loopc::certify::cases::{ceiling, check_cases};
use loopc::exact::Rational;
use loopc::program::{Case, Column, ColumnId, Origin, Program, Row, Sense};
use loopc::simplex::{BranchEnd, Branched, Budget, Crash, Simplex, Task, Until, Variable, branch_and_bound};

use crate::random::Random;

/// Numbers from a range.
struct Draw(Random);

impl Draw {
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.0.below(usize::try_from(high - low + 1).unwrap())).unwrap()
    }

    fn one_in(&mut self, most: usize) -> bool {
        self.0.below(most) == 0
    }
}

fn whole(number: i64) -> Rational {
    Rational::from(number)
}

/// Two to four columns between small bounds, most of them whole; some rows; two levels with ties.
fn random(draw: &mut Draw) -> (Program, Vec<Vec<Rational>>) {
    let mut program = Program::new(Sense::Maximize);
    let columns = draw.between(2, 4);
    for place in 0..columns {
        let lower = draw.between(-2, 1);
        program.add_column(Column {
            name: format!("x{place}"),
            origin: Origin::Normal,
            lower: Some(whole(lower)),
            upper: Some(&whole(lower + draw.between(0, 4)) + &half(draw)),
            objective: Rational::ZERO,
            integral: !draw.one_in(4),
        });
    }
    for place in 0..draw.between(1, 3) {
        let terms = (0..columns as usize).map(|at| (ColumnId::at(at), whole(draw.between(-3, 3))));
        let terms = terms.collect();
        let (lower, upper) = match draw.between(0, 3) {
            0 => (Some(whole(draw.between(-4, 2))), None),
            1 => (None, Some(&whole(draw.between(-1, 6)) + &half(draw))),
            2 => (Some(whole(draw.between(-4, 0))), Some(whole(draw.between(0, 5)))),
            _ => {
                let both = draw.between(-2, 4);
                (Some(whole(both)), Some(whole(both)))
            }
        };
        program.add_row(Row { name: format!("r{place}"), origin: Origin::Normal, terms, lower, upper });
    }
    let levels = (0..2).map(|_| (0..columns).map(|_| whole(draw.between(-3, 3))).collect()).collect();
    (program, levels)
}

fn half(draw: &mut Draw) -> Rational {
    if draw.one_in(3) { Rational::ONE.checked_div(&whole(2)).unwrap() } else { Rational::ZERO }
}

/// The greatest tuple of levels of all points whose whole columns are whole: the others are then a linear program,
/// which the enumeration of vertices solves.
fn enumerated(program: &Program, levels: &[Vec<Rational>]) -> Option<Vec<Rational>> {
    let mut boxes = vec![program.clone()];
    for column in program.whole() {
        boxes = boxes.iter().flat_map(|one| fixed(one, column)).collect();
    }
    boxes.iter().filter_map(|one| crate::oracle::best(one, levels)).map(|(worth, _)| worth).max()
}

fn fixed(program: &Program, column: ColumnId) -> Vec<Program> {
    let stated = &program.columns()[column.index()];
    let (mut value, most) = (stated.lower.clone().unwrap().ceil(), stated.upper.clone().unwrap());
    let mut found = Vec::new();
    while value <= most {
        let mut one = program.clone();
        one.bound_column(column, (Some(value.clone()), Some(value.clone())));
        found.push(one);
        value = value + Rational::ONE;
    }
    found
}

fn searched(program: &Program, levels: &[Vec<Rational>], crash: &Crash) -> Branched {
    let mut simplex = Simplex::new(program, crash);
    let task = Task { whole: &program.whole(), levels, until: Until::Closed };
    let before = simplex.bounds(Variable::Column(ColumnId(0)));
    let found = branch_and_bound(&mut simplex, task, None, &mut Budget::of(100_000));
    assert_eq!(simplex.bounds(Variable::Column(ColumnId(0))), before, "bounds are as before");
    found
}

#[test]
fn the_best_of_all_whole_points_is_found_and_proved() {
    let (mut solved, mut empty, mut split) = (0, 0, 0);
    for seed in 0..2_000 {
        let mut draw = Draw(Random::new(seed));
        let (program, levels) = random(&mut draw);
        let expected = enumerated(&program, &levels);
        let crashes = [
            Crash::default(),
            Crash {
                basic: (0..program.columns().len()).map(|at| Variable::Column(ColumnId::at(at))).collect(),
                at_upper: vec![true; program.columns().len()],
            },
        ];
        for crash in &crashes {
            let found = searched(&program, &levels, crash);
            assert_eq!(found.end, BranchEnd::Closed, "{seed}");
            let worth = found.best.as_ref().map(|best| best.worth.clone());
            assert_eq!(worth, expected, "{seed}: {program:?}");
            if let Some(best) = &found.best {
                assert!(program.is_feasible(&best.values) && program.is_whole(&best.values), "{seed}");
            }
            let proof = check_cases(&program, &levels, worth.as_deref(), &found.cases);
            assert_eq!(proof, Ok(()), "{seed}: {program:?}");
            split += usize::from(found.cases.len() > 1);
        }
        *if expected.is_some() { &mut solved } else { &mut empty } += 1;
    }
    assert!(solved > 700 && empty > 200 && split > 700, "{solved} {empty} {split}");
}

#[test]
fn what_is_to_be_beaten_is_beaten_or_proved_not_to_be() {
    for seed in 0..500 {
        let (program, levels) = random(&mut Draw(Random::new(seed)));
        let Some(best) = enumerated(&program, &levels) else { continue };
        let task = Task { whole: &program.whole(), levels: &levels, until: Until::Closed };
        let mut simplex = Simplex::new(&program, &Crash::default());
        let beat = |worth: Vec<Rational>, simplex: &mut Simplex| {
            branch_and_bound(simplex, task, Some(worth), &mut Budget::of(100_000))
        };
        let none = beat(best.clone(), &mut simplex);
        assert_eq!((none.best, none.end), (None, BranchEnd::Closed), "{seed}");
        assert_eq!(check_cases(&program, &levels, Some(&best), &none.cases), Ok(()), "{seed}");
        let lower = vec![&best[0] - &Rational::ONE, best[1].clone()];
        assert_eq!(beat(lower, &mut simplex).best.map(|found| found.worth), Some(best), "{seed}");
    }
}

/// A proof that is altered anywhere proves nothing, or proves the same.
#[test]
fn altered_cases_do_not_pass_for_a_better_worth() {
    let mut tried = 0;
    for seed in 0..400 {
        let (program, levels) = random(&mut Draw(Random::new(seed)));
        let found = searched(&program, &levels, &Crash::default());
        let Some(best) = found.best.filter(|_| found.cases.len() > 1) else { continue };
        // Whatever is claimed to be less than the true best must be refused, however the proof is bent.
        let claim = vec![&best.worth[0] - &Rational::ONE, best.worth[1].clone()];
        for place in 0..found.cases.len() {
            for bent in bent(&found.cases, place) {
                assert!(check_cases(&program, &levels, Some(&claim), &bent).is_err(), "{seed}");
                tried += 1;
            }
        }
        let mut short = found.cases.clone();
        short.pop();
        assert!(check_cases(&program, &levels, Some(&best.worth), &short).is_err(), "{seed}: cut");
        let mut long = found.cases.clone();
        long.push(found.cases[found.cases.len() - 1].clone());
        assert!(check_cases(&program, &levels, Some(&best.worth), &long).is_err(), "{seed}: lengthened");
    }
    assert!(tried > 500, "{tried}");
}

fn bent(cases: &[Case], place: usize) -> Vec<Vec<Case>> {
    let with = |case: Case| {
        let mut all = cases.to_vec();
        all[place] = case;
        all
    };
    match &cases[place] {
        Case::Split { column, most, more_first } => vec![
            with(Case::Split { column: *column, most: most + &Rational::ONE, more_first: *more_first }),
            with(Case::Split { column: *column, most: most.clone(), more_first: !more_first }),
        ],
        Case::Bounded { duals } => {
            let mut other = duals.clone();
            other[0].iter_mut().for_each(|(_, dual)| *dual = -&*dual);
            vec![with(Case::Bounded { duals: other }), with(Case::Empty { farkas: duals[0].clone() })]
        }
        Case::Empty { farkas } => {
            let other = farkas.iter().map(|(place, factor)| (*place, -factor)).collect();
            vec![with(Case::Empty { farkas: other })]
        }
    }
}

#[test]
fn a_search_that_is_cut_short_leaves_a_bound() {
    let mut cut = 0;
    for seed in 0..1_000 {
        let (program, levels) = random(&mut Draw(Random::new(seed)));
        let Some(best) = enumerated(&program, &levels) else { continue };
        for pivots in [2, 4, 8] {
            let mut simplex = Simplex::new(&program, &Crash::default());
            let task = Task { whole: &program.whole(), levels: &levels, until: Until::Closed };
            let found = branch_and_bound(&mut simplex, task, None, &mut Budget::of(pivots));
            if found.end != BranchEnd::Cut || found.cases.is_empty() {
                continue;
            }
            let most = ceiling(&program, &levels[0], &found.cases).unwrap().unwrap();
            assert!(most >= best[0], "{seed}: {most} below {}", best[0]);
            assert!(found.best.is_none_or(|found| found.worth <= best), "{seed}");
            cut += 1;
        }
    }
    assert!(cut > 100, "{cut}");
}

#[test]
fn what_grows_without_limit_is_said_to() {
    let mut program = Program::new(Sense::Maximize);
    for name in ["x", "y"] {
        program.add_column(Column {
            name: name.to_owned(),
            origin: Origin::Normal,
            lower: Some(Rational::ZERO),
            upper: None,
            objective: Rational::ZERO,
            integral: true,
        });
    }
    let terms = vec![(ColumnId(0), whole(2)), (ColumnId(1), whole(-2))];
    program.add_row(Row::equal("even".to_owned(), Origin::Normal, terms, whole(0)));
    let levels = [vec![whole(1), whole(0)]];
    let found = searched(&program, &levels, &Crash::default());
    assert!(matches!(found.end, BranchEnd::Unbounded { level: 0, .. }), "{found:?}");
}
