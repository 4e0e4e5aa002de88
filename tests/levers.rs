//! What a failed claim says would make it hold is done as it is said, and it holds: exactly, where the same loop, path
//! or plan stays the best.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{Outcome, run_source};
use loopc::source::SourceFile;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.next(from.len() as u64)).unwrap()]
    }
}

/// A model in which every cost, revenue and amount is a param of its own, named for it: `cost_f3`.
fn model(random: &mut Random) -> String {
    let mut text = "currency CNY\n".to_owned();
    let mut params = String::new();
    let mut figure = |word: &str, name: &str, value: u64| {
        params += &format!("param {word}_{name} = {value} CNY\n");
        format!("{word}: {word}_{name}")
    };
    let participants = 3 + random.next(3);
    for place in 0..participants {
        let own = match random.next(3) {
            0 => format!(" {{ {} }}", figure("cost", &format!("p{place}"), 1 + random.next(4))),
            _ => String::new(),
        };
        text += &format!("participant p{place}: business{own}\n");
    }
    let mut flows = 0;
    let mut flow = |text: &mut String, random: &mut Random, (from, to): (u64, u64)| {
        let name = format!("f{flows}");
        flows += 1;
        let mut given = vec![figure("cost", &name, 1 + random.next(9))];
        if random.next(3) > 0 {
            given.push(figure("revenue", &name, 1 + random.next(30)));
        }
        if random.next(4) == 0 {
            given.push(figure("amount", &name, 1 + random.next(9)));
        }
        if random.next(4) == 0 {
            given.push(format!("yield: {}% else p{from}", random.pick(&["20", "50", "80"])));
        }
        given.push(format!("capacity: {} turn", 5 + random.next(20)));
        let via = match (from + 1..participants).find(|via| *via != to) {
            Some(via) if random.next(5) == 0 => format!(" via p{via}"),
            _ => String::new(),
        };
        *text += &format!("cash flow {name}: p{from} -> p{to}{via} {{ {} }}\n", given.join(", "));
        if random.next(4) == 0 {
            let rider = figure("cost", &format!("r{name}"), 1 + random.next(5));
            *text += &format!("goods flow r{name}: p{to} -> p{from} {{ rides: {name} * 2, {rider} }}\n");
        }
    };
    for from in 0..participants {
        flow(&mut text, random, (from, (from + 1) % participants));
    }
    for _ in 0..random.next(4) {
        let from = random.next(participants);
        let to = (from + 1 + random.next(participants - 1)) % participants;
        flow(&mut text, random, (from, to));
    }
    let whose = random.pick(&["", "", "for: p0, "]);
    let objective = random.pick(&["revenue / cost", "revenue / cost", "profit"]);
    let analysis = match random.next(4) {
        0 => "plan a { maximize: profit }".to_owned(),
        1 => format!("path a {{ {whose}from: p0, to: p2, maximize: {objective} }}"),
        _ => format!("loop a {{ {whose}top: 3, maximize: {objective} }}"),
    };
    format!("{text}{params}{analysis}\n")
}

fn run(text: &str, settings: &[(String, String)]) -> Outcome {
    let source = SourceFile::from_text("model.loop".to_owned(), text.to_owned());
    run_source("model.loop", source, settings)
}

/// What a model finds, and what the first claim's first part came to; nothing where it has no answer.
fn found(outcome: &Outcome) -> Option<(String, String, bool)> {
    let solution = outcome.solution.as_ref()?;
    let finding = solution.findings.first()?;
    let claim = solution.claims.first()?;
    let used = match finding.best() {
        Some(walk) => format!("{:?}", walk.hops.iter().map(|hop| hop.flow).collect::<Vec<_>>()),
        None => match &finding.verdict {
            loopc::analysis::Verdict::Plan(plan) => {
                format!("{:?}", plan.flows.iter().map(|one| one.turns.clone()).collect::<Vec<_>>())
            }
            _ => return None,
        },
    };
    let (_, value) = claim.actual.first()?.split_once(" = ")?;
    Some((used, value.to_owned(), claim.holds?))
}

/// A figure that a diagnostic names, and the value that it is said to need: `("cost_f1", "(5/3) CNY")`.
fn told(help: &str) -> Option<(String, String)> {
    let (name, rest) = help.strip_prefix('`')?.split_once("`: ")?;
    let (word, rest) = rest.split_once(' ')?.1.split_once(" of ")?;
    let (bound, _) = rest.split_once("; now ")?;
    let number = ["exactly ", "more than ", "less than "]
        .iter()
        .fold(bound, |bound, prefix| bound.strip_prefix(prefix).unwrap_or(bound));
    let number = number.split(" CNY").next()?;
    Some((format!("{word}_{name}"), format!("{number} CNY")))
}

#[derive(Default, Debug)]
struct Tally {
    same: usize,
    other: usize,
    strict: usize,
    participants: usize,
    amounts: usize,
    plans: usize,
    silent: usize,
}

#[test]
fn what_is_told_to_do_does() {
    let mut tally = Tally::default();
    for seed in 0..1_500 {
        let mut random = Random(seed);
        let base = model(&mut random);
        let property = random.pick(&["ratio", "ratio", "value", "profit", "cost", "revenue"]);
        let probe = run(&format!("{base}expect a.{property} == a.{property}\n"), &[]);
        let Some((_, value, _)) = found(&probe) else { continue };
        let (number, unit) = value.split_once(' ').unwrap_or((&value, ""));
        if number.starts_with('-') || number == "0" || number.starts_with("about") {
            continue;
        }
        let (sign, factor) = match random.next(5) {
            0 => (">=", random.pick(&["1.1", "1.25", "2"])),
            1 => (">", random.pick(&["1", "1.1", "1.5"])),
            2 => ("<=", random.pick(&["0.9", "0.8", "1/2"])),
            3 => ("<", random.pick(&["1", "0.9", "0.8"])),
            _ => ("==", random.pick(&["0.9", "1.1", "3"])),
        };
        let unit = if unit.is_empty() { String::new() } else { format!(" * {unit}") };
        let text = format!("{base}expect a.{property} {sign} {number} * ({factor}){unit}\n");
        let failed = run(&text, &[]);
        let (used, ..) = found(&failed).unwrap_or_else(|| panic!("{text}"));
        let fault = failed.diagnostics.iter().find(|fault| fault.code.name() == "L0421");
        let fault = fault.unwrap_or_else(|| panic!("{text}"));
        let levers: Vec<(String, String)> = fault.help.iter().filter_map(|help| told(help)).collect();
        assert_eq!(levers.is_empty(), fault.help.is_empty(), "{text}{:?}", fault.help);
        assert_eq!(fault.labels.len(), 1 + levers.len(), "{text}");
        tally.silent += usize::from(levers.is_empty());
        for (param, needed) in levers {
            // The place is the figure's own.
            let sources = &failed.compilation.sources;
            assert!(fault.labels.iter().any(|label| sources.text(label.span) == param), "{text}{param}");
            let settings = [(param.clone(), needed.clone())];
            let moved = run(&text, &settings);
            let sure = fault.help.iter().any(|help| help.ends_with("it is no worse"));
            // A plan of nothing has no ratio, nor has a loop of which the books show no cost.
            let Some((then, value, holds)) = found(&moved) else {
                assert!(!sure, "{text}{settings:?}: {:?}", moved.diagnostics);
                tally.other += 1;
                continue;
            };
            let exact = run(&text.replace(&format!(" {sign} "), " == "), &settings);
            let equals = exact.solution.unwrap().claims[0].holds == Some(true);
            let case = || format!("{text}{settings:?}: {value}\n{:?}", fault.help);
            if then == used {
                assert!(equals, "{}", case());
                assert_eq!(holds, !matches!(sign, "<" | ">"), "{}", case());
                tally.same += 1;
                tally.strict += usize::from(matches!(sign, "<" | ">"));
                tally.participants += usize::from(param.contains("_p"));
                tally.amounts += usize::from(param.starts_with("amount"));
                tally.plans += usize::from(text.contains("plan a"));
            } else {
                tally.other += 1;
                assert!(holds || equals || !sure, "{}", case());
            }
        }
    }
    assert!(tally.same > 800 && tally.strict > 200 && tally.plans > 100, "{tally:?}");
    assert!(tally.participants >= 30 && tally.amounts >= 20, "{tally:?}");
    assert!(tally.other >= 60 && tally.silent >= 15, "{tally:?}");
}
