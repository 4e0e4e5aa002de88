//! Plans of any size as text, the same each time: a network of shops with sources, sinks, capacities, yields and
//! requirements.

use std::fmt::Write as _;

use crate::random::Random;

/// How many flows leave each participant.
const FLOWS_EACH: usize = 5;

/// How often the rest of a yield returns elsewhere than to its tail, in percent. The more often it does, the longer
/// the exact numbers of a plan become: each such yield multiplies what goes round.
#[derive(Clone, Copy)]
pub struct Leaks(pub usize);

/// A plan of so many flows among a fifth as many participants, with a hundredth as many requirements.
pub fn plan(flows: usize, leaks: Leaks) -> String {
    let mut maker =
        Maker { random: Random::new(7), flows, parties: (flows / FLOWS_EACH).max(3), text: String::new() };
    maker.text.push_str("currency CNY\n");
    (0..maker.parties).for_each(|party| maker.participant(party));
    (0..flows).for_each(|flow| maker.flow(flow, leaks));
    maker.text.push_str("plan year1 {\n    period: year\n    maximize: profit\n");
    (0..flows / 100).for_each(|place| maker.requirement(place));
    maker.text.push_str("}\n");
    maker.text
}

struct Maker {
    random: Random,
    flows: usize,
    parties: usize,
    text: String,
}

impl Maker {
    fn participant(&mut self, party: usize) {
        let role = ["business", "consumer", "logistics", "platform"][party % 4];
        let _ = write!(self.text, "participant shop_{party}: {role}");
        let _ = match party % 40 {
            3 => writeln!(self.text, " {{ source: {} turn/year }}", 1_000 + self.random.below(9_000)),
            23 => writeln!(self.text, " {{ sink: unlimited }}"),
            _ if party.is_multiple_of(3) => writeln!(self.text, " {{ cost: 0.{:02} CNY }}", party % 100),
            _ => writeln!(self.text),
        };
    }

    /// A ring without capacities first, which costs, so that every shop has a way on; then chords: what earns has a
    /// capacity.
    fn flow(&mut self, flow: usize, leaks: Leaks) {
        let tail = flow % self.parties;
        let ring = flow < self.parties;
        let head = if ring {
            (tail + 1) % self.parties
        } else {
            (tail + 1 + self.random.below(self.parties - 1)) % self.parties
        };
        let kind = if ring { 3 } else { flow % 3 };
        let medium = ["cash", "information", "goods", "goods"][kind];
        let _ = write!(self.text, "{medium} flow f_{flow}: shop_{tail} -> shop_{head} {{ ");
        let money =
            |random: &mut Random, most| format!("{}.{:02} CNY", random.below(most), random.below(100));
        let _ = match kind {
            0 => {
                let (revenue, amount) = (money(&mut self.random, 9), 1 + self.random.below(90));
                write!(self.text, "revenue: {revenue}, amount: {amount} CNY, ")
            }
            1 => {
                let back = if self.random.chance(leaks.0) { self.random.below(self.parties) } else { tail };
                let (cost, part) = (money(&mut self.random, 1), 5 + self.random.below(95));
                write!(self.text, "cost: {cost}, yield: {part}% else shop_{back}, ")
            }
            _ => write!(self.text, "cost: {}, ", money(&mut self.random, 4)),
        };
        let limited = kind == 0 || !ring && self.random.chance(50);
        let capacity = if kind == 0 { "amount * " } else { "" };
        let most = 100 + self.random.below(2_000);
        let _ = match limited {
            true if capacity.is_empty() => writeln!(self.text, "capacity: {most} turn/year }}"),
            true => writeln!(self.text, "capacity: {most} * amount/year }}"),
            false => writeln!(self.text, "}}"),
        };
    }

    fn requirement(&mut self, place: usize) {
        let mut random = Random::new(1_000 + place as u64);
        let (shop, first, second) =
            (random.below(self.parties), random.below(self.flows), random.below(self.flows));
        let most = 500 + random.below(5_000);
        let _ = match place % 4 {
            0 => writeln!(self.text, "    require: cost(shop_{shop}) <= {most} CNY/year"),
            1 => {
                writeln!(self.text, "    require: volume(f_{first}) + volume(f_{second}) <= {most} turn/year")
            }
            2 => writeln!(self.text, "    require: profit(shop_{shop}) >= -{most} CNY/year"),
            _ => writeln!(
                self.text,
                "    require: 2 * volume(f_{first}) - volume(f_{second}) >= -{most} turn/year"
            ),
        };
    }
}
