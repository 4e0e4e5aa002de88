//! Settings: however a client sends them, what each does, and what is said of a wrong one.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};

/// A best loop worth 92/29, a plan, a chain, a param that is computed, and a participant of no use.
const MODEL: &str = "currency CNY
participant a: business
participant b: business
participant idle: business
param fee = 29 CNY
param gain = 3 * fee + 5 CNY
cash flow pay: a -> b { cost: fee, capacity: 10 turn/year }
cash flow back: b -> a { revenue: gain }
information flow ask: a -> b -> a { each hop: { cost: 100 CNY } }
loop trade
plan year1 { period: year, over: cash, maximize: profit }
";

struct Bench {
    _folder: tempfile::TempDir,
    root: PathBuf,
    path: PathBuf,
}

impl Bench {
    fn new(project: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let path = root.join("m.loop");
        std::fs::write(&path, MODEL).unwrap();
        if let Some(text) = project {
            std::fs::write(root.join("loop.toml"), text).unwrap();
        }
        Self { _folder: folder, root, path }
    }

    fn client(&self, options: &Value) -> Client {
        Client::begin_with(&self.root, &capabilities(true), options).0
    }

    fn document(&self) -> Value {
        json!({ "textDocument": { "uri": uri(&self.path) } })
    }

    fn lenses(&self, client: &mut Client) -> Vec<String> {
        let found = client.ask("textDocument/codeLens", self.document());
        found
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["command"]["title"].as_str().unwrap().to_owned())
            .filter(|title| !["run", "show report"].contains(&title.as_str()))
            .collect()
    }

    fn solved(&self, client: &mut Client) -> Vec<String> {
        loop {
            let lenses = self.lenses(client);
            if lenses.iter().all(|lens| lens != "not solved yet" && !lens.contains("before")) {
                return lenses;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn hints(&self, client: &mut Client) -> Vec<String> {
        let mut params = self.document();
        params["range"] =
            json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let found = client.ask("textDocument/inlayHint", params);
        found.as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap().to_owned()).collect()
    }

    fn report(&self, client: &mut Client) -> String {
        let arguments = json!({ "command": "loopc.solve", "arguments": [uri(&self.path), null, null] });
        client.ask("workspace/executeCommand", arguments).as_str().unwrap().to_owned()
    }
}

fn weights(told: &[Value]) -> Vec<(String, i64)> {
    let one = |one: &Value| (one["code"].as_str().unwrap().to_owned(), one["severity"].as_i64().unwrap());
    told.iter().map(one).collect()
}

/// What is told of a file until it is this.
fn until(client: &mut Client, path: &Path, wanted: &[(&str, i64)]) {
    let wanted: Vec<(String, i64)> =
        wanted.iter().map(|(code, weight)| ((*code).to_owned(), *weight)).collect();
    client.until(|message| {
        message["method"] == "textDocument/publishDiagnostics"
            && message["params"]["uri"] == uri(path)
            && weights(message["params"]["diagnostics"].as_array().unwrap()) == wanted
    });
}

fn complaints(client: &Client) -> Vec<&str> {
    let notes = client.notes.iter().filter(|note| note["method"] == "window/showMessage");
    notes.map(|note| note["params"]["message"].as_str().unwrap()).collect()
}

#[test]
fn a_level_of_the_client_wins_over_the_project() {
    let bench = Bench::new(Some("[lints]\nwarnings = \"deny\"\n"));
    let mut client = bench.client(&Value::Null);
    client.open(&bench.path, MODEL);
    until(&mut client, &bench.path, &[("L0502", 1)]);
    // As a flag would: what is said of all wins, and then what is said of one.
    for (lints, wanted) in [
        (json!({ "warnings": "warn" }), &[("L0502", 2)][..]),
        (json!({ "L0502": "allow" }), &[]),
        (json!({}), &[("L0502", 1)]),
        (json!({ "l0502": "warn" }), &[("L0502", 2)]),
    ] {
        let settings = json!({ "settings": { "loopc": { "lints": lints } } });
        client.tell("workspace/didChangeConfiguration", settings);
        until(&mut client, &bench.path, wanted);
    }
    assert!(complaints(&client).is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn settings_begin_with_the_first_message() {
    let bench = Bench::new(None);
    for options in [
        json!({ "lints": { "L0502": "deny" }, "lenses": false, "hints": { "values": false } }),
        json!({ "loopc": { "lints": { "L0502": "deny" }, "lenses": false, "hints": { "values": false } } }),
    ] {
        let mut client = bench.client(&options);
        client.open(&bench.path, MODEL);
        until(&mut client, &bench.path, &[("L0502", 1)]);
        assert!(bench.lenses(&mut client).is_empty());
        // What comes later is laid over it, key by key.
        client.tell(
            "workspace/didChangeConfiguration",
            json!({ "settings": { "lenses": true, "lints": { "L0502": "warn" } } }),
        );
        until(&mut client, &bench.path, &[("L0502", 2)]);
        assert_eq!(bench.solved(&mut client).len(), 2);
        let hints = bench.hints(&mut client);
        assert!(hints.iter().all(|hint| !hint.starts_with('=')), "{hints:?}");
        assert_eq!(client.end(), Some(0));
    }
}

#[test]
fn a_client_that_can_be_asked_is_asked() {
    let bench = Bench::new(None);
    let mut can = capabilities(true);
    can["workspace"] =
        json!({ "configuration": true, "didChangeConfiguration": { "dynamicRegistration": true } });
    let (mut client, _) = Client::begin(&bench.root, &can);
    let registered = client.until(|message| message["method"] == "client/registerCapability");
    let one = &registered["params"]["registrations"][0];
    assert_eq!(
        (&one["method"], &one["registerOptions"]["section"]),
        (&json!("workspace/didChangeConfiguration"), &json!("loopc"))
    );
    let is_asked = |message: &Value| message["method"] == "workspace/configuration";
    let answer = |client: &mut Client, result: Value| {
        let asked = client.until(is_asked);
        assert_eq!(asked["params"], json!({ "items": [{ "section": "loopc" }] }));
        client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": result }));
    };
    answer(
        &mut client,
        json!([{ "lints": { "L0502": "deny" }, "path": "loopc", "trace": { "server": "off" } }]),
    );
    client.open(&bench.path, MODEL);
    until(&mut client, &bench.path, &[("L0502", 1)]);
    // It says that something changed, and no more.
    client.tell("workspace/didChangeConfiguration", json!({ "settings": null }));
    answer(&mut client, json!([{ "lints": { "L0502": "allow" } }]));
    until(&mut client, &bench.path, &[]);
    // It answers with what nobody asked for: all stays as it is.
    for nothing in [json!([]), Value::Null, json!([3])] {
        client.tell("workspace/didChangeConfiguration", json!({}));
        answer(&mut client, nothing);
    }
    client.change(&bench.path, 2, json!([{ "text": MODEL }]));
    assert!(client.diagnostics(&bench.path, 2).is_empty());
    // It has none any more.
    client.tell("workspace/didChangeConfiguration", json!({}));
    answer(&mut client, json!([null]));
    until(&mut client, &bench.path, &[("L0502", 2)]);
    // What was sent is not taken back by one that has nothing to answer.
    client.tell(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "loopc": { "lints": { "L0502": "allow" } } } }),
    );
    answer(&mut client, json!([null]));
    until(&mut client, &bench.path, &[]);
    assert!(complaints(&client).is_empty());
    assert_eq!(client.end(), Some(0));
}

#[test]
fn settings_that_are_taken_away_hold_no_more() {
    let bench = Bench::new(None);
    let mut client = bench.client(&Value::Null);
    client.open(&bench.path, MODEL);
    for nothing in [Value::Null, json!([]), json!({})] {
        client.tell(
            "workspace/didChangeConfiguration",
            json!({ "settings": { "loopc": { "lenses": false } } }),
        );
        assert!(bench.lenses(&mut client).is_empty());
        client.tell("workspace/didChangeConfiguration", json!({ "settings": { "loopc": nothing } }));
        assert_eq!(bench.solved(&mut client).len(), 2, "{nothing}");
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn digits_are_those_of_the_client() {
    let bench = Bench::new(Some("digits = 9\n"));
    let mut client = bench.client(&json!({ "engine": "cycle" }));
    client.open(&bench.path, MODEL);
    let lenses = bench.solved(&mut client);
    assert_eq!(lenses[0], "maximize revenue / cost = 92/29 ≈ 3.17241379 · proved");
    assert!(bench.report(&mut client).contains("92/29 = 3.17241379"), "of the project's file");
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "loopc": { "digits": 4 } } }));
    assert_eq!(bench.solved(&mut client)[0], "maximize revenue / cost = 92/29 ≈ 3.172 · proved");
    assert!(bench.report(&mut client).contains("92/29 = 3.172\n"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn the_solver_is_that_of_the_client() {
    // One that nobody has who runs this.
    let bench = Bench::new(Some("solver = \"cplex\"\n"));
    let lacks = "the solver `cplex` needs the program `cplex`, which is not on the path";
    let lacking = format!("not solved: {lacks}");
    let mut client = bench.client(&Value::Null);
    client.open(&bench.path, MODEL);
    assert_eq!(bench.solved(&mut client), [lacking.as_str(); 2]);
    let arguments = json!({ "command": "loopc.solve", "arguments": [uri(&bench.path), null, null] });
    let id = client.request("workspace/executeCommand", arguments);
    assert_eq!(client.answer(id)["error"]["message"], lacks);
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "solver": "microlp" } }));
    assert!(bench.solved(&mut client)[0].ends_with("· proved"));
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "solver": null } }));
    assert_eq!(bench.solved(&mut client), [lacking.as_str(); 2]);
    assert_eq!(client.end(), Some(0));
}

#[test]
fn nothing_is_solved_before_somebody_asks() {
    let bench = Bench::new(None);
    let mut client = bench.client(&json!({ "background": false, "pause": 0 }));
    client.open(&bench.path, MODEL);
    drop(client.diagnostics(&bench.path, 1));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(bench.lenses(&mut client), ["not solved", "not solved"]);
    // What is asked for is found, and kept.
    assert!(bench.report(&mut client).contains("loop trade"));
    let lenses = bench.solved(&mut client);
    assert!(lenses[0].ends_with("· proved") && lenses[1].ends_with("· proved"), "{lenses:?}");
    client.change(&bench.path, 2, json!([{ "text": MODEL.replace("29 CNY", "31 CNY") }]));
    drop(client.diagnostics(&bench.path, 2));
    std::thread::sleep(Duration::from_millis(300));
    let lenses = bench.lenses(&mut client);
    assert!(lenses[0].ends_with("· before the last change"), "{lenses:?}");
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "background": true } }));
    assert!(bench.solved(&mut client)[0].contains("98/31"));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn the_pause_before_solving_is_as_long_as_one_likes() {
    let bench = Bench::new(None);
    let mut client = bench.client(&json!({ "pause": 60_000 }));
    client.open(&bench.path, MODEL);
    drop(client.diagnostics(&bench.path, 1));
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(bench.lenses(&mut client), ["not solved yet", "not solved yet"]);
    let begun = Instant::now();
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "pause": 0 } }));
    bench.solved(&mut client);
    assert!(begun.elapsed() < Duration::from_secs(50));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn words_between_words_are_shown_by_kind() {
    let bench = Bench::new(None);
    let mut client = bench.client(&Value::Null);
    client.open(&bench.path, MODEL);
    bench.solved(&mut client);
    let (value, volume, hops) = ("= 92 CNY", "year1: 10 turn/year", ["ask.1", "ask.2"]);
    let all = bench.hints(&mut client);
    assert_eq!(all, [value, volume, volume, hops[0], hops[1]]);
    for (hints, wanted) in [
        (json!({ "hops": false }), vec![value, volume, volume]),
        (json!({ "values": false, "volumes": null }), vec![volume, volume, hops[0], hops[1]]),
        (json!({ "volumes": false }), vec![value, hops[0], hops[1]]),
        (json!(false), vec![]),
        (json!(true), vec![value, volume, volume, hops[0], hops[1]]),
    ] {
        client
            .tell("workspace/didChangeConfiguration", json!({ "settings": { "loopc": { "hints": hints } } }));
        assert_eq!(bench.hints(&mut client), wanted);
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_is_wrong_is_told_once_and_does_nothing() {
    let bench = Bench::new(None);
    let wrong = json!({ "lense": false, "solver": "gplk", "lints": { "L0520": "deny" }, "digits": "many" });
    let mut client = bench.client(&wrong);
    client.open(&bench.path, MODEL);
    until(&mut client, &bench.path, &[("L0502", 2)]);
    assert_eq!(bench.solved(&mut client).len(), 2);
    let told = [
        "loopc has no setting `lense`; did you mean `lenses`?",
        "the setting `digits` takes a whole number from 3 to 30, and this is a text",
        "the setting `lints`: there is no lint `L0520`; did you mean `L0502`?",
        "the setting `solver` takes no `gplk`; did you mean `glpk`?",
    ];
    assert_eq!(complaints(&client), told);
    client.tell("workspace/didChangeConfiguration", json!({ "settings": { "loopc": wrong } }));
    // Settings of others are not ours, and what is no object at all is nothing.
    for other in [json!({ "gopls": { "x": 1 } }), json!([1]), json!("loopc"), json!({ "loopc": [] })] {
        client.tell("workspace/didChangeConfiguration", json!({ "settings": other }));
    }
    client.tell("workspace/didChangeConfiguration", json!("nonsense"));
    assert_eq!(bench.lenses(&mut client).len(), 2);
    assert_eq!(complaints(&client), told);
    assert_eq!(client.end(), Some(0));
}
