//! Verdicts, values and plans: what loopc says beside what the oracle says.

use loopc::exact::Rational;
use serde_json::Value;

use super::describe::World;
use super::judge::{Scale, Verdict};
use super::program::{Linear, Program, sum};
use super::said::{Said, exact, of_form, of_ratio, point};

pub struct Comparison<'a> {
    pub world: &'a World,
    pub program: &'a Program,
    pub said: &'a Said,
    pub differences: Vec<String>,
}

impl Comparison<'_> {
    pub fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, wanted: &T, found: &T) {
        if wanted != found {
            self.differences.push(format!("{what}: wanted {wanted:?}, found {found:?}"));
        }
    }

    pub fn holds(&mut self, what: impl FnOnce() -> String, holds: bool) {
        if !holds {
            self.differences.push(what());
        }
    }

    pub fn verdict(&mut self, verdict: &Verdict) {
        let (status, code) = match verdict {
            Verdict::Infeasible => ("infeasible", Some("L0601")),
            Verdict::Endless => ("unbounded", Some("L0602")),
            Verdict::Refused => ("refused", Some("L0603")),
            Verdict::Nothing => ("refused", Some("L0604")),
            Verdict::Approached(_) => ("approached", Some("L0605")),
            Verdict::Best(_) | Verdict::Ratio(..) => ("optimal", None),
        };
        let codes: Vec<&str> = self.said.codes.iter().map(String::as_str).collect();
        self.same("status", &Some(status), &self.said.found["status"].as_str());
        self.same("errors", &code.into_iter().collect(), &codes);
        if !self.differences.is_empty() {
            return;
        }
        let found = &self.said.found;
        let value = |of: &Value| exact(of).unwrap_or_default();
        let unit = found["objective"]["value"]["unit"].as_str().unwrap_or("1");
        match verdict {
            Verdict::Infeasible => self.conflict(),
            Verdict::Endless => self.endless(),
            Verdict::Approached(wanted) => self.approached(wanted),
            Verdict::Best(wanted) => {
                let found = value(&found["objective"]["value"]) * &of_form(self.world, unit);
                self.same("value", wanted, &found);
                self.plan(verdict);
                self.prices(wanted);
            }
            Verdict::Ratio(wanted, scale) => {
                let ratio = value(&found["objective"]["value"]) * &of_ratio(unit);
                self.same("ratio", wanted, &ratio);
                let any = *scale == Scale::Any;
                self.same("any scale", &Some(any), &found["plan"]["any_scale"].as_bool());
                self.plan(verdict);
            }
            Verdict::Refused => self.refused(),
            Verdict::Nothing => {}
        }
    }

    /// The turns of the loops along which something grows, which never leave what bounds the plan.
    fn ray(&mut self) -> Vec<Rational> {
        let ray = point(self.world, self.program, &self.said.found["along"]);
        for row in &self.program.rows {
            let along = sum(&row.factors, &ray);
            let stays = row.lower.as_ref().is_none_or(|_| !along.is_negative())
                && row.upper.as_ref().is_none_or(|_| !along.is_positive());
            self.holds(|| format!("the ray leaves {:?}", row.stated), stays);
        }
        ray
    }

    /// The loops along which the objective grows without limit.
    fn endless(&mut self) {
        let ray = self.ray();
        let gain = sum(&self.program.above.turned(self.program.minimize).factors, &ray);
        self.holds(|| format!("the ray gains {gain}"), gain.is_positive());
        let below = self.program.below.as_ref().map(|below| sum(&below.factors, &ray));
        self.holds(
            || format!("the denominator grows by {below:?}"),
            below.as_ref().is_none_or(|below| below.is_zero()),
        );
    }

    /// The loops along which ever larger plans come near a ratio.
    fn approached(&mut self, wanted: &Rational) {
        let ray = self.ray();
        let along = |linear: &Linear| sum(&linear.factors, &ray);
        let near = self
            .program
            .below
            .as_ref()
            .and_then(|below| along(&self.program.above).checked_div(&along(below)));
        self.same("ratio along the ray", &Some(wanted.clone()), &near);
        // It tells no unit; but what one of each unit is worth is one.
        self.same("ratio", &Some(wanted.clone()), &exact(&self.said.found["ratio"]));
    }

    /// The plan because of which a ratio is refused.
    fn refused(&mut self) {
        let point = point(self.world, self.program, &self.said.found["along"]);
        let holds = self.program.rows.iter().all(|row| row.holds(&point));
        self.holds(|| "the plan that is shown is none".to_owned(), holds);
        let above = self.program.above.turned(self.program.minimize).at(&point);
        let below = self.program.below.as_ref().map(|below| below.at(&point)).unwrap_or_default();
        let wrong = below.is_negative() || below.is_zero() && above.is_positive();
        self.holds(|| format!("the plan that is shown has {above} / {below}"), wrong);
    }
}
