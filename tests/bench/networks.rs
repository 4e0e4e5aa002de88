//! Networks as tables: random ones, the same on every machine.

use std::fmt::Write as _;

/// A model that asks a table for its best loop.
pub const MODEL: &str = "currency EUR
import flows from \"flows.csv\" {
    medium: cash, from: payer, to: payee, role: business
    cost: cost * EUR, revenue: revenue * EUR
}
loop best
";

/// So many flows among a fifth as many participants: a ring through all of them, so that they are connected, and
/// random flows. Costs and revenues are from 0.01 to 100.00, each as likely.
pub fn table(flows: usize) -> String {
    let participants = (flows / 5).max(2);
    let mut random = Random(7);
    let mut ring: Vec<usize> = (0..participants).collect();
    for place in (1..participants).rev() {
        ring.swap(place, random.below(place + 1));
    }
    let mut text = "payer,payee,cost,revenue\n".to_owned();
    for place in 0..flows {
        let (from, to) = if place < participants {
            (ring[place], ring[(place + 1) % participants])
        } else {
            let from = random.below(participants);
            (from, (from + 1 + random.below(participants - 1)) % participants)
        };
        let mut cents = || {
            let cents = 1 + random.below(10_000);
            format!("{}.{:02}", cents / 100, cents % 100)
        };
        let (cost, revenue) = (cents(), cents());
        let _ = writeln!(text, "p{from},p{to},{cost},{revenue}");
    }
    text
}

/// Source: Marsaglia 2003 (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % end as u64).unwrap_or(0)
    }
}
