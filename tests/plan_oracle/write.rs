//! From a description to the text of a model, in one of the ways in which a modeller may write it.

use loopc::exact::Rational;

use super::describe::{Amount, Flow, Limit, MEDIA, Own, TIMES, World, days, fraction};
use super::random::Random;

pub struct Writer<'a> {
    pub world: &'a World,
    pub random: Random,
}

/// A number that stands wherever one may: a literal, or a quotient in parentheses.
pub fn literal(value: &Rational) -> String {
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
pub fn declared(head: &str, attributes: &[String], gap: &str) -> String {
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
    pub fn bare(&mut self, value: &Rational) -> String {
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
    pub fn timed(&mut self, value: &Rational, unit: &str) -> String {
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
        if flow.integral {
            attributes.push("integral: yes".to_owned());
        }
        if let Some(fixed) = &flow.fixed {
            attributes.push(format!("fixed: {}", self.timed(fixed, " CNY")));
        }
        let bounds = [("capacity", &flow.capacity), ("minimum", &flow.minimum), ("volume", &flow.volume)];
        for (word, bound) in bounds {
            if let Some(bound) = bound {
                attributes.push(format!("{word}: {}", self.bound(bound, Some(&flow.amount))));
            }
        }
    }
}
