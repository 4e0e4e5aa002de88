//! What a report says, read back: numbers in units, conditions by name, and the plan as a point.

use std::path::PathBuf;

use loopc::exact::{Rational, literal};
use loopc::pipeline::{Compilation, compile};
use loopc::solve::Choice;
use loopc::source::{Disk, SourceFile};
use serde_json::Value;

use super::describe::{Amount, World, days, fraction};
use super::program::{Column, Program, Stated};

/// A model, solved and verified.
pub struct Said {
    /// The report's one analysis.
    pub found: Value,
    /// Codes of the errors, and of what warns that there is no plan.
    pub codes: Vec<String>,
}

pub fn compiled(text: &str, solver: Choice) -> Compilation {
    let file = SourceFile::from_text("plan.loop".to_owned(), text.to_owned());
    let mut compilation = compile((PathBuf::from("plan.loop"), file), &[], &Disk);
    compilation.solver = solver;
    compilation
}

/// What loopc says of a model.
///
/// # Errors
/// It is refused before it is solved, or its report does not verify.
pub fn said(text: &str, solver: Choice) -> Result<Said, String> {
    let mut compilation = compiled(text, solver);
    let solution = compilation.solve(&[]);
    let told = compilation.diagnostics.iter();
    let errors = told.filter(|one| one.is_error() || one.code.name() == "L0605");
    let errors: Vec<(String, String)> =
        errors.map(|one| (one.code.name().to_owned(), one.message.clone())).collect();
    let solution = solution.ok_or_else(|| format!("not solved: {errors:?}"))?;
    let report = loopc::report::json(&compilation.written(&solution, &[]));
    let report: Value = serde_json::from_str(&report).unwrap();
    let verified = compiled(text, Choice::Auto).verify(&report);
    if !verified.faults.is_empty() {
        return Err(format!("the report does not verify: {:?}", verified.faults));
    }
    let codes = errors.into_iter().map(|(code, _)| code).collect();
    Ok(Said { found: report["analyses"][0].clone(), codes })
}

/// A number of the report.
pub fn exact(value: &Value) -> Option<Rational> {
    let text = value.as_str().or_else(|| value["exact"].as_str())?;
    literal::parse_exact(text)
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What one of a unit is, in the oracle's; and whether it is by time.
fn worth(unit: &str) -> (Rational, bool) {
    let one = |name: &str| match name.trim() {
        "1" | "CNY" | "turn" | "parcel" => (Rational::ONE, false),
        "USD" => (fraction(7, 2), false),
        "hour" => (fraction(1, 24), true),
        "day" => (Rational::ONE, true),
        "week" => (days(1), true),
        "month" => (days(2), true),
        "year" => (days(3), true),
        "fortnight" => (days(4), true),
        other => panic!("an unknown unit: {other}"),
    };
    let mut parts = unit.split('/');
    let above = parts.next().unwrap_or("1").split('*').map(|name| one(name).0);
    let mut value = above.fold(Rational::ONE, |product, worth| product * worth);
    let mut timed = false;
    for (worth, is_time) in parts.map(one) {
        value = &value / &worth;
        timed |= is_time;
    }
    (value, timed)
}

/// What one of the unit of a form is. All that a plan counts is by its period, also days by the day, whose unit says
/// nothing of it.
pub fn of_form(world: &World, unit: &str) -> Rational {
    worth(unit).0 * &world.period.map_or(Rational::ONE, days)
}

/// What one of the unit of a plan's linear objective is.
pub fn unit_of_value(world: &World, compilation: &Compilation) -> Rational {
    let objective = compilation.checked.objectives[0].as_ref().unwrap();
    of_form(world, &compilation.checked.units.spelled(&objective.unit))
}

/// What one of a unit is in the oracle's own numbers, which count by the plan's period.
pub fn by_period(world: &World, unit: &str) -> Rational {
    let (value, timed) = worth(unit);
    match world.period.filter(|_| timed) {
        Some(period) => value * &days(period),
        None => value,
    }
}

/// What one of a ratio's unit is.
pub fn of_ratio(unit: &str) -> Rational {
    worth(unit).0
}

fn place(name: &Value) -> Option<usize> {
    name.as_str()?.get(1..)?.parse().ok()
}

/// Which condition is meant.
pub fn stated(said: &Value) -> Option<Stated> {
    let of = place(&said["of"]);
    Some(match said["kind"].as_str()? {
        "require" => Stated::Requirement(usize::try_from(said["place"].as_u64()?).ok()? - 1),
        "capacity" => Stated::Capacity(of?),
        "minimum" => Stated::Minimum(of?),
        "volume" => Stated::Volume(of?),
        "share" => Stated::Share(of?),
        "source" => Stated::Source(of?),
        "sink" => Stated::Sink(of?),
        _ => return None,
    })
}

/// What one stated unit of a condition is in the oracle's own numbers.
pub fn scale(world: &World, said: &Value) -> Rational {
    let unit = said["unit"].as_str().unwrap_or("1");
    if let Some(Stated::Requirement(_)) = stated(said) {
        return of_form(world, unit);
    }
    let scale = by_period(world, unit);
    let Some(Stated::Capacity(flow) | Stated::Minimum(flow) | Stated::Volume(flow)) = stated(said) else {
        return scale;
    };
    match &world.flows[flow].amount {
        Amount::Money(amount) if unit.contains("CNY") => &scale / amount,
        Amount::Parcels(amount) if unit.contains("parcel") => &scale / amount,
        _ => scale,
    }
}

/// How many turns each of the program's columns takes: of a plan, or of some loops.
pub fn point(world: &World, program: &Program, plan: &Value) -> Vec<Rational> {
    let mut point = vec![Rational::ZERO; program.columns.len()];
    let mut put = |column: Option<Column>, turns: Rational| {
        if let Some(place) = column.and_then(|column| program.place(column)) {
            point[place] += &turns;
        }
    };
    for one in list(&plan["flows"]) {
        put(place(&one["flow"]).map(Column::Flow), exact(&one["turns"]).unwrap());
    }
    for one in list(&plan["ends"]) {
        let column = if one["kind"] == "source" { Column::Enters } else { Column::Leaves };
        put(place(&one["participant"]).map(column), exact(&one["turns"]).unwrap());
    }
    for one in list(&plan["fixed"]) {
        put(place(&one["flow"]).map(Column::Used), Rational::ONE);
    }
    for part in list(plan) {
        let turns = exact(&part["turns"]).unwrap();
        for step in list(&part["steps"]) {
            let (name, column) = (place(&step["name"]), step["kind"].as_str());
            match (name, column) {
                (Some(flow), Some("flow")) => {
                    put(Some(Column::Flow(flow)), &turns / &world.arrives(flow));
                }
                (Some(at), Some("source")) => put(Some(Column::Enters(at)), turns.clone()),
                (Some(at), Some("sink")) => put(Some(Column::Leaves(at)), turns.clone()),
                _ => {}
            }
        }
    }
    point
}
