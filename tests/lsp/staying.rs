//! What was found stays while somebody types, and is never said of a text that it was not found of.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};

const MODEL: &str = "currency CNY
participant a: business
participant b: business
cash flow pay: a -> b { cost: 2 CNY, capacity: 10 turn/year }
cash flow back: b -> a { revenue: 3 CNY }
loop l
plan p { period: year, maximize: profit }
expect l.ratio >= 1
scenario dear {
    change pay { cost: 5 CNY }
    expect l.ratio < 1
}
";

struct Desk {
    _folder: tempfile::TempDir,
    path: PathBuf,
    client: Client,
    version: i64,
}

impl Desk {
    /// A model that is open and solved, and is not solved again for a long time.
    fn solved() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let path = root.join("m.loop");
        let (mut client, _) = Client::begin_with(&root, &capabilities(true), &json!({ "pause": 0 }));
        client.open(&path, MODEL);
        let mut desk = Self { _folder: folder, path, client, version: 1 };
        assert_eq!(desk.settled(), SOLVED);
        desk.pause(60_000);
        desk
    }

    fn pause(&mut self, pause: u64) {
        self.client.tell("workspace/didChangeConfiguration", json!({ "settings": { "pause": pause } }));
    }

    fn change(&mut self, text: &str) {
        self.version += 1;
        self.client.change(&self.path, self.version, json!([{ "text": text }]));
    }

    fn lenses(&mut self) -> Vec<String> {
        let params = json!({ "textDocument": { "uri": uri(&self.path) } });
        let found = self.client.ask("textDocument/codeLens", params);
        let title = |one: &Value| one["command"]["title"].as_str().unwrap().to_owned();
        let titles = found.as_array().unwrap().iter().map(title);
        titles.filter(|title| !["run", "show report"].contains(&title.as_str())).collect()
    }

    /// The lines above, once all is solved.
    fn settled(&mut self) -> Vec<String> {
        loop {
            let lenses = self.lenses();
            if !lenses.iter().any(|lens| lens == "not solved yet" || lens.contains("before the last")) {
                return lenses;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The words between words, each with what it says of itself.
    fn hints(&mut self) -> Vec<(String, Option<String>)> {
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let params = json!({ "textDocument": { "uri": uri(&self.path) }, "range": whole });
        let found = self.client.ask("textDocument/inlayHint", params);
        let hint = |one: &Value| {
            (one["label"].as_str().unwrap().to_owned(), one["tooltip"].as_str().map(str::to_owned))
        };
        found.as_array().unwrap().iter().map(hint).collect()
    }

    fn hover(&mut self, line: u32, character: u32) -> String {
        let place = json!({ "line": line, "character": character });
        let params = json!({ "textDocument": { "uri": uri(&self.path) }, "position": place });
        self.client.ask("textDocument/hover", params)["contents"]["value"].as_str().unwrap().to_owned()
    }

    fn end(self) {
        assert_eq!(self.client.end(), Some(0));
    }
}

const SOLVED: [&str; 4] = [
    "maximize revenue / cost = 1.5 · proved",
    "maximize profit = 10 CNY/year · proved",
    "holds: l.ratio = 1.5",
    "holds: l.ratio = 0.6",
];

const BEFORE: &str = "before the last change";

#[test]
fn values_stay_until_there_are_others() {
    let mut desk = Desk::solved();
    desk.change(&MODEL.replace("3 CNY", "4 CNY"));
    let old = SOLVED.map(|lens| match lens.strip_suffix(" · proved") {
        Some(value) => format!("{value} · {BEFORE}"),
        None => format!("{lens} · {BEFORE}"),
    });
    assert_eq!(desk.lenses(), old);
    assert_eq!(desk.hints()[0], ("p: 10 turn/year …".to_owned(), Some(BEFORE.to_owned())));
    let (analysis, flow, property) = (desk.hover(5, 5), desk.hover(3, 10), desk.hover(7, 10));
    assert!(analysis.contains(&old[0]), "{analysis}");
    assert!(flow.contains(&format!("{BEFORE}:\n\n- on the best loop of `l`")), "{flow}");
    assert!(property.contains(&format!("= **1.5** · {BEFORE}")), "{property}");
    for told in [&analysis, &flow, &property] {
        assert!(!told.contains("· proved"), "{told}");
    }
    // A second change does not lose what the first kept.
    desk.change(&MODEL.replace("3 CNY", "5 CNY"));
    assert_eq!(desk.lenses(), old);
    desk.pause(0);
    assert_eq!(desk.settled()[0], "maximize revenue / cost = 2.5 · proved");
    assert_eq!(desk.hints()[0], ("p: 10 turn/year".to_owned(), None));
    assert!(!desk.hover(3, 10).contains(BEFORE));
    desk.end();
}

#[test]
fn values_go_with_what_they_are_of() {
    let mut desk = Desk::solved();
    // Of another name, of another kind, of another claim: nothing is known of it.
    desk.change(&MODEL.replace("loop l\n", "loop m\n").replace("l.ratio", "m.ratio"));
    assert_eq!(
        desk.lenses()[..3],
        ["not solved yet", &format!("maximize profit = 10 CNY/year · {BEFORE}"), "not solved yet"]
    );
    assert!(!desk.hover(3, 10).contains("`l`"));
    desk.change(&MODEL.replace("plan p { period: year, maximize: profit }", "loop p"));
    assert_eq!(desk.lenses()[1], "not solved yet");
    assert!(desk.hints().is_empty());
    desk.change(&MODEL.replace("l.ratio >= 1", "l.ratio >= 2"));
    assert_eq!(desk.lenses()[2], "not solved yet");
    desk.change(&MODEL.replace("scenario dear", "scenario other"));
    assert_eq!(desk.lenses()[3], "not solved yet");
    desk.end();
}

#[test]
fn values_outlast_errors() {
    let mut desk = Desk::solved();
    desk.change(&MODEL.replace("-> b { cost", "-> { cost"));
    let value = SOLVED[0].trim_end_matches(" · proved");
    assert_eq!(desk.lenses()[0], format!("{value} · before the errors"));
    // That it cannot be solved is known, and changes nothing; neither does another error.
    desk.pause(0);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(desk.lenses()[0], format!("{value} · before the errors"));
    desk.change(&MODEL.replace("-> b { cost", "-> c { cost"));
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(desk.lenses()[0], format!("{value} · before the errors"));
    desk.pause(60_000);
    desk.change(&MODEL.replace("3 CNY", "3.5 CNY"));
    assert_eq!(desk.lenses()[0], format!("{value} · {BEFORE}"));
    desk.pause(0);
    assert_eq!(desk.settled()[0], "maximize revenue / cost = 1.75 · proved");
    desk.end();
}

#[test]
fn a_model_that_never_was_solved_has_no_values() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let path: &Path = &root.join("m.loop");
    let (mut client, _) = Client::begin_with(&root, &capabilities(true), &json!({ "pause": 0 }));
    client.open(path, &MODEL.replace("-> b { cost", "-> { cost"));
    let mut desk = Desk { _folder: folder, path: path.to_path_buf(), client, version: 1 };
    assert!(desk.settled().iter().all(|lens| lens == "not solved: the model has errors"));
    // Closed and opened again it is another text.
    desk.change(MODEL);
    assert_eq!(desk.settled(), SOLVED);
    let document = json!({ "textDocument": { "uri": uri(&desk.path) } });
    desk.client.tell("textDocument/didClose", document);
    desk.pause(60_000);
    desk.client.open(&desk.path.clone(), MODEL);
    assert!(desk.lenses().iter().all(|lens| lens == "not solved yet"));
    desk.end();
}
