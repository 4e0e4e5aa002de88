//! Models as people write them, as many as are asked for: the same text on every machine.
//!
//! Each has participants of several roles, a ring of flows that joins all of them and others across, riders, yields, params and
//! capacities; a loop, a plan and a closure are asked, and expectations that hold whatever the numbers are.

use std::fmt::Write as _;

use crate::random::Random;

const ROLES: [&str; 6] = ["platform", "consumer", "business", "payment", "logistics", "finance"];
/// Goods ride.
const MEDIA: [&str; 3] = ["cash", "information", "service"];

/// One in so many flows across rides the flow before it; one in so many loses what it tries.
const RIDERS: usize = 6;
const LOSSES: usize = 7;

/// The model of a seed, with so many flows, five at least.
pub fn model(seed: u64, flows: usize) -> String {
    let mut random = Random::new(seed);
    let participants = (flows / 4).max(3);
    let mut text = format!("model \"Model {seed}\"\n\ncurrency CNY\n\n");
    for place in 0..participants {
        let role = ROLES[place % ROLES.len()];
        let own = if random.chance(30) {
            format!(" {{ cost: 0.{} CNY }}", 10 + random.below(80))
        } else {
            String::new()
        };
        let _ = writeln!(text, "participant p{place}: {role} \"Number {place}\"{own}");
    }
    let _ = writeln!(
        text,
        "\nparam take = {}%\nparam basket = {} CNY\n",
        3 + random.below(9),
        80 + random.below(200)
    );
    for place in 0..flows {
        if place < participants {
            let _ = writeln!(text, "{}", flow(&mut random, place, (place, (place + 1) % participants)));
            continue;
        }
        let from = random.below(participants);
        let to = (from + 1 + random.below(participants - 1)) % participants;
        let _ = if place % RIDERS == 0 {
            writeln!(
                text,
                "goods flow f{place}: p{from} -> p{to} {{ rides: f{}, cost: {}.5 CNY }}",
                place - 1,
                1 + random.below(4)
            )
        } else {
            writeln!(text, "{}", flow(&mut random, place, (from, to)))
        };
    }
    text + QUESTIONS
}

/// A flow between two participants, with what it costs and earns.
fn flow(random: &mut Random, place: usize, (from, to): (usize, usize)) -> String {
    let medium = random.pick(&MEDIA);
    let mut given = vec![
        format!("cost: {}.{} CNY", 1 + random.below(12), random.below(10)),
        format!("capacity: {} turn/month", 100 * (1 + random.below(90))),
    ];
    match random.below(3) {
        0 => given.push(format!("revenue: {}.{} CNY", 2 + random.below(25), random.below(10))),
        1 => given.push("revenue: take * basket".to_owned()),
        _ => {}
    }
    if place % LOSSES == 1 {
        given.push(format!("yield: {}% else p{from}", 5 * (2 + random.below(15))));
    }
    if medium == "cash" {
        given.push(format!("amount: {}.25 CNY", 1 + random.below(60)));
    }
    format!("{medium} flow f{place}: p{from} -> p{to} {{ {} }}", given.join(", "))
}

const QUESTIONS: &str = "
loop trade \"The best loop\" { maximize: revenue / cost, top: 3 }

plan month1 \"A month\" {
    period:   month
    maximize: profit
    require:  cost <= 500_000 CNY/month
}

closure whole \"All of it\"

expect trade.proved and trade.ratio > 0
expect trade.length >= 2
expect month1.proved and month1.profit >= 0
expect month1.cost <= 500_000 CNY/month
expect whole.closed
";
