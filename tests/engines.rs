//! Every engine writes the same report, to the byte: on all models, and on random networks with sums and ratios.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(dead_code, reason = "shared with other tests")]

mod common;
#[path = "meaning/random.rs"]
mod random;

use std::fmt::Write as _;
use std::path::PathBuf;

use common::models;
use loopc::analysis::Verdict;
use loopc::pipeline::compile;
use loopc::solve::Engine;
use loopc::source::{Disk, SourceFile};
use random::Random;

fn source(path: &str) -> SourceFile {
    SourceFile::from_bytes(path.to_owned(), std::fs::read(path).unwrap())
}

/// The report by one engine, and how many plans it found.
fn report(path: &str, source: SourceFile, engine: Engine) -> (String, usize) {
    let mut compilation = compile((PathBuf::from(path), source), &[], &Disk);
    compilation.engine = engine;
    let solution = compilation.solve(&[]).unwrap_or_else(|| panic!("{path}: {:?}", compilation.diagnostics));
    let plans = solution.findings.iter().filter(|one| matches!(one.verdict, Verdict::Plan(_))).count();
    (loopc::report::json(&compilation.written(&solution, &[])), plans)
}

#[test]
fn every_model_has_one_report() {
    for path in models() {
        let [first, others @ ..] = Engine::ALL.map(|engine| report(&path, source(&path), engine));
        assert!(others.iter().all(|other| *other == first), "{path}");
    }
}

/// Firms that trade, with prices on purpose alike; sums and ratios of them, with minima, ways in and out.
fn network(seed: u64) -> String {
    let mut random = Random::new(seed);
    let firms = 2 + random.below(9);
    let mut text = "currency EUR\n".to_owned();
    for firm in 0..firms {
        let open = match random.below(8) {
            0 => format!(" {{ source: {} turn }}", random.below(30)),
            1 => format!(" {{ sink: {} turn }}", random.below(30)),
            2 => " { source: 9 turn, sink: 9 turn }".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(text, "participant f{firm}: business{open}");
    }
    let flows = 3 + random.below(4 * firms);
    for flow in 0..flows {
        let from = random.below(firms);
        let to = (from + 1 + random.below(firms - 1)) % firms;
        let mut amount = |most: usize| format!("{}.{:02}", random.below(most), 25 * random.below(4));
        let (cost, revenue, capacity) = (amount(4), amount(6), amount(40));
        let minimum = if random.below(12) == 0 { ", minimum: 1 turn" } else { "" };
        let _ = writeln!(
            text,
            "goods flow g{flow}: f{from} -> f{to} {{ cost: {cost} EUR + 1 EUR, revenue: {revenue} EUR, \
             capacity: {capacity} turn + 1 turn{minimum} }}"
        );
    }
    text.push_str("plan most { maximize: profit }\nplan least { minimize: cost - 2 * revenue }\n");
    text.push_str(
        "plan rate { maximize: (revenue + 100 EUR) / (cost + 50 EUR) }\nplan wide { maximize: volume }\n",
    );
    text
}

#[test]
fn random_networks_have_one_report() {
    let mut seen = 0;
    for seed in 0..150 {
        let text = network(seed);
        let of = |engine| {
            let source = SourceFile::from_bytes("network.loop".to_owned(), text.clone().into_bytes());
            report("network.loop", source, engine)
        };
        let (by_network, plans) = of(Engine::Network);
        let (by_programs, _) = of(Engine::Lp);
        assert_eq!(by_network, by_programs, "seed {seed}\n{text}");
        seen += plans;
    }
    assert!(seen > 300, "{seen}");
}
