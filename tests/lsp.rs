//! The language server, driven as an editor drives it: every capability, with expectations in files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "tests"
)]

#[path = "lsp/chaos.rs"]
mod chaos;
#[path = "lsp/client.rs"]
mod client;
#[path = "lsp/conversation.rs"]
mod conversation;
#[path = "lsp/neovim.rs"]
mod neovim;
#[path = "lsp/projects.rs"]
mod projects;
#[path = "lsp/random.rs"]
mod random;
#[path = "lsp/rewritten.rs"]
mod rewritten;
#[path = "lsp/settings.rs"]
mod settings;
#[path = "lsp/shown.rs"]
mod shown;
#[path = "lsp/staying.rs"]
mod staying;

use std::path::{Path, PathBuf};

use client::{Client, capabilities, uri};
use serde_json::{Value, json};

/// The cursor in a case.
const CURSOR: char = '‸';

/// A case: what is asked, with what, and of which text.
struct Case {
    method: String,
    argument: String,
    text: String,
    cursor: usize,
}

fn read(path: &Path) -> Case {
    let whole = std::fs::read_to_string(path).unwrap();
    let (first, text) = whole.split_once('\n').unwrap();
    let asked = first.strip_prefix("// ask: ").unwrap_or_else(|| panic!("{} asks nothing", path.display()));
    let (method, argument) = asked.split_once(' ').unwrap_or((asked, ""));
    let cursor = text.find(CURSOR).unwrap_or(0);
    Case { method: method.to_owned(), argument: argument.to_owned(), text: text.replace(CURSOR, ""), cursor }
}

/// Where a byte stands, in lines and bytes.
fn place(text: &str, at: usize) -> Value {
    let before = &text[..at];
    json!({ "line": before.matches('\n').count(), "character": before.len() - before.rfind('\n').map_or(0, |end| end + 1) })
}

/// What the server answers, in words.
fn answered(client: &mut Client, path: &Path, case: &Case, legend: &Value) -> String {
    let (text, uri) = (case.text.as_str(), uri(path));
    let document = json!({ "uri": uri });
    let at = place(text, case.cursor);
    let whole = json!({ "start": place(text, 0), "end": place(text, text.len()) });
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let mut params = json!({ "textDocument": document, "position": at, "range": whole, "options": options });
    let method = format!("textDocument/{}", case.method);
    let ranges = |found: &Value| -> Vec<Value> {
        found.as_array().into_iter().flatten().map(|one| one["range"].clone()).collect()
    };
    match case.method.as_str() {
        "completion" => shown::completions(&client.ask(&method, params)),
        "hover" => {
            solved(client, path);
            let found = client.ask(&method, params);
            found["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
        }
        "definition" => {
            let found = client.ask(&method, params);
            if found.is_null() { "nothing".to_owned() } else { shown::marked(text, [&found["range"]]) }
        }
        "references" => {
            params["context"] = json!({ "includeDeclaration": true });
            shown::marked(text, &ranges(&client.ask(&method, params)))
        }
        "documentHighlight" | "documentLink" => shown::marked(text, &ranges(&client.ask(&method, params))),
        "rename" => {
            params["newName"] = json!(case.argument);
            let id = client.request(&method, params);
            let answer = client.answer(id);
            match answer.get("error") {
                Some(error) => error["message"].as_str().unwrap().to_owned(),
                None => shown::edited(text, shown::of_file(&answer["result"], &uri)),
            }
        }
        "documentSymbol" => shown::outline(&client.ask(&method, params), 0),
        "foldingRange" => {
            let mut lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
            for one in client.ask(&method, params).as_array().unwrap() {
                let at = |key: &str| usize::try_from(one[key].as_u64().unwrap()).unwrap();
                for (line, mark) in [(at("startLine"), "▾"), (at("endLine"), "▴")] {
                    lines[line].insert_str(0, mark);
                }
            }
            lines.join("\n")
        }
        "selectionRange" => {
            params["positions"] = json!([params["position"]]);
            let (mut out, found) = (String::new(), client.ask(&method, params));
            let mut at = &found[0];
            while !at.is_null() {
                out.push_str(&format!("{}\n---\n", shown::marked(text, [&at["range"]])));
                at = &at["parent"];
            }
            out
        }
        "semanticTokens/full" => shown::tokens(text, &client.ask(&method, params), legend),
        "signatureHelp" => {
            let found = client.ask(&method, params);
            let one = &found["signatures"][0];
            format!(
                "{} · argument {}\n{}",
                one["label"], found["activeParameter"], one["documentation"]["value"]
            )
        }
        "inlayHint" => {
            solved(client, path);
            let mut out = text.to_owned();
            for one in client.ask(&method, params).as_array().unwrap().iter().rev() {
                let label = one["label"].as_str().unwrap();
                out.insert_str(shown::offset(text, &one["position"]), &format!(" ⟦{label}⟧"));
            }
            out
        }
        "codeLens" => {
            solved(client, path);
            let found = client.ask(&method, params);
            let line =
                |one: &Value| format!("{}: {}", one["range"]["start"]["line"], one["command"]["title"]);
            found.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n")
        }
        "codeAction" => {
            solved(client, path);
            params["range"] = json!({ "start": params["position"], "end": params["position"] });
            params["context"] = json!({ "diagnostics": [] });
            if !case.argument.is_empty() {
                params["context"]["only"] = json!([case.argument]);
            }
            let found = client.ask(&method, params);
            let one = |action: &Value| {
                let edits = shown::of_file(&action["edit"], &uri);
                let after =
                    if edits.is_null() { action["command"].to_string() } else { shown::edited(text, edits) };
                format!(
                    "== {} · {}\n{after}",
                    action["title"].as_str().unwrap(),
                    action["kind"].as_str().unwrap()
                )
            };
            found.as_array().unwrap().iter().map(one).collect::<Vec<_>>().join("\n")
        }
        "formatting" | "rangeFormatting" => shown::edited(text, &client.ask(&method, params)),
        "onTypeFormatting" => {
            params["ch"] = json!("}");
            shown::edited(text, &client.ask(&method, params))
        }
        "publishDiagnostics" => {
            let one = |told: &Value| {
                format!("{} {}\n{}", told["code"], told["range"], told["message"].as_str().unwrap())
            };
            client.diagnostics(path, 1).iter().map(one).collect::<Vec<_>>().join("\n")
        }
        other => panic!("nobody asks `{other}`"),
    }
}

/// Waits until everything is solved: the text report of an analysis needs it, and lenses tell of it.
fn solved(client: &mut Client, path: &Path) {
    let document = json!({ "textDocument": { "uri": uri(path) } });
    loop {
        let lenses = client.ask("textDocument/codeLens", document.clone());
        let waits = |one: &Value| one["command"]["title"] == "not solved yet";
        if !lenses.as_array().unwrap().iter().any(waits) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn every_capability_answers_as_its_file_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lsp/cases");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.extension().is_some_and(|ending| ending == "case"));
    cases.sort();
    assert!(cases.len() > 20);
    let (mut client, begun) = Client::begin(&folder, &capabilities(true));
    let legend = begun["capabilities"]["semanticTokensProvider"]["legend"].clone();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in cases {
        let case = read(&path);
        let path = path.with_extension("loop");
        client.open(&path, &case.text);
        let words = answered(&mut client, &path, &case, &legend);
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, words));
    }
    assert_eq!(client.end(), Some(0));
}
