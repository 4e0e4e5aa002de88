//! The plan that loopc shows: feasible, best, the one that is meant, and its books.

use loopc::exact::Rational;

use super::books::{Books, Kind};
use super::compare::Comparison;
use super::describe::{About, Own, What, World};
use super::judge::{Scale, Verdict, equal, extreme};
use super::program::{Column, Linear};
use super::said::{by_period, exact, list, point};
use super::solve::Constraint;

impl Comparison<'_> {
    /// That the plan is one, is best, and is the one that is meant.
    pub fn plan(&mut self, verdict: &Verdict) {
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
                let denominator = scale.denominator();
                self.same("denominator of the plan", &denominator, &below.at(&point));
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
        self.preferred(&point, best);
        self.capacities(&point);
        self.totals(&point);
        self.loops(&point);
    }

    /// Of several best plans the one with the fewest turns; of these the one that prefers earlier flows.
    fn preferred(&mut self, point: &[Rational], mut best: Vec<Constraint>) {
        for (what, placed) in [("fewest turns", false), ("earlier flows", true)] {
            let factors = self.program.columns.iter().map(|column| match *column {
                Column::Flow(flow) => Rational::from(if placed { flow as i64 + 1 } else { 1 }),
                Column::Enters(_) | Column::Leaves(_) | Column::Used(_) => Rational::ZERO,
            });
            let weighed = Linear { factors: factors.collect(), constant: Rational::ZERO };
            let least = weighed.at(point);
            self.same(what, &extreme(&best, &weighed, true), &Some(least.clone()));
            best.push(equal(&weighed, &least));
        }
    }

    /// The part of its capacity that each flow uses.
    pub fn capacities(&mut self, point: &[Rational]) {
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
            Column::Enters(_) | Column::Used(_) => Rational::ZERO,
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
    pub fn totals(&mut self, point: &[Rational]) {
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

    /// The loops that the plan is made of add up to it, what is paid once aside.
    pub fn loops(&mut self, turns: &[Rational]) {
        let plan = &self.said.found["plan"];
        let parts = point(self.world, self.program, &plan["loops"]);
        let (books, columns) = (Books { world: self.world }, &self.program.columns);
        let once: Vec<bool> = columns.iter().map(|column| matches!(column, Column::Used(_))).collect();
        let turned =
            turns.iter().zip(&once).map(|(turns, once)| if *once { Rational::ZERO } else { turns.clone() });
        self.same("turns of the loops", &turned.collect(), &parts);
        let whose = self.world.whose.map_or(About::All, About::Party);
        for (word, what) in [("cost", What::Cost), ("revenue", What::Revenue), ("profit", What::Profit)] {
            let paid = columns.iter().zip(turns).zip(&once).filter(|(_, once)| **once);
            let fixed: Rational = paid
                .flat_map(|((column, used), _)| {
                    books.lines(*column).into_iter().map(move |line| books.counted(what, whose, &line) * used)
                })
                .sum();
            let unit = by_period(self.world, plan[word]["unit"].as_str().unwrap_or("1"));
            let whole = exact(&plan[word]).unwrap_or_default() * &unit;
            let parts: Rational =
                list(&plan["loops"]).iter().map(|part| exact(&part[word]).unwrap_or_default() * &unit).sum();
            self.same(&format!("{word} of the loops"), &(whole - &fixed), &parts);
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
pub fn above_less(above: &Linear, below: &Linear, times: &Rational) -> Linear {
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
