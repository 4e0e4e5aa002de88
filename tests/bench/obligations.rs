//! Who owes whom in a trade-credit network: tables of any size, the same bytes on every machine.
//!
//! Few firms owe and are owed by many, most by few: a row is more likely to name a firm the more rows name it already,
//! as in Simon's process, which gives degrees a tail like a power's. Amounts are products of several draws, so that they
//! spread over orders of magnitude like incomes do; cents, so that nothing is rounded.
//! Source: H. A. Simon 1955, On a class of skew distribution functions, Biometrika 42.

use std::fmt::Write as _;

use crate::random::Random;

/// The rows and firms of the table in `models/clearing-network/`.
#[allow(dead_code, reason = "a bench has sizes of its own")]
pub const COMMITTED: (usize, usize) = (5_000, 600);

/// In so many of a hundred rows a firm is one that an earlier row names; else any of all.
const KNOWN: usize = 60;

/// So many of a hundred obligations are disputed.
const DISPUTED: usize = 4;

/// An amount in cents is the product of so many draws, each up to the greatest.
const DRAWS: usize = 5;
const GREATEST: usize = 25;

/// What the fund may lend one firm, in EUR; each as likely.
const LIMITS: [usize; 5] = [500, 1_000, 2_000, 5_000, 10_000];

pub struct Obligation {
    pub debtor: usize,
    pub creditor: usize,
    pub cents: usize,
    pub lodged: bool,
}

/// So many obligations among so many firms, two at least.
pub fn obligations(count: usize, firms: usize) -> Vec<Obligation> {
    let mut random = Random::new(1955);
    let mut all: Vec<Obligation> = Vec::with_capacity(count);
    while all.len() < count {
        let debtor = firm(&mut random, (&all, firms), |known| known.debtor);
        let creditor = firm(&mut random, (&all, firms), |known| known.creditor);
        if debtor == creditor {
            continue;
        }
        let scale: usize = (0..DRAWS).map(|_| 1 + random.below(GREATEST)).product();
        let cents = scale + random.below(100);
        let lodged = !random.chance(DISPUTED);
        all.push(Obligation { debtor, creditor, cents, lodged });
    }
    all
}

fn firm(
    random: &mut Random,
    (all, firms): (&[Obligation], usize),
    side: impl Fn(&Obligation) -> usize,
) -> usize {
    if all.is_empty() || !random.chance(KNOWN) {
        return random.below(firms);
    }
    side(&all[random.below(all.len())])
}

/// The table of obligations.
pub fn table(all: &[Obligation]) -> String {
    let mut text = "debtor,creditor,owed,state\n".to_owned();
    for Obligation { debtor, creditor, cents, lodged } in all {
        let (debtor, creditor) = (name(*debtor), name(*creditor));
        let state = if *lodged { "lodged" } else { "disputed" };
        let _ = writeln!(text, "{debtor},{creditor},{}.{:02},{state}", cents / 100, cents % 100);
    }
    text
}

/// The table of firms, with what a fund may lend each.
#[allow(dead_code, reason = "a bench has no fund")]
pub fn firms(count: usize) -> String {
    let mut random = Random::new(1991);
    let mut text = "firm,line\n".to_owned();
    for place in 0..count {
        let _ = writeln!(text, "{},{}", name(place), random.pick(&LIMITS));
    }
    text
}

fn name(firm: usize) -> String {
    format!("F{:05}", firm + 1)
}
