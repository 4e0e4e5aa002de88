//! What a model is estimated to need in memory, against what an allocator counts.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use loopc::pipeline::memory::{self, Beside, FACTOR, Memory, Texts};
use loopc::pipeline::{Compilation, Options, Solution, States, compile_each, compile_with};
use loopc::report;
use loopc::source::{Disk, SourceFile};
use peak_alloc::PeakAlloc;

/// Counts the bytes that are held, and the most that ever were.
#[global_allocator]
static HELD: PeakAlloc = PeakAlloc;

/// A network of so many flows among a fifth as many participants.
fn network(folder: &Path, flows: usize) -> PathBuf {
    let participants = flows / 5;
    let mut table = "payer,payee,cost,revenue\n".to_owned();
    let mut state = 7_u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for flow in 0..flows {
        let from = flow % participants;
        let to = if flow < participants { (from + 1) % participants } else { draw(participants) };
        let to = if to == from { (to + 1) % participants } else { to };
        let (cost, revenue) = (1 + draw(10_000), 1 + draw(10_000));
        let _ = writeln!(
            table,
            "p{from},p{to},{}.{:02},{}.{:02}",
            cost / 100,
            cost % 100,
            revenue / 100,
            revenue % 100
        );
    }
    std::fs::write(folder.join("flows.csv"), table).unwrap();
    let model = folder.join("network.loop");
    std::fs::write(
        &model,
        "currency EUR\nimport flows from \"flows.csv\" {\n    medium: cash, from: payer, to: payee, role: business\n    cost: cost * EUR, revenue: revenue * EUR\n}\nloop best\n",
    )
    .unwrap();
    model
}

/// A ring written by hand.
fn ring(folder: &Path, flows: usize) -> PathBuf {
    let mut text = "currency EUR\n".to_owned();
    for place in 0..flows {
        let next = (place + 1) % flows;
        let _ = writeln!(text, "participant p{place}: business");
        let _ = writeln!(
            text,
            "cash flow f{place}: p{place} -> p{next} {{ cost: {}.25 EUR, revenue: 5 EUR }}",
            place % 7
        );
    }
    let model = folder.join("ring.loop");
    std::fs::write(&model, text + "loop best\n").unwrap();
    model
}

/// A plan whose flows all have capacities.
fn plan(folder: &Path, flows: usize) -> PathBuf {
    let mut text = "currency EUR\nparticipant hub: platform\nparticipant far: consumer\n".to_owned();
    for flow in 1..=flows {
        let _ = writeln!(
            text,
            "cash flow f{flow}: hub -> far {{ revenue: 3 EUR, cost: 1.25 EUR, capacity: {flow} turn/day }}"
        );
    }
    let model = folder.join("plan.loop");
    let rest = "cash flow back: far -> hub { cost: 0.01 EUR }\nplan all {\n    period: day\n    maximize: profit\n}\n";
    std::fs::write(&model, text + rest).unwrap();
    model
}

fn texts(model: &Path) -> Texts {
    let size = |name: &str| std::fs::read(model.with_file_name(name)).map_or(0, |bytes| bytes.len() as u64);
    let table = std::fs::read_to_string(model.with_file_name("flows.csv")).unwrap_or_default();
    Texts {
        sources: size(&model.file_name().unwrap().to_string_lossy()),
        tables: table.len() as u64,
        rows: table.lines().count() as u64,
    }
}

fn compiled(model: &Path, most: Option<u64>) -> Compilation {
    let source = SourceFile::from_bytes(model.to_string_lossy().into_owned(), std::fs::read(model).unwrap());
    let options = Options { memory: Memory(most), ..Options::default() };
    compile_with((model.to_path_buf(), source), options, &Disk)
}

/// The most that was held while something was made, beyond what was held before; the thing itself.
fn peak<T>(before: usize, make: impl FnOnce() -> T) -> (u64, T) {
    HELD.reset_peak_usage();
    let made = make();
    (HELD.peak_usage().saturating_sub(before) as u64, made)
}

/// For each phase what was estimated, and what it took.
fn phases(model: &Path) -> Vec<(&'static str, u64, u64)> {
    let texts = texts(model);
    let before = HELD.current_usage();
    let (compiling, mut compilation) = peak(before, || compiled(model, None));
    let (solving, solution) = peak(before, || compilation.solve(&[]).unwrap());
    let estimated = memory::solving(&texts, &compilation.checked.model, &|_| true);
    let written = memory::writing(&texts, &compilation.checked.model, &solution.findings);
    let (as_text, _) = peak(before, || {
        let report = compilation.written(&solution, &[]);
        report::text(&report, report::Paint { unicode: true, color: false })
    });
    let (as_table, _) = peak(before, || report::spreadsheet(&compilation.written(&solution, &[])));
    let (as_json, _) = peak(before, || {
        report::write_json(&compilation.written(&solution, &[]), &mut std::io::sink()).unwrap();
    });
    vec![
        ("compiling", texts.compiling(), compiling),
        ("solving", estimated, solving),
        ("as text", written, as_text),
        ("as a table", written, as_table),
        ("as JSON", written, as_json),
    ]
}

/// A model with scenarios, all of whose states are held together: the same of each phase.
fn states(model: &Path, most: Option<u64>) -> Vec<Compilation> {
    let source = SourceFile::from_bytes(model.to_string_lossy().into_owned(), std::fs::read(model).unwrap());
    let options = Options { memory: Memory(most), ..Options::default() };
    compile_each((model.to_path_buf(), source), (options, &States::All), &Disk).unwrap()
}

fn with_scenarios(folder: &Path, make: fn(&Path, usize) -> PathBuf, flows: usize) -> PathBuf {
    let model = make(folder, flows);
    let mut text = std::fs::read_to_string(&model).unwrap();
    for name in ["few", "many", "none"] {
        let _ = writeln!(text, "scenario {name} {{ loop {name}_best }}");
    }
    std::fs::write(&model, text).unwrap();
    model
}

fn phases_of_states(model: &Path) -> Vec<(&'static str, u64, u64)> {
    let texts = texts(model);
    let before = HELD.current_usage();
    let (compiling, mut all) = peak(before, || states(model, None));
    assert_eq!(all.len(), 4);
    let others = all[..3].iter().fold(Beside::default(), |others, state| others.and(&state.checked.model));
    let (solving, solutions) =
        peak(before, || all.iter_mut().map(|state| state.solve(&[]).unwrap()).collect::<Vec<Solution>>());
    let last = &all[3];
    let estimated = memory::solving_beside((&texts, others), &last.checked.model, &|_| true);
    let written = memory::writing_beside((&texts, others), &last.checked.model, &solutions[3].findings);
    let (as_json, _) = peak(before, || {
        let reports: Vec<_> =
            all.iter().zip(&solutions).map(|(state, solution)| state.written(solution, &[])).collect();
        report::write_all_json(&reports, &mut std::io::sink()).unwrap();
    });
    vec![
        ("compiling", texts.compiling_beside(others), compiling),
        ("solving", estimated, solving),
        ("as JSON", written, as_json),
    ]
}

/// How a model is made, and of how many flows.
type Sample = (fn(&Path, usize) -> PathBuf, usize);

/// One test in a process of its own: others would be counted too.
#[test]
fn estimates_are_within_a_factor_of_what_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    let models: [Sample; 4] = [(network, 10_000), (network, 60_000), (ring, 5_000), (plan, 3_000)];
    for (make, flows) in models {
        let own = folder.path().join(format!("{flows}"));
        std::fs::create_dir(&own).unwrap();
        let model = make(&own, flows);
        for (phase, estimated, measured) in phases(&model) {
            let name = model.file_name().unwrap().to_string_lossy().into_owned();
            println!("{name:<14} {phase:<10} estimated {estimated:>11} measured {measured:>11}");
            if estimated > measured * FACTOR || measured > estimated * FACTOR {
                wrong.push(format!("{name}, {phase}: estimated {estimated}, measured {measured}"));
            }
        }
    }
    for (make, flows) in [(network as fn(&Path, usize) -> PathBuf, 40_000), (ring, 4_000)] {
        let own = folder.path().join(format!("states {flows}"));
        std::fs::create_dir(&own).unwrap();
        let model = with_scenarios(&own, make, flows);
        for (phase, estimated, measured) in phases_of_states(&model) {
            println!("{flows} in 4 states {phase:<10} estimated {estimated:>11} measured {measured:>11}");
            if estimated > measured * FACTOR || measured > estimated * FACTOR {
                wrong.push(format!("{flows} in states, {phase}: estimated {estimated}, measured {measured}"));
            }
        }
        too_many_states_are_not_made(&model);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    refused_before_it_is_taken(folder.path());
}

/// What fits once and not four times is refused before it is made, and solving counts the others too.
fn too_many_states_are_not_made(model: &Path) {
    let texts = texts(model);
    let one = Beside::default().and(&states(model, None)[0].checked.model);
    let most = texts.compiling() + one.bytes * 3 / 2;
    let before = HELD.current_usage();
    let (taken, all) = peak(before, || states(model, Some(most)));
    let told: Vec<Vec<String>> =
        all.iter().map(|state| state.report().iter().map(|one| one.message.clone()).collect()).collect();
    let refused: Vec<&Vec<String>> = told.iter().filter(|told| !told.is_empty()).collect();
    // The first is made, and tells what all of them would weigh: none is solved.
    assert_eq!((all.len(), refused.len()), (4, 4), "{told:?}");
    assert!(refused.iter().all(|one| one == &refused[0] && one.len() == 1), "{told:?}");
    assert!(refused[0][0].contains("in 4 states needs about"), "{told:?}");
    assert!(taken < most * FACTOR, "{taken} of {most}");
    let alone = compiled(model, Some(most));
    assert!(!alone.has_errors());
}

/// A table that is too large is not even read, and one that would make too large a model is not resolved.
fn refused_before_it_is_taken(folder: &Path) {
    let model = network(folder, 100_000);
    let texts = texts(&model);
    for (most, stage) in [(texts.tables / 2, "reading"), (texts.compiling() / 2, "compiling")] {
        let before = HELD.current_usage();
        let (taken, compilation) = peak(before, || compiled(&model, Some(most)));
        let diagnostics = compilation.report();
        let told: Vec<&str> = diagnostics.iter().map(|one| one.code.name()).collect();
        assert_eq!(told, ["L0730"]);
        assert!(diagnostics[0].message.starts_with(stage), "{}", diagnostics[0].message);
        assert!(taken < most + 100_000, "{stage}: {taken} of {most}");
    }
    let need = |compilation: &Compilation| memory::solving(&texts, &compilation.checked.model, &|_| true);
    let mut compilation = compiled(&model, Some(texts.compiling()));
    let enough = need(&compilation) <= texts.compiling();
    assert_eq!(compilation.solve(&[]).is_some(), enough);
    assert_eq!(compilation.has_errors(), !enough);
    let mut compilation = compiled(&model, Some(need(&compilation).max(texts.compiling())));
    assert!(compilation.solve(&[]).is_some());
}
