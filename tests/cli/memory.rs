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
