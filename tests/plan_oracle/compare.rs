//! Verdicts, values and plans: what loopc says beside what the oracle says.

use loopc::exact::Rational;
use serde_json::Value;

use super::books::{Books, Kind};
use super::describe::{About, Kind as Counted, Own, What, World};
use super::formulate::{Column, Linear, Program, sum};
use super::judge::{Scale, Verdict, equal, extreme};
use super::said::{Said, by_period, exact, list, of_form, of_ratio, point};
use super::solve::Constraint;

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
        // The objective has no value, and so tells no unit; but days aside, all units are worth one.
        let kinds = [Some(&self.world.above), self.world.below.as_ref()];
        if kinds.into_iter().flatten().all(|form| form.kind != Counted::Days) {
            self.same("ratio", &Some(wanted.clone()), &exact(&self.said.found["ratio"]));
        }
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

    /// That the plan is one, is best, and is the one that is meant.
    fn plan(&mut self, verdict: &Verdict) {
        let plan = &self.said.found["plan"];
        let point = point(self.world, self.program, plan);
        for row in &self.program.rows {
            self.holds(|| format!("the plan breaks {:?}: {row:?}", row.stated), row.holds(&point));
        }
        self.holds(|| "the plan has negative turns".to_owned(), !point.iter().any(Rational::is_negative));
        let mut best = self.program.constraints();
        match (verdict, &self.program.below) {
            (Verdict::Best(value), _) => {
                self.same("worth of the plan", value, &self.program.above.at(&point));
                best.push(equal(&self.program.above, value));
                self.unique(&best);
            }
            (Verdict::Ratio(value, scale), Some(below)) => {
                // Days by the fortnight are plain numbers, whose 1 is not one day by the fortnight.
                let plain = self.world.below.as_ref().is_some_and(|below| below.kind == Counted::Days);
                let denominator = match scale {
                    Scale::Any if plain => below.at(&point),
                    _ => scale.denominator(),
                };
                self.same("denominator of the plan", &denominator, &below.at(&point));
                self.holds(|| "the plan has no denominator".to_owned(), denominator.is_positive());
                let above = value * &denominator;
                self.same("numerator of the plan", &above, &self.program.above.at(&point));
                // As good is what has this ratio, at whatever scale.
                let mut as_good = best.clone();
                as_good.push(equal(&above_less(&self.program.above, below, value), &Rational::ZERO));
                best.push(equal(below, &denominator));
                best.push(equal(&self.program.above, &above));
                self.unique(if *scale == Scale::Any { &best } else { &as_good });
            }
            _ => {}
        }
        // Of several best plans the one with the fewest turns.
        let flows = self.program.columns.iter().map(|column| match column {
            Column::Flow(_) => Rational::ONE,
            _ => Rational::ZERO,
        });
        let turns = Linear { factors: flows.collect(), constant: Rational::ZERO };
        self.same("fewest turns", &extreme(&best, &turns, true), &Some(turns.at(&point)));
        self.capacities(&point);
        self.totals(&point);
        self.loops(&point);
    }

    /// The part of its capacity that each flow uses.
    fn capacities(&mut self, point: &[Rational]) {
        for one in list(&self.said.found["plan"]["flows"]) {
            let flow = one["flow"].as_str().and_then(|name| name.get(1..)?.parse().ok());
            let place = flow.and_then(|flow| self.program.place(Column::Flow(flow)));
            let (Some(flow), Some(place)) = (flow, place) else { continue };
            let capacity = self.world.flows[flow].capacity.as_ref();
            let wanted = capacity.and_then(|capacity| point[place].checked_div(capacity));
            self.same(&format!("part of the capacity of f{flow}"), &wanted, &exact(&one["used"]));
        }
    }

    fn unique(&mut self, best: &[Constraint]) {
        let (wanted, found) = (self.is_unique(best), self.said.found["plan"]["unique"].as_bool());
        self.same("unique", &Some(wanted), &found);
    }

    /// Whether no other plan is best, by weights that no two plans share.
    fn is_unique(&self, best: &[Constraint]) -> bool {
        let mut random = super::random::Random::new(1);
        let forms = self.world.requirements.iter().map(|one| &one.form).chain([&self.world.above]);
        let terms = forms.chain(&self.world.below).flat_map(|form| &form.terms);
        let through =
            terms.into_iter().any(|term| term.what == What::Volume && matches!(term.about, About::Party(_)));
        let weight = |column: &Column| match column {
            Column::Flow(_) => Rational::from(random.below(1 << 30) as i64),
            Column::Enters(_) => Rational::ZERO,
            Column::Leaves(party) => {
                // Turns that enter and leave at once are no other plan where that changes nothing.
                let about = &self.world.parties[*party];
                let merged = about.source.is_some() && about.own == Own::default() && !through;
                if merged { Rational::ZERO } else { Rational::from(random.below(1 << 30) as i64) }
            }
        };
        let factors = self.program.columns.iter().map(weight).collect();
        let weights = Linear { factors, constant: Rational::ZERO };
        let (least, most) = (extreme(best, &weights, true), extreme(best, &weights, false));
        least.is_some() && least == most
    }

    /// Money and measures, of all and of each.
    fn totals(&mut self, point: &[Rational]) {
        let (world, plan) = (self.world, &self.said.found["plan"]);
        let books = Books { world };
        let lines: Vec<_> = self
            .program
            .columns
            .iter()
            .zip(point)
            .flat_map(|(column, turns)| {
                let mut lines = books.lines(*column);
                lines.iter_mut().for_each(|line| line.value = &line.value * turns);
                lines
            })
            .collect();
        let total =
            |what, about| -> Rational { lines.iter().map(|line| books.counted(what, about, line)).sum() };
        let whose = world.whose.map_or(About::All, About::Party);
        for (word, what) in [("cost", What::Cost), ("revenue", What::Revenue), ("profit", What::Profit)] {
            let unit = by_period(world, plan[word]["unit"].as_str().unwrap_or("1"));
            let found = exact(&plan[word]).unwrap_or_default() * &unit;
            self.same(word, &total(what, whose), &found);
        }
        let delay = &plan["measures"]["delay"];
        let found =
            exact(delay).unwrap_or_default() * &by_period(world, delay["unit"].as_str().unwrap_or("1"));
        self.same("delay", &total(What::Delay, About::All), &found);
        let money = |party: usize| {
            (total(What::Revenue, About::Party(party)), total(What::Cost, About::Party(party)))
        };
        let wanted: Vec<_> = (0..world.parties.len())
            .filter(|party| lines.iter().any(|line| matters(world, *party, line.kind)))
            .map(|party| (format!("p{party}"), money(party)))
            .filter(|(_, (earns, pays))| !earns.is_zero() || !pays.is_zero())
            .collect();
        let found = list(&plan["accounts"]).iter().map(|one| {
            let number = |key: &str| exact(&one[key]).unwrap_or_default();
            (one["participant"].as_str().unwrap_or_default().to_owned(), (number("earns"), number("pays")))
        });
        self.same("accounts", &wanted, &found.collect());
    }

    /// The loops that the plan is made of add up to it.
    fn loops(&mut self, turns: &[Rational]) {
        let plan = &self.said.found["plan"];
        let parts = point(self.world, self.program, &plan["loops"]);
        self.same("turns of the loops", &turns.to_vec(), &parts);
        for word in ["cost", "revenue", "profit"] {
            let whole = exact(&plan[word]).unwrap_or_default();
            let parts = list(&plan["loops"]).iter().map(|part| exact(&part[word]).unwrap_or_default()).sum();
            self.same(&format!("{word} of the loops"), &whole, &parts);
        }
        for part in list(&plan["loops"]) {
            let steps = list(&part["steps"]);
            let joined =
                steps.iter().zip(steps.iter().cycle().skip(1)).all(|(one, next)| one["to"] == next["from"]);
            self.holds(|| format!("a loop that is none: {part}"), joined);
        }
    }
}

/// A numerator less so many denominators.
fn above_less(above: &Linear, below: &Linear, times: &Rational) -> Linear {
    let less = |above: &Rational, below: &Rational| above - &(below * times);
    let factors = above.factors.iter().zip(&below.factors).map(|(above, below)| less(above, below));
    Linear { factors: factors.collect(), constant: less(&above.constant, &below.constant) }
}

/// Whether a line may be money of a participant.
fn matters(world: &World, party: usize, kind: Kind) -> bool {
    match kind {
        Kind::Paid(other) | Kind::Earned(other) => world.belongs(other, party),
        Kind::Moved(from, to) => world.belongs(from, party) != world.belongs(to, party),
        Kind::Days => false,
    }
}
