//! Every model of the repository: no diagnostics, the report a snapshot, the same bytes each time.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{models, plain, rendered, report, run};
use loopc::report::{Paint, text};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// A longer JSON report is kept as its digest.
const MOST_BYTES: usize = 1 << 20;

#[test]
fn models_have_no_faults_and_keep_their_claims() {
    let names = models();
    assert!(names.len() >= 5, "{names:?}");
    for path in names {
        let outcome = run(&path);
        assert!(outcome.diagnostics.is_empty(), "{path}\n{}", rendered(&outcome, plain(80)));
        let solution = outcome.solution.unwrap();
        assert!(
            !solution.findings.is_empty() && !solution.claims.is_empty(),
            "{path} asks or claims nothing"
        );
        assert!(solution.claims.iter().all(|claim| claim.holds == Some(true)), "{path}");
        for (state, solution) in outcome.scenarios {
            let solution = solution.unwrap();
            let name = state.laid.unwrap().scenario.name;
            assert!(!solution.claims.is_empty(), "{path}: the scenario {name} claims nothing");
            assert!(solution.claims.iter().all(|claim| claim.holds == Some(true)), "{path}: {name}");
        }
    }
}

#[test]
fn reports_are_snapshots() {
    for path in models() {
        let outcome = run(&path);
        let solution = outcome.solution.as_ref().unwrap();
        let written = outcome.compilation.written(solution, &outcome.diagnostics);
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".loop");
        insta::with_settings!({ snapshot_path => "snapshots/models", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("{name}.text"), text(&written, Paint { unicode: true, color: false }));
            insta::assert_snapshot!(format!("{name}.json"), kept(loopc::report::json(&written)));
            for (state, solution) in &outcome.scenarios {
                let scenario = &state.laid.as_ref().unwrap().scenario.name;
                let written = state.written(solution.as_ref().unwrap(), &[]);
                insta::assert_snapshot!(format!("{name}.{scenario}.text"), text(&written, Paint { unicode: true, color: false }));
            }
        });
    }
}

/// What is kept of a JSON report.
fn kept(json: String) -> String {
    if json.len() <= MOST_BYTES {
        return json;
    }
    let hash: String = Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} bytes, sha256 {hash}", json.len())
}

#[test]
fn lines_fit_into_a_terminal() {
    use unicode_width::UnicodeWidthStr as _;
    for path in models() {
        let outcome = run(&path);
        let solution = outcome.solution.as_ref().unwrap();
        let shown = text(&outcome.compilation.written(solution, &[]), Paint { unicode: true, color: false });
        for line in shown.lines() {
            assert!(line.width() <= 88, "{path}: {} columns\n{line}", line.width());
        }
    }
}

#[test]
fn the_same_bytes_every_time() {
    for path in models() {
        assert_eq!(report(&path), report(&path), "{path}");
    }
}

/// The values that the head comments state, which an independent program worked out. Those of the clearing network are
/// among what it claims itself.
#[test]
fn optima_are_those_worked_out_elsewhere() {
    let value = |path: &str, analysis: &str| {
        let document: Value = serde_json::from_str(&report(path)).unwrap();
        let all = document["analyses"].as_array().unwrap();
        let found = all.iter().find(|one| one["name"] == analysis).unwrap();
        found["objective"]["value"]["exact"].as_str().unwrap().to_owned()
    };
    assert_eq!(value("models/neighbourhood.loop", "trade"), "92/29");
    assert_eq!(value("models/o2o.loop", "trade"), "55/23");
    assert_eq!(value("models/o2o.loop", "personal_loop"), "5/2");
    assert_eq!(value("models/o2o.loop", "public_loop"), "50/19");
    assert_eq!(value("models/platform-chains.loop", "chain_of_baidu"), "1015/589");
    assert_eq!(value("models/platform-chains.loop", "chain_of_alibaba"), "406/235");
    assert_eq!(value("models/platform-chains.loop", "chain_of_tencent"), "30/17");
    assert_eq!(value("models/platform-chains.loop", "books_of_baidu"), "100/27");
    assert_eq!(value("models/wanda.loop", "capital"), "69500/46907");
    assert_eq!(value("models/wanda.loop", "books"), "792653/746459");
    assert_eq!(value("models/wanda.loop", "voice"), "15/14");
    assert_eq!(value("models/wanda.loop", "issue"), "59950400000/107");
    assert_eq!(value("models/wanda.loop", "issue_books"), "5905119200/321");
    assert_eq!(value("models/market/market.loop", "trade"), "26927/20886");
    assert_eq!(value("models/market/market.loop", "daily"), "4533/116");
    assert_eq!(value("models/clearing.loop", "set_off"), "515000");
    assert_eq!(value("models/clearing.loop", "credit"), "675000");
    assert_eq!(value("models/saas.loop", "growth"), "678000");
    assert_eq!(value("models/saas.loop", "lean"), "125/61");
    assert_eq!(value("models/bottles.loop", "whole"), "3401320");
    assert_eq!(value("models/bottles.loop", "dealers_own"), "1904700");
    assert_eq!(value("models/payment-fees.loop", "signed"), "14220");
    assert_eq!(value("models/payment-fees.loop", "wallet_only"), "13600");
    assert_eq!(value("models/tramp-steamer.loop", "steamer"), "118600/9");
    assert_eq!(value("models/tramp-steamer.loop", "quickest"), "24");
}
