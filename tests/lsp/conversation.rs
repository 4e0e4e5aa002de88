//! The conversation itself: how it begins and ends, in which units places are counted, and what is not known.

use std::path::Path;

use serde_json::{Value, json};

use super::client::{Client, capabilities, uri};

const MODEL: &str = "currency CNY\n// 商𝄞 are wide\nparticipant 商户: business\nparticipant b: business\n\
    cash flow f: 商户 -> b { cost: 1 CNY }\ncash flow g: b -> 商户 { revenue: 2 CNY } // 𝄞\nloop l\n";

#[test]
fn it_ends_as_it_should() {
    let folder = tempfile::tempdir().unwrap();
    let (client, begun) = Client::begin(folder.path(), &capabilities(true));
    assert_eq!(begun["capabilities"]["positionEncoding"], "utf-8");
    assert_eq!(begun["serverInfo"]["name"], "loopc");
    assert_eq!(client.end(), Some(0));
    let (client, _) = Client::begin(folder.path(), &capabilities(true));
    assert_eq!(client.hang_up(), Some(1));
    let (mut client, _) = Client::begin(folder.path(), &capabilities(true));
    client.ask("shutdown", Value::Null);
    let late = client.request("textDocument/hover", json!({}));
    assert_eq!(client.answer(late)["error"]["code"], -32600);
}

#[test]
fn places_are_counted_in_what_was_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("m.loop");
    for utf8 in [true, false] {
        let (mut client, _) = Client::begin(folder.path(), &capabilities(utf8));
        client.open(&path, MODEL);
        // `b` behind the arrow: `cash flow f: 商户 -> ` has two letters of three bytes, one unit each.
        let column = if utf8 { 23 } else { 19 };
        let at =
            json!({ "textDocument": { "uri": uri(&path) }, "position": { "line": 4, "character": column } });
        let found = client.ask("textDocument/definition", at);
        assert_eq!(found["range"]["start"], json!({ "line": 3, "character": 12 }), "{utf8}");
        // A change behind letters that are two units of UTF-16, four bytes of UTF-8.
        let (from, to) = if utf8 { (10, 14) } else { (5, 7) };
        let text = json!([{ "range": { "start": { "line": 1, "character": from }, "end": { "line": 1, "character": to } },
            "text": "xyz\nparticipant c: business //" }]);
        let from = if utf8 { 6 } else { 4 };
        let _ = from;
        client.change(&path, 2, text);
        let told = client.diagnostics(&path, 2);
        let unused: Vec<&Value> = told.iter().filter(|one| one["code"] == "L0502").collect();
        assert_eq!(unused.len(), 1, "{told:?}");
        assert_eq!(unused[0]["range"]["start"], json!({ "line": 2, "character": 12 }));
        assert_eq!(unused[0]["tags"], json!([1]));
        assert_eq!(client.end(), Some(0));
    }
}

#[test]
fn what_is_not_known_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::begin(folder.path(), &capabilities(true));
    let id = client.request("textDocument/prepareCallHierarchy", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    let id = client.request("textDocument/hover", json!({ "position": "nowhere" }));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    let id = client.request("workspace/executeCommand", json!({ "command": "loopc.dance" }));
    assert_eq!(client.answer(id)["error"]["code"], -32803);
    let page =
        client.ask("workspace/executeCommand", json!({ "command": "loopc.explain", "arguments": ["L0302"] }));
    assert!(page.as_str().unwrap().contains("L0302"));
    // Notes that nobody knows are heard and forgotten.
    client.tell("$/setTrace", json!({ "value": "off" }));
    client.tell("textDocument/didSave", json!({}));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_request_that_waits_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("m.loop");
    let (mut client, _) = Client::begin(folder.path(), &capabilities(true));
    client.open(&path, MODEL);
    // All in one write: when the first is answered, the second and its taking back have come.
    let mut bytes = Vec::new();
    let document = json!({ "textDocument": { "uri": uri(&path) } });
    let messages = [
        json!({ "jsonrpc": "2.0", "id": "a", "method": "textDocument/documentSymbol", "params": document }),
        json!({ "jsonrpc": "2.0", "id": "b", "method": "textDocument/foldingRange", "params": document }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": "b" } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 99 } }),
    ];
    for message in messages {
        let body = message.to_string();
        bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes());
    }
    client.raw(&bytes);
    let first = client.until(|message| message["id"] == "a");
    assert!(first["result"].is_array());
    // Whichever came first, it is answered once.
    let second = client.until(|message| message["id"] == "b");
    assert!(second["error"]["code"] == -32800 || second["result"].is_array(), "{second}");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn every_code_leads_to_its_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("m.loop");
    let (mut client, _) = Client::begin(folder.path(), &capabilities(true));
    client.open(&path, "param a = 1 CNY\n");
    let told = client.diagnostics(&path, 1);
    let href = told[0]["codeDescription"]["href"].as_str().unwrap();
    let page = Path::new(href.strip_prefix("file://").unwrap());
    assert!(std::fs::read_to_string(page).unwrap().contains(told[0]["code"].as_str().unwrap()));
    assert_eq!(client.hang_up(), Some(1));
    // Whoever reads it reads on, and the next server writes it nowhere else.
    assert!(page.exists());
    let (mut client, _) = Client::begin(folder.path(), &capabilities(true));
    client.open(&path, "param a = 1 CNY\n");
    assert_eq!(client.diagnostics(&path, 1)[0]["codeDescription"]["href"], href);
    assert_eq!(client.end(), Some(0));
}
