//! The plan of a description as text: objective and requirements, in one of the ways to write them.

use loopc::exact::Rational;

use super::describe::{About, Form, Kind, MEDIA, TIMES, Term, What};
use super::write::{Writer, declared, literal};

impl Writer<'_> {
    pub fn plan(&mut self) -> String {
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
