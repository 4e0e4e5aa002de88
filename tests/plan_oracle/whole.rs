//! Whole turns and fixed costs: the oracle tries every whole number, and every choice of what is paid for.

use loopc::exact::Rational;
use loopc::solve::Choice;

use super::cases::Tally;
use super::compare::Comparison;
use super::draw::whole_world;
use super::formulate::formulate;
use super::judge::{Scale, Verdict, equal, extreme, judge};
use super::program::{Column, Linear, Program, Row};
use super::said::{exact, list, of_form, of_ratio, point, said};
use super::write::text;

/// The program with one whole number for each column that takes no other.
fn choices(comparison: &Comparison<'_>) -> Vec<Program> {
    let mut found = vec![comparison.program.clone()];
    for (place, column) in comparison.program.columns.iter().enumerate() {
        let (most, flow) = match *column {
            Column::Flow(flow) if comparison.world.flows[flow].integral => (whole(comparison, flow), None),
            Column::Used(flow) => (1, comparison.program.place(Column::Flow(flow))),
            _ => continue,
        };
        let fixed = |program: &Program, value: i64| {
            let mut program = program.clone();
            let mut fix = |place: usize, value: i64| {
                let (factors, value) = (program.single(place), Some(Rational::from(value)));
                program.rows.push(Row { factors, lower: value.clone(), upper: value, stated: None });
            };
            fix(place, value);
            // What is not paid for carries nothing.
            flow.filter(|_| value == 0).into_iter().for_each(|flow| fix(flow, 0));
            program
        };
        found = found.iter().flat_map(|program| (0..=most).map(move |value| fixed(program, value))).collect();
    }
    found
}

/// The most whole turns that a flow may take.
fn whole(comparison: &Comparison<'_>, flow: usize) -> i64 {
    let capacity = comparison.world.flows[flow].capacity.as_ref().unwrap().floor();
    capacity.to_string().parse().unwrap()
}

/// The best of all choices, and the programs of those that are as good.
fn best(minimize: bool, choices: &[Program]) -> (Verdict, Vec<Program>) {
    let judged: Vec<(Verdict, &Program)> = choices.iter().map(|one| (judge(one), one)).collect();
    for word in [Verdict::Refused, Verdict::Endless] {
        if judged.iter().any(|(verdict, _)| *verdict == word) {
            return (word, Vec::new());
        }
    }
    let value = |verdict: &Verdict| match verdict {
        Verdict::Best(value) | Verdict::Ratio(value, _) | Verdict::Approached(value) => Some(value.clone()),
        _ => None,
    };
    let better = |value: &Rational| if minimize { -value } else { value.clone() };
    let Some(greatest) = judged.iter().filter_map(|(verdict, _)| value(verdict)).max_by_key(better) else {
        let nothing = judged.iter().any(|(verdict, _)| *verdict == Verdict::Nothing);
        return (if nothing { Verdict::Nothing } else { Verdict::Infeasible }, Vec::new());
    };
    let as_good = judged.iter().filter(|(verdict, _)| value(verdict).as_ref() == Some(&greatest));
    let first = as_good.clone().next().unwrap().0.clone();
    let verdict = match first {
        Verdict::Best(_) => Verdict::Best(greatest.clone()),
        _ => Verdict::Ratio(greatest.clone(), Scale::Any),
    };
    (verdict, as_good.map(|(_, program)| (*program).clone()).collect())
}

/// The model and what is wrong with it; nothing where all is as it must be.
pub fn whole_differences(seed: u64, tally: &mut Tally) -> Option<String> {
    let world = whole_world(seed);
    let (text, program) = (text(&world, seed), formulate(&world));
    let said = match said(&text, Choice::Microlp) {
        Ok(said) => said,
        Err(why) => return Some(format!("{text}\n{why}")),
    };
    let mut comparison =
        Comparison { world: &world, program: &program, said: &said, differences: Vec::new() };
    let all = choices(&comparison);
    if all.len() == 1 {
        return None;
    }
    let (verdict, as_good) = best(world.minimize, &all);
    comparison.whole(&verdict, &as_good, tally);
    if seed.is_multiple_of(8) {
        let other = super::said::said(&text, Choice::Clarabel).map(|other| other.found);
        comparison.same("the report from another solver", &Ok(said.found.clone()), &other);
    }
    let differences = comparison.differences;
    (!differences.is_empty()).then(|| format!("{text}\n{}", differences.join("\n")))
}

impl Comparison<'_> {
    fn whole(&mut self, verdict: &Verdict, as_good: &[Program], tally: &mut Tally) {
        let found = self.said.found["status"].as_str().unwrap_or_default();
        let (wanted, word) = match verdict {
            Verdict::Infeasible => ("infeasible", "infeasible"),
            Verdict::Endless => ("unbounded", "unbounded"),
            Verdict::Best(_) => ("optimal", "best"),
            // A ratio of whole turns whose denominator has no limit is refused as well.
            Verdict::Ratio(..) if found == "refused" && self.is_unlimited() => ("refused", "without limit"),
            Verdict::Ratio(..) => ("optimal", "ratio"),
            // Where it is zero while the numerator grows without limit, that is said instead.
            Verdict::Refused if found == "unbounded" => ("unbounded", "refused"),
            _ => ("refused", "refused"),
        };
        self.same("status", &wanted, &found);
        tally.count(word);
        if self.differences.is_empty() && wanted == "optimal" {
            tally.count(match self.said.found["plan"]["unique"].as_bool() {
                Some(true) => "only",
                Some(false) => "others",
                None => "unknown",
            });
            tally.count(if list(&self.said.found["proof"]["certificate"]["cases"]).len() > 1 {
                "split"
            } else {
                "whole"
            });
            self.whole_plan(verdict, as_good);
        }
    }

    fn is_unlimited(&self) -> bool {
        let below = self.program.below.as_ref().unwrap();
        extreme(&self.program.constraints(), below, false).is_none()
    }

    /// That the plan is one, has the best value, and is the one that is meant.
    fn whole_plan(&mut self, verdict: &Verdict, as_good: &[Program]) {
        let found = &self.said.found;
        let unit = found["objective"]["value"]["unit"].as_str().unwrap_or("1");
        let value = exact(&found["objective"]["value"]).unwrap_or_default();
        let point = point(self.world, self.program, &found["plan"]);
        for row in &self.program.rows {
            self.holds(|| format!("the plan breaks {:?}", row.stated), row.holds(&point));
        }
        for (column, turns) in self.program.columns.iter().zip(&point) {
            let is_whole = match *column {
                Column::Flow(flow) => !self.world.flows[flow].integral || turns.is_integer(),
                _ => true,
            };
            self.holds(|| format!("{column:?} takes {turns}"), is_whole && !turns.is_negative());
        }
        let mut levels = Vec::new();
        match (verdict, &self.program.below) {
            (Verdict::Best(wanted), _) => {
                self.same("value", wanted, &(value * &of_form(self.world, unit)));
                self.same("worth of the plan", wanted, &self.program.above.at(&point));
                levels.push((&self.program.above, wanted.clone()));
            }
            (Verdict::Ratio(wanted, _), Some(below)) => {
                self.same("ratio", wanted, &(value * &of_ratio(unit)));
                self.same("worth of the plan", &(wanted * &below.at(&point)), &self.program.above.at(&point));
            }
            _ => {}
        }
        self.preferred_of(as_good, &point, verdict);
        self.capacities(&point);
        self.totals(&point);
        self.loops(&point);
    }

    /// Of all choices as good: the largest denominator, the fewest turns, the earlier flows.
    fn preferred_of(&mut self, as_good: &[Program], point: &[Rational], verdict: &Verdict) {
        let weighed = |placed: bool| {
            let factors = self.program.columns.iter().map(|column| match *column {
                Column::Flow(flow) => Rational::from(if placed { -(flow as i64) - 1 } else { -1 }),
                _ => Rational::ZERO,
            });
            Linear { factors: factors.collect(), constant: Rational::ZERO }
        };
        let below = self.program.below.clone();
        let mut levels: Vec<(&str, Linear)> = below.iter().map(|below| ("largest", below.clone())).collect();
        levels.extend([("fewest turns", weighed(false)), ("earlier flows", weighed(true))]);
        let mut left: Vec<Vec<_>> = as_good
            .iter()
            .map(|program| {
                let mut rows = program.constraints();
                rows.push(match (verdict, &program.below) {
                    (Verdict::Ratio(value, _), Some(below)) => {
                        equal(&super::plan::above_less(&program.above, below, value), &Rational::ZERO)
                    }
                    (Verdict::Best(value), _) => equal(&program.above, value),
                    _ => unreachable!("an answer"),
                });
                rows
            })
            .collect();
        for (what, level) in levels {
            let most = left.iter().filter_map(|rows| extreme(rows, &level, false)).max();
            self.same(what, &most, &Some(level.at(point)));
            left.iter_mut().for_each(|rows| rows.push(equal(&level, &level.at(point))));
        }
    }
}
