//! Models of any size, as a person or a program would write them, the same each time.

use std::fmt::Write as _;

/// How many participants share the flows: each has about eight.
const FLOWS_EACH: usize = 8;

fn participants(text: &mut String, count: usize) {
    for number in 0..count {
        let role = ["business", "consumer", "logistics", "platform"][number % 4];
        let _ = writeln!(
            text,
            "/// Branch {number} of the network, as the register of {} has it.",
            1990 + number % 30
        );
        let _ = writeln!(
            text,
            "participant shop_{number}: {role} \"Shop no. {number}\" {{ cost: 0.{:02} CNY }}",
            number % 100
        );
    }
}

fn params(text: &mut String, count: usize) {
    for number in 0..count {
        let _ = writeln!(text, "param price_{number} = {}.50 CNY", 10 + number % 90);
        let _ = writeln!(
            text,
            "param fee_{number}   = 0.{}% * price_{number} + 1.20 CNY    // what the bank takes",
            1 + number % 9
        );
    }
}

/// One flow of a ring or a chord; every seventh with a rider, every eleventh a chain.
fn flow(text: &mut String, number: usize, parties: usize) {
    let tail = number % parties;
    // Rings with steps that share no factor with their number, so that everything hangs together.
    let head = (tail + 1 + number / parties * 3) % parties;
    let param = number / FLOWS_EACH;
    let _ = match number % 11 {
        0 => writeln!(
            text,
            "cash flow pay_{number}: shop_{tail} -> shop_{head} -> shop_{} {{\n    each hop: {{ cost: fee_{param}, revenue: 2 * price_{param} }}\n}}",
            (head + 1) % parties
        ),
        1..=3 => writeln!(
            text,
            "information flow pay_{number}: shop_{tail} -> shop_{head} {{\n    cost:  0.08 CNY + {}.25% * fee_{param}\n    yield: {}% else shop_{tail}\n}}",
            number % 9,
            4 + number % 90
        ),
        _ => writeln!(
            text,
            "cash flow pay_{number}: shop_{tail} -> shop_{head} {{\n    revenue: {}% * price_{param}      // the margin after buying the goods\n    cost:    fee_{param} / 3\n    amount:  price_{param}\n}}",
            5 + number % 20
        ),
    };
    if number % 7 == 4 && !number.is_multiple_of(11) {
        let _ = writeln!(
            text,
            "goods flow parcel_{number}: shop_{head} -> shop_{tail} {{ rides: pay_{number}, amount: 1 parcel, cost: 6.50 CNY, payer: shop_{tail} }}"
        );
    }
}

/// A model of about so many flows, with comments, params, chains and riders.
pub fn model(flows: usize) -> String {
    let parties = (flows / FLOWS_EACH).max(3);
    let mut text = String::from("model \"A network of shops\"\n\ncurrency CNY\nunit parcel\n\n");
    participants(&mut text, parties);
    params(&mut text, flows / FLOWS_EACH + 1);
    for number in 0..flows {
        // Heads that are tails would be a flow to itself.
        if !(1 + number / parties * 3).is_multiple_of(parties) {
            flow(&mut text, number, parties);
        }
    }
    text.push_str("\nloop trade \"Best closed loop\" { maximize: revenue / cost }\n");
    text
}
