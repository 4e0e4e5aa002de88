//! Programs as files for other solvers: read back exactly, and solved by those that are installed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "tests")]

#[path = "exports/read.rs"]
mod read;

mod programs;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use loopc::exact::{Rational, door};
use loopc::program::{Column, ColumnId, Format, Notes, Origin, Program, Row, Sense, Unwritable, written};
use programs::{Known, PLAIN, Taste, known};
use read::{Read, ReadRow};

fn file(program: &Program, format: Format) -> Result<String, Unwritable> {
    written(
        program,
        format,
        &Notes { name: "random", head: &[], place: &|_| Some("model.loop:1".to_owned()) },
    )
}

/// A row, up to a positive factor.
fn primitive(mut row: ReadRow) -> ReadRow {
    if let Some(unit) = row.terms.values().next().map(Rational::abs) {
        let divided = |number: &Rational| number / &unit;
        row.terms.values_mut().for_each(|factor| *factor = divided(factor));
        row.lower = row.lower.as_ref().map(divided);
        row.upper = row.upper.as_ref().map(divided);
    }
    row
}

/// What a program says, in the names that a file gave its columns and rows.
fn said(program: &Program, read: &Read) -> Read {
    let name = |column: usize| read.columns[column].clone();
    let terms =
        |row: &Row| row.terms.iter().map(|(column, factor)| (name(column.index()), factor.clone())).collect();
    let columns = program.columns();
    let mut rows = BTreeMap::new();
    for (place, row) in program.rows().iter().enumerate() {
        let row = ReadRow { terms: terms(row), lower: row.lower.clone(), upper: row.upper.clone() };
        if row.lower.is_some() || row.upper.is_some() {
            rows.insert(format!("row_{place}_{}", place + 1), primitive(row));
        }
    }
    let objective = columns.iter().enumerate().map(|(place, column)| (name(place), column.objective.clone()));
    Read {
        maximize: program.sense() == Sense::Maximize,
        factor: Rational::ONE,
        objective: objective.filter(|(_, factor)| !factor.is_zero()).collect(),
        columns: (0..columns.len()).map(name).collect(),
        bounds: columns
            .iter()
            .enumerate()
            .map(|(place, column)| (name(place), (column.lower.clone(), column.upper.clone())))
            .collect(),
        integral: (0..columns.len()).filter(|place| columns[*place].integral).map(name).collect(),
        rows,
    }
}

/// Undoes what a file does to be exact in decimals and the same for all readers; gives the constant, too.
fn undone(mut read: Read) -> (Read, Rational) {
    let rows = read.rows.values().map(|row| (&row.lower, &row.upper));
    for (lower, upper) in read.bounds.values().map(|(lower, upper)| (lower, upper)).chain(rows) {
        // CBC and GLPK refuse a file where one contradicts the other.
        assert!(lower.is_none() || upper.is_none() || lower <= upper, "{lower:?} is above {upper:?}");
    }
    let factor = std::mem::replace(&mut read.factor, Rational::ONE);
    read.objective.values_mut().for_each(|number| *number = &*number / &factor);
    let mut constant = Rational::ZERO;
    if read.columns.last().is_some_and(|last| last == "constant") {
        read.columns.pop();
        assert_eq!(read.bounds.remove("constant"), Some((Some(Rational::ONE), Some(Rational::ONE))));
        constant = read.objective.remove("constant").unwrap_or_default();
    }
    for (name, row) in std::mem::take(&mut read.rows) {
        let row = primitive(row);
        let (side, of) = name.split_once('_').unwrap_or((&name, ""));
        if let Some(whole) = name.strip_suffix(".upper") {
            read.rows.get_mut(whole).unwrap().upper = row.upper;
        } else if side == "lower" {
            read.bounds.get_mut(of).unwrap().0 = row.lower;
        } else if side == "upper" {
            read.bounds.get_mut(of).unwrap().1 = row.upper;
        } else if row.lower.is_some() || row.upper.is_some() {
            read.rows.insert(name, row);
        }
    }
    (read, constant)
}

fn reads_back(program: &Program, about: &str) {
    let (mut lp, constant) = undone(read::lp(&file(program, Format::Lp).unwrap()));
    assert_eq!(lp, said(program, &lp), "{about}");
    assert_eq!(constant, program.constant, "{about}");
    let (mps, mut constant) = undone(read::mps(&file(program, Format::Mps).unwrap()));
    if lp.maximize {
        // MPS minimises.
        lp.maximize = false;
        lp.objective.values_mut().for_each(|number| *number = -&*number);
        constant = -constant;
    }
    assert_eq!((mps, constant), (lp, program.constant.clone()), "{about}");
}

const TASTES: [Taste; 3] =
    [PLAIN, Taste { tens: (-6, 9), ..PLAIN }, Taste { divisor: 21, columns: 5, rows: 5, ..PLAIN }];

#[test]
fn files_read_back_exactly() {
    for taste in TASTES {
        for seed in 0..500 {
            reads_back(&known(seed, taste).program, &format!("seed {seed}"));
        }
    }
}

fn number(text: &str) -> Rational {
    loopc::exact::literal::parse_exact(text).unwrap()
}

/// Bounds and sides without decimals, or that contradict each other; an objective with thirds.
#[test]
fn awkward_programs_read_back() {
    let sides = ["-1/3", "0", "2/7", "-5", "1"];
    let mut sides: Vec<Option<Rational>> = sides.iter().map(|side| Some(number(side))).collect();
    sides.push(None);
    for (lower, upper) in sides.iter().flat_map(|lower| sides.iter().map(move |upper| (lower, upper))) {
        for integral in [false, true] {
            let mut program = Program::new(Sense::Maximize);
            let (lower, upper) = (lower.clone(), upper.clone());
            let origin = Origin::Normal;
            for (place, objective) in ["1/3", "0", "-2/7"].into_iter().enumerate() {
                let (lower, upper, name) = (lower.clone(), upper.clone(), format!("column {place}"));
                program.add_column(Column {
                    name,
                    origin,
                    lower,
                    upper,
                    objective: number(objective),
                    integral,
                });
            }
            let terms = vec![(ColumnId(0), number("1/9")), (ColumnId(2), number("-3"))];
            let name = |place: usize| format!("row {place}");
            program.add_row(Row { name: name(0), origin, terms, lower: lower.clone(), upper: upper.clone() });
            let whole = |side: Option<Rational>| side.map(|side| side.ceil());
            program.add_row(Row {
                name: name(1),
                origin,
                terms: vec![],
                lower: whole(lower),
                upper: whole(upper),
            });
            program.constant = number("5/6");
            reads_back(&program, &format!("{:?}", program.columns()[0]));
        }
    }
}

#[test]
fn what_would_be_endless_is_refused() {
    let mut program = Program::new(Sense::Minimize);
    let mut terms = Vec::new();
    for place in 0..60_u32 {
        let prime = Rational::from(i64::from(1_000_003 + 2 * place));
        let (name, origin) = (format!("column {place}"), Origin::Normal);
        let column =
            Column { name, origin, lower: None, upper: None, objective: Rational::ONE, integral: false };
        terms.push((program.add_column(column), Rational::ONE.checked_div(&prime).unwrap()));
    }
    program.add_row(Row::equal("long".to_owned(), Origin::Normal, terms, Rational::ONE));
    assert_eq!(file(&program, Format::Mps), Err(Unwritable { row: "long".to_owned() }));
    assert_eq!(file(&program, Format::Lp), Err(Unwritable { row: "long".to_owned() }));
}

/// What `glpsol` says of a file: a status and a value; nothing where it is not installed.
fn glpsol(folder: &Path, text: &str, format: Format, exact: bool) -> Option<(String, f64)> {
    let (question, answer) = (folder.join("program.txt"), folder.join("answer.txt"));
    std::fs::write(&question, text).unwrap();
    let mut command = Command::new("glpsol");
    command.arg(if format == Format::Lp { "--lp" } else { "--freemps" }).arg(&question);
    if exact {
        command.arg("--exact");
    }
    let output = command.arg("--write").arg(&answer).output().ok()?;
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{words}\n{text}");
    let answer = std::fs::read_to_string(&answer).unwrap();
    let status = answer.lines().find(|line| line.starts_with("s ")).unwrap();
    let words: Vec<&str> = status.split_whitespace().collect();
    Some((words[4..words.len() - 1].concat(), words[words.len() - 1].parse().unwrap()))
}

fn agree(known: &Known, told: &(String, f64), format: Format, about: &str) {
    let mut right = read::lp(&file(&known.program, Format::Lp).unwrap()).factor * &known.value;
    if format == Format::Mps && known.program.sense() == Sense::Maximize {
        right = -right;
    }
    let right = door::to_double(&right);
    assert!(told.0 == "ff" || told.0 == "o", "{about}: {told:?}");
    assert!((told.1 - right).abs() <= 1e-7 * right.abs().max(1.0), "{about}: {} is not {right}", told.1);
}

#[test]
fn glpk_agrees() {
    let folder = tempfile::tempdir().unwrap();
    for (taste, exact) in [
        (Taste { integral: false, ..TASTES[0] }, true),
        (Taste { integral: false, ..TASTES[2] }, true),
        (PLAIN, false),
    ] {
        for (seed, format) in (0..25).flat_map(|seed| [(seed, Format::Lp), (seed, Format::Mps)]) {
            let known = known(seed, taste);
            if known.program.rows().is_empty() {
                // GLPK takes no program without rows.
                continue;
            }
            let text = file(&known.program, format).unwrap();
            let Some(told) = glpsol(folder.path(), &text, format, exact) else { return };
            agree(&known, &told, format, &format!("seed {seed}, {format:?}"));
        }
    }
}

#[test]
fn glpk_agrees_that_there_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..10 {
        let mut program = known(seed, Taste { integral: false, ..PLAIN }).program;
        let terms = vec![(ColumnId(0), number("1/3"))];
        let (lower, upper) = (Some(Rational::from(4)), Some(Rational::from(3)));
        program.add_row(Row { name: "crossed".to_owned(), origin: Origin::Normal, terms, lower, upper });
        for format in [Format::Lp, Format::Mps] {
            let Some(told) = glpsol(folder.path(), &file(&program, format).unwrap(), format, false) else {
                return;
            };
            assert!(
                told.0.contains('n') || told.0.contains('i') || told.0.contains('u'),
                "seed {seed}: {told:?}"
            );
        }
    }
}
