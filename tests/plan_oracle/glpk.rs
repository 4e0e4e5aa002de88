//! The programs of plans as files, solved by GLPK's own exact simplex method.

use std::path::Path;
use std::process::Command;

use loopc::exact::door;
use loopc::model::AnalysisId;
use loopc::program::Format;
use loopc::solve::Choice;

use super::draw::world;
use super::formulate::formulate;
use super::judge::{Verdict, judge};
use super::read;
use super::said::compiled;
use super::write::text;

/// What became of one plan.
pub enum Asked {
    /// It is a ratio, or has no row: GLPK takes no program without.
    Skipped,
    NotInstalled,
    /// With what is wrong, if anything is.
    Told(&'static str, Option<String>),
}

/// How feasible GLPK says that the program is, by itself and by its prices, and the optimum.
fn glpsol(folder: &Path, text: &str) -> Option<(String, f64)> {
    let (question, answer) = (folder.join("plan.mps"), folder.join("answer.txt"));
    std::fs::write(&question, text).unwrap();
    let mut command = Command::new("glpsol");
    command.arg("--freemps").arg(&question).arg("--exact").arg("--write").arg(&answer);
    let output = command.output().ok()?;
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stdout));
    let answer = std::fs::read_to_string(&answer).unwrap();
    let words: Vec<&str> = answer.lines().find(|line| line.starts_with("s "))?.split_whitespace().collect();
    Some((words[4..words.len() - 1].concat(), words[words.len() - 1].parse().unwrap()))
}

pub fn asked(seed: u64, folder: &Path) -> Asked {
    let world = world(seed);
    let verdict = judge(&formulate(&world));
    let compilation = compiled(&text(&world, seed), Choice::Auto);
    let id = AnalysisId::at(0);
    let program = compilation.program(id).filter(|program| !program.rows().is_empty());
    let Some(program) = program.filter(|_| world.below.is_none()) else { return Asked::Skipped };
    let file = compilation.exported(id, &program, Format::Mps).unwrap();
    let Some((status, value)) = glpsol(folder, &file) else { return Asked::NotInstalled };
    let (word, agrees) = match &verdict {
        Verdict::Infeasible => ("infeasible", status.starts_with('n')),
        Verdict::Endless => ("unbounded", status == "fn"),
        Verdict::Best(best) => {
            // MPS minimises, and a file is multiplied to be exact in decimals.
            let best = if world.minimize { best.clone() } else { -best };
            // The file counts in the plan's own unit; the oracle by the period.
            let unit = super::said::unit_of_value(&world, &compilation);
            let right = door::to_double(&(&(&best * &read::mps(&file).factor) / &unit));
            ("best", status == "ff" && (value - right).abs() <= 1e-9 * right.abs().max(1.0))
        }
        _ => ("no verdict of a sum", false),
    };
    let wrong =
        (!agrees).then(|| format!("{}\nwanted {verdict:?}, GLPK says {status} {value}", text(&world, seed)));
    Asked::Told(word, wrong)
}
