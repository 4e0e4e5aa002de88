//! Prices: a right-hand side is moved, and the oracle solves again.

use loopc::exact::Rational;
use serde_json::Value;

use super::compare::Comparison;
use super::describe::fraction;
use super::judge::{Verdict, judge};
use super::program::{Column, Program, Row, Stated, sum};
use super::said::{by_period, exact, list, of_form, point, scale, stated};

type Sides = (Option<Rational>, Option<Rational>);

/// A step so small that nothing in a model of small numbers happens within it.
fn tiny() -> Rational {
    fraction(1, 1_000_000_000)
}

/// The value of a program; nothing where there is no plan.
fn value(program: &Program) -> Option<Rational> {
    match judge(program) {
        Verdict::Best(value) => Some(value),
        _ => None,
    }
}

impl Comparison<'_> {
    pub fn prices(&mut self, best: &Rational) {
        let plan = &self.said.found["plan"];
        let point = point(self.world, self.program, plan);
        let mut told: Vec<Stated> = list(&plan["conditions"]).iter().filter_map(stated).collect();
        for said in list(&plan["conditions"]) {
            let row = stated(said).and_then(|stated| self.program.row(stated));
            match row.cloned() {
                Some(row) => self.condition(&row, said, (&point, best)),
                None => self.holds(|| format!("{said} is not stated"), false),
            }
        }
        told.sort();
        let mut wanted: Vec<Stated> = self.program.rows.iter().filter_map(|row| row.stated).collect();
        wanted.sort();
        self.same("conditions", &wanted, &told);
        self.gaps(best);
    }

    fn condition(&mut self, row: &Row, said: &Value, (point, best): (&[Rational], &Rational)) {
        let Some(stated) = row.stated else { return };
        let scale = scale(self.world, said);
        let used = sum(&row.factors, point);
        self.same(
            &format!("used of {stated:?}"),
            &Some(used.clone()),
            &exact(&said["used"]).map(|used| used * &scale),
        );
        for (side, wanted) in [("lower", &row.lower), ("upper", &row.upper)] {
            let found = exact(&said[side]).map(|side| side * &scale);
            self.same(&format!("{side} of {stated:?}"), wanted, &found);
        }
        let (at_lower, at_upper) = (row.lower.as_ref() == Some(&used), row.upper.as_ref() == Some(&used));
        let side = match (at_lower, at_upper) {
            (true, true) => Some("both"),
            (_, true) => Some("upper"),
            (true, _) => Some("lower"),
            (false, false) => None,
        };
        let side = side.filter(|_| !matches!(stated, Stated::Share(_)));
        self.same(&format!("side of {stated:?}"), &side, &said["price"]["side"].as_str());
        let Some(side) = side else { return };
        let moved = |to: &Rational| -> Sides {
            let lower = if side == "upper" { row.lower.clone() } else { Some(to.clone()) };
            let upper = if side == "lower" { row.upper.clone() } else { Some(to.clone()) };
            (lower, upper)
        };
        let after = |by: &Rational| value(&self.program.moved(stated, moved(&(&used + by))));
        let mut wrong = Vec::new();
        for (word, sign) in [("more", 1), ("less", -1)] {
            let price = &said["price"][word];
            let told = self.price(price, (&scale, &Rational::from(sign)), (&used, best), &after);
            wrong.extend(told.map(|told| format!("{word} of {stated:?}: {price}: {told}")));
        }
        self.differences.append(&mut wrong);
    }

    /// What is wrong with one price; `after` is the value once the right-hand side has grown by so much.
    fn price(
        &self,
        price: &Value,
        (scale, sign): (&Rational, &Rational),
        (used, best): (&Rational, &Rational),
        after: &dyn Fn(&Rational) -> Option<Rational>,
    ) -> Option<String> {
        if price == "infeasible" {
            return after(&(tiny() * sign)).map(|value| format!("a tiny step leaves {value}"));
        }
        let Some(rate) = exact(&price["rate"]) else { return Some("no price".to_owned()) };
        let unit = self.said.found["objective"]["value"]["unit"].as_str().unwrap_or("1");
        // Rates are by the stated unit that the right-hand side grows.
        let rate = &(rate * &of_form(self.world, unit)) / scale;
        let until = exact(&price["until"]).map(|until| until * scale - used);
        let far = until.clone().unwrap_or_else(|| sign * &Rational::from(1000));
        if (&far * sign).is_negative() || far.is_zero() {
            return Some("it holds nowhere".to_owned());
        }
        let holds = |by: &Rational| after(by).is_some_and(|value| value == best + &(&rate * by));
        // What is best is concave in the right-hand side: a line at three points is one all the way.
        for by in [&far * &fraction(1, 2), far.clone()] {
            if !holds(&by) {
                return Some(format!("{by} gives {:?} from {best}, at a rate of {rate}", after(&by)));
            }
        }
        let beyond = until.map(|until| until + sign)?;
        holds(&beyond).then(|| format!("the rate of {rate} holds beyond {far}"))
    }

    /// What the best is worth less for each turn forced on an idle flow.
    fn gaps(&mut self, best: &Rational) {
        for said in list(&self.said.found["plan"]["flows"]) {
            let turns = exact(&said["turns"]).unwrap_or_default();
            let flow = said["flow"].as_str().and_then(|name| name.get(1..)?.parse().ok());
            let place = flow.and_then(|flow| self.program.place(Column::Flow(flow)));
            let (true, Some(place)) = (turns.is_zero(), place) else { continue };
            let mut forced = self.program.clone();
            let (factors, lower) = (forced.single(place), Some(tiny()));
            forced.rows.push(Row { factors, lower, upper: None, stated: None });
            let sign = Rational::from(if self.program.minimize { 1 } else { -1 });
            let wanted = value(&forced).map(|value| &(value - best) / &(tiny() * &sign));
            let unit = said["gap"]["unit"].as_str().unwrap_or("1");
            let found = exact(&said["gap"]).map(|gap| gap * &by_period(self.world, unit));
            self.same(&format!("gap of {}", said["flow"]), &wanted, &found);
        }
    }
}
