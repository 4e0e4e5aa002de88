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

/// A flow: whence, whither, and its cost and revenue in cents.
pub type Flow = (usize, usize, usize, usize);

/// So many flows among so many participants: a ring through all of them, so that they are connected, and
/// random flows. Costs and revenues are from 0.01 to 100.00, each as likely.
pub fn flows(flows: usize, participants: usize) -> impl Iterator<Item = Flow> {
    let mut random = Random(7);
    let mut ring: Vec<usize> = (0..participants).collect();
    for place in (1..participants).rev() {
        ring.swap(place, random.below(place + 1));
    }
    (0..flows).map(move |place| {
        let (from, to) = if place < participants {
            (ring[place], ring[(place + 1) % participants])
        } else {
            let from = random.below(participants);
            (from, (from + 1 + random.below(participants - 1)) % participants)
        };
        let (cost, revenue) = (1 + random.below(10_000), 1 + random.below(10_000));
        (from, to, cost, revenue)
    })
}

/// The same as the text of a table; a fifth as many participants as flows.
pub fn table(count: usize) -> String {
    table_among(count, (count / 5).max(2))
}

pub fn table_among(count: usize, participants: usize) -> String {
    let mut text = "payer,payee,cost,revenue\n".to_owned();
    for (from, to, cost, revenue) in flows(count, participants) {
        let (cost, revenue) = ((cost / 100, cost % 100), (revenue / 100, revenue % 100));
        let _ = writeln!(text, "p{from},p{to},{}.{:02},{}.{:02}", cost.0, cost.1, revenue.0, revenue.1);
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
