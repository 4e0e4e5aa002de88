//! What is written otherwise says the same: models are solved before and after, and the reports held together.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};
use super::{place, shown};

/// The analyses of a model and of its scenarios, and which claims hold: without texts, which name what was renamed.
fn report(path: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_loopc"))
        .args(["solve", "--format", "json", "--all-scenarios"])
        .arg(path)
        .output()
        .unwrap();
    assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut report: Value = serde_json::from_slice(&output.stdout).unwrap();
    strip(&mut report);
    report
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for place in ["files", "text", "actual", "diagnostics", "certificate"] {
                fields.remove(place);
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(all) => all.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The edits of each action of a title that is offered where a declaration begins.
fn offered(client: &mut Client, path: &Path, text: &str, title: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let starts = text.match_indices(" flow ").map(|(at, _)| at + 1).chain([0]);
    for at in starts {
        let at = place(text, at);
        let params = json!({
            "textDocument": { "uri": uri(path) },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [], "only": ["refactor.rewrite", "source"] },
        });
        let answer = client.ask("textDocument/codeAction", params);
        for one in answer.as_array().unwrap() {
            if one["title"].as_str().unwrap().contains(title) {
                let new = shown::edited(text, shown::of_file(&one["edit"], &uri(path)));
                if !found.contains(&new) {
                    found.push(new);
                }
            }
        }
    }
    found
}

struct Desk {
    folder: tempfile::TempDir,
    client: Client,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (client, _) = Client::begin(&root, &capabilities(true));
        Self { folder, client }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// The texts that actions of a title make of a model, each solved; and the model's own report.
    fn rewritten(&mut self, text: &str, title: &str) -> (Value, Vec<(String, Value)>) {
        let (path, other) = (self.path("model.loop"), self.path("other.loop"));
        std::fs::write(&path, text).unwrap();
        self.client.open(&path, text);
        let texts = offered(&mut self.client, &path, text, title);
        self.client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
        let solved = |new: String| {
            std::fs::write(&other, &new).unwrap();
            let report = report(&other);
            (new, report)
        };
        (report(&path), texts.into_iter().map(solved).collect())
    }
}

/// A report in which hops have the names of single flows: `ask.2` is `ask_2`.
fn single(report: &Value, chains: &[&str]) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap();
    for chain in chains {
        for hop in 1..9 {
            text = text.replace(&format!("{chain}.{hop}"), &format!("{chain}_{hop}"));
        }
    }
    text
}

const MODELS: [&str; 5] = [
    "models/neighbourhood.loop",
    "models/o2o.loop",
    "models/platform-chains.loop",
    "models/table-one.loop",
    "tests/lsp/cases/action-unchain.case",
];

fn model(name: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    text.replace(super::CURSOR, "")
}

/// The names of the chains of a text.
fn chains(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.matches("->").count() > 1);
    lines
        .filter_map(|line| line.split_once(" flow ")?.1.trim().split_once(':'))
        .map(|(name, _)| name.trim())
        .collect()
}

#[test]
fn chains_and_single_flows_say_the_same() {
    let mut desk = Desk::new();
    let (mut apart, mut again) = (0, 0);
    for name in MODELS {
        let text = model(name);
        let names = chains(&text);
        assert!(!names.is_empty(), "{name}");
        let (before, all) = desk.rewritten(&text, "single flows");
        assert_eq!(all.len(), names.len(), "{name}: each chain can be written as flows");
        for (new, after) in all {
            let (one, two) = (single(&before, &names), single(&after, &names));
            for (a, b) in one.lines().zip(two.lines()) {
                assert_eq!(a, b, "{name}");
            }
            assert_eq!(one, two, "{name}\n{new}");
            apart += 1;
            let (_, back) = desk.rewritten(&new, "as a chain");
            for (newer, last) in back.iter().filter(|(newer, _)| chains(newer).len() == names.len()) {
                // The chain that is made may be another: then its hops have other names.
                if chains(newer) == names {
                    assert_eq!(single(&before, &names), single(last, &names), "{name}\n{newer}");
                    again += 1;
                }
            }
        }
    }
    assert!(apart >= 5 && again >= 5, "{apart} chains apart, {again} together again");
    assert_eq!(desk.client.end(), Some(0));
}

#[test]
fn flows_that_become_a_chain_say_the_same() {
    let mut desk = Desk::new();
    for (name, chain) in [("action-chain", "ask"), ("action-chain-removed", "c1")] {
        let text = model(&format!("tests/lsp/cases/{name}.case"));
        let (before, all) = desk.rewritten(&text, "as a chain");
        assert!(!all.is_empty(), "{name}");
        for (new, after) in all {
            let made = chains(&new);
            let renamed = |report: &Value| {
                let text = serde_json::to_string_pretty(report).unwrap();
                // The first flow gives the chain its name, or what its flows have in common.
                match made.as_slice() {
                    ["c1"] => text.replace("c1.1", "c1").replace("c1.2", "c2"),
                    ["c3" | "c2"] => text.replace("c3.1", "c3").replace("c2.1", "c2").replace("c2.2", "c3"),
                    _ => single(report, &[chain]),
                }
            };
            assert_eq!(renamed(&before), renamed(&after), "{name}\n{new}");
        }
    }
    assert_eq!(desk.client.end(), Some(0));
}

/// Attributes of a flow that are of the wrong unit, each by one factor.
const CLASHES: [&str; 12] = [
    "cost: 5",
    "cost: 60k",
    "cost: -12%",
    "cost: wage",
    "cost: wage + 2 CNY/day",
    "cost: (wage) - (2 CNY/day)",
    "cost: 1 CNY + (wage - 2 CNY/day)",
    "cost: 2 + 1 CNY",
    "cost: 1 CNY - 0.50",
    "cost: max(1 CNY, wage)",
    "capacity: 5 CNY/year",
    "yield: 50% / day else b",
];

#[test]
fn what_lacks_one_factor_has_it_then() {
    let mut desk = Desk::new();
    let path = desk.path("model.loop");
    for clash in CLASHES {
        let text = format!(
            "currency CNY\nparticipant a: business\nparticipant b: business\nparam wage = 200 CNY/day\n\
             cash flow g: a -> b {{ cost: wage * 1 day }}\n\
             cash flow f: b -> a {{ {clash}, revenue: 9 CNY }}\nloop l\n"
        );
        desk.client.open(&path, &text);
        let start = text.rfind(clash).unwrap();
        let params = json!({
            "textDocument": { "uri": uri(&path) },
            "range": { "start": place(&text, start), "end": place(&text, start + clash.len()) },
            "context": { "diagnostics": [], "only": ["quickfix"] },
        });
        let answer = desk.client.ask("textDocument/codeAction", params);
        let writes = |one: &&Value| one["title"].as_str().unwrap().starts_with("write ");
        let fix =
            answer.as_array().unwrap().iter().find(writes).unwrap_or_else(|| panic!("{clash}: {answer}"));
        assert!(fix.get("isPreferred").is_none(), "it is likely, and not certain");
        let new = shown::edited(&text, shown::of_file(&fix["edit"], &uri(&path)));
        desk.client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
        std::fs::write(&path, &new).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_loopc"))
            .args(["check", "--message-format", "short"])
            .arg(&path)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(!told.contains("L03"), "{clash}\n{new}\n{told}");
    }
    assert_eq!(desk.client.end(), Some(0));
}

#[test]
fn declarations_in_groups_say_the_same() {
    let mut desk = Desk::new();
    let mut moved = 0;
    let names = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("models")).unwrap();
    let mut names: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "loop"));
    names.sort();
    for name in names {
        // Analyses before flows, and flows of each kind in their order.
        let text = std::fs::read_to_string(&name).unwrap();
        let Some(start) = text.find("\nloop ").or_else(|| text.find("\nclosure ")) else { continue };
        let (declared, asked) = text.split_at(start + 1);
        let mixed = format!("{asked}\n{declared}");
        let (before, all) = desk.rewritten(&mixed, "group the declarations");
        assert_eq!(all.len(), 1, "{}", name.display());
        for (new, after) in all {
            assert_eq!(before, after, "{}\n{new}", name.display());
            let (_, again) = desk.rewritten(&new, "group the declarations");
            assert!(again.is_empty(), "what is in order stays");
            moved += 1;
        }
    }
    assert!(moved > 5, "only {moved} models had another order");
    assert_eq!(desk.client.end(), Some(0));
}

#[test]
fn groups_keep_the_line_ends_of_a_file() {
    let mut desk = Desk::new();
    let text = "\u{feff}loop l // asked\ncash flow f: a -> b { cost: 1 CNY }\ncash flow g: b -> a { revenue: 2 CNY }\n\
                participant a: business\nparticipant b: business\ncurrency CNY\n";
    let (_, all) = desk.rewritten(&text.replace('\n', "\r\n"), "group the declarations");
    let wanted = "\u{feff}currency CNY\n\nparticipant a: business\nparticipant b: business\n\n\
                  cash flow f: a -> b { cost: 1 CNY }\ncash flow g: b -> a { revenue: 2 CNY }\n\nloop l // asked\n";
    assert_eq!(all.into_iter().map(|(new, _)| new).collect::<Vec<_>>(), [wanted.replace('\n', "\r\n")]);
    assert_eq!(desk.client.end(), Some(0));
}
