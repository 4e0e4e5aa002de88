//! From a description to the text of a model, in one of the ways in which a modeller may write it.

use loopc::exact::Rational;

use super::describe::{
    About, Amount, Flow, Form, Kind, Limit, MEDIA, Own, TIMES, Term, What, World, days, fraction,
};
use super::random::Random;

struct Writer<'a> {
    world: &'a World,
    random: Random,
}

/// A number that stands wherever one may: a literal, or a quotient in parentheses.
fn literal(value: &Rational) -> String {
    for places in 0..4_u32 {
        let digits = value.abs() * &Rational::from(10_i64.pow(places));
        if digits.is_integer() && !value.is_negative() {
            let places = places as usize;
            let text = format!("{:0>width$}", digits.to_string(), width = places + 1);
            let (whole, part) = text.split_at(text.len() - places);
            return if places == 0 { text } else { format!("{whole}.{part}") };
        }
    }
    format!("({value})")
}

/// A thing of a kind in words: what stands before `{`, and attributes.
fn declared(head: &str, attributes: &[String], gap: &str) -> String {
    match attributes.is_empty() {
        true => format!("{head}\n"),
        false => format!("{head} {{ {} }}\n", attributes.join(gap)),
    }
}

pub fn text(world: &World, seed: u64) -> String {
    let mut writer = Writer { world, random: Random::new(!seed) };
    let mut text = "currency CNY\ncurrency USD = 3.5 CNY\nunit parcel\nmeasure delay: day\n".to_owned();
    if world.period.is_some_and(|period| TIMES[period].0 == "fortnight") {
        text.push_str("unit fortnight = 2 week\n");
    }
    for party in 0..world.parties.len() {
        text.push_str(&writer.party(party));
    }
    for flow in 0..world.flows.len() {
        text.push_str(&writer.flow(flow));
    }
    text.push_str(&writer.plan());
    text
}

impl Writer<'_> {
    /// A bare number.
    fn bare(&mut self, value: &Rational) -> String {
        let (hundred, thousandth) = (value * &Rational::from(100), value * &fraction(1, 1000));
        match self.random.below(6) {
            0 if hundred.is_integer() && !value.is_negative() => format!("{hundred}%"),
            1 if literal(&thousandth).starts_with("0.") => format!("{}k", literal(&thousandth)),
            _ => literal(value),
        }
    }

    fn money(&mut self, value: &Rational) -> String {
        match self.random.below(6) {
            0 if value.is_zero() => "0".to_owned(),
            1 => format!("{} USD", literal(&(value * &fraction(2, 7)))),
            2 => format!("2 * {} CNY", literal(&(value * &fraction(1, 2)))),
            3 => format!("-{} CNY", literal(&-value)),
            _ => format!("{} CNY", self.bare(value)),
        }
    }

    /// So many of a unit in the plan's period, by that or by another unit of time.
    fn timed(&mut self, value: &Rational, unit: &str) -> String {
        let Some(period) = self.world.period else { return format!("{}{unit}", literal(value)) };
        let by = if self.random.chance(60) { period } else { self.random.below(4) };
        let value = &(value * &days(by)) / &days(period);
        let number = if unit.is_empty() { literal(&value) } else { self.bare(&value) };
        format!("{number}{unit}/{}", TIMES[by].0)
    }

    /// A bound on turns, or on what they carry.
    fn bound(&mut self, turns: &Rational, amount: Option<&Amount>) -> String {
        let carried = match amount {
            Some(Amount::Money(amount)) => Some((amount, " CNY")),
            Some(Amount::Parcels(amount)) => Some((amount, " parcel")),
            _ => None,
        };
        match (self.random.below(5), carried) {
            (0, _) if turns.is_zero() => "0".to_owned(),
            (1, _) => self.timed(turns, ""),
            (2 | 3, Some((amount, unit))) if !amount.is_zero() => self.timed(&(turns * amount), unit),
            _ => self.timed(turns, " turn"),
        }
    }

    fn own(&mut self, own: &Own) -> Vec<String> {
        let mut attributes = Vec::new();
        if !own.cost.is_zero() {
            attributes.push(format!("cost: {}", self.money(&own.cost)));
        }
        if !own.revenue.is_zero() {
            attributes.push(format!("revenue: {}", self.money(&own.revenue)));
        }
        if !own.delay.is_zero() {
            attributes.push(match self.random.below(3) {
                0 => format!("delay: {} hour", literal(&(&own.delay * &Rational::from(24)))),
                _ => format!("delay: {} day", literal(&own.delay)),
            });
        }
        attributes
    }

    fn party(&mut self, place: usize) -> String {
        let party = &self.world.parties[place];
        let company = party.company.map_or(String::new(), |company| format!(" of p{company}"));
        let mut attributes = self.own(&party.own);
        for (word, limit) in [("source", &party.source), ("sink", &party.sink)] {
            match limit {
                None => {}
                Some(Limit::Unlimited) => attributes.push(format!("{word}: unlimited")),
                Some(Limit::Most(most)) => attributes.push(format!("{word}: {}", self.bound(most, None))),
            }
        }
        declared(&format!("participant p{place}: business{company}"), &attributes, ", ")
    }

    fn flow(&mut self, place: usize) -> String {
        let flow = &self.world.flows[place];
        let names: Vec<String> = flow.via.iter().map(|party| format!("p{party}")).collect();
        let via = if names.is_empty() { String::new() } else { format!(" via {}", names.join(", ")) };
        let head = format!("{} flow f{place}: p{} -> p{}{via}", MEDIA[flow.medium], flow.tail, flow.head);
        let mut attributes = self.own(&flow.own);
        match &flow.amount {
            Amount::None => {}
            // A literal 0 would not say that it is money.
            Amount::Money(money) if money.is_zero() => attributes.push("amount: 0 CNY".to_owned()),
            Amount::Money(money) => attributes.push(format!("amount: {}", self.money(money))),
            Amount::Parcels(count) => attributes.push(format!("amount: {} parcel", literal(count))),
        }
        attributes.extend(flow.payer.map(|payer| format!("payer: p{payer}")));
        attributes.extend(flow.earner.map(|earner| format!("earner: p{earner}")));
        attributes.extend(flow.tagged.then(|| "tags: marked".to_owned()));
        self.turns(flow, &mut attributes);
        self.random.shuffle(&mut attributes);
        declared(&head, &attributes, ", ")
    }

    /// How often a flow happens.
    fn turns(&mut self, flow: &Flow, attributes: &mut Vec<String>) {
        if let Some((share, back)) = &flow.yields {
            attributes.push(format!("yield: {} else p{back}", self.bare(share)));
        }
        if let Some(ride) = &flow.rides {
            let factor = self.bare(&ride.factor);
            attributes.push(match (ride.factor == Rational::ONE, self.random.chance(50)) {
                (true, true) => format!("rides: f{}", ride.flow),
                (_, true) => format!("rides: f{} * {factor}", ride.flow),
                (_, false) => format!("rides: {factor} * f{}", ride.flow),
            });
            if !ride.delivers.is_zero() {
                attributes.push(format!("delivers: {}", self.bare(&ride.delivers)));
            }
        }
        if let Some(share) = &flow.share {
            attributes.push(format!("share: {}", self.bare(share)));
        }
        let bounds = [("capacity", &flow.capacity), ("minimum", &flow.minimum), ("volume", &flow.volume)];
        for (word, bound) in bounds {
            if let Some(bound) = bound {
                attributes.push(format!("{word}: {}", self.bound(bound, Some(&flow.amount))));
            }
        }
    }

    fn plan(&mut self) -> String {
        let world = self.world;
        let mut lines = Vec::new();
        lines.extend(world.period.map(|period| format!("period: {}", TIMES[period].0)));
        lines.extend(world.whose.map(|whose| format!("for: p{whose}")));
        let named = |names: Vec<String>, key: &str| {
            (!names.is_empty()).then(|| format!("{key}: {}", names.join(", ")))
        };
        lines.extend(named(world.over.iter().map(|medium| MEDIA[*medium].to_owned()).collect(), "over"));
        lines.extend(named(world.avoid.iter().map(|flow| format!("f{flow}")).collect(), "avoid"));
        let sense = if world.minimize { "minimize" } else { "maximize" };
        let above = self.form(&world.above);
        lines.push(match &world.below {
            None => format!("{sense}: {above}"),
            Some(below) => format!("{sense}: ({above}) / ({})", self.form(below)),
        });
        // The order of requirements is the order of their places.
        self.random.shuffle(&mut lines);
        for place in 0..world.requirements.len() {
            lines.push(self.requirement(place));
        }
        declared("plan best", &lines, "\n    ")
    }

    fn requirement(&mut self, place: usize) -> String {
        let (one, flip) = (&self.world.requirements[place], self.random.chance(25));
        let side = |writer: &mut Self, value: &Rational| match value.is_zero() && writer.random.chance(70) {
            true => "0".to_owned(),
            false => writer.constant(value, one.form.kind),
        };
        let form = self.form(&one.form);
        let condition = match (&one.lower, &one.upper) {
            (Some(lower), Some(upper)) if lower == upper => {
                let value = side(self, lower);
                if flip { format!("{value} == {form}") } else { format!("{form} == {value}") }
            }
            (Some(lower), Some(upper)) => {
                let (lower, upper) =
                    (self.constant(lower, one.form.kind), self.constant(upper, one.form.kind));
                if flip {
                    format!("{upper} >= {form} >= {lower}")
                } else {
                    format!("{lower} <= {form} <= {upper}")
                }
            }
            (lower, upper) => {
                let (word, turned) = if lower.is_some() { (">=", "<=") } else { ("<=", ">=") };
                let bound = lower.as_ref().or(upper.as_ref()).cloned().unwrap_or_default();
                match one.form.terms.as_slice() {
                    // The last term on the other side, with the other sign.
                    [first @ .., last] if !first.is_empty() && self.random.chance(30) => {
                        let left = Form { terms: first.to_vec(), ..one.form.clone() };
                        let other = Term { factor: -&last.factor, ..last.clone() };
                        let (left, other) = (self.form(&left), self.term(&other, one.form.kind));
                        let value = self.constant(&bound, one.form.kind);
                        format!("{left} {word} {value} {}", self.signed(&other))
                    }
                    _ if flip => format!("{} {turned} {form}", side(self, &bound)),
                    _ => format!("{form} {word} {}", side(self, &bound)),
                }
            }
        };
        format!("require: {condition}")
    }

    /// A constant of a form, by the plan's period.
    fn constant(&mut self, value: &Rational, kind: Kind) -> String {
        let unit = match kind {
            Kind::Money => " CNY",
            Kind::Days => " day",
            Kind::Turns => " turn",
            Kind::Parcels => " parcel",
        };
        self.timed(value, unit)
    }

    fn form(&mut self, form: &Form) -> String {
        let mut text = String::new();
        for (place, term) in form.terms.iter().enumerate() {
            let term = self.term(term, form.kind);
            text.push_str(&match place {
                0 if term.0 => format!("-{}", term.1),
                0 => term.1,
                _ => format!(" {}", self.signed(&term)),
            });
        }
        if !form.constant.is_zero() {
            let constant = (form.constant.is_negative(), self.constant(&form.constant.abs(), form.kind));
            text.push_str(&format!(" {}", self.signed(&constant)));
        }
        text
    }

    fn signed(&self, (negative, text): &(bool, String)) -> String {
        format!("{} {text}", if *negative { "-" } else { "+" })
    }

    /// A term without its sign, and whether that is negative.
    fn term(&mut self, term: &Term, kind: Kind) -> (bool, String) {
        let word = match term.what {
            What::Cost => "cost",
            What::Revenue => "revenue",
            What::Profit => "profit",
            What::Delay => "delay",
            What::Volume => "volume",
            What::Moved => "moved",
        };
        let about = match term.about {
            About::All => String::new(),
            About::Party(party) => format!("(p{party})"),
            About::Flow(flow) => format!("(f{flow})"),
            About::Tag => "(marked)".to_owned(),
        };
        let (own, factor) = (self.world.kind(term), term.factor.abs());
        let negative = term.factor.is_negative();
        if own == kind {
            let times =
                if factor == Rational::ONE { String::new() } else { format!("{} * ", self.bare(&factor)) };
            return (negative, format!("{times}{word}{about}"));
        }
        let unit = |kind| match kind {
            Kind::Money => "CNY",
            Kind::Days => "day",
            Kind::Turns => "turn",
            Kind::Parcels => "parcel",
        };
        let rate = match own {
            Kind::Turns => format!("{} {}", literal(&factor), unit(kind)),
            _ => format!("{} {} / {}", literal(&factor), unit(kind), unit(own)),
        };
        (negative, format!("{rate} * {word}{about}"))
    }
}
