//! One case: a model, solved by loopc and by the oracle.

use std::collections::BTreeMap;

use loopc::solve::Choice;

use super::compare::Comparison;
use super::draw::world;
use super::formulate::formulate;
use super::judge::{Scale, Verdict, judge};
use super::said::{list, said};
use super::write::text;

/// How often each verdict came up.
#[derive(Debug, Default)]
pub struct Tally(pub BTreeMap<&'static str, usize>);

impl Tally {
    pub fn count(&mut self, word: &'static str) {
        *self.0.entry(word).or_default() += 1;
    }

    fn verdict(&mut self, verdict: &Verdict, found: &serde_json::Value) {
        let plan = &found["plan"];
        let idle =
            |plan: &serde_json::Value| list(&plan["flows"]).iter().all(|one| one["turns"]["exact"] == "0");
        self.count(match verdict {
            Verdict::Infeasible => "infeasible",
            Verdict::Endless => "unbounded",
            Verdict::Refused => "refused",
            Verdict::Nothing => "nothing to divide by",
            Verdict::Approached(_) => "approached",
            Verdict::Best(_) if idle(plan) => "nothing moves",
            Verdict::Best(_) if plan["unique"] == true => "best",
            Verdict::Best(_) => "best of several",
            Verdict::Ratio(_, Scale::Largest(_)) => "largest",
            Verdict::Ratio(_, Scale::Smallest(_)) => "smallest",
            Verdict::Ratio(_, Scale::Any) => "any scale",
        });
        for condition in list(&plan["conditions"]).iter().filter(|_| matches!(verdict, Verdict::Best(_))) {
            for price in ["more", "less"]
                .map(|word| &condition["price"][word])
                .into_iter()
                .filter(|price| !price.is_null())
            {
                self.count(match price.as_str() {
                    Some(_) => "infeasible prices",
                    None if price["rate"]["exact"] == "0" => "prices of nothing",
                    None => "prices",
                });
            }
            let (more, less) = (&condition["price"]["more"], &condition["price"]["less"]);
            if more["rate"] != less["rate"] {
                self.count("prices of two sides");
            }
        }
        for flow in list(&plan["flows"]).iter().filter(|flow| !flow["gap"].is_null()) {
            self.count(if flow["gap"]["exact"] == "0" { "gaps of nothing" } else { "gaps" });
        }
        if found["other_conflicts"] == true {
            self.count("several conflicts");
        }
        for member in list(&found["conflict"]) {
            self.count(if member["mend"].is_null() { "without mend" } else { "mends" });
        }
    }
}

/// The model and what is wrong with it; nothing where all is as it must be.
pub fn differences(seed: u64, tally: &mut Tally) -> Option<String> {
    let world = world(seed);
    let text = text(&world, seed);
    let program = formulate(&world);
    let verdict = judge(&program);
    let said = match said(&text, Choice::Microlp) {
        Ok(said) => said,
        Err(why) => return Some(format!("{text}\nwanted {verdict:?}, {why}")),
    };
    tally.verdict(&verdict, &said.found);
    let mut comparison =
        Comparison { world: &world, program: &program, said: &said, differences: Vec::new() };
    comparison.verdict(&verdict);
    // Whoever suggests where to look, the answer is the same.
    if seed % 8 < 2 {
        let other = super::said::said(&text, Choice::Clarabel).map(|other| other.found);
        comparison.same("the report from another solver", &Ok(said.found.clone()), &other);
    }
    let differences = comparison.differences;
    (!differences.is_empty()).then(|| format!("{text}\n{}", differences.join("\n")))
}
