//! Whatever an editor does: never a crash, a hang, or a diagnostic that is not that of the text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};
use super::random::dialogue::ASKED;

/// Numbers that are the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next()).unwrap() % count.max(1)
    }
}

const PIECES: [&str; 24] = [
    "",
    "",
    "",
    " ",
    "\n",
    "{",
    "}",
    "(",
    "\"",
    "'",
    "// ",
    "cost: 5 CNY",
    "param x = 1\n",
    "participant zz: business\n",
    "cash flow nn: a -> b\n",
    "->",
    "5%",
    "商",
    "𝄞",
    "\r\n",
    "loop l2\n",
    "scenario q { set take = 1% }\n",
    "expect 1 < 2\n",
    "remove",
];

/// Units of UTF-16 before a byte, and lines, as an editor counts them.
fn place(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let mut lines = 0;
    let mut start = 0;
    let bytes = before.as_bytes();
    for (place, byte) in bytes.iter().enumerate() {
        // A break of two bytes that the place stands between is one still.
        let pair = *byte == b'\r' && text.as_bytes().get(place + 1) == Some(&b'\n');
        if *byte == b'\n' || *byte == b'\r' && !pair {
            lines += 1;
            start = place + 1;
        }
    }
    let column: usize = before[start..].trim_end_matches('\r').chars().map(char::len_utf16).sum();
    json!({ "line": lines, "character": column })
}

/// What `loopc check` says of a file: codes, lines and messages.
fn checked(path: &Path) -> BTreeSet<(String, u64, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_loopc"))
        .args(["check", "--message-format", "json"])
        .arg(path)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let one = |told: Value| {
        let at = &told["labels"][0];
        let line = at["start"]["line"].as_u64().unwrap() - 1;
        (told["code"].as_str().unwrap().to_owned(), line, told["message"].as_str().unwrap().to_owned())
    };
    told.map(one).collect()
}

fn told(diagnostics: &[Value], wanted: &BTreeSet<(String, u64, String)>) -> BTreeSet<(String, u64, String)> {
    let one = |told: &Value| {
        let (code, line) =
            (told["code"].as_str().unwrap().to_owned(), told["range"]["start"]["line"].as_u64().unwrap());
        let words = told["message"].as_str().unwrap();
        // The message is the beginning of what is shown; the label and help follow.
        let message =
            wanted.iter().map(|(_, _, message)| message).find(|message| words.starts_with(message.as_str()));
        (code, line, message.cloned().unwrap_or_else(|| words.to_owned()))
    };
    diagnostics.iter().map(one).collect()
}

fn model(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name)).unwrap()
}

fn scratch() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

#[test]
fn after_any_edits_the_diagnostics_are_those_of_a_fresh_check() {
    let (_folder, root) = scratch();
    let path = root.join("m.loop");
    let (mut client, _) = Client::begin(&root, &capabilities(false));
    let mut random = Random(20_261_130);
    let mut version = 1;
    for name in ["o2o.loop", "neighbourhood.loop", "bottles.loop", "saas.loop"] {
        let mut text = model(name);
        client.open(&path, &text);
        for round in 0..25 {
            let mut changes = Vec::new();
            for _ in 0..=random.below(3) {
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let from = random.below(starts.len());
                let to = (from + random.below(if round % 3 == 0 { 40 } else { 3 })).min(starts.len() - 1);
                let (start, end) = (starts[from], starts[to]);
                // Between the two bytes of a line break no editor can stand.
                let splits = |at: usize| at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n');
                if splits(start) || splits(end) {
                    continue;
                }
                let piece = PIECES[random.below(PIECES.len())];
                let range = json!({ "start": place(&text, start), "end": place(&text, end) });
                changes.push(json!({ "range": range, "text": piece }));
                text.replace_range(start..end, piece);
            }
            version += 1;
            client.change(&path, version, json!(changes));
            let found = client.diagnostics(&path, version);
            std::fs::write(&path, &text).unwrap();
            let wanted = checked(&path);
            assert_eq!(told(&found, &wanted), wanted, "{name}, version {version}:\n{text}");
        }
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&path) } }));
        client.notes.clear();
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn nonsense_ends_nothing() {
    let (_folder, root) = scratch();
    let path = root.join("m.loop");
    let (mut client, _) = Client::begin(&root, &capabilities(false));
    let text = model("neighbourhood.loop");
    client.open(&path, &text);
    let mut random = Random(7);
    let mut asked = Vec::new();
    for round in 0..400 {
        let wild = |random: &mut Random| match random.below(4) {
            0 => json!({ "line": random.below(200), "character": random.below(100) }),
            1 => json!({ "line": 4_294_967_295_u32, "character": 0 }),
            2 => json!({ "line": random.below(150), "character": 4_294_967_295_u32 }),
            _ => json!({ "line": 0, "character": random.below(9) }),
        };
        let (from, to) = (wild(&mut random), wild(&mut random));
        if round % 5 == 0 {
            let piece = PIECES[random.below(PIECES.len())];
            // Ends before its begin, behind the text, inside a letter: an editor may be wrong.
            client.change(
                &path,
                2 + round,
                json!([{ "range": { "start": to, "end": from }, "text": piece }]),
            );
        }
        let method = ASKED[random.below(ASKED.len())];
        let nowhere = root.join("nowhere.loop");
        let file = if random.below(9) == 0 { &nowhere } else { &path };
        let params = json!({
            "textDocument": { "uri": uri(file) }, "position": from, "positions": [from, to], "newName": "x y",
            "range": { "start": from, "end": to }, "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1, "isRetrigger": false },
            "options": { "tabSize": 4, "insertSpaces": true }, "ch": "}",
        });
        asked.push(client.request(&format!("textDocument/{method}"), params));
        if random.below(3) == 0 {
            let id = asked[random.below(asked.len())];
            client.tell("$/cancelRequest", json!({ "id": id }));
        }
    }
    // What is not opened is not changed, and a file may go while it is open.
    client.change(&root.join("other.loop"), 1, json!([{ "text": "x" }]));
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(&path), "type": 3 }] }));
    for id in asked {
        let answer = client.answer(id);
        let code = &answer["error"]["code"];
        assert!(code.is_null() || code == -32800 || code == -32803, "{answer}");
    }
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_client_that_dies_leaves_nothing_behind() {
    let (_folder, root) = scratch();
    let path = root.join("m.loop");
    for half in [
        &b""[..],
        b"Content-Length: 400\r\n\r\n{\"jsonrpc\":",
        b"Content-Length: nonsense\r\n\r\n",
        b"\x00\xff\xfe\r\n\r\n",
    ] {
        let (mut client, _) = Client::begin(&root, &capabilities(true));
        client.open(&path, &model("wanda.loop"));
        client.raw(half);
        let ended = client.hang_up();
        assert!(ended.is_some_and(|code| code <= 2), "{ended:?}");
    }
}

#[test]
fn a_folder_of_many_files_keeps_nobody_waiting() {
    let (_folder, root) = scratch();
    for place in 0..10_000 {
        let folder = root.join(format!("f{}", place % 100));
        if place < 100 {
            std::fs::create_dir(&folder).unwrap();
        }
        std::fs::write(folder.join(format!("m{place}.loop")), "currency CNY\nparticipant a: business\n")
            .unwrap();
    }
    let (mut client, _) = Client::begin(&root, &capabilities(true));
    let path = root.join("mine.loop");
    client.open(&path, "param a = 1 CNY\nparticipant p: business\n");
    let told = client.diagnostics(&path, 1);
    assert_eq!(told.len(), 1, "{told:?}");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(&path) } }));
    assert_eq!(symbols.as_array().unwrap().len(), 2);
    assert_eq!(client.end(), Some(0));
}
