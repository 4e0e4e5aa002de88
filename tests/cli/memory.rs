//! `--max-memory`: what is refused before it is taken.

use super::{ends, error, out, run};

#[test]
fn what_would_need_more_memory_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let report = report.to_str().unwrap();
    ends(&run(&["solve", "models/wanda.loop", "--max-memory", "1GB", "--format", "json", "-o", report]), 0);
    let refused = [
        &["solve", "models/wanda.loop", "--max-memory", "50kB"][..],
        &["check", "models/wanda.loop", "--max-memory", "50kB"],
        &["graph", "models/wanda.loop", "--format", "dot", "--max-memory", "50kB"],
        &["export", "models/wanda.loop", "--analysis", "capital", "--format", "lp", "--max-memory", "50kB"],
        &["verify", report, "--max-memory", "50kB"],
        &["check", "models/market/market.loop", "--max-memory", "12kB"],
    ];
    for arguments in refused {
        let output = run(arguments);
        ends(&output, 1);
        assert!(out(&output).is_empty(), "{}", out(&output));
        assert!(
            error(&output).contains("error[L0730]") && error(&output).contains("allows"),
            "{}",
            error(&output)
        );
        assert_eq!(error(&output).matches("[L0").count(), 1, "{}", error(&output));
    }
    // The table is larger than what is left: it is not read.
    assert!(error(&run(refused[5])).contains("reading `"), "{}", error(&run(refused[5])));
    let machine = run(&["check", "models/wanda.loop", "--max-memory", "50kB", "--message-format", "json"]);
    assert!(out(&machine).starts_with("{\"code\":\"L0730\""), "{}", out(&machine));
    ends(&run(&["check", "models/wanda.loop", "--max-memory", "much"]), 2);
    ends(&run(&["verify", report, "--max-memory", "1GB"]), 0);
}

/// The main file alone is larger than what is allowed: it is not read, whatever the command is.
#[test]
fn a_main_file_that_is_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("long.loop");
    // It is no model either, which nobody finds out.
    std::fs::write(&model, vec![0xff; 1_000_000]).unwrap();
    let model = model.to_str().unwrap();
    for command in ["check", "solve", "fix", "compare"] {
        let output = run(&[command, model, "--max-memory", "500kB"]);
        ends(&output, 1);
        assert!(error(&output).contains("error[L0730]"), "{command}: {}", error(&output));
        assert!(error(&output).contains("reading `"), "{command}: {}", error(&output));
        assert_eq!(error(&output).matches("[L0").count(), 1, "{command}: {}", error(&output));
    }
    let read = run(&["check", model, "--max-memory", "100MB"]);
    assert!(!error(&read).contains("L0730"), "{}", error(&read));
}

/// A model that fits once does not fit with all its scenarios, each of which is a model beside it.
#[test]
fn scenarios_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "currency EUR\n".to_owned();
    for place in 0..300 {
        let next = (place + 1) % 300;
        text.push_str(&format!(
            "participant p{place}: business\ncash flow f{place}: p{place} -> p{next} {{ cost: 2 EUR, revenue: 5 EUR }}\n"
        ));
    }
    text.push_str("loop best\nscenario one { loop one_best }\nscenario two { loop two_best }\nscenario three { loop three_best }\n");
    let model = folder.path().join("ring.loop");
    std::fs::write(&model, text).unwrap();
    let model = model.to_str().unwrap();
    ends(&run(&["solve", model, "--max-memory", "2MB"]), 0);
    ends(&run(&["check", model, "--max-memory", "10MB"]), 0);
    for command in [&["check", model][..], &["solve", model, "--all-scenarios"], &["compare", model]] {
        let output = run(&[command, &["--max-memory", "2MB"][..]].concat());
        ends(&output, 1);
        assert!(error(&output).contains("in 4 states needs about"), "{command:?}: {}", error(&output));
        assert_eq!(error(&output).matches("error[L0").count(), 1, "{command:?}: {}", error(&output));
    }
}
